"""Sends an outbox to the hub over MQTT, again and again until the hub has everything; also as a simulated node.

`python -m makerwagen.sensors.sender FOLDER NODE HOST PORT` plays a node: it reads the password from standard input,
measures ten times a second, and ends when it is killed.
"""

import contextlib
import json
import math
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from makerwagen.sensors.broker import NODE
from makerwagen.sensors.outbox import Outbox
from makerwagen.sensors.protocol import Reading, answer_topic, payload_of, topic_of

RESEND_S = 2.0
MOST_AT_ONCE = 200


class Sender:
    """Keeps sending what waits in an outbox; a reading leaves it only when the hub has acknowledged it."""

    def __init__(self, outbox: Outbox, host: str, port: int, password: str) -> None:
        """Begin at once, in the background; a broker that is away is tried again."""
        self.outbox = outbox
        self._lock = threading.Lock()
        self._sent: dict[tuple[int, int], float] = {}
        self.refused = 0
        self.heard: Callable[[int, list[int]], None] = lambda boot, numbers: None
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=outbox.node)
        self._client.username_pw_set(NODE, password)
        self._client.reconnect_delay_set(min_delay=1, max_delay=5)
        self._client.on_connect = lambda client, *_: client.subscribe(answer_topic(outbox.node), qos=1)
        self._client.on_message = self._heard
        self._client.connect_async(host, port, keepalive=10)
        self._client.loop_start()

    def add(self, observed: str, value: float, *, simulated: bool = False) -> Reading:
        """Keep a reading and send what waits."""
        with self._lock:
            reading = self.outbox.add(observed, value, simulated=simulated)
        self.send()
        return reading

    def send(self) -> None:
        """Send what waits and was not sent within the last seconds."""
        if not self._client.is_connected():
            return
        now = time.monotonic()
        with self._lock:
            due = [r for r in self.outbox.waiting() if now - self._sent.get((r.boot, r.number), -1e9) > RESEND_S]
        for reading in due[:MOST_AT_ONCE]:
            self._sent[reading.boot, reading.number] = now
            self._client.publish(topic_of(reading), payload_of(reading), qos=1)

    def stop(self) -> None:
        """Disconnect; what waits stays on disk."""
        self._client.disconnect()
        self._client.loop_stop()

    def _heard(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        with contextlib.suppress(ValueError, KeyError, TypeError):
            answer = json.loads(message.payload)
            boot, stored, refused = answer["b"], answer.get("n", []), answer.get("x", [])
            with self._lock:
                self.outbox.acknowledge(boot, [*stored, *refused])
                for number in (*stored, *refused):
                    self._sent.pop((boot, number), None)
            if stored:
                self.heard(boot, stored)
            if refused:
                self.refused += len(refused)


def main(folder: str, node: str, host: str, port: str) -> None:
    """Play a node whose temperature rises and falls; print each reading it wrote down and each that the hub has."""
    sender = Sender(Outbox(Path(folder) / f"{node}.outbox", node), host, int(port), sys.stdin.readline().strip())
    sender.heard = lambda boot, numbers: _say("stored", boot, *numbers)
    started = time.monotonic()
    while True:
        warm = 20 + 5 * math.sin((time.monotonic() - started) / 20)
        reading = sender.add("temperature", round(warm, 2), simulated=True)
        _say("kept", reading.boot, reading.number)
        time.sleep(0.1)


def _say(*words: object) -> None:
    # In one piece: two threads speak.
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
