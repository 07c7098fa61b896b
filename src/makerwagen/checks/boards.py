"""Rules about MicroPython exercises: board, pins, wiring, and the programs that belong to them."""

from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.python_source import Wrong, tree_of_file
from makerwagen.content.exercise import Board, Exercise, ExerciseKind, Wire
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.problems import Place, Problem

# Rails and the board's own LED: every board has them, no program counts them among its pins.
RAILS = {"GND", "AGND", "3V3", "3.3V", "5V", "VBUS", "VSYS", "VIN", "LED"}
BUS = ("sda", "scl", "i2c", "onewire", "1-wire")
OWN_RESISTOR = {"neopixel", "strip", "ring", "module", "onboard"}


def boards_of_exercises_exist(repository: Repository) -> Iterator[Problem]:
    """MCU101: the board of an exercise exists.

    Why: The simulator and the wiring picture take its pins from microcontroller/boards.
    Bad:
        board: pico
    Good:
        board: pico-w
    """
    for exercise in repository.exercises.values():
        broken = f"microcontroller/boards/{exercise.board}.yml" in repository.broken
        if exercise.board not in repository.boards and not broken:
            remedy = did_you_mean(exercise.board, repository.boards, "add it to microcontroller/boards")
            yield Problem(exercise.at("board"), "MCU101", f"board '{exercise.board}' does not exist", remedy)


def wired_pins_exist(repository: Repository) -> Iterator[Problem]:
    """MCU102: every wired pin is one of the board's.

    Why: A child looks for it on the board, and does not find it.
    Bad:
        wiring: [{part: led-red, pin: GP51, value: 220 Ω, …}]
    Good:
        wiring: [{part: led-red, pin: GP15, value: 220 Ω, …}]
    """
    for exercise, board, number, wire in _wires(repository):
        names = {pin.name for pin in board.pins}
        if wire.pin not in names | RAILS:
            remedy = did_you_mean(wire.pin, names, f"see {board.origin.path}")
            what = f"board '{board.id}' has no pin '{wire.pin}'"
            yield Problem(exercise.at("wiring", number, "pin"), "MCU102", what, remedy)


def exercises_are_complete(repository: Repository) -> Iterator[Problem]:
    """MCU103: an exercise has main.py, solution.py and scenario.yml, and the programs are valid Python.

    Why: The child starts from main.py, the judge compares with the scenario, and CI proves that the solution passes.
    Bad:
        microcontroller/exercises/blink/exercise.yml  main.py
    Good:
        microcontroller/exercises/blink/exercise.yml  main.py  solution.py  scenario.yml
    """
    for exercise in repository.exercises.values():
        folder = exercise.origin.path.rpartition("/")[0]
        asked = ("main.py", "solution.py", "scenario.yml") if exercise.kind is ExerciseKind.PROGRAM else ("main.py",)
        for name in asked:
            path = f"{folder}/{name}"
            if path not in repository.files:
                yield Problem(exercise.at(), "MCU103", f"{name} is missing", f"add {path}")
            elif name.endswith(".py") and isinstance(wrong := tree_of_file(repository.root / path), Wrong):
                what = f"not valid Python: {wrong.message}"
                yield Problem(Place(path, line=wrong.line), "MCU103", what, "mend the line, or the one above it")


def reserved_pins_are_left_alone(repository: Repository) -> Iterator[Problem]:
    """MCU104: nothing is wired to a pin that the board needs for itself.

    Why: The board would lose its Wi-Fi or not start.
    Bad:
        wiring: [{part: led-red, pin: GP23, …}]      # belongs to the Wi-Fi chip
    Good:
        wiring: [{part: led-red, pin: GP15, …}]
    """
    for exercise, board, number, wire in _wires(repository):
        pin = next((pin for pin in board.pins if pin.name == wire.pin), None)
        if pin and pin.reserved:
            what = f"pin '{wire.pin}' of '{board.id}' is reserved: {text_in(pin.reserved, 'en')}"
            yield Problem(exercise.at("wiring", number, "pin"), "MCU104", what.rstrip("."), "take another pin")


def pins_hold_one_part(repository: Repository) -> Iterator[Problem]:
    """MCU105: one part is wired to a pin, unless the pin is a rail or a bus.

    Why: Two LEDs on one pin cannot be told apart by the program.
    Bad:
        wiring: [{part: led-red, pin: GP15, …}, {part: led-green, pin: GP15, …}]
    Good:
        wiring: [{part: led-red, pin: GP15, …}, {part: led-green, pin: GP14, …}]
    """
    for exercise in repository.exercises.values():
        first: dict[str, Wire] = {}
        for number, wire in enumerate(exercise.wiring):
            other = first.setdefault(wire.pin, wire)
            if other is not wire and wire.pin not in RAILS and not (_on_bus(wire) and _on_bus(other)):
                what = f"'{wire.part}' is on pin '{wire.pin}', where '{other.part}' is already"
                yield Problem(exercise.at("wiring", number, "pin"), "MCU105", what, "take another pin")


def leds_have_a_resistor(repository: Repository) -> Iterator[Problem]:
    """MCU106: every wired LED has a resistor, given as its value.

    Why: Without it too much current flows, and LED or pin break.
    Bad:
        wiring: [{part: led-red, pin: GP15, …}]
    Good:
        wiring: [{part: led-red, pin: GP15, value: 220 Ω, …}]
    """
    for exercise in repository.exercises.values():
        for number, wire in enumerate(exercise.wiring):
            words = set(wire.part.lower().replace("_", "-").split("-"))
            bare = "led" in words and not words & OWN_RESISTOR and wire.pin != "LED"
            if bare and not any(letter.isdigit() for letter in wire.value or ""):
                what = f"'{wire.part}' on pin '{wire.pin}' has no resistor"
                yield Problem(exercise.at("wiring", number), "MCU106", what, "add its value, e.g. 'value: 220 Ω'")


def _wires(repository: Repository) -> Iterator[tuple[Exercise, Board, int, Wire]]:
    for exercise in repository.exercises.values():
        if board := repository.boards.get(exercise.board):
            for number, wire in enumerate(exercise.wiring):
                yield exercise, board, number, wire


def _on_bus(wire: Wire) -> bool:
    words = f"{wire.value or ''} {' '.join(wire.label.values())} {wire.part}".lower()
    return any(word in words for word in BUS)
