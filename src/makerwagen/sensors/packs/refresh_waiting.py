"""Readings of a day, kept aside until all are there, so that a stopped `data refresh` goes on where it was."""

import json
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from makerwagen.content.pack import DataPack, Real
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.shapes import Record

FILE = ".refresh.json"
# A day that was begun longer ago than this is over: its readings do not belong together with new ones.
OLDEST_S = 24 * 3600.0


@dataclass
class Readings:
    """What was read so far; `kept` says which data set and columns that was."""

    path: Path
    kept: dict[str, Any]
    taken: list[tuple[float, list[Record], int]] = field(default_factory=list)
    tried: int = 0

    @property
    def records(self) -> list[Record]:
        """Return all records, oldest first."""
        return [record for _, records, _ in self.taken for record in records]

    @property
    def left_out(self) -> int:
        """Return how many records the portal had more."""
        return max((more for _, _, more in self.taken), default=0)

    def add(self, at: float, records: Sequence[Record], more: int) -> None:
        """Keep a reading, on disk too."""
        self.taken.append((at, list(records), more))
        text = json.dumps({**self.kept, "tried": self.tried, "taken": self.taken}, ensure_ascii=False)
        aside = self.path.with_suffix(".new")
        try:
            with aside.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(self.path)
        except OSError as error:
            raise MakerwagenError(
                f"'{self.path}' cannot be written ({error.strerror or error}); the pack was not changed; "
                "look for free space on the disk"
            ) from error

    def forget(self) -> None:
        """Remove what was kept aside."""
        with suppress(OSError):
            self.path.unlink()


def readings_of(
    folder: Path, pack: DataPack, real: Real, address: str, *, now: Callable[[], float] = time.time
) -> Readings:
    """Return the readings that an earlier call left, if they are of the same data set and of the same day."""
    kept = {
        "address": address,
        "dataset": real.dataset,
        "where": real.where,
        "columns": [column.name for column in pack.columns],
    }
    fresh = Readings(folder / FILE, kept)
    try:
        found = json.loads(fresh.path.read_text(encoding="utf-8"))
        taken = [(float(at), list(records), int(more)) for at, records, more in found["taken"]]
        tried = int(found["tried"])
    except (OSError, ValueError, TypeError, KeyError):
        return fresh
    same = all(found.get(key) == value for key, value in kept.items())
    if not same or not taken or not 0 <= now() - taken[0][0] < OLDEST_S or tried >= real.readings:
        return fresh
    return Readings(fresh.path, kept, taken, tried)
