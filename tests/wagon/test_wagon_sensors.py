"""`makerwagen wagon` with its real mosquitto: starts, says what is missing, goes on without, and leaves no orphan."""

import json
import signal
import socket
import subprocess
import sys

import pytest

from makerwagen.sensors.outbox import Outbox
from makerwagen.sensors.sender import Sender
from tests.wagon.wagons import Wagon, answers, needs_mosquitto, password_in, soon


@pytest.fixture
def wagon(tmp_path):
    tmp_path.chmod(0o755)
    made = Wagon(tmp_path)
    yield made
    if made.process and made.process.poll() is None:
        made.process.kill()
        made.process.wait()


@needs_mosquitto
def test_the_educator_reads_the_settings_and_children_do_not(wagon):
    wagon.start()
    assert f'host="127.0.0.1", port={wagon.sensors_port}, user="node"' in wagon.log
    password = password_in(wagon.log)
    assert len(password) >= 8
    pages = [wagon.get(path) for path in ("/messwerte/", "/api/stations", "/messwerte/teil")]
    assert not any(password in page for page in pages)


@needs_mosquitto
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_the_wagon_ends_no_broker_stays_and_the_next_start_has_all_readings(wagon, how, tmp_path):
    wagon.start()
    password = password_in(wagon.log)
    outbox = Outbox(tmp_path / "sim-a.outbox", "sim-a")
    sender = Sender(outbox, "127.0.0.1", wagon.sensors_port, password)
    sender.add("temperature", 20.5, simulated=True)
    assert soon(lambda: sender.send() or not outbox.waiting())
    code = wagon.end(how)
    assert code == (0 if how != signal.SIGKILL else -signal.SIGKILL)
    assert soon(lambda: not answers(wagon.sensors_port), 5)
    sender.add("temperature", 21.5, simulated=True)  # while nobody is there
    wagon.start()
    assert password_in(wagon.log) == password
    assert soon(lambda: sender.send() or not outbox.waiting())
    told = json.loads(wagon.get("/api/observations?station=sim-a"))
    assert [row[1] for row in told["observations"]] == [20.5, 21.5]
    sender.stop()


@needs_mosquitto
def test_a_taken_port_is_said_and_the_site_goes_on(wagon):
    with socket.create_server(("127.0.0.1", wagon.sensors_port)):
        wagon.start()
        assert "choose another --sensors-port" in wagon.log
        assert wagon.get("/") == "Hallo"
        assert "Hol eine erwachsene Person" in wagon.get("/messwerte/")


def test_a_missing_mosquitto_is_said_and_the_site_goes_on(wagon):
    hide = "import shutil,sys; shutil.which=lambda *a, **k: None; from makerwagen.cli import main; sys.exit(main())"
    places = ["--port", str(wagon.port), "--state", str(wagon.folder / "state")]
    with (wagon.folder / "log").open("w") as log:
        wagon.process = subprocess.Popen(
            [sys.executable, "-c", hide, "--root", str(wagon.folder), "wagon", *places],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    assert soon(lambda: answers(wagon.port))
    assert "apt-get install mosquitto" in wagon.log
    assert wagon.get("/") == "Hallo"


def test_no_sensors_means_none(wagon):
    wagon.start("--no-sensors")
    assert not answers(wagon.sensors_port)
    assert "heute ausgeschaltet" in wagon.get("/messwerte/")


@needs_mosquitto
def test_a_wrong_password_is_told_on_the_page(wagon, tmp_path):
    wagon.start()
    sender = Sender(Outbox(tmp_path / "sim-a.outbox", "sim-a"), "127.0.0.1", wagon.sensors_port, "falsch")
    assert soon(lambda: "Benutzer oder Passwort in ihrem Programm sind falsch" in wagon.get("/messwerte/teil"))
    sender.stop()
