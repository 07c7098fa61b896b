"""Remembers on this computer which sticker number belongs to which board, by the board's own id; never a name."""

import json
import os
from pathlib import Path

from makerwagen.errors import MakerwagenError


def usual_place() -> Path:
    """Return where this computer keeps the numbers."""
    home = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(home).expanduser() / "makerwagen/boards.json"


def read_stickers(place: Path) -> dict[str, int]:
    """Return id -> number; raise MakerwagenError when the file is broken, which is then left as it is."""
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(number, int) for number in found.values()):
        raise MakerwagenError(f"'{place}' is no list of board numbers; look at it, or move it away")
    return {str(uid): number for uid, number in found.items()}


def remember(place: Path, uid: str, number: int) -> None:
    """Write down the number of a board; raise MakerwagenError when another board has it."""
    known = read_stickers(place)
    others = [other for other, taken in known.items() if taken == number and other != uid]
    if others:
        raise MakerwagenError(
            f"number {number} is on another board (id {others[0]}); choose another number, or peel that sticker "
            f"off and take its line out of '{place}'"
        )
    known[uid] = number
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(".new")
    beside.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n", encoding="utf-8")
    beside.replace(place)
