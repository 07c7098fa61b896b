"""Broker, hub and store of one wagon, below one folder; what cannot run is said, and the rest goes on."""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.broker import NODE, Broker
from makerwagen.sensors.hub import Hub
from makerwagen.sensors.protocol import SIMULATED_NODE, MessageError, Reading, read_message
from makerwagen.sensors.store import Arrival, Store

READINGS_FILE = "readings.sqlite"
EVERYWHERE = {"0.0.0.0", "::"}
# Older than this, somebody with a wrong password is no news.
TURNED_AWAY_FOR_S = 600.0


def usual_state() -> Path:
    """Return the folder where this user's wagon keeps its readings: not in a checkout, where `make clean` sweeps."""
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(home) / "makerwagen"


class Sensors:
    """All that the wagon has of sensors: `store` is always there, broker and hub only after `start`."""

    def __init__(self, state: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Open the readings; raise MakerwagenError when the folder cannot be used."""
        self.state = state
        self.store = Store(state / READINGS_FILE)
        self.broker: Broker | None = None
        self.hub: Hub | None = None
        self._clock = clock
        self._missing = "Sensoren sind auf diesem Wagen heute ausgeschaltet. Du siehst, was früher gemessen wurde."
        self._lock: IO[str] | None = None

    def start(self, host: str, port: int) -> None:
        """Start broker and hub; raise MakerwagenError saying what is missing: `store` can be used all the same."""
        self._missing = "Der Empfang für die Stationen läuft nicht. Hol eine erwachsene Person."
        try:
            self._alone()
            broker = Broker(self.state / "broker", host, port)
            broker.start()
        except OSError as error:
            raise MakerwagenError(f"'{self.state}': {error.strerror or error}; choose another --state") from error
        try:
            hub = Hub(self.store, broker.access, clock=self._clock)
            hub.start()
        except MakerwagenError:
            broker.stop()
            raise
        self.broker, self.hub = broker, hub

    def stop(self) -> None:
        """Store what has come, end the broker, close the readings."""
        if self.hub:
            self.hub.stop()
        if self.broker:
            self.broker.stop()
        self.store.close()
        if self._lock:
            self._lock.close()

    @property
    def trouble(self) -> list[str]:
        """Return what is wrong with broker and hub, in words for the page."""
        if not self.hub or not self.broker:
            return [self._missing]
        found = [self.hub.trouble] if self.hub.trouble else []
        if self.broker.turned_away and self._clock() - self.broker.turned_away[-1] < TURNED_AWAY_FOR_S:
            found.append("Eine Station kommt nicht herein: Benutzer oder Passwort in ihrem Programm sind falsch.")
        return found

    def settings(self) -> str:
        """Return what an educator types into the nodes' programs; not for the page that children see."""
        if not self.broker:
            return ""
        access = self.broker.access
        host = "(this machine's address)" if access.host in EVERYWHERE else access.host
        return f'host="{host}", port={access.port}, user="{NODE}", password="{access.node_password}"'

    def take(self, messages: list[tuple[str, bytes]]) -> tuple[list[Reading], list[tuple[str, MessageError]]]:
        """Store what laptops forward for simulated boards, all of it marked as simulated; return it and the refused."""
        now = self._clock()
        arrivals: list[Arrival] = []
        refused: list[tuple[str, MessageError]] = []
        for topic, payload in messages:
            try:
                arrivals.append(Arrival(_simulated(read_message(topic, payload)), now))
            except MessageError as error:
                refused.append((topic, error))
        self.store.add(arrivals)
        for topic, why in refused:
            self.store.reject(now, topic, str(why))
        return [arrival.reading for arrival in arrivals], refused

    def _alone(self) -> None:
        """Hold the folder, so that no second wagon's broker writes to the same files."""
        self._lock = (self.state / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise MakerwagenError(
                f"another wagon uses '{self.state}'; stop it, or choose another folder with --state"
            ) from error


def _simulated(reading: Reading) -> Reading:
    if not reading.simulated or not reading.node.startswith(SIMULATED_NODE):
        error = MessageError(f"Simulierte Stationen heißen {SIMULATED_NODE}…, nicht „{reading.node}“")
        error.sender = (reading.node, reading.boot, reading.number)
        raise error
    return reading
