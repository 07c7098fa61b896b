"""A first program without typing: tiles that are clicked together become MicroPython for the board."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from IPython.display import display

from makerwagen.boards.devices import Device
from makerwagen.boards.magic import Options
from makerwagen.boards.simulator import Run
from makerwagen.boards.timeline import describe, draw_timeline, german
from makerwagen.errors import MakerwagenError
from makerwagen.learn import board
from makerwagen.learn.board_setup import Setup, set_up
from makerwagen.learn.home import content_root
from makerwagen.learn.kept import Kept, has_kernel, kept_for

USUAL_TILES = ("on", "off", "wait 1", "repeat")
MOST_TILES, MOST_STEPS = 8, 30
FORM = re.compile(r"(on|off|press)(?::([\w-]+))?|wait (\d+(?:\.\d+)?)|(repeat)")
KINDS = {"on": ("led", "buzzer"), "off": ("led", "buzzer"), "press": ("button",)}
LONGEST_WAIT_S = 10.0
EXAMPLE = "tiles(exercise='light-on', tiles=['on', 'off', 'wait 1', 'repeat'])"
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
INDENT = "    "
EMPTY = "Noch leer. Im Notebook klickst du hier Plättchen an: {tiles}"
NOTHING_INSIDE = "Was soll sich wiederholen? Leg Plättchen unter „immer wieder“."
NO_WAIT = (
    "Unter „immer wieder“ fehlt noch ein Plättchen mit „warte“. Sonst geht alles so schnell, dass du nichts siehst."
)


@dataclass(frozen=True)
class Tile:
    """One thing to do: `on`, `off` or `press` (wait for it) of a part, `wait` some seconds, `repeat` what follows."""

    key: str
    kind: str
    device: Device | None = None
    seconds: float = 0.0

    @property
    def words(self) -> str:
        """Return the tile as a child reads it."""
        if self.kind == "wait":
            return f"warte {german(self.seconds)} s"
        if self.device is None:
            return "immer wieder"
        return {
            "on": f"{self.device.label} an",
            "off": f"{self.device.label} aus",
            "press": f"warte auf {self.device.label}",
        }[self.kind]

    @property
    def told(self) -> dict[str, Any]:
        """Return the tile as the panel draws it."""
        colour = self.device.part.colour if self.device else None
        told = {"key": self.key, "kind": self.kind, "words": self.words}
        return {**told, "colour": colour, "seconds": self.seconds}

    def lines(self, names: Mapping[str, str]) -> list[str]:
        """Return its MicroPython."""
        if self.kind == "wait":
            return [f"sleep({self.seconds:g})"]
        assert self.device is not None
        name = names[self.device.id]
        if self.kind == "press":
            pressed = self.device.other_leg_level
            return [f"while {name}.value() == {1 - pressed}:", f"{INDENT}sleep(0.01)"]
        return [f"{name}.{self.kind}()"]


def read_tile(key: str, devices: Sequence[Device]) -> Tile:
    """Return the tile that `key` names, e.g. `on`, `off:auto-rot`, `wait 0.5`; raise MakerwagenError for others."""
    found = FORM.fullmatch(key)
    if not found:
        raise MakerwagenError(f"there is no tile '{key}'; try: {EXAMPLE}")
    kind, wanted, seconds, repeat = found.groups()
    if repeat:
        return Tile(key, "repeat")
    if seconds:
        if not 0 < float(seconds) <= LONGEST_WAIT_S:
            raise MakerwagenError(f"tile '{key}': a wait takes more than 0 and at most {LONGEST_WAIT_S:g} seconds")
        return Tile(key, "wait", seconds=float(seconds))
    fitting = [device for device in devices if device.part.kind.value in KINDS[kind] and wanted in (None, device.id)]
    if not fitting:
        raise MakerwagenError(f"tile '{key}': the exercise wires no such part; look at its exercise.yml")
    return Tile(key, kind, fitting[0])


@dataclass(frozen=True)
class Program:
    """Steps in order, as MicroPython; `rows` says for each step in which line it stands (0 = nowhere)."""

    source: str
    rows: tuple[int, ...]


def write_program(steps: Sequence[Tile]) -> Program:
    """Return the program of `steps`: what follows a `repeat` is done again and again."""
    devices = {step.device.id: step for step in steps if step.device}
    names = {id: _name(step.device.label) for id, step in devices.items() if step.device}
    lines = ["from machine import Pin", "from time import sleep", ""]
    lines += [_made(names[id], step) for id, step in devices.items()] + [""] * bool(devices)
    rows, indent = list[int](), ""
    for number, step in enumerate(steps):
        if step.kind != "repeat":
            rows.append(len(lines) + 1)
            lines += [indent + line for line in step.lines(names)]
        elif not indent and any(later.kind != "repeat" for later in steps[number + 1 :]):
            rows.append(len(lines) + 1)
            lines.append("while True:")
            indent = INDENT
        else:  # nothing to repeat, or repeating already
            rows.append(0)
    return Program("\n".join(lines).rstrip() + "\n" if rows else "", tuple(rows))


class Tiles:
    """The tiles of one exercise and the program a child made of them; `source` is its MicroPython."""

    def __init__(self, setup: Setup, palette: Sequence[Tile], steps: Sequence[Tile], kept: Kept) -> None:
        """Start with the steps that the seat kept, else with `steps`."""
        self.setup = setup
        self.palette = tuple(palette)
        self._kept = kept
        self.restored = False
        before = kept.load().get("steps")
        self.steps = tuple(steps)
        if isinstance(before, list) and before != [step.key for step in steps]:
            known = {tile.key: tile for tile in self.palette}
            if all(key in known for key in before):
                self.steps, self.restored = tuple(known[key] for key in before[:MOST_STEPS]), True
        self.run = Run()
        self.make()

    @property
    def program(self) -> Program:
        """Return the program as it is now."""
        return write_program(self.steps)

    @property
    def source(self) -> str:
        """Return the program's MicroPython."""
        return self.program.source

    @property
    def words(self) -> str:
        """Return the steps as a child reads them, or what to do when there are none."""
        if not self.steps:
            return EMPTY.format(tiles=" · ".join(tile.words for tile in self.palette))
        return "\n".join(f"{number}. {step.words}" for number, step in enumerate(self.steps, 1))

    @property
    def running(self) -> Setup:
        """Return the program of this moment on its board."""
        return Setup(self.source, self.setup.options, *self._wired)

    def choose(self, keys: Sequence[str]) -> None:
        """Make the program of these tiles, run it, and keep it; raise MakerwagenError for tiles that are not there."""
        known = {tile.key: tile for tile in self.palette}
        if len(keys) > MOST_STEPS:
            raise MakerwagenError(f"Mehr als {MOST_STEPS} Plättchen passen nicht auf das Board.")
        if unknown := [key for key in keys if key not in known]:
            raise MakerwagenError(f"Das Plättchen „{unknown[0]}“ gibt es hier nicht.")
        self.steps, self.restored = tuple(known[key] for key in keys), False
        self._kept.store({"steps": list(keys)})
        self.make()

    @property
    def message(self) -> str:
        """Return what is missing before the program can run, or nothing."""
        kinds = [step.kind for step in self.steps]
        if "repeat" not in kinds:
            return ""
        inside = set(kinds[kinds.index("repeat") :]) - {"repeat"}
        if not inside:
            return NOTHING_INSIDE
        return "" if inside & {"wait", "press"} else NO_WAIT

    def make(self) -> None:
        """Run the program; checks look at this run."""
        runs = self.steps and not self.message
        self.run = self.running.run((), self.setup.options.seconds) if runs else Run()
        board.remember(self.run)

    @property
    def _wired(self) -> tuple[Any, ...]:
        return self.setup.board, self.setup.devices, self.setup.exercise, self.setup.parts

    def _ipython_display_(self) -> None:
        """Show the panel where somebody can click, and for everybody else the steps, the program and its picture."""
        if has_kernel():
            board.show_panel(lambda: _panel(self))
        print(self.words)
        if self.source:
            print(f"\n{self.source}", end="")
        if self.run.trace.pins:
            labels = self.setup.labels
            words = describe(self.run.trace, labels)
            still = {"image/svg+xml": draw_timeline(self.run.trace, labels), "text/plain": words}
            display({**still, board.MIME: board.summary(self.run)}, raw=True)


def tiles(
    exercise: str, tiles: Sequence[str] = USUAL_TILES, *, steps: Sequence[str] = (), seconds: float = 20.0
) -> Tiles:
    """Return tiles to click a program together for `exercise`; `steps` is the program to start with."""
    if not 1 <= len(tiles) <= MOST_TILES:
        raise MakerwagenError(f"give 1 to {MOST_TILES} tiles, e.g. {EXAMPLE}")
    setup = set_up(content_root(), "", Options(exercise=exercise, seconds=seconds))
    palette = [read_tile(key, setup.devices) for key in dict.fromkeys(tiles)]
    start = [read_tile(key, setup.devices) for key in steps]
    return Tiles(setup, palette, start, kept_for(f"tiles-{exercise}"))


def _panel(made: Tiles) -> Any:
    from makerwagen.learn.tiles_panel import TilesPanel

    return TilesPanel(made)


def _made(name: str, step: Tile) -> str:
    assert step.device is not None
    pin = next(iter(step.device.pins.values()))
    told = pin.removeprefix("GP") if pin.removeprefix("GP").isdigit() else f'"{pin}"'
    pull = "Pin.PULL_DOWN" if step.device.other_leg_level else "Pin.PULL_UP"
    return f"{name} = Pin({told}, {'Pin.IN, ' + pull if step.kind == 'press' else 'Pin.OUT'})"


def _name(label: str) -> str:
    """Return a name for a program: the label in small letters that every computer knows."""
    name = re.sub(r"\W+", "_", label.lower().translate(UMLAUTS), flags=re.ASCII).strip("_")
    return name if name and not name[0].isdigit() else f"teil_{name}"
