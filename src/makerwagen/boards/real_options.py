"""The options of `makerwagen board …`; imports nothing heavy, so that other commands start fast."""

import argparse
from pathlib import Path
from typing import Any

SECONDS = 10.0
WAIT_S = 30.0


def add_arguments(board: argparse.ArgumentParser) -> None:
    """Add the sub-commands to the parser of `board`."""
    tasks = board.add_subparsers(required=True, metavar="TASK", dest="task")
    listed = tasks.add_parser("list", help="say which boards are plugged in (asking restarts their programs)")
    listed.add_argument("--json", action="store_true", help="as JSON")
    _add_ports(listed)
    run = tasks.add_parser("run", help="run a program on one board or several at once")
    run.add_argument("file", type=Path, metavar="FILE")
    run.add_argument("--seconds", type=float, default=SECONDS, metavar="N", help=f"for how long (default: {SECONDS:g})")
    run.add_argument("--keep", action="store_true", help="install it as main.py instead, so that it starts with power")
    run.add_argument("--board", metavar="NAME", help="the board it is for (default: as its exercise.yml says)")
    _add_ports(run, several=True)
    restore = tasks.add_parser("restore", help="wipe a board and install what every board needs; loops are interrupted")
    restore.epilog = "a station (a board with settings.py) keeps settings.py, outbox.txt and its calibration (*.json)"
    restore.add_argument(
        "--forget-station", action="store_true", help="wipe these, too: it is then a board like others"
    )
    restore.add_argument("--sticker", type=int, metavar="N", help="the number on its sticker (default: the one it had)")
    restore.add_argument("--wait", type=float, default=WAIT_S, metavar="S", help="time for plugging it out and in")
    restore.add_argument("--drive", type=Path, metavar="DIR", help="a Pico's drive RPI-RP2 (default: found by itself)")
    restore.add_argument("--firmware", default="", metavar="NAME", help="which file of the cache goes onto the drive")
    restore.add_argument("--board", metavar="NAME", help="the board that shows the drive, e.g. pico-w")
    _add_ports(restore, several=True)
    _add_cache(restore)
    _add_firmware(tasks)
    tasks.add_parser("pretend", help="play a board on this computer, to try the other commands without one")


def _add_ports(task: argparse.ArgumentParser, *, several: bool = False) -> None:
    task.add_argument("--port", action="append", default=[], dest="ports", metavar="PORT", help="may be given again")
    if several:
        task.add_argument("--all", action="store_true", help="every board that is plugged in, at once")


def _add_cache(task: argparse.ArgumentParser) -> None:
    task.add_argument("--cache", type=Path, metavar="DIR", help="where firmware lies on this computer")


def _add_firmware(tasks: Any) -> None:
    firmware = tasks.add_parser("firmware", help="list or add firmware files of this computer")
    steps = firmware.add_subparsers(required=True, metavar="STEP", dest="step")
    _add_cache(steps.add_parser("list", help="list what is known"))
    add = steps.add_parser("add", help="put a UF2 file into the cache and write down its sha256")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--board", required=True, metavar="NAME")
    add.add_argument("--version", required=True, metavar="X.Y.Z")
    _add_cache(add)
