"""Walks over the notebooks' cells, and says which files are broken already."""

from collections.abc import Iterator

from makerwagen.content.lesson import Lesson
from makerwagen.content.notebook import Cell, CellKind, Notebook
from makerwagen.content.repository import Repository


def notebooks(repository: Repository) -> Iterator[tuple[Lesson, Notebook]]:
    """Yield every notebook with its lesson."""
    for lesson in repository.lessons.values():
        for notebook in lesson.notebooks.values():
            yield lesson, notebook


def markdown_cells(repository: Repository) -> Iterator[tuple[Lesson, Notebook, Cell]]:
    """Yield every Markdown cell with its lesson and notebook."""
    for lesson, notebook in notebooks(repository):
        for cell in notebook.of_kind(CellKind.MARKDOWN):
            yield lesson, notebook, cell


def code_cells(repository: Repository) -> Iterator[tuple[Notebook, Cell]]:
    """Yield every code cell with its notebook."""
    for _, notebook in notebooks(repository):
        for cell in notebook.of_kind(CellKind.CODE):
            yield notebook, cell


def lesson_is_known(repository: Repository, slug: str) -> bool:
    """Say whether a lesson exists, be it one that cannot be read; the loader has reported that one."""
    return slug in repository.lessons or f"lessons/{slug}/lesson.yml" in repository.broken


def some_lesson_is_broken(repository: Repository) -> bool:
    """Say whether a lesson could not be read, so that nobody knows what it teaches."""
    return any(path.startswith("lessons/") and path.endswith("/lesson.yml") for path in repository.broken)
