"""The client of the wagon's desk: a piece is kept in the seat's folder first, and sent later, once."""

import fcntl
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import httpx

from makerwagen.learn.seat import read_json, write_json

# A child waits for the answer, and the notebook with it.
TIMEOUT = httpx.Timeout(3.0, connect=1.0)
UNAUTHORIZED = {401, 403}
# The desk read the piece and will never take it: sending it again would not help.
REFUSED = {400, 404, 410, 413, 415, 422}


class Sending(StrEnum):
    """What became of a piece."""

    SENT = "sent"
    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(frozen=True)
class Receipt:
    """What a child is told about a piece, and how many pieces wait in the outbox."""

    sending: Sending
    message: str
    waiting: int = 0


MESSAGES = {
    "sent": "Dein Teil ist am Drucker-Tisch angekommen.",
    "already": "Dieses Teil ist schon am Drucker-Tisch.",
    "away": "Der Drucker-Tisch antwortet gerade nicht. Dein Teil wartet hier und geht später von selbst los.",
    "unknown": "Dein Teil liegt bereit. Es geht los, wenn dieser Platz mit dem Drucker-Tisch verbunden ist.",
    "unauthorized": "Der Drucker-Tisch kennt diesen Platz nicht. Dein Teil wartet hier. Hol eine erwachsene Person.",
    "refused": "Der Drucker-Tisch hat dein Teil nicht genommen. Hol eine erwachsene Person.",
}


class Desk:
    """Pieces on their way from one seat: `outbox/` waits, `sent/` arrived, `refused/` was not taken."""

    def __init__(self, folder: Path, *, address: str = "", token: str = "") -> None:
        """Remember the seat's hidden folder; address and token may also come later, in its desk.json."""
        self.folder = folder
        self.address, self.token = address, token

    def submit(self, model: str, parameters: Mapping[str, Any], *, lesson: str = "") -> Receipt:
        """Keep a piece on disk, then try to send all that waits; the same part is never handed in twice."""
        piece = {"model": model, "parameters": dict(parameters), "lesson": lesson}
        if any(record["piece"] == piece for _, record in self._records("sent")):
            return Receipt(Sending.SENT, MESSAGES["already"], self.waiting)
        known = [record["key"] for _, record in self._records("outbox") if record["piece"] == piece]
        key = known[0] if known else str(uuid.uuid4())
        if not known:
            # Named by time, so that pieces leave in the order in which they were made.
            write_json(self.folder / "outbox" / f"{time.time_ns():020d}-{key}.json", {"key": key, "piece": piece})
        return self.flush(key)

    def flush(self, key: str = "") -> Receipt:
        """Send what waits, oldest first, until the desk does not answer; tell about the piece `key`, else the last."""
        told = Receipt(Sending.WAITING, MESSAGES["away"])
        with self._alone() as alone:
            for path, record in self._records("outbox") if alone else []:
                receipt = self._send(record)
                if receipt.sending is not Sending.WAITING:
                    write_json(self.folder / receipt.sending / path.name, {**record, "message": receipt.message})
                    path.unlink(missing_ok=True)
                if record["key"] == key or not key or told.sending is Sending.WAITING:
                    told = receipt
                if receipt.sending is Sending.WAITING:
                    break
        return Receipt(told.sending, told.message, self.waiting)

    @property
    def waiting(self) -> int:
        """Return how many pieces are not at the desk yet."""
        return len(list(self._records("outbox")))

    def _send(self, record: Mapping[str, Any]) -> Receipt:
        known = read_json(self.folder / "desk.json")
        address, token = self.address or known.get("address", ""), self.token or known.get("token", "")
        if not address or not token:
            return Receipt(Sending.WAITING, MESSAGES["unknown"])
        headers = {"Idempotency-Key": record["key"], "Authorization": f"Bearer {token}"}
        try:
            # The desk is on the wagon's own network: a proxy set for elsewhere must not come between.
            with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
                answer = client.post(f"{address.rstrip('/')}/api/pieces", json=record["piece"], headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL):
            # Perhaps it arrived and only the answer was lost: the same key will tell the desk.
            return Receipt(Sending.WAITING, MESSAGES["away"])
        return _understood(answer)

    def _records(self, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        for path in sorted((self.folder / name).glob("[0-9]*.json")):
            record = read_json(path)
            if isinstance(record.get("key"), str) and isinstance(record.get("piece"), dict):
                yield path, record

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Say whether no other notebook of this seat is sending right now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "outbox.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            yield True


def _understood(answer: httpx.Response) -> Receipt:
    if answer.is_success:
        return Receipt(Sending.SENT, MESSAGES["sent"])
    if answer.status_code in UNAUTHORIZED:
        return Receipt(Sending.WAITING, MESSAGES["unauthorized"])
    if answer.status_code in REFUSED:
        return Receipt(Sending.REFUSED, _reason(answer) or MESSAGES["refused"])
    return Receipt(Sending.WAITING, MESSAGES["away"])


def _reason(answer: httpx.Response) -> str:
    try:
        found = answer.json()
    except ValueError:
        return ""
    message = found.get("message") if isinstance(found, dict) else None
    return message[:300] if isinstance(message, str) else ""
