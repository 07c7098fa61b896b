"""Every data pack of the repository reads clean, says what it is, and holds the faults it lists."""

import os
from pathlib import Path

import pytest

from makerwagen.checks.data import packs_are_small
from makerwagen.load.repository_loader import load_repository
from makerwagen.sensors.packs.reading import read_pack

ROOT = Path(__file__).parents[2]
PLACES = ("lessons/*/data/*/pack.yml", "curriculum/data/*/pack.yml")
FOLDERS = sorted(path.parent for place in PLACES for path in ROOT.glob(place))
PARKING = ROOT / "lessons" / "free-parking" / "data" / "parkhauser"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: os.fspath(path.relative_to(ROOT)))
def test_a_pack_reads_clean_and_lists_its_faults(folder):
    data = read_pack(folder)
    assert data.pack.id == folder.name
    assert data.pack.faults, "every data set has faults: list those you know"
    assert (folder / "README.md").is_file()


def test_packs_are_as_small_as_rule_dat108_asks():
    assert FOLDERS
    assert [str(problem) for problem in packs_are_small(load_repository(ROOT)[0])] == []


@pytest.fixture(scope="module")
def parking():
    return read_pack(PARKING).records


def test_the_parking_pack_has_twelve_houses_at_fifteen_hours(parking):
    assert len(parking) == 180
    assert len({record["name"] for record in parking}) == 12
    assert len({record["zeitstempel"] for record in parking} - {None}) == 15


def test_the_faults_that_the_lesson_speaks_of_are_in_the_data(parking):
    negative = [(record["name"], record["frei"]) for record in parking if record["frei"] < 0]
    assert negative == [*(("Bienenstock", frei) for frei in (-4, -9, -12, -7)), ("Dachsbau", -437)]
    assert {record["name"] for record in parking if record["capacity"] == 0} == {"Ameisenhügel"}
    assert [record["name"] for record in parking if record["zeitstempel"] is None] == ["Igelwiese"] * 3
    too_many = [record["name"] for record in parking if record["frei"] > record["capacity"]]
    assert too_many == ["Storchennest"]


def test_the_means_on_the_teachers_sheet_follow_from_the_data(parking):
    frei = [record["frei"] for record in parking if record["name"] == "Bienenstock"]
    kept = [value for value in frei if value >= 0]
    assert round(sum(frei) / len(frei), 1) == 110.4
    assert round(sum(kept) / len(frei), 1) == 112.5
    assert round(sum(kept) / len(kept), 1) == 153.5


def test_at_three_no_house_in_town_beats_the_one_at_the_edge(parking):
    at_three = {record["name"]: record["frei"] for record in parking if record["stand"].endswith("15:00:00")}
    assert max(at_three, key=at_three.get) == "Kranich"
    assert at_three["Eulenhorst"] == 309
