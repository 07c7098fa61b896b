"""From one notebook to the student's and the teacher's: who sees which cell, and where solutions stood."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from makerwagen.content.notebook import Cell, CellKind, Notebook
from makerwagen.content.words import CellTag

BEGIN = re.compile(r"^\s*### BEGIN SOLUTION\s*$")
END = re.compile(r"^\s*### END SOLUTION\s*$")
YOUR_TURN = {"de": "# Hier bist du dran.", "en": "# Your turn."}
IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?(?:\./)?([^)>\s]+)")
TEACHERS_ONLY = frozenset({CellTag.TEACHER, CellTag.SOLUTION})


class Audience(StrEnum):
    """Who a version is for."""

    STUDENT = "student"
    TEACHER = "teacher"


def version(notebook: Notebook, audience: Audience) -> tuple[Cell, ...]:
    """Return the cells `audience` may see, with solutions taken out or only their markers dropped."""
    return tuple(_version(notebook, audience))


def on_screen(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells that belong into a notebook or onto a page."""
    return tuple(cell for cell in cells if not cell.has(CellTag.PAPER_ONLY))


def on_paper(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells that belong onto a sheet."""
    return tuple(cell for cell in cells if not cell.has(CellTag.SCREEN_ONLY))


def for_teachers_only(cell: Cell) -> bool:
    """Say whether children never see this cell."""
    return any(cell.has(tag) for tag in TEACHERS_ONLY)


def student_source(source: str, lang: str = "de") -> str:
    """Return code with every solution region replaced by an invitation, indented as the region was."""
    stripped = "\n".join(_without_regions(source, YOUR_TURN.get(lang, YOUR_TURN["en"])))
    if stripped == source or _parses(stripped):
        return stripped
    # A comment alone is no body for a function or a loop; `...` is.
    return re.sub(r"^(\s*)(# (?:Hier bist du dran|Your turn)\.)$", r"\1...  \2", stripped, flags=re.MULTILINE)


def teacher_source(source: str) -> str:
    """Return code with the solution's marker lines dropped."""
    return "\n".join(line for line in source.split("\n") if not BEGIN.match(line) and not END.match(line))


def solutions(notebook: Notebook) -> Iterator[tuple[Cell, str]]:
    """Yield each text that no student's file may hold: the source of teachers' cells and of solution regions."""
    for cell in notebook.cells:
        if for_teachers_only(cell):
            yield cell, cell.source
        else:
            yield from ((cell, region) for region in _regions(cell.source))


def only_for_teachers(notebooks: Iterable[Notebook], cover: str | None) -> frozenset[str]:
    """Return the pictures that nobody but teachers is shown: no student's file may hold them."""
    seen = {cover}
    teachers: set[str] = set()
    for cell in (cell for notebook in notebooks for cell in notebook.cells):
        (teachers if for_teachers_only(cell) else seen).update(IMAGE.findall(cell.source))
    return frozenset(teachers - seen)


def _version(notebook: Notebook, audience: Audience) -> Iterator[Cell]:
    for cell in notebook.cells:
        if audience is Audience.TEACHER:
            yield replace(cell, source=teacher_source(cell.source)) if cell.kind is CellKind.CODE else cell
        elif not for_teachers_only(cell):
            code = cell.kind is CellKind.CODE
            yield replace(cell, source=student_source(cell.source, notebook.lang)) if code else cell


def _without_regions(source: str, invitation: str) -> Iterator[str]:
    inside = False
    for line in source.split("\n"):
        if BEGIN.match(line):
            inside = True
            yield line[: len(line) - len(line.lstrip())] + invitation
        elif END.match(line):
            inside = False
        elif not inside:
            yield line


def _regions(source: str) -> Iterator[str]:
    region: list[str] | None = None
    for line in source.split("\n"):
        if BEGIN.match(line):
            region = []
        elif END.match(line) and region is not None:
            yield "\n".join(region)
            region = None
        elif region is not None:
            region.append(line)
    if region is not None:
        yield "\n".join(region)


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
