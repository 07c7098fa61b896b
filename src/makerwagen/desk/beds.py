"""Beds in the store: a record that is only appended to. A person's CLEAR is the last word, or the bed is not CLEAR."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from makerwagen.desk.refusals import Reason, RefusalError
from makerwagen.desk.states import Bed, move
from makerwagen.desk.store import Store
from makerwagen.desk.tables import bed_moves, claims, printers


@dataclass(frozen=True)
class StoredPrinter:
    """A printer as the store knows it; `seen` names the last move of its bed, for whoever says CLEAR."""

    id: str
    profile: str
    grams_left: float
    bed: Bed
    seen: int


@dataclass(frozen=True)
class BedMove:
    """What becomes of a bed, on whose word and for which attempt; `person` when somebody looked at it."""

    to: Bed
    by: str
    at: float
    attempt: int | None = None
    person: bool = False


def set_bed(connection: Connection, printer: str, step: BedMove, *, only_from: Bed | None = None) -> None:
    """Write down a bed's state; with `only_from` anything else there raises RefusalError."""
    found = connection.execute(select(printers.c.bed).where(printers.c.id == printer)).scalar()
    if found is None:
        raise RefusalError(Reason.NOT_FOUND, f"there is no printer '{printer}'")
    if only_from is not None and found != only_from:
        raise RefusalError(Reason.BED_NOT_CLEAR, f"the bed of '{printer}' is {found}, not {only_from}")
    if found == step.to and not step.person:
        return
    if found != step.to:
        move(Bed(found), step.to)
        connection.execute(update(printers).where(printers.c.id == printer).values(bed=step.to))
    row = {"printer": printer, "state": step.to, "person": step.person, "by": step.by, "attempt": step.attempt}
    connection.execute(insert(bed_moves).values(**row, at=step.at))


def say_clear(store: Store, printer: str, *, seen: int, by: str, now: float) -> None:
    """Write down that a person looked and the bed is clear; `seen` is the move that this person's page showed.

    A click that was on its way while something else happened to the bed is no word about the bed of now.
    """
    with store.writing() as connection:
        held = connection.execute(select(claims.c.attempt).where(claims.c.printer == printer)).scalar()
        if held is not None:
            raise RefusalError(Reason.PRINTER_TAKEN, f"attempt {held} is not judged yet; judge its pieces first")
        last = connection.execute(select(func.max(bed_moves.c.id)).where(bed_moves.c.printer == printer)).scalar() or 0
        if last != seen:
            raise RefusalError(Reason.WRONG_STATE, f"something happened to the bed of '{printer}'; look again")
        set_bed(connection, printer, BedMove(Bed.CLEAR, by, now, person=True))


def doubt(store: Store, printer: str, *, by: str, now: float) -> None:
    """Make a bed UNKNOWN that was CLEAR: something was done to it that the desk did not do."""
    with store.writing() as connection:
        here = connection.execute(select(printers.c.bed).where(printers.c.id == printer)).scalar()
        if here == Bed.CLEAR:
            set_bed(connection, printer, BedMove(Bed.UNKNOWN, by, now))


def recognise(store: Store, printer: str, *, attempt: int, now: float) -> None:
    """Make an UNKNOWN bed OCCUPIED: the printer itself names what it prints there."""
    with store.writing() as connection:
        here = connection.execute(select(printers.c.bed).where(printers.c.id == printer)).scalar()
        if here == Bed.UNKNOWN:
            set_bed(connection, printer, BedMove(Bed.OCCUPIED, "printer", now, attempt))


def doubt_at_boot(store: Store, printer: str, *, now: float) -> None:
    """Make a bed UNKNOWN unless a person's CLEAR is the last thing that is written of it."""
    with store.writing() as connection:
        mine = select(bed_moves).where(bed_moves.c.printer == printer).order_by(bed_moves.c.id.desc()).limit(1)
        last = connection.execute(mine).first()
        if last is None or last.state != Bed.CLEAR or not last.person:
            set_bed(connection, printer, BedMove(Bed.UNKNOWN, "boot", now))


def printer_of(store: Store, printer: str) -> StoredPrinter:
    """Return a printer as the store knows it."""
    last = select(func.max(bed_moves.c.id)).where(bed_moves.c.printer == printer).scalar_subquery()
    with store.reading() as connection:
        row = connection.execute(select(printers, last.label("seen")).where(printers.c.id == printer)).first()
    if row is None:
        raise RefusalError(Reason.NOT_FOUND, f"there is no printer '{printer}'")
    return StoredPrinter(row.id, row.profile, row.grams_left, Bed(row.bed), row.seen or 0)
