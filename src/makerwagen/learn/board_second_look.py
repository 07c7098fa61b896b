"""After a run without an error: cards for what the program would stumble over where this run never came."""

from collections.abc import Callable

from makerwagen.boards.second_look import child_findings
from makerwagen.boards.simulator import Run
from makerwagen.learn.board_setup import Setup
from makerwagen.learn.home import content_root
from makerwagen.learn.kept import has_kernel

HEAD = "Das fällt auf"
# More cards than this nobody reads; the first ones are often the cause of the others.
MOST = 2


def show_second_look(run: Run, setup: Setup, show_card: Callable[[str, str], None]) -> None:
    """Show what is wrong in lines that were not reached; only where a child sits, for a build proves nothing by it."""
    if not run.ok or not has_kernel():
        return
    for line, sentence in child_findings(run.source, setup.board.board, content_root())[:MOST]:
        show_card(HEAD, f"Zeile {line}: {sentence}")
