"""A node's outbox: nothing leaves it before the hub has it, and a cut-off line costs that line alone."""

from makerwagen.sensors.outbox import MOST_KEPT, Outbox


def test_what_was_not_acknowledged_is_there_after_a_restart(tmp_path):
    first = Outbox(tmp_path / "n.outbox", "n")
    for value in (20.0, 21.0, 22.0):
        first.add("temperature", value)
    first.acknowledge(first.boot, [1])
    again = Outbox(tmp_path / "n.outbox", "n")
    assert {reading.value for reading in again.waiting()} >= {20.0, 22.0}
    assert {reading.boot for reading in again.waiting()} == {first.boot}
    assert again.boot != first.boot


def test_an_acknowledged_outbox_is_empty_on_disk(tmp_path):
    outbox = Outbox(tmp_path / "n.outbox", "n")
    outbox.add("temperature", 20.0)
    outbox.acknowledge(outbox.boot, [0])
    assert outbox.waiting() == []
    assert (tmp_path / "n.outbox").read_bytes() == b""


def test_a_line_that_was_cut_off_costs_only_itself(tmp_path):
    path = tmp_path / "n.outbox"
    outbox = Outbox(path, "n")
    outbox.add("temperature", 20.0)
    outbox.add("temperature", 21.0)
    path.write_bytes(path.read_bytes()[:-9])
    again = Outbox(path, "n")
    again.add("temperature", 22.0)
    assert [reading.value for reading in Outbox(path, "n").waiting()] == [20.0, 22.0]


def test_an_acknowledgement_of_another_start_forgets_nothing(tmp_path):
    outbox = Outbox(tmp_path / "n.outbox", "n")
    outbox.add("temperature", 20.0)
    outbox.acknowledge(outbox.boot + 1, [0])
    assert len(outbox.waiting()) == 1


def test_ages_grow_while_a_reading_waits(tmp_path):
    now = 1000.0
    outbox = Outbox(tmp_path / "n.outbox", "n", clock=lambda: now)
    outbox.add("temperature", 20.0)
    now = 1090.0
    assert outbox.waiting()[0].age_s == 90.0


def test_a_full_outbox_drops_the_oldest_and_counts_it(tmp_path, monkeypatch):
    monkeypatch.setattr("makerwagen.sensors.outbox.MOST_KEPT", 3)
    assert MOST_KEPT > 1000
    outbox = Outbox(tmp_path / "n.outbox", "n")
    for value in range(5):
        outbox.add("count", value)
    assert [reading.value for reading in outbox.waiting()] == [2, 3, 4]
    assert outbox.dropped == 2
