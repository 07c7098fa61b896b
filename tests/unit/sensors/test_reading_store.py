"""The hub's memory: each reading once, in SensorThings' terms, and clear words when the disk refuses."""

import sqlite3
import subprocess
import sys

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.protocol import Reading
from makerwagen.sensors.store import MOST_REJECTED, Arrival, Store


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "readings.sqlite")
    yield opened
    opened.close()


def arrival(number, value=20.0, at=1000.0, **more):
    return Arrival(Reading("pico-07", 1, number, "temperature", value, **more), at)


def test_a_reading_that_comes_twice_is_stored_once(store):
    assert store.add([arrival(1), arrival(2), arrival(1)]) == 2
    assert store.add([arrival(2), arrival(3)]) == 1
    assert store.numbers("pico-07", 1) == {1, 2, 3}


def test_a_node_that_starts_anew_counts_anew(store):
    store.add([arrival(1), Arrival(Reading("pico-07", 2, 1, "temperature", 21.0), 1001.0)])
    assert store.count() == 2


def test_a_datastream_has_unit_place_and_time(store):
    store.place_thing("pico-07", name="Hochbeet", place="Schulhof", at=(51.51412, 7.46533))
    store.add([arrival(1, at=1000.0), arrival(2, at=1010.0, simulated=True)])
    (stream,) = store.datastreams()
    assert (stream.name, stream.place, stream.unit, stream.count) == ("Hochbeet", "Schulhof", "°C", 2)
    assert stream.simulated
    assert [one.phenomenon_time for one in store.observations(stream.id)] == [1000.0, 1010.0]


def test_coordinates_are_rounded_so_that_no_home_is_named(store):
    store.place_thing("pico-07", name="Hochbeet", place="Schulhof", at=(51.514127, 7.465331))
    database = sqlite3.connect(store.path)
    assert database.execute("SELECT lat, lon FROM thing").fetchone() == (51.514, 7.465)


def test_an_impossible_value_is_kept_and_marked(store):
    store.add([arrival(1, value=-127.0), arrival(2, value=20.0)])
    found = store.observations(store.datastreams()[0].id)
    assert [one.possible for one in found] == [False, True]


def test_what_was_stored_is_there_after_opening_again(store):
    store.add([arrival(1)])
    again = Store(store.path)
    assert again.count() == 1
    again.close()


def test_only_the_newest_refusals_are_kept(store):
    for number in range(MOST_REJECTED + 20):
        store.reject(float(number), "makerwagen/x/y", "kein JSON")
    kept = store.rejected()
    assert len(kept) == MOST_REJECTED
    assert kept[0][0] == MOST_REJECTED + 19


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "readings.sqlite"
    path.write_text("Das ist mein Tagebuch, keine Datenbank. " * 50, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(MakerwagenError, match="cannot be opened"):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_of_another_version_is_left_alone(tmp_path):
    path = tmp_path / "readings.sqlite"
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(MakerwagenError, match="another version"):
        Store(path)


FULL = """
import resource, sqlite3, sys
from pathlib import Path
from makerwagen.sensors.protocol import Reading
from makerwagen.sensors.store import Arrival, Store
store = Store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
def add(number):
    return store.add([Arrival(Reading("pico-07", 1, number, "temperature", 20.0), 1000.0 + number)])
stored = 0
try:
    while True:
        stored += add(stored)
except sqlite3.Error as error:
    print(type(error).__name__, stored, store.count())
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
for _ in range(10):
    stored += add(stored)
print(store.count() == stored)
"""


def test_a_disk_that_is_really_full_refuses_and_goes_on_later_with_all_that_was_stored(tmp_path):
    path = tmp_path / "readings.sqlite"
    done = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kind, stored, counted = done.stdout.split()[:3]
    assert kind.endswith("Error") and stored == counted and int(stored) > 10
    assert done.stdout.split()[3] == "True"
    again = Store(path)
    assert again.count() == int(stored) + 10
    again.close()


def test_counts_times_and_flags_of_a_datastream_are_kept_with_its_values(store):
    store.add([arrival(1, at=1000.0), arrival(2, at=900.0), arrival(1, at=2000.0, simulated=True)])
    (stream,) = store.datastreams()
    assert (stream.count, stream.last_time, stream.simulated) == (2, 1000.0, False)


def test_a_sensor_is_described_before_and_after_its_first_value(store):
    store.describe_sensor("pico-07", "temperature", sensor="DHT22")
    store.place_thing("pico-07", name="Hochbeet", place="Hof")
    assert store.datastreams() == []
    store.add([arrival(1)])
    store.describe_sensor("pico-07", "temperature", sensemap="abc")
    (stream,) = store.datastreams()
    assert (stream.sensor, stream.sensemap, stream.name) == ("DHT22", "abc", "Hochbeet")
    assert store.thing("pico-07") == ("Hochbeet", "Hof", None)
    assert store.thing("pico-99") is None
