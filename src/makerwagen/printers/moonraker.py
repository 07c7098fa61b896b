"""A printer with Klipper behind Moonraker, in the shapes that Moonraker documents.

https://moonraker.readthedocs.io/en/latest/external_api/ (printer, file_manager)
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from makerwagen.printers import guards
from makerwagen.printers.port import (
    Address,
    Ended,
    Kind,
    NoAnswerError,
    OutcomeUnknownError,
    RefusedError,
    Status,
    Temperature,
)
from makerwagen.printers.wire import Wire

QUERY = "/printer/objects/query?webhooks&print_stats&virtual_sdcard&extruder&heater_bed&idle_timeout"
PRINT_STATES = {
    "standby": Kind.IDLE,
    "printing": Kind.PRINTING,
    "paused": Kind.PAUSED,
    "complete": Kind.IDLE,
    "cancelled": Kind.IDLE,
    "error": Kind.ERROR,
}
ENDS = {"complete": Ended.COMPLETED, "cancelled": Ended.CANCELLED}
KLIPPER_STATES = {"ready": Kind.IDLE, "startup": Kind.BUSY, "shutdown": Kind.ERROR, "error": Kind.ERROR}


class Moonraker:
    """A printer behind Moonraker; `identity` is the host name that /printer/info tells."""

    def __init__(self, address: Address) -> None:
        """Prepare the line to Moonraker."""
        self.address = address
        self.wire = Wire(address, {"X-Api-Key": address.key} if address.key else {})

    @property
    def name(self) -> str:
        """Return what is written on the printer."""
        return self.address.name

    def state(self) -> Status:
        """Return what Klipper says of its print."""
        return guards.said_or_why(self.name, self._status)

    def _status(self) -> Status:
        answer = self.wire.look(QUERY)
        if answer.code == 503:  # Moonraker is there, Klipper behind it is not
            return Status(Kind.OFFLINE, message=answer.text)
        told = ((self._result(answer.code, answer.data, answer.text)).get("status")) or {}
        klipper, stats = told.get("webhooks") or {}, told.get("print_stats") or {}
        kind = KLIPPER_STATES.get(str(klipper.get("state", "ready")), Kind.UNKNOWN)
        message = str(klipper.get("state_message") or "") if kind is not Kind.IDLE else ""
        state = str(stats.get("state", ""))
        if kind is Kind.IDLE:
            kind, message = PRINT_STATES.get(state, Kind.UNKNOWN), str(stats.get("message") or "")
        if kind is Kind.IDLE and (told.get("idle_timeout") or {}).get("state") == "Printing":
            kind = Kind.BUSY  # Klipper's word for "working": somebody homes, heats or levels by hand
        progress = (told.get("virtual_sdcard") or {}).get("progress")
        return Status(
            kind,
            file=str(stats.get("filename") or ""),
            completion=float(progress) if isinstance(progress, int | float) else None,
            temperatures=_temperatures(told),
            message=message,
            ended=ENDS.get(state) if kind in (Kind.IDLE, Kind.BUSY) else None,
        )

    def _result(self, code: int, data: Any, text: str) -> dict[str, Any]:
        if code in (401, 403):
            raise NoAnswerError(f"printer '{self.name}' {guards.KEY_WORDS}")
        result = data.get("result") if isinstance(data, dict) else None
        if code != 200 or not isinstance(result, dict):
            raise NoAnswerError(f"printer '{self.name}' answered {code}: {text}")
        return result

    def upload(self, path: Path, name: str, sha256: str) -> None:
        """Upload with its SHA-256, which Moonraker compares (422 if it differs); nothing is started."""
        data = guards.checked_bytes(path, sha256)
        guards.checked_name(name)
        self._is_ours()
        answer = self.wire.command(
            "POST",
            "/server/files/upload",
            timeout_s=self.address.upload_timeout_s,
            files={"file": (name, data, "application/octet-stream")},
            data={"root": "gcodes", "print": "false", "checksum": sha256.lower()},
        )
        guards.settle(self.name, "upload", answer.code, answer.text)
        said = answer.data if isinstance(answer.data, dict) else {}
        said = said.get("result", said)  # over HTTP the object comes bare, and was wrapped in some versions
        if said.get("print_started") or said.get("print_queued"):
            raise OutcomeUnknownError(f"printer '{self.name}' began to print an upload by itself; look at it")
        item = said.get("item") or {}
        if item.get("path") != name or item.get("size", len(data)) != len(data):
            raise RefusedError(f"'{name}' did not arrive whole on printer '{self.name}'; upload it again")

    def start(self, name: str) -> None:
        """Start the print of a file that is there."""
        guards.checked_name(name)
        guards.refuse_unless_idle(self.name, self.state())
        self._is_ours()
        answer = self.wire.command("POST", "/printer/print/start", json={"filename": name})
        guards.settle(self.name, f"start of '{name}'", answer.code, answer.text)

    def cancel(self) -> None:
        """Cancel the print; asked first whether there is one, for Klipper runs its cancel macro anyway."""
        guards.refuse_unless_printing(self.name, self.state())
        answer = self.wire.command("POST", "/printer/print/cancel")
        guards.settle(self.name, "cancel", answer.code, answer.text)

    def _is_ours(self) -> None:
        if self.address.identity:
            answer = self.wire.look("/printer/info")
            found = self._result(answer.code, answer.data, answer.text).get("hostname", "")
            guards.refuse_a_stranger(self.name, expected=self.address.identity, found=str(found))


def _temperatures(told: dict[str, Any]) -> Mapping[str, Temperature]:
    heaters = {"nozzle": told.get("extruder"), "bed": told.get("heater_bed")}
    return MappingProxyType(
        {
            name: Temperature(float(value["temperature"]), float(value.get("target") or 0))
            for name, value in heaters.items()
            if isinstance(value, dict) and value.get("temperature") is not None
        }
    )
