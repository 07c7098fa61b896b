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
