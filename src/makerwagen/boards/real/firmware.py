"""Firmware files of the wagon: a folder on this computer, each file known by its hash; nothing is ever downloaded."""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from makerwagen.errors import MakerwagenError

SHIPPED = Path("microcontroller/firmware.yml")
LIST = "firmware.yml"
BLOCK, FIRST_WORDS, LAST_WORD = 512, b"UF2\n\x57\x51\x5d\x9e", b"\x30\x6f\xb1\x0a"
# The drive that a Pico shows when BOOTSEL is held while it is plugged in.
DRIVE_NAMES = {"RPI-RP2", "RP2350"}
DRIVE_MARK = "INFO_UF2.TXT"


class Firmware(BaseModel):
    """One file: its name in the folder, the board it is for, MicroPython's version, and its hash."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[\w.+-]+\.uf2$")]
    board: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+(\.\d+)?$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FirmwareList(BaseModel):
    """A list of firmware files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    firmware: tuple[Firmware, ...] = ()


def usual_cache() -> Path:
    """Return the folder in which this computer keeps firmware."""
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(home).expanduser() / "makerwagen/firmware"


def known_firmware(root: Path, cache: Path) -> list[Firmware]:
    """Return what the repository and this computer list; the repository's word on a file's hash comes first."""
    known = {one.name: one for one in (*_read(cache / LIST), *_read(root / SHIPPED))}
    return sorted(known.values(), key=lambda one: (one.board, one.version, one.name))


def add_firmware(file: Path, *, board: str, version: str, root: Path, cache: Path) -> Firmware:
    """Copy a UF2 file into the cache and write down its hash; raise MakerwagenError for what is no UF2 file."""
    data = file.read_bytes()
    must_be_uf2(data, file)
    try:
        added = Firmware(name=file.name, board=board, version=version, sha256=hashlib.sha256(data).hexdigest())
    except ValidationError as error:
        fields = ", ".join(str(one["loc"][0]) for one in error.errors())
        raise MakerwagenError(
            f"'{file.name}' cannot be listed ({fields}); it takes a name like pico-w.uf2, a board like pico-w, "
            "a version like 1.28.0"
        ) from None
    shipped = next((one for one in _read(root / SHIPPED) if one.name == file.name), None)
    if shipped and shipped.sha256 != added.sha256:
        raise MakerwagenError(f"'{file.name}' is not the file that {SHIPPED} lists (sha256 differs); get it anew")
    cache.mkdir(parents=True, exist_ok=True)
    _write(cache / file.name, data)
    listed = [one for one in _read(cache / LIST) if one.name != added.name]
    text = yaml.safe_dump({"firmware": [one.model_dump() for one in [*listed, added]]}, sort_keys=False)
    _write(cache / LIST, text.encode("utf-8"))
    return added


def chosen_firmware(root: Path, cache: Path, *, name: str = "", board: str = "") -> tuple[Firmware, Path]:
    """Return the firmware called `name`, or the newest for `board`, with its file, whose hash was checked just now."""
    known = known_firmware(root, cache)
    fitting = [one for one in known if (not name or one.name == name) and (not board or one.board == board)]
    if not fitting:
        have = ", ".join(one.name for one in known) or "none"
        raise MakerwagenError(
            f"no firmware '{name or board}' is known here (known: {have}); bring the UF2 file from micropython.org, "
            "then: makerwagen board firmware add FILE --board pico-w --version X.Y.Z"
        )
    firmware = max(fitting, key=lambda one: [int(part) for part in one.version.split(".")])
    return firmware, _checked(firmware, cache)


def _checked(firmware: Firmware, cache: Path) -> Path:
    path = cache / firmware.name
    if not path.is_file():
        raise MakerwagenError(f"'{path}' is missing; bring the file and: makerwagen board firmware add FILE")
    if hashlib.sha256(path.read_bytes()).hexdigest() != firmware.sha256:
        raise MakerwagenError(f"'{path}' has changed (its sha256 is not the listed one); it is not put on any board")
    return path


def must_be_uf2(data: bytes, file: Path) -> None:
    """Raise MakerwagenError unless every block of `data` is one of a UF2 file (specification by Microsoft, 2016)."""
    blocks = [data[start : start + BLOCK] for start in range(0, len(data), BLOCK)]
    if not blocks or not all(
        len(block) == BLOCK and block.startswith(FIRST_WORDS) and block.endswith(LAST_WORD) for block in blocks
    ):
        raise MakerwagenError(f"'{file}' is no UF2 file, or not all of it; an ESP32 is flashed with esptool instead")


def find_drive() -> Path | None:
    """Return where a Pico waits for firmware as a drive, None when there is none."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
            place = Path(line.split()[1].replace("\\040", " "))
            if place.name in DRIVE_NAMES and (place / DRIVE_MARK).is_file():
                return place
    return None


def copy_to_drive(file: Path, drive: Path) -> None:
    """Copy firmware onto a waiting Pico; it restarts by itself as soon as it has everything."""
    if not (drive / DRIVE_MARK).is_file():
        raise MakerwagenError(
            f"'{drive}' is not a Pico that waits for firmware (no {DRIVE_MARK}); hold BOOTSEL while plugging it in"
        )
    needed = file.stat().st_size
    if shutil.disk_usage(drive).free < needed:
        raise MakerwagenError(f"'{drive}' has no room for {needed} bytes; is it the right drive?")
    try:
        with (drive / file.name).open("wb") as target:
            target.write(file.read_bytes())
            target.flush()
            with contextlib.suppress(OSError):  # it may be restarting already
                os.fsync(target.fileno())
    except OSError as error:
        if drive.exists() and (drive / DRIVE_MARK).exists():
            raise MakerwagenError(
                f"'{drive}': {error.strerror or error}; plug the Pico in again with BOOTSEL"
            ) from None


def _read(path: Path) -> tuple[Firmware, ...]:
    try:
        found = FirmwareList.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except FileNotFoundError:
        return ()
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError):
        raise MakerwagenError(
            f"'{path}' is no list of firmware (name, board, version, sha256 each); look at it"
        ) from None
    return found.firmware


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)
