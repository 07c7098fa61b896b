"""Exercise pages: what a child gets, what the page's scripts get, and what the leak gate keeps from both."""

import json
import shutil

import pytest

from makerwagen.exporters.exercise_secrets import exercise_secrets
from makerwagen.exporters.leaks import Secret, squash
from makerwagen.exporters.pages import write_pages
from makerwagen.exporters.results import LessonResult
from makerwagen.exporters.site_gate import site_problems
from makerwagen.exporters.stamp import stamp_of
from makerwagen.load.repository_loader import load_repository
from makerwagen.problems import Place
from makerwagen.store import Store
from tests.conftest import ROOT

SLUG = "stair-light"
EXERCISE = ROOT / "microcontroller/exercises" / SLUG
SOLUTION = (EXERCISE / "solution.py").read_text(encoding="utf-8")
WRONG = (EXERCISE / "wrong/never-off.py").read_text(encoding="utf-8")


@pytest.fixture
def repository(small_repository):
    """Return a repository with one exercise and the boards' files."""
    for name in ("boards", "simulator", "lib"):
        shutil.copytree(ROOT / "microcontroller" / name, small_repository / "microcontroller" / name)
    shutil.copyfile(ROOT / "microcontroller/parts.yml", small_repository / "microcontroller/parts.yml")
    shutil.copytree(EXERCISE, small_repository / "microcontroller/exercises" / SLUG)
    return load_repository(small_repository)[0]


@pytest.fixture
def pages(repository, tmp_path):
    write_pages(repository, [], out=tmp_path / "pages")
    return tmp_path / "pages/uebungen"


@pytest.fixture
def exercises(repository):
    return exercise_secrets(repository)


def test_a_nodes_page_says_how_to_calibrate_it_and_what_it_cannot_tell(repository, tmp_path):
    node = ROOT / "microcontroller/exercises/node-noise"
    shutil.copytree(node, repository.root / "microcontroller/exercises/node-noise")
    write_pages(load_repository(repository.root)[0], [], out=tmp_path / "pages")
    page = (tmp_path / "pages/uebungen/node-noise.md").read_text(encoding="utf-8")
    _, _, calibration = page.partition("## So eichst du ihn\n\n1.  Setz ABSTAND")
    steps, _, limits = calibration.partition("## Was er dir nicht sagen kann\n\n- Die Zahl ist kein Dezibel.")
    assert steps.count("\n1.  ") == 3
    assert limits.count("\n- ") >= 2


def data(path, name):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"var {name} = ")
    return json.loads(text.partition("=")[2].strip().rstrip(";"))


def test_a_page_tells_the_task_shows_the_wiring_and_the_program_at_the_start(pages):
    page = (pages / f"{SLUG}.md").read_text(encoding="utf-8")
    for part in (
        "# Licht im Treppenhaus",
        "Drückst du den Taster, geht das Licht an.",
        f'data-mw-exercise="{SLUG}" data-mw-data="{SLUG}/data.js" data-mw-simulator="simulator.js"',
        "if taster.value() == 0:",
        f"]({SLUG}/wiring.svg){{ .plot }}",
        '??? note "In Worten, Schritt für Schritt"\n\n    1.  ',
        '??? note "Das brauchst du"\n\n    - 1 × ',
        "[Alle Übungen](index.md)",
    ):
        assert part in page
    assert (pages / SLUG / "main.py").read_text(encoding="utf-8") == (EXERCISE / "main.py").read_text(encoding="utf-8")
    assert (pages / SLUG / "wiring.svg").read_text(encoding="utf-8").startswith("<svg")
    assert not (pages / SLUG / "circuit.svg").exists()


def test_the_data_hold_all_that_running_and_judging_needs(pages):
    found = data(pages / SLUG / "data.js", "makerwagenExercise")
    assert found["start"] == (EXERCISE / "main.py").read_text(encoding="utf-8")
    assert {device["id"] for device in found["config"]["devices"]} == {
        device["id"] for device in found["description"]["devices"]
    }
    assert found["scenario"]["steps"] and found["scenario"]["hints"]
    modules = data(pages / "simulator.js", "makerwagenSimulator")
    assert {"learner.py", "machine.py", "simulated/pins.py", "lib/ssd1306.py"} <= modules["simulator"].keys()
    assert "portable/judge.py" in modules["judge"]


def test_older_children_get_a_circuit_diagram_too(repository, tmp_path):
    path = repository.root / "microcontroller/exercises" / SLUG / "exercise.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("grades: [5, 6]", "grades: [7, 8]"), encoding="utf-8")
    write_pages(load_repository(repository.root)[0], [], out=tmp_path / "pages")
    assert "<svg" in (tmp_path / f"pages/uebungen/{SLUG}/circuit.svg").read_text(encoding="utf-8")
    assert f"{SLUG}/circuit.svg" in (tmp_path / f"pages/uebungen/{SLUG}.md").read_text(encoding="utf-8")


def test_the_list_leads_to_every_exercise_and_says_for_whom(pages):
    page = (pages / "index.md").read_text(encoding="utf-8")
    assert f"### [Licht im Treppenhaus]({SLUG}.md)" in page
    assert "Klasse 5–6 · Raspberry Pi Pico W" in page and "## Mikrocontroller { #microcontroller }" in page


def test_lessons_and_exercises_lead_to_each_other(repository, write_lesson, tmp_path):
    write_lesson(more=f"exercises: [{SLUG}, no-such-exercise]")
    repository = load_repository(repository.root)[0]
    lesson = repository.lessons["count-wheels"]
    result = LessonResult(lesson, "de", stamp_of(lesson, repository), (), {}, ())
    write_pages(repository, [result], out=tmp_path / "pages")
    link = f"Übung dazu, auch ohne Board: [Licht im Treppenhaus](../uebungen/{SLUG}.md)"
    assert link in (tmp_path / "pages/lessons/count-wheels.md").read_text(encoding="utf-8")
    page = (tmp_path / f"pages/uebungen/{SLUG}.md").read_text(encoding="utf-8")
    assert "- [count wheels](../lessons/count-wheels.md)" in page


def test_without_exercises_the_list_says_so(small_repository, tmp_path):
    write_pages(load_repository(small_repository)[0], [], out=tmp_path / "pages")
    assert "Hier ist noch nichts." in (tmp_path / "pages/uebungen/index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "broken", ["seconds: [", "seconds: 5\nsteps: [{wait: 1}, {set-control: {part: nobody, value: 1}}]\nhints: {}"]
)
def test_an_exercise_that_cannot_be_judged_gets_no_page(repository, tmp_path, broken):
    (repository.root / "microcontroller/exercises" / SLUG / "scenario.yml").write_text(broken, encoding="utf-8")
    write_pages(repository, [], out=tmp_path / "pages")
    assert not (tmp_path / f"pages/uebungen/{SLUG}.md").exists()
    assert (tmp_path / "pages/uebungen/index.md").exists()


def test_pages_and_data_hold_no_line_of_a_solution(pages, exercises, tmp_path):
    assert any("sleep(4)" in secret.text for program in exercises.programs for secret in program.secrets)
    assert not site_problems(pages, [], Store(tmp_path / "gates"), exercises=exercises)


@pytest.mark.parametrize("program", [SOLUTION, WRONG], ids=["solution", "wrong program"])
@pytest.mark.parametrize(
    "name",
    [
        f"{SLUG}/data.js",
        "simulator.js",
        f"{SLUG}.html",
        f"{SLUG}/main.py",
        "search/search_index.js",
        "search/search_index.json",
    ],
)
def test_a_solution_in_a_childs_file_is_found(pages, exercises, tmp_path, name, program):
    path = pages / name
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".py":
        path.write_text(program, encoding="utf-8")
    else:
        head = "" if path.suffix == ".json" else "var __index = "
        path.write_text(f"{head}{json.dumps({'more': [{'text': program}]})}", encoding="utf-8")
    problems = site_problems(pages, [], Store(tmp_path / "gates"), exercises=exercises)
    assert problems and {problem.code for problem in problems} == {"LEA101"}
    assert all(problem.place.path.startswith(f"microcontroller/exercises/{SLUG}/") for problem in problems)
    assert all(problem.place.line for problem in problems)


def test_a_solution_in_the_catalogue_is_found(pages, exercises, tmp_path):
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text(json.dumps({"lessons": [{"summary": "Ganz einfach"}]}), encoding="utf-8")
    gates = Store(tmp_path / "gates")
    assert not site_problems(pages, [], gates, exercises=exercises, more=[catalogue])
    catalogue.write_text(json.dumps({"lessons": [{"summary": SOLUTION}]}), encoding="utf-8")
    problems = site_problems(pages, [], gates, exercises=exercises, more=[catalogue])
    assert problems and all("catalogue.json" in problem.what for problem in problems)


def test_a_line_that_a_lesson_teaches_is_no_secret_but_a_whole_solution_is(exercises):
    one = next(secret for program in exercises.programs for secret in program.secrets)
    assert one.squashed not in {secret.squashed for secret in exercises.kept_from([f"Zum Beispiel: {one.text}"])}
    solution = next(program for program in exercises.programs if program.secrets[0].place.path.endswith("/solution.py"))
    assert len(solution.secrets) > 1 and set(solution.secrets) <= set(exercises.kept_from([SOLUTION]))


def test_what_an_exercise_shows_is_no_secret_of_a_lesson(exercises):
    hint = "Zähle mit, bis es dunkel wird, und sag es laut."
    shown = next(text for text in exercises.shown if "Licht im Treppenhaus" in text)
    words = shown.partition("Drückst du den Taster, geht das Licht an.")[1]
    secrets = [Secret(squash(text), text, Place("lessons/x/lesson.de.ipynb"), "LEA102") for text in (hint, words)]
    assert [secret.text for secret in exercises.not_shown(secrets)] == [hint]
