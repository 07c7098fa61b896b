"""`makerwagen sensors`: what an educator asks on the terminal."""

import csv
import time

import pytest

from makerwagen.cli import main
from makerwagen.sensors.protocol import Reading
from makerwagen.sensors.running import READINGS_FILE
from makerwagen.sensors.store import Arrival, Store


@pytest.fixture
def state(tmp_path):
    store = Store(tmp_path / READINGS_FILE)
    store.add([Arrival(Reading("sim-igel", 1, 1, "temperature", 20.5, simulated=True), time.time() - 5)])
    store.close()
    return tmp_path


def run(state, *words):
    return main(["sensors", "--state", str(state), *words])


def test_a_placed_station_is_listed_with_its_place_and_marked_as_simulated(state, capsys):
    place = ("place", "sim-igel", "--name", "Hochbeet", "--place", "Schulhof", "--at", "51.5141,7.4661")
    assert run(state, *place, "--sensor", "temperature=DHT22", "--sensemap", "temperature=abc") == 0
    assert run(state, "place", "sim-igel", "--place", "Süd") == 0
    assert run(state, "list") == 0
    said = capsys.readouterr().out
    assert "sim-igel  Hochbeet, Süd  temperature 20,5" in said and "(1 values)  simulated" in said


def test_readings_go_to_a_file_in_each_shape(state, capsys):
    assert run(state, "export", str(state / "all.csv"), "--since", "1 h") == 0
    assert "some of it is simulated" in capsys.readouterr().out
    with (state / "all.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["value"], row["simulated"]) == ("20.5", "1")
    assert run(state, "export", str(state / "map.csv"), "--sensemap") == 0
    assert (state / "map.csv").read_text().startswith("simuliert-sim-igel-temperature,20.5,")
    assert run(state, "export", str(state / "map.json")) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("place", "Pico 7"), "is no station's name"),
        (("place", "pico-07", "--at", "Dortmund"), "is no place"),
        (("place", "pico-07", "--at", "100,7"), "nowhere on Earth"),
        (("place", "pico-07", "--sensor", "voice=x"), "is not PROPERTY"),
        (("export", "x.csv", "--station", "pico-99"), "no such readings"),
        (("export", "x.xls"), "neither in .csv nor in .json"),
        (("export", "x.csv", "--since", "gestern"), "So geht es"),
    ],
)
def test_what_cannot_be_is_said(state, capsys, monkeypatch, words, said):
    monkeypatch.chdir(state)
    before = {path.name for path in state.iterdir() if not path.name.startswith(READINGS_FILE)}
    assert run(state, *words) == 2
    assert {path.name for path in state.iterdir() if not path.name.startswith(READINGS_FILE)} == before
    assert said in capsys.readouterr().err
    assert not list(state.glob("x.*"))


def test_without_readings_the_way_to_some_is_told(tmp_path, capsys):
    assert run(tmp_path / "nothing", "list") == 2
    assert "start the wagon" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_said_with_the_name_that_was_typed(state, capsys):
    out = state / "nowhere" / "all.csv"
    assert run(state, "export", str(out)) == 2
    assert f"'{out}' cannot be written" in capsys.readouterr().err


def test_a_placed_station_that_was_never_heard_is_said_for_its_name_may_be_mistyped(state, capsys):
    assert run(state, "place", "sim-igle", "--name", "Hochbeet") == 0
    assert "nothing has come from it yet" in capsys.readouterr().out
    assert run(state, "place", "sim-igel", "--name", "Hochbeet") == 0
    assert "nothing has come" not in capsys.readouterr().out
