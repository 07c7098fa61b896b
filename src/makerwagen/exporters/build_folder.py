"""The folder build/: one build at a time, new results moved into place at the end, earlier ones kept where asked."""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from makerwagen.errors import MakerwagenError
from makerwagen.exporters.unchanged import CACHE

# Made anew by every whole build, even when no lesson is left to fill them.
SHELVES = ("notebooks", "worksheets")
ASIDE = f"{CACHE}/old"


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Hold the folder `target` for this build only, after putting back what an interrupted build took out."""
    (target / CACHE).mkdir(parents=True, exist_ok=True)
    with (target / CACHE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MakerwagenError(f"another build is at work in '{target}'; wait until it has ended") from None
        _put_back(target)
        yield


def empty(fresh: Path) -> None:
    """Make `fresh` an empty folder with the shelves in it."""
    shutil.rmtree(fresh, ignore_errors=True)
    for shelf in SHELVES:
        (fresh / shelf).mkdir(parents=True)


def swap(fresh: Path, target: Path, names: Iterable[str]) -> None:
    """Move each of `names` into place; what was there before leaves only when its successor is ready."""
    old = target / ASIDE
    old.mkdir(parents=True, exist_ok=True)
    for name in names:
        if not (fresh / name).exists():
            continue
        if (target / name).exists():
            # Flat, so that after a power cut it is plain what belongs where.
            (target / name).rename(old / name.replace("/", "+"))
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).rename(target / name)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)


def keep_earlier(slugs: Iterable[str], target: Path, fresh: Path) -> None:
    """Take over the earlier notebooks and sheets of lessons left out, and nothing that was made of them just now."""
    for slug in slugs:
        for made in _shelved(fresh, slug):
            shutil.rmtree(made)
        for earlier in _shelved(target, slug):
            shutil.copytree(earlier, fresh / earlier.relative_to(target), copy_function=link)


def keep_earlier_pages(slugs: Iterable[str], earlier: Path, pages: Path) -> None:
    """Take over the earlier pages of lessons left out."""
    patterns = ("lessons/{}.md", "lessons/{}", "l/{}", "downloads/*/{}")
    for slug in slugs:
        for path in (path for pattern in patterns for path in earlier.glob(pattern.format(slug))):
            copy = pages / path.relative_to(earlier)
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copytree(path, copy) if path.is_dir() else shutil.copyfile(path, copy)


def link(source: str | Path, target: str | Path) -> None:
    """Give a finished file a second name; where the disk knows no links, copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _shelved(folder: Path, slug: str) -> list[Path]:
    return [path for shelf in SHELVES for path in folder.glob(f"{shelf}/*/{slug}")]


def _put_back(target: Path) -> None:
    old = target / ASIDE
    for path in sorted(old.iterdir()) if old.is_dir() else ():
        place = target / path.name.replace("+", "/")
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            path.rename(place)
    shutil.rmtree(old, ignore_errors=True)
