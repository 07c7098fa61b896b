"""A new group: the last group's seats are archived or deleted, and every seat gets fresh copies."""

import datetime
import fcntl
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from makerwagen.errors import MakerwagenError
from makerwagen.lab.seat import RUNTIME, Copy, Seat, prepare_seats, seats_in

ARCHIVE = "archive"
# Keys, logs and copies of copies: nothing that a group made.
LEFT_OUT = (f"{RUNTIME}/jupyter", f"{RUNTIME}/lab.lock")


@contextmanager
def held(seat: Seat) -> Iterator[None]:
    """Keep others from starting or renewing this seat; raise when somebody else does already."""
    seat.runtime.mkdir(parents=True, exist_ok=True)
    with (seat.runtime / "lab.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise MakerwagenError(f"the lab of seat '{seat.animal}' is open; close it first (Ctrl+C)") from None
        yield


def new_group(state: Path, copies: Sequence[Copy], *, keep: bool, today: datetime.date) -> Path | None:
    """Renew all seats of a laptop; return the folder with one ZIP per seat, or nothing when all was deleted.

    A seat's folder goes only after its ZIP is whole, so a power cut at any moment loses nothing that was to be kept.
    """
    seats = seats_in(state)
    with ExitStack() as locks:
        for seat in seats:
            locks.enter_context(held(seat))
        target = _next_folder(state / ARCHIVE, today) if keep and seats else None
        for seat in seats:
            if target:
                archive(seat, target / f"{seat.animal}.zip")
            shutil.rmtree(seat.folder)
    prepare_seats(state, [seat.animal for seat in seats], copies)
    return target


def archive(seat: Seat, target: Path) -> None:
    """Write a seat's work into a ZIP that is either whole or not there."""
    beside = target.with_suffix(".part")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(seat.folder.rglob("*")):
            name = path.relative_to(seat.folder).as_posix()
            if path.is_file() and not path.is_symlink() and not name.startswith(LEFT_OUT):
                out.write(path, name)
    with zipfile.ZipFile(beside) as written:
        if broken := written.testzip():
            raise MakerwagenError(
                f"'{beside}' could not be read back ({broken}); nothing was deleted. Is the disk full?"
            )
    beside.replace(target)


def _next_folder(home: Path, today: datetime.date) -> Path:
    number = 1
    while (folder := home / f"{today.isoformat()}-{number}").exists():
        number += 1
    folder.mkdir(parents=True)
    return folder
