"""What a child is told when no part can come out of the values, or when the workshop itself had to stop."""

from makerwagen.errors import MakerwagenError


class RefusedError(MakerwagenError, ValueError):
    """Say in a child's words why there is no part; `names` are the parameters to change."""

    def __init__(self, message: str, names: tuple[str, ...] = (), detail: str = "") -> None:
        """Keep the message, the parameters it is about, and for the author what was raised where."""
        super().__init__(message)
        self.message = message
        self.names = names
        self.detail = detail


class WorkshopError(MakerwagenError):
    """Say in a child's words that a part took too long, too much memory, or broke; the workshop goes on."""

    def __init__(self, message: str, detail: str = "") -> None:
        """Keep the message, and for the author what happened."""
        super().__init__(message)
        self.message = message
        self.detail = detail


class SupersededError(WorkshopError):
    """Say that a newer preview was asked for, so that nobody needs this one."""
