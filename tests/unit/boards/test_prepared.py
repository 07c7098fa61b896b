"""What is kept of an exercise is used only while it is true, and judging with it loads nothing that reads content."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from makerwagen.boards import prepared
from makerwagen.boards.prepared import FOLDER, open_prepared
from makerwagen.errors import MakerwagenError

ROOT = Path(__file__).resolve().parents[3]
EXERCISE = "microcontroller/exercises/light-on"


@pytest.fixture
def root(tmp_path):
    for name in ("boards", "exercises/light-on"):
        shutil.copytree(ROOT / "microcontroller" / name, tmp_path / "microcontroller" / name)
    shutil.copy(ROOT / "microcontroller/parts.yml", tmp_path / "microcontroller/parts.yml")
    (tmp_path / "microcontroller/simulator").symlink_to(ROOT / "microcontroller/simulator")
    (tmp_path / "lessons").mkdir()
    return tmp_path


def test_what_was_kept_is_the_same_as_what_was_read(root, monkeypatch):
    first = open_prepared(root, "light-on")
    monkeypatch.setattr(prepared, "_read", None)  # nothing is read a second time
    assert open_prepared(root, "light-on") == first
    assert first.scenario["steps"] and first.config["devices"]


def test_a_change_of_the_content_counts_at_once(root):
    before = open_prepared(root, "light-on")
    path = root / EXERCISE / "scenario.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("seconds: ", "seconds: 1", 1), encoding="utf-8")
    assert open_prepared(root, "light-on").scenario["seconds"] > before.scenario["seconds"]
    path.write_text("steps: 7\n", encoding="utf-8")
    with pytest.raises(MakerwagenError, match="scenario.yml cannot be used"):
        open_prepared(root, "light-on")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"stamp": ', "\x00"])
def test_a_broken_file_is_replaced(root, text):
    first, kept = open_prepared(root, "light-on"), root / FOLDER / "light-on.json"
    kept.write_text(text, encoding="utf-8")
    assert open_prepared(root, "light-on") == first and json.loads(kept.read_text(encoding="utf-8"))["config"]


def test_where_nothing_can_be_written_it_is_read_each_time(root):
    (root / "build").write_text("in the way", encoding="utf-8")
    assert open_prepared(root, "light-on") == open_prepared(root, "light-on")


@pytest.mark.parametrize("slug", ["moonwalk", "../exercises/light-on", ""])
def test_what_is_no_exercise_is_told_with_those_there_are(root, slug):
    open_prepared(root, "light-on")
    with pytest.raises(MakerwagenError, match="there are: light-on"):
        open_prepared(root, slug)


def test_a_judgement_loads_nothing_that_reads_content(root):
    open_prepared(root, "light-on")
    code = (
        "import sys; from makerwagen.cli import main; code = main(sys.argv[1:]);"
        "print({name for name in sys.modules if name.split('.')[0] in ('pydantic', 'yaml', 'concurrent')}); sys.exit(code)"
    )
    words = ["--root", str(root), "exercise", "check", "light-on", str(root / EXERCISE / "solution.py")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Geschafft") and done.stdout.endswith("set()\n"), done.stdout
