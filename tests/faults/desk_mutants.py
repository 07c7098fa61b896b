"""Desks with one rule left out each. The trials must catch every one of them, or they prove nothing."""

import contextlib

from sqlalchemy import delete, insert, update

from makerwagen.desk import attempts, beds
from makerwagen.desk.beds import BedMove
from makerwagen.desk.printing import BOOT, Answer, Printing
from makerwagen.desk.states import BEFORE_START, Attempt, Bed
from makerwagen.desk.tables import attempt_moves, claims, printers, releases
from makerwagen.printers.port import Kind, PrinterError


class CommandBeforeIntent(Printing):
    """Tells the printer first and writes it down afterwards."""

    def _intend(self, attempt, by):
        self._refuse_unless_idle(attempt.printer)
        with contextlib.suppress(PrinterError):
            self.printers[attempt.printer].start(attempt.file)
        return super()._intend(attempt, by)


class SendsAgain(Printing):
    """Sends a start again that got no answer."""

    def start(self, release, *, by):
        attempt = super().start(release, by=by)
        if attempt.state is Attempt.UNKNOWN and self.printers[attempt.printer].state().kind is Kind.IDLE:
            with contextlib.suppress(PrinterError):
                self.printers[attempt.printer].start(attempt.file)
        return attempt


class ForgetsTheRelease(Printing):
    """Does not use up the release."""

    def _intend(self, attempt, by):
        done = super()._intend(attempt, by)
        with self.store.writing() as connection:
            connection.execute(update(releases).where(releases.c.id == attempt.release).values(consumed_at=None))
        return done


class ForgetsTheBed(Printing):
    """Leaves the bed CLEAR when it starts a print."""

    def _intend(self, attempt, by):
        done = super()._intend(attempt, by)
        with self.store.writing() as connection:
            connection.execute(update(printers).where(printers.c.id == attempt.printer).values(bed=Bed.CLEAR))
        return done


class TrustsTheBedAtBoot(Printing):
    """Takes every bed for CLEAR after a start of the desk on which nothing prints."""

    def reconcile(self):
        super().reconcile()
        for name in self.printers:
            if attempts.open_attempt(self.store, name) is None:
                with self.store.writing() as connection:
                    beds.set_bed(connection, name, BedMove(Bed.CLEAR, BOOT, self.clock()))


class StartsAnewAtBoot(Printing):
    """Takes what was being started when the desk went away for never started."""

    def reconcile(self):
        for name in self.printers:
            attempt = attempts.open_attempt(self.store, name)
            if attempt and attempt.state is Attempt.START_INTENT:
                with self.store.writing() as connection:
                    connection.execute(
                        update(releases).where(releases.c.id == attempt.release).values(consumed_at=None)
                    )
                    connection.execute(delete(claims).where(claims.c.attempt == attempt.id))
        super().reconcile()


class IdleIsFinished(Printing):
    """Takes a printer that is idle for one that is empty."""

    def look(self, name):
        attempt = super().look(name)
        status = self.printers[name].state()
        if attempt and attempt.state not in BEFORE_START and status.kind is Kind.IDLE:
            with self.store.writing() as connection:
                connection.execute(delete(claims).where(claims.c.attempt == attempt.id))
                beds.set_bed(connection, name, BedMove(Bed.CLEAR, "printer", self.clock()))
        return attempt


class BelievesAtOnce(Printing):
    """Takes a person's word for it that nothing started, while the start may still be on its way."""

    def _waited(self, attempt):
        return 10**6


class AnyClickIsClear(Printing):
    """Takes every click on CLEAR for a word about the bed of now."""

    def say_clear(self, name, *, seen, by):
        with self.store.writing() as connection:
            beds.set_bed(connection, name, BedMove(Bed.CLEAR, by, self.clock(), person=True))


class AnyFile(Printing):
    """Uploads whatever lies there, with whatever hash it has."""

    def _upload(self, attempt, by):
        self.printers[attempt.printer].world.machines[attempt.printer].files[attempt.file] = "another"
        return self._advance(attempt, Attempt.UPLOADED, by)


class ClaimsWithoutAsking(Printing):
    """Lets two educators have the same printer: the claim is not held while the file goes up."""

    def _upload(self, attempt, by):
        done = super()._upload(attempt, by)
        with self.store.writing() as connection:
            connection.execute(delete(claims).where(claims.c.attempt == attempt.id))
        return done

    def _intend(self, attempt, by):
        self._refuse_unless_idle(attempt.printer)
        with self.store.writing() as connection:
            connection.execute(update(printers).where(printers.c.id == attempt.printer).values(bed=Bed.OCCUPIED))
            connection.execute(update(releases).where(releases.c.id == attempt.release).values(consumed_at=1.0))
            row = {"attempt": attempt.id, "number": attempt.number + 1, "state": Attempt.START_INTENT}
            connection.execute(insert(attempt_moves).values(**row, by=by, note="", at=self.clock()))
        return attempts.attempt_of(self.store, attempt.id)


class NeverStartedAfterAll(Printing):
    """Gives a new start to a print that the printer itself reported."""

    def settle(self, number, answer, *, by):
        attempt = attempts.attempt_of(self.store, number)
        if attempt.state is Attempt.UNKNOWN and answer is not Answer.STILL_PRINTING:
            with self.store.writing() as connection:
                connection.execute(update(releases).where(releases.c.id == attempt.release).values(consumed_at=None))
                connection.execute(delete(claims).where(claims.c.attempt == attempt.id))
            return attempts.attempt_of(self.store, number)
        return super().settle(number, answer, by=by)


class LosesPieces(Printing):
    """Throws away what came in last when the desk starts anew."""

    def reconcile(self):
        super().reconcile()
        with self.store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM pieces WHERE state = 'approved' AND key LIKE 'key-%'")


MUTANTS = [found for found in Printing.__subclasses__() if found.__module__ == __name__]
