"""Rules about MicroPython exercises: the board, and the programs that belong to them; wiring is in wiring.py."""

from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.python_source import Wrong, tree_of_file
from makerwagen.content.exercise import ExerciseKind
from makerwagen.content.repository import Repository
from makerwagen.problems import Place, Problem


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


def exercises_are_complete(repository: Repository) -> Iterator[Problem]:
    """MCU103: an exercise has main.py, scenario.yml and, unless it is a node, solution.py; all are valid Python.

    Why: The child starts from main.py, the judge compares with the scenario, and CI proves that the solution passes.
    Bad:
        microcontroller/exercises/blink/exercise.yml  main.py
    Good:
        microcontroller/exercises/blink/exercise.yml  main.py  solution.py  scenario.yml
    """
    for exercise in repository.exercises.values():
        folder = exercise.origin.path.rpartition("/")[0]
        asked = ["main.py", "scenario.yml"] + ["solution.py"] * (exercise.kind is ExerciseKind.PROGRAM)
        for name in asked:
            path = f"{folder}/{name}"
            if path not in repository.files:
                yield Problem(exercise.at(), "MCU103", f"{name} is missing", f"add {path}")
            elif name.endswith(".py") and isinstance(wrong := tree_of_file(repository.root / path), Wrong):
                what = f"not valid Python: {wrong.message}"
                yield Problem(Place(path, line=wrong.line), "MCU103", what, "mend the line, or the one above it")
