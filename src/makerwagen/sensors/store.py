"""The hub's memory: things, datastreams and observations in SQLite, in the terms of OGC SensorThings."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.properties import PROPERTIES
from makerwagen.sensors.protocol import Reading, moment_of

VERSION = 1
SCHEMA = """
CREATE TABLE thing (id TEXT PRIMARY KEY, name TEXT NOT NULL, place TEXT NOT NULL DEFAULT '',
  lat REAL, lon REAL, simulated INTEGER NOT NULL DEFAULT 0);
CREATE TABLE datastream (id INTEGER PRIMARY KEY, thing TEXT NOT NULL REFERENCES thing, observed TEXT NOT NULL,
  unit TEXT NOT NULL, sensor TEXT NOT NULL DEFAULT '', UNIQUE (thing, observed));
CREATE TABLE observation (thing TEXT NOT NULL, boot INTEGER NOT NULL, number INTEGER NOT NULL,
  datastream INTEGER NOT NULL REFERENCES datastream, phenomenon_time REAL NOT NULL, result_time REAL NOT NULL,
  result REAL NOT NULL, possible INTEGER NOT NULL, clock TEXT NOT NULL, simulated INTEGER NOT NULL,
  PRIMARY KEY (thing, boot, number)) WITHOUT ROWID;
CREATE INDEX observation_by_time ON observation (datastream, phenomenon_time);
CREATE TABLE rejected (at REAL NOT NULL, topic TEXT NOT NULL, reason TEXT NOT NULL);
"""
MOST_REJECTED = 500


@dataclass(frozen=True)
class Arrival:
    """A reading and when the hub got it, in seconds since 1970."""

    reading: Reading
    at: float


@dataclass(frozen=True)
class Observation:
    """A stored value; `possible` is False outside the property's range, `clock` says whose time it bears."""

    phenomenon_time: float
    result_time: float
    result: float
    possible: bool
    clock: str
    simulated: bool


@dataclass(frozen=True)
class Datastream:
    """One property of one thing: where it stands, in what unit, and how many values there are."""

    id: int
    thing: str
    name: str
    place: str
    observed: str
    unit: str
    sensor: str
    simulated: bool
    count: int
    last_time: float


class Store:
    """Observations on disk: what `add` returned for is there after a power cut."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it; raise MakerwagenError when that cannot be done."""
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            self._database.execute("PRAGMA journal_mode = WAL")
            # With WAL only FULL waits for the disk at each commit; an acknowledgement promises just that.
            self._database.execute("PRAGMA synchronous = FULL")
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise MakerwagenError(
                f"the readings in '{path}' cannot be opened: {error}; is the disk full or read-only?"
            ) from error

    def _prepare(self) -> None:
        found = self._database.execute("PRAGMA user_version").fetchone()[0]
        if found == 0:
            with self._writing():
                for statement in SCHEMA.split(";\n"):
                    self._database.execute(statement)
                self._database.execute(f"PRAGMA user_version = {VERSION}")
        elif found != VERSION:
            raise MakerwagenError(f"'{self.path}' was made by another version ({found}); move it away to start anew")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def add(self, arrivals: Iterable[Arrival]) -> int:
        """Store readings, each once however often it came; return how many were new. sqlite3.Error: none is stored."""
        arrivals = list(arrivals)
        with self._writing():
            known = self._known(arrivals)
            before = self._database.total_changes
            for arrival in arrivals:
                self._insert(arrival, known[arrival.reading.node, arrival.reading.observed])
            return self._database.total_changes - before

    def _known(self, arrivals: Iterable[Arrival]) -> dict[tuple[str, str], int]:
        found = {}
        for reading in {(a.reading.node, a.reading.observed): a.reading for a in arrivals}.values():
            self._database.execute(
                "INSERT INTO thing (id, name, simulated) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
                (reading.node, reading.node, reading.simulated),
            )
            self._database.execute(
                "INSERT INTO datastream (thing, observed, unit) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (reading.node, reading.observed, PROPERTIES[reading.observed].unit),
            )
            row = self._database.execute(
                "SELECT id FROM datastream WHERE thing = ? AND observed = ?", (reading.node, reading.observed)
            ).fetchone()
            found[reading.node, reading.observed] = int(row[0])
        return found

    def _insert(self, arrival: Arrival, datastream: int) -> None:
        reading, moment = arrival.reading, moment_of(arrival.reading, arrival.at)
        self._database.execute(
            "INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                *(reading.node, reading.boot, reading.number, datastream, moment.at, arrival.at, reading.value),
                *(PROPERTIES[reading.observed].is_possible(reading.value), moment.clock, reading.simulated),
            ),
        )

    def reject(self, at: float, topic: str, reason: str) -> None:
        """Remember a message that was no reading; only the newest few hundred are kept."""
        with self._writing():
            self._database.execute("INSERT INTO rejected VALUES (?, ?, ?)", (at, topic[:200], reason))
            self._database.execute(
                "DELETE FROM rejected WHERE rowid <= (SELECT max(rowid) FROM rejected) - ?", (MOST_REJECTED,)
            )

    def rejected(self) -> list[tuple[float, str, str]]:
        """Return time, topic and reason of the messages that were no readings, newest first."""
        return self._rows("SELECT at, topic, reason FROM rejected ORDER BY rowid DESC")

    def place_thing(self, thing: str, *, name: str, place: str, at: tuple[float, float] | None = None) -> None:
        """Say what a thing is called and where it stands; coordinates are rounded to about 100 m, for nobody's home."""
        lat, lon = (round(at[0], 3), round(at[1], 3)) if at else (None, None)
        with self._writing():
            self._database.execute(
                "INSERT INTO thing (id, name, place, lat, lon) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
                "SET name = excluded.name, place = excluded.place, lat = excluded.lat, lon = excluded.lon",
                (thing, name, place, lat, lon),
            )

    def datastreams(self) -> list[Datastream]:
        """Return every datastream with at least one observation, by place and name."""
        rows = self._rows(
            "SELECT d.id, t.id, t.name, t.place, d.observed, d.unit, d.sensor, max(o.simulated), count(*), "
            "max(o.phenomenon_time) FROM datastream d JOIN thing t ON t.id = d.thing "
            "JOIN observation o ON o.datastream = d.id GROUP BY d.id ORDER BY t.place, t.name, d.observed"
        )
        return [_datastream(*row) for row in rows]

    def observations(self, datastream: int, since: float = 0.0, most: int = 100_000) -> list[Observation]:
        """Return the newest `most` observations of a datastream after `since`, in order of time."""
        rows = self._rows(
            "SELECT phenomenon_time, result_time, result, possible, clock, simulated FROM observation "
            "WHERE datastream = ? AND phenomenon_time > ? ORDER BY phenomenon_time DESC LIMIT ?",
            (datastream, since, most),
        )
        return [_observation(*row) for row in reversed(rows)]

    def count(self) -> int:
        """Return how many observations there are."""
        return int(self._rows("SELECT count(*) FROM observation")[0][0])

    def numbers(self, node: str, boot: int) -> set[int]:
        """Return the running numbers that are stored of a node's start."""
        rows = self._rows("SELECT number FROM observation WHERE thing = ? AND boot = ?", (node, boot))
        return {int(row[0]) for row in rows}

    def _rows(self, question: str, values: tuple[object, ...] = ()) -> list[Any]:
        with self._lock:
            return list(self._database.execute(question, values))


def _observation(at: float, arrived: float, result: float, possible: int, *rest: Any) -> Observation:
    clock, simulated = rest
    return Observation(at, arrived, result, bool(possible), clock, bool(simulated))


def _datastream(*row: Any) -> Datastream:
    return Datastream(*(*row[:7], bool(row[7]), *row[8:]))
