"""Devices: what an exercise's wiring is to the simulator, the judge, and the picture of the board in lab and page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from makerwagen.content.exercise import Board, Exercise, ExerciseKind
from makerwagen.content.part import Part, Parts
from makerwagen.content.typed import text_in


@dataclass(frozen=True)
class Device:
    """A part at its pins; `other_leg_level` is what a button joins its pin to (0 = GND, 1 = supply)."""

    id: str
    part: Part
    pins: dict[str, str]
    label: str
    count: int = 1
    other_leg_level: int = 0

    def config(self) -> dict[str, Any]:
        """Return what microcontroller/simulator needs to play it."""
        return {
            "id": self.id,
            "kind": self.part.kind.value,
            "pins": self.pins,
            "count": self.count,
            "other_leg_level": self.other_leg_level,
            "curve": [list(point) for point in self.part.curve],
            "swings": self.part.swings,
            "controls": {control.name: control.default for control in self.part.controls},
        }

    def described(self, lang: str) -> dict[str, Any]:
        """Return what a picture of the board needs to know of it."""
        controls = [
            control.model_dump(exclude={"label", "fault"}) | {"label": text_in(control.label, lang)}
            for control in self.part.controls
        ]
        return {
            "id": self.id,
            "kind": self.part.kind.value,
            "part": text_in(self.part.title, lang),
            "label": self.label,
            "colour": self.part.colour,
            "pins": self.pins,
            "count": self.count,
            "controls": controls,
        }


@dataclass(frozen=True)
class Input:
    """A control set to a value at a moment of the board's time, in seconds: a press (1) and its end (0), 24.5 °C."""

    at_s: float
    device: str
    control: str
    value: float


def devices_of(exercise: Exercise, parts: Parts, lang: str = "de") -> tuple[Device, ...]:
    """Return the devices wired in an exercise; a part that is not known is left out, for `check` reports it."""
    found = ((wire, parts.get(wire.part)) for wire in exercise.wiring)
    return tuple(
        Device(
            id=wire.id,
            part=part if exercise.kind is ExerciseKind.NODE else _without_faults(part),
            pins=dict(wire.pins_of(part)),
            label=text_in(wire.label, lang),
            count=wire.count,
            other_leg_level=0 if wire.other_leg == "GND" else 1,
        )
        for wire, part in found
        if part is not None
    )


def _without_faults(part: Part) -> Part:
    # Who builds a traffic light has enough to look at; who runs a station must know what it does when a cable is off.
    return part.model_copy(update={"controls": tuple(each for each in part.controls if not each.fault)})


def describe_board(board: Board, devices: Sequence[Device], lang: str = "de") -> dict[str, Any]:
    """Return the board and its devices as the widget and the exercise's page draw them."""
    return {
        "board": {"id": board.id, "title": text_in(board.title, lang), "led": board.led, "volts": board.volts},
        "devices": [device.described(lang) for device in devices],
    }
