"""`makerwagen sensors`: list stations, say where they stand, export readings; and the hub that the wagon starts."""

import argparse
import contextlib
import sys
import time
from collections.abc import Iterable, Iterator

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.export import csv_lines, sensemap_csv, sensemap_json, sensemap_rows
from makerwagen.sensors.findings import LOOKED_AT, findings
from makerwagen.sensors.properties import PROPERTIES
from makerwagen.sensors.protocol import LONGEST_NODE, NODE
from makerwagen.sensors.running import READINGS_FILE, Sensors, usual_state
from makerwagen.sensors.store import Datastream, Store
from makerwagen.sensors.words import age, amount, read_since


def wagon_sensors(options: argparse.Namespace) -> Sensors | None:
    """Return the wagon's sensors, running if they can; say what is missing: the website goes on without them."""
    state = options.state or usual_state()
    try:
        sensors = Sensors(state)
    except MakerwagenError as error:
        print(f"no sensors: {error}", file=sys.stderr)
        return None
    if not options.no_sensors:
        try:
            sensors.start(options.sensors_host, options.sensors_port)
        except MakerwagenError as error:
            print(f"no sensors: {error}", file=sys.stderr)
    return sensors


def settings_text(sensors: Sensors) -> str:
    """Return what the educator needs for the nodes; it goes to the terminal only."""
    if sensors.broker is None:
        return ""
    access = sensors.broker.access
    only_here = (
        "; only this machine: name the wagon's own address with --sensors-host" if access.host == "127.0.0.1" else ""
    )
    return (
        f"Sensors: readings in {sensors.store.path}{only_here}\n"
        f"  in the nodes' programs (not for the blackboard): {sensors.settings()}"
    )


def run_sensors(options: argparse.Namespace) -> int:
    """List, place or export."""
    path = (options.state or usual_state()) / READINGS_FILE
    if options.what != "place" and not path.exists():
        raise MakerwagenError(f"there are no readings in '{path.parent}'; start the wagon, or name its --state")
    with contextlib.closing(Store(path)) as store:
        return {"list": list_stations, "place": place_station, "export": export_readings}[options.what](store, options)


def list_stations(store: Store, _options: argparse.Namespace) -> int:
    """Print every datastream with its last value and what is odd about it."""
    now = time.time()
    for stream in store.datastreams():
        newest = store.observations(stream.id, most=LOOKED_AT)
        simulated = "  simulated" if stream.simulated else ""
        last = f"{amount(newest[-1].result, stream.unit)} {age(now - newest[-1].phenomenon_time)}"
        where = f"{stream.thing}  {stream.name}, {stream.place or '?'}"
        print(f"{where}  {stream.observed} {last}  ({stream.count} values){simulated}")
        for sentence in findings(stream, newest, now):
            print(f"    ! {sentence}")
    return 0


def place_station(store: Store, options: argparse.Namespace) -> int:
    """Say what a station is called, where it stands, what its sensors are."""
    if not NODE.match(options.node) or len(options.node) > LONGEST_NODE:
        raise MakerwagenError(f"'{options.node}' is no station's name; use small letters, digits and hyphens")
    name, place, at = store.thing(options.node) or (options.node, "", None)
    at = _coordinates(options.at) if options.at else at
    sensors, ids = list(_pairs(options.sensor)), list(_pairs(options.sensemap))
    store.place_thing(options.node, name=options.name or name, place=options.place or place, at=at)
    for observed, told in sensors:
        store.describe_sensor(options.node, observed, sensor=told)
    for observed, told in ids:
        store.describe_sensor(options.node, observed, sensemap=told)
    measured = any(stream.thing == options.node for stream in store.datastreams())
    unheard = "" if measured else "; nothing has come from it yet, so look at its name again"
    print(f"{options.node}: {options.name or name}, {options.place or place or '?'}{unheard}")
    return 0


def export_readings(store: Store, options: argparse.Namespace) -> int:
    """Write readings to a file, whole or not at all."""
    streams = [
        stream
        for stream in store.datastreams()
        if options.station in (None, stream.thing) and options.property in (None, stream.observed)
    ]
    if not streams:
        raise MakerwagenError("there are no such readings; see: makerwagen sensors list")
    since = read_since(options.since, time.time()) if options.since else 0.0
    lines = _shape(store, streams, since, options)
    beside = options.out.with_name(f".{options.out.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as out:
            out.writelines(lines)
        beside.replace(options.out)
    except OSError as error:
        raise MakerwagenError(f"'{options.out}' cannot be written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    simulated = "; some of it is simulated" if any(stream.simulated for stream in streams) else ""
    print(f"{options.out}: {len(streams)} datastreams{simulated}")
    return 0


def _shape(store: Store, streams: Iterable[Datastream], since: float, options: argparse.Namespace) -> Iterator[str]:
    kind = options.out.suffix
    if kind == ".json":
        return sensemap_json(sensemap_rows(store, streams, since))
    if kind != ".csv":
        raise MakerwagenError(f"'{options.out}' ends neither in .csv nor in .json")
    return sensemap_csv(sensemap_rows(store, streams, since)) if options.sensemap else csv_lines(store, streams, since)


def _pairs(told: Iterable[str]) -> Iterator[tuple[str, str]]:
    for word in told:
        observed, equals, value = word.partition("=")
        if observed not in PROPERTIES or not equals:
            raise MakerwagenError(f"'{word}' is not PROPERTY=…; properties are {', '.join(PROPERTIES)}")
        yield observed, value


def _coordinates(told: str) -> tuple[float, float]:
    try:
        lat, lon = (float(word) for word in told.split(","))
    except ValueError:
        raise MakerwagenError(f"'{told}' is no place; write for example --at 51.514,7.466") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise MakerwagenError(f"'{told}' is nowhere on Earth; write for example --at 51.514,7.466")
    return lat, lon
