"""The table that a portal sent, cut down to what a pack describes: its columns, its station, its newest rows."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from makerwagen.content.pack import Column, DataPack, Real, Shape
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.refresh_portal import UNCHANGED
from makerwagen.sensors.packs.shapes import END_OF_ROW, READERS, rows_of, separator_of

# What the long form of the DWD's climate portal is made from.
STATION, DAY, QUALITY = "STATIONS_ID", "MESS_DATUM", "QN_4"
LONG = ("Produkt_Code", "SDO_ID", "Zeitstempel", "Wert", "Qualitaet_Niveau", "Qualitaet_Byte")
# The column that must name what was asked for, if the file has it.
OWNERS = ("STATIONS_ID", "SDO_ID", "sensor_id", "boxId")
# A hundredth of a degree is about a kilometre: near enough for a lesson, too far for anybody's door.
ROUNDED, DECIMALS = ("lat", "lon"), 2
BOX, BOX_NAME = "boxId", "boxName"


@dataclass(frozen=True)
class Sheet:
    """Names and rows of text, as they came; `what` says where from, for messages."""

    what: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    separator: str

    def column(self, name: str) -> list[str]:
        """Return the fields of one column."""
        at = self.header.index(name)
        return [row[at] for row in self.rows]

    def with_column(self, name: str, change: Callable[[str], str]) -> "Sheet":
        """Return the sheet with the fields of one column changed."""
        at = self.header.index(name)
        return replace(self, rows=tuple((*row[:at], change(row[at]), *row[at + 1 :]) for row in self.rows))


def sheet_of(text: str, what: str) -> Sheet:
    """Return the table in `text`; raise MakerwagenError when it is cut off or none."""
    try:
        lines = list(rows_of(text))
    except csv.Error as error:
        raise MakerwagenError(f"{what}: no table ({error}); {UNCHANGED}; try again") from None
    if len(lines) < 2:
        raise MakerwagenError(f"{what}: the table holds no rows; {UNCHANGED}; try again later, or ask for another day")
    (_, header), *rest = lines
    for number, fields in rest:
        if len(fields) != len(header) or (header[-1] == END_OF_ROW and fields[-1] != END_OF_ROW):
            raise MakerwagenError(
                f"{what}: line {number} has not the {len(header)} fields of the first line; {UNCHANGED}; "
                "it may be cut off, try again"
            )
    if not text.endswith("\n"):
        raise MakerwagenError(f"{what}: the last line has no end; {UNCHANGED}; it may be cut off, try again")
    first = text.lstrip().partition("\n")[0]
    return Sheet(what, tuple(header), tuple(tuple(fields) for _, fields in rest), separator_of(first))


def fitted(sheet: Sheet, pack: DataPack, real: Real) -> tuple[Sheet, int]:
    """Return the sheet with the columns and newest rows that the pack describes, and how many rows stay behind."""
    if real.long:
        sheet = _long(sheet, real.long)
    for column in pack.columns:
        if column.name not in sheet.header:
            raise MakerwagenError(
                f"{sheet.what}: there is no column '{column.name}'; there are: {', '.join(sheet.header)[:300]}; "
                f"{UNCHANGED}; the source may have renamed it: mend pack.yml and the lessons, then try again"
            )
    _must_be_asked_for(sheet, real)
    newest = _newest(sheet, pack, real)
    shaped = _only(newest, [column.name for column in pack.columns])
    if pack.shape is not Shape.DWD:
        shaped = _without_doors(shaped)
    return shaped, len(sheet.rows) - len(newest.rows)


def as_text(sheet: Sheet) -> str:
    """Return the sheet as a file of its source's shape."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=sheet.separator, lineterminator="\n")
    writer.writerows([sheet.header, *sheet.rows])
    return file.getvalue()


def _long(sheet: Sheet, codes: Mapping[str, str]) -> Sheet:
    """Return the DWD's daily values in the form of its climate portal: one row for each day and quantity."""
    for name in (STATION, DAY, QUALITY, *codes):
        if name not in sheet.header:
            raise MakerwagenError(
                f"{sheet.what}: there is no column '{name}'; there are: {', '.join(sheet.header)[:300]}; {UNCHANGED}; "
                "check real.paths and real.long in pack.yml"
            )
    station, day, quality = (sheet.column(name) for name in (STATION, DAY, QUALITY))
    values = {code: sheet.column(name) for name, code in codes.items()}
    rows = [
        (code, station[number], day[number], values[code][number], quality[number], "")
        for number in range(len(sheet.rows))
        for code in values
    ]
    return replace(sheet, header=LONG, rows=tuple(rows))


def _must_be_asked_for(sheet: Sheet, real: Real) -> None:
    asked = {one.strip().lstrip("0") for one in (real.station or "").split(",")}
    for name in OWNERS:
        others = {field.lstrip("0") for field in sheet.column(name)} - asked if name in sheet.header else set()
        if others:
            raise MakerwagenError(
                f"{sheet.what}: holds {name} {sorted(others)[0][:40]!r}, asked for was {real.station!r}; {UNCHANGED}; "
                "check real.station in pack.yml"
            )


def _newest(sheet: Sheet, pack: DataPack, real: Real) -> Sheet:
    """Return the newest rows, oldest first, and of the days of the year that the pack is about."""
    column = next((column for column in pack.columns if column.type in ("time", "date")), None)
    if column is None:
        return replace(sheet, rows=sheet.rows[-real.rows :])
    times = _times(sheet, column)
    order = sorted(range(len(times)), key=lambda number: times[number])
    if real.days:
        order = _of_the_newest_year(order, times, real.days, sheet.what)
    return replace(sheet, rows=tuple(sheet.rows[number] for number in order[-real.rows :]))


def _times(sheet: Sheet, column: Column) -> list[str]:
    found = []
    for text in sheet.column(column.name):
        try:
            found.append(str(READERS[column.type](text)))
        except ValueError:
            raise MakerwagenError(
                f"{sheet.what}: column '{column.name}': {text[:40]!r} is no {column.type}; {UNCHANGED}; try again"
            ) from None
    return found


def _of_the_newest_year(order: Sequence[int], times: Sequence[str], days: tuple[str, str], what: str) -> list[int]:
    inside = [number for number in order if days[0] <= times[number][5:10] <= days[1]]
    if not inside:
        raise MakerwagenError(f"{what}: holds no day from {days[0]} to {days[1]}; {UNCHANGED}; see real.days")
    # A summer that has only begun is none: the newest that is there to its last day, if there is one.
    whole = [times[number][:4] for number in inside if times[number][5:10] == days[1]]
    year = max(whole or [times[inside[-1]][:4]])
    return [number for number in inside if times[number][:4] == year]


def _only(sheet: Sheet, names: Sequence[str]) -> Sheet:
    places = [sheet.header.index(name) for name in names]
    return replace(sheet, header=tuple(names), rows=tuple(tuple(row[at] for at in places) for row in sheet.rows))


def _without_doors(sheet: Sheet) -> Sheet:
    """Return the sheet without what leads to somebody's home: places are rounded, boxes are called by a number."""
    for name in ROUNDED:
        if name in sheet.header:
            sheet = sheet.with_column(name, _rounded)
    if BOX_NAME in sheet.header and BOX in sheet.header:
        numbers = {box: number for number, box in enumerate(dict.fromkeys(sheet.column(BOX)), 1)}
        boxes = iter(sheet.column(BOX))
        sheet = sheet.with_column(BOX_NAME, lambda _name: f"Kasten {numbers[next(boxes)]}")
    return sheet


def _rounded(text: str) -> str:
    try:
        return f"{READERS['number'](text):.{DECIMALS}f}" if text else text
    except ValueError:
        return text  # the check of the columns names it


def record_times(records: Sequence[Mapping[str, Any]], pack: DataPack) -> tuple[str, str] | None:
    """Return the first and last day of the records."""
    names = [column.name for column in pack.columns if column.type in ("time", "date")]
    found = sorted(str(record[names[0]])[:10] for record in records if record[names[0]]) if names else []
    return (found[0], found[-1]) if found else None
