import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"cadquery", "jupyterlab", "nbformat", "nbclient", "IPython", "mkdocs", "typst", "pandas", "starlette", "OCP"}


def loaded_by(*arguments: str, cwd: Path) -> set[str]:
    code = (
        "import sys\nfrom makerwagen.cli import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, timeout=60)
    return set(done.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("arguments", [("--help",), ("check",), ("explain", "LES103")])
def test_help_check_and_explain_load_nothing_heavy(arguments, root: Path):
    loaded = loaded_by(*arguments, cwd=root)
    assert "makerwagen" in loaded
    assert not loaded & HEAVY


def test_an_unknown_command_ends_with_2(makerwagen):
    assert makerwagen("fly").returncode == 2


def test_a_path_that_does_not_exist_is_an_error(makerwagen):
    done = makerwagen("check", "lessons/no-such-lesson")
    assert done.returncode == 2
    assert done.stderr == "error: 'lessons/no-such-lesson' does not exist; see: makerwagen check --help\n"


def test_wagon_without_a_website_says_what_to_do(makerwagen, tmp_path: Path):
    done = makerwagen("--root", str(tmp_path), "wagon")
    assert done.returncode == 2
    assert "build it first: makerwagen build" in done.stderr


def test_an_unknown_lesson_cannot_be_built(makerwagen, small_repository: Path):
    done = makerwagen("--root", str(small_repository), "build", "no-such-lesson")
    assert done.returncode == 2
    assert "there is no lesson 'no-such-lesson'" in done.stderr


def test_a_terminal_without_german_quotation_marks_gets_a_report(small_repository: Path):
    lesson = small_repository / "lessons/count-wheels/lesson.yml"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "subjects: [„sport“]\n", encoding="utf-8")
    command = [sys.executable, "-m", "makerwagen.cli", "--root", str(small_repository), "check"]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 1
    assert b"YML105" in done.stdout and b"\\u201e" in done.stdout and not done.stderr


def test_a_missing_package_is_named_with_the_extra_that_brings_it(small_repository: Path):
    code = (
        "import sys\nsys.modules['typst'] = None\nfrom makerwagen.cli import main\n"
        f"sys.exit(main(['--root', {str(small_repository)!r}, 'build']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "error: 'typst' is not installed; try: pip install 'makerwagen[build]'\n"


def test_a_reader_who_leaves_early_ends_the_report_quietly(root: Path):
    command = f"'{sys.executable}' -m makerwagen.cli explain LES103 | true"
    done = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True)
    assert done.stderr == ""


def test_a_path_means_this_lesson_and_not_one_whose_name_begins_alike(makerwagen, write_lesson, tmp_path: Path):
    for slug, end in (("wheels", "1"), ("wheels-more", "2")):
        folder = write_lesson(slug, uuid_end=end)
        (folder / "lesson.de.ipynb").write_text("{kaputt")
    done = makerwagen("check", "lessons/wheels", cwd=tmp_path)
    assert "lessons/wheels/" in done.stdout and "lessons/wheels-more/" not in done.stdout
    everything = makerwagen("check", ".", "lessons/wheels", cwd=tmp_path)
    assert "lessons/wheels-more/" in everything.stdout


def test_a_path_is_found_from_any_folder(makerwagen, write_lesson, tmp_path: Path):
    folder = write_lesson()
    (folder / "lesson.de.ipynb").write_text("{kaputt")
    done = makerwagen("check", str(folder), cwd=Path("/"))
    assert done.returncode == 1 and "lessons/count-wheels/lesson.de.ipynb:1: NBK101" in done.stdout
