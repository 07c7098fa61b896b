"""Attempts in the store: an append-only record, and what must be on disk before a printer is told anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from makerwagen.desk.beds import BedMove, set_bed
from makerwagen.desk.moves import move_piece, move_plate
from makerwagen.desk.outings import seconds_left
from makerwagen.desk.refusals import Reason, RefusalError
from makerwagen.desk.states import ENDED, Attempt, Bed, Piece, Plate, move
from makerwagen.desk.store import Store
from makerwagen.desk.tables import (
    attempt_moves,
    attempts,
    claims,
    plate_pieces,
    plates,
    printers,
    releases,
    verdicts,
)

# Built once: building it takes longer than asking it.
_EVERY = attempt_moves.alias()
_NEWEST = select(func.max(_EVERY.c.number)).where(_EVERY.c.attempt == attempts.c.id).scalar_subquery()
_LAST = (attempt_moves.c.attempt == attempts.c.id) & (attempt_moves.c.number == _NEWEST)
_COLUMNS = (attempt_moves.c.state, attempt_moves.c.number, attempt_moves.c.at.label("since"), attempt_moves.c.note)
QUERY = (
    select(attempts, *_COLUMNS, claims.c.attempt.label("held"))
    .select_from(attempts)
    .join(attempt_moves, _LAST)
    .outerjoin(claims, claims.c.attempt == attempts.c.id)
    .order_by(attempts.c.id)
)
CHANGED = "somebody else was faster; look again"


@dataclass(frozen=True)
class StoredAttempt:
    """An attempt as it is now: `number` counts its moves, `since` is the last one's time, `open` holds the printer."""

    id: int
    release: int
    plate: int
    printer: str
    sha256: str
    file: str
    state: Attempt
    number: int
    since: float
    note: str
    open: bool


@dataclass(frozen=True)
class Step:
    """A move of an attempt: where to, on whose word, and what there is to say about it."""

    to: Attempt
    by: str
    at: float
    note: str = ""


def claim(store: Store, release_id: int, *, by: str, now: float) -> StoredAttempt:
    """Return a new attempt that has printer and plate to itself; else raise RefusalError."""
    try:
        with store.writing() as connection:
            release = _claimable(connection, release_id, now)
            words = {"release": release_id, "plate": release.plate, "printer": release.printer}
            count = connection.execute(select(func.count()).where(attempts.c.release == release_id)).scalar()
            file = f"p{release.plate}-{count}-{release.nonce}.gcode"
            done = connection.execute(insert(attempts).values(**words, sha256=release.sha256, file=file, by=by, at=now))
            attempt = int(done.inserted_primary_key[0]) if done.inserted_primary_key else 0
            held = {"printer": release.printer, "plate": release.plate, "attempt": attempt}
            connection.execute(insert(claims).values(held))
            _append(connection, attempt, 1, Step(Attempt.CLAIMED, by, now))
    except IntegrityError as error:
        raise RefusalError(Reason.PRINTER_TAKEN, f"printer or plate is taken by another attempt; {CHANGED}") from error
    return attempt_of(store, attempt)


def advance(store: Store, seen: StoredAttempt, *steps: Step, free: bool = False) -> StoredAttempt:
    """Append steps to the attempt that was `seen`; `free` gives printer and plate back. Else raise RefusalError."""
    try:
        with store.writing() as connection:
            state, number = seen.state, seen.number
            for step in steps:
                state, number = move(state, step.to), number + 1
                _append(connection, seen.id, number, step)
            if free:
                connection.execute(delete(claims).where(claims.c.attempt == seen.id))
    except IntegrityError as error:
        raise RefusalError(Reason.WRONG_STATE, f"attempt {seen.id} is no longer {seen.state}; {CHANGED}") from error
    return attempt_of(store, seen.id)


def intend(store: Store, seen: StoredAttempt, *, by: str, now: float) -> StoredAttempt:
    """Write down that the start goes out now: release used, bed OCCUPIED, START_INTENT, all of it or nothing."""
    move(seen.state, Attempt.START_INTENT)
    try:
        with store.writing() as connection:
            unused = releases.c.consumed_at.is_(None) & releases.c.voided_at.is_(None)
            mine = (releases.c.id == seen.release) & (releases.c.sha256 == seen.sha256) & unused
            if connection.execute(update(releases).where(mine).values(consumed_at=now)).rowcount != 1:
                raise RefusalError(Reason.RELEASE_USED, f"release {seen.release} was used or withdrawn")
            set_bed(connection, seen.printer, BedMove(Bed.OCCUPIED, by, now, seen.id), only_from=Bed.CLEAR)
            _append(connection, seen.id, seen.number + 1, Step(Attempt.START_INTENT, by, now))
    except IntegrityError as error:
        raise RefusalError(Reason.WRONG_STATE, f"attempt {seen.id} is no longer {seen.state}; {CHANGED}") from error
    return attempt_of(store, seen.id)


def never_started(store: Store, seen: StoredAttempt, *, by: str, now: float) -> StoredAttempt:
    """Close an UNKNOWN attempt of which a person says that it never started; its plate can be released anew."""
    move(seen.state, Attempt.CANCELLED)
    try:
        with store.writing() as connection:
            _append(connection, seen.id, seen.number + 1, Step(Attempt.CANCELLED, by, now, "never started"))
            connection.execute(delete(claims).where(claims.c.attempt == seen.id))
            move_plate(connection, seen.plate, Plate.SLICED)
    except IntegrityError as error:
        raise RefusalError(Reason.WRONG_STATE, f"attempt {seen.id} is no longer {seen.state}; {CHANGED}") from error
    return attempt_of(store, seen.id)


def judge(store: Store, seen: StoredAttempt, words: Mapping[int, Piece], *, by: str, now: float) -> StoredAttempt:
    """Write down a person's word about every piece of an ended attempt; only now the bed is CLEAR again."""
    if seen.state not in ENDED or not seen.open:
        raise RefusalError(Reason.WRONG_STATE, f"attempt {seen.id} is {seen.state}; there is nothing to judge")
    if not set(words.values()) <= {Piece.DONE, Piece.FAILED}:
        raise RefusalError(Reason.WRONG_STATE, "a piece that was taken off is done or failed")
    try:
        with store.writing() as connection:
            _append(connection, seen.id, seen.number + 1, Step(move(seen.state, Attempt.JUDGED), by, now))
            on_it = select(plate_pieces.c.piece).where(plate_pieces.c.plate == seen.plate)
            if set(connection.execute(on_it).scalars()) != set(words):
                raise RefusalError(Reason.PIECES_MISSING, f"judge every piece of plate {seen.plate}, and no other")
            for piece, state in words.items():
                row = {"attempt": seen.id, "piece": piece, "state": state, "by": by, "at": now}
                connection.execute(insert(verdicts).values(row))
                move_piece(connection, piece, state)
            _use_filament(connection, seen)
            connection.execute(delete(claims).where(claims.c.attempt == seen.id))
            set_bed(connection, seen.printer, BedMove(Bed.CLEAR, by, now, seen.id, person=True))
    except IntegrityError as error:
        raise RefusalError(Reason.WRONG_STATE, f"attempt {seen.id} is no longer {seen.state}; {CHANGED}") from error
    return attempt_of(store, seen.id)


def attempt_of(store: Store, attempt: int) -> StoredAttempt:
    """Return an attempt as it is now."""
    found = _read(store, QUERY.where(attempts.c.id == attempt))
    if not found:
        raise RefusalError(Reason.NOT_FOUND, f"there is no attempt {attempt}")
    return found[0]


def open_attempt(store: Store, printer: str) -> StoredAttempt | None:
    """Return the attempt that holds a printer, if there is one."""
    found = _read(store, QUERY.where(claims.c.printer == printer))
    return found[0] if found else None


def attempts_of_plate(store: Store, plate: int) -> list[StoredAttempt]:
    """Return every attempt to print a plate, oldest first."""
    return _read(store, QUERY.where(attempts.c.plate == plate))


def history(store: Store, attempt: int) -> list[Step]:
    """Return every move of an attempt, oldest first."""
    mine = select(attempt_moves).where(attempt_moves.c.attempt == attempt).order_by(attempt_moves.c.number)
    with store.reading() as connection:
        rows = connection.execute(mine).all()
    return [Step(Attempt(row.state), row.by, row.at, row.note) for row in rows]


def _claimable(connection: Connection, release_id: int, now: float) -> Any:
    """Return the release if it may be used now: of this content, bed CLEAR, time and filament left."""
    release = connection.execute(select(releases).where(releases.c.id == release_id)).first()
    if release is None:
        raise RefusalError(Reason.NOT_FOUND, f"there is no release {release_id}")
    if release.consumed_at is not None:
        raise RefusalError(Reason.RELEASE_USED, f"release {release_id} was used; one release is one start")
    plate = connection.execute(select(plates).where(plates.c.id == release.plate)).one()
    if release.voided_at is not None or plate.sha256 != release.sha256:
        raise RefusalError(Reason.RELEASE_VOID, f"plate {plate.id} was changed after its release; release it again")
    printer = connection.execute(select(printers).where(printers.c.id == release.printer)).one()
    if printer.bed != Bed.CLEAR:
        raise RefusalError(Reason.BED_NOT_CLEAR, f"the bed of '{printer.id}' is {printer.bed}; look, clear it, say so")
    if plate.seconds > seconds_left(connection, release.outing, now):
        raise RefusalError(Reason.NO_TIME, f"plate {plate.id} takes {plate.seconds / 60:.0f} min, too long for today")
    if plate.grams > printer.grams_left:
        raise RefusalError(Reason.NO_FILAMENT, f"'{printer.id}' has {printer.grams_left:.0f} g left, not enough")
    return release


def _append(connection: Connection, attempt: int, number: int, step: Step) -> None:
    row = {"attempt": attempt, "number": number, "state": step.to, "by": step.by, "note": step.note, "at": step.at}
    connection.execute(insert(attempt_moves).values(row))


def _use_filament(connection: Connection, seen: StoredAttempt) -> None:
    # A print that was given up also used some; the spool is not told how much, so all of it is counted.
    grams = connection.execute(select(plates.c.grams).where(plates.c.id == seen.plate)).scalar() or 0.0
    rest = select(printers.c.grams_left).where(printers.c.id == seen.printer)
    left = max(0.0, (connection.execute(rest).scalar() or 0.0) - grams)
    connection.execute(update(printers).where(printers.c.id == seen.printer).values(grams_left=left))


def _read(store: Store, query: Select[Any]) -> list[StoredAttempt]:
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return [
        StoredAttempt(
            *(row.id, row.release, row.plate, row.printer, row.sha256, row.file, Attempt(row.state), row.number),
            *(row.since, row.note, row.held is not None),
        )
        for row in rows
    ]
