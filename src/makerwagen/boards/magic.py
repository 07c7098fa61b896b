"""Reads the first line of a cell for the board, e.g. `# %%micropython seconds=20 press=GP15@3.0`."""

from dataclasses import dataclass

from makerwagen.boards.known import USUAL
from makerwagen.boards.simulator import Press
from makerwagen.content.notebook import BOARD_MAGIC
from makerwagen.errors import MakerwagenError

MAGIC = BOARD_MAGIC
USUAL_SECONDS = 10.0
MOST_SECONDS = 600.0
# As long as a finger usually stays on a button.
TAP_S = 0.3
EXAMPLE = f"{MAGIC} seconds=20 press=GP15@3.0"


@dataclass(frozen=True)
class Options:
    """How a cell wants to be run."""

    board: str = USUAL
    seconds: float = USUAL_SECONDS
    presses: tuple[Press, ...] = ()


def read_options(line: str) -> Options:
    """Return the options in `line`; raise MakerwagenError naming the word that is wrong.

    `press=GP15@3.0` presses the button on GP15 for a moment at 3.0 s, `press=GP15@3.0-4.5` from 3.0 to 4.5 s; it may
    stand there more than once.
    """
    seconds, board, presses = USUAL_SECONDS, USUAL, []
    for word in line.strip().removeprefix(MAGIC).split():
        name, _, value = word.partition("=")
        try:
            if name == "seconds":
                seconds = min(float(value), MOST_SECONDS)
            elif name == "press":
                presses.append(_press(value))
            elif name == "board":
                board = value
            else:
                raise ValueError(name)
        except ValueError:
            raise MakerwagenError(f"„{word}“ in der ersten Zeile verstehe ich nicht. So geht es: {EXAMPLE}") from None
    return Options(board, seconds, tuple(presses))


def _press(value: str) -> Press:
    pin, _, times = value.partition("@")
    start, _, end = times.partition("-")
    from_s = float(start)
    to_s = float(end) if end else from_s + TAP_S
    if not pin or to_s <= from_s:
        raise ValueError(value)
    return Press(pin, from_s, to_s)
