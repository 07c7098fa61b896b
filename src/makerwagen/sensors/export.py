"""Readings as files: a table in CSV, and the shapes in which openSenseMap takes measurements."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from makerwagen.sensors.store import Datastream, Store
from makerwagen.sensors.words import iso

COLUMNS = ("station", "name", "place", "lat", "lon", "property", "unit", "sensor", "time", "value", "possible", "clock")
HEADER = (*COLUMNS, "simulated")

# openSenseMap takes this many at once: https://docs.opensensemap.org/#api-Measurements-postNewMeasurements
MOST_AT_ONCE = 2500


def csv_lines(store: Store, streams: Iterable[Datastream], since: float = 0.0) -> Iterator[str]:
    """Yield a table, UTF-8 with commas and points, as programs read it; `simulated` is 1 for what nobody measured."""
    yield _line(HEADER)
    for stream in streams:
        where = (stream.thing, stream.name, stream.place, stream.lat, stream.lon)
        for one in store.every(stream.id, since):
            what = (stream.observed, stream.unit, stream.sensor, iso(one.phenomenon_time), _plain(one.result))
            yield _line((*where, *what, int(one.possible), one.clock, int(one.simulated)))


def sensemap_rows(store: Store, streams: Iterable[Datastream], since: float = 0.0) -> Iterator[tuple[str, str, str]]:
    """Yield (sensor, value, createdAt) as openSenseMap takes it, UTC.

    It has no place for "impossible" and "simulated": impossible values are left out, and a simulated value bears a
    sensor's name that openSenseMap refuses, for it would stand there as a measurement.
    """
    for stream in streams:
        for one in store.every(stream.id, since):
            if one.possible:
                own = f"simuliert-{stream.thing}-{stream.observed}"
                sensor = own if one.simulated else stream.sensemap or f"{stream.thing}-{stream.observed}"
                yield sensor, _plain(one.result), _utc(one.phenomenon_time)


def sensemap_csv(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield lines of `sensorId,value,createdAt` without a header."""
    return (_line(row) for row in rows)


def sensemap_json(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield the parts of a JSON list of {sensor, value, createdAt}."""
    before = "["
    for sensor, value, created in rows:
        yield before + json.dumps({"sensor": sensor, "value": value, "createdAt": created})
        before = ",\n"
    yield "[]\n" if before == "[" else "]\n"


def _line(row: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow("" if cell is None else _harmless(cell) for cell in row)
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=@+" and cell[:1] else cell


def _plain(value: float) -> str:
    return repr(round(value, 6)).removesuffix(".0")


def _utc(at: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
