from pathlib import Path

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.load.repository_loader import load_repository
from makerwagen.load.schemas import schemas


def test_one_broken_file_does_not_hide_another(tmp_path: Path, write_lesson):
    write_lesson("first-lesson")
    write_lesson("second-lesson", uuid_end="6")
    (tmp_path / "lessons/first-lesson/lesson.yml").write_text("title: [", encoding="utf-8")
    (tmp_path / "lessons/second-lesson/lesson.de.ipynb").write_text("{", encoding="utf-8")
    repository, problems = load_repository(tmp_path)
    assert [str(problem.place) for problem in problems] == [
        "lessons/first-lesson/lesson.yml:2",
        "lessons/second-lesson/lesson.de.ipynb:1",
    ]
    assert set(repository.lessons) == {"second-lesson"}
    assert repository.broken == {"lessons/first-lesson/lesson.yml", "lessons/second-lesson/lesson.de.ipynb"}


def test_wrong_types_and_unknown_fields_are_all_reported_on_their_lines(tmp_path: Path, write_lesson):
    folder = write_lesson(more="formerly: viele\nfarbe: rot")
    text = (folder / "lesson.yml").read_text()
    (folder / "lesson.yml").write_text(text.replace("strand: smart-city", "strand: smart"))
    _, problems = load_repository(tmp_path)
    shown = [str(problem) for problem in problems]
    assert len(shown) == 3
    assert shown[0].startswith("lessons/count-wheels/lesson.yml:4: YML105 'strand': input should be 'cad'")
    assert "lesson.yml:24: YML105 'formerly'" in shown[1] and "(got 'viele')" in shown[1]
    assert "lesson.yml:25: YML105 'farbe' is not a known field; remove it or mend the spelling" in shown[2]


def test_a_file_that_is_not_utf8_is_a_problem(tmp_path: Path, write_lesson):
    folder = write_lesson()
    (folder / "lesson.yml").write_bytes(b"title: \xff\xfe")
    _, problems = load_repository(tmp_path)
    assert [problem.code for problem in problems] == ["YML101"]


def test_two_packs_with_one_id_are_a_problem(tmp_path: Path, write_lesson):
    pack = """id: x\ntitle: {de: x}\nfile: x.json\nsha256: x\nsimulated: true\ndate: 2026-01-01
license: x\nsource: x\nattribution: {de: x}\ncolumns: [{name: a, type: b, title: {de: c}}]\n"""
    for slug, end in (("one", "1"), ("two", "2")):
        folder = write_lesson(slug, uuid_end=end) / "data/parking"
        folder.mkdir(parents=True)
        (folder / "pack.yml").write_text(pack)
    _, problems = load_repository(tmp_path)
    assert [problem.code for problem in problems] == ["DAT101"]


def test_a_folder_without_content_is_an_error(tmp_path: Path):
    with pytest.raises(MakerwagenError, match="holds no curriculum"):
        load_repository(tmp_path)


def test_the_schemas_in_the_repository_are_those_of_the_types(root: Path):
    folder = root / "curriculum/schemas"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert kept == schemas(), "run: make schemas"


def test_links_out_of_the_checkout_are_named_and_never_read(tmp_path: Path, write_lesson):
    folder = write_lesson()
    (folder / "data").mkdir()
    for name, target in (("zero", "/dev/zero"), ("all", "/usr"), ("gone", "nowhere"), ("itself", "itself")):
        (folder / "data" / name).symlink_to(target)
    (folder / "lesson.en.ipynb").symlink_to("/dev/zero")
    (folder / "data/own").symlink_to(folder / "lesson.yml")
    repository, problems = load_repository(tmp_path)
    assert [problem.place.path for problem in problems] == [
        f"lessons/count-wheels/{name}"
        for name in ("data/all", "data/gone", "data/itself", "data/zero", "lesson.en.ipynb")
    ]
    assert {problem.code for problem in problems} == {"YML101"}
    assert "lessons/count-wheels/data/own" in repository.files
    assert not {problem.place.path for problem in problems} & repository.files


def test_a_scenarios_mistakes_are_reported_on_their_lines(tmp_path: Path):
    folder = tmp_path / "microcontroller/exercises/blink"
    folder.mkdir(parents=True)
    text = "seconds: 5\nsteps:\n  - wait: 1\n  - expect-pin: {part: rot, level: 2, hint: lit}\n  - wait: 1\n    expect-text: {}\n"
    (folder / "scenario.yml").write_text(text + "hints:\n  lit: {de: Hallo.}\n", encoding="utf-8")
    repository, problems = load_repository(tmp_path)
    assert repository.scenarios == {}
    assert [problem.place.line for problem in problems if problem.code == "YML105"] == [4, 6]


def test_a_hint_is_one_text_or_a_ladder_of_three(tmp_path: Path):
    folder = tmp_path / "microcontroller/exercises/blink"
    folder.mkdir(parents=True)
    hints = "hints:\n  lit: {de: Hallo.}\n  on: [{de: Eins.}, {de: Zwei.}, {de: Drei.}]\n"
    (folder / "scenario.yml").write_text(f"seconds: 5\nsteps: [{{wait: 1}}]\n{hints}", encoding="utf-8")
    repository, problems = load_repository(tmp_path)
    assert not [problem for problem in problems if problem.code == "YML105"]
    assert [len(ladder) for ladder in repository.scenarios["blink"].hints.values()] == [1, 3]
