"""Exercises: MicroPython programs to finish, and the boards they run on."""

from enum import StrEnum

from pydantic import Field

from makerwagen.content.typed import Content, Line, Localized, Located, Slug


class ExerciseKind(StrEnum):
    """A program for the child's board, or a sensor node."""

    PROGRAM = "program"
    NODE = "node"


class Wire(Content):
    """A part on a pin, through a value such as a resistor."""

    part: Line
    label: Localized
    pin: Line
    value: Line | None = None


class Exercise(Located):
    """An exercise (microcontroller/exercises/<slug>/exercise.yml, main.py, solution.py, scenario.yml)."""

    title: Localized
    kind: ExerciseKind = ExerciseKind.PROGRAM
    board: Slug
    task: Localized
    skills: tuple[Slug, ...] = ()
    wiring: tuple[Wire, ...] = ()


class Pin(Content):
    """A pin of a board and what it can do."""

    name: Line
    number: int
    adc: bool = False
    reserved: Localized | None = Field(default=None, description="Why programs leave it alone")


class Board(Located):
    """A microcontroller board (microcontroller/boards/<id>.yml)."""

    id: Slug
    title: Localized
    port: Line
    volts: float
    pins: tuple[Pin, ...]
