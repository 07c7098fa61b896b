"""Plates and releases in the store: what is packed, sliced and released; any change voids the release."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from makerwagen.desk.moves import move_piece, move_plate
from makerwagen.desk.outings import seconds_left
from makerwagen.desk.refusals import Reason, RefusalError
from makerwagen.desk.states import Piece, Plate
from makerwagen.desk.store import Store
from makerwagen.desk.tables import pieces, plate_pieces, plates, printers, releases


@dataclass(frozen=True)
class Sliced:
    """G-code that passed its gate, and the version of the plate it was made from."""

    version: int
    sha256: str
    seconds: float
    grams: float


@dataclass(frozen=True)
class Wish:
    """What an educator releases: a plate for a printer, and the sha256 of the G-code that was shown."""

    plate: int
    printer: str
    seen: str


@dataclass(frozen=True)
class StoredPlate:
    """A plate as it is now, with the numbers of its pieces."""

    id: int
    outing: str
    profile: str
    state: Plate
    version: int
    sha256: str | None
    seconds: float | None
    grams: float | None
    pieces: tuple[int, ...]


def pack(store: Store, outing_id: str, chosen: Sequence[int], *, profile: str, now: float) -> int:
    """Return the number of a new plate with these approved pieces, for printers of one profile."""
    if not chosen:
        raise RefusalError(Reason.PIECES_MISSING, "a plate needs at least one piece")
    try:
        with store.writing() as connection:
            seconds_left(connection, outing_id, now)
            row = {"outing": outing_id, "profile": profile, "state": Plate.PACKED, "version": 1, "made_at": now}
            key = connection.execute(insert(plates).values(row)).inserted_primary_key
            plate = int(key[0]) if key else 0
            for piece in chosen:
                _put_on(connection, plate, piece, outing_id)
        return plate
    except IntegrityError as error:
        raise RefusalError(Reason.WRONG_STATE, "a piece lies on another plate already") from error


def take_off(store: Store, plate: int, piece: int, *, now: float) -> None:
    """Take one piece off a plate without the others; what was sliced and released of it holds no more."""
    with store.writing() as connection:
        change(connection, plate, now=now)
        here = (plate_pieces.c.plate == plate) & (plate_pieces.c.piece == piece)
        if connection.execute(delete(plate_pieces).where(here)).rowcount != 1:
            raise RefusalError(Reason.NOT_FOUND, f"piece {piece} does not lie on plate {plate}")
        move_piece(connection, piece, Piece.APPROVED)


def change(connection: Connection, plate: int, *, now: float) -> None:
    """Make a plate PACKED again and void its release; one that was perhaps started raises RefusalError."""
    state = _state(connection, plate)
    if state is Plate.RELEASED:
        _void(connection, plate, now)
    values = {"sha256": None, "seconds": None, "grams": None, "version": plates.c.version + 1}
    if state is Plate.PACKED:
        connection.execute(update(plates).where(plates.c.id == plate).values(values))
    else:
        move_plate(connection, plate, Plate.PACKED, **values)


def record_slices(store: Store, plate: int, found: Sliced) -> None:
    """Write down the G-code of a plate; RefusalError when the plate was changed since it was given to the slicer."""
    with store.writing() as connection:
        _state(connection, plate)
        version = connection.execute(select(plates.c.version).where(plates.c.id == plate)).scalar()
        if version != found.version:
            raise RefusalError(Reason.FILE_CHANGED, f"plate {plate} was changed while it was sliced; slice it again")
        words = {"sha256": found.sha256, "seconds": found.seconds, "grams": found.grams}
        move_plate(connection, plate, Plate.SLICED, **words)


def release(store: Store, wish: Wish, *, by: str, now: float) -> int:
    """Return the release of exactly the G-code that the educator has seen, for one start on one printer."""
    plate = wish.plate
    with store.writing() as connection:
        _state(connection, plate)
        row = connection.execute(select(plates).where(plates.c.id == plate)).one()
        if row.sha256 != wish.seen:
            raise RefusalError(Reason.FILE_CHANGED, f"plate {plate} was changed since it was shown; look at it again")
        seconds_left(connection, row.outing, now)
        profile = connection.execute(select(printers.c.profile).where(printers.c.id == wish.printer)).scalar()
        if profile != row.profile:
            raise RefusalError(
                Reason.NOT_FOUND, f"plate {plate} is sliced for {row.profile}, but '{wish.printer}' is {profile}"
            )
        move_plate(connection, plate, Plate.RELEASED)
        words = {"nonce": secrets.token_hex(16), "plate": plate, "sha256": wish.seen, "printer": wish.printer}
        done = connection.execute(insert(releases).values(**words, outing=row.outing, by=by, at=now))
        key = done.inserted_primary_key
        return int(key[0]) if key else 0


def withdraw(store: Store, plate: int, *, now: float) -> None:
    """Void a plate's release, e.g. to release it for another printer; one that was used raises RefusalError."""
    with store.writing() as connection:
        _state(connection, plate)
        _void(connection, plate, now)
        move_plate(connection, plate, Plate.SLICED)


def plate_of(store: Store, plate: int) -> StoredPlate:
    """Return a plate."""
    found = _read(store, plates.c.id == plate)
    if not found:
        raise RefusalError(Reason.NOT_FOUND, f"there is no plate {plate}")
    return found[0]


def plates_of_outing(store: Store, outing_id: str) -> list[StoredPlate]:
    """Return an outing's plates, oldest first."""
    return _read(store, plates.c.outing == outing_id)


def _read(store: Store, which: ColumnElement[bool]) -> list[StoredPlate]:
    on_them: dict[int, list[int]] = {}
    with store.reading() as connection:
        rows = connection.execute(select(plates).where(which).order_by(plates.c.id)).all()
        joined = select(plate_pieces).join(plates, plates.c.id == plate_pieces.c.plate).where(which)
        for piece, plate in connection.execute(joined.order_by(plate_pieces.c.piece)):
            on_them.setdefault(plate, []).append(piece)
    return [
        StoredPlate(
            *(row.id, row.outing, row.profile, Plate(row.state), row.version),
            *(row.sha256, row.seconds, row.grams, tuple(on_them.get(row.id, []))),
        )
        for row in rows
    ]


def _state(connection: Connection, plate: int) -> Plate:
    """Return the state of a plate."""
    found = connection.execute(select(plates.c.state).where(plates.c.id == plate)).scalar()
    if found is None:
        raise RefusalError(Reason.NOT_FOUND, f"there is no plate {plate}")
    return Plate(found)


def _void(connection: Connection, plate: int, now: float) -> None:
    # Whether it was used and whether it is void is decided by one statement: a start reads the same row.
    unused = releases.c.consumed_at.is_(None) & releases.c.voided_at.is_(None)
    if connection.execute(update(releases).where(releases.c.plate == plate, unused).values(voided_at=now)).rowcount < 1:
        raise RefusalError(Reason.RELEASE_USED, f"plate {plate} was started already; it cannot be changed any more")


def _put_on(connection: Connection, plate: int, piece: int, outing_id: str) -> None:
    if connection.execute(select(pieces.c.outing).where(pieces.c.id == piece)).scalar() != outing_id:
        raise RefusalError(Reason.NOT_FOUND, f"outing '{outing_id}' has no piece {piece}")
    move_piece(connection, piece, Piece.PLATED)
    connection.execute(insert(plate_pieces).values(plate=plate, piece=piece))
