"""A printer behind OctoPrint (REST API of 1.11, tried on 1.11.8).

https://docs.octoprint.org/en/master/api/
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from makerwagen.printers import guards
from makerwagen.printers.port import (
    Address,
    Ended,
    Kind,
    OutcomeUnknownError,
    RefusedError,
    Status,
    Temperature,
)
from makerwagen.printers.wire import Wire

# The beginnings of OctoPrint's words for its states (octoprint/util/comm.py), first match wins.
KINDS = (
    ("operational", Kind.IDLE),
    ("printing", Kind.PRINTING),
    ("starting", Kind.PRINTING),
    ("finishing", Kind.PRINTING),
    ("resuming", Kind.PRINTING),
    ("paus", Kind.PAUSED),
    ("cancelling", Kind.BUSY),
    ("transferring", Kind.BUSY),
    ("opening", Kind.BUSY),
    ("detecting", Kind.BUSY),
    ("connecting", Kind.BUSY),
    ("offline after error", Kind.ERROR),
    ("error", Kind.ERROR),
    ("offline", Kind.OFFLINE),
    ("closed", Kind.OFFLINE),
)


class OctoPrint:
    """A printer behind OctoPrint; `identity` is OctoPrint's own name (appearance.name in its settings)."""

    def __init__(self, address: Address) -> None:
        """Prepare the line to OctoPrint."""
        self.address = address
        self.wire = Wire(address, {"X-Api-Key": address.key})

    @property
    def name(self) -> str:
        """Return what is written on the printer."""
        return self.address.name

    def state(self) -> Status:
        """Return what OctoPrint says of the job, with temperatures while there is a printer on its cable."""
        return guards.said_or_why(self.name, self._status)

    def _status(self) -> Status:
        told = self.wire.fact("/api/job")
        words = str(told.get("state", ""))
        kind = next((kind for start, kind in KINDS if words.lower().startswith(start)), Kind.UNKNOWN)
        file = (told.get("job") or {}).get("file") or {}
        percent = (told.get("progress") or {}).get("completion")
        completion = percent / 100 if isinstance(percent, int | float) else None
        # Operational with 100 % is OctoPrint's word for "printed to the end"; after a cancel and a restart it has none.
        done = kind is Kind.IDLE and completion == 1.0 and bool(file.get("path"))
        here = kind in (Kind.IDLE, Kind.BUSY, Kind.PRINTING, Kind.PAUSED)
        return Status(
            kind,
            file=str(file.get("path") or ""),
            completion=completion,
            temperatures=self._temperatures() if here else MappingProxyType({}),
            message=str(told.get("error") or ("" if kind in (Kind.IDLE, Kind.PRINTING) else words)),
            ended=Ended.COMPLETED if done else None,
        )

    def _temperatures(self) -> Mapping[str, Temperature]:
        answer = self.wire.look("/api/printer?exclude=sd,state")
        heaters: dict[str, Any] = (answer.data or {}).get("temperature", {}) if answer.code == 200 else {}
        return MappingProxyType(
            {
                heater.replace("tool0", "nozzle"): Temperature(float(value["actual"]), float(value.get("target") or 0))
                for heater, value in heaters.items()
                if isinstance(value, dict) and value.get("actual") is not None
            }
        )

    def upload(self, path: Path, name: str, sha256: str) -> None:
        """Upload without selecting or printing, then compare what arrived, for OctoPrint may change names."""
        data = guards.checked_bytes(path, sha256)
        guards.checked_name(name)
        self._is_ours()
        answer = self.wire.command(
            "POST",
            "/api/files/local",
            timeout_s=self.address.upload_timeout_s,
            files={"file": (name, data, "application/octet-stream")},
            data={"select": "false", "print": "false"},
        )
        guards.settle(self.name, "upload", answer.code, answer.text)
        said = answer.data if isinstance(answer.data, dict) else {}
        if said.get("effectivePrint"):
            raise OutcomeUnknownError(f"printer '{self.name}' began to print an upload by itself; look at it")
        stored = ((said.get("files") or {}).get("local") or {}).get("path")
        if stored != name:
            raise RefusedError(f"printer '{self.name}' stored '{name}' as '{stored}'; it was not started")
        self._arrived_whole(name, data)

    def _arrived_whole(self, name: str, data: bytes) -> None:
        there = self.wire.fact(f"/api/files/local/{name}")
        # OctoPrint tells a SHA-1; against accidents on the way that is enough, ours is SHA-256.
        sha1 = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        if there.get("size") != len(data) or there.get("hash") not in (None, sha1):
            raise RefusedError(f"'{name}' did not arrive whole on printer '{self.name}'; upload it again")

    def start(self, name: str) -> None:
        """Select and print. Not upload-and-print, which answers 201 with effectivePrint:false when nothing prints."""
        guards.checked_name(name)
        guards.refuse_unless_idle(self.name, self.state())
        self._is_ours()
        answer = self.wire.command("POST", f"/api/files/local/{name}", json={"command": "select", "print": True})
        guards.settle(self.name, f"start of '{name}'", answer.code, answer.text)

    def cancel(self) -> None:
        """Cancel the print."""
        guards.refuse_unless_printing(self.name, self.state())
        answer = self.wire.command("POST", "/api/job", json={"command": "cancel"})
        guards.settle(self.name, "cancel", answer.code, answer.text)

    def _is_ours(self) -> None:
        if self.address.identity:
            found = (self.wire.fact("/api/settings").get("appearance") or {}).get("name", "")
            guards.refuse_a_stranger(self.name, expected=self.address.identity, found=str(found))
