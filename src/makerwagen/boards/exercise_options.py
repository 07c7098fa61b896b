"""The options of `makerwagen exercise list|check`; imports nothing, so that other commands start fast."""

import argparse
from pathlib import Path


def add_arguments(exercise: argparse.ArgumentParser) -> None:
    """Add the sub-commands to the parser of `exercise`."""
    tasks = exercise.add_subparsers(required=True, metavar="TASK", dest="task")
    listed = tasks.add_parser("list", help="list all exercises")
    listed.add_argument("--json", action="store_true", help="as JSON")
    check = tasks.add_parser(
        "check",
        help="run a program on the simulated board and say what is still missing",
        epilog="exit code: 0 all passed, 1 not yet, 2 a file could not be judged",
    )
    check.add_argument("slug", metavar="SLUG", help="see: makerwagen exercise list")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="several are judged side by side")
    check.add_argument("--hint", type=int, choices=(1, 2, 3), default=1, metavar="N", help="2 and 3 tell more")
    check.add_argument("--json", action="store_true", help="as JSON, with all hints")
