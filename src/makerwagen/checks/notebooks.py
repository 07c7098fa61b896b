"""Rules about a notebook's cells: ids, tags, nothing that was run, and what a lesson's notebook must hold."""

import re
from collections.abc import Iterator

from makerwagen.checks.cells import notebooks
from makerwagen.checks.closest import did_you_mean
from makerwagen.content.notebook import LINES, Cell, CellKind
from makerwagen.content.repository import Repository
from makerwagen.content.words import CellTag, Format, Status
from makerwagen.problems import Problem

CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
TAGS = frozenset(tag.value for tag in CellTag)
OLDEST_MINOR = 5
CHECKS = 3
CONTRADICTIONS = (
    (CellTag.SCREEN_ONLY, CellTag.PAPER_ONLY, "then nobody sees the cell"),
    (CellTag.TEACHER, CellTag.CHECK, "a child's check must reach the child"),
    (CellTag.SOLUTION, CellTag.CHECK, "a child's check must reach the child"),
    (CellTag.TEACHER, CellTag.HINT, "a hint is for the child"),
    (CellTag.SOLUTION, CellTag.HINT, "a hint is for the child, a solution is not"),
    (CellTag.HINT, CellTag.CHECK, "the hints of a check stand in its code"),
    (CellTag.PAPER_ONLY, CellTag.CHECK, "paper runs no check"),
    (CellTag.PAPER_ONLY, CellTag.HIDE_INPUT, "then nobody sees the cell"),
)


def notebooks_are_not_run(repository: Repository) -> Iterator[Problem]:
    """NBK102: notebooks are committed without outputs and execution counts.

    Why: Outputs come from running the lesson at build time; a committed one grows stale, and may show a solution.
    Bad:
        "execution_count": 7, "outputs": [{"output_type": "stream", …}]
    Good:
        "execution_count": null, "outputs": []
    """
    for _, notebook in notebooks(repository):
        for cell in notebook.cells:
            if cell.outputs or cell.execution_count is not None:
                what = "the cell holds outputs" if cell.outputs else "the cell holds an execution count"
                yield Problem(
                    notebook.at(cell), "NBK102", what, "clear all outputs and save (nbstripout does it for you)"
                )


def cell_ids_are_unique(repository: Repository) -> Iterator[Problem]:
    """NBK103: every cell has an id of its own, of letters, digits, hyphens and underscores.

    Why: Competencies, translations and messages refer to cells by id.
    Bad:
        "id": "rote LED"
    Good:
        "id": "rote-led"
    """
    for _, notebook in notebooks(repository):
        seen: dict[str, int] = {}
        for cell in notebook.cells if notebook.minor >= OLDEST_MINOR else ():
            place, remedy = notebook.at(cell), "give it an id such as 'rote-led'"
            if not cell.id:
                yield Problem(place, "NBK103", "the cell has no id", remedy)
            elif not CELL_ID.fullmatch(cell.id):
                what = f"cell id '{cell.id}' is not made of 1 to 64 letters, digits, - and _"
                yield Problem(place, "NBK103", what, remedy)
            elif cell.id in seen:
                what = f"cell id '{cell.id}' is also the one of cell {seen[cell.id]}"
                yield Problem(place, "NBK103", what, "give one of them another id")
            seen.setdefault(cell.id, cell.number)


def cell_tags_are_known(repository: Repository) -> Iterator[Problem]:
    """NBK104: every tag of a cell is known.

    Why: A misspelt `solution` would show the solution to children.
    Bad:
        "tags": ["soluton"]
    Good:
        "tags": ["solution"]
    """
    for _, notebook in notebooks(repository):
        for cell in notebook.cells:
            for tag in sorted(cell.tags - TAGS):
                if not LINES.fullmatch(tag):
                    remedy = did_you_mean(tag, (*TAGS, "lines-3"), f"use one of {', '.join(sorted(TAGS))}, lines-N")
                    yield Problem(notebook.at(cell), "NBK104", f"tag '{tag}' is not known", remedy)


def lessons_have_a_german_notebook(repository: Repository) -> Iterator[Problem]:
    """NBK111: every lesson has a German notebook.

    Why: German is the language of the children here; every other language is translated from it.
    Bad:
        lessons/name-tag/lesson.yml
    Good:
        lessons/name-tag/lesson.yml  lessons/name-tag/lesson.de.ipynb
    """
    for lesson in repository.lessons.values():
        path = f"{lesson.folder}/lesson.de.ipynb"
        if "de" not in lesson.notebooks and path not in repository.broken:
            yield Problem(lesson.at(), "NBK111", "the lesson has no German notebook", f"add {path}")


def tags_do_not_contradict(repository: Repository) -> Iterator[Problem]:
    """NBK115: the tags of a cell do not contradict each other.

    Why: A cell for the screen only and for paper only is seen by nobody.
    Bad:
        "tags": ["screen-only", "paper-only"]
    Good:
        "tags": ["paper-only"]
    """
    for _, notebook in notebooks(repository):
        for cell in notebook.cells:
            if len(cell.tags) < 2:
                continue
            for one, other, because in CONTRADICTIONS:
                if cell.has(one) and cell.has(other):
                    what = f"tags '{one}' and '{other}' contradict each other: {because}"
                    yield Problem(notebook.at(cell), "NBK115", what, "remove one of them")
            lines = sorted(tag for tag in cell.tags if LINES.fullmatch(tag))
            if len(lines) > 1:
                what = f"tags '{lines[0]}' and '{lines[1]}' contradict each other"
                yield Problem(notebook.at(cell), "NBK115", what, "remove one of them")
            elif lines and cell.has(CellTag.SCREEN_ONLY):
                what = f"tags '{lines[0]}' and 'screen-only' contradict each other: the lines are for paper"
                yield Problem(notebook.at(cell), "NBK115", what, "remove one of them")


def notebooks_have_no_attachments(repository: Repository) -> Iterator[Problem]:
    """NBK116: no cell holds attachments.

    Why: A picture pasted into a cell has no author, no licence and no file; JupyterLab does that on paste.
    Bad:
        ![LED](attachment:image.png)
    Good:
        ![Eine rote LED mit zwei Beinen](images/led.svg)
    """
    for _, notebook in notebooks(repository):
        for cell in notebook.cells:
            if cell.attachments:
                what = f"the cell holds {_files(cell)} as attachment"
                yield Problem(notebook.at(cell), "NBK116", what, "save it under images/ and list it under 'media'")


def published_lessons_check_themselves(repository: Repository) -> Iterator[Problem]:
    """NBK117: a published lesson has at least three checks, unless it is a drop-in station.

    Why: A child must be able to tell alone whether a step worked; there is one adult for 25 of them.
    Bad:
        # no cell has the tag check
    Good:
        "tags": ["check", "hide-input"]      # in three cells
    """
    for lesson in repository.lessons.values():
        notebook = lesson.notebooks.get("de")
        if not notebook or lesson.status is not Status.PUBLISHED or lesson.format is Format.DROP_IN:
            continue
        found = sum(cell.has(CellTag.CHECK) for cell in notebook.cells)
        if found < CHECKS:
            what = f"the notebook has {found} {'check' if found == 1 else 'checks'}, {CHECKS} are asked for"
            yield Problem(notebook.at(), "NBK117", what, "let a child see after each step whether it worked")


def writing_lines_follow_text(repository: Repository) -> Iterator[Problem]:
    """NBK119: writing lines follow Markdown cells only.

    Why: Lines belong under a question; under code nobody knows what to write.
    Bad:
        "cell_type": "code", "metadata": {"tags": ["lines-3"]}
    Good:
        "cell_type": "markdown", "metadata": {"tags": ["lines-3"]}
    """
    for _, notebook in notebooks(repository):
        for cell in notebook.cells:
            if cell.lines and cell.kind is not CellKind.MARKDOWN:
                what = f"'lines-{cell.lines}' stands on a {cell.kind} cell"
                yield Problem(notebook.at(cell), "NBK119", what, "move the tag to the Markdown cell with the question")


def notebooks_keep_cell_ids(repository: Repository) -> Iterator[Problem]:
    """NBK120: the notebook's format is 4.5 or newer.

    Why: Older formats have no cell ids; saving them draws new ones at random.
    Bad:
        "nbformat": 4, "nbformat_minor": 2
    Good:
        "nbformat": 4, "nbformat_minor": 5
    """
    for _, notebook in notebooks(repository):
        if notebook.minor < OLDEST_MINOR:
            what = f"notebook format 4.{notebook.minor} has no cell ids"
            yield Problem(notebook.at(), "NBK120", what, "open and save it in JupyterLab 4, then name the cells")


def cells_are_text_or_code(repository: Repository) -> Iterator[Problem]:
    """NBK124: every cell is Markdown or code, and holds something.

    Why: Raw cells reach neither page nor sheet; an empty cell is a gap that a child asks about.
    Bad:
        "cell_type": "raw"
    Good:
        "cell_type": "markdown"
    """
    for _, notebook in notebooks(repository):
        for cell in notebook.cells:
            if cell.kind is CellKind.RAW:
                yield Problem(
                    notebook.at(cell), "NBK124", "the cell is raw", "turn it into Markdown or code, or remove it"
                )
            elif not cell.source.strip() and not cell.lines:
                yield Problem(notebook.at(cell), "NBK124", "the cell is empty", "fill it, or remove it")


def _files(cell: Cell) -> str:
    return ", ".join(f"'{name}'" for name in sorted(cell.attachments))
