"""Runs a program on a board from its memory, with its output passed on, and tells its error in a child's German."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from makerwagen.boards.messages import RunError, explain
from makerwagen.boards.real.failures import BoardFailureError
from makerwagen.boards.real.finding import Identity, identify, must_suit
from makerwagen.boards.real.link import Link
from makerwagen.boards.simulator import MAX_PRINTED, Run

BOARD_FAILED = "BoardFailure"
LINE = re.compile(r'File "<stdin>", line (\d+)')
ERROR = re.compile(r"^([A-Za-z_][\w.]*)(?:: ?(.*))?$")


@dataclass(frozen=True)
class Wish:
    """How a program is to be run: how long, on which port of MicroPython; who hears it, stops it, meets the board."""

    seconds: float = 10.0
    needs: str | None = None
    board: str = ""
    hear: Callable[[str], None] | None = None
    stop: threading.Event | None = None
    meet: Callable[[Identity], None] | None = None


def run_on_board(port: str, source: str, seconds: float = 10.0, *, wish: Wish | None = None) -> Run:
    """Run `source` on the board at `port` for at most `seconds` of real time; never raises for what the board does.

    The run has no trace: a real board's pins cannot be watched through its cable. What goes wrong with the board itself
    is the run's error too, with line 0.
    """
    try:
        return run_from_memory(port, source, replace(wish or Wish(), seconds=seconds))[0]
    except BoardFailureError as failure:
        return Run(source, error=RunError(BOARD_FAILED, 0, str(failure), failure.for_a_child))


def run_from_memory(port: str, source: str, wish: Wish) -> tuple[Run, bool]:
    """Run `source`; return what it printed and its error, and whether it ended before its time was up.

    Raises BoardFailureError when the board gives up.
    """
    printed = _Printed(wish.hear)
    with Link(port, stop=wish.stop) as link:
        link.enter()
        link.fresh()
        identity = identify(link)
        must_suit(identity, port, needs=wish.needs, board=wish.board)
        if wish.meet:
            wish.meet(identity)
        traceback = link.run(source, seconds=wish.seconds, hear=printed.add)
        # Timers and lights of the program end with it.
        link.fresh()
        link.leave(restart=False)
    return Run(source, printed.text, error=read_error(traceback or "", source)), traceback is not None


def read_error(traceback: str, source: str) -> RunError | None:
    """Return the error in MicroPython's traceback, None when there is none; sys.exit() is none."""
    rows = traceback.strip().splitlines()
    if not rows:
        return None
    found = ERROR.match(rows[-1].strip())
    kind, text = (found[1], found[2] or "") if found else ("Exception", rows[-1].strip())
    if kind == "SystemExit":
        return None
    lines = LINE.findall(traceback)
    return explain(kind, text, line=int(lines[-1]) if lines else 0, source=source)


class _Printed:
    """What a program printed, up to a limit; the rest is passed on but not kept."""

    def __init__(self, hear: Callable[[str], None] | None) -> None:
        self.text = ""
        self._hear = hear

    def add(self, text: str) -> None:
        self.text += text[: max(0, MAX_PRINTED - len(self.text))]
        if self._hear:
            self._hear(text)
