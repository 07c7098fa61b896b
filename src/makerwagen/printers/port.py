"""The one port to every 3D printer: what a printer can be asked and told, what it says, and how it fails.

A command has three endings: it was done, it was surely not done (`RefusedError`), nobody knows (`OutcomeUnknownError`).
After the third it is never sent again: two starts ruin a bed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from makerwagen.errors import MakerwagenError


class PrinterError(MakerwagenError):
    """A printer did not do what it was told."""


class RefusedError(PrinterError):
    """The printer surely did nothing; the reason can be mended and the command given again."""


class NotReachedError(RefusedError):
    """Nobody answers at the printer's address: nothing was sent."""


class NoAnswerError(RefusedError):
    """A question (never a command) got no answer that can be used."""


class OutcomeUnknownError(PrinterError):
    """The command went out and its answer got lost: it may have been done. Never send it again."""


class Kind(StrEnum):
    """What a printer is doing."""

    IDLE = "idle"
    BUSY = "busy"
    PRINTING = "printing"
    PAUSED = "paused"
    ERROR = "error"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


class Ended(StrEnum):
    """How the printer itself says that the job with `Status.file` ended. A printer that is only idle says nothing."""

    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Temperature:
    """A heater in °C; `target` 0 is off."""

    actual: float
    target: float = 0.0


@dataclass(frozen=True)
class Status:
    """What a printer says at one moment; `file` is the name as the printer reports it, `completion` is 0 to 1."""

    kind: Kind
    file: str = ""
    completion: float | None = None
    temperatures: Mapping[str, Temperature] = field(default_factory=lambda: MappingProxyType({}))
    message: str = ""
    ended: Ended | None = None


class Printer(Protocol):
    """A 3D printer. Every call ends within its time limits; call it from a thread, not from an event loop."""

    @property
    def name(self) -> str:
        """Return what is written on the printer."""

    def state(self) -> Status:
        """Return what the printer does now; never raises (no answer is OFFLINE or UNKNOWN, with words)."""

    def upload(self, path: Path, name: str, sha256: str) -> None:
        """Put the file at `path` on the printer as `name`, if its hash is `sha256`; starts nothing, may be repeated."""

    def start(self, name: str) -> None:
        """Tell the printer once to print its file `name`; that it prints, only `state` can say."""

    def cancel(self) -> None:
        """Tell the printer once to give up what it prints."""


@dataclass(frozen=True)
class Address:
    """Where a printer is: `url`, `key` and what it calls itself (`identity`, empty: not compared)."""

    name: str
    url: str
    key: str = field(default="", repr=False)
    identity: str = ""
    timeout_s: float = 5.0
    upload_timeout_s: float = 60.0
