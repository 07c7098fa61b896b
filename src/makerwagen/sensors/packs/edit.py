"""Changes a pack on disk in one step: new data aside, then pack.yml, whose rename is the moment it counts."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from makerwagen.content.pack import DataPack
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.reading import PACK_FILE, check_columns
from makerwagen.sensors.packs.shapes import records_of

# The value of a field that is to go.
GONE = object()
SAID_SIMULATED = re.compile(r"\s*\((simuliert|simulated|(hier )?erfunden|99999 gibt es nicht)\)", re.IGNORECASE)
HEAD = re.compile(r"^# SIMULATED.*\n(?:#.*\n)*", re.MULTILINE)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a pack's folder, so that two commands do not change it at once; the lock goes with the process."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise MakerwagenError(f"'{folder}': {error.strerror or error}; is the pack's folder there?") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MakerwagenError(
                f"'{folder}': another `makerwagen data` is at work on this pack; nothing was changed; "
                "wait until it ends, or stop it (Ctrl-C)"
            ) from None
        yield
    finally:
        os.close(handle)


def swap_in(folder: Path, pack: DataPack, *, data: bytes, file: str, changes: Mapping[str, Any]) -> None:
    """Put `data` in as `file` and write `changes` into pack.yml; raise MakerwagenError with everything as it was.

    pack.yml names its file, and new data have a new name: whatever happens in between, pack.yml and its file fit.
    """
    description = folder / PACK_FILE
    text = description.read_text(encoding="utf-8")
    for key, value in {"file": file, "sha256": hashlib.sha256(data).hexdigest(), **changes}.items():
        text = with_field(text, key, value)
    if changes.get("simulated") is False:
        text = HEAD.sub("# A real snapshot, taken by `makerwagen data refresh`.\n", SAID_SIMULATED.sub("", text))
    _must_hold(text, data, folder / file)
    target, written = folder / file, []
    try:
        aside = _write_aside(target, data)
        written.append(aside)
        below = _write_aside(description, text.encode("utf-8"))
        written.append(below)
        is_new = not target.exists()
        aside.replace(target)
        if is_new:
            written.append(target)
        below.replace(description)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise MakerwagenError(
            f"'{folder}' cannot be written ({error.strerror or error}); nothing was changed; "
            "look at its permissions, and for free space on the disk"
        ) from error
    _flush(folder)
    if pack.file != file:
        with suppress(OSError):  # an old file that stays does no harm
            (folder / pack.file).unlink()


def with_field(text: str, key: str, value: Any) -> str:
    """Return pack.yml with one top-level field set anew; all other lines and comments stay as they are."""
    lines = text.splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if re.match(rf"{re.escape(key)}\s*:", line)), None)
    new = "" if value is GONE else _as_yaml(key, value)
    if start is None:
        return text + new
    end = start + 1
    while end < len(lines) and re.match(r"[ \t]+\S|-(\s|$)", lines[end]):
        end += 1
    return "".join([*lines[:start], new, *lines[end:]])


def _as_yaml(key: str, value: Any) -> str:
    if key == "sha256":  # always in quotes: some sums look like numbers
        return f'{key}: "{value}"\n'
    dumped = yaml.safe_dump({key: value}, allow_unicode=True, width=10_000, sort_keys=False, default_flow_style=None)
    # A mapping of one field comes out in braces when it is plain; a list of mappings does not.
    if dumped.startswith("{"):
        dumped = dumped.strip()[1:-1] + "\n"
    return re.sub(r"^- ", "  - ", dumped, flags=re.MULTILINE)


def _must_hold(text: str, data: bytes, path: Path) -> None:
    """Read what would be written the way a lesson reads it; what does not pass never reaches the folder."""
    try:
        new = DataPack.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        what = " ".join(str(error).split())[:200]
        raise MakerwagenError(
            f"{path.parent / PACK_FILE}: cannot be edited line by line ({what}); edit it by hand"
        ) from None
    check_columns(new, records_of(new, data, path), path)


def _write_aside(path: Path, data: bytes) -> Path:
    aside = path.with_name(f".{path.name}.new")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return aside


def _flush(folder: Path) -> None:
    """Bring the new names to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
