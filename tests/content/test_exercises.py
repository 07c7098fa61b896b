"""Every exercise: solution and other right programs pass, the start does not, wrong ones get the right hint, twice alike."""

from functools import cache
from pathlib import Path

import pytest

from makerwagen.boards.exercises import ReadyExercise, open_exercise, slugs_in
from makerwagen.boards.judging import Verdict, events_of, judged_run
from makerwagen.boards.scenario import for_judge
from tests.both_pythons import on_cpython, on_micropython
from tests.conftest import ROOT

EXERCISES = ROOT / "microcontroller/exercises"
SLUGS = slugs_in(ROOT)
WRONG = sorted(EXERCISES.glob("*/wrong/*.py"))
RIGHT = sorted([*EXERCISES.glob("*/solution.py"), *EXERCISES.glob("*/right/*.py")])
LEAST_HINT_LETTERS = 15


@cache
def ready(slug: str) -> ReadyExercise:
    return open_exercise(ROOT, slug)


@cache
def judged(program: Path) -> tuple[Verdict, tuple]:
    """Return the verdict, and what the portable judge needs to give it again."""
    exercise = ready(program.relative_to(EXERCISES).parts[0])
    source = program.read_text(encoding="utf-8")
    verdict, run = judged_run(source, exercise.scenario, on=exercise.board, devices=exercise.devices)
    plain = for_judge(exercise.scenario, exercise.devices)
    inputs = [[event[1], *event[2:]] for event in run.events if event[0] == "control"]
    return verdict, (plain, events_of(run), source, inputs)


def name(program: Path) -> str:
    return "-".join(program.relative_to(EXERCISES).with_suffix("").parts)


def test_there_are_exercises():
    assert len(SLUGS) >= 3


@pytest.mark.parametrize("program", RIGHT, ids=name)
def test_a_right_program_passes(program):
    verdict, _ = judged(program)
    assert verdict.passed, str(verdict)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_start_does_not_pass_and_gets_a_hint(slug):
    verdict, _ = judged(EXERCISES / slug / "main.py")
    assert not verdict.passed
    assert len(verdict.hint) >= LEAST_HINT_LETTERS


@pytest.mark.parametrize("slug", SLUGS)
def test_at_least_three_wrong_programs_are_known(slug):
    programs = {path.stem for path in (EXERCISES / slug / "wrong").glob("*.py")}
    assert len(programs) >= 3
    assert programs == set(ready(slug).scenario.wrong)


@pytest.mark.parametrize("program", WRONG, ids=name)
def test_a_wrong_program_gets_the_right_hint(program):
    verdict, _ = judged(program)
    wanted = ready(program.parts[-3]).scenario.wrong[program.stem]
    assert not verdict.passed
    assert verdict.hint_id == wanted, str(verdict)
    assert verdict.happened
    assert verdict.expected
    assert len(verdict.hint) >= LEAST_HINT_LETTERS
    assert verdict.line <= len(program.read_text(encoding="utf-8").splitlines())
    assert "Traceback" not in str(verdict)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_hint_holds_the_whole_solution(slug):
    lines = [line.strip() for line in (EXERCISES / slug / "solution.py").read_text(encoding="utf-8").splitlines()]
    start = (EXERCISES / slug / "main.py").read_text(encoding="utf-8")
    new = {line for line in lines if len(line) > 8 and line not in start}
    first_rungs = [ladder[0]["de"] for ladder in ready(slug).scenario.hints.values()]
    assert not [(rung, line) for rung in first_rungs for line in new if line in rung]


@pytest.mark.parametrize("slug", SLUGS)
def test_both_pythons_judge_every_program_of_an_exercise_alike(slug):
    programs = [path for path in sorted((EXERCISES / slug).rglob("*.py")) if "__pycache__" not in path.parts]
    cases = [list(judged(program)[1]) for program in programs]
    for program, here, there in zip(programs, on_cpython(cases), on_micropython(cases), strict=True):
        assert here == there, program.name
        assert here[0]["hint_id"] == judged(program)[0].hint_id


@pytest.mark.parametrize("slug", SLUGS)
def test_a_program_is_judged_the_same_again(slug):
    program = EXERCISES / slug / "main.py"
    first, case = judged(program)
    again, same = judged.__wrapped__(program)
    assert (first, case[1]) == (again, same[1])
