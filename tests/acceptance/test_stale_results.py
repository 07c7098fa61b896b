"""What is in build/ is what the content says now: nothing stale, nothing half, nothing that the gate refused."""

import fcntl
import shutil
from pathlib import Path

import pytest

from tests.conftest import cell, good_cells, notebook

SECRET = "Ein Dreirad hat drei Räder, das wissen alle."
MEDIUM = "media: [{file: images/x.svg, alt: {de: Ein Bild mit vielen Rädern}, author: Team, license: CC-BY-4.0, source: eigene Zeichnung}]"


@pytest.fixture
def build(makerwagen, small_repository: Path):
    return lambda *arguments: makerwagen("--root", str(small_repository), "build", *arguments)


def published(repository: Path) -> set[str]:
    found = (path.relative_to(repository / "build").as_posix() for path in (repository / "build").rglob("*"))
    return {name for name in found if not name.startswith(".cache")}


def test_nothing_of_a_leaking_lesson_is_published(build, small_repository, write_lesson):
    picture = cell("markdown", "![Ein Bild mit Rädern darauf](images/x.svg)", id="bild")
    folder = write_lesson("leaky-lesson", uuid_end="9", cells=[*good_cells(), picture], more=MEDIUM)
    (folder / "images").mkdir()
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>{SECRET}</text></svg>'
    (folder / "images/x.svg").write_text(drawing, encoding="utf-8")
    for _ in range(2):
        done = build()
        assert done.returncode == 1 and "LEA101 a solution is in the student's file x.svg" in done.stdout
        assert not {name for name in published(small_repository) if "leaky-lesson" in name}
        assert "worksheets/de/count-wheels/student.pdf" in published(small_repository)


def test_a_renamed_lesson_is_published_under_its_new_name_only(build, small_repository):
    assert build().returncode == 0
    (small_repository / "lessons/count-wheels").rename(small_repository / "lessons/count-wheelz")
    assert build().returncode == 0
    names = published(small_repository)
    assert {"site/lessons/count-wheelz.html", "notebooks/de/count-wheelz/student.ipynb"} <= names
    assert not {name for name in names if "count-wheels" in name}


def test_an_edit_that_was_built_alone_and_taken_back_is_gone(build, small_repository):
    assert build().returncode == 0
    lesson = small_repository / "lessons/count-wheels/lesson.de.ipynb"
    sheet = small_repository / "build/worksheets/de/count-wheels/student.pdf"
    before, text = sheet.read_bytes(), lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace("Zähle die Räder.", "Male die Räder."), encoding="utf-8")
    assert build("count-wheels").returncode == 0
    assert sheet.read_bytes() != before
    lesson.write_text(text, encoding="utf-8")
    assert build().returncode == 0
    assert sheet.read_bytes() == before


def test_the_last_lesson_that_becomes_a_draft_takes_its_sheets_with_it(build, small_repository):
    assert build().returncode == 0
    lesson = small_repository / "lessons/count-wheels/lesson.yml"
    lesson.write_text(
        lesson.read_text(encoding="utf-8").replace("status: published", "status: draft"), encoding="utf-8"
    )
    assert build().returncode == 0
    assert not {name for name in published(small_repository) if "count-wheels" in name}


@pytest.mark.parametrize(
    "name", ["worksheets", "site/lessons/count-wheels.html", "notebooks/de/count-wheels/student.ipynb"]
)
def test_what_is_missing_in_build_is_made_again(build, small_repository, name):
    assert build().returncode == 0
    before, lost = published(small_repository), small_repository / "build" / name
    shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
    assert build().returncode == 0
    assert published(small_repository) == before


def test_a_second_build_at_the_same_time_ends_with_a_message(build, small_repository):
    (small_repository / "build/.cache").mkdir(parents=True)
    with (small_repository / "build/.cache/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = build()
    assert done.returncode == 2
    assert done.stderr.startswith("error: another build is at work in ")


def test_a_file_in_place_of_the_build_folder_ends_with_a_message(build, small_repository):
    (small_repository / "build").write_text("")
    done = build()
    assert done.returncode == 2
    assert done.stderr.startswith("error: ") and "Traceback" not in done.stderr


def test_a_language_that_no_lesson_has_is_an_error(build):
    done = build("--lang", "xx")
    assert done.returncode == 2
    assert "no lesson has a notebook in 'xx'; there is: de" in done.stderr


@pytest.mark.parametrize(
    ("text", "why"),
    [("Super gemacht 🎉", "could not be displayed"), ("Ein [Verweis]() hier.", "URL must not be empty")],
    ids=["emoji", "empty-link"],
)
def test_a_cell_that_cannot_be_printed_is_named_and_harms_nobody_else(text, why, build, small_repository, write_lesson):
    folder = write_lesson("broken-lesson", uuid_end="9")
    made = notebook(*good_cells(), cell("markdown", text, id="text"))
    (folder / "lesson.de.ipynb").write_text(made, encoding="utf-8")
    done = build()
    assert done.returncode == 1, done.stderr
    assert "lessons/broken-lesson/lesson.de.ipynb:cell 6: NBK206 the cell cannot be printed: " in done.stdout
    assert why in done.stdout
    assert "site/lessons/count-wheels.html" in published(small_repository)
    assert not {name for name in published(small_repository) if "broken-lesson" in name}
