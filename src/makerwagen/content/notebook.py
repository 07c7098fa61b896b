"""Notebooks as content: cells with an id, a kind, a source and tags."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from makerwagen.content.words import CellTag
from makerwagen.problems import Place

LINES = re.compile(r"lines-([1-9]\d?)$")
BOARD_MAGIC = "# %%micropython"


class CellKind(StrEnum):
    """What a cell holds."""

    MARKDOWN = "markdown"
    CODE = "code"
    RAW = "raw"


@dataclass(frozen=True)
class Cell:
    """One cell as committed; `number` counts from 1 as authors do."""

    number: int
    id: str
    kind: CellKind
    source: str
    tags: frozenset[str] = frozenset()
    outputs: int = 0
    execution_count: int | None = None
    attachments: tuple[str, ...] = ()

    def has(self, tag: CellTag) -> bool:
        """Say whether the cell carries `tag`."""
        return tag.value in self.tags

    @property
    def lines(self) -> int:
        """Return how many writing lines follow the cell on paper."""
        return next((int(found[1]) for tag in sorted(self.tags) if (found := LINES.match(tag))), 0)

    @property
    def runs_on_board(self) -> bool:
        """Say whether the cell is a MicroPython program for the board."""
        return self.kind is CellKind.CODE and self.source.lstrip().startswith(BOARD_MAGIC)


@dataclass(frozen=True)
class Notebook:
    """A lesson's notebook in one language."""

    path: str
    lang: str
    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]
    minor: int = 5

    def at(self, cell: Cell | None = None, line: int = 0) -> Place:
        """Return the place of a cell, or of a line in it."""
        return Place(self.path, cell=cell.number if cell else 0, line=line)

    def of_kind(self, kind: CellKind) -> Iterator[Cell]:
        """Yield the cells of one kind in order."""
        return (cell for cell in self.cells if cell.kind is kind)
