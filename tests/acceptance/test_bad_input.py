"""Bad input from end to end: a clear message, the other lessons built, and nothing lost that was there before."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.conftest import cell, good_cells, notebook

TIMEOUT = ("--timeout", "4")


@pytest.fixture
def build(makerwagen, small_repository: Path):
    """Return a function that builds the small repository."""
    return lambda *arguments: makerwagen("--root", str(small_repository), "build", *TIMEOUT, *arguments)


def fingerprint(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def results(repository: Path) -> dict[str, str]:
    found = fingerprint(repository / "build")
    return {name: digest for name, digest in found.items() if not name.startswith((".cache/", "pages/"))}


def broken_yaml(folder: Path) -> None:
    (folder / "lesson.yml").write_text("title: {de: Ohne Ende\n", encoding="utf-8")


def wrong_type(folder: Path) -> None:
    text = (folder / "lesson.yml").read_text(encoding="utf-8")
    (folder / "lesson.yml").write_text(text.replace("splits: [20]", "splits: lang"), encoding="utf-8")


def same_uuid(folder: Path) -> None:
    text = (folder / "lesson.yml").read_text(encoding="utf-8")
    (folder / "lesson.yml").write_text(text.replace("9" * 12, "5" * 12), encoding="utf-8")


def exploding_aliases(folder: Path) -> None:
    lines = ["a: &a [x, x]"] + [
        f"{new}: &{new} [{', '.join(['*' + old] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    (folder / "lesson.yml").write_text("\n".join(lines), encoding="utf-8")


def not_a_notebook(folder: Path) -> None:
    (folder / "lesson.de.ipynb").write_text("{kaputt", encoding="utf-8")


def write(folder: Path, *cells: dict) -> None:
    (folder / "lesson.de.ipynb").write_text(notebook(*good_cells(), *cells), encoding="utf-8")


def missing_picture(folder: Path) -> None:
    write(folder, cell("markdown", "![Ein Rad](images/weg.svg)", id="bild"))


def path_outside(folder: Path) -> None:
    (folder.parent.parent / "geheim.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    write(folder, cell("markdown", "![Ein geheimes Bild](../../geheim.svg)", id="bild"))


def unknown_tag(folder: Path) -> None:
    write(folder, cell("markdown", "Text", id="text", tags=("loesung",)))


def raising_cell(folder: Path) -> None:
    write(folder, cell("code", "x = 1\nx / 0", id="teilen"))


def endless_loop(folder: Path) -> None:
    write(folder, cell("code", "while True:\n    pass", id="ewig"))


def gigabyte(folder: Path) -> None:
    write(folder, cell("code", "viel = bytearray(1_000_000_000)", id="viel"))


def script(folder: Path) -> None:
    write(folder, cell("markdown", "Hallo <script>alert(1)</script>", id="skript"))


def lazy_check(folder: Path) -> None:
    always = (
        'from makerwagen.learn import check\n\n@check("immer", hints=["a", "b", "c"])\ndef _():\n    return True, "Ja."'
    )
    write(folder, cell("code", always, id="immer", tags=("check", "hide-input")))


def impossible_check(folder: Path) -> None:
    never = 'from makerwagen.learn import check\n\n@check("nie", hints=["a", "b", "c"])\ndef _():\n    return False, "Nein."'
    write(folder, cell("code", never, id="nie", tags=("check", "hide-input")))


CASES = [
    (broken_yaml, "lessons/broken-lesson/lesson.yml:2: YML101 not valid YAML"),
    (wrong_type, "lessons/broken-lesson/lesson.yml:12: YML105 'splits': input should be a valid tuple (got 'lang')"),
    (same_uuid, "lessons/count-wheels/lesson.yml:1: LES102"),
    (exploding_aliases, "lessons/broken-lesson/lesson.yml:1: YML103 anchor or alias 'a' is not allowed"),
    (not_a_notebook, "lessons/broken-lesson/lesson.de.ipynb:1: NBK101 not a notebook"),
    (missing_picture, "lessons/broken-lesson/lesson.de.ipynb:cell 6:1: "),
    (path_outside, "lessons/broken-lesson/lesson.de.ipynb:cell 6:1: NBK109"),
    (unknown_tag, "lessons/broken-lesson/lesson.de.ipynb:cell 6: NBK104"),
    (
        raising_cell,
        "lessons/broken-lesson/lesson.de.ipynb:cell 6:2: NBK201 in the student's version: ZeroDivisionError",
    ),
    (
        endless_loop,
        "lessons/broken-lesson/lesson.de.ipynb:cell 6: NBK202 in the student's version: the cell ran longer than 4 s",
    ),
    (gigabyte, "lessons/broken-lesson/lesson.de.ipynb:cell 6:1: NBK203"),
    (script, "lessons/broken-lesson/lesson.de.ipynb:cell 6:1: NBK110"),
    (lazy_check, "lessons/broken-lesson/lesson.de.ipynb:cell 6: NBK204 the check passes though nothing was done yet"),
    (
        impossible_check,
        "lessons/broken-lesson/lesson.de.ipynb:cell 6: NBK205 the check does not pass in the teacher's version: Nein.",
    ),
]


@pytest.mark.parametrize(("spoil", "says"), CASES, ids=[case[0].__name__ for case in CASES])
def test_bad_input_is_named_and_harms_nobody_else(spoil, says, build, small_repository, write_lesson):
    folder = write_lesson("broken-lesson", uuid_end="9")
    spoil(folder)
    done = build()
    assert done.returncode == 1, done.stdout + done.stderr
    assert says in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    if spoil is not same_uuid:
        assert (small_repository / "build/worksheets/de/count-wheels/student.pdf").exists()
        assert (small_repository / "build/site/lessons/count-wheels.html").exists()
        assert not (small_repository / "build/worksheets/de/broken-lesson").exists()
    pages = (small_repository / "build/site").rglob("*.html")
    assert not any("alert(1)" in page.read_text(encoding="utf-8") for page in pages)
    assert not list((small_repository / "build").rglob("geheim.svg"))


def test_a_lesson_that_breaks_keeps_what_was_built_of_it(build, small_repository, write_lesson):
    folder = write_lesson("broken-lesson", uuid_end="9")
    assert build().returncode == 0
    earlier = results(small_repository)
    own = {name for name in earlier if "broken-lesson" in name and not name.startswith("site/l/")}
    raising_cell(folder)
    assert build().returncode == 1
    later = results(small_repository)
    assert {name: earlier[name] for name in own} == {name: later.get(name) for name in own}


def test_a_build_that_cannot_finish_leaves_everything_as_it_was(build, small_repository):
    assert build().returncode == 0
    earlier = results(small_repository)
    page = small_repository / "site/pages/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[nirgendwo](gibt-es-nicht.md)\n", encoding="utf-8")
    done = build()
    assert done.returncode == 2
    assert done.stderr.startswith("error: ") and "gibt-es-nicht.md" in done.stderr
    assert results(small_repository) == earlier


def test_a_second_build_is_the_same_byte_for_byte(build, small_repository):
    assert build().returncode == 0
    first = results(small_repository)
    for name in (".cache/inputs", "catalogue.json"):
        (small_repository / "build" / name).unlink()
    for entry in (small_repository / "build/.cache/sheets").iterdir():
        entry.unlink()
    assert build().returncode == 0
    assert results(small_repository) == first


def test_nothing_is_done_when_nothing_changed(build, small_repository):
    assert build().returncode == 0
    done = build()
    assert done.returncode == 0
    assert done.stdout.startswith("nothing changed since the last build")


def test_the_manifest_lists_every_file_with_its_hash(build, small_repository):
    assert build().returncode == 0
    manifest = json.loads((small_repository / "build/manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    found = results(small_repository)
    del found["manifest.json"]
    assert listed == found


def test_one_lesson_alone_gives_its_sheets_and_notebooks(build, small_repository, write_lesson):
    write_lesson("broken-lesson", uuid_end="9", cells=[cell("code", "1 / 0", id="a")])
    done = build("count-wheels")
    assert done.returncode in (0, 1)
    assert sorted(path.name for path in (small_repository / "build/worksheets/de/count-wheels").iterdir()) == [
        "student.pdf",
        "teacher.pdf",
    ]
    assert not (small_repository / "build/site").exists()
