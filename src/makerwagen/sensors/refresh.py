"""Replaces a pack by a real snapshot from its portal; whatever is not right leaves the pack as it was."""

import datetime
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from makerwagen.content.pack import DataPack, Real, Shape
from makerwagen.content.personal import personal_name, personal_value
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs import MAX_BYTES, PACK_FILE, check_columns, read_description, read_pack
from makerwagen.sensors.packs_edit import GONE, SAID_SIMULATED, swap_in
from makerwagen.sensors.packs_shapes import Record
from makerwagen.sensors.refresh_licence import licence_of
from makerwagen.sensors.refresh_portal import UNCHANGED, Portal

PAGE = 100
SIMULATED = "makerwagen_simulated"
# Points outside of this box do not lie in or near Dortmund; they are told as a fault, not dropped.
NEAR = {"lat": (51.3, 51.7), "lon": (7.1, 7.8)}
Say = Callable[[str], None]


@dataclass(frozen=True)
class Snapshot:
    """What a portal gave, and what it says about it."""

    title: str
    license: str
    records: tuple[Record, ...]
    left_out: int


def refresh(
    folder: Path,
    *,
    portal: str | None = None,
    every_s: float | None = None,
    say: Say = lambda _text: None,
    today: Callable[[], datetime.date] = datetime.date.today,
) -> str:
    """Take a real snapshot for the pack in `folder` and return what was done; raise MakerwagenError otherwise."""
    pack = read_description(folder)
    real = _source_of(pack, folder)
    with Portal(portal or real.portal) as source:
        snapshot = _take(source, real, pack, say=say, every_s=real.every_minutes * 60 if every_s is None else every_s)
        where = f"{source.address}/explore/dataset/{real.dataset}/"
    _must_be_plausible(snapshot, pack, folder)
    date = today()
    data = _as_file(snapshot.records)
    file = _free_name(folder, pack, date)
    swap_in(folder, pack, data=data, file=file, changes=_changes(pack, real, snapshot, where=where, date=date))
    faults = len(_faults(snapshot, pack))
    return (
        f"{pack.id}: {len(snapshot.records)} real records of {date} in {file}; {PACK_FILE} lists {faults} oddities\n"
        f"read again: {folder / 'README.md'} still describes the old pack"
    )


def _source_of(pack: DataPack, folder: Path) -> Real:
    if pack.shape is not Shape.EXPLORE:
        raise MakerwagenError(
            f"'{pack.id}' has the shape {pack.shape.value}; only packs of an Explore portal are refreshed by command; "
            f"{folder / 'README.md'} says how to take this one by hand; {UNCHANGED}"
        )
    if pack.real is None:
        raise MakerwagenError(
            f"{folder / PACK_FILE}: names no real data set; add real: {{portal, dataset, …}}; {UNCHANGED}"
        )
    return pack.real


def _take(source: Portal, real: Real, pack: DataPack, *, say: Say, every_s: float) -> Snapshot:
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
    records: list[Record] = []
    left_out = 0
    failed: MakerwagenError | None = None
    for number in range(real.readings):
        if number:
            time.sleep(max(0.0, every_s))
        try:
            taken, total = _reading(source, real, pack)
        except MakerwagenError as error:
            if real.readings == 1:
                raise
            failed = error
            say(f"reading {number + 1} of {real.readings} failed: {error}")
        else:
            records += taken
            left_out = max(left_out, total - len(taken))
            say(f"reading {number + 1} of {real.readings}: {len(records)} records so far")
    if not records and failed:
        raise failed
    return Snapshot(str(default.get("title") or ""), license_id, tuple(records), left_out)


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
            hint = " (our reading of its name: nobody here had seen the real one)" if column.guessed else ""
            raise MakerwagenError(
                f"record {number} has no column '{column.name}'{hint}; it has: {', '.join(map(str, result))[:300]}; "
                f"{UNCHANGED}; the portal may have renamed it: mend pack.yml and the lessons, then try again"
            )
    return {column.name: result[column.name] for column in pack.columns}


def _must_be_plausible(snapshot: Snapshot, pack: DataPack, folder: Path) -> None:
    """Raise for wrong types, too few rows, and anything that looks like data about persons."""
    try:
        check_columns(pack, snapshot.records, folder / pack.file)
    except MakerwagenError as error:
        raise MakerwagenError(f"the new data: {error}; {UNCHANGED}") from None
    for column in pack.columns:
        kind, shown = personal_name(column.name), ""
        if not kind and column.type == "text":
            kind, shown = personal_value(record[column.name] for record in snapshot.records)
        if kind:
            example = f" ('{shown[:4]}…')" if shown else ""
            raise MakerwagenError(
                f"column '{column.name}' holds a {kind}{example}; such data has no place in a lesson; {UNCHANGED}; "
                "take the column out of pack.yml"
            )
    try:
        before = len(read_pack(folder).records)
    except MakerwagenError:
        before = 0  # a broken pack may be mended by this
    if len(snapshot.records) * 2 < before:
        raise MakerwagenError(
            f"only {len(snapshot.records)} records came, the pack has {before}; {UNCHANGED}; "
            "look into the portal, and if that is right, set real.rows or take the file by hand"
        )


def _as_file(records: Sequence[Record]) -> bytes:
    lines = ",\n".join(f"  {json.dumps(record, ensure_ascii=False)}" for record in records)
    data = f'{{\n "total_count": {len(records)},\n "results": [\n{lines}\n ]\n}}\n'.encode()
    if len(data) > MAX_BYTES:
        raise MakerwagenError(
            f"the new data have {len(data)} bytes, a pack has {MAX_BYTES} at most; {UNCHANGED}; lower real.rows"
        )
    return data


def _free_name(folder: Path, pack: DataPack, date: datetime.date) -> str:
    """Return a name that is not in use, so that the old file stays whole until the new one counts."""
    names = (f"{pack.id}-{date}{end}.json" for end in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(name for name in names if not (folder / name).exists())


def _changes(pack: DataPack, real: Real, snapshot: Snapshot, *, where: str, date: datetime.date) -> dict[str, Any]:
    title = snapshot.title or SAID_SIMULATED.sub("", pack.title.get("de", pack.id))
    return {
        "title": {"de": title},
        "simulated": False,
        "date": date,
        "license": snapshot.license,
        "source": f"{where}, abgerufen am {date:%d.%m.%Y}",
        "attribution": {"de": real.publisher},
        "generator": GONE,
        "faults": [{"de": fault} for fault in _faults(snapshot, pack)],
    }


def _faults(snapshot: Snapshot, pack: DataPack) -> list[str]:
    """Return what is odd in the new data, for the teacher who looks at it next."""
    records = snapshot.records
    found = [f"Ausschnitt: Das Portal hat {snapshot.left_out} Einträge mehr."] if snapshot.left_out else []
    for column in pack.columns:
        values = [record[column.name] for record in records]
        empty = sum(value is None for value in values)
        if empty:
            found.append(f"{column.name}: {_times(empty, len(records))} leer.")
        if column.type in ("integer", "number"):
            below = sum(value is not None and value < 0 for value in values)
            found += [f"{column.name}: {_times(below, len(records))} unter 0."] if below else []
        if column.type == "point":
            away = sum(value is not None and not _is_near(value) for value in values)
            found += [f"{column.name}: {_times(away, len(records))} weit weg von Dortmund."] if away else []
    doubled = len(records) - len({json.dumps(record, sort_keys=True) for record in records})
    return [*found, f"{doubled}-mal steht ein Eintrag noch einmal da."] if doubled else found


def _times(count: int, total: int) -> str:
    return f"{count} von {total} Werten" if total != 1 else "der einzige Wert"


def _is_near(point: Mapping[str, float]) -> bool:
    return all(low <= point[key] <= high for key, (low, high) in NEAR.items())
