"""A snapshot from a source that hands out files: the DWD's ZIPs, openSenseMap's CSV, Sensor.Community's archive."""

import re
from collections.abc import Mapping
from pathlib import Path

from makerwagen.content.pack import DataPack, Real, Shape
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.reading import PACK_FILE
from makerwagen.sensors.packs.refresh_portal import UNCHANGED, NotFoundError, Portal
from makerwagen.sensors.packs.refresh_snapshot import Snapshot, kept_as_it_was
from makerwagen.sensors.packs.refresh_tables import Sheet, as_text, fitted, record_times, sheet_of
from makerwagen.sensors.packs.refresh_unpack import text_in
from makerwagen.sensors.packs.shapes import records_of

# How a source names one of its stations, and what to write where none is named.
STATIONS: Mapping[Shape, tuple[str, str]] = {
    Shape.DWD: (r"\d{5}", 'the five digits of a station, e.g. station: "01303"'),
    Shape.SENSOR_COMMUNITY: (r"\d{1,9}", "the number of a sensor, as the map of Sensor.Community shows it"),
    Shape.OPENSENSEMAP: (
        r"[0-9a-f]{24}(,[0-9a-f]{24}){0,9}",
        "the 24 characters at the end of a box's address on opensensemap.org, several with commas; "
        "take boxes whose keepers are adults and agree",
    ),
}
DAY = r"\d{4}-\d\d-\d\d"


def take_file(source: Portal, real: Real, pack: DataPack, *, folder: Path) -> Snapshot:
    """Return the newest rows of the file that pack.yml names."""
    fields = _fields(real, pack, folder)
    text, where = _asked(source, real, pack, fields)
    sheet, left_out = fitted(sheet_of(text, where), pack, real)
    data = as_text(sheet).encode("utf-8")
    try:
        records = records_of(pack, data, folder / "new.csv")
    except MakerwagenError as error:
        raise kept_as_it_was(error) from None
    days = record_times(records, pack)
    return Snapshot(
        data,
        "csv",
        records,
        where,
        f"{real.title}, {_german(*days)}" if real.title and days else real.title or "",
        real.license,
        _attribution(real, pack),
        left_out,
        _remarks(real, pack, sheet),
    )


def _fields(real: Real, pack: DataPack, folder: Path) -> dict[str, str]:
    """Return what is put into the paths, e.g. the station; raise MakerwagenError where pack.yml does not name it."""
    here = folder / PACK_FILE
    if not real.paths:
        raise MakerwagenError(f"{here}: real.paths names no file; add it, see another pack; {UNCHANGED}")
    form, what = STATIONS[pack.shape]
    if not real.station:
        raise MakerwagenError(f"{here}: real.station is not written yet; under real: write {what}; {UNCHANGED}")
    if not re.fullmatch(form, real.station):
        raise MakerwagenError(f"{here}: real.station is {real.station[:40]!r}; write {what}; {UNCHANGED}")
    year = ""
    if any("{year}" in path or "{dataset}" in path for path in real.paths):
        if not re.fullmatch(DAY, real.dataset):
            raise MakerwagenError(
                f"{here}: real.dataset is {real.dataset[:40]!r}; write the day, as in 2025-12-31; {UNCHANGED}"
            )
        year = real.dataset[:4]
    return {"dataset": real.dataset, "station": real.station, "year": year}


def _asked(source: Portal, real: Real, pack: DataPack, fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the text that came, and its address: of one file, or one table for each phenomenon, put together."""
    paths = [_filled(path, fields) for path in real.paths]
    if pack.shape is not Shape.OPENSENSEMAP:
        return _first(source, paths, zipped=pack.shape is Shape.DWD)
    columns = ",".join(column.name for column in pack.columns)
    texts = []
    for phenomenon in real.phenomena or ("",):
        asked = {"boxId": fields["station"], "columns": columns, "format": "csv"}
        asked |= {"phenomenon": phenomenon} if phenomenon else {}
        url = source.address + paths[0]
        text = text_in(source.file(paths[0], asked), f"{url} ({phenomenon})", zipped=False)
        sheet_of(text, f"{url} ({phenomenon})")  # a part that is cut off or empty is named by itself
        texts.append(text)
    first, *others = texts
    if any(other.partition("\n")[0] != first.partition("\n")[0] for other in others):
        raise MakerwagenError(f"{source.address}{paths[0]}: the tables have different columns; {UNCHANGED}; try again")
    return first + "".join(other.partition("\n")[2] for other in others), source.address + paths[0]


def _filled(path: str, fields: Mapping[str, str]) -> str:
    for name, value in fields.items():
        path = path.replace(f"{{{name}}}", value)
    return path if path.startswith("/") else f"/{path}"


def _first(source: Portal, paths: list[str], *, zipped: bool) -> tuple[str, str]:
    missing: NotFoundError | None = None
    for path in paths:
        try:
            data = source.file(path, {})
        except NotFoundError as error:
            missing = missing or error
            continue
        url = source.address + path
        return text_in(data, url, zipped=zipped), url
    others = f"; nor at {', '.join(paths[1:])}" if paths[1:] else ""
    raise MakerwagenError(
        f"{missing}{others}; is real.station in pack.yml right, and has it measured then? open the folder in a browser"
    )


def _attribution(real: Real, pack: DataPack) -> str:
    """Return the source line: the DWD prescribes its words, one for values as they are and one for changed ones."""
    if pack.shape is not Shape.DWD:
        return real.publisher
    if real.long:
        return f"Datenbasis: {real.publisher}, eigene Bearbeitung"
    return f"Quelle: {real.publisher}"


def _remarks(real: Real, pack: DataPack, sheet: Sheet) -> tuple[str, ...]:
    said = []
    if pack.shape is not Shape.DWD and "lat" in sheet.header:
        said.append("Die Lage ist auf zwei Stellen gerundet, das ist etwa ein Kilometer.")
    if "boxName" in sheet.header:
        said.append("Die Namen der Kästen sind durch Nummern ersetzt.")
    if real.long:
        said.append("Aus einer Tabelle mit einer Zeile am Tag ist eine mit einer Zeile je Tag und Größe geworden.")
    return tuple(said)


def _german(first: str, last: str) -> str:
    begin, end = (f"{day[8:10]}.{day[5:7]}.{day[:4]}" for day in (first, last))
    return begin if begin == end else f"{begin} bis {end}"
