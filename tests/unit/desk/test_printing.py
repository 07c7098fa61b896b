"""From a release to a judged print, step by step; tests/faults/ does the same with crashes."""

import threading

import pytest

from makerwagen.desk import attempts, plates
from makerwagen.desk.printing import LATE_S, PATIENCE_S, Answer
from makerwagen.desk.refusals import RefusalError
from makerwagen.desk.states import Attempt, Piece
from tests.faults.desk_scene import NOON, PRINTERS, outing

ONE = PRINTERS[0]


def refused(reason):
    return pytest.raises(RefusalError, check=lambda error: error.reason == reason)


@pytest.fixture
def release(desk):
    found = desk.release(desk.plate())
    desk.clear()
    return found


def states(desk, attempt=1):
    return [step.to for step in attempts.history(desk.store, attempt)]


def lose(desk, command, *, done):
    """Let the printer's answer to a command get lost, whether it was done or not."""
    real = getattr(desk.world, command)

    def lost(*words):
        if done:
            real(*words)
        return "unknown"

    setattr(desk.world, command, lost)
    return lambda: setattr(desk.world, command, real)


def test_a_print_goes_its_whole_way(desk, release):
    attempt = desk.printing.start(release, by="educator")
    assert (attempt.state, desk.bed()) == (Attempt.PRINTING, "occupied")
    desk.world.tick(300)
    assert desk.printing.look(ONE).state is Attempt.ENDED_REPORTED
    assert desk.bed() == "occupied"
    desk.world.take_off(ONE)
    judged = desk.printing.judge(attempt.id, {1: Piece.DONE, 2: Piece.FAILED}, by="educator")
    assert (judged.state, judged.open, desk.bed()) == (Attempt.JUDGED, False, "clear")
    assert states(desk) == ["claimed", "uploaded", "start-intent", "printing", "ended-reported", "judged"]


def test_one_release_is_one_start(desk, release):
    attempt = desk.printing.start(release, by="educator")
    with refused("release-used"):
        desk.printing.start(release, by="educator")
    desk.world.tick(300)
    desk.printing.look(ONE)
    desk.printing.judge(attempt.id, {1: Piece.DONE, 2: Piece.DONE}, by="educator")
    with refused("release-used"):
        desk.printing.start(release, by="educator")


def test_eight_educators_clicking_at_once_start_one_print(desk, release):
    won, lost = [], []

    def click():
        try:
            won.append(desk.printing.start(release, by="educator"))
        except RefusalError as error:
            lost.append(error.reason)

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1 and len(lost) == 7
    assert desk.world.counts["prints started"] == 1


def test_a_bed_that_nobody_has_looked_at_gets_no_print(desk):
    release = desk.release(desk.plate())
    with refused("bed-not-clear"):
        desk.printing.start(release, by="educator")
    assert desk.world.machines[ONE].files == {}


def test_a_printer_takes_one_print_and_a_plate_one_printer(desk, release):
    other = desk.release(desk.plate("c"))
    desk.printing.start(release, by="educator")
    with refused("bed-not-clear"):
        desk.printing.start(other, by="educator")


def test_a_file_that_is_not_the_released_one_is_not_uploaded(desk, release):
    next(desk.gcode.iterdir()).write_bytes(b"G28 ; something else")
    with refused("file-changed"):
        desk.printing.start(release, by="educator")
    assert not desk.world.machines[ONE].files and desk.bed() == "clear"
    assert states(desk) == ["claimed", "cancelled"]


def test_a_print_that_takes_too_long_or_too_much_is_refused(desk, release):
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE printers SET grams_left = 5")
    with refused("no-filament"):
        desk.printing.start(release, by="educator")
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE printers SET grams_left = 500")
        connection.exec_driver_sql(f"UPDATE plates SET seconds = {outing().minutes * 60}")
    with refused("no-time"):
        desk.printing.start(release, by="educator")


def test_a_start_without_an_answer_is_never_sent_again(desk, release):
    lose(desk, "start", done=False)
    attempt = desk.printing.start(release, by="educator")
    assert attempt.state is Attempt.UNKNOWN
    for _ in range(5):
        desk.world.tick(60)
        assert desk.printing.look(ONE).state is Attempt.UNKNOWN
    desk.boot().reconcile()
    assert desk.world.counts["prints started"] == 0
    assert desk.bed() == "unknown"


def test_a_start_whose_answer_got_lost_is_found_printing(desk, release):
    lose(desk, "start", done=True)
    assert desk.printing.start(release, by="educator").state is Attempt.UNKNOWN
    assert desk.printing.look(ONE).state is Attempt.PRINTING


def test_never_started_is_believed_only_when_nothing_can_arrive_any_more(desk, release):
    mend = lose(desk, "start", done=False)
    attempt = desk.printing.start(release, by="educator")
    with refused("too-early"):
        desk.printing.settle(attempt.id, Answer.NEVER_STARTED, by="educator")
    desk.world.tick(LATE_S)
    settled = desk.printing.settle(attempt.id, Answer.NEVER_STARTED, by="educator")
    assert (settled.state, settled.open) == (Attempt.CANCELLED, False)
    # The used release stays used: the plate is looked at and released anew, with a new nonce.
    with refused("release-used"):
        desk.printing.start(release, by="educator")
    mend()
    again = desk.release(plates.plate_of(desk.store, 1).id)
    desk.clear()
    assert desk.printing.start(again, by="educator").state is Attempt.PRINTING


def test_what_the_printer_itself_reported_did_start(desk, release):
    attempt = desk.printing.start(release, by="educator")
    desk.world.restart(ONE)
    assert desk.printing.look(ONE).state is Attempt.UNKNOWN
    desk.world.tick(LATE_S)
    with refused("wrong-state"):
        desk.printing.settle(attempt.id, Answer.NEVER_STARTED, by="educator")
    assert desk.printing.settle(attempt.id, Answer.SCRAP, by="educator").state is Attempt.INTERRUPTED
    with refused("printer-taken"):
        desk.clear()
    desk.printing.judge(attempt.id, {1: Piece.FAILED, 2: Piece.FAILED}, by="educator")
    assert desk.bed() == "clear"


def test_being_idle_proves_nothing(desk, release):
    lose(desk, "start", done=False)
    desk.world.start = lambda *_: "done"
    attempt = desk.printing.start(release, by="educator")
    assert attempt.state is Attempt.START_INTENT
    desk.world.tick(PATIENCE_S)
    assert desk.printing.look(ONE).state is Attempt.UNKNOWN


def test_a_desk_that_comes_back_goes_on_with_a_print(desk, release):
    attempt = desk.printing.start(release, by="educator")
    desk.boot().reconcile()
    assert attempts.attempt_of(desk.store, attempt.id).state is Attempt.PRINTING
    assert desk.bed() == "occupied"
    desk.world.tick(300)
    assert desk.printing.look(ONE).state is Attempt.ENDED_REPORTED


def test_a_bed_stays_clear_over_a_restart_only_by_a_persons_last_word(desk, release):
    desk.boot().reconcile()
    assert (desk.bed(ONE), desk.bed(PRINTERS[1])) == ("clear", "unknown")
    assert desk.printing.start(release, by="educator").state is Attempt.PRINTING


def test_a_click_on_clear_from_an_older_page_says_nothing(desk, release):
    old = 0
    with refused("wrong-state"):
        desk.printing.say_clear(ONE, seen=old, by="educator")


def test_a_print_that_somebody_else_started_takes_clear_away(desk, release):
    machine = desk.world.machines[ONE]
    machine.printing, machine.dirty, machine.rest_s = "from-the-card.gcode", True, 100
    desk.printing.look(ONE)
    assert desk.bed() == "unknown"
    with refused("bed-not-clear"):
        desk.printing.start(release, by="educator")
    with refused("printer-busy"):
        desk.clear()


def test_another_file_on_the_printer_is_not_taken_for_ours(desk, release):
    desk.printing.start(release, by="educator")
    desk.world.machines[ONE].printing = "another.gcode"
    assert desk.printing.look(ONE).state is Attempt.UNKNOWN
    with refused("wrong-state"):
        desk.printing.cancel(1, by="educator")
    assert desk.world.machines[ONE].printing == "another.gcode"


def test_a_cancelled_print_is_judged_before_the_bed_is_clear(desk, release):
    attempt = desk.printing.start(release, by="educator")
    assert desk.printing.cancel(attempt.id, by="educator").state is Attempt.CANCELLED
    with refused("printer-taken"):
        desk.clear()
    with refused("pieces-missing"):
        desk.printing.judge(attempt.id, {1: Piece.FAILED}, by="educator")
    assert desk.bed() == "occupied"
    desk.printing.judge(attempt.id, {1: Piece.FAILED, 2: Piece.FAILED}, by="educator")
    assert desk.bed() == "clear"


def test_a_late_click_on_cancel_does_not_end_the_next_print(desk, release):
    first = desk.printing.start(release, by="educator")
    desk.world.tick(300)
    desk.printing.look(ONE)
    desk.printing.judge(first.id, {1: Piece.DONE, 2: Piece.DONE}, by="educator")
    second = desk.printing.start(desk.release(desk.plate("c")), by="educator")
    with refused("wrong-state"):
        desk.printing.cancel(first.id, by="educator")
    assert desk.printing.look(ONE).id == second.id and desk.world.machines[ONE].printing == second.file


def test_a_piece_that_was_taken_off_is_done_or_failed(desk, release):
    attempt = desk.printing.start(release, by="educator")
    desk.world.tick(300)
    desk.printing.look(ONE)
    with refused("wrong-state"):
        desk.printing.judge(attempt.id, {1: Piece.APPROVED, 2: Piece.DONE}, by="educator")
    assert desk.bed() == "occupied"


def test_an_attempt_given_up_while_its_file_goes_up_starts_nothing(desk, release):
    upload = desk.world.upload

    def slow(*words):
        desk.printing.cancel(1, by="educator")
        return upload(*words)

    desk.world.upload = slow
    with refused("wrong-state"):
        desk.printing.start(release, by="educator")
    assert desk.world.counts["prints started"] == 0
    desk.world.upload = upload
    assert desk.printing.start(release, by="educator").state is Attempt.PRINTING


def test_an_upload_that_fails_leaves_the_release_good(desk, release):
    mend = lose(desk, "upload", done=False)
    with refused("printer-away"):
        desk.printing.start(release, by="educator")
    mend()
    assert desk.printing.start(release, by="educator").state is Attempt.PRINTING


def test_a_change_while_the_file_goes_up_stops_the_start(desk, release):
    upload = desk.world.upload

    def slow(*words):
        plates.take_off(desk.store, 1, 1, now=NOON)
        return upload(*words)

    desk.world.upload = slow
    with refused("release-used"):
        desk.printing.start(release, by="educator")
    assert desk.world.counts["prints started"] == 0 and desk.bed() == "clear"


def test_an_unknown_printer_is_said(desk):
    with refused("not-found"):
        desk.printing.look("nobody")
