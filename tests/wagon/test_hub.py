"""The sensor hub over a real mosquitto: who gets in, what is stored, what a kill -9 costs, and what a full disk does."""

import json
import shutil
import socket
import sqlite3
import time

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.broker import HUB, NODE, Access, Broker
from makerwagen.sensors.hub import Hub
from makerwagen.sensors.outbox import Outbox
from makerwagen.sensors.protocol import Reading, answer_topic, payload_of, topic_of
from makerwagen.sensors.sender import Sender
from makerwagen.sensors.store import Store
from tests.faults.hub_kills import free_port, run

pytestmark = pytest.mark.skipif(
    shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin") is None, reason="mosquitto is not installed"
)


def soon(question, seconds=15.0):
    deadline = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return answer


@pytest.fixture
def broker(tmp_path):
    tmp_path.chmod(0o755)
    started = Broker(tmp_path / "broker", port=free_port())
    started.start()
    yield started
    started.stop()


@pytest.fixture
def hub(broker, tmp_path):
    made = Hub(Store(tmp_path / "readings.sqlite"), broker.access)
    made.start()
    yield made
    made.stop()
    made.store.close()


def login(access, user, password, client_id="stranger"):
    """Return a client and the broker's answer to its login."""
    answers = []
    client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=client_id)
    if user:
        client.username_pw_set(user, password)
    client.on_connect = lambda _client, _data, _flags, reason, _properties: answers.append(reason)
    client.connect(access.host, access.port)
    client.loop_start()
    assert soon(lambda: answers)
    return client, answers[0]


@pytest.mark.parametrize(("user", "password"), [("", ""), (NODE, "guessed"), (HUB, ""), ("root", "x")])
def test_nobody_gets_in_without_the_right_password(broker, user, password):
    client, answer = login(broker.access, user, password)
    assert answer.is_failure
    client.loop_stop()


def test_the_broker_listens_on_this_machine_only(broker):
    config = (broker.folder / "mosquitto.conf").read_text(encoding="utf-8")
    assert f"listener {broker.access.port} 127.0.0.1" in config
    assert "allow_anonymous false" in config


def test_a_broker_that_is_open_to_the_network_lets_nobody_in_without_a_password(tmp_path):
    tmp_path.chmod(0o755)
    broker = Broker(tmp_path / "broker", host="0.0.0.0", port=free_port())
    broker.start()
    local = Access("127.0.0.1", broker.access.port, "", "")
    for user, password in (("", ""), (NODE, "guessed")):
        client, answer = login(local, user, password)
        assert answer.is_failure
        client.loop_stop()
    client, answer = login(local, NODE, broker.access.node_password)
    assert not answer.is_failure
    client.loop_stop()
    broker.stop()


def test_passwords_stay_the_same_and_are_readable_by_nobody_else(broker, tmp_path):
    again = Broker(tmp_path / "broker", port=broker.access.port)
    assert again.access == broker.access
    assert (broker.folder / "broker.json").stat().st_mode & 0o077 == 0
    assert broker.access.node_password not in (broker.folder / "passwords").read_text(encoding="utf-8")


def test_a_reading_is_stored_once_and_acknowledged_to_its_node(hub, broker):
    client, answer = login(broker.access, NODE, broker.access.node_password, "pico-07")
    assert not answer.is_failure
    heard = []
    client.on_message = lambda _client, _data, message: heard.append(json.loads(message.payload))
    client.subscribe(answer_topic("pico-07"), qos=1)
    time.sleep(0.3)
    reading = Reading("pico-07", 9, 4, "temperature", 21.5)
    for _ in range(3):
        client.publish(topic_of(reading), payload_of(reading), qos=1)
    assert soon(lambda: {"b": 9, "n": [4]} in heard or any(4 in one["n"] for one in heard))
    assert hub.store.count() == 1
    client.loop_stop()


def test_a_wrong_unit_is_refused_with_a_reason_and_harms_nothing(hub, broker):
    client, _ = login(broker.access, NODE, broker.access.node_password, "pico-07")
    client.publish("makerwagen/pico-07/temperature", b'{"b": 1, "n": 1, "v": 70, "u": "F"}', qos=1)
    client.publish("makerwagen/pico-07/temperature", '{"b": 1, "n": 2, "v": 21, "u": "°C"}'.encode(), qos=1)
    assert soon(lambda: hub.store.count() == 1 and hub.store.rejected())
    assert "Einheit" in hub.store.rejected()[0][2]
    client.loop_stop()


def test_a_node_cannot_forge_an_acknowledgement_nor_read_others_readings(hub, broker):
    client, _ = login(broker.access, NODE, broker.access.node_password, "spy")
    heard = []
    client.on_message = lambda _client, _data, message: heard.append(message.topic)
    client.subscribe("makerwagen/#", qos=1)
    client.subscribe(answer_topic("pico-07"), qos=1)
    time.sleep(0.3)
    client.publish(answer_topic("pico-07"), b'{"b": 1, "n": [1]}', qos=1)
    other = Reading("pico-08", 1, 1, "temperature", 20.0)
    client.publish(topic_of(other), payload_of(other), qos=1)
    assert soon(lambda: hub.store.count() == 1)
    time.sleep(0.5)
    assert heard == []
    client.loop_stop()


def test_readings_wait_at_the_node_until_the_broker_is_there(tmp_path):
    tmp_path.chmod(0o755)
    broker = Broker(tmp_path / "broker", port=free_port())
    outbox = Outbox(tmp_path / "pico-07.outbox", "pico-07")
    sender = Sender(outbox, broker.access.host, broker.access.port, broker.access.node_password)
    for value in (20.0, 20.5, 21.0):
        sender.add("temperature", value, simulated=True)
    assert len(outbox.waiting()) == 3
    broker.start()
    hub = Hub(Store(tmp_path / "readings.sqlite"), broker.access)
    hub.start()

    def arrived():
        sender.send()
        return hub.store.count() == 3 and not outbox.waiting()

    assert soon(arrived, 20)
    sender.stop()
    hub.stop()
    broker.stop()


def test_a_full_disk_is_said_and_nothing_is_acknowledged_until_it_is_written(hub, broker, monkeypatch):
    real = hub.store.add
    monkeypatch.setattr("makerwagen.sensors.hub.DISK_RETRY_S", 0.1)

    def full(_arrivals):
        raise sqlite3.OperationalError("database or disk is full")

    hub.store.add = full
    client, _ = login(broker.access, NODE, broker.access.node_password, "pico-07")
    heard = []
    client.on_message = lambda _client, _data, message: heard.append(message.payload)
    client.subscribe(answer_topic("pico-07"), qos=1)
    time.sleep(0.3)
    reading = Reading("pico-07", 1, 1, "temperature", 20.0)
    client.publish(topic_of(reading), payload_of(reading), qos=1)
    assert soon(lambda: "Ist der Speicher voll?" in hub.trouble)
    assert heard == []
    hub.store.add = real
    assert soon(lambda: heard)
    assert hub.store.count() == 1
    assert hub.trouble == ""
    client.loop_stop()


def test_a_broker_that_is_gone_is_said_and_its_return_too(hub, broker):
    assert hub.trouble == ""
    broker.stop()
    assert soon(lambda: "Der Broker ist nicht zu erreichen" in hub.trouble)
    again = Broker(broker.folder, port=broker.access.port)
    again.start()
    assert soon(lambda: hub.trouble == "")
    again.stop()


def test_a_message_that_cannot_be_written_down_harms_nobody(hub, broker):
    client, _ = login(broker.access, NODE, broker.access.node_password, "pico-07")
    client.publish("makerwagen/pico-07/temperature", b'{"b": 1, "n": 1, "v": 70, "u": "\\ud800"}', qos=1)
    client.publish("makerwagen/pico-07/temperature", '{"b": 1, "n": 2, "v": 21, "u": "°C"}'.encode(), qos=1)
    assert soon(lambda: hub.store.count() == 1 and hub.store.rejected())
    client.loop_stop()


def test_a_mistake_of_the_hub_is_seen_and_the_next_message_is_stored(hub, broker, monkeypatch):
    real, calls = hub._keep, []

    def once(batch):
        calls.append(batch)
        if len(calls) == 1:
            raise RuntimeError("a mistake of ours")
        real(batch)

    monkeypatch.setattr(hub, "_keep", once)
    client, _ = login(broker.access, NODE, broker.access.node_password, "pico-07")
    for number in (1, 2):
        reading = Reading("pico-07", 1, number, "temperature", 20.0)
        client.publish(topic_of(reading), payload_of(reading), qos=1)
        assert soon(lambda: len(calls) >= number)  # noqa: B023
    assert soon(lambda: hub.store.count() == 1)
    assert "nicht verstanden" in hub.trouble
    client.loop_stop()


def test_without_a_broker_the_hub_says_so(tmp_path):
    with pytest.raises(MakerwagenError, match="does not answer"):
        Hub(Store(tmp_path / "readings.sqlite"), Access("127.0.0.1", free_port(), "x", "y")).start()


def test_a_port_that_is_taken_is_said(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(MakerwagenError, match="another program listens"):
            Broker(tmp_path / "broker", port=taken.getsockname()[1]).start()


def test_an_address_of_another_machine_is_said(tmp_path):
    # 192.0.2.0/24 is for examples only (RFC 5737).
    with pytest.raises(MakerwagenError, match=r"'192\.0\.2\.7' is no address of this machine"):
        Broker(tmp_path / "broker", "192.0.2.7", port=free_port()).start()


def test_an_empty_password_is_replaced_and_lets_nobody_in(tmp_path):
    (tmp_path / "broker.json").write_text('{"hub": "", "node": " "}')
    access = Broker(tmp_path, port=free_port()).access
    assert len(access.node_password) >= 8
    assert len(access.hub_password) >= 20


def test_nothing_is_lost_when_node_broker_and_hub_are_killed():
    counts = run(5, seed=20261124)
    print(counts)
    assert sum(counts.kills.values()) == 5
    assert counts.kept > 50
    assert counts.acknowledged > 0
    assert counts.lost_acknowledged == 0
    assert counts.lost_kept == 0
