"""One file per step, named after what it brought."""
