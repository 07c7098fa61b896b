"""A printer without plastic, shipped for classes and tests: behaves like OctoPrint, with faults and a faster clock.

It has no thread and no process: what it does follows from its file and the time, so it goes on when the desk is killed.
"""

import contextlib
import fcntl
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from makerwagen.printers import guards
from makerwagen.printers.port import Ended, Kind, NoAnswerError, OutcomeUnknownError, RefusedError, Status, Temperature

ESTIMATE = re.compile(
    rb"^; estimated printing time \(normal mode\) = (?:(\d+)d ?)?(?:(\d+)h ?)?(?:(\d+)m ?)?(?:(\d+)s)?", re.M
)
WITHOUT_ESTIMATE_S = 60.0
ROOM, NOZZLE, BED = 21.0, 215.0, 60.0
WARM_WITHIN_S = 90.0


class Fault(StrEnum):
    """What can go wrong. The first group waits for the next command, the second happens at once."""

    REFUSE = "refuse"  # 409
    FORBID = "forbid"  # 403
    WRONG_TYPE = "wrong-type"  # 415
    IGNORE = "ignore"  # yes to a start, but nothing prints (OctoPrint's effectivePrint: false)
    LOSE_COMMAND = "lose-command"  # neither done nor answered
    LOSE_ANSWER = "lose-answer"  # done, not answered
    WRONG_FILE = "wrong-file"  # starts another file
    DROP = "drop"  # cable: "Offline after error"
    DISCONNECT = "disconnect"  # "Offline"
    FATAL = "fatal"  # firmware halted
    AWOL = "awol"  # says Printing, goes no further
    RESTART = "restart"  # idle, knows of no job
    RENAME = "rename"


NO = {Fault.REFUSE: 409, Fault.FORBID: 403, Fault.WRONG_TYPE: 415}
AT_ONCE = {
    Fault.DROP: (Kind.ERROR, "Offline after error: the cable is loose (simulated)"),
    Fault.DISCONNECT: (Kind.OFFLINE, "Offline (simulated)"),
    Fault.FATAL: (Kind.ERROR, "Thermal Runaway, system stopped! Heater_ID: bed (simulated)"),
}


class Simulated:
    """A simulated printer whose whole state lies in `folder`; `speed` 60 prints an hour in a minute."""

    def __init__(
        self, name: str, folder: Path, *, speed: float = 1.0, identity: str = "", clock: Callable[[], float] = time.time
    ) -> None:
        """Remember where the printer lives; the folder is made when it is first written."""
        self.name, self.folder, self.identity = name, folder, identity
        self._speed, self._clock = speed, clock

    def state(self) -> Status:
        """Return what the printer does at this moment."""
        return guards.said_or_why(self.name, self._status)

    def upload(self, path: Path, name: str, sha256: str) -> None:
        """Keep the file, as OctoPrint does: not while it is being printed."""
        data = guards.checked_bytes(path, sha256)
        guards.checked_name(name)
        with self._open() as told:
            self._is_ours(told)
            lost = self._answer(told, "upload")
            if lost is Fault.LOSE_COMMAND:
                raise self._silence()
            now = self._now(told)
            if now.kind is Kind.PRINTING and now.file == name:
                guards.settle(self.name, "upload", 409, "it is being printed")
            _write(self.folder / "files" / name, data)
        if lost is Fault.LOSE_ANSWER:
            raise self._silence()

    def start(self, name: str) -> None:
        """Print a file that is there, unless a fault that was ordered says otherwise."""
        guards.checked_name(name)
        with self._open() as told:
            guards.refuse_unless_idle(self.name, self._now(told))
            self._is_ours(told)
            fault = self._answer(told, f"start of '{name}'")
            if not (self.folder / "files" / name).is_file():
                guards.settle(self.name, f"start of '{name}'", 404, "no such file")
            if fault not in (Fault.IGNORE, Fault.LOSE_COMMAND):
                self._begin(told, "another-file.gcode" if fault is Fault.WRONG_FILE else name)
        if fault in (Fault.LOSE_COMMAND, Fault.LOSE_ANSWER):
            raise self._silence()

    def cancel(self) -> None:
        """Give up the print."""
        with self._open() as told:
            guards.refuse_unless_printing(self.name, self._now(told))
            lost = self._answer(told, "cancel")
            if lost is not Fault.LOSE_COMMAND:
                told["job"] |= {"stopped": self._done(told["job"]), "ended": Ended.CANCELLED}
        if lost in (Fault.LOSE_COMMAND, Fault.LOSE_ANSWER):
            raise self._silence()

    def cause(self, fault: Fault) -> None:
        """Let something go wrong: at once, or at the next command."""
        with self._open() as told:
            job = told.get("job")
            if fault in AT_ONCE:
                kind, message = AT_ONCE[fault]
                told |= {"trouble": [kind, message], "job": None}
            elif fault is Fault.RESTART:
                told |= {"trouble": None, "job": None}
            elif fault is Fault.RENAME:
                told["identity"] = f"not {self.name}"
            elif fault is Fault.AWOL:
                if job:
                    job["stopped"] = self._done(job)
            else:
                told["next"] = fault

    def mend(self) -> None:
        """Connect again after a fault, as a person would: the printer is idle and knows of no job."""
        with self._open() as told:
            told |= {"trouble": None, "job": None, "next": None, "identity": self.identity}

    def starts(self) -> list[str]:
        """Return the names of all files that this printer ever began to print, for those who count."""
        journal = self.folder / "starts.log"
        return journal.read_text(encoding="utf-8").split() if journal.exists() else []

    def _status(self) -> Status:
        with self._open() as told:
            return self._seen(told)

    def _now(self, told: dict[str, Any]) -> Status:
        return guards.said_or_why(self.name, lambda: self._seen(told))

    def _seen(self, told: dict[str, Any]) -> Status:
        if told.get("trouble"):
            kind, message = told["trouble"]
            return Status(Kind(kind), message=message)
        job = told.get("job")
        if not job:
            return Status(Kind.IDLE, temperatures=_heat(0.0, printing=False))
        done = self._done(job)
        if job.get("ended") == Ended.CANCELLED:
            heat = _heat(0.0, printing=False)
            return Status(Kind.IDLE, file=job["file"], temperatures=heat, ended=Ended.CANCELLED)
        if done >= 1.0:
            heat = _heat(0.0, printing=False)
            return Status(Kind.IDLE, file=job["file"], completion=1.0, temperatures=heat, ended=Ended.COMPLETED)
        heat = _heat(done * job["seconds"], printing=True)
        return Status(Kind.PRINTING, file=job["file"], completion=done, temperatures=heat)

    def _done(self, job: dict[str, Any]) -> float:
        """Return how much of the job is done, 0 to 1; a clock that was set back does not take anything off the bed."""
        if job.get("stopped") is not None:
            return float(job["stopped"])
        done: float = (self._clock() - job["began"]) * job["speed"] / job["seconds"]
        return min(1.0, max(0.0, done))

    def _begin(self, told: dict[str, Any], name: str) -> None:
        path = self.folder / "files" / name
        seconds = _estimate(path.read_bytes()) if path.exists() else WITHOUT_ESTIMATE_S
        told["job"] = {"file": name, "began": self._clock(), "seconds": seconds, "speed": self._speed}
        # The journal first: a print that nobody counted would be worse than a count without a print.
        try:
            with (self.folder / "starts.log").open("a", encoding="utf-8") as journal:
                journal.write(name + "\n")
                journal.flush()
                os.fsync(journal.fileno())
        except OSError as error:
            raise RefusedError(f"cannot write {self.folder}: {error.strerror}; nothing was started") from None

    def _is_ours(self, told: dict[str, Any]) -> None:
        guards.refuse_a_stranger(self.name, expected=self.identity, found=told.get("identity", self.identity))

    def _answer(self, told: dict[str, Any], doing: str) -> Fault | None:
        """Return the fault ordered for this command, once; raise if it is a refusal."""
        ordered, told["next"] = told.get("next"), None
        fault = Fault(ordered) if ordered else None
        if fault in NO:
            self._save(told)  # a refusal is used up, too
            guards.settle(self.name, doing, NO[fault], "simulated")
        return fault

    def _silence(self) -> OutcomeUnknownError:
        return OutcomeUnknownError(f"printer '{self.name}' did not answer (simulated); look at it, do not repeat it")

    @contextlib.contextmanager
    def _open(self) -> Iterator[dict[str, Any]]:
        """Give the printer's state to one caller at a time, and save what that caller changed before it goes on."""
        try:
            self.folder.joinpath("files").mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise NoAnswerError(f"simulated printer '{self.name}' cannot use {self.folder}: {error.strerror}") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            told = self._load()
            before = json.dumps(told)
            try:
                yield told
            except OutcomeUnknownError:
                self._save(told)
                raise
            if json.dumps(told) != before:
                self._save(told)
        finally:
            os.close(lock)

    def _load(self) -> dict[str, Any]:
        try:
            told = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"identity": self.identity}
        except (OSError, ValueError):
            raise NoAnswerError(
                f"simulated printer '{self.name}': {self.folder}/state.json is damaged; delete it"
            ) from None
        if not isinstance(told, dict):
            raise NoAnswerError(f"simulated printer '{self.name}': {self.folder}/state.json is damaged; delete it")
        return told

    def _save(self, told: dict[str, Any]) -> None:
        _write(self.folder / "state.json", json.dumps(told).encode())


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, also when the power goes."""
    new = path.with_name(path.name + ".new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise RefusedError(f"cannot write {path}: {error.strerror}; make room on the disk") from None


def _estimate(gcode: bytes) -> float:
    """Return the seconds that PrusaSlicer wrote into the file."""
    found = ESTIMATE.search(gcode)
    if not found or not any(found.groups()):
        return WITHOUT_ESTIMATE_S
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return max(1.0, ((days * 24 + hours) * 60 + minutes) * 60 + seconds)


def _heat(seconds: float, *, printing: bool) -> MappingProxyType[str, Temperature]:
    share = min(1.0, seconds / WARM_WITHIN_S) if printing else 0.0
    sway = 0.4 * ((seconds * 7) % 1 - 0.5) if printing else 0.0
    return MappingProxyType(
        {
            heater: Temperature(round(ROOM + (top - ROOM) * share + sway, 1), top if printing else 0.0)
            for heater, top in (("nozzle", NOZZLE), ("bed", BED))
        }
    )
