"""A seat: an animal's folder with the notebooks of today's lessons, made without touching a child's work."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from makerwagen.content.lesson import Lesson
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.content.versions import Audience, version
from makerwagen.errors import MakerwagenError
from makerwagen.exporters.figures import Figures
from makerwagen.exporters.notebook_files import notebook_json
from makerwagen.exporters.stamp import stamp_of

# Thirty animals a child knows, all without umlauts, since they name folders and are typed at a login.
ANIMALS = (
    *("fuchs", "igel", "biber", "dachs", "otter", "luchs", "uhu", "eule", "specht", "amsel"),
    *("spatz", "storch", "reiher", "kranich", "schwan", "ente", "robbe", "hase", "reh", "hirsch"),
    *("elch", "marder", "hamster", "maus", "eichhorn", "frosch", "kauz", "falke", "adler", "delfin"),
)
WAYS = "heute-auch"
SEATS, RUNTIME, GIVEN = "seats", ".makerwagen", "given.json"
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|.!]+')
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Seat:
    """A child's place: never a name, always an animal."""

    state: Path
    animal: str

    @property
    def folder(self) -> Path:
        """Return the folder that the child sees."""
        return self.state / SEATS / self.animal

    @property
    def runtime(self) -> Path:
        """Return the folder beside the child's files that JupyterLab does not show: settings, token, progress."""
        return self.folder / RUNTIME


@dataclass(frozen=True)
class Copy:
    """What a seat gets of one lesson: where its notebook lies, and all files by path below the seat's folder."""

    slug: str
    notebook: str
    files: Files


def seat_of(state: Path, animal: str) -> Seat:
    """Return the seat of an animal; raise for anything else, so that no child's name becomes a folder."""
    if animal not in ANIMALS:
        raise MakerwagenError(f"'{animal}' is no seat; choose an animal: {', '.join(ANIMALS)}")
    return Seat(state.resolve(), animal)


def seats_in(state: Path) -> list[Seat]:
    """Return the seats that exist, in the order of the animals."""
    return [seat for animal in ANIMALS if (seat := Seat(state.resolve(), animal)).folder.is_dir()]


def copy_of(repository: Repository, lesson: Lesson, lang: str = "de") -> Copy:
    """Return the student's notebook of a lesson with its pictures and data packs."""
    text = lesson.notebooks.get(lang)
    if text is None:
        raise MakerwagenError(f"lesson '{lesson.slug}' has no notebook in '{lang}'; choose another lesson")
    folder = folder_name(text_in(lesson.title, lang), lesson.slug)
    stamp, student = stamp_of(lesson, repository), Audience.STUDENT
    cells, figures = Figures(repository).resolve(version(text, student), lang)
    notebook = notebook_json(lesson, lang, cells=cells, audience=student, stamp=stamp)
    files = {f"{folder}/{folder}.ipynb": _for_children(notebook)}
    files |= {f"{folder}/{path}": content for path, content in figures.items()}
    home = (repository.root / lesson.folder).resolve()
    for medium in lesson.media:
        source = (home / medium.file).resolve()
        if source.is_relative_to(home) and source.is_file():
            files[f"{folder}/{PurePosixPath(medium.file)}"] = source.read_bytes()
    for pack in repository.packs_of(lesson):
        place = (repository.root / pack.origin.path).parent
        files |= {f"{folder}/data/{pack.slug}/{name}": (place / name).read_bytes() for name in ("pack.yml", pack.file)}
    return Copy(lesson.slug, f"{folder}/{folder}.ipynb", files)


def with_ways(copies: Sequence[Copy]) -> list[Copy]:
    """Return copies whose notebooks end with links to the day's other lessons: a seat has no list of files."""
    return [replace(copy, files={**copy.files, copy.notebook: _with_links(copy, copies)}) for copy in copies]


def _with_links(copy: Copy, copies: Sequence[Copy]) -> bytes:
    others = [other for other in copies if other.slug != copy.slug]
    if not others:
        return copy.files[copy.notebook]
    content = json.loads(copy.files[copy.notebook])
    names = [PurePosixPath(other.notebook) for other in others]
    links = [f"- [{name.stem}](<../{name}>)" for name in names]
    source = "\n".join(["## Fertig? Das gibt es heute auch:", "", *links])
    fixed = {"deletable": False, "editable": False}
    content["cells"].append({"cell_type": "markdown", "id": WAYS, "metadata": fixed, "source": source})
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _for_children(notebook: str) -> bytes:
    """Return the notebook with the lesson's own cells fixed: a double click must not turn text into Markdown."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        cell["metadata"] |= {"deletable": False} | ({"editable": False} if cell["cell_type"] == "markdown" else {})
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def folder_name(title: str, slug: str) -> str:
    """Return the short part of a title as a name that every file system takes (USB sticks included)."""
    short = re.split(r"[:?!–]", title, maxsplit=1)[0]
    return NOT_IN_NAMES.sub(" ", short).strip()[:60].strip() or slug


def prepare_seats(state: Path, animals: Iterable[str], copies: Sequence[Copy]) -> list[Seat]:
    """Give every seat its copies and return the seats; what a child changed is never overwritten."""
    seats = [seat_of(state, animal) for animal in animals]
    hashes = {path: sha256(content) for copy in copies for path, content in copy.files.items()}
    for seat in seats:
        seat.runtime.mkdir(parents=True, exist_ok=True)
        record = seat.runtime / GIVEN
        given = read_given(record)
        for copy in copies:
            for path, content in copy.files.items():
                _give(seat.folder / path, content, was=given.get(path), now=hashes[path])
        write_whole(record, json.dumps(given | hashes, indent=1, sort_keys=True).encode())
    return seats


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a power cut leaves the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # else the new name itself may be lost
    finally:
        os.close(folder)


def _give(target: Path, content: bytes, *, was: str | None, now: str) -> None:
    """Write a file that is missing, or renew one that is still as we gave it."""
    try:
        there = sha256(target.read_bytes())
    except FileNotFoundError:
        there = None
    if there == now or (there is not None and there != was):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    beside.write_bytes(content)
    beside.replace(target)


def read_given(record: Path) -> dict[str, str]:
    """Return the hash of each file as it was given to a seat."""
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        # Without the record every file counts as the child's own, so nothing can be lost.
        return {}
    return {str(path): str(digest) for path, digest in found.items()} if isinstance(found, dict) else {}


def sha256(content: bytes) -> str:
    """Return the hash of a file's content."""
    return hashlib.sha256(content).hexdigest()
