"""Pieces in the store: received once, checked, then approved or returned by an educator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, insert, select

from makerwagen.desk.moves import move_piece
from makerwagen.desk.outings import Seat
from makerwagen.desk.refusals import Reason, RefusalError
from makerwagen.desk.states import Piece
from makerwagen.desk.store import Store
from makerwagen.desk.tables import outings, pieces, seats


@dataclass(frozen=True)
class Order:
    """What a seat sends: the laptop's key for this very piece, a model, its values and the lesson; never a mesh."""

    key: str
    model: str
    parameters: Mapping[str, Any]
    lesson: str = ""


@dataclass(frozen=True)
class Checked:
    """What the desk found when it rebuilt a piece; `green` only when nothing is against printing it."""

    green: bool
    seconds: float
    grams: float
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stored:
    """A piece as it is now."""

    id: int
    seat: int
    animal: str
    model: str
    parameters: Mapping[str, Any]
    lesson: str
    state: Piece
    received_at: float
    green: bool | None
    findings: tuple[str, ...]
    seconds: float | None
    grams: float | None
    reason: str


def receive(store: Store, seat: Seat, order: Order, *, now: float) -> int:
    """Return the number of the stored piece; a key that came before gets the number it got then."""
    words = {"model": order.model, "parameters": dict(order.parameters), "lesson": order.lesson}
    with store.writing() as connection:
        ended = connection.execute(select(seats.c.ended_at).where(seats.c.id == seat.id)).first()
        known = connection.execute(select(pieces).where(pieces.c.seat == seat.id, pieces.c.key == order.key)).first()
        if known:
            if {name: getattr(known, name) for name in words} != words:
                raise RefusalError(Reason.OTHER_PIECE, f"key {order.key} already stands for another piece")
            return int(known.id)
        open_ = connection.execute(select(outings.c.closed_at).where(outings.c.id == seat.outing)).first()
        if ended is None or ended.ended_at is not None or open_ is None or open_.closed_at is not None:
            raise RefusalError(Reason.NO_SEAT, "the seat's group has ended")
        row = {"seat": seat.id, "outing": seat.outing, "key": order.key, "state": Piece.DRAFT, "received_at": now}
        done = connection.execute(insert(pieces).values(**row, **words))
        key = done.inserted_primary_key
        return int(key[0]) if key else 0


def record_check(store: Store, piece: int, found: Checked) -> None:
    """Write down what rebuilding found, and lay the piece before the educator, green or not."""
    words = {"green": found.green, "findings": list(found.findings), "seconds": found.seconds, "grams": found.grams}
    with store.writing() as connection:
        move_piece(connection, piece, Piece.CHECKED, **words)
        move_piece(connection, piece, Piece.SUBMITTED)


def approve(store: Store, piece: int, *, by: str, reason: str = "") -> None:
    """Approve a piece; one whose checks are not green needs a reason."""
    with store.writing() as connection:
        green = connection.execute(select(pieces.c.green).where(pieces.c.id == piece)).scalar()
        if not green and not reason.strip():
            raise RefusalError(Reason.NO_REASON, f"piece {piece} did not pass its checks; approve it with a reason")
        move_piece(connection, piece, Piece.APPROVED, decided_by=by, reason=reason.strip())


def give_back(store: Store, piece: int, *, by: str, reason: str) -> None:
    """Return a piece to its child, who reads the reason."""
    if not reason.strip():
        raise RefusalError(Reason.NO_REASON, "a piece goes back with a reason that the child can read")
    with store.writing() as connection:
        move_piece(connection, piece, Piece.RETURNED, decided_by=by, reason=reason.strip())


def pieces_of_seat(store: Store, seat: Seat) -> list[Stored]:
    """Return a seat's own pieces, oldest first."""
    return _read(store, _query().where(pieces.c.seat == seat.id))


def pieces_of_outing(store: Store, outing_id: str, state: Piece | None = None) -> list[Stored]:
    """Return an outing's pieces, oldest first; only those in `state` if it is given."""
    query = _query().where(pieces.c.outing == outing_id)
    return _read(store, query if state is None else query.where(pieces.c.state == state))


def _query() -> Select[Any]:
    return select(pieces, seats.c.animal).join(seats, seats.c.id == pieces.c.seat).order_by(pieces.c.id)


def _read(store: Store, query: Select[Any]) -> list[Stored]:
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return [
        Stored(
            *(row.id, row.seat, row.animal, row.model, row.parameters, row.lesson, Piece(row.state), row.received_at),
            *(row.green, tuple(row.findings or ()), row.seconds, row.grams, row.reason),
        )
        for row in rows
    ]
