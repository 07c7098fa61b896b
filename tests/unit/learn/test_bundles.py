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
EXERCISES = [SCRIPTS / "exercise.js", SCRIPTS / "exercise-worker.js"]
GROUPS = {"": VIEWS, "board": BOARDS, "exercise": EXERCISES}
BUNDLES = VIEWS + BOARDS + EXERCISES
MICROPYTHON = "@micropython/micropython-webassembly-pyscript"
# Of the package that the lock file pins by its own hash: micropython.mjs and micropython.wasm, version 1.27.0.
COPIES = {
    "micropython.js": "c2be87e7ba24e3b47d133022b009a66bff07f4720aa23d816d216ef8cc47014c",
    "micropython.wasm": "06338c955b03c5700aa0069015d3e392d76836ef8e2ce25bedbe59b88ccd373c",
}


def group_of(name):
    return next((group for group in GROUPS if group and name.startswith(group)), "")


def hash_of_sources(bundle):
    (group,) = (group for group, bundles in GROUPS.items() if bundle in bundles)
    names = ["package.json", "package-lock.json", "build.mjs"]
    sources = sorted(path.name for path in (WIDGETS / "src").iterdir())
    names += [f"src/{name}" for name in sources if group_of(name) == group or name == "elements.js"]
    parts = (name.encode() + b"\0" + (WIDGETS / name).read_bytes() + b"\0" for name in names)
    return hashlib.sha256(b"".join(parts)).hexdigest()


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda path: path.name)
def test_the_bundle_was_made_from_these_sources(bundle):
    head = bundle.read_text(encoding="utf-8")[:600]
    found = re.search(r"sources sha256:([0-9a-f]{64})", head)
    assert found and found[1] == hash_of_sources(bundle), "run: npm ci && npm run build, in site/widgets"


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
    # The worker asks for one file, our copy of MicroPython beside it.
    text = bundle.read_text(encoding="utf-8").replace('from"./micropython.js"', "")
    assert not re.search(r"\b(?:import|export)\b[^;]{0,200}\bfrom\s*[\"']", text.removeprefix("export"))
    assert not re.search(r"\bimport\([\"']https?:", text)


@pytest.mark.parametrize(("name", "digest"), COPIES.items())
def test_our_copy_of_micropython_is_the_pinned_one(name, digest):
    assert hashlib.sha256((SCRIPTS / name).read_bytes()).hexdigest() == digest
    version = json.loads((WIDGETS / "package.json").read_text())["devDependencies"][MICROPYTHON]
    licence = (SCRIPTS / "LICENSE-micropython.txt").read_text(encoding="utf-8")
    assert version == "1.27.0" and f"MicroPython {version}" in licence and "Damien P. George" in licence
    installed = WIDGETS / "node_modules" / MICROPYTHON / name.replace(".js", ".mjs")
    assert not installed.exists() or installed.read_bytes() == (SCRIPTS / name).read_bytes()
