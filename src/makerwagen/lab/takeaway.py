"""What a child takes home: one ZIP with notebook, parts and pictures for a USB stick."""

import base64
import datetime
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from makerwagen.errors import MakerwagenError
from makerwagen.lab.seat import GIVEN, RUNTIME, Seat, read_given, sha256

PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
LARGEST = 50_000_000
README = """\
Das hast du im Makerwagen gemacht.

*.ipynb     dein Notizbuch mit Text und Programm (öffnet sich mit JupyterLab)
*.stl *.3mf deine Teile für den 3D-Drucker
*.png       Bilder deiner Teile
Bilder/     was dein Programm gezeichnet hat

Das Notizbuch braucht für manche Zellen das Programm „makerwagen“.
"""


def takeaway(seat: Seat, target: Path, *, today: datetime.date) -> Path:
    """Write a seat's work into a ZIP in the folder `target` and return it; an older one keeps its name and stays."""
    if not seat.folder.is_dir():
        raise MakerwagenError(f"there is no work of seat '{seat.animal}' in '{seat.state}'; check --seat and --state")
    if not target.is_dir():
        raise MakerwagenError(f"the folder '{target}' is not there; is the USB stick plugged in?")
    name = zip_name(seat, today)
    path = _free(target, name)
    beside = path.with_suffix(".part")
    try:
        with beside.open("wb") as out:
            write_zip(seat.folder, out)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise MakerwagenError(
            f"could not write to '{target}': {error.strerror}; is there room on the stick?"
        ) from error
    return path


def zip_name(seat: Seat, today: datetime.date) -> str:
    """Return what a seat's ZIP is called, without its suffix."""
    return f"makerwagen-{seat.animal}-{today.isoformat()}"


def write_zip(folder: Path, target: IO[bytes]) -> None:
    """Write the work in a seat's folder as a ZIP."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("LIES-MICH.txt", README)
        for name, content in _work(folder):
            out.writestr(name, content)


def pictures(notebook: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures that a notebook's cells made, as file names and contents; of a broken notebook none."""
    number = 0
    for output in _outputs(notebook):
        for mime, suffix in PICTURES.items():
            if content := output["data"].get(mime):
                text = content if isinstance(content, str) else "".join(content)
                try:
                    made = text.encode() if suffix == "svg" else base64.b64decode(text, validate=False)
                except ValueError:
                    continue
                number += 1
                yield f"Bild-{number}.{suffix}", made


def _outputs(notebook: bytes) -> Iterator[dict[str, Any]]:
    """Yield the outputs that show something."""
    try:
        content = json.loads(notebook)
    except ValueError:
        return
    for cell in _list_in(content, "cells"):
        for output in _list_in(cell, "outputs"):
            if isinstance(output, dict) and isinstance(output.get("data"), dict):
                yield output


def _list_in(content: Any, name: str) -> list[Any]:
    found = content.get(name) if isinstance(content, dict) else None
    return found if isinstance(found, list) else []


def _work(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what a child worked on: whole lessons, but none that lies there as we gave it."""
    files = [path for path in sorted(folder.rglob("*")) if _is_work(path, folder)]
    given = read_given(folder / RUNTIME / GIVEN)
    names = {path: path.relative_to(folder) for path in files}
    own = {names[path].parts[0] for path in files if given.get(names[path].as_posix()) != sha256(path.read_bytes())}
    for path in files:
        name = names[path]
        if own and name.parts[0] not in own:
            continue
        content = path.read_bytes()
        yield name.as_posix(), content
        if path.suffix == ".ipynb":
            yield from ((f"{name.parent.as_posix()}/Bilder/{one}", made) for one, made in pictures(content))


def _is_work(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and not path.is_symlink() and path.is_file() and path.stat().st_size <= LARGEST


def _free(target: Path, name: str) -> Path:
    number, path = 1, target / f"{name}.zip"
    while path.exists():
        number += 1
        path = target / f"{name}-{number}.zip"
    return path
