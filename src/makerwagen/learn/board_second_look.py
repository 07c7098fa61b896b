"""After a run without an error: notes on what the program would stumble over where this run never came."""

from functools import lru_cache

from makerwagen.boards.second_look import child_findings
from makerwagen.boards.simulator import Run
from makerwagen.content.exercise import Board
from makerwagen.learn.home import content_root

# More than this nobody reads; the first ones are often the cause of the others.
MOST = 2


def later_notes(run: Run, board: Board) -> list[list[str]]:
    """Return [where, sentence] for lines that were not reached and would fail; none for a run with its own error."""
    found = _findings(run.source, board.port) if run.ok else []
    return [[f"Zeile {line}:", sentence] for line, sentence in found[:MOST]]


# A press on a button runs the same program again, and it is still the same program.
@lru_cache(maxsize=32)
def _findings(source: str, port: str) -> list[tuple[int, str]]:
    return child_findings(source, port, content_root())
