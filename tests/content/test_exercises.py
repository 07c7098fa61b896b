"""Every exercise: its solution passes, the start does not, and typical wrong programs get the right hint."""

from pathlib import Path

import pytest

from makerwagen.boards.judging import judge
from makerwagen.boards.scenario import read_scenario
from makerwagen.boards.simulator import SimulatedBoard, open_board

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = sorted((ROOT / "microcontroller/exercises").glob("*/exercise.yml"))
WRONG = sorted((ROOT / "microcontroller/exercises").glob("*/wrong/*.py"))


@pytest.fixture(scope="session")
def pico() -> SimulatedBoard:
    return open_board(ROOT)


def verdict(program: Path, folder: Path, board: SimulatedBoard):
    return judge(program.read_text(encoding="utf-8"), read_scenario(folder / "scenario.yml"), on=board)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda path: path.parent.name)
def test_the_solution_passes_and_the_start_does_not(exercise, pico):
    folder = exercise.parent
    assert verdict(folder / "solution.py", folder, pico).passed, str(verdict(folder / "solution.py", folder, pico))
    start = verdict(folder / "main.py", folder, pico)
    assert not start.passed
    assert start.hint


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda path: path.parent.name)
def test_at_least_three_wrong_programs_are_known(exercise):
    programs = {path.stem for path in (exercise.parent / "wrong").glob("*.py")}
    assert len(programs) >= 3
    assert programs == set(read_scenario(exercise.parent / "scenario.yml").wrong)


@pytest.mark.parametrize("program", WRONG, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_wrong_program_gets_the_right_hint(program, pico):
    folder = program.parents[1]
    found = verdict(program, folder, pico)
    assert not found.passed
    assert found.hint_id == read_scenario(folder / "scenario.yml").wrong[program.stem]
    assert found.happened
    assert found.expected
