"""Reads one exercise with its scenario, board and parts, and nothing else: whoever judges a program waits for this."""

from dataclasses import dataclass
from pathlib import Path

from makerwagen.boards.devices import Device, devices_of
from makerwagen.boards.known import SIMULATOR, read_content
from makerwagen.boards.simulator import SimulatedBoard
from makerwagen.content.exercise import Board, Exercise
from makerwagen.content.part import Parts
from makerwagen.content.scenario import Scenario
from makerwagen.errors import MakerwagenError

EXERCISES = Path("microcontroller/exercises")


@dataclass(frozen=True)
class ReadyExercise:
    """An exercise that can be judged: what is wired to which board, and the scenario."""

    slug: str
    exercise: Exercise
    scenario: Scenario
    board: SimulatedBoard
    devices: tuple[Device, ...]


def slugs_in(root: Path) -> list[str]:
    """Return the exercises of the repository that can be judged, in order."""
    return sorted(path.parent.name for path in (root / EXERCISES).glob("*/scenario.yml"))


def read_exercise(root: Path, slug: str) -> Exercise:
    """Return the exercise called `slug`; raise MakerwagenError naming the exercises there are."""
    path = root / EXERCISES / slug / "exercise.yml"
    known = slugs_in(root)
    if slug not in known or not path.is_file():
        raise MakerwagenError(f"there is no exercise '{slug}'; there are: {', '.join(known) or 'none'}")
    return read_content(path, Exercise)


def open_exercise(root: Path, slug: str) -> ReadyExercise:
    """Return an exercise with all that judging needs."""
    exercise = read_exercise(root, slug)
    board = read_content(root / f"microcontroller/boards/{exercise.board}.yml", Board)
    parts = read_content(root / "microcontroller/parts.yml", Parts)
    return ReadyExercise(
        slug,
        exercise,
        read_content(root / EXERCISES / slug / "scenario.yml", Scenario),
        SimulatedBoard(board, (root / SIMULATOR).resolve()),
        devices_of(exercise, parts),
    )
