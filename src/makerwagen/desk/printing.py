"""From a release to a judged print: in which order things are written down and told to a printer.

Nothing is ever started twice, nothing unreleased is ever started, nothing starts on a bed that is not clear.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from makerwagen.desk import attempts, beds
from makerwagen.desk.attempts import Step, StoredAttempt
from makerwagen.desk.refusals import Reason, RefusalError
from makerwagen.desk.states import BEFORE_START, Attempt, Piece
from makerwagen.desk.store import Store
from makerwagen.printers.port import (
    Ended,
    Kind,
    NoAnswerError,
    NotReachedError,
    OutcomeUnknownError,
    Printer,
    PrinterError,
    RefusedError,
    Status,
)

# So long a printer may take to say that it prints what it was told to.
PATIENCE_S = 30.0
# A command that got no answer may still arrive; after so long none does any more (above every adapter's time limit).
LATE_S = 120.0
ACTIVE = frozenset({Kind.PRINTING, Kind.PAUSED})
# What says nothing about the machine, only about the way to it.
SILENT = frozenset({Kind.OFFLINE, Kind.UNKNOWN})
BOOT, PRINTER = "boot", "printer"


class Answer(StrEnum):
    """What a person finds who looks at a printer of which the desk does not know what it did."""

    STILL_PRINTING = "still-printing"
    FINISHED = "finished"
    NEVER_STARTED = "never-started"
    SCRAP = "scrap"


class Printing:
    """The printers of one wagon. One desk at a time has them: `reconcile` first, then `look` every few seconds."""

    # Waiting is measured by a clock that nobody sets: the wagon's own may jump after a power cut.
    steady: Callable[[], float] = staticmethod(time.monotonic)

    def __init__(
        self, store: Store, printers: Mapping[str, Printer], *, gcode: Path, clock: Callable[[], float] = time.time
    ) -> None:
        """Remember the store, the printers by name, the folder of G-code by sha256, and the clock on the wall."""
        self.store, self.printers, self.gcode, self.clock = store, printers, gcode, clock
        self._booted = self.steady()
        self._sent: dict[int, float] = {}

    def reconcile(self) -> None:
        """Doubt what was going on when the desk went away; `look` then finds out what can be found out."""
        for name in self.printers:
            beds.doubt_at_boot(self.store, name, now=self.clock())
            attempt = attempts.open_attempt(self.store, name)
            # Without START_INTENT on disk no start was sent, and the release is still good.
            if attempt and attempt.state in BEFORE_START:
                self._free(attempt, BOOT, "the desk was away before the start was sent")
            self.look(name)

    def start(self, release: int, *, by: str) -> StoredAttempt:
        """Use a release: claim, upload, write the intent, and only then tell the printer, once.

        Returns the attempt; UNKNOWN when nobody can say whether it started. RefusalError: surely nothing was started.
        """
        attempt = attempts.claim(self.store, release, by=by, now=self.clock())
        attempt = self._upload(attempt, by)
        attempt = self._intend(attempt, by)
        self._sent[attempt.id] = self.steady()
        try:
            self.printers[attempt.printer].start(attempt.file)
        except PrinterError as error:
            # Also a clear no is looked at by a person: only "never started" makes the plate releasable again.
            return self._note(attempt, Step(Attempt.UNKNOWN, PRINTER, self.clock(), str(error)))
        return self.look(attempt.printer) or attempt

    def look(self, name: str) -> StoredAttempt | None:
        """Ask a printer what it does, write down what that proves, and return the open attempt if there is one."""
        # Read before asking: an answer says nothing about a step that was written after the question.
        attempt = attempts.open_attempt(self.store, name)
        status = self._printer(name).state()
        if attempt is None or attempt.state in BEFORE_START:
            if status.kind in ACTIVE:
                beds.doubt(self.store, name, by=PRINTER, now=self.clock())
            return attempt
        return self._learn(attempt, status)

    def cancel(self, number: int, *, by: str) -> StoredAttempt:
        """Give up an attempt: before the start without a word to the printer, later only what prints our file."""
        attempt = attempts.attempt_of(self.store, number)
        if attempt.state in BEFORE_START:
            return self._give_up(attempt, by, "given up before the start")
        self.look(attempt.printer)
        # Read by its number: the printer may print another attempt by now, which this click did not mean.
        attempt, status = attempts.attempt_of(self.store, number), self._printer(attempt.printer).state()
        if attempt.state is not Attempt.PRINTING or status.kind not in ACTIVE or status.file != attempt.file:
            raise RefusalError(Reason.WRONG_STATE, f"'{attempt.printer}' does not print attempt {number}; look at it")
        try:
            self.printers[attempt.printer].cancel()
        except OutcomeUnknownError as error:
            return self._note(attempt, Step(Attempt.UNKNOWN, PRINTER, self.clock(), str(error)))
        except RefusedError as error:
            raise RefusalError(Reason.PRINTER_BUSY, str(error)) from error
        return self._note(attempt, Step(Attempt.CANCELLED, by, self.clock(), "cancelled while printing"))

    def settle(self, number: int, answer: Answer, *, by: str) -> StoredAttempt:
        """Write down what a person found at the printer of an UNKNOWN attempt."""
        attempt = attempts.attempt_of(self.store, number)
        if attempt.state is not Attempt.UNKNOWN:
            raise RefusalError(Reason.WRONG_STATE, f"attempt {number} is {attempt.state}; there is nothing to settle")
        if answer is Answer.STILL_PRINTING:
            return self._advance(attempt, Attempt.PRINTING, by, "a person sees it printing")
        self._refuse_while_printing(attempt.printer)
        started = any(
            step.to is Attempt.PRINTING and step.by == PRINTER for step in attempts.history(self.store, number)
        )
        if not started and self._waited(attempt) < LATE_S:
            rest = LATE_S - self._waited(attempt)
            raise RefusalError(Reason.TOO_EARLY, f"the start may still arrive; say so again in {rest:.0f} s")
        if answer is Answer.FINISHED:
            return self._advance(attempt, Attempt.ENDED_REPORTED, by, "a person found it finished")
        if answer is Answer.SCRAP:
            return self._advance(attempt, Attempt.INTERRUPTED, by, "a person found it half done")
        if started:
            raise RefusalError(Reason.WRONG_STATE, f"'{attempt.printer}' itself said that it printed attempt {number}")
        return attempts.never_started(self.store, attempt, by=by, now=self.clock())

    def judge(self, number: int, words: Mapping[int, Piece], *, by: str) -> StoredAttempt:
        """Write down a person's word about every piece taken off; the bed is CLEAR by it."""
        attempt = attempts.attempt_of(self.store, number)
        self._refuse_while_printing(attempt.printer)
        return attempts.judge(self.store, attempt, words, by=by, now=self.clock())

    def say_clear(self, name: str, *, seen: int, by: str) -> None:
        """Write down that a person sees a clear bed; `seen` is the bed's last move on that person's page."""
        self._refuse_while_printing(name)
        beds.say_clear(self.store, name, seen=seen, by=by, now=self.clock())

    def _upload(self, attempt: StoredAttempt, by: str) -> StoredAttempt:
        path = self.gcode / f"{attempt.sha256}.gcode"
        try:
            self._refuse_unless_idle(attempt.printer)
            _refuse_another_file(path, attempt.sha256)
            # The port compares once more the very bytes that it sends.
            self.printers[attempt.printer].upload(path, attempt.file, attempt.sha256)
        except (PrinterError, RefusalError) as error:
            self._free(attempt, PRINTER, str(error))
            raise _refusal(error) from error
        return self._advance(attempt, Attempt.UPLOADED, by)

    def _intend(self, attempt: StoredAttempt, by: str) -> StoredAttempt:
        try:
            self._refuse_unless_idle(attempt.printer)
            return attempts.intend(self.store, attempt, by=by, now=self.clock())
        except RefusalError as error:
            self._free(attempt, by, str(error))
            raise

    def _learn(self, attempt: StoredAttempt, status: Status) -> StoredAttempt:
        ours, now = status.file == attempt.file, self.clock()
        if ours and status.kind in ACTIVE:
            beds.recognise(self.store, attempt.printer, attempt=attempt.id, now=now)
            if attempt.state in (Attempt.START_INTENT, Attempt.UNKNOWN):
                return self._note(attempt, Step(Attempt.PRINTING, PRINTER, now))
            return attempt
        if ours and status.ended is not None:
            return self._ended(attempt, status.ended)
        says = f"{status.kind} '{status.file}' {status.message}".strip()
        if attempt.state is Attempt.START_INTENT and self._waited(attempt) >= PATIENCE_S:
            return self._note(attempt, Step(Attempt.UNKNOWN, PRINTER, now, f"did not name our file: {says}"))
        busy = ours and status.kind is Kind.BUSY
        if attempt.state is Attempt.PRINTING and status.kind not in SILENT and not busy:
            # Idle proves nothing, and neither does another file: a person looks.
            return self._note(attempt, Step(Attempt.UNKNOWN, PRINTER, now, f"no longer names our file: {says}"))
        return attempt

    def _ended(self, attempt: StoredAttempt, ended: Ended) -> StoredAttempt:
        to = Attempt.ENDED_REPORTED if ended is Ended.COMPLETED else Attempt.CANCELLED
        steps = [Step(to, PRINTER, self.clock(), f"reported {ended}")]
        if attempt.state is Attempt.START_INTENT:
            steps.insert(0, Step(Attempt.PRINTING, PRINTER, self.clock()))
        if attempt.state in (Attempt.START_INTENT, Attempt.PRINTING, Attempt.UNKNOWN):
            return self._note(attempt, *steps)
        return attempt

    def _advance(self, attempt: StoredAttempt, to: Attempt, by: str, note: str = "") -> StoredAttempt:
        return attempts.advance(self.store, attempt, Step(to, by, self.clock(), note))

    def _give_up(self, attempt: StoredAttempt, by: str, note: str) -> StoredAttempt:
        step = Step(Attempt.CANCELLED, by, self.clock(), note)
        return attempts.advance(self.store, attempt, step, free=True)

    def _free(self, attempt: StoredAttempt, by: str, note: str) -> None:
        """Give an attempt up, unless somebody has done so already."""
        with suppress(RefusalError):
            self._give_up(attempt, by, note)

    def _note(self, attempt: StoredAttempt, *steps: Step) -> StoredAttempt:
        """Write down what a printer said, unless somebody wrote down something newer meanwhile."""
        try:
            return attempts.advance(self.store, attempt, *steps)
        except RefusalError:
            return attempts.attempt_of(self.store, attempt.id)

    def _waited(self, attempt: StoredAttempt) -> float:
        """Return for how long the start of this attempt can have been on its way, counted by this desk."""
        return self.steady() - self._sent.get(attempt.id, self._booted)

    def _refuse_unless_idle(self, name: str) -> None:
        status = self._printer(name).state()
        if status.kind is Kind.IDLE:
            return
        reason = Reason.PRINTER_AWAY if status.kind in SILENT else Reason.PRINTER_BUSY
        raise RefusalError(reason, f"'{name}' is {status.kind} {status.message}".strip() + "; nothing was started")

    def _refuse_while_printing(self, name: str) -> None:
        # A printer that does not answer does not stop the person who stands before it.
        if self._printer(name).state().kind in ACTIVE:
            raise RefusalError(Reason.PRINTER_BUSY, f"'{name}' says that it is printing; wait until it has stopped")

    def _printer(self, name: str) -> Printer:
        if name not in self.printers:
            raise RefusalError(Reason.NOT_FOUND, f"this wagon has no printer '{name}'")
        return self.printers[name]


def _refuse_another_file(path: Path, sha256: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RefusalError(Reason.FILE_CHANGED, f"'{path.name}' cannot be read ({error.strerror})") from error
    if found != sha256:
        raise RefusalError(Reason.FILE_CHANGED, f"'{path.name}' is not what was released; slice the plate again")


def _refusal(error: PrinterError | RefusalError) -> RefusalError:
    if isinstance(error, RefusalError):
        return error
    away = isinstance(error, NotReachedError | NoAnswerError | OutcomeUnknownError)
    return RefusalError(Reason.PRINTER_AWAY if away else Reason.PRINTER_BUSY, str(error))
