"""A Prusa printer over PrusaLink, in the shapes of its OpenAPI (v1) as the PyPI client `pyprusalink` uses them.

https://github.com/prusa3d/Prusa-Link-Web/blob/master/spec/openapi.yaml
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

KINDS = {
    "IDLE": Kind.IDLE,
    "READY": Kind.IDLE,
    "BUSY": Kind.BUSY,
    "PRINTING": Kind.PRINTING,
    "PAUSED": Kind.PAUSED,
    "FINISHED": Kind.IDLE,
    "STOPPED": Kind.IDLE,
    "ERROR": Kind.ERROR,
    "ATTENTION": Kind.ERROR,
}
ENDS = {"FINISHED": Ended.COMPLETED, "STOPPED": Ended.CANCELLED}
HEATERS = {"nozzle": ("temp_nozzle", "target_nozzle"), "bed": ("temp_bed", "target_bed")}


class PrusaLink:
    """A printer with PrusaLink; `identity` is its serial number, `storage` where files go ("usb", on a Pi "local")."""

    def __init__(self, address: Address, storage: str = "usb") -> None:
        """Prepare the line to PrusaLink."""
        self.address, self.storage = address, storage
        self.wire = Wire(address, {"X-Api-Key": address.key})

    @property
    def name(self) -> str:
        """Return what is written on the printer."""
        return self.address.name

    def state(self) -> Status:
        """Return what PrusaLink says of printer and job."""
        return guards.said_or_why(self.name, self._status)

    def _status(self) -> Status:
        printer = self.wire.fact("/api/v1/status").get("printer") or {}
        state = str(printer.get("state", ""))
        job = self._job()
        file = job.get("file") or {}
        percent = job.get("progress")
        said = printer.get("status_printer") or {}
        ended = ENDS.get(state)
        completion = percent / 100 if isinstance(percent, int | float) else None
        return Status(
            KINDS.get(state, Kind.UNKNOWN),
            # display_name is the long one; `name` may be the short name that FAT made of it
            file=str(file.get("display_name") or file.get("name") or ""),
            completion=1.0 if ended is Ended.COMPLETED else completion,
            temperatures=_temperatures(printer),
            message="" if said.get("ok", True) else str(said.get("message", "")),
            ended=ended,
        )

    def _job(self) -> dict[str, Any]:
        answer = self.wire.look("/api/v1/job")
        if answer.code == 204:
            return {}
        if answer.code != 200 or not isinstance(answer.data, dict):
            raise NoAnswerError(f"printer '{self.name}' answered {answer.code} about its job: {answer.text}")
        return answer.data

    def upload(self, path: Path, name: str, sha256: str) -> None:
        """Upload with Print-After-Upload off, then compare the size of what arrived."""
        data = guards.checked_bytes(path, sha256)
        guards.checked_name(name)
        self._is_ours()
        answer = self.wire.command(
            "PUT",
            f"/api/v1/files/{self.storage}/{name}",
            timeout_s=self.address.upload_timeout_s,
            content=data,
            headers={"Content-Type": "text/x.gcode", "Print-After-Upload": "?0", "Overwrite": "?1"},
        )
        guards.settle(self.name, "upload", answer.code, answer.text)
        there = self.wire.fact(f"/api/v1/files/{self.storage}/{name}")
        if there.get("size") != len(data):
            raise RefusedError(f"'{name}' did not arrive whole on printer '{self.name}'; upload it again")
        now = self.state()
        if now.kind in (Kind.PRINTING, Kind.PAUSED) and now.file == name:
            raise OutcomeUnknownError(f"printer '{self.name}' began to print an upload by itself; look at it")

    def start(self, name: str) -> None:
        """Start the print of a file that is there."""
        guards.checked_name(name)
        guards.refuse_unless_idle(self.name, self.state())
        self._is_ours()
        answer = self.wire.command("POST", f"/api/v1/files/{self.storage}/{name}")
        guards.settle(self.name, f"start of '{name}'", answer.code, answer.text)

    def cancel(self) -> None:
        """Stop the job that runs now, by its number: a later one would not be hit."""
        guards.refuse_unless_printing(self.name, self.state())
        number = self._job().get("id")
        if not isinstance(number, int):
            raise RefusedError(f"printer '{self.name}' has no job any more: there is nothing to cancel")
        answer = self.wire.command("DELETE", f"/api/v1/job/{number}")
        guards.settle(self.name, "cancel", answer.code, answer.text)

    def _is_ours(self) -> None:
        if self.address.identity:
            found = self.wire.fact("/api/v1/info").get("serial", "")
            guards.refuse_a_stranger(self.name, expected=self.address.identity, found=str(found))


def _temperatures(printer: dict[str, Any]) -> Mapping[str, Temperature]:
    return MappingProxyType(
        {
            name: Temperature(float(printer[actual]), float(printer.get(target) or 0))
            for name, (actual, target) in HEATERS.items()
            if isinstance(printer.get(actual), int | float)
        }
    )
