"""From a station to a table: three simulated nodes and a MicroPython program, over a real mosquitto, to plot and CSV."""

import csv
import io
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from makerwagen.learn.seeing.plot import plot
from makerwagen.learn.stations import observations
from tests.wagon.wagons import Wagon, needs_mosquitto, password_in, soon

pytestmark = needs_mosquitto
NODES = ("sim-node-1", "sim-node-2", "sim-node-3")
LIBRARY = Path(__file__).parents[2] / "microcontroller/lib"
PORT = "import sys; sys.argv[0] = 'micropython'; from micropython_unix import main; sys.exit(main())"
# What a child's program on a board looks like; host and password stand in settings.py there.
PROGRAM = """
import settings
from station import from_settings

station = from_settings(settings)
moisture = 80.0
while True:
    moisture -= 0.5
    station.send("soil-moisture", moisture, "%")
    station.send("temperature", 19.5, "°C")
    station.wait(0.2)
"""
SETTINGS = (
    'STATION, WIFI, WIFI_PASSWORD, HOST, PORT, USER, PASSWORD = "hochbeet", "", "", "127.0.0.1", {}, "node", "{}"\n'
)


@pytest.fixture
def wagon(tmp_path):
    tmp_path.chmod(0o755)
    made = Wagon(tmp_path / "wagon")
    made.start()
    yield made
    made.process.kill()
    made.process.wait()


@pytest.fixture
def stations(wagon, tmp_path):
    password = password_in(wagon.log)
    running = []
    for name in NODES:
        command = [sys.executable, "-m", "makerwagen.sensors.sender", str(tmp_path), name, "127.0.0.1"]
        node = subprocess.Popen(
            [*command, str(wagon.sensors_port)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        node.stdin.write(f"{password}\n")
        node.stdin.close()
        running.append(node)
    (tmp_path / "settings.py").write_text(SETTINGS.format(wagon.sensors_port, password), encoding="utf-8")
    (tmp_path / "main.py").write_text(PROGRAM, encoding="utf-8")
    environment = {**os.environ, "MICROPYPATH": f"{tmp_path}:.frozen:{LIBRARY}"}
    board = subprocess.Popen([sys.executable, "-c", PORT, "main.py"], cwd=tmp_path, env=environment)
    yield [*running, board]
    for process in (*running, board):
        process.kill()
        process.wait()


def rows_of(wagon, path="/messwerte/messwerte.csv"):
    with urllib.request.urlopen(f"http://127.0.0.1:{wagon.port}{path}", timeout=10) as answer:
        return list(csv.DictReader(io.StringIO(answer.read().decode())))


def test_what_four_stations_measure_comes_to_page_notebook_plot_and_file(wagon, stations, monkeypatch):
    def all_there():
        found = rows_of(wagon)
        return all(sum(row["station"] == name for row in found) > 20 for name in (*NODES, "hochbeet"))

    assert soon(all_there, 40)
    monkeypatch.setenv("MAKERWAGEN_WAGON", f"http://127.0.0.1:{wagon.port}")
    table = observations("hochbeet", "soil-moisture", since="10 min")
    values = list(table["soil-moisture"])
    assert values == [80.0 - 0.5 * (i + 1) for i in range(len(values))]  # each once, in order, none missing
    assert not table["simulated"].any()
    assert table.attrs["label"].startswith("Eigene Messung: Bodenfeuchte, Station hochbeet")
    assert table["time"].is_monotonic_increasing
    played = observations("sim-node-1")
    assert played["simulated"].all()
    axes = plot(played, "time", "temperature")
    assert "Simulierte Daten" in axes.get_figure().get_supxlabel()
    page = wagon.get("/messwerte/")
    assert all(name in page for name in (*NODES, "hochbeet"))
    assert page.count('class="mw-sim"') >= 3
    for process in stations:
        process.kill()
    time.sleep(0.5)
    found = rows_of(wagon, "/messwerte/messwerte.csv?station=hochbeet&property=soil-moisture")
    assert [float(row["value"]) for row in found][: len(values)] == values
    assert {row["simulated"] for row in rows_of(wagon) if row["station"] in NODES} == {"1"}
    assert {row["simulated"] for row in found} == {"0"}
    assert {row["unit"] for row in found} == {"%"}
