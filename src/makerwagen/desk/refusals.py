"""Why the desk does not do what it was asked: a reason that a page can word, and a sentence for the log."""

from enum import StrEnum

from makerwagen.errors import MakerwagenError


class Reason(StrEnum):
    """Every reason there is."""

    WRONG_STATE = "wrong-state"
    NOT_FOUND = "not-found"
    NO_SEAT = "no-seat"
    OTHER_PIECE = "other-piece"
    NO_OUTING = "no-outing"
    NO_REASON = "no-reason"
    BED_NOT_CLEAR = "bed-not-clear"
    PRINTER_TAKEN = "printer-taken"
    PLATE_TAKEN = "plate-taken"
    PRINTER_BUSY = "printer-busy"
    PRINTER_AWAY = "printer-away"
    NO_TIME = "no-time"
    NO_FILAMENT = "no-filament"
    RELEASE_USED = "release-used"
    RELEASE_VOID = "release-void"
    FILE_CHANGED = "file-changed"
    PIECES_MISSING = "pieces-missing"
    TOO_EARLY = "too-early"


class RefusalError(MakerwagenError):
    """The desk says no, and nothing was changed or sent."""

    def __init__(self, reason: Reason, message: str) -> None:
        """Keep the reason for whoever words it."""
        super().__init__(message)
        self.reason = reason


class StoreError(MakerwagenError):
    """The store cannot be read or written: disk full, read-only, database away."""
