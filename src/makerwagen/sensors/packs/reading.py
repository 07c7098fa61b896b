"""Data packs on disk: pack.yml and the frozen data beside it, to plain records."""

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from makerwagen.content.pack import DataPack
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.shapes import Record, records_of

PACK_FILE = "pack.yml"
PLACES = ("lessons/*/data/*", "curriculum/data/*")
MAX_BYTES = 5_000_000


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_time(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _is_date(value: Any) -> bool:
    try:
        return date.fromisoformat(value) is not None
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
    "date": _is_date,
    "point": _is_point,
}


@dataclass(frozen=True)
class PackData:
    """A pack's description, the folder it came from, and its records as the API sent them."""

    pack: DataPack
    folder: Path
    records: tuple[Record, ...]


def pack_folders(root: Path) -> Iterator[Path]:
    """Yield the folders of all packs below a checkout, by name."""
    found = [path.parent for place in PLACES for path in root.glob(f"{place}/{PACK_FILE}")]
    yield from sorted(found, key=lambda folder: folder.name)


def folder_of(root: Path, name: str) -> Path:
    """Return the folder of the pack `name`; raise MakerwagenError naming those there are."""
    known = {folder.name: folder for folder in pack_folders(root)}
    if name not in known:
        there = ", ".join(known) or "none"
        raise MakerwagenError(f"there is no data pack '{name}'; there are: {there}")
    return known[name]


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
    records = records_of(pack, data, path)
    if found != pack.sha256:
        raise MakerwagenError(
            f"{path}: sha256 is {found[:12]}…, pack.yml says {pack.sha256[:12]}…; "
            "bring the original file back, or write the new sum and date into pack.yml"
        )
    check_columns(pack, records, path)
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


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise MakerwagenError(
                f"{path}: larger than 5 MB; take a smaller snapshot: 2000 rows at most, 200 for grades 5 and 6"
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise MakerwagenError(f"{path}: {reason}; is the pack's folder complete?") from None


def check_columns(pack: DataPack, records: Iterable[Record], path: Path) -> None:
    """Raise MakerwagenError for a column that is missing or holds something else than pack.yml says."""
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
