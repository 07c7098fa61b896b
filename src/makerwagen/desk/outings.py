"""Outings, seats and printers in the store: who may hand in, with what, and what is a seat's fair share."""

import datetime
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from makerwagen.content.outing import Outing, Share, fair_share, minutes_left
from makerwagen.desk.refusals import Reason, RefusalError
from makerwagen.desk.states import Bed, Piece
from makerwagen.desk.store import Store
from makerwagen.desk.tables import claims, outings, pieces, plate_pieces, printers, releases, seats

ANIMALS = (
    *("Adler", "Biber", "Chamäleon", "Dachs", "Elch", "Fuchs", "Giraffe", "Hase", "Igel", "Jaguar", "Känguru", "Luchs"),
    *("Maus", "Nashorn", "Otter", "Panda", "Qualle", "Rabe", "Seestern", "Tiger", "Uhu", "Vielfraß", "Wal", "Yak"),
    *("Zebra", "Ameise", "Bär", "Delfin", "Ente", "Frosch", "Grille", "Hummel", "Ibis", "Koala", "Löwe", "Möwe"),
)
# What ends with the outing, unless it is being printed at that moment.
OPEN_PIECES = (Piece.DRAFT, Piece.CHECKED, Piece.SUBMITTED, Piece.APPROVED, Piece.PLATED)


@dataclass(frozen=True)
class Seat:
    """A place in a group: a number and an animal, never a name."""

    id: int
    outing: str
    group: int
    number: int
    animal: str


@dataclass(frozen=True)
class NewSeat:
    """A seat and its token, which is told once and stored only as a hash."""

    seat: Seat
    token: str


def open_outing(store: Store, outing_id: str, outing: Outing, *, now: float) -> None:
    """Remember an outing and its printers; a printer's bed is UNKNOWN until a person has looked.

    Opened again it takes the file's words anew, but no filament that was used comes back.
    """
    with store.writing() as connection:
        known = connection.execute(select(outings.c.id).where(outings.c.id == outing_id)).first()
        content = outing.model_dump(mode="json")
        if known:
            connection.execute(update(outings).where(outings.c.id == outing_id).values(content=content))
        else:
            row = {"id": outing_id, "content": content, "group_number": 1, "opened_at": now}
            connection.execute(insert(outings).values(row))
        for printer in outing.printers:
            found = connection.execute(select(printers.c.id).where(printers.c.id == printer.name)).first()
            words = {"profile": printer.profile, "grams_left": printer.grams_left}
            if not found:
                connection.execute(insert(printers).values(id=printer.name, bed=Bed.UNKNOWN, **words))
            elif not known:
                connection.execute(update(printers).where(printers.c.id == printer.name).values(words))


def make_seats(store: Store, outing_id: str, count: int) -> list[NewSeat]:
    """Return so many seats of the current group, numbered on, each with its own animal and token."""
    made = []
    with store.writing() as connection:
        group = _open_group(connection, outing_id)
        mine = (seats.c.outing == outing_id) & (seats.c.group_number == group)
        taken = len(connection.execute(select(seats.c.id).where(mine)).all())
        for number in range(taken + 1, taken + count + 1):
            token, animal = secrets.token_urlsafe(24), _animal(number)
            row = {"outing": outing_id, "group_number": group, "number": number, "animal": animal}
            done = connection.execute(insert(seats).values(token_hash=_hash(token), **row))
            key = done.inserted_primary_key
            made.append(NewSeat(Seat(int(key[0]) if key else 0, outing_id, group, number, animal), token))
    return made


def seat_of(store: Store, token: str) -> Seat:
    """Return the seat whose token it is; one that ended, or was never made, raises RefusalError."""
    with store.reading() as connection:
        found = connection.execute(
            select(seats).where(seats.c.token_hash == _hash(token), seats.c.ended_at.is_(None))
        ).first()
    if found is None:
        raise RefusalError(Reason.NO_SEAT, "no seat has this token; is it of an earlier group?")
    return Seat(found.id, found.outing, found.group_number, found.number, found.animal)


def new_group(store: Store, outing_id: str, *, now: float) -> int:
    """End the tokens of all seats and return the number of the next group."""
    with store.writing() as connection:
        group = _open_group(connection, outing_id) + 1
        connection.execute(update(outings).where(outings.c.id == outing_id).values(group_number=group))
        mine = (seats.c.outing == outing_id) & seats.c.ended_at.is_(None)
        connection.execute(update(seats).where(mine).values(ended_at=now))
    return group


def close_outing(store: Store, outing_id: str, *, now: float) -> int:
    """End an outing: seats, releases and waiting pieces; return how many pieces expired.

    What is on a printer at that moment stays, until a person has judged it.
    """
    with store.writing() as connection:
        _open_group(connection, outing_id)
        connection.execute(update(outings).where(outings.c.id == outing_id).values(closed_at=now))
        mine = (seats.c.outing == outing_id) & seats.c.ended_at.is_(None)
        connection.execute(update(seats).where(mine).values(ended_at=now))
        unused = releases.c.consumed_at.is_(None) & releases.c.voided_at.is_(None)
        connection.execute(update(releases).where(releases.c.outing == outing_id, unused).values(voided_at=now))
        printing = select(plate_pieces.c.piece).join(claims, claims.c.plate == plate_pieces.c.plate)
        waiting = (pieces.c.outing == outing_id) & pieces.c.state.in_(OPEN_PIECES) & pieces.c.id.not_in(printing)
        return connection.execute(update(pieces).where(waiting).values(state=Piece.EXPIRED)).rowcount


def share_of(store: Store, outing_id: str, *, now: float) -> Share:
    """Return a seat's fair share of what is left: minutes of the outing, grams on the spools today."""
    with store.reading() as connection:
        outing = stored_outing(connection, outing_id)
    return fair_share(outing, datetime.datetime.fromtimestamp(now))


def stored_outing(connection: Connection, outing_id: str) -> Outing:
    """Return an outing with the filament that its printers have now."""
    row = connection.execute(select(outings).where(outings.c.id == outing_id)).first()
    if row is None:
        raise RefusalError(Reason.NO_OUTING, f"there is no outing '{outing_id}'")
    outing = Outing.model_validate(row.content)
    left = _grams(connection, [printer.name for printer in outing.printers])
    current = tuple(
        printer.model_copy(update={"grams_left": left.get(printer.name, printer.grams_left)})
        for printer in outing.printers
    )
    return outing.model_copy(update={"printers": current})


def seconds_left(connection: Connection, outing_id: str, now: float) -> float:
    """Return for how long a printer can still print in an open outing; one that is closed raises RefusalError."""
    _open_group(connection, outing_id)
    return minutes_left(stored_outing(connection, outing_id), datetime.datetime.fromtimestamp(now)) * 60


def _grams(connection: Connection, names: Sequence[str]) -> dict[str, float]:
    rows = connection.execute(select(printers.c.id, printers.c.grams_left).where(printers.c.id.in_(names)))
    return {row.id: row.grams_left for row in rows}


def _open_group(connection: Connection, outing_id: str) -> int:
    row = connection.execute(select(outings).where(outings.c.id == outing_id)).first()
    if row is None or row.closed_at is not None:
        raise RefusalError(Reason.NO_OUTING, f"there is no open outing '{outing_id}'")
    return int(row.group_number)


def _animal(number: int) -> str:
    round_, at = divmod(number - 1, len(ANIMALS))
    return ANIMALS[at] + (f" {round_ + 1}" if round_ else "")


def _hash(token: str) -> str:
    # A token has 192 bits of chance, so a plain hash cannot be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()
