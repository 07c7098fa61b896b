"""Exercises: MicroPython programs to finish, what is wired to the board for them, and the boards themselves."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from makerwagen.content.part import Part
from makerwagen.content.typed import Content, Line, Localized, Located, Slug


class ExerciseKind(StrEnum):
    """A program for the child's board, or a sensor node."""

    PROGRAM = "program"
    NODE = "node"


class Through(StrEnum):
    """What stands between a part that speaks 5 volts and a pin that bears 3.3."""

    DIVIDER = "voltage-divider"


class Wire(Content):
    """A part as it is wired: each of its terminals to a pin, and where its other legs go."""

    id: Slug = Field(description="Its name in scenario.yml and on the picture, one of a kind in the exercise")
    part: Slug = Field(description="A part of microcontroller/parts.yml")
    label: Localized
    pin: Line | None = Field(default=None, description="The pin, for a part with one terminal")
    pins: dict[Slug, Line] = Field(default={}, description="Terminal -> pin, for a part with several")
    value: Line | None = Field(default=None, description="The resistor, e.g. 330 Ω")
    count: int = Field(default=1, ge=1, le=300, description="Lights on a strip")
    other_leg: Line = Field(default="GND", description="Where an LED's or button's second leg goes: GND or a supply")
    power: Line | None = Field(default=None, description="The supply pin of the board that feeds it, e.g. 3V3 or VBUS")
    through: Through | None = None

    @model_validator(mode="after")
    def _has_pins(self) -> Self:
        if (self.pin is None) == (not self.pins):
            raise ValueError("give 'pin' for a part with one terminal, or 'pins' for several")
        return self

    def pins_of(self, part: Part) -> Mapping[str, str]:
        """Return terminal -> pin; with `pin`, of the part's first terminal."""
        return {part.terminals[0].name: self.pin} if self.pin else self.pins


class Exercise(Located):
    """An exercise (microcontroller/exercises/<slug>/exercise.yml, main.py, solution.py, scenario.yml)."""

    title: Localized
    kind: ExerciseKind = ExerciseKind.PROGRAM
    board: Slug
    task: Localized
    grades: tuple[int, ...] = Field(default=(), description="School grades it is meant for")
    skills: tuple[Slug, ...] = ()
    calibration: tuple[Localized, ...] = Field(default=(), description="Nodes: how to calibrate it, step by step")
    cannot_tell: tuple[Localized, ...] = Field(default=(), description="Nodes: what their readings do not say")
    wiring: tuple[Wire, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [wire.id for wire in self.wiring]
        if twice := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f"wiring: the id {', '.join(twice)} is there twice")
        return self


class Pin(Content):
    """A pin of a board and what it can do."""

    name: Line
    number: int
    adc: bool = False
    input_only: bool = Field(default=False, description="No output and no internal pull resistor")
    buses: tuple[Line, ...] = Field(
        default=(), description="On boards with fixed buses, e.g. i2c0-sda, i2c0-scl, uart0-tx, spi0-sck"
    )
    reserved: Localized | None = Field(default=None, description="Why programs leave it alone")
    caution: Localized | None = Field(default=None, description="What to know before wiring something here")


class Header(Content):
    """The two rows of legs as they stick in a breadboard, USB socket at the top; names of pins and supplies."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    apart: int = Field(default=7, description="How far apart the rows are, in holes of a breadboard (2.54 mm)")


class Board(Located):
    """A microcontroller board (microcontroller/boards/<id>.yml)."""

    id: Slug
    title: Localized
    port: Line
    volts: float
    pins: tuple[Pin, ...]
    supplies: dict[Line, float] = Field(default={}, description="Supply legs and their volts; GND is 0")
    free_buses: bool = Field(default=False, description="Any pin can be any bus (ESP32)")
    led: Line | None = Field(default=None, description="What programs call the small light on the board, e.g. LED")
    adc_bits: int = Field(default=16, description="What ADC.read_u16 really tells apart")
    header: Header | None = None

    def pin(self, name: str) -> Pin | None:
        """Return the pin called `name`, if the board has it."""
        return next((pin for pin in self.pins if pin.name == name), None)
