"""A child's seat as a notebook sees it: its folder, its lesson, and files that a power cut leaves whole."""

import json
import os
from pathlib import Path
from typing import Any

HIDDEN = ".makerwagen"


def seat_folder(start: Path | None = None) -> Path | None:
    """Return the folder of the seat that `start` (else the notebook) lies in, or None when nobody prepared one."""
    here = (start or Path.cwd()).resolve()
    return next((folder for folder in (here, *here.parents) if (folder / HIDDEN).is_dir()), None)


def hidden_folder(start: Path | None = None) -> Path:
    """Return the folder for what a child need not see: the seat's, else one beside the notebook."""
    return (seat_folder(start) or start or Path.cwd()) / HIDDEN


def lesson_here(folder: Path | None = None) -> str:
    """Return the slug of the lesson whose notebook lies in `folder` (else where we are), or nothing."""
    if told := os.environ.get("MAKERWAGEN_LESSON"):
        return told
    for path in sorted((folder or Path.cwd()).glob("*.ipynb")):
        stamp = read_json(path).get("metadata", {}).get("makerwagen", {})
        if isinstance(stamp, dict) and isinstance(stamp.get("slug"), str):
            return str(stamp["slug"])
    return ""


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a file; nothing when the file is missing or broken."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write an object so that a power cut leaves the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    with beside.open("w", encoding="utf-8") as out:
        json.dump(content, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)  # else the new name itself may be lost
    finally:
        os.close(handle)
