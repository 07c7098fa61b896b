"""The proof of every lesson, in real kernels: solutions pass every check, and nothing passes untouched."""

import json
import os
import shutil
from pathlib import Path

import pytest
from pytest_notebook.nb_regression import NBRegressionFixture

from makerwagen.content.versions import Audience
from makerwagen.content.words import CellTag, Status
from makerwagen.exporters.notebook_files import notebook_json
from makerwagen.exporters.stamp import stamp_of
from makerwagen.load.repository_loader import load_repository
from makerwagen.notebooks.proof import check_results, version

ROOT = Path(__file__).parents[2]
REPOSITORY, PROBLEMS = load_repository(ROOT)
LESSONS = [
    (lesson, notebook)
    for lesson in REPOSITORY.lessons.values()
    if lesson.status is Status.PUBLISHED
    for notebook in lesson.notebooks.values()
]
# Notebooks are committed without outputs, so outputs are not compared; a cell that raises still fails the run.
IGNORED = (
    "/cells/*/outputs",
    "/metadata/widgets",
    "/metadata/language_info",
    "/metadata/kernelspec",
    "/cells/*/execution_count",
)


def test_all_content_can_be_read():
    assert not PROBLEMS


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(("lesson", "notebook"), LESSONS, ids=[f"{one.slug}-{two.lang}" for one, two in LESSONS])
def test_a_lesson_is_proven_in_a_kernel(lesson, notebook, audience, tmp_path, monkeypatch):
    cells = version(notebook, audience)
    text = notebook_json(lesson, notebook.lang, cells=cells, audience=audience, stamp=stamp_of(lesson, REPOSITORY))
    path = tmp_path / "lesson.ipynb"
    path.write_text(text, encoding="utf-8")
    for name in ("data", "images"):
        if (ROOT / lesson.folder / name).is_dir():
            shutil.copytree(ROOT / lesson.folder / name, tmp_path / name)
    monkeypatch.setitem(os.environ, "MAKERWAGEN_ROOT", str(ROOT))
    gate = NBRegressionFixture(
        exec_timeout=120,
        exec_cwd=str(tmp_path),
        post_processors=("coalesce_streams",),
        diff_ignore=IGNORED,
        diff_replace=(("/cells/*/outputs/*/data/text/plain", r"0x[0-9a-f]+", "0xADDR"),),
    )
    result = gate.check(str(path), raise_errors=True)
    verdicts = {}
    for cell in json.loads(json.dumps(result.nb_final))["cells"]:
        if CellTag.CHECK in cell["metadata"].get("tags", []):
            verdicts[cell["id"]] = [verdict["passed"] for verdict in check_results(cell["outputs"])]
    assert verdicts, "the lesson has no check"
    expected = [audience is Audience.TEACHER]
    assert verdicts == dict.fromkeys(verdicts, expected)
