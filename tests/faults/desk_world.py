"""The world outside the desk: printers that lose answers, hear late or restart, and what really lies on their beds."""

import hashlib
import random
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from makerwagen.printers.port import Ended, Kind, OutcomeUnknownError, RefusedError, Status

# No command arrives later than this; the desk waits longer (printing.LATE_S) before it believes "never started".
LATEST_S = 90.0


@dataclass
class Machine:
    """One printer as it really is: what it prints, what it has, what lies on its bed."""

    files: dict[str, str] = field(default_factory=dict)
    printing: str = ""
    rest_s: float = 0.0
    selected: str = ""
    ended: Ended | None = None
    dirty: bool = False
    whole: set[str] = field(default_factory=set)


class World:
    """The truth. Every start is checked against what is on disk at that moment; what breaks a rule is noted."""

    def __init__(self, names: list[str], database: Path, chance: random.Random) -> None:
        self.database, self.chance = database, chance
        # What the group before left on the beds nobody knows.
        self.machines = {name: Machine(dirty=chance.random() < 0.5) for name in names}
        self.now = 0.0
        self.faults = True
        self.late: list[tuple[float, str, str]] = []
        self.starts: Counter[int] = Counter()
        self.started: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.broken: Counter[str] = Counter()

    def state(self, name: str) -> tuple[str, str, str]:
        machine = self.machines[name]
        if self.faults and self.chance.random() < 0.08:
            return self.chance.choice([Kind.OFFLINE, Kind.UNKNOWN]), "", ""
        kind = Kind.PRINTING if machine.printing else Kind.IDLE
        return kind, machine.printing or machine.selected, machine.ended or ""

    def upload(self, name: str, path: str, file: str, sha256: str) -> str:
        fate = self._fate("upload")
        if fate == "refused":
            return "refused"
        if fate != "before":
            found = hashlib.sha256(Path(path).read_bytes()).hexdigest()
            if found != sha256:
                return "refused"
            self.machines[name].files[file] = found
        return "done" if fate == "done" else "unknown"

    def start(self, name: str, file: str) -> str:
        fate = self._fate("start")
        if fate == "refused":
            return "refused"
        if fate == "late":
            self.late.append((self.now + self.chance.uniform(1, LATEST_S), name, file))
        elif fate != "before" and not self._really_start(name, file):
            return "refused"
        return "done" if fate == "done" else "unknown"

    def cancel(self, name: str) -> str:
        fate, machine = self._fate("cancel"), self.machines[name]
        if fate == "refused" or not machine.printing:
            return "refused"
        if fate != "before":
            machine.selected, machine.printing, machine.ended = machine.printing, "", None
        return "done" if fate == "done" else "unknown"

    def restart(self, name: str) -> None:
        """Cut a printer's power: it comes back idle and knows nothing."""
        machine = self.machines[name]
        self.counts["printer restarted"] += 1
        machine.printing, machine.selected, machine.ended = "", "", None

    def tick(self, seconds: float) -> None:
        """Let time pass: late commands arrive, prints end."""
        self.now += seconds
        due = [one for one in self.late if one[0] <= self.now]
        self.late = [one for one in self.late if one[0] > self.now]
        for _, name, file in due:
            self.counts["start arrived late"] += 1
            self._really_start(name, file)
        for machine in self.machines.values():
            machine.rest_s -= seconds
            if machine.printing and machine.rest_s <= 0:
                machine.whole.add(machine.printing)
                machine.selected, machine.printing, machine.ended = machine.printing, "", Ended.COMPLETED

    def truth(self, name: str, file: str) -> str:
        """Return what a person sees who looks at the printer and the file's pieces."""
        machine = self.machines[name]
        if machine.printing == file:
            return "still-printing"
        if file in machine.whole:
            return "finished"
        return "scrap" if file in self.started else "never-started"

    def take_off(self, name: str) -> bool:
        """Clear the bed by hand; nobody reaches into a printer that prints."""
        machine = self.machines[name]
        if not machine.printing:
            machine.dirty = False
        return not machine.printing

    def say(self, words: dict[int, str]) -> None:
        """Hear what a person says about pieces, before the desk does."""

    def answered(self, key: str) -> None:
        """Hear that a laptop got its answer for a piece."""

    def time(self) -> float:
        return self.now

    def _fate(self, command: str) -> str:
        if not self.faults:
            return "done"
        late = 12 if command == "start" else 0
        words = ["done", "before", "after", "refused", "late"]
        fate = self.chance.choices(words, weights=[70, 8, 8, 4, late])[0]
        if fate != "done":
            self.counts[f"{command}: {fate}"] += 1
        return fate

    def _really_start(self, name: str, file: str) -> bool:
        machine = self.machines[name]
        if machine.printing or file not in machine.files:
            return False
        self._check_start(name, file, machine)
        self.started.add(file)
        self.counts["prints started"] += 1
        machine.printing, machine.rest_s, machine.ended = file, self.chance.uniform(20, 200), None
        machine.selected, machine.dirty = file, True
        return True

    def _check_start(self, name: str, file: str, machine: Machine) -> None:
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as disk:
            row = disk.execute(
                "SELECT r.id, r.sha256, r.consumed_at, r.printer, p.bed, (SELECT count(*) FROM attempt_moves m "
                "WHERE m.attempt = a.id AND m.state = 'start-intent') FROM attempts a JOIN releases r ON r.id = "
                "a.release JOIN printers p ON p.id = a.printer WHERE a.file = ?",
                (file,),
            ).fetchone()
        disk.close()
        if row is None:
            self.broken["started what nobody released"] += 1
            return
        release, sha256, consumed, printer, bed, intents = row
        self.starts[release] += 1
        self.broken["release started twice"] += self.starts[release] > 1
        self.broken["another file was started"] += machine.files[file] != sha256 or printer != name
        self.broken["started on a bed that is not clear"] += machine.dirty
        self.broken["started before it was written down"] += not intents or consumed is None or bed == "clear"


class WorldPrinter:
    """A printer of the world, as the desk's port has it; `world` may be at the other end of a pipe."""

    def __init__(self, world, name: str, boundary=lambda _label: None) -> None:
        self.world, self.name, self.boundary = world, name, boundary

    def state(self) -> Status:
        self.boundary("asking")
        kind, file, ended = self.world.state(self.name)
        self.boundary("asked")
        return Status(Kind(kind), file=file, ended=Ended(ended) if ended else None)

    def upload(self, path: Path, name: str, sha256: str) -> None:
        self._command("upload", str(path), name, sha256)

    def start(self, name: str) -> None:
        self._command("start", name)

    def cancel(self) -> None:
        self._command("cancel")

    def _command(self, command: str, *words: str) -> None:
        self.boundary(f"before {command}")
        answer = getattr(self.world, command)(self.name, *words)
        self.boundary(f"after {command}")
        if answer == "refused":
            raise RefusedError(f"'{self.name}' refused to {command}")
        if answer == "unknown":
            raise OutcomeUnknownError(f"'{self.name}' did not answer to {command}")
