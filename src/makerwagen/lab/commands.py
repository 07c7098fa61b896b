"""`makerwagen lab`: prepare a seat and open it, renew all seats for the next group, take work home."""

import datetime
import os
from argparse import Namespace
from pathlib import Path
from urllib.parse import urlsplit

from makerwagen.checks.closest import did_you_mean
from makerwagen.content.lesson import Lesson
from makerwagen.content.repository import Repository
from makerwagen.content.words import Status
from makerwagen.errors import MakerwagenError
from makerwagen.lab.groups import held, new_group
from makerwagen.lab.seat import ANIMALS, Copy, copy_of, prepare_seats, seat_of, seats_in, with_ways
from makerwagen.lab.server import Order, serve
from makerwagen.lab.takeaway import takeaway
from makerwagen.load.outing_loader import load_outing
from makerwagen.load.repository_loader import load_repository

LANG = "de"


def run_lab(options: Namespace, root: Path) -> int:
    """Do what the options of `makerwagen lab` ask for and return the exit code."""
    state = (options.state or default_state()).expanduser().resolve()
    today = datetime.datetime.now().date()
    if options.take_away:
        return take_away(state, options, today)
    copies = todays_copies(root, options.lesson, today)
    if options.new_group:
        return renew(state, copies, keep=options.new_group == "archive", today=today)
    seat = seat_of(state, options.seat or first_seat(state))
    if options.wagon:
        os.environ["MAKERWAGEN_WAGON"] = address_of(options.wagon)
    with held(seat):
        prepare_seats(state, [seat.animal], copies)
        order = Order(seat, root, copies[0].notebook, options.port)
        serve(order, opened=str if options.no_browser else None)
    return 0


def address_of(wagon: str) -> str:
    """Return the wagon's address as notebooks ask for it; raise MakerwagenError when it is none."""
    parts = urlsplit(wagon)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise MakerwagenError(f"'{wagon}' is no address of a wagon; try: --wagon http://192.168.4.1:8000")
    return wagon.rstrip("/")


def take_away(state: Path, options: Namespace, today: datetime.date) -> int:
    """Write the named seat's work, or that of every seat, and say where."""
    seats = [seat_of(state, options.seat)] if options.seat else seats_in(state)
    if not seats:
        raise MakerwagenError(f"there is no seat in '{state}'; check --state")
    for seat in seats:
        print(takeaway(seat, options.take_away, today=today))
    return 0


def renew(state: Path, copies: list[Copy], *, keep: bool, today: datetime.date) -> int:
    """Give the next group fresh seats and say what became of the last group's work."""
    if not seats_in(state):
        raise MakerwagenError(f"there is no seat in '{state}', so no group to follow; check --state")
    kept = new_group(state, copies, keep=keep, today=today)
    seats = len(seats_in(state))
    print(f"the last group's work is in {kept}" if kept else "nothing of the last group is kept")
    print(f"fresh copies for {seats} {'seat' if seats == 1 else 'seats'} in {state}")
    return 0


def default_state() -> Path:
    """Return where this machine keeps what its children make."""
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local/state") / "makerwagen"


def first_seat(state: Path) -> str:
    """Return this laptop's only seat; a new laptop starts with the first animal."""
    seats = seats_in(state)
    if len(seats) > 1:
        names = ", ".join(seat.animal for seat in seats)
        raise MakerwagenError(f"this laptop has several seats ({names}); choose one with --seat")
    return seats[0].animal if seats else ANIMALS[0]


def todays_copies(root: Path, wanted: str | None, today: datetime.date) -> list[Copy]:
    """Return what a seat gets, the lesson to open first: the wanted one, else the outing's first."""
    repository, _ = load_repository(root)
    return with_ways([copy_of(repository, lesson) for lesson in todays_lessons(repository, wanted, today)])


def todays_lessons(repository: Repository, wanted: str | None, today: datetime.date) -> list[Lesson]:
    """Return the lessons of today's outing, the wanted one first; without an outing all published ones."""
    published = [
        slug
        for slug, lesson in sorted(repository.lessons.items())
        if lesson.status is Status.PUBLISHED and LANG in lesson.notebooks
    ]
    try:
        outing = load_outing(repository.root, today)
        slugs = [*outing.lessons, *([] if outing.date else published)]
    except MakerwagenError as error:
        # Without an outing, or with one that cannot be read, children must still get their lesson.
        print(f"note: {error}; opening with all published lessons")
        slugs = published
    # One lesson that is not written yet must not keep children from all the others.
    ready = [slug for slug, lesson in repository.lessons.items() if LANG in lesson.notebooks or slug == wanted]
    known = [slug for slug in dict.fromkeys([wanted, *slugs] if wanted else slugs) if slug in ready]
    if wanted and wanted not in known:
        hint = did_you_mean(wanted, repository.lessons, f"there are: {', '.join(published)}")
        raise MakerwagenError(f"there is no lesson '{wanted}'; {hint}")
    if not known:
        raise MakerwagenError(f"there is no published lesson in '{repository.root}'; see: makerwagen check")
    return [repository.lessons[slug] for slug in known]
