"""Every exercise: right programs pass, the start does not, wrong ones get the right hint, twice alike; nodes are ready."""

import re
from functools import cache
from pathlib import Path

import pytest

from makerwagen.boards.exercises import ReadyExercise, open_exercise, read_exercise, slugs_in
from makerwagen.boards.judging import Verdict, events_of, judged_run
from makerwagen.boards.scenario import for_judge
from makerwagen.content.exercise import ExerciseKind
from makerwagen.sensors.protocol import read_message
from tests.both_pythons import on_cpython, on_micropython
from tests.conftest import ROOT

EXERCISES = ROOT / "microcontroller/exercises"
SLUGS = slugs_in(ROOT)
NODES = [slug for slug in SLUGS if read_exercise(ROOT, slug).kind is ExerciseKind.NODE]
PROGRAMS = [slug for slug in SLUGS if slug not in NODES]
WRONG = sorted(EXERCISES.glob("*/wrong/*.py"))
# A node is a ready program: its main.py is right from the start.
READY = [EXERCISES / slug / "main.py" for slug in NODES]
RIGHT = sorted([*EXERCISES.glob("*/solution.py"), *EXERCISES.glob("*/right/*.py"), *READY])
LEAST_HINT_LETTERS = 15
OFFLINE_US = 320_000_000
OFFLINE = f"import network, simulated_board\nnetwork.online = lambda: simulated_board.now_us > {OFFLINE_US}\n"


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
    assert len(PROGRAMS) >= 3
    assert len(NODES) >= 7
    assert {ready(slug).exercise.board for slug in NODES} == {"pico-w", "esp32"}


@cache
def run_of(slug: str, before: str = ""):
    """Return the run of a node's program through its scenario, with other lines before it."""
    exercise = ready(slug)
    source = before + (EXERCISES / slug / "main.py").read_text(encoding="utf-8")
    return judged_run(source, exercise.scenario, on=exercise.board, devices=exercise.devices)[1]


def readings(run):
    return [(event[1], read_message(event[2], event[3].encode())) for event in run.events if event[0] == "message"]


@pytest.mark.parametrize("slug", NODES)
def test_the_hub_takes_all_that_a_node_sends(slug):
    sent = readings(run_of(slug))
    assert len(sent) >= 2
    assert not [reading for _, reading in sent if reading.guessed or reading.own_time]


@pytest.mark.parametrize("slug", NODES)
def test_a_node_without_network_keeps_what_it_measures_and_sends_it_later_with_its_age(slug):
    run = run_of(slug, OFFLINE)
    assert run.error is None
    sent = readings(run)
    assert min(us for us, _ in sent) >= OFFLINE_US
    every_s = int(re.search(r"^ABSTAND_S = (\d+)", (EXERCISES / slug / "main.py").read_text(encoding="utf-8"), re.M)[1])
    measured_s = [us / 1e6 - reading.age_s for us, reading in sent]
    kept = {round(at) for at in measured_s if at < OFFLINE_US / 1e6}
    assert len(kept) >= max(OFFLINE_US // 1_000_000 // every_s - 2, 1)
    assert sorted({reading.number for _, reading in sent}) == list(range(len(sent)))


@pytest.mark.parametrize("program", RIGHT, ids=name)
def test_a_right_program_passes(program):
    verdict, _ = judged(program)
    assert verdict.passed, str(verdict)


@pytest.mark.parametrize("slug", PROGRAMS)
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


@pytest.mark.parametrize("slug", PROGRAMS)
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
