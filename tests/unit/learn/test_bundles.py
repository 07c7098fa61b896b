"""The committed bundles are what the sources in site/widgets make, and say whose work is in them."""

import hashlib
import json
import re

import pytest

from tests.conftest import ROOT

WIDGETS = ROOT / "site/widgets"
STATIC, SCRIPTS = ROOT / "src/makerwagen/learn/static", ROOT / "site/theme/assets/javascripts"
VIEWS = [STATIC / "view.mjs", SCRIPTS / "model-view.js"]
BOARDS = [STATIC / "board.mjs", SCRIPTS / "board-view.js"]
BUNDLES = VIEWS + BOARDS


def hash_of_sources(*, board):
    names = ["package.json", "package-lock.json", "build.mjs"]
    sources = sorted(path.name for path in (WIDGETS / "src").iterdir())
    names += [f"src/{name}" for name in sources if name.startswith("board") == board or name == "elements.js"]
    parts = (name.encode() + b"\0" + (WIDGETS / name).read_bytes() + b"\0" for name in names)
    return hashlib.sha256(b"".join(parts)).hexdigest()


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda path: path.name)
def test_the_bundle_was_made_from_these_sources(bundle):
    head = bundle.read_text(encoding="utf-8")[:600]
    found = re.search(r"sources sha256:([0-9a-f]{64})", head)
    assert found and found[1] == hash_of_sources(board=bundle in BOARDS), "run: npm ci && npm run build, in site/widgets"


@pytest.mark.parametrize("bundle", VIEWS, ids=lambda path: path.name)
def test_the_bundle_says_whose_work_is_in_it(bundle):
    head = bundle.read_text(encoding="utf-8")[:600]
    assert "three.js" in head and "MIT License" in head
    assert "MIT License" in (bundle.parent / "LICENSE-three.txt").read_text(encoding="utf-8")


def test_versions_are_locked_without_addresses():
    locked = (WIDGETS / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in locked and "integrity" in locked
    assert all(
        version[0].isdigit()
        for version in json.loads((WIDGETS / "package.json").read_text())["devDependencies"].values()
    )


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda path: path.name)
def test_the_bundle_loads_nothing(bundle):
    text = bundle.read_text(encoding="utf-8")
    assert not re.search(r"\b(?:import|export)\b[^;]{0,200}\bfrom\s*[\"']", text.removeprefix("export"))
    assert not re.search(r"\bimport\([\"']https?:", text)
