"""The desk with the simulated printer that is shipped: each of its faults at the worst moment."""

import pytest

from makerwagen.desk import plates
from makerwagen.desk.printing import LATE_S, PATIENCE_S, Answer, Printing
from makerwagen.desk.refusals import RefusalError
from makerwagen.desk.states import Attempt, Piece
from makerwagen.printers.simulated import Fault, Simulated
from tests.faults.desk_scene import NOON

PRINTER = "prusa-1"
NOTHING_PRINTS = {Fault.REFUSE, Fault.FORBID, Fault.WRONG_TYPE, Fault.IGNORE, Fault.LOSE_COMMAND, Fault.RENAME}
# The cable or the firmware fails before the start goes out: then nothing is even written down.
NOT_EVEN_SENT = {Fault.DROP, Fault.DISCONNECT, Fault.FATAL}


@pytest.fixture
def bench(desk, tmp_path):
    """Return the desk with a simulated printer, a release for it, and its bed clear."""
    simulated = Simulated(PRINTER, tmp_path / "printer", identity=PRINTER, clock=lambda: NOON + desk.world.now)
    release = desk.release(desk.plate())
    made = type("Clocked", (Printing,), {"steady": staticmethod(lambda: desk.world.now)})
    desk.printing = made(desk.store, {PRINTER: simulated}, gcode=desk.gcode, clock=lambda: NOON + desk.world.now)
    desk.clear(PRINTER)
    return desk, simulated, release


def cause_before_start(simulated, fault):
    """Cause a fault between the upload and the start."""
    real = simulated.start

    def start(name):
        simulated.cause(fault)
        real(name)

    simulated.start = start


def test_a_print_goes_its_whole_way_over_a_restart_of_the_desk(bench):
    desk, simulated, release = bench
    attempt = desk.printing.start(release, by="educator")
    assert attempt.state is Attempt.PRINTING and simulated.starts() == [attempt.file]
    desk.printing.reconcile()
    desk.world.now += 3600
    assert desk.printing.look(PRINTER).state is Attempt.ENDED_REPORTED
    desk.printing.judge(attempt.id, {1: Piece.DONE, 2: Piece.DONE}, by="educator")
    assert desk.bed(PRINTER) == "clear"


@pytest.mark.parametrize("fault", Fault)
def test_whatever_fails_at_the_start_it_is_sent_once_and_the_bed_is_not_clear(bench, fault):
    desk, simulated, release = bench
    cause_before_start(simulated, fault)
    attempt = desk.printing.start(release, by="educator")
    for _ in range(5):
        desk.world.now += PATIENCE_S
        attempt = desk.printing.look(PRINTER)
    assert len(simulated.starts()) <= 1 and desk.bed(PRINTER) != "clear"
    with pytest.raises(RefusalError):
        desk.printing.start(release, by="educator")
    if fault in NOTHING_PRINTS:
        assert attempt.state is Attempt.UNKNOWN and simulated.starts() == []
        desk.world.now += LATE_S
        desk.printing.settle(attempt.id, Answer.NEVER_STARTED, by="educator")
        assert plates.plate_of(desk.store, attempt.plate).state == "sliced"
    assert attempt.state in (Attempt.UNKNOWN, Attempt.PRINTING, Attempt.ENDED_REPORTED, Attempt.START_INTENT)


@pytest.mark.parametrize("fault", sorted(NOT_EVEN_SENT))
def test_a_printer_that_failed_before_gets_no_file_and_no_intent(bench, fault):
    desk, simulated, release = bench
    simulated.cause(fault)
    with pytest.raises(RefusalError) as caught:
        desk.printing.start(release, by="educator")
    assert caught.value.reason in ("printer-busy", "printer-away")
    assert simulated.starts() == [] and desk.bed(PRINTER) == "clear"
    simulated.mend()
    assert desk.printing.start(release, by="educator").state is Attempt.PRINTING


def test_another_file_that_the_printer_starts_is_never_taken_for_ours(bench):
    desk, simulated, release = bench
    cause_before_start(simulated, Fault.WRONG_FILE)
    desk.printing.start(release, by="educator")
    desk.world.now += PATIENCE_S
    assert desk.printing.look(PRINTER).state is not Attempt.PRINTING
