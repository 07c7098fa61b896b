"""What stops the program: one root class, caught by the CLI alone."""


class MakerwagenError(Exception):
    """Tell a person what cannot go on, where, and what to try."""
