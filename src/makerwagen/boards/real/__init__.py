"""Real boards on USB cables: found, run, given a program to keep, put back in order."""

from makerwagen.boards.real.finding import FoundBoard, find_boards
from makerwagen.boards.real.running import run_on_board

__all__ = ["FoundBoard", "find_boards", "run_on_board"]
