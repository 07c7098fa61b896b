"""The stamp that every result of a lesson carries: slug, version, content hash and the date of that version."""

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path

from makerwagen.content.lesson import Lesson
from makerwagen.content.repository import Repository

NEVER_RELEASED = datetime.date(1970, 1, 1)


@dataclass(frozen=True)
class Stamp:
    """What is printed at the foot of each page."""

    slug: str
    version: str
    digest: str
    date: datetime.date

    @property
    def short(self) -> str:
        """Return the first eight digits of the hash."""
        return self.digest[:8]

    def __str__(self) -> str:
        """Return the stamp as it is printed."""
        return f"{self.slug} · {self.version} · {self.short} · {self.date:%d.%m.%Y}"


def stamp_of(lesson: Lesson, repository: Repository) -> Stamp:
    """Return the lesson's stamp; its hash covers the lesson and the models, exercises and packs it uses."""
    date = lesson.changes[0].date if lesson.changes else NEVER_RELEASED
    return Stamp(lesson.slug, lesson.version, digest(lesson_files(lesson, repository), repository.root), date)


def lesson_files(lesson: Lesson, repository: Repository) -> list[str]:
    """Return the paths of everything a lesson is made of, sorted."""
    folders = [lesson.folder]
    folders += [f"cad_models/{ref}" for ref in lesson.models]
    folders += [f"microcontroller/exercises/{ref}" for ref in lesson.exercises]
    folders += [pack.origin.path.rpartition("/")[0] for pack in repository.packs_of(lesson)]
    return sorted(path for path in repository.files if path.startswith(tuple(f"{folder}/" for folder in folders)))


def digest(paths: list[str], root: Path) -> str:
    """Return the sha256 over names and contents of files below `root`."""
    total = hashlib.sha256()
    for path in paths:
        content = (root / path).read_bytes()
        total.update(f"{path}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
