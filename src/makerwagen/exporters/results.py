"""What the build knows about a finished lesson when the pages and lists are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from makerwagen.content.lesson import Lesson
from makerwagen.content.notebook import Cell
from makerwagen.content.versions import Audience
from makerwagen.exporters.stamp import Stamp


@dataclass(frozen=True)
class Download:
    """A file that a lesson offers: `path` is relative to the build folder, `pages` is 0 where paper has none."""

    audience: Audience
    path: str
    source: Path
    pages: int = 0

    @property
    def kind(self) -> str:
        """Return the file's suffix, e.g. pdf."""
        return self.source.suffix.lstrip(".")


@dataclass(frozen=True)
class LessonResult:
    """A lesson in one language: the student's cells with what they showed when run, its files, and figures by path."""

    lesson: Lesson
    lang: str
    stamp: Stamp
    cells: tuple[Cell, ...]
    outputs: Mapping[str, Sequence[Mapping[str, Any]]]
    downloads: tuple[Download, ...]
    figures: Mapping[str, bytes] = field(default_factory=dict)
