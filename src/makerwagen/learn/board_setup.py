"""What a cell's program runs on: the board, what is wired there, and a run of it as the panel replays it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from makerwagen.boards.devices import Device, Input, describe_board, devices_of
from makerwagen.boards.known import BOARDS, USUAL, read_content
from makerwagen.boards.magic import FIRST, MOST_SECONDS, PRESSED, Options
from makerwagen.boards.messages import NOTES
from makerwagen.boards.simulator import Run, SimulatedBoard, open_board
from makerwagen.boards.timeline import COLOURS, colour_of, names_of_pins
from makerwagen.boards.wiring.breadboard import draw_breadboard
from makerwagen.boards.wiring.words import wiring_in_words
from makerwagen.content.exercise import Board, Exercise
from makerwagen.content.part import Parts
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError
from makerwagen.learn.board_second_look import later_notes

LANG = "de"
EXERCISES, PARTS = Path("microcontroller/exercises"), Path("microcontroller/parts.yml")
HUMS = re.compile(r"summ|piep|ton|buzz|laut|piezo", re.IGNORECASE)
MADE_OF_PIN = re.compile(
    r"^[ \t]*(\w+)\s*=\s*(?:machine\.)?(?:PWM|ADC)\(\s*(?:machine\.)?Pin\(\s*[\"']?(\w+)", re.MULTILINE
)
MOST_INPUTS = 5000
LIGHTS = dict(zip((colour for _, colour in COLOURS), ("red", "yellow", "green", "blue"), strict=True))


@dataclass(frozen=True)
class Setup:
    """A program with its board and wiring; without an exercise, the pins it uses become plain lights and buttons."""

    source: str
    options: Options
    board: SimulatedBoard
    devices: tuple[Device, ...] = ()
    exercise: Exercise | None = None
    parts: Parts | None = None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Return what the cell's first line presses, with the names of the wired parts instead of their pins."""
        wired = {pin: device for device in self.devices for pin in device.pins.values()}
        return tuple(_at_device(one, wired.get(one.device)) for one in self.options.inputs)

    @property
    def labels(self) -> dict[str, str]:
        """Return what each pin is called: by the program itself, else by the wiring."""
        wired = {pin: device.label for device in self.devices for pin in device.pins.values()}
        numbers = {str(pin.number): pin.name for pin in self.board.board.pins}
        made = {pin: name for name, pin in MADE_OF_PIN.findall(self.source)} | names_of_pins(self.source)
        return wired | {numbers.get(pin.removeprefix("GP"), pin): name for pin, name in made.items()}

    def run(self, inputs: Sequence[Input], seconds: float) -> Run:
        """Run the program from its start."""
        return self.board.run(self.source, devices=self.devices, inputs=inputs, seconds=seconds)

    def description(self, run: Run) -> dict[str, Any]:
        """Return the board with its parts as the panel draws it."""
        described = describe_board(self.board.board, self.devices, LANG)
        described["devices"] = self.described(run)
        described |= {"seconds": self.options.seconds, "inputs": [_as_list(one) for one in self.inputs]}
        return described | self._picture()

    def described(self, run: Run) -> list[dict[str, Any]]:
        """Return the parts to draw: the wired ones, and for every other pin in use a plain light or button."""
        wired = [device.described(LANG) for device in self.devices]
        known = {pin for device in self.devices for pin in device.pins.values()}
        return wired + [one for one in plain_devices(run, self.labels) if one["id"] not in known]

    def result(self, run: Run, seconds: float, *, second_look: bool = True) -> dict[str, Any]:
        """Return a run as the panel replays it; the second look at a new program takes a moment."""
        later = later_notes(run, self.board.board) if second_look else []
        error = run.error
        told = {"line": error.line, "message": error.message, "technical": error.technical} if error else None
        return {
            "events": run.events,
            "printed": run.printed,
            "seconds": seconds,
            "error": told,
            "notes": [[pin, NOTES.get(what, what)] for pin, what in run.trace.notes] + later,
            "devices": self.described(run),
        }

    def _picture(self) -> dict[str, str]:
        if self.exercise is None or self.parts is None:
            return {}
        told = (self.board.board, self.exercise, self.parts, LANG)
        try:
            return {"picture": draw_breadboard(*told), "picture_words": wiring_in_words(*told)}
        except MakerwagenError:  # what fits on no breadboard is `check`'s to report; the program runs all the same
            return {}


def set_up(root: Path, source: str, options: Options) -> Setup:
    """Return what `source` runs on; raise MakerwagenError in a child's words when the exercise is not there."""
    known = sorted(path.stem for path in (root / BOARDS).glob("*.yml"))
    if options.board and options.board not in known:
        raise MakerwagenError(f"Das Board „{options.board}“ kenne ich nicht. Es gibt: {', '.join(known)}.")
    if not options.exercise:
        return Setup(source, options, open_board(root, options.board or USUAL))
    exercise = read_exercise(root, options.exercise)
    parts = read_content(root / PARTS, Parts)
    board = open_board(root, options.board or exercise.board)
    _must_be_wired(exercise, parts, board.board)
    return Setup(source, options, board, devices_of(exercise, parts, LANG), exercise, parts)


def _must_be_wired(exercise: Exercise, parts: Parts, board: Board) -> None:
    """Raise MakerwagenError when a part hangs at a pin that the board has not: it is wired for another board."""
    pins = {pin for device in devices_of(exercise, parts, LANG) for pin in device.pins.values()}
    if missing := sorted(pins - {pin.name for pin in board.pins} - {board.led}):
        title, name = text_in(exercise.title, LANG), text_in(board.title, LANG)
        raise MakerwagenError(
            f"„{title}“ ist für ein anderes Board gesteckt: {missing[0]} gibt es auf {name} nicht. "
            f"Nimm „board={board.id}“ aus der ersten Zeile."
        )


def read_exercise(root: Path, slug: str) -> Exercise:
    """Return the exercise called `slug`; raise MakerwagenError naming those there are."""
    path = root / EXERCISES / slug / "exercise.yml"
    if "/" in slug or not path.is_file():
        known = ", ".join(sorted(found.parent.name for found in (root / EXERCISES).glob("*/exercise.yml")))
        raise MakerwagenError(f"Die Übung „{slug}“ gibt es nicht. Es gibt: {known or 'keine'}.")
    return read_content(path, Exercise)


def plain_devices(run: Run, labels: dict[str, str]) -> list[dict[str, Any]]:
    """Return a light for every output and a button for every input that a program uses, named as in the program."""
    outputs = {event[2] for event in run.events if event[0] in ("out", "pwm")}
    pins = dict.fromkeys(event[2] for event in run.events if event[0] in ("out", "pwm", "in"))
    return [_plain(pin, labels.get(pin, ""), is_output=pin in outputs) for pin in pins]


def read_inputs(told: Any) -> tuple[Input, ...]:
    """Return inputs as the panel tells them, [microseconds, device, control, value]; raise ValueError for others."""
    if not isinstance(told, list) or len(told) > MOST_INPUTS:
        raise ValueError("inputs")
    made = (Input(float(us) / 1e6, str(device), str(control), float(value)) for us, device, control, value in told)
    return tuple(sorted(made, key=lambda one: one.at_s))


def read_seconds(told: Any) -> float:
    """Return for how long the panel wants a run, within what is allowed."""
    return min(max(float(told), 0.1), MOST_SECONDS)


def _as_list(one: Input) -> list[Any]:
    return [round(one.at_s * 1e6), one.device, one.control, one.value]


def _at_device(one: Input, device: Device | None) -> Input:
    names = [control.name for control in device.part.controls] if device else []
    if device is None or not names:
        if one.control != PRESSED:
            raise MakerwagenError(f"An {one.device} hängt kein Teil, das sich mit set= einstellen lässt.")
        return one
    if one.control not in (PRESSED, FIRST, *names):
        raise MakerwagenError(
            f"„{one.control}“ lässt sich an {one.device} nicht einstellen. Es gibt: {', '.join(names)}."
        )
    return Input(one.at_s, device.id, one.control if one.control in names else names[0], one.value)


def _plain(pin: str, name: str, *, is_output: bool) -> dict[str, Any]:
    kind = ("buzzer" if HUMS.search(name) else "led") if is_output else "button"
    pressed = {"name": PRESSED, "label": "gedrückt", "unit": "", "min": 0, "max": 1, "step": 1, "default": 0}
    return {
        "id": pin,
        "kind": kind,
        "part": {"led": "Licht", "buzzer": "Summer", "button": "Taster"}[kind],
        "label": name or pin,
        "colour": LIGHTS.get(colour_of(name)) if kind == "led" else None,
        "pins": {"signal": pin},
        "count": 1,
        "controls": [pressed] if kind == "button" else [],
    }
