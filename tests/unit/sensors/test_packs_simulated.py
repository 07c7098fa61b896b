"""Every simulated pack comes from its generator byte by byte, and holds the faults that it lists."""

import json
import os
import shutil
from pathlib import Path
from random import Random

import pytest

from makerwagen.content.pack import Generator
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.reading import folder_of, pack_folders, read_description, read_pack
from makerwagen.sensors.packs.simulated import GENERATORS, simulate, simulated_bytes

ROOT = Path(__file__).parents[3]
SIMULATED = [folder for folder in pack_folders(ROOT) if read_description(folder).simulated]


def records(name):
    return read_pack(folder_of(ROOT, name)).records


@pytest.mark.parametrize("folder", SIMULATED, ids=lambda path: os.fspath(path.relative_to(ROOT)))
def test_the_generator_makes_the_committed_bytes_again(folder):
    pack = read_description(folder)
    assert simulated_bytes(pack) == (folder / pack.file).read_bytes()


@pytest.mark.parametrize("name", GENERATORS)
def test_another_seed_makes_other_figures(name):
    assert GENERATORS[name](Random(1)) != GENERATORS[name](Random(2))


def test_the_trees_hold_the_faults_they_list():
    trees = records("baumkataster")
    assert sum(tree["pflanzjahr"] == 0 for tree in trees) == 8
    assert [tree["standort"] for tree in trees if tree["pflanzjahr"] > 2026] == ["Drachenweg"]
    assert sum(tree["stammumfang"] > 500 for tree in trees) == 1
    assert sum(tree["stammumfang"] == 0 for tree in trees) == 2
    assert sum(tree["art_deutsc"] == "Winterlinde" for tree in trees) == 3
    assert sum(tree["geo_point_2d"] is None for tree in trees) == 1
    assert sum(bool(tree["geo_point_2d"]) and tree["geo_point_2d"]["lat"] < 10 for tree in trees) == 1
    assert len(trees) - len({json.dumps(tree) for tree in trees}) == 1


def test_a_good_part_of_the_trees_is_young_and_thin():
    young = [tree for tree in records("baumkataster") if 2021 <= tree["pflanzjahr"] <= 2025]
    assert len(young) >= 40
    assert max(tree["stammumfang"] for tree in young) < 30


def test_the_construction_sites_hold_the_faults_they_list():
    sites = records("fb66-baustellen-tagesaktuell")
    assert {site["einschrankung"] for site in sites} == {None}
    assert sum(site["von"] > site["bis"] for site in sites) == 1
    assert sum(site["bis"] < "2026-07-14" and site["von"] < site["bis"] for site in sites) == 1
    assert sum(site["geografische_koordinate"] is None for site in sites) == 1
    assert sum(site["stadtbezirk"] is None for site in sites) == 1
    assert {" // " in site["art_der_baumassnahme"] for site in sites} == {True, False}
    assert len(sites) - len({json.dumps(site) for site in sites}) == 1


def test_the_fountains_hold_the_faults_they_list():
    fountains = records("trinkwasserbrunnen")
    points = [fountain["geo_point_2d"] for fountain in fountains]
    assert points.count(None) == 1
    assert sum(bool(point) and point["lat"] < 10 for point in points) == 1
    assert [fountain["in_betrieb"] for fountain in fountains].count(None) == 1
    assert len(fountains) - len({json.dumps(fountain) for fountain in fountains}) == 1


def test_the_hot_week_holds_the_faults_it_lists():
    hours = records("dwd-lufttemperatur")
    lost = [hour["MESS_DATUM"] for hour in hours if hour["TT_TU"] == -999]
    assert (lost[0], lost[-1], len(lost)) == ("2026-07-15T04:00:00+00:00", "2026-07-15T07:00:00+00:00", 4)
    assert not {"2026-07-16T08:00:00+00:00", "2026-07-16T09:00:00+00:00"} & {hour["MESS_DATUM"] for hour in hours}
    stuck = [hour for hour in hours if hour["QN_9"] == 1]
    assert len(stuck) == 5
    assert len({hour["TT_TU"] for hour in stuck}) == 1
    assert 30 < max(hour["TT_TU"] for hour in hours) < 38


def test_the_rain_holds_the_faults_it_lists():
    hours = {hour["MESS_DATUM"][:13]: hour for hour in records("dwd-niederschlag")}
    assert [time for time, hour in hours.items() if hour["R1"] == -999] == ["2026-07-14T06", "2026-07-14T07"]
    assert {hour["WRTR"] for hour in hours.values()} == {-999}
    odd = [time for time, hour in hours.items() if hour["R1"] > 0 and hour["RS_IND"] == 0]
    assert odd == ["2026-07-17T21"]


def test_the_summer_holds_the_faults_it_lists():
    days = records("dwd-sommer")
    assert {day["Zeitstempel"] for day in days if day["Wert"] == -999} == {"2026-06-21", "2026-06-22", "2026-06-23"}
    hottest = max((day for day in days if day["Produkt_Code"].endswith("T2M_X")), key=lambda day: day["Wert"])
    assert hottest["Zeitstempel"] == "2026-07-31"
    assert hottest["Wert"] > 100


def test_the_boxes_hold_the_faults_they_list():
    values = records("opensensemap-schulhof")

    def of(box, phenomenon):
        rows = [
            row for row in values if row["boxName"].startswith(f"Schulhof {box}") and row["phenomenon"] == phenomenon
        ]
        return {int(row["createdAt"][11:13]): row["value"] for row in rows}

    assert of("Sonne", "Temperatur")[3] == -127
    assert of("Sonne", "PM2.5")[16] == 999.9
    assert sorted(set(range(24)) - of("Linde", "Temperatur").keys()) == [9, 10, 11]
    assert {value for hour, value in of("Linde", "rel. Luftfeuchte").items() if hour >= 19} == {99.9}
    assert 7 < of("Sonne", "Temperatur")[12] - of("Linde", "Temperatur")[12] < 10


def test_new_years_eve_holds_the_faults_it_lists():
    rows = records("sensor-community-silvester")
    assert sum(row["P2"] > row["P1"] for row in rows) == 1
    assert [row["timestamp"][:13] for row in rows if row["P1"] == 1999.9] == ["2025-12-31T19"]
    alike = [row["timestamp"] for before, row in zip(rows, rows[1:], strict=False) if before["P1"] == row["P1"]]
    assert len(alike) == 3
    before = [row["P1"] for row in rows if row["timestamp"] < "2025-12-31T22:55"]
    after = [row["P1"] for row in rows if row["timestamp"] > "2025-12-31T23:10"]
    assert sorted(after)[len(after) // 2] > 10 * sorted(before)[len(before) // 2]


def test_no_pack_shows_a_place_to_a_metre_where_a_sensor_would_stand():
    for name in ("opensensemap-schulhof", "sensor-community-silvester"):
        assert {(row["lat"], row["lon"]) for row in records(name)} == {(51.51, 7.46)}


def test_a_changed_file_is_written_anew_and_an_unchanged_one_left_alone(tmp_path):
    folder = shutil.copytree(folder_of(ROOT, "dwd-sommer"), tmp_path / "dwd-sommer")
    pack = read_description(folder)
    description = (folder / "pack.yml").read_text(encoding="utf-8")
    assert simulate(folder, pack) is False
    (folder / pack.file).write_text("kaputt")
    assert simulate(folder, pack) is True
    assert read_pack(folder).records == records("dwd-sommer")
    assert (folder / "pack.yml").read_text(encoding="utf-8") == description
    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "pack.yml", pack.file]


def test_a_new_seed_changes_the_sum_and_nothing_else_of_the_description(tmp_path):
    folder = shutil.copytree(folder_of(ROOT, "dwd-sommer"), tmp_path / "dwd-sommer")
    path = folder / "pack.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("seed: 20260601", "seed: 7"), encoding="utf-8")
    before = path.read_text(encoding="utf-8").splitlines()
    simulate(folder, read_description(folder))
    changed = [
        line for line, old in zip(path.read_text(encoding="utf-8").splitlines(), before, strict=True) if line != old
    ]
    assert [line.partition(":")[0] for line in changed] == ["sha256"]
    assert read_pack(folder).records != records("dwd-sommer")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"simulated": False}, "holds a real snapshot"),
        ({"generator": None}, "names no generator"),
        (
            {"generator": Generator(name="banana", seed=1)},
            "there is no generator 'banana'; there are: construction-sites",
        ),
    ],
)
def test_what_cannot_be_simulated_says_why(change, said):
    pack = read_description(folder_of(ROOT, "dwd-sommer")).model_copy(update=change)
    with pytest.raises(MakerwagenError, match=said):
        simulated_bytes(pack)


@pytest.mark.parametrize("stopped_at", range(1, 6))
def test_a_simulation_that_is_stopped_anywhere_leaves_a_pack_that_fits_its_file(tmp_path, monkeypatch, stopped_at):
    folder = tmp_path / "baumkataster"
    shutil.copytree(folder_of(ROOT, "baumkataster"), folder)
    pack = read_description(folder).model_copy(update={"generator": Generator(name="trees", seed=7)})
    calls, replace, unlink = [], Path.replace, Path.unlink

    def counted(change):
        def counting(*given, **more):
            calls.append(given)
            if len(calls) == stopped_at:
                raise KeyboardInterrupt
            return change(*given, **more)

        return counting

    monkeypatch.setattr(Path, "replace", counted(replace))
    monkeypatch.setattr(Path, "unlink", counted(unlink))
    with pytest.raises(KeyboardInterrupt):
        simulate(folder, pack)
    assert len(read_pack(folder).records) == 180
    monkeypatch.undo()
    simulate(folder, read_description(folder).model_copy(update={"generator": pack.generator}))
    assert read_pack(folder).pack.file == "baumkataster.json"
    assert (folder / "baumkataster.json").read_bytes() == simulated_bytes(pack)


def test_a_simulation_keeps_the_name_of_the_file_and_leaves_nothing_beside_it(tmp_path):
    folder = tmp_path / "baumkataster"
    shutil.copytree(folder_of(ROOT, "baumkataster"), folder)
    before = sorted(path.name for path in folder.iterdir())
    pack = read_description(folder).model_copy(update={"generator": Generator(name="trees", seed=7)})
    old = (folder / pack.file).read_bytes()
    assert simulate(folder, pack)
    assert (folder / pack.file).read_bytes() != old
    assert sorted(path.name for path in folder.iterdir()) == before
    assert len(read_pack(folder).records) == 180
