"""Which outing is today's."""

import datetime
from pathlib import Path

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.load.outing_loader import load_outing

DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def write(tmp_path: Path):
    def write_outing(name: str, *, date: str | None = "2026-11-23", start: str = "10:00", end: str = "11:30") -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        day = f"date: {date}\n" if date else ""
        path.write_text(f'place: {path.stem}\n{day}start: "{start}"\nend: "{end}"\nlessons: [a]\nseats: 4\n')

    write_outing("curriculum/example-outing.yml", date=None)
    return write_outing


def test_without_a_file_for_today_the_example_is_taken(tmp_path: Path, write):
    write("outings/2026-11-22-school.yml", date="2026-11-22")
    assert load_outing(tmp_path, DAY).place == "example-outing"


def test_todays_file_is_taken(tmp_path: Path, write):
    write("outings/2026-11-23-school.yml")
    assert load_outing(tmp_path, DAY).place == "2026-11-23-school"


def test_of_two_on_one_day_the_earlier_comes_first(tmp_path: Path, write):
    write("outings/2026-11-23-a.yml", start="14:00", end="15:30")
    write("outings/2026-11-23-b.yml")
    assert load_outing(tmp_path, DAY).place == "2026-11-23-b"


def test_an_outing_past_midnight_is_still_on(tmp_path: Path, write):
    write("outings/2026-11-22-night.yml", date="2026-11-22", start="22:00", end="00:30")
    assert load_outing(tmp_path, DAY).place == "2026-11-22-night"
    assert load_outing(tmp_path, DAY + datetime.timedelta(days=1)).place == "example-outing"


def test_a_file_whose_name_and_date_disagree_is_an_error(tmp_path: Path, write):
    write("outings/2026-11-23-school.yml", date="2026-11-24")
    with pytest.raises(MakerwagenError, match="name says 2026-11-23, its date says 2026-11-24"):
        load_outing(tmp_path, DAY)


def test_a_broken_file_is_an_error_and_not_skipped(tmp_path: Path, write):
    write("outings/2026-11-23-school.yml", start="quarter past")
    with pytest.raises(MakerwagenError, match=r"outings/2026-11-23-school.yml:3: YML105 'start'"):
        load_outing(tmp_path, DAY)


def test_without_any_outing_the_error_says_so(tmp_path: Path):
    with pytest.raises(MakerwagenError, match=r"curriculum/example-outing.yml' is missing"):
        load_outing(tmp_path, DAY)
