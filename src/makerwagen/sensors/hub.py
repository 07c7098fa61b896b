"""The hub: takes readings from the broker, stores each once, and only then tells the node that it may forget them."""

import logging
import queue
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.broker import HUB, Access
from makerwagen.sensors.protocol import READINGS, MessageError, acknowledgement, answer_topic, read_message, refusal
from makerwagen.sensors.store import Arrival, Store

MOST_AT_ONCE = 500
PAUSE_S = 0.02
DISK_RETRY_S = 2.0


class Hub:
    """Reads from the broker in one thread and writes to the store in another."""

    def __init__(self, store: Store, access: Access, *, clock: Callable[[], float] = time.time) -> None:
        """Prepare; `start` connects."""
        self.store = store
        self.trouble = ""
        self._stopping = threading.Event()
        self._clock = clock
        self._access = access
        self._inbox: queue.Queue[tuple[float, mqtt.MQTTMessage] | None] = queue.Queue()
        # A session that outlives the connection: what comes while the hub is away waits in the broker.
        self._client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id="makerwagen-hub", clean_session=False, manual_ack=True
        )
        self._client.username_pw_set(HUB, access.hub_password)
        self._client.reconnect_delay_set(min_delay=1, max_delay=5)
        self._client.on_connect = self._connected
        self._client.on_disconnect = self._disconnected
        self._client.on_message = lambda _client, _data, message: self._inbox.put((self._clock(), message))
        self._writer = threading.Thread(target=self._write, name="hub", daemon=True)

    def start(self) -> None:
        """Connect and begin; raise MakerwagenError when the broker is not there."""
        try:
            self._client.connect(self._access.host, self._access.port, keepalive=20)
        except OSError as error:
            where = f"{self._access.host}:{self._access.port}"
            raise MakerwagenError(f"the broker on {where} does not answer ({error}); is mosquitto running?") from error
        self._client.loop_start()
        self._writer.start()

    def stop(self) -> None:
        """Store what has come, then disconnect."""
        self._stopping.set()
        self._inbox.put(None)
        self._writer.join(10)
        self._client.disconnect()
        self._client.loop_stop()

    def _connected(self, client: mqtt.Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            self.trouble = f"Der Broker lässt den Hub nicht hinein ({reason}). Stimmt das Passwort?"
            return
        self.trouble = ""
        client.subscribe(READINGS, qos=1)

    def _disconnected(self, _client: mqtt.Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure and not self.trouble:
            self.trouble = "Der Broker ist nicht zu erreichen. Der Hub versucht es weiter, die Stationen heben auf."

    def _write(self) -> None:
        while True:
            batch, ended = self._next_batch()
            if batch:
                self._try_to_keep(batch)
            if ended:
                return

    def _try_to_keep(self, batch: list[tuple[float, mqtt.MQTTMessage]]) -> None:
        """Keep a batch; a mistake of ours must be seen, and must not end the thread that all stations wait for."""
        try:
            self._keep(batch)
        except Exception:
            logging.getLogger(__name__).exception("%d messages were not understood", len(batch))
            self.trouble = "Der Hub hat eine Nachricht nicht verstanden. Hol eine erwachsene Person."

    def _next_batch(self) -> tuple[list[tuple[float, mqtt.MQTTMessage]], bool]:
        batch: list[tuple[float, mqtt.MQTTMessage]] = []
        entry = self._inbox.get()
        # One commit for all that comes within a moment: the disk is asked fifty times a second at most.
        deadline = time.monotonic() + PAUSE_S
        while entry is not None:
            batch.append(entry)
            left = deadline - time.monotonic()
            if left <= 0 or len(batch) >= MOST_AT_ONCE:
                return batch, False
            try:
                entry = self._inbox.get(timeout=left)
            except queue.Empty:
                return batch, False
        return batch, True

    def _keep(self, batch: list[tuple[float, mqtt.MQTTMessage]]) -> None:
        """Store a batch, then acknowledge it to the nodes and to the broker, in this order."""
        arrivals: list[Arrival] = []
        refused: list[tuple[float, str, str]] = []
        senders: list[tuple[str, bytes]] = []
        for at, message in batch:
            try:
                arrivals.append(Arrival(read_message(message.topic, message.payload), at))
            except MessageError as error:
                refused.append((at, message.topic, str(error)))
                if error.sender:
                    node, boot, number = error.sender
                    senders.append((answer_topic(node), refusal(boot, number, str(error))))
        if not self._store(arrivals, refused):
            return  # the broker keeps them for the next start
        self._answer(arrivals)
        for topic, why in senders:
            self._client.publish(topic, why, qos=1)
        for _, message in batch:
            self._client.ack(message.mid, message.qos)

    def _answer(self, arrivals: list[Arrival]) -> None:
        numbers: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for arrival in arrivals:
            numbers[arrival.reading.node, arrival.reading.boot].append(arrival.reading.number)
        for (node, boot), stored in numbers.items():
            for start in range(0, len(stored), 50):
                self._client.publish(answer_topic(node), acknowledgement(boot, stored[start : start + 50]), qos=1)

    def _store(self, arrivals: list[Arrival], refused: list[tuple[float, str, str]]) -> bool:
        """Write to the disk, again and again if it is full: nothing is acknowledged before. False: told to stop."""
        while True:
            try:
                self.store.add(arrivals)
                for entry in refused:
                    self.store.reject(*entry)
            except sqlite3.Error as error:
                self.trouble = f"Die Messwerte lassen sich nicht speichern ({error}). Ist der Speicher voll?"
                if self._stopping.wait(DISK_RETRY_S):
                    return False
            else:
                if self.trouble.startswith("Die Messwerte"):
                    self.trouble = ""
                return True
