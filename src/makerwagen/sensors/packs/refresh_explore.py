"""A snapshot from an Explore portal: page by page, and for data that knows only now, reading by reading."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from makerwagen.content.pack import DataPack, Real
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.refresh_licence import licence_of
from makerwagen.sensors.packs.refresh_portal import UNCHANGED, Portal
from makerwagen.sensors.packs.refresh_snapshot import Snapshot, guessed_hint
from makerwagen.sensors.packs.refresh_waiting import FILE, Readings, readings_of
from makerwagen.sensors.packs.shapes import Record

PAGE = 100
SIMULATED = "makerwagen_simulated"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Pace:
    """How often to read, how far apart, and whom to tell."""

    readings: int
    every_s: float
    say: Say


def take_records(source: Portal, real: Real, pack: DataPack, *, folder: Path, pace: Pace) -> Snapshot:
    """Return everything the portal gives; several readings are taken one after the other, a failed one is told."""
    about = source.metadata(real.dataset)
    metas = about.get("metas") if isinstance(about.get("metas"), dict) else {}
    default = _mapping(metas, "default")
    if _mapping(metas, "custom").get(SIMULATED):
        raise MakerwagenError(
            f"{source.address}: serves simulated data (a stand-in of ours), a snapshot of it would not be real; "
            f"{UNCHANGED}; take the portal itself"
        )
    license_id = licence_of(default, where=f"{source.address}, data set '{real.dataset}'", expected=real.license)
    if pace.readings == 1:
        records, total = _reading(source, real, pack)
        left_out = total - len(records)
    else:
        records, left_out = _readings(source, real, pack, folder=folder, pace=pace)
    return Snapshot(
        _as_file(records),
        "json",
        tuple(records),
        f"{source.address}/explore/dataset/{real.dataset}/",
        str(default.get("title") or ""),
        license_id,
        real.publisher,
        left_out,
    )


def _readings(source: Portal, real: Real, pack: DataPack, *, folder: Path, pace: Pace) -> tuple[list[Record], int]:
    kept = readings_of(folder, pack, real, source.address)
    pace.say(_plan(kept, pace))
    failed: MakerwagenError | None = None
    try:
        while kept.tried < pace.readings:
            _wait(kept, pace)
            kept.tried += 1
            try:
                taken, total = _reading(source, real, pack)
            except MakerwagenError as error:
                failed = error
                pace.say(f"reading {kept.tried} of {pace.readings} failed: {error}")
            else:
                kept.add(time.time(), taken, total - len(taken))
                pace.say(f"reading {kept.tried} of {pace.readings}: {len(kept.records)} records so far")
    except KeyboardInterrupt:
        raise MakerwagenError(
            f"stopped after {len(kept.taken)} of {pace.readings} readings; {UNCHANGED}; what was read waits in "
            f"'{folder / FILE}'; the same command goes on within a day, and begins anew after that"
        ) from None
    if not kept.records and failed:
        raise failed
    return kept.records, kept.left_out


def _plan(kept: Readings, pace: Pace) -> str:
    left = pace.readings - kept.tried
    minutes = round((left if kept.taken else left - 1) * pace.every_s / 60)
    done = f"going on after reading {kept.tried}: " if kept.taken else ""
    return (
        f"{done}{left} {'reading' if left == 1 else 'readings'}, one every {pace.every_s / 60:g} minutes, "
        f"take about {minutes // 60} h {minutes % 60} min; "
        "Ctrl-C stops, the same command goes on; --now takes a single reading instead"
    )


def _wait(kept: Readings, pace: Pace) -> None:
    """Wait until the next reading is due; of a call that was stopped, part of the time has gone by."""
    if kept.tried:
        last = kept.taken[-1][0] if kept.taken else time.time()
        since = time.time() - last if kept.tried == len(kept.taken) else 0.0
        time.sleep(max(0.0, pace.every_s - max(since, 0.0)))


def _mapping(metas: Any, key: str) -> Mapping[str, Any]:
    found = metas.get(key) if isinstance(metas, dict) else None
    return found if isinstance(found, dict) else {}


def _reading(source: Portal, real: Real, pack: DataPack) -> tuple[list[Record], int]:
    """Return the records of one moment, page by page, with the columns of pack.yml only, and how many there are."""
    found: list[Record] = []
    total: int | None = None
    while total is None or len(found) < min(total, real.rows):
        size = min(PAGE, real.rows - len(found))
        asked = {"limit": str(size), "offset": str(len(found))}
        asked |= {key: value for key, value in (("where", real.where), ("order_by", real.order_by)) if value}
        page = source.records(real.dataset, asked)
        count, results = page.get("total_count"), page.get("results")
        if not isinstance(count, int) or not isinstance(results, list):
            raise MakerwagenError(
                f"{source.address}: the answer holds no 'total_count' and 'results'; {UNCHANGED}; "
                "the portal may have a new version of its API: tell the makers of this project"
            )
        if total is not None and count != total:
            raise MakerwagenError(f"{source.address}: the data changed while we read; {UNCHANGED}; try again")
        total = count
        expected = min(size, total - len(found))
        if len(results) != expected:
            raise MakerwagenError(
                f"{source.address}: {len(results)} records came where {expected} were announced; {UNCHANGED}; try again"
            )
        found += [_described(result, pack, number) for number, result in enumerate(results, len(found) + 1)]
        if not total:
            raise MakerwagenError(f"{source.address}: the data set is empty; {UNCHANGED}; try again later")
    return found, total


def _described(result: Any, pack: DataPack, number: int) -> Record:
    """Return a record with the columns that pack.yml describes: what no lesson needs is not kept."""
    if not isinstance(result, dict):
        raise MakerwagenError(f"record {number} is not an object; {UNCHANGED}; try again")
    for column in pack.columns:
        if column.name not in result:
            hint = guessed_hint(pack, column.name)
            raise MakerwagenError(
                f"record {number} has no column '{column.name}'{hint}; it has: {', '.join(map(str, result))[:300]}; "
                f"{UNCHANGED}; the portal may have renamed it: mend pack.yml and the lessons, then try again"
            )
    return {column.name: result[column.name] for column in pack.columns}


def _as_file(records: Sequence[Record]) -> bytes:
    lines = ",\n".join(f"  {json.dumps(record, ensure_ascii=False)}" for record in records)
    return f'{{\n "total_count": {len(records)},\n "results": [\n{lines}\n ]\n}}\n'.encode()
