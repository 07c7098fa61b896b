"""The line to a printer: whatever comes back, or does not, it ends and says how."""

import asyncio
import contextlib
import socket
import threading

import pytest

from makerwagen.printers.octoprint import OctoPrint
from makerwagen.printers.port import Address, Kind, NoAnswerError, OutcomeUnknownError
from makerwagen.printers.wire import Wire


@pytest.fixture
def talker():
    """Return a function that serves one way of talking, and gives the address."""
    ends, threads = threading.Event(), []

    def serve(talk):
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(0.1)

        def run():
            with listener:
                while not ends.is_set():
                    try:
                        line, _ = listener.accept()
                    except TimeoutError:
                        continue
                    with line:
                        line.settimeout(2)
                        line.recv(65536)
                        with contextlib.suppress(OSError):
                            talk(line, ends)

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        return Address("prusa-1", f"http://127.0.0.1:{listener.getsockname()[1]}", key="secret", timeout_s=0.6)

    yield serve
    ends.set()
    for thread in threads:
        thread.join(5)


def drips(line, ends):
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while not ends.wait(0.05):
        line.sendall(b"x")


def drips_a_body(line, ends):
    line.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
    while not ends.wait(0.05):
        line.sendall(b" ")


def never_ends(line, ends):
    line.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while not ends.is_set():
        line.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")


def hangs_up(line, _):
    line.shutdown(socket.SHUT_RDWR)


def babbles(line, _):
    line.sendall(b"220 ftp ready\r\n")


@pytest.mark.parametrize("talk", (drips, drips_a_body, never_ends, hangs_up, babbles))
def test_a_command_without_a_usable_answer_ends_as_unknown(talker, talk):
    wire = Wire(talker(talk), {})
    with pytest.raises(OutcomeUnknownError, match="prusa-1"):
        wire.command("POST", "/start")
    with pytest.raises(NoAnswerError, match="prusa-1"):
        wire.look("/state")


def say(code, body, more=b""):
    def talk(line, _):
        line.sendall(b"HTTP/1.1 %d X\r\n%scontent-length: %d\r\n\r\n%s" % (code, more, len(body), body))

    return talk


@pytest.mark.parametrize(
    "body",
    (
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"state": 3}',
        b'{"job": [1]}',
        b'{"progress": 1, "state": "Operational"}',
        b"\xff",
    ),
)
def test_strange_answers_are_an_unknown_state_never_a_finished_print(talker, body):
    status = OctoPrint(talker(say(200, body))).state()
    assert status.kind is Kind.UNKNOWN and status.ended is None


def test_a_redirect_is_not_followed_with_the_key(talker):
    heard = []

    def listen(line, _):
        heard.append(True)
        say(200, b"{}")(line, _)

    elsewhere = talker(listen)
    here = talker(say(302, b"", b"location: %s/\r\n" % elsewhere.url.encode()))
    assert OctoPrint(here).state().kind is Kind.UNKNOWN and not heard


def test_proxies_of_the_environment_are_not_told_the_key(talker, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert Wire(talker(say(200, b"{}")), {}).look("/").code == 200


def test_the_key_is_in_no_message():
    address = Address("prusa-1", "http://127.0.0.1:1", key="secret")
    assert "secret" not in repr(address) + OctoPrint(address).state().message


def test_an_address_that_is_none_is_offline():
    for url in ("", "prusa", "ftp://x", "http://", "http://[::1", "http://a b"):
        status = OctoPrint(Address("prusa-1", url)).state()
        assert status.kind in (Kind.OFFLINE, Kind.UNKNOWN) and status.message, url


def test_a_printer_is_asked_also_where_an_event_loop_runs():
    async def ask():
        return OctoPrint(Address("prusa-1", "http://127.0.0.1:9")).state()

    assert asyncio.run(ask()).kind is Kind.OFFLINE
