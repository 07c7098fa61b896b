"""A pack changes in one step: comments stay, and whatever fails leaves it as it was."""

import hashlib
import os
from pathlib import Path

import pytest
import yaml

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs import edit as packs_edit
from makerwagen.sensors.packs.edit import GONE, swap_in, with_field
from makerwagen.sensors.packs.reading import read_description, read_pack

TEXT = """# yaml-language-server: $schema=x
# SIMULATED by something.
# Second line of it.
id: tiny
title: {de: Winzig (simuliert)}  # a title
# a comment of the teacher
file: tiny.json
sha256: "SUM"
simulated: true
date: 2026-11-14
license: CC-BY-4.0
source: here
attribution: {de: simuliert}
generator: {name: trees, seed: 1}
columns:
  # what counts
  - {name: frei, type: integer, title: {de: frei (hier erfunden)}}
faults:
- de: alt
# the end
"""
OLD, NEW = b'[{"frei": 1}]', b'[{"frei": 2}]'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tiny.json").write_bytes(OLD)
    text = TEXT.replace("SUM", hashlib.sha256(OLD).hexdigest())
    (tmp_path / "pack.yml").write_text(text, encoding="utf-8")
    return tmp_path


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_field_is_replaced_with_all_its_lines_and_the_rest_stays():
    text = with_field(TEXT, "faults", [{"de": "neu: mit Doppelpunkt"}, {"de": "zwei"}])
    assert yaml.safe_load(text)["faults"] == [{"de": "neu: mit Doppelpunkt"}, {"de": "zwei"}]
    assert text.endswith("# the end\n")
    assert text.startswith(TEXT[: TEXT.index("faults:")])


@pytest.mark.parametrize("value", [False, 7, "Zürich: „ja“ # nein", {"de": "Stadt, die"}, [], "2026-11-14", "true"])
def test_every_value_comes_back_as_it_was_written(value):
    for key in ("license", "title", "columns", "new_field"):
        assert yaml.safe_load(with_field(TEXT, key, value))[key] == value


def test_a_field_can_go():
    text = with_field(TEXT, "generator", GONE)
    assert "generator" not in yaml.safe_load(text)
    assert len(text.splitlines()) == len(TEXT.splitlines()) - 1


def test_new_data_take_the_place_of_the_old(folder):
    swap_in(folder, read_description(folder), data=NEW, file="neu.json", changes={"license": "PDDL-1.0"})
    assert read_pack(folder).records == ({"frei": 2},)
    assert sorted(contents(folder)) == ["neu.json", "pack.yml"]
    text = (folder / "pack.yml").read_text(encoding="utf-8")
    assert "# a comment of the teacher\n" in text
    assert "  # what counts\n" in text


def test_a_pack_that_becomes_real_no_longer_says_simulated(folder):
    changes = {"simulated": False, "generator": GONE, "title": {"de": "Winzig"}, "attribution": {"de": "Stadt"}}
    swap_in(folder, read_description(folder), data=NEW, file="neu.json", changes=changes)
    text = (folder / "pack.yml").read_text(encoding="utf-8")
    for word in ("SIMULATED", "Second line", "simuliert", "erfunden"):
        assert word not in text
    assert text.startswith("# yaml-language-server: $schema=x\n# A real snapshot")


@pytest.mark.parametrize(
    ("data", "changes"),
    [
        (b'[{"frei": "viele"}]', {}),
        (b'[{"voll": 1}]', {}),
        (b"<html>", {}),
        (NEW, {"columns": []}),
        (NEW, {"date": "bald"}),
    ],
)
def test_what_would_not_be_read_is_never_written(folder, data, changes):
    before = contents(folder)
    with pytest.raises(MakerwagenError):
        swap_in(folder, read_description(folder), data=data, file="neu.json", changes=changes)
    assert contents(folder) == before


@pytest.mark.parametrize("fails_at", [1, 2])
def test_a_full_disk_leaves_everything_as_it_was(folder, monkeypatch, fails_at):
    before, calls = contents(folder), []

    def fsync(handle):
        calls.append(handle)
        if len(calls) == fails_at:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(packs_edit.os, "fsync", fsync)
    with pytest.raises(MakerwagenError, match="No space left on device.*nothing was changed.*free space"):
        swap_in(folder, read_description(folder), data=NEW, file="neu.json", changes={})
    assert contents(folder) == before


@pytest.mark.parametrize("dies_at", range(1, 6))
def test_a_process_that_dies_in_between_leaves_a_pack_that_reads(folder, dies_at):
    """Fork, and end the child at its n-th step on the disk, as kill -9 would."""
    child = os.fork()
    if child == 0:
        steps = []

        def step(call):
            def counted(*args, **more):
                steps.append(call)
                if len(steps) == dies_at:
                    os._exit(9)
                return call(*args, **more)

            return counted

        packs_edit.os.fsync = step(os.fsync)
        Path.replace = step(Path.replace)
        Path.unlink = step(Path.unlink)
        swap_in(folder, read_description(folder), data=NEW, file="neu.json", changes={})
        os._exit(0)
    os.waitpid(child, 0)
    assert read_pack(folder).records in (({"frei": 1},), ({"frei": 2},))
