"""The options of `makerwagen lab`, apart from what it does, so that the command line stays quick."""

from argparse import ArgumentParser
from pathlib import Path


def add_arguments(lab: ArgumentParser) -> None:
    """Declare the options of `makerwagen lab`."""
    lab.add_argument("lesson", nargs="?", metavar="LESSON", help="the lesson to open (default: today's)")
    lab.add_argument("--seat", metavar="ANIMAL", help="the seat (default: this laptop's, at first fuchs)")
    lab.add_argument("--state", type=Path, metavar="DIR", help="where seats lie (default: ~/.local/state/makerwagen)")
    lab.add_argument("--new-group", choices=["archive", "delete"], help="renew all seats of this laptop and end")
    lab.add_argument("--take-away", type=Path, metavar="DIR", help="write the seat's work as a ZIP into DIR and end")
    lab.add_argument("--port", type=int, default=0, help="default: the last one, else any that is free")
    lab.add_argument("--wagon", metavar="URL", help="where the wagon is, e.g. http://192.168.4.1:8000")
    lab.add_argument("--no-browser", action="store_true", help="print the address only")
