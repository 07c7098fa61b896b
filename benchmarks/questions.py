"""What every suite of measurements is made of: its scale, its questions, its contenders' names and commands."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring import Row

OURS, OUR_SITE = "makerwagen", "makerwagen, pages and site"
MKDOCS, BOOK = "mkdocs-material + mkdocs-jupyter", "jupyter-book 1"
NBCLIENT, NBCONVERT = "nbclient, a kernel per notebook", "nbconvert + Chromium per sheet"
CLI = str(Path(sys.executable).with_name("makerwagen"))


@dataclass(frozen=True)
class Measured:
    """One question, and what each contender needed."""

    name: str
    title: str
    lessons: int
    rows: list[Row]
    note: str = ""
    table: list[dict[str, str | float]] = field(default_factory=list)  # figures that are no contest of programs


@dataclass(frozen=True)
class Scale:
    """How much is measured: `quick` proves only that everything runs."""

    quick: bool = False

    def lessons(self, number: int) -> int:
        """Return how many lessons to measure with."""
        return min(number, 3) if self.quick else number

    def rounds(self, number: int = 3) -> int:
        """Return how often to measure."""
        return 1 if self.quick else number


Suite = Callable[[Scale], Iterator[Measured]]


def driver(name: str, *arguments: object) -> tuple[str, ...]:
    """Return the command of a driver in Makerwagen's own environment."""
    return (sys.executable, "-m", f"benchmarks.drivers.{name}", *map(str, arguments))


def empty(folder: Path) -> Path:
    """Return `folder`, new and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
