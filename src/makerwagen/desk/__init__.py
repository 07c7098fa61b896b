"""The wagon's desk: what children hand in, and its way to a print."""
