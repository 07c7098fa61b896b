"""Readings as files: nothing is missing, everything has its unit and zone, and what is simulated says so."""

import csv
import io
import json
from datetime import datetime

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.export import HEADER, csv_lines, sensemap_csv, sensemap_json, sensemap_rows
from makerwagen.sensors.protocol import Reading
from makerwagen.sensors.store import Arrival, Store
from makerwagen.sensors.words import age, amount, iso, number, read_since, span

T = 1_795_500_000.0


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "readings.sqlite")
    opened.place_thing("pico-07", name="Hochbeet", place='=HYPERLINK("x")', at=(51.514, 7.466))
    opened.describe_sensor("pico-07", "temperature", sensor="BME280", sensemap="5ade8e3a223bd80019a1")
    for i, value in enumerate((20.5, -127.0, 21.0)):
        opened.add([Arrival(Reading("pico-07", 1, i, "temperature", value), T + i)])
    opened.add([Arrival(Reading("sim-igel", 1, 1, "temperature", 19.25, simulated=True), T)])
    yield opened
    opened.close()


def test_the_table_has_a_row_for_each_value_with_unit_time_zone_and_flags(store):
    rows = list(csv.DictReader(io.StringIO("".join(csv_lines(store, store.datastreams())))))
    assert list(rows[0]) == list(HEADER)
    mine = [row for row in rows if row["station"] == "pico-07"]
    assert [(row["value"], row["possible"], row["simulated"]) for row in mine] == [
        ("20.5", "1", "0"),
        ("-127", "0", "0"),
        ("21", "1", "0"),
    ]
    assert {(row["unit"], row["sensor"], row["lat"]) for row in mine} == {("°C", "BME280", "51.514")}
    assert datetime.fromisoformat(mine[0]["time"]).timestamp() == T
    assert [row["simulated"] for row in rows if row["station"] == "sim-igel"] == ["1"]


def test_no_cell_is_a_formula(store):
    rows = list(csv.reader(io.StringIO("".join(csv_lines(store, store.datastreams())))))
    assert not any(cell[:1] in ("=", "@", "+") for row in rows for cell in row if cell)


def test_opensensemap_gets_three_columns_and_never_an_invented_measurement(store):
    rows = list(csv.reader(io.StringIO("".join(sensemap_csv(sensemap_rows(store, store.datastreams()))))))
    assert {len(row) for row in rows} == {3}
    assert [row[1] for row in rows if row[0] == "5ade8e3a223bd80019a1"] == ["20.5", "21"]
    assert [row[0] for row in rows if row[1] == "19.25"] == ["simuliert-sim-igel-temperature"]
    assert all(row[2].endswith("Z") for row in rows)


def test_opensensemap_as_json(store):
    told = json.loads("".join(sensemap_json(sensemap_rows(store, store.datastreams()))))
    assert {"sensor": "5ade8e3a223bd80019a1", "value": "20.5", "createdAt": "2026-11-24T06:00:00.000Z"} in told
    assert json.loads("".join(sensemap_json([]))) == []


def test_everything_comes_out_however_much_there_is_and_however_many_share_a_moment(tmp_path, monkeypatch):
    monkeypatch.setattr("makerwagen.sensors.store.PORTION", 7)
    store = Store(tmp_path / "many.sqlite")
    store.add(Arrival(Reading("n", 1, i, "count", i), T + i // 20) for i in range(100))
    assert sorted(one.result for one in store.every(1)) == list(range(100))
    assert len(list(store.every(1, T + 3))) == 40
    store.close()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1 h", 3600), ("90min", 5400), ("1,5 h", 5400), ("2 Tage", 172800), ("30 s", 30), ("1 Std", 3600)],
)
def test_a_while_ago_is_understood(text, seconds):
    assert read_since(text, T) == T - seconds


def test_a_time_is_understood_with_and_without_a_zone():
    assert read_since(iso(T), T + 9) == T
    assert read_since("2026-11-24T07:00", T) == T


@pytest.mark.parametrize("text", ["gestern", "", "5", "h", "99999-01-01", "5 parsecs"])
def test_what_is_no_time_is_refused_with_an_example(text):
    with pytest.raises(MakerwagenError, match="So geht es"):
        read_since(text, T)


def test_words():
    assert [age(s) for s in (0, 5, 180, 7200, 400000)] == [
        "gerade eben",
        "vor 5 s",
        "vor 3 min",
        "vor 2 h",
        "vor 5 Tagen",
    ]
    assert span(400000) == "5 Tage"
    assert (number(-0.00001), number(-3.5), number(20.0)) == ("0", "−3,5", "20")
    assert amount(3.0, "") == "3"
