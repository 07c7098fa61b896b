import datetime
import json
import time
from pathlib import Path

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.lab.commands import todays_copies
from makerwagen.lab.seat import ANIMALS, Copy, copy_of, folder_name, prepare_seats, seat_of, seats_in, with_ways
from makerwagen.load.repository_loader import load_repository
from tests.conftest import ROOT

TODAY = datetime.date(2026, 11, 22)


def small_copy(text: bytes = b"{}") -> Copy:
    return Copy("count-wheels", "Räder/Räder.ipynb", {"Räder/Räder.ipynb": text, "Räder/images/rad.svg": b"<svg/>"})


def test_there_is_an_animal_for_every_seat_and_none_needs_an_umlaut():
    assert len(set(ANIMALS)) == 30
    assert all(animal.isascii() and animal.isalpha() and animal.islower() for animal in ANIMALS)


@pytest.mark.parametrize("name", ["Mia Schmidt", "../fuchs", "", "Fuchs", "fuchs/.."])
def test_only_an_animal_is_a_seat(tmp_path: Path, name: str):
    with pytest.raises(MakerwagenError, match="choose an animal"):
        seat_of(tmp_path, name)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Dein Schild, dein Name: ein Anhänger", "Dein Schild, dein Name"),
        ("Wo ist noch Platz? Parkhäuser", "Wo ist noch Platz"),
        ("../../etc/passwd", "etc passwd"),
        ('a/b\\c*"<>|', "a b c"),
        ("???", "slug"),
    ],
)
def test_a_title_becomes_a_folder_on_every_file_system(title: str, name: str):
    assert folder_name(title, "slug") == name


def test_a_seat_gets_its_copies(tmp_path: Path):
    (seat,) = prepare_seats(tmp_path, ["fuchs"], [small_copy()])
    assert (seat.folder / "Räder/Räder.ipynb").read_bytes() == b"{}"
    assert (seat.folder / "Räder/images/rad.svg").exists()
    assert [one.animal for one in seats_in(tmp_path)] == ["fuchs"]


def test_what_a_child_changed_is_never_overwritten(tmp_path: Path):
    (seat,) = prepare_seats(tmp_path, ["igel"], [small_copy()])
    notebook = seat.folder / "Räder/Räder.ipynb"
    notebook.write_bytes(b'{"mine": 1}')
    prepare_seats(tmp_path, ["igel"], [small_copy(b'{"newer": 1}')])
    assert notebook.read_bytes() == b'{"mine": 1}'


def test_a_copy_that_nobody_touched_follows_the_lesson(tmp_path: Path):
    (seat,) = prepare_seats(tmp_path, ["igel"], [small_copy()])
    prepare_seats(tmp_path, ["igel"], [small_copy(b'{"newer": 1}')])
    assert (seat.folder / "Räder/Räder.ipynb").read_bytes() == b'{"newer": 1}'


@pytest.mark.parametrize("record", ["", "{", "[]", "null"])
def test_a_broken_record_costs_no_work(tmp_path: Path, record: str):
    (seat,) = prepare_seats(tmp_path, ["igel"], [small_copy()])
    (seat.runtime / "given.json").write_text(record)
    (seat.folder / "Räder/Räder.ipynb").write_bytes(b"mine")
    prepare_seats(tmp_path, ["igel"], [small_copy(b"newer")])
    assert (seat.folder / "Räder/Räder.ipynb").read_bytes() == b"mine"


def test_a_seat_holds_no_solution_and_its_text_cannot_be_broken():
    repository, _ = load_repository(ROOT)
    for lesson in repository.lessons.values():
        copy = copy_of(repository, lesson)
        notebook = json.loads(copy.files[copy.notebook])
        assert "SOLUTION" not in copy.files[copy.notebook].decode()
        assert not [cell for cell in notebook["cells"] if cell["metadata"].get("deletable", True)]
        prose = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
        assert prose and not [cell for cell in prose if cell["metadata"].get("editable", True)]
        tags = {tag for cell in notebook["cells"] for tag in cell["metadata"].get("tags", [])}
        assert not tags & {"solution", "teacher"}


def test_the_wanted_lesson_comes_first_and_an_unknown_one_is_refused():
    assert todays_copies(ROOT, "free-parking", TODAY)[0].slug == "free-parking"
    with pytest.raises(MakerwagenError, match="did you mean 'name-tag'"):
        todays_copies(ROOT, "name-tga", TODAY)


def test_twenty_seats_are_ready_in_five_seconds(tmp_path: Path):
    start = time.perf_counter()
    copies = todays_copies(ROOT, None, TODAY)
    prepare_seats(tmp_path, ANIMALS[:20], copies)
    taken = time.perf_counter() - start
    assert len(seats_in(tmp_path)) == 20
    assert taken < 5, f"{taken:.1f} s"


def test_a_notebook_ends_with_links_to_the_other_lessons_of_the_day():
    notebook = b'{"cells": []}'
    copies = [
        Copy(slug, f"{name}/{name}.ipynb", {f"{name}/{name}.ipynb": notebook})
        for slug, name in (("a", "Räder"), ("b", "Die Dose"))
    ]
    first, second = with_ways(copies)
    (cell,) = json.loads(first.files[first.notebook])["cells"]
    assert cell["source"].endswith("- [Die Dose](<../Die Dose/Die Dose.ipynb>)") and "Räder" not in cell["source"]
    assert cell["metadata"] == {"deletable": False, "editable": False}
    assert with_ways(copies[:1])[0].files == copies[0].files
