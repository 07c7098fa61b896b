"""Kills node, broker and hub at random moments and counts what was lost: `python -m tests.faults.hub_kills 50 [SEED]`."""

import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from makerwagen.sensors.broker import Broker
from makerwagen.sensors.store import Store

NODES = ("pico-01", "pico-02", "pico-03")
HUB = """
import json, sys, time
from pathlib import Path
from makerwagen.sensors.broker import Access
from makerwagen.sensors.hub import Hub
from makerwagen.sensors.store import Store
host, port, hub, node = json.loads(sys.stdin.readline())
Hub(Store(Path(sys.argv[1])), Access(host, port, hub, node)).start()
print("ready", flush=True)
time.sleep(1e6)
"""


@dataclass
class Counts:
    """What happened: kills by victim, readings kept by the nodes and acknowledged to them, and what was lost."""

    seed: int
    kills: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    acknowledged: int = 0
    stored: int = 0
    lost_acknowledged: int = 0
    lost_kept: int = 0

    @property
    def whole(self) -> bool:
        """Say whether nothing was lost."""
        return self.lost_acknowledged == self.lost_kept == 0


class Scene:
    """A broker, a hub and three nodes, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: set[tuple[str, int, int]] = set()
        self.acknowledged: set[tuple[str, int, int]] = set()
        self.broker = Broker(folder / "broker", port=free_port())
        self.broker.start()
        self.hub = self.start_hub()
        self.nodes = {name: self.start_node(name) for name in NODES}

    @property
    def store(self) -> Path:
        return self.folder / "readings.sqlite"

    def start_hub(self) -> subprocess.Popen:
        access = self.broker.access
        process = subprocess.Popen(
            [sys.executable, "-c", HUB, str(self.store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        words = (access.host, access.port, access.hub_password, access.node_password)
        process.stdin.write(f'["{words[0]}", {words[1]}, "{words[2]}", "{words[3]}"]\n')
        process.stdin.flush()
        return process

    def start_node(self, name: str) -> subprocess.Popen:
        access = self.broker.access
        command = [sys.executable, "-m", "makerwagen.sensors.sender", str(self.folder), name, access.host]
        process = subprocess.Popen(
            [*command, str(access.port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        process.stdin.write(access.node_password + "\n")
        process.stdin.flush()
        threading.Thread(target=self.listen, args=(name, process), daemon=True).start()
        return process

    def listen(self, name: str, process: subprocess.Popen) -> None:
        for line in process.stdout:
            word, boot, *numbers = line.split()
            seen = self.kept if word == "kept" else self.acknowledged
            seen.update((name, int(boot), int(number)) for number in numbers)

    def kill(self, victim: str) -> None:
        """Kill -9 one of the three kinds and start it again; the broker's own watch starts the broker."""
        if victim == "broker":
            pid = self.broker.pid
            subprocess.run(["kill", "-9", str(pid)], check=False)
        elif victim == "hub":
            end(self.hub)
            self.hub = self.start_hub()
        else:
            end(self.nodes[victim])
            self.nodes[victim] = self.start_node(victim)

    def settle(self, kept: set[tuple[str, int, int]], seconds: float) -> None:
        """Wait until the hub has all of `kept`, at most so long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not kept <= self.stored():
            time.sleep(0.2)

    def stored(self) -> set[tuple[str, int, int]]:
        store = Store(self.store)
        boots = {(name, boot) for name, boot, _ in self.kept | self.acknowledged}
        found = {(name, boot, number) for name, boot in boots for number in store.numbers(name, boot)}
        store.close()
        return found

    def close(self) -> None:
        for process in (self.hub, *self.nodes.values()):
            end(process)
        self.broker.stop()


def run(kills: int, seed: int, *, pause_s: tuple[float, float] = (0.2, 1.5)) -> Counts:
    """Return what came of so many kills."""
    chance, counts = random.Random(seed), Counts(seed)
    with tempfile.TemporaryDirectory(prefix="makerwagen-faults-") as folder:
        Path(folder).chmod(0o755)
        scene = Scene(Path(folder))
        try:
            time.sleep(2)
            for _ in range(kills):
                time.sleep(chance.uniform(*pause_s))
                victim = chance.choice(["broker", "hub", chance.choice(NODES)])
                scene.kill(victim)
                kind = victim if victim in {"broker", "hub"} else "node"
                counts.kills[kind] = counts.kills.get(kind, 0) + 1
            time.sleep(1)
            # The nodes go on; what they had kept until now must arrive.
            kept, acknowledged = set(scene.kept), set(scene.acknowledged)
            scene.settle(kept, 60)
            stored = scene.stored()
        finally:
            scene.close()
    counts.kept, counts.acknowledged, counts.stored = len(kept), len(acknowledged), len(stored)
    counts.lost_acknowledged, counts.lost_kept = len(acknowledged - stored), len(kept - stored)
    return counts


def end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    process.stdin.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    found = run(given[0] if given else 50, given[1] if len(given) > 1 else random.randrange(10**6))
    print(found)
    sys.exit(0 if found.whole else 1)
