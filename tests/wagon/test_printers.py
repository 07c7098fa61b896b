"""One contract for every printer: the simulated, a real OctoPrint, and stubs in Moonraker's and PrusaLink's shapes."""

import time

import httpx
import pytest

from makerwagen.printers.port import (
    Ended,
    Kind,
    NotReachedError,
    OutcomeUnknownError,
    RefusedError,
)
from makerwagen.printers.stall import StallWatch
from tests.faults.hub_kills import free_port
from tests.wagon.printer_octoprint import PROGRAM
from tests.wagon.printer_rigs import LONG, RIGS, SHORT
from tests.wagon.wagons import soon

HTTP = ("octoprint", "moonraker", "prusalink")


@pytest.fixture(scope="module")
def rigs(tmp_path_factory):
    """Return a function that starts each kind of printer once."""
    made = {}

    def rig(kind):
        if kind == "octoprint" and not PROGRAM.exists():
            pytest.skip("OctoPrint is not installed: make test does it, with a network")
        if kind not in made:
            made[kind] = RIGS[kind](tmp_path_factory.mktemp(kind))
        made[kind].reset()
        return made[kind]

    yield rig
    for one in made.values():
        one.close()


@pytest.fixture(params=RIGS)
def rig(request, rigs):
    return rigs(request.param)


@pytest.fixture(params=HTTP)
def http_rig(request, rigs):
    return rigs(request.param)


def begin(rig, name="p1-1-abc.gcode", text=LONG):
    printer = rig.printer()
    printer.upload(*rig.file(name, text))
    printer.start(name)
    return printer


def prints(printer, name):
    def question():
        status = printer.state()
        return status if status.kind is Kind.PRINTING and status.file == name else None

    return question


def test_a_printer_that_is_on_is_idle_and_tells_its_temperatures(rig):
    assert soon(lambda: "nozzle" in rig.printer().state().temperatures)
    status = rig.printer().state()
    assert status.kind is Kind.IDLE and status.ended is None
    assert 10 < status.temperatures["nozzle"].actual < 40 and "bed" in status.temperatures


def test_a_print_names_our_file_and_its_end_is_reported_by_the_printer_itself(rig):
    printer = begin(rig, text=SHORT)
    assert soon(lambda: printer.state().ended)
    status = printer.state()
    assert (status.kind, status.file, status.ended) == (Kind.IDLE, "p1-1-abc.gcode", Ended.COMPLETED)
    assert status.completion == 1.0 and len(rig.starts()) == 1


def test_while_it_prints_nothing_else_starts_and_its_file_is_not_overwritten(rig):
    printer = begin(rig)
    status = soon(prints(printer, "p1-1-abc.gcode"))
    assert status and 0 <= status.completion < 1 and status.ended is None
    with pytest.raises(RefusedError, match=r"printing 'p1-1-abc\.gcode'.*nothing was started"):
        printer.start("p1-1-abc.gcode")
    if rig.kind != "octoprint":  # which refuses only a file whose bytes differ, below
        with pytest.raises(RefusedError, match="refused"):
            printer.upload(*rig.file("p1-1-abc.gcode", SHORT))
    assert prints(printer, "p1-1-abc.gcode")() and len(rig.starts()) == 1


def test_a_cancelled_print_is_not_a_finished_one(rig):
    printer = begin(rig)
    assert soon(prints(printer, "p1-1-abc.gcode"))
    printer.cancel()
    assert soon(lambda: printer.state().kind is Kind.IDLE)
    assert printer.state().ended is not Ended.COMPLETED
    with pytest.raises(RefusedError, match="nothing to cancel"):
        printer.cancel()


def test_a_file_that_is_not_the_released_one_never_leaves_the_desk(rig):
    path, name, sha256 = rig.file("p1-1-abc.gcode", LONG)
    path.write_text(LONG + "G1 X5\n")
    with pytest.raises(RefusedError, match="not the file that was released"):
        rig.printer().upload(path, name, sha256)
    path.unlink()
    with pytest.raises(RefusedError, match="cannot read"):
        rig.printer().upload(path, name, sha256)
    assert not rig.front or not rig.front.commands


@pytest.mark.parametrize("name", ("../p1.gcode", "a/b.gcode", "P1.gcode", "p1.txt", "", "ä.gcode", "p1.gcode\n"))
def test_names_that_could_lead_elsewhere_are_refused(rig, name):
    path, _, sha256 = rig.file("good.gcode", LONG)
    with pytest.raises(RefusedError, match="no name for a print file"):
        rig.printer().upload(path, name, sha256)
    with pytest.raises(RefusedError, match="no name for a print file"):
        rig.printer().start(name)


def test_a_file_that_is_not_there_is_not_started(rig):
    with pytest.raises(RefusedError):
        rig.printer().start("nowhere.gcode")
    assert rig.starts() == []


def test_a_start_whose_answer_is_lost_is_unknown_and_sent_once(rig):
    rig.put("p1-1-abc.gcode")
    printer = rig.printer(timeout_s=1.0) if rig.front else rig.printer()
    before = len(rig.front.commands) if rig.front else 0
    rig.lose("answer")
    with pytest.raises(OutcomeUnknownError, match="did not answer"):
        printer.start("p1-1-abc.gcode")
    assert not rig.front or len(rig.front.commands) == before + 1
    assert soon(prints(rig.printer(), "p1-1-abc.gcode")) and len(rig.starts()) == 1


def test_a_start_that_never_arrives_is_unknown_too_and_nothing_prints(rig):
    rig.put("p1-1-abc.gcode")
    printer = rig.printer(timeout_s=1.0) if rig.front else rig.printer()
    rig.lose("command")
    with pytest.raises(OutcomeUnknownError, match="did not answer"):
        printer.start("p1-1-abc.gcode")
    status = rig.printer().state()
    assert status.kind is Kind.IDLE and status.ended is None and rig.starts() == []


def test_a_yes_after_which_nothing_prints_is_seen_by_asking(rig):
    """OctoPrint's effectivePrint:false, as an answer to a start."""
    rig.put("p1-1-abc.gcode")
    rig.say_yes_and_do_nothing()
    rig.printer().start("p1-1-abc.gcode")
    status = rig.printer().state()
    assert status.kind is Kind.IDLE and status.ended is None and rig.starts() == []


def test_an_upload_whose_answer_is_lost_may_be_repeated(rig):
    file = rig.file("p1-1-abc.gcode", SHORT)
    rig.lose("answer")
    with pytest.raises(OutcomeUnknownError):
        (rig.printer(upload_timeout_s=1.0) if rig.front else rig.printer()).upload(*file)
    rig.printer().upload(*file)
    assert rig.starts() == [] and rig.printer().state().kind is Kind.IDLE


def test_another_file_that_prints_is_named(rig):
    rig.put("p1-1-abc.gcode")
    rig.cause("wrong-file")
    if rig.kind == "simulated":
        rig.printer().start("p1-1-abc.gcode")
    assert soon(prints(rig.printer(), "another-file.gcode"))
    with pytest.raises(RefusedError, match="another-file"):
        rig.printer().start("p1-1-abc.gcode")


def test_a_printer_with_another_name_gets_nothing(rig):
    rig.put("p1-1-abc.gcode")
    rig.cause("rename")
    with pytest.raises(RefusedError, match="was it renamed, or is another one at its address"):
        rig.printer().start("p1-1-abc.gcode")
    with pytest.raises(RefusedError, match="was it renamed"):
        rig.printer().upload(*rig.file("p2.gcode", LONG))
    assert rig.starts() == []


@pytest.mark.parametrize("fault", ("drop", "disconnect", "fatal"))
def test_a_broken_print_is_never_a_finished_one_and_says_why(rig, fault):
    printer = begin(rig)
    assert soon(prints(printer, "p1-1-abc.gcode"))
    rig.cause(fault)
    assert soon(lambda: printer.state().kind in (Kind.ERROR, Kind.OFFLINE))
    status = printer.state()
    assert status.ended is None and status.message
    with pytest.raises(RefusedError, match="(?i)nothing was started"):
        printer.start("p1-1-abc.gcode")


def test_the_firmware_s_own_words_reach_the_educator(rig):
    printer = begin(rig)
    assert soon(prints(printer, "p1-1-abc.gcode"))
    rig.cause("fatal")
    assert soon(lambda: printer.state().kind is Kind.ERROR)
    message = printer.state().message
    assert any(word in message for word in ("Thermal Runaway", "not heating", "MINTEMP"))


def test_after_a_restart_in_mid_print_the_printer_proves_nothing(rig):
    printer = begin(rig)
    assert soon(prints(printer, "p1-1-abc.gcode"))
    rig.cause("restart")
    assert soon(lambda: printer.state().kind is Kind.IDLE)
    status = printer.state()
    assert status.ended is None and status.file == ""


def test_a_printer_that_says_printing_and_moves_nothing_is_noticed(rig):
    printer = begin(rig)
    assert soon(prints(printer, "p1-1-abc.gcode"))
    watch = StallWatch(patience_s=100)
    first = printer.state()
    watch.still_s("prusa-1", first, now=0.0)
    assert soon(lambda: watch.still_s("prusa-1", printer.state(), now=1.0) == 0.0), "a healthy print changes"
    rig.cause("awol")
    last = [printer.state()]

    def stands():
        time.sleep(0.3)
        last.append(printer.state())
        return last[-1] == last[-2]

    assert soon(stands)
    watch = StallWatch(patience_s=100)
    watch.still_s("prusa-1", last[-1], now=10.0)
    status = printer.state()
    assert status.kind is Kind.PRINTING and not watch.is_stalled("prusa-1", status, now=109.0)
    assert watch.is_stalled("prusa-1", status, now=110.0)


def test_a_wrong_key_is_said_and_nothing_starts(http_rig):
    http_rig.put("p1-1-abc.gcode")
    stranger = http_rig.printer(key="wrong", identity="")
    assert stranger.state().kind is Kind.UNKNOWN and "does not accept our key" in stranger.state().message
    with pytest.raises(RefusedError, match="does not accept our key"):
        stranger.start("p1-1-abc.gcode")
    with pytest.raises(RefusedError):
        stranger.upload(*http_rig.file("p2.gcode", LONG))
    assert http_rig.starts() == []


def test_nobody_at_the_address_is_offline_and_nothing_was_sent(http_rig):
    gone = http_rig.printer(url=f"http://127.0.0.1:{free_port()}")
    assert gone.state().kind is Kind.OFFLINE and "is it on" in gone.state().message
    with pytest.raises(NotReachedError, match="cannot be reached"):
        gone.start("p1-1-abc.gcode")


@pytest.mark.parametrize(
    ("code", "error", "words"),
    (
        (401, RefusedError, "does not accept our key"),
        (403, RefusedError, "is its key right"),
        (409, RefusedError, "refused"),
        (415, RefusedError, "type of file"),
        (500, OutcomeUnknownError, "perhaps it was done"),
        (502, OutcomeUnknownError, "perhaps it was done"),
    ),
)
def test_each_answer_to_a_start_has_its_meaning(http_rig, code, error, words):
    http_rig.put("p1-1-abc.gcode")
    http_rig.front.say(code, b'{"error": "because"}')
    with pytest.raises(error, match=words) as caught:
        http_rig.printer().start("p1-1-abc.gcode")
    assert "because" in str(caught.value) and "Traceback" not in str(caught.value)
    assert http_rig.starts() == []


def test_a_real_octoprint_answers_201_and_prints_nothing_while_offline(rigs):
    rig = rigs("octoprint")
    rig.put("p1-1-abc.gcode")
    rig.server.ask("POST", "connection", {"command": "disconnect"})
    assert soon(lambda: rig.printer().state().kind is Kind.OFFLINE)
    code, said = upload_and_print(rig, "p2.gcode")
    assert code == 201 and said["effectivePrint"] is False
    with pytest.raises(RefusedError, match="offline"):
        rig.printer().start("p1-1-abc.gcode")
    assert rig.starts() == []


def test_a_real_octoprint_does_not_let_a_printing_file_be_overwritten(rigs):
    rig = rigs("octoprint")
    printer = begin(rig)
    assert soon(prints(printer, "p1-1-abc.gcode"))
    with pytest.raises(RefusedError, match="refused"):
        printer.upload(*rig.file("p1-1-abc.gcode", SHORT))


def test_a_real_octoprint_refuses_what_is_no_gcode(rigs):
    rig = rigs("octoprint")
    code, _ = upload_and_print(rig, "p2.txt")
    assert code == 415


def upload_and_print(rig, name):
    answer = httpx.post(
        f"http://127.0.0.1:{rig.server.port}/api/files/local",
        headers={"X-Api-Key": rig.address().key},
        files={"file": (name, LONG.encode())},
        data={"print": "true"},
        timeout=20,
    )
    return answer.status_code, answer.json()
