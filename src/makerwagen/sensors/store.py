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
  unit TEXT NOT NULL, sensor TEXT NOT NULL DEFAULT '', sensemap TEXT NOT NULL DEFAULT '',
  count INTEGER NOT NULL DEFAULT 0, last_time REAL NOT NULL DEFAULT 0, simulated INTEGER NOT NULL DEFAULT 0,
  UNIQUE (thing, observed));
CREATE TABLE observation (thing TEXT NOT NULL, boot INTEGER NOT NULL, number INTEGER NOT NULL,
  datastream INTEGER NOT NULL REFERENCES datastream, phenomenon_time REAL NOT NULL, result_time REAL NOT NULL,
  result REAL NOT NULL, possible INTEGER NOT NULL, clock TEXT NOT NULL, simulated INTEGER NOT NULL,
  PRIMARY KEY (thing, boot, number)) WITHOUT ROWID;
CREATE INDEX observation_by_time ON observation (datastream, phenomenon_time);
CREATE TABLE rejected (at REAL NOT NULL, topic TEXT NOT NULL, reason TEXT NOT NULL);
"""
MOST_REJECTED = 500
PORTION = 5000


@dataclass(frozen=True)
class Arrival:
    """A reading and when the hub got it, in seconds since 1970."""

    reading: Reading
    at: float


@dataclass(frozen=True)
class Observation:
    """A stored value; `possible` is False outside the property's range, `clock` says how its time is known."""

    phenomenon_time: float
    result_time: float
    result: float
    possible: bool
    clock: str
    simulated: bool


@dataclass(frozen=True)
class Datastream:
    """One property of one thing: where it stands, in what unit, how many values there are; `simulated` if any is.

    `sensor` is its type, `sensemap` the id that openSenseMap gave it; both may be empty.
    """

    id: int
    thing: str
    name: str
    place: str
    observed: str
    unit: str
    sensor: str
    sensemap: str
    simulated: bool
    count: int
    last_time: float
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Column:
    """What a stretch of time holds: its first and last moment, its smallest and largest value, how many there are."""

    start: float
    end: float
    low: float
    high: float
    possible: bool
    count: int


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
            return sum(self._insert(one, known[one.reading.node, one.reading.observed]) for one in arrivals)

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

    def _insert(self, arrival: Arrival, datastream: int) -> bool:
        reading, moment = arrival.reading, moment_of(arrival.reading, arrival.at)
        stored = self._database.execute(
            "INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                *(reading.node, reading.boot, reading.number, datastream, moment.at, arrival.at, reading.value),
                *(PROPERTIES[reading.observed].is_possible(reading.value), moment.clock, reading.simulated),
            ),
        )
        if stored.rowcount > 0:  # counted here, so that nobody has to count millions
            self._database.execute(
                "UPDATE datastream SET count = count + 1, last_time = max(last_time, ?), simulated = max(simulated, ?) "
                "WHERE id = ?",
                (moment.at, reading.simulated, datastream),
            )
        return stored.rowcount > 0

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

    def thing(self, thing: str) -> tuple[str, str, tuple[float, float] | None] | None:
        """Return name, place and coordinates of a thing, or None when nobody has heard of it."""
        rows = self._rows("SELECT name, place, lat, lon FROM thing WHERE id = ?", (thing,))
        return next(((name, place, None if lat is None else (lat, lon)) for name, place, lat, lon in rows), None)

    def describe_sensor(
        self, thing: str, observed: str, *, sensor: str | None = None, sensemap: str | None = None
    ) -> None:
        """Say of what type the sensor of a datastream is, and which id openSenseMap gave it; None leaves it."""
        with self._writing():
            self._database.execute(
                "INSERT INTO datastream (thing, observed, unit) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (thing, observed, PROPERTIES[observed].unit),
            )
            self._database.execute(
                "UPDATE datastream SET sensor = coalesce(?, sensor), sensemap = coalesce(?, sensemap) "
                "WHERE thing = ? AND observed = ?",
                (sensor, sensemap, thing, observed),
            )

    def datastreams(self) -> list[Datastream]:
        """Return every datastream with at least one observation, by place and name."""
        rows = self._rows(
            "SELECT d.id, t.id, t.name, t.place, d.observed, d.unit, d.sensor, d.sensemap, d.simulated, d.count, "
            "d.last_time, t.lat, t.lon FROM datastream d JOIN thing t ON t.id = d.thing WHERE d.count > 0 "
            "ORDER BY t.place, t.name, t.id, d.observed"
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

    def every(self, datastream: int, since: float = 0.0) -> Iterator[Observation]:
        """Yield all observations of a datastream from `since` on in order of time, a few thousand in memory at most."""
        after, seen = since, 0
        while rows := self._rows(
            "SELECT phenomenon_time, result_time, result, possible, clock, simulated FROM observation "
            "WHERE datastream = ? AND phenomenon_time >= ? ORDER BY phenomenon_time, thing, boot, number "
            "LIMIT ? OFFSET ?",
            (datastream, after, PORTION, seen),
        ):
            yield from (_observation(*row) for row in rows)
            last = rows[-1][0]
            # Several may bear the same time: go on behind those of them that were told already.
            same = sum(row[0] == last for row in rows)
            seen = seen + same if last == after else same
            after = last

    def columns(self, datastream: int, since: float, until: float, width_s: float) -> list[Column]:
        """Return smallest and largest value of every `width_s` seconds with values, possible and impossible apart."""
        rows = self._rows(
            "SELECT min(phenomenon_time), max(phenomenon_time), min(result), max(result), possible, count(*) "
            "FROM observation WHERE datastream = ? AND phenomenon_time > ? AND phenomenon_time <= ? "
            "GROUP BY CAST((phenomenon_time - ?) / ? AS INTEGER), possible ORDER BY 1",
            (datastream, since, until, since, width_s),
        )
        return [Column(*(*row[:4], bool(row[4]), row[5])) for row in rows]

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
    return Datastream(*(*row[:8], bool(row[8]), *row[9:]))
