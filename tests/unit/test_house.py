"""The house itself: which way imports go, and how long files and functions are."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/makerwagen"
FIRST_ROW = {"load", "checks", "notebooks", "models", "slicing", "boards", "sensors"}
ROOMS = {
    "problems": set(),
    "errors": set(),
    "store": {"errors"},
    "landlock": set(),
    "content": {"problems", "errors"},
    **{room: {"problems", "errors", "store", "landlock", "content"} for room in FIRST_ROW},
    "exporters": FIRST_ROW | {"problems", "errors", "store", "content"},
    "learn": FIRST_ROW | {"problems", "errors", "store", "content"},
    "lab": FIRST_ROW | {"problems", "errors", "content", "exporters"},
    "printers": {"problems", "errors", "content"},
    "desk": {"problems", "errors", "store", "content", "models", "slicing", "printers"},
}
TOP = {"cli", "commands", "wagon", "mkdocs_plugin", "scaffold", "plan", "__init__", "__main__"}
# Each heavy library has one home per room that needs it; the command line loads that file only when it is needed.
HEAVY = {
    "cadquery": 1,
    "typst": 1,
    "mkdocs": 2,
    "pandas": 1,
    "uvicorn": 1,
    "ipywidgets": 0,
    "anywidget": 1,
    "schemdraw": 1,
    "nbformat": 0,
    "serial": 1,
    "mpremote": 1,
}
SHARED_PARTS = SOURCE / "models/parts"  # what model.py files import: CAD by nature, and never imported by the engine
FILES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    parts = path.relative_to(SOURCE).parts
    return parts[0] if len(parts) > 1 else path.stem


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_one_way(path: Path):
    here = room(path)
    if here in TOP:
        return
    used = {name.split(".")[1] for name in imports(path) if name.startswith("makerwagen.")}
    assert used - {here} <= ROOMS[here], f"{here} may import {sorted(ROOMS[here])}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_files_and_functions_stay_short(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 50, f"{node.name} is too long"


def test_every_file_says_its_job():
    silent = [str(path) for path in FILES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert not silent


@pytest.mark.parametrize(("library", "most"), HEAVY.items())
def test_a_heavy_library_has_one_home(library: str, most: int):
    files = [path for path in FILES if path.parent != SHARED_PARTS]
    homes = [path for path in files if any(re.match(rf"{library}(\.|$)", name) for name in imports(path))]
    assert len(homes) <= most, [str(home.relative_to(SOURCE)) for home in homes]
