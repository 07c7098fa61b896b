"""What a child is told when no part can come out of the values."""

from makerwagen.errors import MakerwagenError


class RefusedError(MakerwagenError, ValueError):
    """Say in a child's words why there is no part; `names` are the parameters to change."""

    def __init__(self, message: str, names: tuple[str, ...] = ()) -> None:
        """Keep the message and the parameters it is about."""
        super().__init__(message)
        self.message = message
        self.names = names
