import json

import nbformat
import pytest

from makerwagen.content.versions import Audience, version
from makerwagen.exporters.notebook_files import notebook_json
from makerwagen.exporters.stamp import stamp_of
from makerwagen.load.repository_loader import load_repository
from tests.conftest import cell, good_cells


@pytest.fixture
def made(write_lesson, tmp_path):
    extra = [
        cell("markdown", "Zähle an einem echten Rad.", id="tipp", tags=("hint",)),
        cell("markdown", "Nur Papier.", id="papier", tags=("paper-only",)),
    ]
    write_lesson(cells=[*good_cells(), *extra])
    repository, _ = load_repository(tmp_path)
    lesson = repository.lessons["count-wheels"]
    stamp = stamp_of(lesson, repository)

    def make(audience: Audience) -> dict:
        cells = version(lesson.notebooks["de"], audience)
        text = notebook_json(lesson, "de", cells=cells, audience=audience, stamp=stamp)
        nbformat.validate(nbformat.reads(text, as_version=4))
        return json.loads(text)

    return make


def source(cells: list[dict], id: str) -> str:
    return next("".join(one["source"]) for one in cells if one["id"] == id)


def test_a_childs_notebook_opens_with_title_and_goal_and_has_no_outputs(made):
    cells = made(Audience.STUDENT)["cells"]
    assert source(cells, "title") == "# count wheels\n\n> **Ziel:** Ich kann etwas zählen."
    assert [one["id"] for one in cells] == ["title", "zaehlen", "zahl", "zahl-check", "tipp"]
    assert not any(one.get("outputs") for one in cells)


def test_hints_are_folded_for_children_and_named_for_teachers(made):
    assert source(made(Audience.STUDENT)["cells"], "tipp").startswith("<details><summary>Tipp</summary>")
    assert source(made(Audience.TEACHER)["cells"], "tipp") == "**Tipp**\n\nZähle an einem echten Rad."


def test_checks_are_folded_and_cannot_be_deleted(made):
    check = next(one for one in made(Audience.STUDENT)["cells"] if one["id"] == "zahl-check")
    assert check["metadata"]["jupyter"] == {"source_hidden": True}
    assert check["metadata"]["deletable"] is False


def test_teachers_see_what_is_theirs_and_whose_it_is(made):
    cells = made(Audience.TEACHER)["cells"]
    assert source(cells, "antwort").startswith("**Lösung**")
    assert source(cells, "lehrkraft").startswith("**Für Sie**")
    assert source(cells, "zahl") == "zahl = 0\nzahl = 3"


def test_the_stamp_is_in_the_metadata(made):
    stamp = made(Audience.STUDENT)["metadata"]["makerwagen"]
    assert (stamp["slug"], stamp["version"], stamp["date"], len(stamp["hash"])) == (
        "count-wheels",
        "1.0.0",
        "2026-11-22",
        8,
    )
