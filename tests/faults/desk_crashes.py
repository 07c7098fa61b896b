"""Crashes the desk at every write and command and counts what broke: `python -m tests.faults.desk_crashes 10000 [SEED]`."""

import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import event

from makerwagen.desk.printing import Printing
from makerwagen.desk.states import Piece
from makerwagen.desk.store import Store
from tests.faults.desk_scene import NOON, PRINTERS, Memory, Scene, prepare
from tests.faults.desk_world import World, WorldPrinter

STEPS = 40
# Every kind of boundary, and within how many of its kind the crash comes.
WHERE = {
    **dict.fromkeys(("before writing", "before commit", "after commit", "asking", "asked"), 12),
    "before statement": 30,
    **{f"{when} {command}": 2 for when in ("before", "after") for command in ("upload", "start", "cancel")},
}
# Here a crash ends no process, so what was committed is there in memory too; kills are tried on a real disk.
FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None


class Crash(BaseException):
    """The power is gone. Not an Exception: nothing in the desk may catch it."""


@dataclass
class Counts:
    """What happened in so many trials, and what broke; `whole` says that nothing did."""

    seed: int
    trials: int = 0
    happened: Counter[str] = field(default_factory=Counter)
    crashes: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    first_broken: int | None = None

    @property
    def whole(self) -> bool:
        return not +self.broken

    def __str__(self) -> str:
        lines = [f"seed {self.seed}, {self.trials} trials, {sum(self.crashes.values())} crashes"]
        for title in ("happened", "crashes", "refusals"):
            lines.append(f"{title}: " + ", ".join(f"{word} {n}" for word, n in sorted(getattr(self, title).items())))
        lines.append("broken: " + (", ".join(f"{word} {n}" for word, n in (+self.broken).items()) or "nothing"))
        if self.first_broken is not None:
            lines.append(f"first broken in trial {self.first_broken}: again with trial({self.seed}, number)")
        return "\n".join(lines)


class Boundaries:
    """Counts every write and command; at a chosen one the desk crashes, or a second educator clicks."""

    def __init__(self, chance: random.Random, counts: Counts) -> None:
        self.chance, self.counts = chance, counts
        self.armed = False
        self.target, self.left, self.second = "", 0, 0
        self.click = lambda: None

    def arm(self) -> None:
        self.armed = True
        self.target, most = self.chance.choice(list(WHERE.items()))
        self.left, self.second = self.chance.randint(1, most), self.chance.randint(1, 30)

    def __call__(self, label: str, detail: str = "") -> None:
        if not self.armed:
            return
        self.left -= label == self.target
        if self.left <= 0:
            self.armed = False
            self.counts.crashes[f"{label} {detail}".strip()] += 1
            raise Crash(label)
        # Within a transaction the other one would only wait for the lock.
        self.second -= label not in {"before statement", "before commit"}
        if self.second <= 0:
            self.second = self.chance.randint(1, 30)
            self.counts.happened["second educator clicked"] += 1
            # The other one's click runs through here, between two steps of the first.
            self.armed = False
            self.click()
            self.armed = True


class WatchedStore(Store):
    """A store that tells each statement that writes, and each commit, to the boundaries.

    One serves all trials, for building statements is what takes long; a crash cuts its connections.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.boundary = lambda _label, _detail="": None
        event.listen(self.engine, "before_cursor_execute", self.before_statement)
        event.listen(self.engine, "commit", lambda _connection: self.boundary("before commit"))

    def before_statement(self, _connection, _cursor, statement: str, *_rest) -> None:
        verb, *words = statement.split(maxsplit=3)
        if verb in {"INSERT", "UPDATE", "DELETE"}:
            self.boundary("before statement", f"{verb} {words[1] if verb != 'UPDATE' else words[0]}")

    @contextmanager
    def writing(self) -> Iterator:
        self.boundary("before writing")
        with super().writing() as connection:
            yield connection
        self.boundary("after commit")


class Trial:
    """One outing with its own world, store and chance."""

    def __init__(self, store: WatchedStore, tokens: list[str], *, seed: str, counts: Counts, desk) -> None:
        self.store, self.tokens, self.counts, self.desk = store, tokens, counts, desk
        self.seed, self.chance = seed, random.Random(seed)
        self.path = Path(store.url.database)
        folder = self.path.parent
        self.cut()
        for old in folder.glob("desk.sqlite*"):
            old.unlink()
        shutil.copyfile(folder / "template.sqlite", self.path)
        self.gcode = folder / "trial-gcode"
        shutil.rmtree(self.gcode, ignore_errors=True)
        shutil.copytree(folder / "gcode", self.gcode)
        self.world = World(PRINTERS, self.path, self.chance)
        self.memory = Memory()
        self.boundary = store.boundary = Boundaries(self.chance, counts)

    def cut(self) -> None:
        """End every connection, as a power cut does."""
        self.store.engine.dispose()

    def boot(self) -> Scene:
        """Start the desk (again) on the same disk; the old one's connections are gone, as after a power cut."""
        self.cut()
        printers = {name: WorldPrinter(self.world, name, self.boundary) for name in PRINTERS}
        made = type("Desk", (self.desk,), {"steady": staticmethod(self.world.time)})
        printing = made(self.store, printers, gcode=self.gcode, clock=lambda: NOON + self.world.now)
        scene = Scene(printing, self.world, self.memory, tokens=self.tokens, chance=self.chance)
        scene.refused = self.counts.refusals
        self.boundary.click = scene.act
        printing.reconcile()
        return scene

    def run(self) -> None:
        scene = None
        for _ in range(STEPS):
            try:
                if scene is None:
                    self.boundary.arm()
                    scene = self.boot()
                scene.act()
            except Crash:
                scene = None
            self.check()
        self.finish()

    def finish(self) -> None:
        """Bring the outing to its end without faults, and count."""
        self.boundary.armed, self.world.faults = False, False
        scene = self.boot()
        self.counts.broken["a printer stayed stuck"] += not scene.finish()
        self.check()
        self.check_pieces()
        self.counts.happened.update(self.world.counts)
        self.counts.broken.update(self.world.broken)
        self.store.close()

    def check(self) -> None:
        """Compare what the store says of every bed with the bed."""
        for name, bed in self.rows("SELECT id, bed FROM printers"):
            machine = self.world.machines[name]
            self.counts.broken["bed wrongly clear"] += bed == "clear" and (machine.dirty or bool(machine.printing))

    def check_pieces(self) -> None:
        """Look for every piece that was answered, and for a state nobody gave it."""
        stored = Counter(key for (key,) in self.rows("SELECT key FROM pieces"))
        lost = {key for key in self.memory.answered if key not in stored}
        self.counts.broken["submitted piece lost"] += len(lost)
        self.counts.broken["submitted piece doubled"] += sum(n > 1 for n in stored.values())
        self.counts.broken["first pieces lost"] += sum(
            f"first-{n}-{m}" not in stored for n in range(3) for m in range(2)
        )
        for piece, state in self.rows(
            f"SELECT id, state FROM pieces WHERE state IN ('{Piece.DONE}', '{Piece.FAILED}')"
        ):
            self.counts.broken["piece judged by nobody"] += self.memory.words.get(piece) != state
            self.counts.happened[f"pieces {state}"] += 1

    def rows(self, question: str) -> list[tuple]:
        disk = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            return disk.execute(question).fetchall()
        finally:
            disk.close()


def run(trials: int, seed: int, *, desk: type[Printing] = Printing, stop_at_first: bool = False) -> Counts:
    """Return what came of so many trials of a desk; each trial is decided by seed and number alone."""
    counts = Counts(seed)
    with tempfile.TemporaryDirectory(prefix="makerwagen-desk-", dir=FAST) as place:
        _, tokens = prepare(Path(place))
        store = WatchedStore(Path(place) / "desk.sqlite")
        for number in range(trials):
            Trial(store, tokens, seed=f"{seed}-{number}", counts=counts, desk=desk).run()
            counts.trials += 1
            if not counts.whole and counts.first_broken is None:
                counts.first_broken = number
            if not counts.whole and stop_at_first:
                break
        store.close()
    return counts


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    found = run(given[0] if given else 300, given[1] if len(given) > 1 else random.randrange(10**6))
    print(found)
    sys.exit(0 if found.whole else 1)
