"""The slicer's own figure for a part, where the wagon's slicer is installed."""

import shutil
from collections.abc import Callable
from pathlib import Path

from makerwagen.learn.meter import Cost, printers_of_today
from makerwagen.slicing.slicer import PROGRAM, slice_file

Slicer = Callable[[Path], Cost]


def wagon_slicer(root: Path) -> Slicer | None:
    """Return what slices for the first printer of today's outing, or None where nothing can."""
    printers = printers_of_today(root)
    if not printers or shutil.which(PROGRAM) is None:
        return None

    def slicer(path: Path) -> Cost:
        sliced = slice_file(path, printers[0], root=root)
        return Cost(sliced.seconds / 60, sliced.grams, measured=True)

    return slicer
