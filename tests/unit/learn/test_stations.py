"""A notebook asks the wagon for a station's values: a table with its source, or a sentence that helps."""

import subprocess
import sys
import threading
import time
from xml.etree import ElementTree

import pytest

from makerwagen.learn import stations_live as live_module
from makerwagen.learn.seeing.errors import SeeingError
from makerwagen.learn.seeing.plot import plot
from makerwagen.learn.stations import observations
from makerwagen.learn.stations_live import LivePlot, live
from tests.unit.learn.wagons import Wagon


@pytest.fixture
def wagon(tmp_path, monkeypatch):
    made = Wagon(tmp_path)
    made.up()
    monkeypatch.setenv("MAKERWAGEN_WAGON", made.address + "/")
    yield made
    made.close()


def test_a_table_has_times_values_and_a_label(wagon):
    wagon.sensors.store.place_thing("pico-07", name="Hochbeet", place="Schulhof")
    wagon.fill()
    table = observations("pico-07", "temperature")
    assert list(table.columns) == ["time", "temperature", "possible", "simulated"]
    assert list(table["temperature"]) == [20.5, 21.0, 21.5]
    assert (table["time"].diff().dropna().dt.total_seconds() - 10).abs().max() < 0.01
    assert table.attrs["label"].startswith(
        "Eigene Messung: Temperatur, Station Hochbeet (pico-07), Schulhof, abgerufen"
    )
    assert table.attrs["units"]["temperature"] == "°C"


def test_the_property_may_be_named_in_german_or_left_out_where_there_is_one(wagon):
    wagon.fill()
    assert len(observations("pico-07")) == len(observations("pico-07", "Temperatur")) == 3


def test_simulated_values_say_so_in_table_and_plot(wagon):
    wagon.fill("sim-igel", simulated=True)
    table = observations("sim-igel", "temperature")
    assert table["simulated"].all()
    assert table.attrs["label"].startswith("Simulierte Daten – ") and "keine Messung" in table.attrs["label"]
    axes = plot(table, "time", "temperature")
    assert "Simulierte Daten" in axes.get_figure().get_supxlabel()
    wagon.fill("sim-igel", simulated=False, ago=60)
    assert observations("sim-igel").attrs["label"].startswith("Zum Teil simulierte Daten")


def test_only_what_is_younger_than_asked_is_there(wagon):
    wagon.fill()
    wagon.fill(ago=7200)
    assert len(observations("pico-07", since="1 h")) == 3
    assert len(observations("pico-07", since="3 h")) == 6


def test_what_the_hub_noticed_is_printed(wagon, capsys):
    wagon.fill(values=(20.0, -127.0, 20.5))
    table = observations("pico-07")
    assert list(table["possible"]) == [True, False, True]
    assert "Das fällt auf: Ein Wert kann nicht stimmen" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("station", "what", "since", "words"),
    [
        ("pico-7", "", "1 h", "Die Station „pico-7“ gibt es nicht. Meinst du „pico-07“?"),
        ("pico-07", "temperatur3", "1 h", "Meinst du „temperature“?"),
        ("pico-07", "", "1 h", 'observations("pico-07", "humidity") oder observations("pico-07", "temperature")'),
        ("pico-07", "temperature", "gestern", "So geht es: 90 min"),
        ("pico-12", "", "1 h", 'Der letzte Wert ist vor 3 h gekommen. Für ihn: since="4 h"'),
    ],
)
def test_what_cannot_be_answered_is_explained(wagon, station, what, since, words):
    wagon.fill()
    wagon.fill(observed="humidity")
    wagon.fill("pico-12", ago=3 * 3600)
    with pytest.raises(SeeingError) as caught:
        observations(station, what, since)
    assert words in str(caught.value)


def test_no_station_yet_no_wagon_and_no_address_are_three_sentences(wagon, monkeypatch, tmp_path):
    with pytest.raises(SeeingError, match="noch kein Messwert angekommen"):
        observations("pico-07")
    wagon.down()
    with pytest.raises(SeeingError, match="Der Wagen antwortet nicht"):
        observations("pico-07")
    monkeypatch.delenv("MAKERWAGEN_WAGON")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SeeingError, match="kennt die Adresse"):
        observations("pico-07")


def test_the_address_of_the_desk_is_the_wagons(wagon, monkeypatch, tmp_path):
    monkeypatch.delenv("MAKERWAGEN_WAGON")
    (tmp_path / ".makerwagen").mkdir()
    (tmp_path / ".makerwagen/desk.json").write_text(f'{{"address": "{wagon.address}"}}')
    monkeypatch.chdir(tmp_path)
    wagon.fill()
    assert len(observations("pico-07")) == 3


class Loop:
    """The kernel's loop: what is added runs."""

    def add_callback(self, call, *words):
        call(*words)


def test_a_live_picture_goes_on_bears_its_label_and_keeps_the_last_one_when_the_wagon_is_away(wagon, monkeypatch):
    monkeypatch.setattr(live_module, "EVERY_S", 0.02)
    monkeypatch.setattr(live_module, "kernel_loop", Loop)
    wagon.fill("sim-igel", simulated=True)
    shown = LivePlot("sim-igel", "", 10)
    first = shown.svg
    ElementTree.fromstring(first)
    assert ">simuliert</text>" in first and "Simulierte Daten" in shown.words and "21,5" in shown.words
    shown.start()
    wagon.fill("sim-igel", simulated=True, values=(25.0,), ago=0.001)
    assert _soon(lambda: "25\N{NO-BREAK SPACE}°C" in shown.words)
    assert shown.svg != first
    wagon.down()
    assert _soon(lambda: "Der Wagen antwortet nicht" in shown.words)
    assert shown.svg.startswith("<svg")
    wagon.up()
    assert _soon(lambda: "Simulierte Daten" in shown.words)
    shown.stop()
    assert _soon(lambda: not [one for one in threading.enumerate() if one.name == "live"])
    shown.close()


def test_without_a_kernel_or_a_wagon_live_shows_what_it_can(wagon, monkeypatch):
    shown = []
    monkeypatch.setattr(live_module, "display", lambda data, raw: shown.append(data))
    wagon.fill()
    live("pico-07")
    wagon.down()
    live("pico-07")
    assert shown[0]["image/svg+xml"].startswith("<svg") and "Eigene Messung" in shown[0]["text/plain"]
    assert "image/svg+xml" not in shown[1] and "Der Wagen antwortet nicht" in shown[1]["text/plain"]


def _soon(question, seconds=15.0):
    deadline = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return answer


def test_the_names_a_child_imports_are_functions_however_often_they_are_imported():
    """A module called as its function would take the function's place in the package."""
    code = "import makerwagen.learn as l\nfor i in range(2):\n    print(callable(l.live), callable(l.observations))\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n" * 2
