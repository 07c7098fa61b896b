"""A station's program on MicroPython's unix port, its real sockets and files, over a real mosquitto: what a kill costs."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from makerwagen.sensors.broker import Broker
from makerwagen.sensors.hub import Hub
from makerwagen.sensors.store import Store
from tests.faults.hub_kills import free_port

pytestmark = pytest.mark.skipif(
    shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin") is None, reason="mosquitto is not installed"
)
LIBRARY = Path(__file__).parents[2] / "microcontroller/lib"
PORT = "import sys; sys.argv[0] = 'micropython'; from micropython_unix import main; sys.exit(main())"
NODE = """
import time
import station
from station import Station
{before}
station = Station("mp-1", "127.0.0.1", "node", "{password}", port={port}, most={most})
for i in range({times}):
    value = {value}
    told = station.send("{observed}", value, "{unit}")
    print("kept", station.boot, i, told)
    time.sleep_ms({pause_ms})
for _ in range({after} * 5):
    if station.waiting:
        station.wait(0.2)
print("end", station.waiting, station.dropped, station.refused)
"""
USUAL = {
    "times": 20,
    "pause_ms": 20,
    "observed": "count",
    "unit": "",
    "value": "i",
    "after": 3,
    "most": 300,
    "before": "",
}


def soon(question, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


class Scene:
    """A broker and a hub that can come and go, and a folder in which stations' programs run."""

    def __init__(self, folder):
        self.folder = folder
        self.broker = Broker(folder / "broker", port=free_port())
        self.store = Store(folder / "readings.sqlite")
        self.hub = None

    def open(self):
        self.broker.start()
        self.hub = Hub(self.store, self.broker.access)
        self.hub.start()

    def close(self):
        if self.hub:
            self.hub.stop()
        self.broker.stop()

    def run(self, **changes):
        told = {**USUAL, "password": self.broker.access.node_password, "port": self.broker.access.port, **changes}
        (self.folder / "main.py").write_text(NODE.format(**told), encoding="utf-8")
        return subprocess.Popen(
            [sys.executable, "-c", PORT, "main.py"],
            cwd=self.folder,
            env={**os.environ, "MICROPYPATH": f".frozen:{LIBRARY}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def said(self, **changes):
        process = self.run(**changes)
        try:
            return process.communicate(timeout=60)[0].splitlines()
        finally:
            process.kill()


@pytest.fixture
def scene(tmp_path):
    tmp_path.chmod(0o755)
    made = Scene(tmp_path)
    yield made
    made.close()


def numbers(scene, lines):
    """Return the (boot, number) of what the program was told is kept, and what the hub has of these boots."""
    kept = {(int(line.split()[1]), int(line.split()[2])) for line in lines if line.startswith("kept")}
    return kept, {(boot, number) for boot, _ in kept for number in scene.store.numbers("mp-1", boot)}


def test_readings_arrive_at_once_and_nothing_is_written_to_flash(scene):
    scene.open()
    lines = scene.said()
    assert lines[-1] == "end 0 0 0"
    kept, stored = numbers(scene, lines)
    assert len(kept) == 20 and kept == stored
    assert sum(line.endswith("True") for line in lines) >= 18
    assert not (scene.folder / "outbox.txt").exists() or (scene.folder / "outbox.txt").read_text() == ""


def test_what_was_measured_without_a_hub_is_sent_by_the_next_start_with_a_known_age(scene):
    lines = scene.said(after=0)
    assert lines[-1] == "end 20 0 0"
    assert any("nicht zu erreichen" in line for line in lines)
    time.sleep(2)
    scene.open()
    assert scene.said(times=0, after=3)[-1] == "end 0 0 0"
    kept, stored = numbers(scene, lines)
    assert kept == stored
    ages = [time.time() - one.phenomenon_time for one in scene.store.every(1)]
    # This machine's clock is set, so the ages are differences of its clock: at least the pause, and no guess.
    assert min(ages) >= 2
    assert {one.clock for one in scene.store.every(1)} == {"none"}


def test_a_hub_that_goes_and_comes_again_costs_nothing(scene):
    scene.open()
    process = scene.run(times=60, pause_ms=100, after=12)
    assert soon(lambda: scene.store.count() > 10)
    os.kill(scene.broker.pid, signal.SIGKILL)
    lines = process.communicate(timeout=60)[0].splitlines()
    assert lines[-1] == "end 0 0 0", lines[-3:]
    kept, stored = numbers(scene, lines)
    assert len(kept) == 60 and kept == stored


def test_a_wrong_password_is_said_and_the_readings_are_kept(scene):
    scene.open()
    lines = scene.said(password="falsch", times=3, after=0)
    assert "Station: Der Hub lässt mich nicht herein: Benutzer oder Passwort sind falsch." in lines
    assert lines[-1] == "end 3 0 0"


def test_what_the_hub_refuses_is_told_and_not_sent_for_ever(scene):
    scene.open()
    lines = scene.said(times=1, observed="voice", unit="", before='station.UNITS["voice"] = ""')
    assert any("Der Hub nimmt einen Messwert nicht an" in line and "„voice“" in line for line in lines), lines
    assert lines[-1] == "end 0 0 1"
    assert scene.store.count() == 0 and len(scene.store.rejected()) == 1


def test_whenever_the_node_is_killed_what_it_had_kept_arrives(scene):
    chance = random.Random(20261124)
    scene.open()
    all_lines = []
    for trial in range(6):
        process = scene.run(times=10_000, pause_ms=5, after=0, most=100_000)
        if trial % 2:  # without a hub, so that there is something to keep
            os.kill(scene.broker.pid, signal.SIGKILL)
        time.sleep(chance.uniform(0.5, 1.5))
        process.kill()
        all_lines += [line for line in process.communicate()[0].splitlines() if len(line.split()) == 4]
    assert scene.said(times=0, after=15, most=100_000)[-1].startswith("end 0 ")
    kept, stored = numbers(scene, all_lines)
    print(f"kept {len(kept)}, lost {len(kept - stored)}")
    assert len(kept) > 50
    assert kept <= stored


def test_the_outbox_of_a_killed_node_can_be_read_whatever_was_cut_off(scene):
    lines = scene.said(after=0, times=5)
    path = scene.folder / "outbox.txt"
    whole = path.read_bytes()
    scene.open()
    path.write_bytes(whole[:-7])
    assert scene.said(times=0, after=3)[-1] == "end 0 0 0"
    kept, stored = numbers(scene, lines)
    assert len(stored) == len(kept) - 1
    with contextlib.suppress(FileNotFoundError):
        assert path.read_bytes() == b""
