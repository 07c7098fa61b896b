"""The bytes of a data pack to plain records, whatever shape its source gives them."""

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from makerwagen.content.pack import DataPack, Shape
from makerwagen.errors import MakerwagenError

Record = Mapping[str, Any]
Reader = Callable[[str], Any]

# DWD: 2026071405 (server) or 2026-07-14T05:00 (portal), both UTC; a day is 20260714 or 2026-07-14.
DWD_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d)(?::?(\d\d))?)?(?::\d\d)?$")
END_OF_ROW = "eor"


def records_of(pack: DataPack, data: bytes, path: Path) -> tuple[Record, ...]:
    """Return the records of a pack's file; raise MakerwagenError saying what is wrong with it and where."""
    if pack.shape in (Shape.EXPLORE, Shape.OPENSENSEMAP) and path.suffix != ".csv":
        records = parse_records(data, path)
        return tuple(_typed_json(record, pack) for record in records) if pack.shape is Shape.OPENSENSEMAP else records
    return parse_table(pack, data, path)


def parse_records(data: bytes, path: Path) -> tuple[Record, ...]:
    """Return the records of an Explore v2.1 answer ({"results": […]}) or of an export (a plain list)."""
    text = text_of(data, path, "JSON")
    try:
        answer = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise MakerwagenError(f"{path}: not JSON{line}; it may be cut off, download it again") from None
    results = answer.get("results") if isinstance(answer, dict) else answer
    if not isinstance(results, list):
        told = f": the portal says '{answer['message']}'" if isinstance(answer, dict) and "message" in answer else ""
        raise MakerwagenError(f"{path}: holds no list called 'results'{told}; take the address that ends in /records")
    for number, record in enumerate(results, 1):
        if not isinstance(record, dict):
            raise MakerwagenError(f"{path}: record {number} is not an object; download it again as JSON")
    if not results:
        raise MakerwagenError(f"{path}: holds no records; ask the portal again later")
    return tuple(results)


def parse_table(pack: DataPack, data: bytes, path: Path) -> tuple[Record, ...]:
    """Return the records of a CSV file, each value turned into its column's type; an empty field is a gap."""
    text = text_of(data, path, "CSV")
    try:
        rows = list(rows_of(text))
    except csv.Error as error:
        raise MakerwagenError(f"{path}: not CSV ({error}); download it again") from None
    if len(rows) < 2:
        raise MakerwagenError(f"{path}: holds no records; it may be cut off, download it again")
    (_, header), *lines = rows
    readers = {column.name: READERS.get(column.type, str) for column in pack.columns}
    records = []
    for number, fields in lines:
        if len(fields) != len(header):
            raise MakerwagenError(
                f"{path}: line {number} has {len(fields)} fields, the first line has {len(header)}; "
                "it may be cut off, download it again"
            )
        if header[-1] == END_OF_ROW and fields[-1] != END_OF_ROW:
            raise MakerwagenError(f"{path}: line {number} does not end in 'eor'; it may be cut off, download it again")
        record = dict(zip(header, fields, strict=True))
        where = f"{path}: line {number}"
        records.append({name: _value(readers.get(name, str), text, name, where) for name, text in record.items()})
    return tuple(records)


def text_of(data: bytes, path: Path, kind: str) -> str:
    """Return the text of a file; raise MakerwagenError for what is no text, or a web page."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MakerwagenError(f"{path}: not UTF-8 text; download it again as {kind}") from None
    if text.lstrip()[:1] == "<":
        raise MakerwagenError(
            f"{path}: this is a web page (HTML), not {kind}: the portal or a filter answered with an error page; "
            "open the address in a browser, read the message, and download the data again"
        )
    return text


def separator_of(first_line: str) -> str:
    """Return what stands between the names in the first line of a table."""
    return max(";,\t", key=first_line.count)


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table with their line numbers; raise csv.Error where it is none."""
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=separator_of(first), strict=True)
    # The DWD fills its fields up with spaces.
    for fields in reader:
        if fields:
            yield reader.line_num, [field.strip() for field in fields]


def _value(read: Reader, text: str, name: str, where: str) -> Any:
    if text == "":
        return None
    try:
        return read(text)
    except ValueError:
        comma = "; it has a decimal comma, the source writes a point" if re.fullmatch(r"-?\d+,\d+", text) else ""
        raise MakerwagenError(
            f"{where}, column '{name}': {text[:40]!r} is not what pack.yml says it is{comma}; "
            "mend the file or the type in pack.yml"
        ) from None


def _number(text: str) -> float:
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text):  # float() also reads nan, inf and 1_0
        raise ValueError(text)
    if not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


def _integer(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d+", text):
        raise ValueError(text)
    return int(text)


def _time(text: str) -> str:
    """Return a time as ISO 8601 with its zone; a source that names none means UTC."""
    if found := DWD_TIME.match(text):
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        return datetime(year, month, day, hour, minute, _second(text), tzinfo=UTC).isoformat()
    time = datetime.fromisoformat(text)
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).isoformat()


def _second(text: str) -> int:
    return int(text[-2:]) if text.count(":") == 2 else 0


def _point(text: str) -> dict[str, float]:
    """Return a point as the API writes it; an export to CSV holds 'lat, lon'."""
    lat, _, lon = text.partition(",")
    return {"lon": _number(lon.strip()), "lat": _number(lat.strip())}


READERS: Mapping[str, Reader] = {
    "text": str,
    "integer": _integer,
    "number": _number,
    "time": _time,
    "date": lambda text: _time(text)[:10],
    "point": _point,
}


def _typed_json(record: Record, pack: DataPack) -> Record:
    """Return a record with its numbers as numbers: openSenseMap writes values as text."""
    typed = dict(record)
    for column in pack.columns:
        value = typed.get(column.name)
        if isinstance(value, str) and column.type in ("number", "integer"):
            try:
                typed[column.name] = READERS[column.type](value)
            except ValueError:
                continue  # the check of the columns names it
    return typed
