from pathlib import Path

import pytest

from makerwagen.load.repository_loader import load_repository
from makerwagen.notebooks.proof import Prover
from makerwagen.store import Store
from tests.conftest import cell

PACK = """id: bikes
title: {de: Räder (simuliert)}
file: bikes.csv
sha256: x
simulated: true
date: 2026-01-01
license: CC0-1.0
source: x
attribution: {de: simuliert}
columns: [{name: a, type: number, title: {de: Zahl}}]
"""


def keys(root: Path) -> set[str]:
    repository, _ = load_repository(root)
    lesson = repository.lessons["count-wheels"]
    return {key for key, _ in Prover(repository, Store(root / "store"))._jobs(lesson, lesson.notebooks["de"])}


@pytest.mark.parametrize("source", ['daten = load_pack("bikes")', "daten = load_pack('bikes')"])
def test_a_pack_that_is_used_but_not_listed_is_not_remembered_when_it_changes(
    write_lesson, tmp_path: Path, source: str
):
    write_lesson(cells=[cell("code", source, id="laden")])
    pack = tmp_path / "curriculum/data/bikes"
    pack.mkdir(parents=True)
    (pack / "pack.yml").write_text(PACK, encoding="utf-8")
    (pack / "bikes.csv").write_text("a\n1\n")
    before = keys(tmp_path)
    (pack / "bikes.csv").write_text("a\n2\n")
    assert not keys(tmp_path) & before
