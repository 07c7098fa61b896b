"""Plays many sensor nodes, each with outbox and connection of its own: HOST PORT NODES SECONDS; password on stdin."""

import json
import sys
import tempfile
import threading
import time
from pathlib import Path

from makerwagen.sensors.outbox import Outbox
from makerwagen.sensors.sender import Sender

SHARED_MEMORY = Path("/dev/shm")
SETTLE_S = 30


class Node:
    """A node that measures once a second, at a moment of its own."""

    def __init__(self, number: int, sender: Sender) -> None:
        """Remember when each reading left, to tell how long its acknowledgement took."""
        self.number, self.sender = number, sender
        self.left: dict[tuple[int, int], float] = {}
        self.took_ms: list[float] = []
        sender.heard = self.heard

    def heard(self, boot: int, numbers: list[int]) -> None:
        """Note how long the hub took; a double answer counts once."""
        now = time.monotonic()
        for number in numbers:
            if left := self.left.pop((boot, number), None):
                self.took_ms.append(1000 * (now - left))

    def measure(self, round_: int) -> None:
        """Send one reading."""
        now = time.monotonic()
        reading = self.sender.outbox.extend([("temperature", 20 + (round_ * 7 + self.number) % 50 / 10, 0.0)])[0]
        self.left[reading.boot, reading.number] = now
        self.sender.send()


def play(node: Node, seconds: int, nodes: int, began: float) -> None:
    """Send a reading each second."""
    for round_ in range(seconds):
        time.sleep(max(0.0, began + round_ + node.number / nodes - time.monotonic()))
        node.measure(round_)


def main(host: str, port: str, count: str, seconds: str) -> None:
    """Print what was sent and acknowledged, and how long that took."""
    password = sys.stdin.readline().strip()
    # Fifty nodes have fifty flash memories, not one disk that they share with the hub.
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="makerwagen-nodes-", dir=place) as folder:
        nodes = []
        for number in range(int(count)):
            outbox = Outbox(Path(folder) / f"{number}.outbox", f"sim-bench-{number:02d}")
            nodes.append(Node(number, Sender(outbox, host, int(port), password)))
        time.sleep(3)
        began = time.monotonic()
        threads = [
            threading.Thread(target=play, args=(node, int(seconds), len(nodes), began), daemon=True) for node in nodes
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        deadline = time.monotonic() + SETTLE_S
        while any(node.sender.outbox.waiting() for node in nodes) and time.monotonic() < deadline:
            for node in nodes:
                node.sender.send()
            time.sleep(0.2)
        waiting = sum(len(node.sender.outbox.waiting()) for node in nodes)
        for node in nodes:
            node.sender.stop()
        took = sorted(ms for node in nodes for ms in node.took_ms)
    sent = int(count) * int(seconds)
    told = {"sent": sent, "waiting": waiting, "p50": took[len(took) // 2], "p95": took[int(len(took) * 0.95)]}
    print(json.dumps(told | {"max": took[-1]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
