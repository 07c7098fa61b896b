"""The states of piece, plate, attempt and bed, and which may follow which: tables, and one function."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from makerwagen.desk.refusals import Reason, RefusalError


class Piece(StrEnum):
    """One child's part, from its arrival to the hand that takes it off the plate."""

    DRAFT = "draft"
    CHECKED = "checked"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    PLATED = "plated"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"


class Plate(StrEnum):
    """What one print start makes."""

    PACKED = "packed"
    SLICED = "sliced"
    RELEASED = "released"


class Attempt(StrEnum):
    """One try to print a released plate; JUDGED is a person's word about every piece."""

    CLAIMED = "claimed"
    UPLOADED = "uploaded"
    START_INTENT = "start-intent"
    PRINTING = "printing"
    ENDED_REPORTED = "ended-reported"
    JUDGED = "judged"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    UNKNOWN = "unknown"


class Bed(StrEnum):
    """What is known of a printer's bed; only a person makes it CLEAR."""

    UNKNOWN = "unknown"
    CLEAR = "clear"
    OCCUPIED = "occupied"


PIECE_MOVES: Mapping[Piece, frozenset[Piece]] = {
    Piece.DRAFT: frozenset({Piece.CHECKED, Piece.EXPIRED}),
    Piece.CHECKED: frozenset({Piece.SUBMITTED, Piece.EXPIRED}),
    Piece.SUBMITTED: frozenset({Piece.APPROVED, Piece.RETURNED, Piece.EXPIRED}),
    Piece.APPROVED: frozenset({Piece.PLATED, Piece.EXPIRED}),
    Piece.RETURNED: frozenset(),
    # Back to APPROVED: taken off its plate before anything was started, so that one can go without the others.
    Piece.PLATED: frozenset({Piece.APPROVED, Piece.DONE, Piece.FAILED, Piece.EXPIRED}),
    Piece.DONE: frozenset(),
    Piece.FAILED: frozenset(),
    Piece.EXPIRED: frozenset(),
}
PLATE_MOVES: Mapping[Plate, frozenset[Plate]] = {
    Plate.PACKED: frozenset({Plate.SLICED}),
    Plate.SLICED: frozenset({Plate.RELEASED, Plate.PACKED}),
    # A change leads back to PACKED; a release that a person found never started, back to SLICED.
    Plate.RELEASED: frozenset({Plate.PACKED, Plate.SLICED}),
}
ATTEMPT_MOVES: Mapping[Attempt, frozenset[Attempt]] = {
    Attempt.CLAIMED: frozenset({Attempt.UPLOADED, Attempt.CANCELLED}),
    Attempt.UPLOADED: frozenset({Attempt.START_INTENT, Attempt.CANCELLED}),
    Attempt.START_INTENT: frozenset({Attempt.PRINTING, Attempt.UNKNOWN}),
    Attempt.PRINTING: frozenset({Attempt.ENDED_REPORTED, Attempt.CANCELLED, Attempt.INTERRUPTED, Attempt.UNKNOWN}),
    Attempt.ENDED_REPORTED: frozenset({Attempt.JUDGED}),
    # The printer names our file after all, or a person says: still printing, finished, never started, scrap.
    Attempt.UNKNOWN: frozenset({Attempt.PRINTING, Attempt.ENDED_REPORTED, Attempt.CANCELLED, Attempt.INTERRUPTED}),
    # What was stopped half-way still lies on the bed: a person takes it off and judges it.
    Attempt.CANCELLED: frozenset({Attempt.JUDGED}),
    Attempt.INTERRUPTED: frozenset({Attempt.JUDGED}),
    Attempt.JUDGED: frozenset(),
}
BED_MOVES: Mapping[Bed, frozenset[Bed]] = {
    # OCCUPIED also by itself: the printer names our file after a power cut.
    Bed.UNKNOWN: frozenset({Bed.CLEAR, Bed.OCCUPIED}),
    Bed.CLEAR: frozenset({Bed.OCCUPIED, Bed.UNKNOWN}),
    Bed.OCCUPIED: frozenset({Bed.CLEAR, Bed.UNKNOWN}),
}
# Nothing was sent to the printer yet: what ends here leaves nothing on the bed.
BEFORE_START = frozenset({Attempt.CLAIMED, Attempt.UPLOADED})
# A person can take the pieces off and judge them.
ENDED = frozenset({Attempt.ENDED_REPORTED, Attempt.CANCELLED, Attempt.INTERRUPTED})
MOVES: Mapping[type, Mapping[Any, frozenset[Any]]] = {
    Piece: PIECE_MOVES,
    Plate: PLATE_MOVES,
    Attempt: ATTEMPT_MOVES,
    Bed: BED_MOVES,
}
State = TypeVar("State", bound=StrEnum)


class IllegalMoveError(RefusalError):
    """A step that its table does not have."""

    def __init__(self, at: StrEnum, to: StrEnum) -> None:
        """Name both states."""
        super().__init__(Reason.WRONG_STATE, f"{type(at).__name__.lower()} is {at}, it cannot become {to}")
        self.at, self.to = at, to


def move(at: State, to: State) -> State:
    """Return `to` when it may follow `at`, or raise IllegalMoveError naming both."""
    if to not in MOVES[type(at)][at]:
        raise IllegalMoveError(at, to)
    return to
