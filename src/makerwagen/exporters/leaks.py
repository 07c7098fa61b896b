"""The leak gate: opens what children get as a stranger would; finds solutions, teacher's notes and their outputs."""

import codecs
import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pikepdf
import pypdfium2

from makerwagen.content.lesson import Lesson
from makerwagen.content.notebook import Notebook
from makerwagen.content.versions import Audience, solutions, version
from makerwagen.content.words import CellTag
from makerwagen.exporters.outputs import Picture, shown
from makerwagen.problems import Place, Problem

SHORTEST = 8
# A line of a program that is shorter than this may stand anywhere by chance: `schritte = [` is a word of German prose.
SHORTEST_CODE = 14
NOT_LETTERS = re.compile(r"[\W_]+")
TAGS = re.compile(r"<[^>]*>")
MARKED_UP = {".html", ".xml", ".svg", ".json", ".js"}
Outputs = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Secret:
    """A piece of text that only teachers may see, squashed to letters and digits, and where it was written."""

    squashed: str
    text: str
    place: Place
    code: str


class Secrets:
    """All secrets of some lessons, found in a text in one pass over it."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """Index the secrets by how they begin."""
        self.by_start: dict[str, list[Secret]] = {}
        for secret in secrets:
            self.by_start.setdefault(secret.squashed[:SHORTEST], []).append(secret)

    def found_in(self, text: str) -> Iterator[Secret]:
        """Yield each secret that `text` holds, however it was broken into lines or tags."""
        squashed, known = squash(text), self.by_start
        starts = [at for at in range(len(squashed) - SHORTEST + 1) if squashed[at : at + SHORTEST] in known]
        seen = set()
        for start in starts:
            for secret in known[squashed[start : start + SHORTEST]]:
                if secret.squashed not in seen and squashed.startswith(secret.squashed, start):
                    seen.add(secret.squashed)
                    yield secret


def squash(text: str) -> str:
    """Return only the letters and digits of `text`, in lower case; ligatures and loose accents as usual letters."""
    return NOT_LETTERS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()


def secrets_of(lesson: Lesson, notebook: Notebook, *, student: Outputs, teacher: Outputs) -> Iterator[Secret]:
    """Yield what no student's file of this lesson may hold: solutions, teachers' notes, and what solutions show."""
    public = squash("\n".join(public_texts(lesson, notebook, student)))
    for cell, text in solutions(notebook):
        code = "LEA102" if cell.has(CellTag.TEACHER) else "LEA101"
        yield from _fragments(text, notebook.at(cell), code, public)
    cells = {cell.id: cell for cell in notebook.cells}
    for cell_id, outputs in teacher.items():
        for output in shown(outputs):
            if not isinstance(output, Picture) and cell_id in cells:
                yield from _fragments(output.text, notebook.at(cells[cell_id]), "LEA103", public)


def program_secrets(path: str, program: str, *, start: str, public: str) -> Iterator[Secret]:
    """Yield what a solution has and nothing that children see has; `start` is the program they begin with.

    `public` is squashed. A line as short as `sleep(4)` is told by its neighbours.
    """
    begun = {_code(line) for line in start.split("\n")}
    rows = [(number, code) for number, line in enumerate(program.split("\n"), 1) if (code := _code(line))]
    for at, (number, code) in enumerate(rows):
        if code in begun:
            continue
        alone = len(squash(code)) >= SHORTEST_CODE
        found = code if alone else "".join(near for _, near in rows[max(at - 1, 0) : at + 2])
        yield from _fragments(found, Place(path, line=number), "LEA101", public)


def _code(line: str) -> str:
    return line.partition("#")[0].strip()


def public_texts(lesson: Lesson, notebook: Notebook, student: Outputs) -> Iterator[str]:
    """Yield the texts that children see anyway."""
    yield json.dumps(lesson.model_dump(mode="json"), ensure_ascii=False)
    yield from (cell.source for cell in version(notebook, Audience.STUDENT))
    for outputs in student.values():
        yield from (output.alt if isinstance(output, Picture) else output.text for output in shown(outputs))


def leaks(secrets: Secrets, name: str, content: bytes) -> list[Problem]:
    """Return a problem for each secret that the file `name` gives away."""
    found: dict[str, Secret] = {}
    for text in texts_of(name, content):
        for secret in secrets.found_in(text):
            found.setdefault(secret.squashed, secret)
    return [_problem(secret, name) for secret in found.values()]


def texts_of(name: str, content: bytes) -> Iterator[str]:
    """Yield every text a stranger could get out of a file: what is shown, and what is hidden in it.

    A file that is not what its name says is read as plain text.
    """
    suffix, whole = PurePath(name).suffix.lower(), False
    try:
        if suffix == ".pdf":
            yield from _pdf_texts(content)
            whole = True
        elif zipfile.is_zipfile(io.BytesIO(content)):
            yield from _zip_texts(content)
        elif suffix in {".ipynb", ".json", ".geojson"}:
            yield from _strings(json.loads(content))
            whole = suffix == ".ipynb"
        elif suffix == ".js":
            # Data that pages load from a folder is JSON, too, behind a name and an equals sign.
            yield from _strings(json.loads(content.partition(b"=")[2].strip().rstrip(b";")))
    except (ValueError, RecursionError, zipfile.BadZipFile, pypdfium2.PdfiumError, pikepdf.PdfError):
        pass
    if not whole:
        yield from _plain_texts(content, marked_up=suffix in MARKED_UP)


def _plain_texts(content: bytes, *, marked_up: bool) -> Iterator[str]:
    """Yield a file as text, whatever its name; pictures and other binary files hold none."""
    sixteen = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in content and not sixteen:
        return
    text = content.decode("utf-16" if sixteen else "utf-8", "replace")
    yield html.unescape(text)
    if marked_up:
        yield html.unescape(TAGS.sub("", text))


def _zip_texts(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for entry in archive.namelist():
            yield entry
            yield from texts_of(entry, archive.read(entry))


def is_for_teachers(path: str) -> bool:
    """Say whether a file's name says that it is the teacher's."""
    return any(part.startswith("teacher.") or part.endswith("-teacher.zip") for part in PurePath(path).parts)


def _fragments(text: str, place: Place, code: str, public: str) -> Iterator[Secret]:
    whole = squash(text)
    lines = [line for line in text.splitlines() if len(squash(line)) >= SHORTEST]
    for line in lines or ([text] if len(whole) >= SHORTEST else []):
        # Long prose is cut into sentences: one copied sentence is a leak too.
        for part in re.split(r"(?<=[.!?])\s+", line):
            squashed = squash(part)
            if len(squashed) >= SHORTEST and squashed not in public:
                yield Secret(squashed, part.strip(), place, code)


def _problem(secret: Secret, name: str) -> Problem:
    kinds = {"LEA101": "a solution", "LEA102": "a teacher's note", "LEA103": "the output of a solution"}
    excerpt = secret.text if len(secret.text) <= 60 else secret.text[:57] + "…"
    what = f"{kinds[secret.code]} is in the student's file {name}: '{excerpt}'"
    return Problem(secret.place, secret.code, what, "tag the cell that shows it, or report a defect of the exporter")


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield html.unescape(data)
    elif isinstance(data, dict):
        if source := data.get("source"):
            yield "".join(source)
        for key, value in data.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def _pdf_texts(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        # Alternative texts, titles and other strings stand outside the text of the pages.
        for entry in pdf.objects:
            yield from _pdf_strings(entry)
        if metadata := pdf.Root.get("/Metadata"):
            yield metadata.read_bytes().decode("utf-8", "replace")
        for name, spec in pdf.attachments.items():
            yield from texts_of(name, spec.get_file().read_bytes())


def _pdf_strings(entry: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(entry, pikepdf.String):
        yield str(entry)
    elif isinstance(entry, pikepdf.Dictionary | pikepdf.Array) and depth < 6:
        for value in entry.values() if isinstance(entry, pikepdf.Dictionary) else list(entry):
            if not getattr(value, "is_indirect", False):
                yield from _pdf_strings(value, depth + 1)
