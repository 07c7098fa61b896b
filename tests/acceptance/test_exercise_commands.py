"""`makerwagen exercise` from end to end: what a child reads, what a script reads, and what no program can do."""

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT

EXERCISE = ROOT / "microcontroller/exercises/pedestrian-light"
SOLUTION = (EXERCISE / "solution.py").read_text(encoding="utf-8")


@pytest.fixture
def check(makerwagen, tmp_path):
    def run(*programs: str, more: tuple[str, ...] = ()):
        files = []
        for number, program in enumerate(programs):
            file = tmp_path / f"seat-{number}.py"
            file.write_text(program, encoding="utf-8")
            files.append(str(file))
        return makerwagen("--root", str(ROOT), "exercise", "check", "pedestrian-light", *files, *more)

    return run


def test_a_right_program_passes(check):
    done = check(SOLUTION)
    assert done.stdout == "Geschafft: Dein Programm macht alles richtig.\n"
    assert done.returncode == 0


def test_a_program_that_is_not_there_yet_reads_what_to_do(check):
    done = check((EXERCISE / "wrong/stuck-after-green.py").read_text(encoding="utf-8"))
    assert done.stdout == (
        "Noch nicht. Schau in Zeile 19.\n"
        "Erwartet: „Fußgänger grün“ (GP14, bei dir fuss_gruen) ist aus.\n"
        "Passiert: „Fußgänger grün“ (GP14, bei dir fuss_gruen) blieb an, ab Sekunde 7,2.\n"
        "Tipp: Die Ampel bleibt stehen. Welcher Zustand kommt nach „gehen“?\n"
        "(Tipp 1 von 2)\n"
    )
    assert (done.returncode, done.stderr) == (1, "")


def test_the_next_hint_tells_more(check):
    program = (EXERCISE / "wrong/stuck-after-green.py").read_text(encoding="utf-8")
    assert "der Name des nächsten Zustands" in check(program, more=("--hint", "2")).stdout
    assert "der Name des nächsten Zustands" in check(program, more=("--hint", "3")).stdout


def test_json_holds_the_whole_verdict(check):
    done = check(SOLUTION.replace("sleep(3)", "slep(3)"), more=("--json",))
    (result,) = json.loads(done.stdout)["results"]
    line = SOLUTION.splitlines().index("        sleep(3)") + 1
    assert (result["passed"], result["line"], result["hint_id"]) == (False, line, "error")
    assert result["technical"] == "NameError: name 'slep' isn't defined"
    assert "„sleep“" in result["happened"]
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("x = 0\nwhile True:\n    x = x + 1\n", "wartet nie"),
        ("viel = bytearray(1_000_000_000)\n", "Speicher ist voll"),
        ("viel = []\nwhile True:\n    viel.append('x' * 10000)\n", "Speicher ist voll"),
        ("print(open('/etc/passwd').read())\n", "Diese Datei"),
        ("open('/etc/passwd', 'a').write('x')\n", "Diese Datei"),
        (
            "import socket\ns = socket.socket()\ns.connect(('192.168.0.1', 80))\n",
            "Ins Netz darf dein Programm hier nicht",
        ),
        ("while True:\n    print('hallo')\n", "schreibt viel zu viel"),
        ("import os\nos.system('ls')\n", "gibt es hier nicht"),
    ],
    ids=["endless", "1 GB", "ever more", "read", "write", "socket", "print", "system"],
)
def test_what_a_program_may_not_do_is_stopped_and_explained(check, program, words):
    done = check(program)
    assert words in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "root:" not in done.stdout
    assert done.returncode == 1


def test_several_programs_are_judged_and_a_broken_file_hides_none(check, makerwagen, tmp_path):
    (tmp_path / "nothing.py").write_text("\n", encoding="utf-8")
    done = check(SOLUTION, "prin(1)\n", more=(str(tmp_path / "nothing.py"), str(tmp_path / "nobody.py")))
    assert done.stdout.count("seat-") == 2
    assert "seat-0.py\nGeschafft" in done.stdout
    assert "seat-1.py\nNoch nicht. Schau in Zeile 1." in done.stdout
    assert "nothing.py' is empty" in done.stdout
    assert "nobody.py' does not exist" in done.stdout
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "does not exist"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes("größe = 1\n".encode("latin-1")), "no UTF-8 text"),
        (lambda path: path.write_bytes(b"x = 1\n" * 30_000), "at most"),
    ],
    ids=["missing", "folder", "empty", "latin-1", "too long"],
)
def test_a_file_that_cannot_be_judged_is_named(makerwagen, tmp_path, make, words):
    file = tmp_path / "mein-programm.py"
    make(file)
    done = makerwagen("--root", str(ROOT), "exercise", "check", "pedestrian-light", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert "mein-programm.py" in done.stderr
    assert words in done.stderr


def test_a_program_saved_with_a_mark_in_front_is_read(makerwagen, tmp_path):
    file = tmp_path / "notepad.py"
    file.write_bytes(b"\xef\xbb\xbf" + SOLUTION.replace("\n", "\r\n").encode())
    assert makerwagen("--root", str(ROOT), "exercise", "check", "pedestrian-light", str(file)).returncode == 0


def test_an_unknown_exercise_names_the_known_ones(makerwagen, tmp_path):
    done = makerwagen("--root", str(ROOT), "exercise", "check", "traffic", str(tmp_path / "x.py"))
    assert done.returncode == 2
    assert "no exercise 'traffic'" in done.stderr
    assert "pedestrian-light" in done.stderr


def test_all_exercises_are_listed(makerwagen):
    known = {path.parent.name for path in (ROOT / "microcontroller/exercises").glob("*/exercise.yml")}
    listed = makerwagen("--root", str(ROOT), "exercise", "list")
    assert {line.split()[0] for line in listed.stdout.splitlines()} <= known
    assert "Fußgängerampel" in listed.stdout
    as_json = json.loads(makerwagen("--root", str(ROOT), "exercise", "list", "--json").stdout)
    assert next(each for each in as_json if each["slug"] == "pedestrian-light")["board"] == "pico-w"


def test_a_broken_scenario_stops_with_the_file(makerwagen, tmp_path):
    root = tmp_path / "checkout"
    (root / "lessons").mkdir(parents=True)
    for path in ["boards/pico-w.yml", "parts.yml", "exercises/pedestrian-light/exercise.yml"]:
        target = root / "microcontroller" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text((ROOT / "microcontroller" / path).read_text(encoding="utf-8"), encoding="utf-8")
    Path(root, "microcontroller/exercises/pedestrian-light/scenario.yml").write_text(
        "seconds: viele\n", encoding="utf-8"
    )
    done = makerwagen("--root", str(root), "exercise", "check", "pedestrian-light", str(EXERCISE / "solution.py"))
    assert done.returncode == 2
    assert "scenario.yml cannot be used" in done.stderr
