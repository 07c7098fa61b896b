"""Kills the desk's process (-9) at random moments: `python -m tests.faults.desk_kills 500 [SEED]`.

The world lives here; the desk and the people around it are a process that asks for the world through its pipes.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from makerwagen.desk.printing import Printing
from tests.faults.desk_crashes import Counts, Trial, WatchedStore
from tests.faults.desk_scene import NOON, PRINTERS, Memory, Scene, prepare
from tests.faults.desk_world import WorldPrinter

ROOT = Path(__file__).parents[2]
# So many kills befall one outing; then it is brought to its end and counted.
PER_OUTING = 5
MOST_CALLS = 600
# At which call the kill comes, and how many of its kind go before; "" is any.
WHERE = {"": 300, "state": 60, "upload": 3, "start": 3, "cancel": 1, "take_off": 4, "answered": 4}


class Far:
    """The world as the desk's process sees it: each call is a line out and a line in."""

    def __getattr__(self, name: str):
        return lambda *words: self.ask(name, *words)

    def ask(self, name: str, *words):
        print(json.dumps([name, *words]), flush=True)
        return json.loads(sys.stdin.readline())


def desk_process(database: str, gcode: str, seed: str, kind: str) -> None:
    """Be the desk (or a mutant of it): reconcile, then act until somebody kills this process."""
    from makerwagen.desk.store import Store
    from tests.faults.desk_mutants import MUTANTS

    far = Far()
    memory, tokens = Memory(**far.recall()), far.tokens()
    memory.answered = set(memory.answered)
    desk = next((mutant for mutant in MUTANTS if mutant.__name__ == kind), Printing)
    made = type("Desk", (desk,), {"steady": staticmethod(far.time)})
    printers = {name: WorldPrinter(far, name) for name in PRINTERS}
    printing = made(Store(Path(database)), printers, gcode=Path(gcode), clock=lambda: NOON + far.time())
    scene = Scene(printing, far, memory, tokens=tokens, chance=random.Random(seed))
    printing.reconcile()
    far.ready()
    while True:
        scene.act()
        far.remember(sorted(memory.answered), memory.sent, memory.releases, memory.seen_beds, memory.words)


class Killed:
    """One outing whose desk is killed again and again."""

    def __init__(self, trial: Trial, seed: str) -> None:
        self.trial, self.world, self.memory, self.seed = trial, trial.world, trial.memory, seed
        self.chance = random.Random(seed)

    def kill_once(self, number: int) -> None:
        """Start the desk's process and kill it at a random call, before or after that had its effect."""
        command = [sys.executable, "-m", "tests.faults.desk_kills", "--desk", str(self.trial.path)]
        process = subprocess.Popen(
            [*command, str(self.trial.gcode), f"{self.seed}-{number}", self.trial.desk.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        target, most = self.chance.choice(list(WHERE.items()))
        left, done, last = self.chance.randint(1, most), self.chance.random() < 0.5, ""
        try:
            for call, line in enumerate(process.stdout):
                name, *words = json.loads(line)
                last, left = name, left - (target in ("", name))
                now = left <= 0 or call >= MOST_CALLS
                if now and not done:
                    break
                answer = self.answer(name, words)
                self.tell(process, answer)
                if now:
                    # It reads the answer and is killed somewhere in what it does with it.
                    self.wait_a_moment(process)
                    break
            else:
                raise AssertionError(f"the desk's process ended by itself after '{last}'")
        finally:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()
        self.trial.counts.crashes[f"killed {'after' if done else 'before'} {last}"] += 1

    def tell(self, process: subprocess.Popen, answer) -> None:
        process.stdin.write(json.dumps(answer) + "\n")
        process.stdin.flush()

    def wait_a_moment(self, process: subprocess.Popen) -> None:
        try:
            process.wait(self.chance.uniform(0.0, 0.02))
        except subprocess.TimeoutExpired:
            return

    def answer(self, name: str, words: list):
        memory = self.memory
        if name == "recall":
            return {"answered": sorted(memory.answered), "sent": memory.sent, "releases": memory.releases}
        if name == "remember":
            answered, memory.sent, memory.releases, seen, said = words
            memory.answered, memory.seen_beds = set(answered), [tuple(one) for one in seen]
            memory.words.update({int(piece): word for piece, word in said.items()})
            return None
        if name == "answered":
            memory.answered.add(words[0])
            return None
        if name == "say":
            memory.words.update({int(piece): word for piece, word in words[0].items()})
            return None
        if name == "tokens":
            return self.trial.tokens
        return None if name == "ready" else getattr(self.world, name)(*words)


def run(kills: int, seed: int, *, desk: type[Printing] = Printing) -> Counts:
    """Return what came of so many kills."""
    counts = Counts(seed)
    # On a real disk: here a process ends, and its files stay as the system has them.
    with tempfile.TemporaryDirectory(prefix="makerwagen-desk-") as place:
        _, tokens = prepare(Path(place))
        store = WatchedStore(Path(place) / "desk.sqlite")
        while sum(counts.crashes.values()) < kills:
            trial = Trial(store, tokens, seed=f"{seed}-{counts.trials}", counts=counts, desk=desk)
            killed = Killed(trial, trial.seed)
            for number in range(min(PER_OUTING, kills - sum(counts.crashes.values()))):
                killed.kill_once(number)
                trial.check()
            trial.finish()
            counts.trials += 1
        store.close()
    return counts


if __name__ == "__main__":
    if sys.argv[1:2] == ["--desk"]:
        desk_process(*sys.argv[2:])
    given = [int(word) for word in sys.argv[1:]]
    found = run(given[0] if given else 20, given[1] if len(given) > 1 else random.randrange(10**6))
    print(found)
    sys.exit(0 if found.whole else 1)
