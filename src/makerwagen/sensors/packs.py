"""Data packs on disk: pack.yml and the frozen answer of an open-data API, to plain records."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from makerwagen.content.pack import DataPack
from makerwagen.errors import MakerwagenError

PACK_FILE = "pack.yml"
MAX_BYTES = 5_000_000
Record = Mapping[str, Any]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_time(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _is_point(value: Any) -> bool:
    return isinstance(value, dict) and _is_number(value.get("lat")) and _is_number(value.get("lon"))


# What pack.yml may call a column's type, and how a value is recognised. null passes everywhere: a gap is
# something the lesson talks about, not a broken file.
TYPES: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": _is_number,
    "time": _is_time,
    "point": _is_point,
}


@dataclass(frozen=True)
class PackData:
    """A pack's description, the folder it came from, and its records as the API sent them."""

    pack: DataPack
    folder: Path
    records: tuple[Record, ...]


def read_pack(folder: Path) -> PackData:
    """Return the pack in `folder`; raise MakerwagenError when its description, checksum or records are wrong."""
    pack = read_description(folder)
    path = (folder / pack.file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise MakerwagenError(
            f"{folder / PACK_FILE}: file '{pack.file}' lies outside the pack; move it into the folder"
        )
    data = _bytes(path)
    found = hashlib.sha256(data).hexdigest()
    # A page sent instead of data is the likelier cause than a wrong sum, and the better message.
    records = parse_records(data, path)
    if found != pack.sha256:
        raise MakerwagenError(
            f"{path}: sha256 is {found[:12]}…, pack.yml says {pack.sha256[:12]}…; "
            "bring the original file back, or write the new sum and date into pack.yml"
        )
    _check_columns(pack, records, path)
    return PackData(pack, folder, records)


def read_description(folder: Path) -> DataPack:
    """Return what pack.yml in `folder` says."""
    path = folder / PACK_FILE
    try:
        data = yaml.safe_load(_bytes(path).decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        raise MakerwagenError(f"{path}: not valid YAML: {reason}; run: makerwagen check") from None
    try:
        return DataPack.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(key) for key in first["loc"]) or "the file"
        raise MakerwagenError(f"{path}: '{field}': {first['msg']}; run: makerwagen check") from None


def parse_records(data: bytes, path: Path) -> tuple[Record, ...]:
    """Return the records of an Explore v2.1 answer ({"results": […]}) or of an export (a plain list)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MakerwagenError(f"{path}: not UTF-8 text; download it again as JSON") from None
    if text.lstrip()[:1] == "<":
        raise MakerwagenError(
            f"{path}: this is a web page (HTML), not JSON: the portal or a filter answered with an error page; "
            "open the address in a browser, read the message, and download the data again"
        )
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


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise MakerwagenError(
                f"{path}: larger than 5 MB; take a smaller snapshot (a lesson needs 200 rows at most)"
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise MakerwagenError(f"{path}: {reason}; is the pack's folder complete?") from None


def _check_columns(pack: DataPack, records: Iterable[Record], path: Path) -> None:
    for column in pack.columns:
        if column.type not in TYPES:
            known = ", ".join(TYPES)
            raise MakerwagenError(
                f"{path.parent / PACK_FILE}: column '{column.name}' has type '{column.type}'; use {known}"
            )
    for number, record in enumerate(records, 1):
        for column in pack.columns:
            if column.name not in record:
                raise MakerwagenError(
                    f"{path}: record {number} has no column '{column.name}' (it has: {', '.join(record)}); "
                    "the portal may have renamed it: mend pack.yml and the lesson"
                )
            value = record[column.name]
            if value is not None and not TYPES[column.type](value):
                raise MakerwagenError(
                    f"{path}: record {number}, column '{column.name}': {str(value)[:40]!r} is not of type "
                    f"{column.type}; mend the file or the type in pack.yml"
                )
