"""The slicer's own figure for a part, where the wagon's slicer is installed; found in a process of its own.

Reading a part's mesh and the G-code takes Python seconds in which a notebook could not answer a slider. The process
is told a checkout and a mesh file and prints what it found.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from makerwagen.errors import MakerwagenError
from makerwagen.learn.meter import Cost, printers_of_today
from makerwagen.slicing.slicer import PROGRAM, STEP_ASIDE, TIMEOUT_S, slice_file

Slicer = Callable[[Path], Cost]


def wagon_slicer(root: Path) -> Slicer | None:
    """Return what slices for the first printer of today's outing, or None where nothing can."""
    if not printers_of_today(root) or shutil.which(PROGRAM) is None:
        return None

    def slicer(path: Path) -> Cost:
        command = [sys.executable, "-m", "makerwagen.learn.sliced", str(root), str(path)]
        said = _told(command)
        try:
            minutes, grams = json.loads(said)
        except ValueError as error:
            raise MakerwagenError(f"no figure for {path.name}: {said.strip()[-200:] or 'nothing was said'}") from error
        return Cost(minutes, grams, measured=True)

    return slicer


def _told(command: list[str]) -> str:
    """Return what a command prints; when it takes too long, it and all that it started end."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        return process.communicate(timeout=TIMEOUT_S + 30)[0]
    except subprocess.TimeoutExpired:
        raise MakerwagenError(f"the slicer was not done within {TIMEOUT_S:g} s") from None
    finally:
        process.kill()
        process.wait()


def main(root: Path, path: Path) -> None:
    """Print minutes and grams of a mesh file, or why there are none."""
    os.nice(STEP_ASIDE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # stopping a cell is no reason to stop here
    try:
        sliced = slice_file(path, printers_of_today(root)[0], root=root)
    except (MakerwagenError, OSError, IndexError) as error:
        print(error)
        return
    print(json.dumps([sliced.seconds / 60, sliced.grams]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
