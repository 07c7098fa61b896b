"""Finds the program that has a port open, so that nobody's board (or a 3D printer) is interrupted by us."""

import os
from pathlib import Path

PROCESSES = Path("/proc")


def holder_of(port: str) -> str:
    """Return 'name, process N' of another program that has the port open; '' when nobody is known to."""
    target = os.path.realpath(port)
    try:
        processes = [entry for entry in PROCESSES.iterdir() if entry.name.isdigit() and int(entry.name) != os.getpid()]
    except OSError:
        return ""  # no /proc here: opening will tell
    for process in processes:
        if _has_open(process, target):
            return f"{_name(process)}, process {process.name}"
    return ""


def _has_open(process: Path, target: str) -> bool:
    try:
        return any(_link(descriptor) == target for descriptor in (process / "fd").iterdir())
    except OSError:
        return False  # ended meanwhile, or another user's


def _link(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except OSError:
        return ""


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text(encoding="utf-8").strip()
    except OSError:
        return "?"
