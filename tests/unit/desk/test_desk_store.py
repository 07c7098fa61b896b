"""The store: up to date, durable, append-only, and clear about a disk that is full or read-only."""

import resource
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text

from makerwagen.desk import attempts, pieces
from makerwagen.desk.refusals import StoreError
from makerwagen.desk.store import MIGRATIONS, Store
from makerwagen.desk.tables import APPEND_ONLY, HEAD, metadata
from tests.faults.desk_scene import NOON, OUTING


def test_the_migrations_lead_to_the_tables(desk):
    with desk.store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_what_is_committed_waits_for_the_disk(desk):
    with desk.store.reading() as connection:
        found = [connection.execute(text(f"PRAGMA {word}")).scalar() for word in ("journal_mode", "synchronous")]
    assert found == ["wal", 2]


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("act", ["UPDATE {} SET at = 1", "DELETE FROM {}"])
def test_what_happened_cannot_be_rewritten(desk, table, act):
    plate = desk.plate()
    release = desk.release(plate)
    desk.clear()
    attempt = desk.printing.start(release, by="educator")
    desk.world.tick(300)
    desk.printing.look(attempt.printer)
    desk.printing.judge(attempt.id, dict.fromkeys((1, 2), pieces.Piece.DONE), by="educator")
    if table == "verdicts":
        act = act.replace("at = 1", "state = 'failed'")
    with pytest.raises(Exception, match="only appended to"), desk.store.writing() as connection:
        connection.execute(text(act.format(table)))


def test_a_store_of_a_newer_version_is_left_alone(desk):
    with desk.store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_tomorrow'"))
    with pytest.raises(StoreError, match="another version of makerwagen.*update"):
        Store(desk.place)


def test_many_desks_opening_a_new_store_at_once_make_it_once(tmp_path):
    failed = []

    def open_it():
        try:
            Store(tmp_path / "new.sqlite").close()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.parametrize("place", ["nonsense", "oracle9://nobody/x"])
def test_an_address_that_is_none_is_said(place):
    with pytest.raises(StoreError, match="store"):
        Store(place)


def test_a_file_that_is_no_store_is_said_and_left_alone(tmp_path):
    path = tmp_path / "desk.sqlite"
    path.write_text("this is a letter to the school\n" * 300)
    with pytest.raises(StoreError, match="not a database"):
        Store(path)
    assert path.read_text().startswith("this is a letter")


def test_a_read_only_disk_starts_nothing_and_loses_nothing(desk):
    release = desk.release(desk.plate())
    desk.clear()
    make_read_only(desk.store)
    with pytest.raises(StoreError, match="read.?only.*not written down"):
        desk.printing.start(release, by="educator")
    desk.store.close()
    desk.store = desk.printing.store = Store(desk.place)
    assert not desk.world.started and attempts.open_attempt(desk.store, "prusa-1") is None
    assert len(pieces.pieces_of_outing(desk.store, OUTING)) == 2 and desk.bed() == "clear"


def test_a_disk_that_fills_up_before_the_intent_starts_nothing(desk):
    release = desk.release(desk.plate())
    desk.clear()
    upload = desk.world.upload

    def fill_up(*words):
        answer = upload(*words)
        make_full()
        return answer

    desk.world.upload = fill_up
    try:
        with pytest.raises(StoreError, match="(full|I/O).*not written down"):
            desk.printing.start(release, by="educator")
    finally:
        make_room()
    assert not desk.world.started
    # With room again nothing was lost, and the same release still starts its print.
    desk.world.upload = upload
    desk.store.close()
    desk.store = Store(desk.place)
    desk.boot().reconcile()
    assert desk.printing.start(release, by="educator").state == "printing"


def test_a_disk_that_fills_up_after_the_start_forgets_no_print(desk):
    release = desk.release(desk.plate())
    desk.clear()
    start = desk.world.start

    def fill_up(*words):
        answer = start(*words)
        make_full()
        return answer

    desk.world.start = fill_up
    try:
        with pytest.raises(StoreError, match="full|I/O"):
            desk.printing.start(release, by="educator")
    finally:
        make_room()
    assert attempts.open_attempt(desk.store, "prusa-1").state == "start-intent" and desk.bed() == "occupied"
    assert desk.printing.look("prusa-1").state == "printing"


def test_a_piece_that_finds_no_room_is_not_answered_as_received(desk):
    seat, order = desk.seats[0].seat, pieces.Order("k", "name-tag", {"text": "Mia"})
    make_full()
    try:
        with pytest.raises(StoreError, match="full|I/O"):
            pieces.receive(desk.store, seat, order, now=NOON)
    finally:
        make_room()
    assert pieces.pieces_of_seat(desk.store, seat) == []
    assert pieces.receive(desk.store, seat, order, now=NOON) == 1


def make_full() -> None:
    """Let no file of this process grow, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def make_room() -> None:
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def make_read_only(store: Store) -> None:
    store.engine.dispose()
    event.listen(store.engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only = ON"))
