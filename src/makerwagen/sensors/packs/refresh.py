"""Replaces a pack by a real snapshot from its source; whatever is not right leaves the pack as it was."""

import datetime
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from makerwagen.content.pack import Column, DataPack, Real, Shape
from makerwagen.content.personal import personal_name, personal_value
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.edit import GONE, SAID_SIMULATED, alone, swap_in
from makerwagen.sensors.packs.reading import MAX_BYTES, PACK_FILE, check_columns, read_description, read_pack
from makerwagen.sensors.packs.refresh_explore import Pace, Say, take_records
from makerwagen.sensors.packs.refresh_files import take_file
from makerwagen.sensors.packs.refresh_portal import UNCHANGED, Portal
from makerwagen.sensors.packs.refresh_snapshot import Snapshot
from makerwagen.sensors.packs.refresh_waiting import FILE

# Points outside of this box do not lie in or near Dortmund; they are told as a fault, not dropped.
NEAR = {"lat": (51.3, 51.7), "lon": (7.1, 7.8)}
COLD = "°C"


def refresh(  # noqa: PLR0913, what a command's options say
    folder: Path,
    *,
    portal: str | None = None,
    every_s: float | None = None,
    now: bool = False,
    say: Say = lambda _text: None,
    today: Callable[[], datetime.date] = datetime.date.today,
) -> str:
    """Take a real snapshot for the pack in `folder` and return what was done; raise MakerwagenError otherwise.

    With `now`, one reading is enough of a data set that the pack follows through a day.
    """
    with alone(folder):
        pack = read_description(folder)
        real = _source_of(pack, folder)
        readings = 1 if now else real.readings
        with Portal(portal or real.portal) as source:
            if pack.shape is Shape.EXPLORE:
                pace = Pace(readings, real.every_minutes * 60 if every_s is None else every_s, say)
                snapshot = take_records(source, real, pack, folder=folder, pace=pace)
            else:
                snapshot = take_file(source, real, pack, folder=folder)
        _must_be_plausible(snapshot, pack, folder, share=readings / real.readings)
        date = today()
        file = _free_name(folder, pack, date, snapshot.suffix)
        faults = _faults(snapshot, pack)
        changes = _changes(pack, snapshot, date=date, faults=faults)
        swap_in(folder, pack, data=snapshot.data, file=file, changes=changes)
        (folder / FILE).unlink(missing_ok=True)
    licence = (
        "" if pack.shape is Shape.EXPLORE else f"\nlicence {real.license} as {PACK_FILE} says: the source sends none"
    )
    return (
        f"{pack.id}: {len(snapshot.records)} real records of {date} in {file}; {PACK_FILE} lists {len(faults)} oddities"
        f"{licence}\nread again: {folder / 'README.md'} still describes the old pack"
    )


def _source_of(pack: DataPack, folder: Path) -> Real:
    if pack.real is None:
        raise MakerwagenError(
            f"{folder / PACK_FILE}: names no real data set; add real: {{portal, dataset, …}}; {UNCHANGED}"
        )
    return pack.real


def _must_be_plausible(snapshot: Snapshot, pack: DataPack, folder: Path, *, share: float) -> None:
    """Raise for wrong types, too few rows, and anything that looks like data about persons."""
    if len(snapshot.data) > MAX_BYTES:
        raise MakerwagenError(
            f"the new data have {len(snapshot.data)} bytes, a pack has {MAX_BYTES} at most; {UNCHANGED}; "
            "lower real.rows"
        )
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
        old = read_pack(folder)
        # Of a real pack nobody knows how many readings it was made from.
        before = len(old.records) if share == 1 or old.pack.simulated else 0
    except MakerwagenError:
        before = 0  # a broken pack may be mended by this
    if len(snapshot.records) * 2 < before * share:
        raise MakerwagenError(
            f"only {len(snapshot.records)} records came, the pack has {before}; {UNCHANGED}; "
            "look into the portal, and if that is right, set real.rows or take the file by hand"
        )


def _free_name(folder: Path, pack: DataPack, date: datetime.date, suffix: str) -> str:
    """Return a name that is not in use, so that the old file stays whole until the new one counts."""
    names = (f"{pack.id}-{date}{end}.{suffix}" for end in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(name for name in names if not (folder / name).exists())


def _changes(pack: DataPack, snapshot: Snapshot, *, date: datetime.date, faults: list[str]) -> dict[str, Any]:
    title = snapshot.title or SAID_SIMULATED.sub("", pack.title.get("de", pack.id))
    return {
        "title": {"de": title},
        "simulated": False,
        "date": date,
        "license": snapshot.license,
        "source": f"{snapshot.where}, abgerufen am {date:%d.%m.%Y}",
        "attribution": {"de": snapshot.attribution},
        "generator": GONE,
        "faults": [{"de": fault} for fault in faults],
    }


def _faults(snapshot: Snapshot, pack: DataPack) -> list[str]:
    """Return what is odd in the new data, for the teacher who looks at it next."""
    records = snapshot.records
    found = [f"Ausschnitt: Das Portal hat {snapshot.left_out} Einträge mehr."] if snapshot.left_out else []
    found += snapshot.remarks
    for column in pack.columns:
        values = [record[column.name] for record in records]
        empty = sum(value is None for value in values)
        if empty:
            found.append(f"{column.name}: {_times(empty, len(records))} leer.")
        if column.type in ("integer", "number"):
            found += _odd_numbers(column, [value for value in values if value is not None], pack.missing)
        if column.type == "point":
            away = sum(value is not None and not _is_near(value) for value in values)
            found += [f"{column.name}: {_times(away, len(records))} weit weg von Dortmund."] if away else []
    doubled = len(records) - len({json.dumps(record, sort_keys=True) for record in records})
    return [*found, f"{doubled}-mal steht ein Eintrag noch einmal da."] if doubled else found


def _odd_numbers(column: Column, values: list[float], missing: float | None) -> list[str]:
    coded = sum(value == missing for value in values)
    below = sum(value < 0 and value != missing for value in values) if column.unit != COLD else 0
    found = [f"{column.name}: {_times(coded, len(values))} {missing:g}, das heißt: kein Wert."] if coded else []
    return found + ([f"{column.name}: {_times(below, len(values))} unter 0."] if below else [])


def _times(count: int, total: int) -> str:
    return f"{count} von {total} Werten" if total != 1 else "der einzige Wert"


def _is_near(point: Mapping[str, float]) -> bool:
    return all(low <= point[key] <= high for key, (low, high) in NEAR.items())
