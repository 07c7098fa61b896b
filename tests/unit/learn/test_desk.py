"""The client against a stub of the desk: away, failing, silent, restarted; each piece arrives once."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from makerwagen.learn import desk as client
from makerwagen.learn.desk import Desk, Sending

VALUES = {"text": "Mia", "length_mm": 40.0}


class Stub(ThreadingHTTPServer):
    """A desk that counts pieces by Idempotency-Key; `answers` holds what goes wrong first."""

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Handler)
        self.pieces, self.asked, self.answers = {}, 0, []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def stop(self):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):  # noqa: N802
        desk = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        desk.asked += 1
        assert self.path == "/api/pieces" and self.headers["Authorization"] == "Bearer fuchs-1"
        what = desk.answers.pop(0) if desk.answers else 201
        if what in (201, "silent"):
            desk.pieces.setdefault(self.headers["Idempotency-Key"], body)
        if what == "silent":  # taken, but the answer gets lost
            self.close_connection = True
            self.connection.close()
            return
        status, content = what if isinstance(what, tuple) else (what, {"id": 12})
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def stub():
    running = Stub()
    yield running
    running.stop()


@pytest.fixture
def sender(stub, tmp_path, monkeypatch):
    monkeypatch.setattr(client, "TIMEOUT", httpx.Timeout(0.5))
    return Desk(tmp_path, address=stub.address, token="fuchs-1")


def test_a_piece_arrives_with_model_values_and_lesson(sender, stub, tmp_path):
    receipt = sender.submit("name-tag", VALUES, lesson="name-tag")
    assert receipt.sending is Sending.SENT and receipt.waiting == 0
    assert list(stub.pieces.values()) == [{"model": "name-tag", "parameters": VALUES, "lesson": "name-tag"}]
    assert not list((tmp_path / "outbox").glob("*.json")) and len(list((tmp_path / "sent").glob("*.json"))) == 1


@pytest.mark.parametrize("trouble", [500, 502, 503, 429, 409, "silent"])
def test_a_piece_in_trouble_waits_and_arrives_later_once(sender, stub, trouble, monkeypatch):
    if trouble != "silent":  # on a busy machine an answer may take longer than a child waits
        monkeypatch.setattr("makerwagen.learn.desk.TIMEOUT", 30.0)
    stub.answers = [trouble]
    receipt = sender.submit("name-tag", VALUES)
    assert receipt.sending is Sending.WAITING and receipt.waiting == 1 and "wartet" in receipt.message
    assert sender.flush().sending is Sending.SENT
    assert sender.flush().waiting == 0
    assert len(stub.pieces) == 1 and stub.asked == 2


def test_a_desk_that_is_away_gets_the_pieces_in_order_when_it_is_back(stub, tmp_path):
    port = stub.server_port
    stub.stop()
    sender = Desk(tmp_path, address=stub.address, token="fuchs-1")
    for length in (40, 41, 42):
        assert sender.submit("name-tag", {"length_mm": length}).sending is Sending.WAITING
    again = Stub(port)
    restarted = Desk(tmp_path, address=stub.address, token="fuchs-1")  # a new kernel, or a laptop switched on again
    assert restarted.flush().waiting == 0
    assert [piece["parameters"]["length_mm"] for piece in again.pieces.values()] == [40, 41, 42]
    again.stop()


def test_a_desk_that_never_answers_costs_little_time(sender, stub, monkeypatch):
    listening = threading.Event()
    monkeypatch.setattr(Handler, "do_POST", lambda self: listening.wait(1.5))
    assert sender.submit("name-tag", VALUES).sending is Sending.WAITING
    listening.set()


def test_pressing_twice_hands_in_one_piece(sender, stub):
    stub.answers = [500]
    sender.submit("name-tag", VALUES)
    sender.submit("name-tag", VALUES)
    assert "schon" in sender.submit("name-tag", VALUES).message
    assert len(stub.pieces) == 1


def test_a_refused_piece_is_told_with_the_desks_reason_and_not_sent_again(sender, stub):
    stub.answers = [(422, {"message": "Das Teil ist zu hoch."})]
    receipt = sender.submit("name-tag", VALUES)
    assert receipt.sending is Sending.REFUSED and receipt.message == "Das Teil ist zu hoch."
    sender.flush()
    assert stub.asked == 1 and receipt.waiting == 0


def test_a_seat_that_the_desk_does_not_know_keeps_its_piece(sender, stub):
    stub.answers = [401]
    receipt = sender.submit("name-tag", VALUES)
    assert receipt.sending is Sending.WAITING and "erwachsene Person" in receipt.message


def test_address_and_token_may_come_later(stub, tmp_path):
    sender = Desk(tmp_path)
    assert "verbunden" in sender.submit("name-tag", VALUES).message
    (tmp_path / "desk.json").write_text(json.dumps({"address": stub.address, "token": "fuchs-1"}))
    assert sender.flush().sending is Sending.SENT and len(stub.pieces) == 1


def test_a_power_cut_after_the_answer_sends_the_same_key_again(sender, stub, tmp_path):
    sender.submit("name-tag", VALUES)
    (sent,) = (tmp_path / "sent").glob("*.json")
    (tmp_path / "outbox" / sent.name).write_text(sent.read_text())  # the power went before the outbox was emptied
    sender.flush()
    assert len(stub.pieces) == 1 and stub.asked == 2


def test_half_a_file_in_the_outbox_stops_nobody(sender, stub, tmp_path):
    (tmp_path / "outbox").mkdir()
    (tmp_path / "outbox/00000000000000000001-x.json").write_text('{"key": "x", "pie')
    assert sender.submit("name-tag", VALUES).sending is Sending.SENT


def test_two_notebooks_of_a_seat_do_not_send_at_once(sender, tmp_path, stub):
    other = Desk(tmp_path, address=stub.address, token="fuchs-1")
    with other._alone() as alone:
        assert alone
        assert sender.submit("name-tag", VALUES).sending is Sending.WAITING
    assert sender.flush().sending is Sending.SENT and len(stub.pieces) == 1
