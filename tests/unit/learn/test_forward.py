"""What a simulated board sends goes to the wagon under the seat's name: once, marked as simulated, and later if need be."""

import time

import pytest

from makerwagen.boards.trace import Message, Trace
from makerwagen.learn import forward as module
from makerwagen.learn.forward import flush, forward, node_name, readings_of
from tests.unit.learn.wagons import Wagon

GOOD = '{{"b": 7, "n": {n}, "v": {v}, "u": "°C", "a": 0.5}}'


@pytest.fixture
def seat(tmp_path, monkeypatch):
    folder = tmp_path / "seats/igel"
    (folder / ".makerwagen").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(module, "RETRY_S", 0.1)
    return folder / ".makerwagen"


@pytest.fixture
def wagon(tmp_path, monkeypatch):
    made = Wagon(tmp_path / "wagon")
    made.up()
    monkeypatch.setenv("MAKERWAGEN_WAGON", made.address)
    yield made
    made.close()


def trace(*payloads, topic="makerwagen/schulhof-1/temperature", end_s=100.0, every=10.0):
    return Trace(messages=tuple(Message(every * (i + 1), topic, one) for i, one in enumerate(payloads)), end_s=end_s)


def stored(wagon):
    return [
        (stream.thing, one.result, one.simulated)
        for stream in wagon.sensors.store.datastreams()
        for one in wagon.sensors.store.every(stream.id)
    ]


def test_a_runs_readings_arrive_under_the_seats_name_as_simulated_with_their_time(wagon, seat):
    told = forward(trace(GOOD.format(n=0, v=20.0), GOOD.format(n=1, v=21.0)))
    assert told == "2 Messwerte für „sim-igel“ sind beim Wagen angekommen, als simuliert."
    assert stored(wagon) == [("sim-igel", 20.0, True), ("sim-igel", 21.0, True)]
    ages = [time.time() - one.phenomenon_time for one in wagon.sensors.store.every(1)]
    assert 89 < ages[0] < 99 and 79 < ages[1] < 89
    assert (seat / module.OUTBOX).read_bytes() == b""


def test_what_a_program_sent_twice_counts_once():
    readings, wrong = readings_of(trace(*[GOOD.format(n=3, v=20.0)] * 5))
    assert len(readings) == 1 and wrong == []


def test_two_runs_of_the_same_cell_give_two_sets_of_observations(wagon, seat):
    """The simulated board has the same random numbers on every run, so its start number is the same, too."""
    same = trace(GOOD.format(n=0, v=20.0), GOOD.format(n=1, v=21.0))
    assert forward(same).startswith("2 Messwerte für") and forward(same).startswith("2 Messwerte für")
    assert sorted(value for _, value, _ in stored(wagon)) == [20.0, 20.0, 21.0, 21.0]


def test_what_the_program_sent_wrongly_is_told_and_the_rest_arrives(wagon, seat):
    told = forward(trace('{"b": 1, "n": 1, "v": 70, "u": "F"}', GOOD.format(n=2, v=20.0), "21"))
    assert "1 Messwert für „sim-igel“ ist beim Wagen angekommen" in told
    assert "Nicht angenommen: Temperatur kommt in „F“" in told and "kein JSON-Objekt" in told
    assert len(stored(wagon)) == 1


def test_without_the_wagon_readings_wait_and_go_by_themselves_once_with_their_own_time(wagon, seat):
    wagon.down()
    told = forward(trace(*[GOOD.format(n=n, v=20.0 + n) for n in range(5)]))
    assert told == "Der Wagen antwortet gerade nicht. 5 Messwerte warten hier und gehen später von selbst los."
    wagon.up()
    deadline = time.monotonic() + 15
    while len(stored(wagon)) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert sorted(value for _, value, _ in stored(wagon)) == [20.0, 21.0, 22.0, 23.0, 24.0]
    assert flush(seat) == 0
    assert len(stored(wagon)) == 5


def test_an_answer_that_was_lost_makes_no_double(wagon, seat, monkeypatch):
    real = module.ask

    def lost(*words, **more):
        real(*words, **more)
        raise module.WagonAwayError("weg")

    monkeypatch.setattr(module, "ask", lost)
    monkeypatch.setattr(module, "_try_later", lambda folder: None)
    assert "warten hier" in forward(trace(GOOD.format(n=0, v=20.0), GOOD.format(n=1, v=20.0)))
    monkeypatch.setattr(module, "ask", real)
    assert flush(seat) == 0
    assert len(stored(wagon)) == 2


def test_many_readings_go_in_portions(wagon, seat):
    told = forward(trace(*[GOOD.format(n=n, v=20.0) for n in range(450)], end_s=5000.0))
    assert told.startswith("450 Messwerte")
    assert wagon.sensors.store.count() == 450


def test_other_messages_and_a_laptop_without_a_wagon_are_left_alone(wagon, seat, monkeypatch):
    assert forward(trace("1", topic="licht/rot")) == ""
    monkeypatch.delenv("MAKERWAGEN_WAGON")
    assert forward(trace(GOOD.format(n=0, v=20.0))) == ""
    assert not (seat / module.OUTBOX).exists()


def test_a_seat_is_called_by_its_animal_and_a_laptop_without_seats_by_a_name_that_stays(seat, tmp_path, monkeypatch):
    assert node_name(seat) == "sim-igel"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    first = node_name(elsewhere)
    assert first.startswith("sim-") and node_name(elsewhere) == first
