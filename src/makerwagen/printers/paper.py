"""Sheets on paper: any printer that speaks IPP, or a queue of CUPS; a sheet is never printed twice by a repetition.

Every job is named after its key. Before it goes out, and when its answer got lost, the printer is asked for that name.
"""

import dataclasses
import re
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pyipp.enums import IppOperation

from makerwagen.printers.ipp import Ipp
from makerwagen.printers.port import Address, NoAnswerError, NotReachedError, OutcomeUnknownError, RefusedError

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
PREFIX = "makerwagen-"
MOST_COPIES, MOST_BYTES = 100, 64 * 1024 * 1024
LOOKS_S = (0.3, 1.0, 2.0)  # how long to wait before each look for a job whose answer got lost
WANTED = ["job-id", "job-name", "job-state", "job-state-reasons", "job-printer-state-message"]
ABOUT_PRINTER = ["printer-state", "printer-state-reasons", "printer-state-message", "printer-is-accepting-jobs"]
REASONS = {
    "media-empty": "no paper, fill the tray",
    "media-needed": "no paper, fill the tray",
    "media-jam": "paper jam",
    "toner-empty": "no toner",
    "marker-supply-empty": "no ink",
    "cover-open": "a cover is open",
    "door-open": "a door is open",
    "paused": "the queue is stopped",
    "offline-report": "the printer is switched off",
    "connecting-to-device": "the printer is not reached from its queue",
}


class PaperKind(StrEnum):
    """What the paper printer is doing."""

    IDLE = "idle"
    PRINTING = "printing"
    STOPPED = "stopped"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    HELD = "held"
    PRINTING = "printing"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    ABORTED = "aborted"
    DONE = "done"


PRINTER_STATES = {3: PaperKind.IDLE, 4: PaperKind.PRINTING, 5: PaperKind.STOPPED}
JOB_STATES = dict(enumerate(JobState, start=3))


@dataclass(frozen=True)
class PaperStatus:
    """What the printer says; `reasons` are IPP's words (media-empty), `message` is for people."""

    kind: PaperKind
    reasons: tuple[str, ...] = ()
    message: str = ""
    accepting: bool = False


@dataclass(frozen=True)
class PaperJob:
    """A job on the printer; `left_out` names what the printer ignored (sides, copies)."""

    number: int
    name: str
    state: JobState
    reasons: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What is to be printed; `key` is the same for every repetition of the same wish, and new for a new wish."""

    path: Path
    key: str
    copies: int = 1
    both_sides: bool = False

    def read(self) -> bytes:
        """Return the PDF, or raise RefusedError if this cannot be printed."""
        if not KEY.fullmatch(self.key):
            raise RefusedError(f"'{self.key}' is no key for a sheet; use small letters, digits and '-'")
        if not 1 <= self.copies <= MOST_COPIES:
            raise RefusedError(f"{self.copies} copies cannot be printed; choose 1 to {MOST_COPIES}")
        try:
            data = self.path.read_bytes() if self.path.stat().st_size <= MOST_BYTES else b""
        except OSError as error:
            raise RefusedError(f"cannot read {self.path.name}: {error.strerror}; build the sheets again") from None
        if not data.startswith(b"%PDF-"):
            raise RefusedError(f"{self.path.name} is no PDF of at most {MOST_BYTES // 1024 // 1024} MB")
        return data


class Paper:
    """A printer for paper at `address.url`, e.g. ipp://127.0.0.1:631/printers/wagon."""

    def __init__(self, address: Address) -> None:
        """Prepare the line to the printer."""
        self.name = address.name
        self._ipp = Ipp(address)

    def state(self) -> PaperStatus:
        """Return what the printer does and lacks; never raises."""
        try:
            told = self._ipp.ask(IppOperation.GET_PRINTER_ATTRIBUTES, {"requested-attributes": ABOUT_PRINTER})
            about: dict[str, Any] = next(iter(told["printers"]), {})
            reasons = _words(about.get("printer-state-reasons"))
            kind = PRINTER_STATES.get(int(about.get("printer-state", 0)), PaperKind.UNKNOWN)
        except NotReachedError as error:
            return PaperStatus(PaperKind.OFFLINE, message=str(error))
        except (RefusedError, AttributeError, TypeError, ValueError, KeyError) as error:
            return PaperStatus(PaperKind.UNKNOWN, message=str(error))
        message = "; ".join(_for_people(reason) for reason in reasons) or str(about.get("printer-state-message", ""))
        return PaperStatus(kind, reasons, message, accepting=bool(about.get("printer-is-accepting-jobs", True)))

    def send(self, sheet: Sheet, *, tried_before: bool) -> PaperJob:
        """Print a sheet, unless the printer has a job with its key: then return that one.

        `tried_before`: this key has been sent before (the caller wrote that down first). Then it is only looked for,
        because printers forget finished jobs. After an OutcomeUnknownError somebody counts the sheets; a new wish is a
        new key.
        """
        data = sheet.read()
        if found := self.find(sheet.key):
            return found
        if tried_before:
            raise self._unknown(sheet)
        status = self.state()
        if status.kind in (PaperKind.OFFLINE, PaperKind.UNKNOWN) or not status.accepting:
            raise RefusedError(
                f"printer '{self.name}' takes no jobs ({status.message or status.kind}); nothing was sent"
            )
        try:
            return self._print(sheet, data)
        except OutcomeUnknownError:
            return self._look_again(sheet)

    def find(self, key: str) -> PaperJob | None:
        """Return the newest job with this key, None if the printer knows none; raise NoAnswerError if it is silent."""
        for which in ("not-completed", "completed"):
            told = self._ipp.ask(IppOperation.GET_JOBS, {"which-jobs": which, "requested-attributes": WANTED})
            jobs = [_job(job) for job in told["jobs"] if job.get("job-name") == PREFIX + key]
            if jobs:
                return max(jobs, key=lambda job: job.number)
        return None

    def job(self, number: int) -> PaperJob:
        """Return how a job stands."""
        told = self._ipp.ask(IppOperation.GET_JOB_ATTRIBUTES, {"job-id": number, "requested-attributes": WANTED})
        return _job(_first_job(told))

    def cancel(self, number: int) -> None:
        """Cancel a job; sheets that are out stay out."""
        self._ipp.settle(
            self._ipp.command(IppOperation.CANCEL_JOB, {"job-id": number}, {}, b""), f"cancel of job {number}"
        )

    def _print(self, sheet: Sheet, data: bytes) -> PaperJob:
        # With fidelity a printer without duplex refuses; otherwise it would print one side and call it done.
        about = {"job-name": PREFIX + sheet.key, "document-format": "application/pdf", "ipp-attribute-fidelity": True}
        wishes = {"copies": sheet.copies, "sides": "two-sided-long-edge" if sheet.both_sides else "one-sided"}
        told = self._ipp.command(IppOperation.PRINT_JOB, about, wishes, data)
        self._ipp.settle(told, f"print of '{sheet.path.name}'")
        try:
            left_out = tuple(name for group in told["unsupported-attributes"] for name in group)
            return dataclasses.replace(_job(_first_job(told)), name=PREFIX + sheet.key, left_out=left_out)
        except NoAnswerError:
            raise self._unknown(sheet) from None

    def _look_again(self, sheet: Sheet) -> PaperJob:
        for seconds in LOOKS_S:
            time.sleep(seconds)
            try:
                if found := self.find(sheet.key):
                    return found
            except RefusedError:
                continue
        raise self._unknown(sheet)

    def _unknown(self, sheet: Sheet) -> OutcomeUnknownError:
        return OutcomeUnknownError(
            f"printer '{self.name}' does not say whether it printed '{sheet.path.name}' ({PREFIX}{sheet.key}); "
            "count the sheets at the printer before you print again"
        )


def _first_job(told: dict[str, Any]) -> dict[str, Any]:
    # Some small printers put the job's attributes among the operation's.
    return dict(told["jobs"][0] if told["jobs"] else told["operation-attributes"])


def _job(told: dict[str, Any]) -> PaperJob:
    try:
        state = JOB_STATES[int(told["job-state"])]
        return PaperJob(
            int(told["job-id"]), str(told.get("job-name", "")), state, _words(told.get("job-state-reasons"))
        )
    except (KeyError, TypeError, ValueError):
        raise NoAnswerError("the printer's words about a job cannot be understood") from None


def _words(reasons: Any) -> tuple[str, ...]:
    listed = reasons if isinstance(reasons, list) else [reasons]
    return tuple(str(reason) for reason in listed if reason and reason != "none")


def _for_people(reason: str) -> str:
    return REASONS.get(re.sub(r"-(report|warning|error)$", "", reason), REASONS.get(reason, reason))
