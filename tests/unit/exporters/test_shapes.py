"""Files of models: made once, kept by hash, offered on a page; a part that cannot be built is a problem on its line."""

import json
import shutil
from pathlib import Path

import pytest

from makerwagen.exporters.pages_models import model_pages
from makerwagen.exporters.shapes import KINDS, SCHEMA, write_shapes
from makerwagen.load.repository_loader import load_repository
from makerwagen.store import Store

pytest.importorskip("trimesh")
MODEL = """id: block
title: {de: Ein Klotz | mit <b>Ecken</b>}
grades: [3, 4]
parameters:
  - {name: size_mm, type: number, unit: mm, min: 1, max: 300, default: 20, label: {de: Größe}}
  - {name: round, type: boolean, default: false, label: {de: Rund}}
constraints:
  - {when: size_mm < 250, message: {de: Das ist zu groß.}}
presets:
  small: {title: {de: Klein}, values: {size_mm: 5}}
expect: {size_mm: [300, 300, 300], volume_mm3: [1, 100000000]}
print: {profile: "0.2 mm PLA", orientation: flach}
authors: [Team]
"""
CODE = """import cadquery as cq


def build(params):
    return cq.Workplane().box(params["size_mm"], 10, 100 / (params["size_mm"] - BAD), centered=(True, True, False))
"""


@pytest.fixture
def write(tmp_path):
    def write(bad: int) -> Path:
        folder = tmp_path / "checkout/cad_models/block"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.yml").write_text(MODEL, encoding="utf-8")
        (folder / "model.py").write_text(CODE.replace("BAD", str(bad)), encoding="utf-8")
        return tmp_path / "checkout"

    return write


def test_files_are_made_once_and_offered_on_a_page(write, tmp_path, monkeypatch):
    repository, problems = load_repository(write(bad=0))
    assert not problems
    store = Store(tmp_path / "store")
    assert write_shapes(repository, out=tmp_path / "shapes", store=store) == []
    names = {path.name for path in (tmp_path / "shapes/block").iterdir()}
    assert names == {f"{name}.{kind}" for name in ("default", "small") for kind in KINDS} | {SCHEMA}

    monkeypatch.setattr("makerwagen.exporters.shapes.Workshop", None)  # nothing is built a second time
    assert write_shapes(repository, out=tmp_path / "again", store=store) == []
    assert {path.name for path in (tmp_path / "again/block").iterdir()} == names

    out = tmp_path / "pages"
    pages = dict(model_pages(repository, [], shapes=tmp_path / "shapes", out=out, lang="de"))
    page = pages["models/block.md"]
    for words in (
        'data-mw-model="block"',
        "| 20 mm |",
        "Das ist zu groß.",
        "block/small.3mf",
        "default.step",
        f"block/{SCHEMA}",
    ):
        assert words in page
    assert "small.step" not in page and "<b>" not in page
    assert "block.md" in pages["models/index.md"]
    schema = json.loads((out / "models/block" / SCHEMA).read_text(encoding="utf-8"))
    assert schema["properties"]["size_mm"]["maximum"] == 300 and schema["properties"]["round"]["type"] == "boolean"
    for path in ("default.png", "default.js", "default.svg", "small.stl"):
        assert (out / "models/block" / path).exists()


def test_a_part_that_cannot_be_built_is_a_problem_and_the_model_has_no_page(write, tmp_path):
    repository, _ = load_repository(write(bad=5))
    store = Store(tmp_path / "store")
    (problem,) = write_shapes(repository, out=tmp_path / "shapes", store=store)
    assert (problem.code, problem.place.line) == ("CAD109", 10)
    assert "'small'" in problem.what and "ZeroDivisionError" in problem.what
    pages = dict(model_pages(repository, [], shapes=tmp_path / "shapes", out=tmp_path / "pages", lang="de"))
    assert list(pages) == ["models/index.md"]
    shutil.rmtree(tmp_path / "store")


def test_without_models_the_list_says_so(tmp_path):
    (tmp_path / "lessons").mkdir()
    repository, _ = load_repository(tmp_path)
    pages = dict(model_pages(repository, [], shapes=None, out=tmp_path / "pages", lang="de"))
    assert list(pages) == ["models/index.md"]
