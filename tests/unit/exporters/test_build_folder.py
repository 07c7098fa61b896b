import os
from pathlib import Path

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.exporters.build_folder import ASIDE, alone, empty, keep_earlier, link, swap


@pytest.fixture
def target(tmp_path: Path) -> Path:
    write(tmp_path / "site/index.html", "earlier")
    write(tmp_path / "worksheets/de/a/student.pdf", "earlier")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_two_builds_at_once_are_refused(target: Path):
    with alone(target), pytest.raises(MakerwagenError, match="another build is at work"), alone(target):
        pass
    with alone(target):
        pass


def test_a_swap_leaves_nothing_of_before(target: Path):
    fresh = target / ".cache/next"
    empty(fresh)
    write(fresh / "site/index.html", "new")
    swap(fresh, target, ["notebooks", "site", "worksheets"])
    assert (target / "site/index.html").read_text() == "new"
    assert not list((target / "worksheets").iterdir())
    assert not fresh.exists() and not (target / ASIDE).exists()


@pytest.mark.parametrize("name", ["site", "worksheets/de/a"])
def test_what_an_interrupted_swap_took_out_is_put_back(target: Path, name: str, monkeypatch):
    fresh = target / ".cache/next"
    empty(fresh)
    write(fresh / name / "x", "new")
    rename = Path.rename

    def power_cut(self: Path, to: Path) -> Path:
        if self.is_relative_to(fresh):
            raise KeyboardInterrupt
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", power_cut)
    with pytest.raises(KeyboardInterrupt):
        swap(fresh, target, [name])
    assert not (target / name).exists()
    monkeypatch.undo()
    with alone(target):
        assert [path.read_text() for path in (target / name).iterdir()] == ["earlier"]


def test_what_was_swapped_in_is_not_undone_by_what_lay_there_before(target: Path):
    write(target / "site/new.html", "new")
    write(target / ASIDE / "site/old.html", "old")
    with alone(target):
        assert sorted(path.name for path in (target / "site").iterdir()) == ["index.html", "new.html"]


def test_of_a_lesson_left_out_only_the_earlier_files_stay(target: Path):
    fresh = target / ".cache/next"
    empty(fresh)
    write(fresh / "worksheets/de/a/student.pdf", "leaky")
    write(fresh / "notebooks/en/a/student.ipynb", "leaky")
    keep_earlier(["a"], target, fresh)
    found = {path.relative_to(fresh).as_posix(): path.read_text() for path in fresh.rglob("*") if path.is_file()}
    assert found == {"worksheets/de/a/student.pdf": "earlier"}


def test_files_are_copied_where_the_disk_knows_no_links(target: Path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    link(target / "site/index.html", target / "copy.html")
    assert (target / "copy.html").read_text() == "earlier"
