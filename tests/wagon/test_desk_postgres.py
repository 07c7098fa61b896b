"""The desk's store on a real PostgreSQL, started by the test: the same tables, rules and promises as in SQLite."""

import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest

from makerwagen.desk import attempts, pieces, plates
from makerwagen.desk.refusals import RefusalError, StoreError
from makerwagen.desk.states import Attempt, Piece
from makerwagen.desk.store import Store
from makerwagen.desk.tables import APPEND_ONLY, metadata
from tests.faults.desk_scene import NOON, OUTING
from tests.unit.desk.conftest import Desk

BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None) or (
    Path(found).resolve().parent if (found := shutil.which("pg_ctl")) else None
)
pytestmark = pytest.mark.skipif(BIN is None, reason="postgresql is not installed; try: apt-get install postgresql")


@pytest.fixture(scope="module")
def server():
    """Start a PostgreSQL of our own, without a network; it will not run as root, so then as postgres or nobody."""
    pytest.importorskip("psycopg", reason="the driver psycopg is not installed; try: pip install 'psycopg[binary]'")
    user = None
    if os.getuid() == 0:
        known = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in known else "nobody"
    folder = Path(tempfile.mkdtemp(prefix="mw-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(*command: str) -> None:
        done = subprocess.run(
            [*command], user=user, cwd=folder, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"}
        )
        assert done.returncode == 0, done.stdout + done.stderr

    data = folder / "data"
    run(str(BIN / "initdb"), "-D", str(data), "-U", "wagon", "--auth=trust", "-E", "UTF8")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    run(str(BIN / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
    yield f"postgresql+psycopg://wagon@/postgres?host={folder}"
    run(str(BIN / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def desk(server, tmp_path):
    made = Desk(server, tmp_path)
    yield made
    with made.store.writing() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
    made.store.close()


def at_once(count, act):
    found, refused = [], []

    def run():
        try:
            found.append(act())
        except RefusalError as error:
            refused.append(error.reason)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found, refused


def test_the_migrations_lead_to_the_tables(desk):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with desk.store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_print_goes_its_whole_way_and_the_desk_may_start_anew(desk):
    release = desk.release(desk.plate())
    desk.clear()
    attempt = desk.printing.start(release, by="educator")
    desk.boot().reconcile()
    desk.world.tick(300)
    assert desk.printing.look("prusa-1").state is Attempt.ENDED_REPORTED
    desk.printing.judge(attempt.id, {1: Piece.DONE, 2: Piece.FAILED}, by="educator")
    assert desk.bed() == "clear" and desk.bed("prusa-2") == "unknown"
    assert {one.state for one in pieces.pieces_of_outing(desk.store, OUTING)} == {Piece.DONE, Piece.FAILED}


def test_eight_educators_clicking_at_once_start_one_print(desk):
    release = desk.release(desk.plate())
    desk.clear()
    won, lost = at_once(8, lambda: desk.printing.start(release, by="educator"))
    assert (len(won), len(lost), desk.world.counts["prints started"]) == (1, 7, 1)


def test_two_plates_do_not_get_one_bed(desk):
    releases = [desk.release(desk.plate(f"a{number}")) for number in range(4)]
    desk.clear()
    waiting = list(releases)
    won, lost = at_once(4, lambda: desk.printing.start(waiting.pop(), by="educator"))
    assert (len(won), len(lost), desk.world.counts["prints started"]) == (1, 3, 1)
    assert attempts.open_attempt(desk.store, "prusa-1").id == won[0].id


def test_a_piece_sent_by_eight_threads_at_once_is_stored_once(desk):
    seat, order = desk.seats[0].seat, pieces.Order("k", "name-tag", {"text": "Mia"})
    found, refused = at_once(8, lambda: pieces.receive(desk.store, seat, order, now=NOON))
    assert len(set(found)) == 1 and not refused


def test_a_change_and_a_start_at_once_never_both_happen(desk):
    for number in range(10):
        plate = desk.plate(f"x{number}", f"y{number}")
        release = desk.release(plate)
        if desk.bed() != "clear":
            desk.clear()
        piece = plates.plate_of(desk.store, plate).pieces[0]
        acts = [
            lambda release=release: desk.printing.start(release, by="educator"),
            lambda plate=plate, piece=piece: plates.take_off(desk.store, plate, piece, now=NOON),
        ]
        at_once(2, lambda acts=acts: acts.pop()())
        attempt = attempts.open_attempt(desk.store, "prusa-1")
        assert (attempt is not None) == (len(plates.plate_of(desk.store, plate).pieces) == 2)
        if attempt:
            desk.world.tick(300)
            desk.printing.look("prusa-1")
            words = dict.fromkeys(plates.plate_of(desk.store, plate).pieces, Piece.DONE)
            desk.printing.judge(attempt.id, words, by="educator")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_happened_cannot_be_rewritten(desk, table):
    release = desk.release(desk.plate())
    desk.clear()
    attempt = desk.printing.start(release, by="educator")
    desk.world.tick(300)
    desk.printing.look("prusa-1")
    desk.printing.judge(attempt.id, {1: Piece.DONE, 2: Piece.DONE}, by="educator")
    for act in ("UPDATE {} SET at = 1", "DELETE FROM {}"):
        with pytest.raises(StoreError, match="only appended to"), desk.store.writing() as connection:
            connection.exec_driver_sql(act.format(table))


def test_many_desks_opening_an_empty_database_at_once_make_it_once(desk, server):
    with desk.store.writing() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
    opened, refused = at_once(6, lambda: Store(server))
    for store in opened:
        store.close()
    assert len(opened) == 6 and not refused


def test_a_database_that_is_away_is_said_without_its_password():
    with pytest.raises(StoreError, match="database away") as caught:
        Store("postgresql+psycopg://wagon:geheim@127.0.0.1:1/desk")
    assert "geheim" not in str(caught.value)
