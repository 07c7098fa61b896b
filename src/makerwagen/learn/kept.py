"""Values a child chose, kept in the seat's folder, so that a new kernel finds the part as it was left."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from IPython import get_ipython

from makerwagen.learn.seat import HIDDEN, read_json, seat_folder, write_json

NOT_IN_NAMES = re.compile(r"[^\w-]+")


class Kept:
    """The values of one part; without a seat or a cell that can be found again, nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        """Remember the file, if there is one."""
        self.path = path

    def load(self) -> dict[str, Any]:
        """Return the values that were kept, or nothing."""
        return read_json(self.path) if self.path else {}

    def store(self, values: Mapping[str, Any]) -> None:
        """Keep `values`; a full disk must not stop a child."""
        if self.path is None:
            return
        try:
            write_json(self.path, dict(values))
        except OSError:
            return


def kept_for(slug: str) -> Kept:
    """Return what is kept of the part that the running cell makes."""
    folder, cell = seat_folder(), running_cell()
    if folder is None or not cell:
        return Kept(None)
    lesson = NOT_IN_NAMES.sub("-", Path.cwd().resolve().relative_to(folder).as_posix())
    return Kept(folder / HIDDEN / "parts" / lesson / f"{slug}.{cell}.json")


def has_kernel() -> bool:
    """Say whether a live kernel runs this notebook, so that somebody can move sliders."""
    return getattr(get_ipython(), "kernel", None) is not None


def running_cell() -> str:
    """Return the id of the cell that runs, or nothing where the notebook's program does not tell."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return ""
    asked = kernel.get_parent("shell").get("metadata", {})
    return NOT_IN_NAMES.sub("-", str(asked.get("cellId") or ""))
