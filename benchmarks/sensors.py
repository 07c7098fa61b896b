"""Fifty stations, one reading a second each, for ten minutes, through the real wagon: what is lost, what grows."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from urllib.request import ProxyHandler, build_opener

from benchmarks.measuring import CHECKOUT, WORK
from benchmarks.questions import CLI, Measured, Scale, empty

NODES, SECONDS = 50, 600
QUICK_NODES, QUICK_SECONDS = 10, 10
LOOK_S = 3.0
STARTS_WITHIN_S = 30


def measure_sensors(scale: Scale) -> Iterator[Measured]:
    """Measure the hub as a class uses it: nodes send, and somebody looks at the page."""
    nodes, seconds = (QUICK_NODES, QUICK_SECONDS) if scale.quick else (NODES, SECONDS)
    title = f"{nodes} stations, a reading a second each, for {seconds} s"
    row = run(nodes, seconds)
    print("  " + ", ".join(f"{key} {value}" for key, value in row.items()), flush=True)
    yield Measured("sensors", title, 0, [], told(), table=[row])


def told() -> str:
    """Say what the figures mean."""
    return (
        "`makerwagen wagon` with mosquitto; the nodes are one other process. „lost“: sent and not in the hub's file. "
        "Times are from a reading to its acknowledgement, which the hub sends when the reading is on its disk. "
        f"The page is asked for every {LOOK_S:g} s meanwhile. Growth: median memory of the last fifth less that of the "
        "second fifth of the time."
    )


def run(nodes: int, seconds: int) -> dict[str, str | float]:
    """Return counts, times and memory of one run."""
    state, port, sensors_port = empty(WORK / "sensors"), free_port(), free_port()
    state.chmod(0o755)
    wagon = start(state, port, sensors_port)
    try:
        password = json.loads((state / "broker/broker.json").read_text(encoding="utf-8"))["node"]
        driver = [sys.executable, "-m", "benchmarks.drivers.sensor_nodes", "127.0.0.1", str(sensors_port)]
        players = subprocess.Popen(
            [*driver, str(nodes), str(seconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert players.stdin
        players.stdin.write(f"{password}\n")
        players.stdin.close()
        seen = list(watch(players, wagon.pid, broker_of(wagon.pid), port))
        said = json.loads(players.stdout.read() if players.stdout else "")
    finally:
        wagon.send_signal(signal.SIGTERM)
        wagon.wait(30)
    with closing(sqlite3.connect(state / "readings.sqlite")) as database:
        stored = database.execute("SELECT count(*) FROM observation").fetchone()[0]
    return figures(said, stored, seen)


def figures(
    said: dict[str, float], stored: int, seen: list[tuple[float, float, float, float]]
) -> dict[str, str | float]:
    """Return the row of the table; `seen` is (wagon MB, broker MB, wagon CPU s, page ms) every few seconds."""
    wagon, broker, cpu, page = ([one[index] for one in seen] for index in range(4))
    return {
        "sent": said["sent"],
        "stored": stored,
        "lost": said["sent"] - stored,
        "ack p50 ms": round(said["p50"]),
        "ack p95 ms": round(said["p95"]),
        "ack max ms": round(said["max"]),
        "page p50 ms": round(median(page)),
        "wagon MB": round(max(wagon), 1),
        "wagon growth MB": round(growth(wagon), 1),
        "mosquitto MB": round(max(broker), 1),
        "mosquitto growth MB": round(growth(broker), 1),
        "wagon CPU s": round(cpu[-1] - cpu[0], 1),
    }


def growth(values: list[float]) -> float:
    """Return by how much the last fifth lies above the second."""
    fifth = max(len(values) // 5, 1)
    return median(values[-fifth:]) - median(values[fifth : 2 * fifth] or values)


def start(state: Path, port: int, sensors_port: int) -> "subprocess.Popen[bytes]":
    """Start the wagon and wait until it answers."""
    command = [CLI, "--root", str(CHECKOUT), "wagon", "--port", str(port), "--state", str(state)]
    with (state / "log").open("w") as log:
        wagon = subprocess.Popen([*command, "--sensors-port", str(sensors_port)], stdout=log, stderr=log)
    deadline = time.monotonic() + STARTS_WITHIN_S
    while look(port) is None:
        if time.monotonic() > deadline or wagon.poll() is not None:
            wagon.kill()
            raise RuntimeError((state / "log").read_text())
        time.sleep(0.2)
    return wagon


def watch(players: "subprocess.Popen[str]", wagon: int, broker: int, port: int) -> Iterator[tuple[float, ...]]:
    """Yield memory, processor time and the page's answer, until the nodes have ended."""
    while players.poll() is None:
        yield memory_mb(wagon), memory_mb(broker), cpu_s(wagon), look(port) or 0.0
        time.sleep(LOOK_S)


def look(port: int) -> float | None:
    """Return how many milliseconds the page took; None without an answer."""
    began = time.monotonic()
    try:
        with build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}/messwerte/teil", timeout=20) as answer:
            answer.read()
    except OSError:
        return None
    return 1000 * (time.monotonic() - began)


def broker_of(wagon: int) -> int:
    """Return the process id of the wagon's mosquitto."""
    children = Path(f"/proc/{wagon}/task").glob("*/children")
    return next(int(child) for path in children for child in path.read_text().split())


def memory_mb(process: int) -> float:
    """Return how much of a process is in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_s(process: int) -> float:
    """Return the processor seconds of a process."""
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
