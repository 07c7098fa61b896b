"""A node's outbox on this machine: numbers readings, keeps them on disk until the hub has them, and resends.

The same rules as in microcontroller/lib/station.py, for simulated nodes and for what a laptop forwards.
"""

import json
import os
import secrets
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from makerwagen.sensors.protocol import Reading

MOST_KEPT = 20_000


class Outbox:
    """Readings of one node that the hub has not acknowledged; a line of JSON each, so a cut-off last line costs one."""

    def __init__(self, path: Path, node: str, *, clock: Callable[[], float] = time.time) -> None:
        """Take up what an earlier start left; every start has a number of its own."""
        self.path, self.node, self._clock = path, node, clock
        self.boot = secrets.randbits(32)
        self.dropped = 0
        self._next = 0
        self._waiting: dict[tuple[int, int], tuple[float, Reading]] = {}
        self._load()

    def add(self, observed: str, value: float, *, simulated: bool = False) -> Reading:
        """Number a reading, write it down, and return it."""
        return self.extend([(observed, value, 0.0)], simulated=simulated)[0]

    def extend(self, values: Iterable[tuple[str, float, float]], *, simulated: bool = False) -> list[Reading]:
        """Number (property, value, age in seconds) as readings, write them down together, and return them."""
        now, lines, made = self._clock(), [], []
        for observed, value, age_s in values:
            reading = Reading(self.node, self.boot, self._next, observed, value, simulated=simulated)
            self._next += 1
            self._waiting[reading.boot, reading.number] = (now - age_s, reading)
            lines.append(_line(now - age_s, reading))
            made.append(reading)
        while len(self._waiting) > MOST_KEPT:
            del self._waiting[next(iter(self._waiting))]
            self.dropped += 1
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        return made

    def waiting(self) -> list[Reading]:
        """Return what is to be sent, oldest first, each with its age now."""
        now = self._clock()
        return [
            Reading(r.node, r.boot, r.number, r.observed, r.value, max(now - at, 0.0), None, r.simulated)
            for at, r in self._waiting.values()
        ]

    def acknowledge(self, boot: int, numbers: Iterable[int]) -> None:
        """Forget what the hub has on its disk."""
        for number in numbers:
            self._waiting.pop((boot, number), None)
        if not self._waiting or self.path.stat().st_size > 200 * (len(self._waiting) + 100):
            self._rewrite()

    def _rewrite(self) -> None:
        aside = self.path.with_suffix(".new")
        with aside.open("w", encoding="utf-8") as file:
            file.writelines(_line(at, reading) for at, reading in self._waiting.values())
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.path)

    def _load(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            self.path.touch()
        text = self.path.read_text(encoding="utf-8", errors="replace")
        for line in text.splitlines():
            try:
                at, boot, number, observed, value, simulated = json.loads(line)
                reading = Reading(self.node, boot, number, observed, value, simulated=simulated)
            except (ValueError, TypeError):
                continue
            self._waiting[boot, number] = (at, reading)
        if text and not text.endswith("\n"):
            self._rewrite()  # else the next line would be glued to the half one


def _line(at: float, reading: Reading) -> str:
    return json.dumps([at, reading.boot, reading.number, reading.observed, reading.value, reading.simulated]) + "\n"
