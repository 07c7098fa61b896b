"""Paper over IPP: copies, both sides, out of paper, refusals; and never a sheet twice because of a repetition."""

import subprocess
import sys

import pytest

from makerwagen.printers import paper
from makerwagen.printers.paper import JobState, Paper, PaperKind, Sheet
from makerwagen.printers.port import Address, NotReachedError, OutcomeUnknownError, RefusedError
from tests.faults.hub_kills import free_port
from tests.wagon.paper_printer import PaperServer
from tests.wagon.wagons import answers, soon

PDF = b"%PDF-1.7\n" + b"a sheet " * 20_000


@pytest.fixture
def server():
    made = PaperServer()
    yield made
    made.close()


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "blatt.pdf"
    path.write_bytes(PDF)
    return lambda key="outing-1-sheet-2", **wishes: Sheet(path, key, **wishes)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr(paper, "LOOKS_S", (0.0, 0.1))


def at(server_or_uri, seconds=5.0):
    uri = getattr(server_or_uri, "uri", server_or_uri)
    return Paper(Address("laser", uri, timeout_s=seconds, upload_timeout_s=seconds))


def test_a_sheet_arrives_whole_with_its_copies_on_both_sides(server, sheet):
    job = at(server).send(sheet(copies=24, both_sides=True), tried_before=False)
    there = server.printer.jobs[job.number]
    assert (there["data"], there["copies"], there["sides"]) == (PDF, 24, "two-sided-long-edge")
    assert job.name == there["name"] == "makerwagen-outing-1-sheet-2" and job.state is JobState.DONE
    assert at(server).job(job.number).state is JobState.DONE and not job.left_out


def test_the_same_key_is_printed_once_and_another_key_again(server, sheet):
    first = at(server).send(sheet(), tried_before=False)
    assert at(server).send(sheet(), tried_before=False) == at(server).send(sheet(), tried_before=True)
    assert len(server.printer.jobs) == 1
    assert at(server).send(sheet("outing-1-sheet-3"), tried_before=False).number == first.number + 1


def test_a_lost_answer_is_looked_up_and_not_sent_again(server, sheet):
    server.printer.trouble = "lose answer"
    job = at(server, 1.0).send(sheet(), tried_before=False)
    assert job.number == 1 and len(server.printer.jobs) == 1
    assert at(server).send(sheet(), tried_before=True).number == 1 and len(server.printer.jobs) == 1


def test_a_printer_that_fails_after_it_took_the_job_is_looked_up_too(server, sheet):
    server.printer.trouble = "breaks afterwards"
    assert at(server).send(sheet(), tried_before=False).number == 1
    assert len(server.printer.jobs) == 1


@pytest.mark.parametrize("trouble", ("lose command", "lose answer and forget"))
def test_when_nobody_knows_a_person_counts_and_a_repetition_sends_nothing(server, sheet, trouble):
    server.printer.trouble = trouble
    with pytest.raises(OutcomeUnknownError, match="count the sheets"):
        at(server, 1.0).send(sheet(), tried_before=False)
    printed = len(server.printer.jobs)
    with pytest.raises(OutcomeUnknownError, match="count the sheets"):
        at(server).send(sheet(), tried_before=True)
    assert len(server.printer.jobs) == printed


def test_out_of_paper_is_said_and_the_job_waits(server, sheet):
    server.printer.trouble = "out of paper"
    job = at(server).send(sheet(), tried_before=False)
    assert job.state is JobState.PRINTING and job.reasons == ("printer-stopped",)
    status = at(server).state()
    assert status.reasons == ("media-empty-error", "media-needed") and "no paper, fill the tray" in status.message
    at(server).cancel(job.number)
    assert at(server).job(job.number).state is JobState.CANCELLED
    with pytest.raises(RefusedError):
        at(server).cancel(job.number)


def test_a_job_that_the_printer_gives_up_is_aborted(server, sheet):
    server.printer.trouble = "aborts"
    assert at(server).send(sheet(), tried_before=False).state is JobState.ABORTED


@pytest.mark.parametrize(
    ("trouble", "words"),
    (
        ("one side only", "try one side.*nothing was done"),
        ("no pdf", "does not take PDF.*nothing was done"),
        ("takes none", "takes no jobs.*nothing was sent"),
    ),
)
def test_a_refusal_says_what_to_do_and_prints_nothing(server, sheet, trouble, words):
    server.printer.trouble = trouble
    with pytest.raises(RefusedError, match=words):
        at(server).send(sheet(both_sides=True), tried_before=False)
    assert server.printer.jobs == {}


def test_a_stopped_queue_is_said(server):
    server.printer.trouble = "stopped"
    status = at(server).state()
    assert status.kind is PaperKind.STOPPED and status.message == "the queue is stopped"


def test_a_printer_that_is_off_gets_nothing(sheet):
    gone = at(f"ipp://127.0.0.1:{free_port()}/ipp/print")
    assert gone.state().kind is PaperKind.OFFLINE
    with pytest.raises(NotReachedError, match="is it on"):
        gone.send(sheet(), tried_before=False)


@pytest.mark.parametrize("uri", ("http://127.0.0.1/", "ipp://", "laser", "ipp://a:b/", ""))
def test_what_is_no_address_is_refused(uri):
    with pytest.raises(RefusedError, match="it looks like ipp://"):
        at(uri)


@pytest.mark.parametrize("wishes", ({"copies": 0}, {"copies": 101}, {"key": "Ä b"}, {"key": ""}, {"key": "a\n"}))
def test_wishes_that_make_no_sense_are_refused_before_anything_is_sent(server, sheet, wishes):
    with pytest.raises(RefusedError):
        at(server).send(sheet(**wishes), tried_before=False)
    assert server.printer.jobs == {}


def test_what_is_no_pdf_is_refused(server, sheet):
    one = sheet()
    one.path.write_bytes(b"<html>")
    with pytest.raises(RefusedError, match="is no PDF"):
        at(server).send(one, tried_before=False)
    one.path.unlink()
    with pytest.raises(RefusedError, match="build the sheets again"):
        at(server).send(one, tried_before=False)


def test_the_ippserver_program_gets_a_sheet(tmp_path, sheet):
    port, folder = free_port(), tmp_path / "printed"
    folder.mkdir()
    command = [
        sys.executable,
        "-m",
        "ippserver",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "save",
        "--pdf",
        str(folder),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        try:
            assert soon(lambda: answers(port))
            job = at(f"ipp://127.0.0.1:{port}/").send(sheet(), tried_before=False)
            assert job.number and [file.read_bytes() for file in folder.iterdir()] == [PDF]
        finally:
            program.kill()
