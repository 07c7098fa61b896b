"""Passes on what a simulated board sends: to the wagon's hub, under the seat's own name, now or later."""

import fcntl
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from makerwagen.boards.trace import Trace
from makerwagen.learn.seat import hidden_folder, read_json, seat_folder, write_json
from makerwagen.learn.wagon import WagonAwayError, ask, wagon_address
from makerwagen.sensors.outbox import Outbox
from makerwagen.sensors.protocol import MessageError, Reading, payload_of, read_message, topic_of

OUTBOX, NODE_FILE = "readings.outbox", "node.json"
MOST_AT_ONCE, MOST_OF_A_RUN = 200, 600
RETRY_S, LOCK_S = 20.0, 6.0
ROOT = "makerwagen/"
_retrying = threading.Lock()


def forward(trace: Trace) -> str:
    """Keep the readings of a run, send what waits, and return what to tell the child; "" when there is nothing."""
    if not wagon_address() or not any(message.topic.startswith(ROOT) for message in trace.messages):
        return ""
    folder = hidden_folder()
    readings, wrong = readings_of(trace)
    try:
        with _alone(folder):
            outbox = Outbox(folder / OUTBOX, node_name(folder))
            outbox.extend([(r.observed, r.value, age) for r, age in readings[-MOST_OF_A_RUN:]], simulated=True)
            told = send(outbox)
            waiting = len(outbox.waiting())
    except OSError as error:
        return f"Die Messwerte lassen sich nicht aufheben ({error.strerror or error}). Ist der Speicher voll?"
    if waiting:
        _try_later(folder)
    return " ".join(_words(len(readings), waiting, outbox.node, [*wrong, *told]))


def flush(folder: Path) -> int:
    """Send what waits; return how much still does."""
    with _alone(folder):
        outbox = Outbox(folder / OUTBOX, node_name(folder))
        if outbox.waiting():
            send(outbox)
        return len(outbox.waiting())


def send(outbox: Outbox) -> list[str]:
    """Send what waits in portions until the wagon does not answer; return why readings were refused."""
    refused: list[str] = []
    while waiting := outbox.waiting()[:MOST_AT_ONCE]:
        messages = [{"topic": topic_of(one), "payload": payload_of(one).decode()} for one in waiting]
        try:
            status, answer = ask("/api/readings", send=messages)
        except WagonAwayError:
            return refused
        if status != 200:
            return [*refused, str(answer.get("message", status))]
        done = [tuple(key) for key in answer.get("stored", [])]
        told = [one for one in answer.get("refused", []) if isinstance(one, dict)]
        refused += [str(one.get("reason")) for one in told]
        done += [tuple(one.get("key") or ()) for one in told]
        before = len(outbox.waiting())
        for key in done:
            if len(key) == 3:
                outbox.acknowledge(key[1], [key[2]])
        if len(outbox.waiting()) == before:  # an answer that we do not understand: no use in asking on
            return refused
    return refused


def readings_of(trace: Trace) -> tuple[list[tuple[Reading, float]], list[str]]:
    """Return each reading of a run once, with its age at the run's end, and why other messages are none."""
    found: dict[tuple[str, int, int], tuple[Reading, float]] = {}
    wrong: dict[str, None] = {}
    for message in trace.messages:
        if not message.topic.startswith(ROOT):
            continue
        try:
            reading = read_message(message.topic, message.payload.encode())
        except MessageError as error:
            wrong[str(error)] = None
            continue
        age = max(trace.end_s - message.at_s, 0.0) + reading.age_s
        found.setdefault((reading.node, reading.boot, reading.number), (reading, age))
    return list(found.values()), list(wrong)


def node_name(folder: Path) -> str:
    """Return what this seat's station is called at the hub: its animal, else a name made up once."""
    seat = seat_folder(folder)
    known = read_json(folder / NODE_FILE).get("node")
    if isinstance(known, str) and known.startswith("sim-"):
        return known
    animal = "".join(letter for letter in (seat.name.lower() if seat else "") if letter.isascii() and letter.isalnum())
    name = f"sim-{animal[:30] or secrets.token_hex(3)}"
    write_json(folder / NODE_FILE, {"node": name})
    return name


def _words(sent: int, waiting: int, node: str, wrong: Sequence[str]) -> Iterator[str]:
    values = "1 Messwert" if sent == 1 else f"{sent} Messwerte"
    if waiting:
        kept = "1 Messwert wartet hier und geht" if waiting == 1 else f"{waiting} Messwerte warten hier und gehen"
        yield f"Der Wagen antwortet gerade nicht. {kept} später von selbst los."
    elif sent:
        yield f"{values} für „{node}“ {'ist' if sent == 1 else 'sind'} beim Wagen angekommen, als simuliert."
    for sentence in dict.fromkeys(wrong):
        yield f"Nicht angenommen: {sentence}."


def _try_later(folder: Path) -> None:
    """Go on trying beside the child's work, once in this kernel."""
    if _retrying.acquire(blocking=False):
        threading.Thread(target=_retry, args=(folder,), name="forward", daemon=True).start()


def _retry(folder: Path) -> None:
    try:
        waiting = 1
        while waiting:
            time.sleep(RETRY_S)
            try:
                waiting = flush(folder)
            except OSError:
                continue
    finally:
        _retrying.release()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the outbox, so that two notebooks of a seat do not write to it at once."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{OUTBOX}.lock").open("w") as lock:
        deadline = time.monotonic() + LOCK_S
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        yield
