import datetime
import zipfile
from pathlib import Path

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.lab.groups import held, new_group
from makerwagen.lab.seat import Copy, prepare_seats

COPY = Copy("count-wheels", "Räder/Räder.ipynb", {"Räder/Räder.ipynb": b"fresh"})
TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    for seat in prepare_seats(tmp_path, ["fuchs", "igel"], [COPY]):
        (seat.folder / "Räder/Räder.ipynb").write_bytes(b"work of " + seat.animal.encode())
        (seat.folder / "Räder/teil.stl").write_bytes(b"solid")
        (seat.runtime / "outbox").mkdir()
        (seat.runtime / "outbox/1.json").write_text("{}")
        (seat.runtime / "jupyter").mkdir()
        (seat.runtime / "jupyter/token").write_text("secret")
    return tmp_path


def test_the_last_group_is_archived_and_the_next_starts_fresh(state: Path):
    kept = new_group(state, [COPY], keep=True, today=TODAY)
    assert kept == state / "archive/2026-11-22-1"
    with zipfile.ZipFile(kept / "fuchs.zip") as archived:
        assert archived.read("Räder/Räder.ipynb") == b"work of fuchs"
        assert ".makerwagen/outbox/1.json" in archived.namelist()
        assert not [name for name in archived.namelist() if "token" in name]
    assert (state / "seats/igel/Räder/Räder.ipynb").read_bytes() == b"fresh"
    assert not (state / "seats/igel/Räder/teil.stl").exists()
    assert not (state / "seats/igel/.makerwagen/outbox").exists()
    assert not (state / "seats/igel/.makerwagen/jupyter/token").exists()


def test_two_groups_on_one_day_do_not_overwrite_each_other(state: Path):
    new_group(state, [COPY], keep=True, today=TODAY)
    assert new_group(state, [COPY], keep=True, today=TODAY) == state / "archive/2026-11-22-2"


def test_deleting_keeps_nothing(state: Path):
    assert new_group(state, [COPY], keep=False, today=TODAY) is None
    assert not (state / "archive").exists()
    assert (state / "seats/fuchs/Räder/Räder.ipynb").read_bytes() == b"fresh"


def test_a_seat_that_is_open_stops_everything_and_loses_nothing(state: Path):
    (seat, _) = prepare_seats(state, ["fuchs", "igel"], [])
    with held(seat), pytest.raises(MakerwagenError, match="close it first"):
        new_group(state, [COPY], keep=False, today=TODAY)
    assert (state / "seats/fuchs/Räder/Räder.ipynb").read_bytes() == b"work of fuchs"
    assert (state / "seats/igel/Räder/Räder.ipynb").read_bytes() == b"work of igel"


def test_a_disk_that_is_full_while_archiving_loses_nothing(state: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    with pytest.raises(OSError, match="No space"):
        new_group(state, [COPY], keep=True, today=TODAY)
    assert (state / "seats/fuchs/Räder/Räder.ipynb").read_bytes() == b"work of fuchs"


def test_without_seats_nothing_happens(tmp_path: Path):
    assert new_group(tmp_path, [COPY], keep=True, today=TODAY) is None
