"""Reads the first line of a cell for the board, e.g. `# %%micropython seconds=20 press=GP15@3.0 exercise=blink`."""

from dataclasses import dataclass
from enum import StrEnum

from makerwagen.boards.devices import Input
from makerwagen.content.notebook import BOARD_MAGIC
from makerwagen.errors import MakerwagenError

MAGIC = BOARD_MAGIC
USUAL_SECONDS = 10.0
MOST_SECONDS = 600.0
# As long as a finger usually stays on a button.
TAP_S = 0.3
PRESSED = "pressed"
# The control of a sensor that is meant when none is named.
FIRST = ""
EXAMPLE = f"{MAGIC} seconds=20 press=GP15@3.0"


class Place(StrEnum):
    """Where a program runs: on the simulated board, or on the one at the USB cable."""

    SIMULATED = "sim"
    REAL = "board"


@dataclass(frozen=True)
class Options:
    """How a cell wants to be run; `board` is empty when the exercise, or what is usual, decides."""

    board: str = ""
    seconds: float = USUAL_SECONDS
    inputs: tuple[Input, ...] = ()
    exercise: str = ""
    on: Place = Place.SIMULATED


def read_options(line: str) -> Options:
    """Return the options in `line`; raise MakerwagenError naming the word that is wrong.

    `press=GP15@3.0` presses the button on GP15 for a moment at 3.0 s, `press=GP15@3.0-4.5` from 3.0 to 4.5 s;
    `set=GP26:85@4` sets the sensor on GP26 to 85 at 4 s, `set=GP2.humidity:85@4` a control that is not its first.
    Both may stand there more than once.
    """
    told: dict[str, str] = {}
    seconds, on, inputs = USUAL_SECONDS, Place.SIMULATED, list[Input]()
    for word in line.strip().removeprefix(MAGIC).split():
        name, _, value = word.partition("=")
        try:
            if name == "seconds":
                seconds = _seconds(value)
            elif name == "press":
                inputs += _press(value)
            elif name == "set":
                inputs.append(_set(value))
            elif name == "on":
                on = Place(value)
            elif name in ("board", "exercise") and value:
                told[name] = value
            else:
                raise ValueError(name)
        except ValueError:
            raise MakerwagenError(f"„{word}“ in der ersten Zeile verstehe ich nicht. So geht es: {EXAMPLE}") from None
    inputs.sort(key=lambda one: one.at_s)
    return Options(told.get("board", ""), seconds, tuple(inputs), told.get("exercise", ""), on)


def _seconds(value: str) -> float:
    seconds = float(value)
    if not 0 < seconds < float("inf"):
        raise ValueError(value)
    return min(seconds, MOST_SECONDS)


def _press(value: str) -> list[Input]:
    pin, _, times = value.partition("@")
    start, _, end = times.partition("-")
    from_s = float(start)
    to_s = float(end) if end else from_s + TAP_S
    if not pin or not 0 <= from_s < to_s < float("inf"):
        raise ValueError(value)
    return [Input(from_s, pin, PRESSED, 1), Input(to_s, pin, PRESSED, 0)]


def _set(value: str) -> Input:
    what, _, moment = value.partition("@")
    place, _, number = what.partition(":")
    pin, _, control = place.partition(".")
    told, at_s = float(number), float(moment or 0)
    if not pin or not 0 <= at_s < float("inf") or not abs(told) < float("inf"):
        raise ValueError(value)
    return Input(at_s, pin, control or FIRST, told)
