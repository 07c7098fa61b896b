"""Sliders moved in a real lab: how long until the new part is on the screen of a real Chromium, and what that takes."""

import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measuring import CHECKOUT
from benchmarks.questions import Measured, Scale
from makerwagen.content.model import Model, ParameterType
from makerwagen.load.repository_loader import load_repository
from makerwagen.models.sweep import random_values

MOVES, QUICK_MOVES, SEED = 40, 6, 11
LETTERS = "Bärbel 8"  # eight signs with many curves and holes
PAGE_S = 60_000
SCREEN = {"width": 1366, "height": 768}
SCRIPT = Path(__file__).with_name("drivers") / "moves.js"
FLAGS = ["--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
FLAGS += ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
DRAWN = "one => one.makerwagen?.view.frame.dataset.drawn > 0"
SHOWN = f"[...document.querySelectorAll('.jp-OutputArea-output div')].some({DRAWN})"
Row = dict[str, str | float]


def measure_in_lab(scale: Scale, slugs: Sequence[str] = ()) -> Iterator[Measured]:
    """Move the sliders of every model in a lab of its own and time picture and exact part; weigh the processes."""
    title, name = "A slider moved in a lab, until the new part is on the screen (headless Chromium)", "models-in-lab"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        yield Measured(name, title, 0, [], "There is no Chromium here, so nothing was measured.")
        return
    from playwright.sync_api import sync_playwright

    models = {slug: model for slug, model in load_repository(CHECKOUT)[0].models.items() if slug in (slugs or [slug])}
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for _, model in sorted(models.items()):
            rows.append(row_of(model, browser, QUICK_MOVES if scale.quick else MOVES))
            print("  " + ", ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
        browser.close()
    yield Measured(name, title, 0, [], told(), table=rows)


def told() -> str:
    """Say what was measured."""
    return (
        "From the event of a slider, text field or choice to the frame that shows the new part; each move is a random "
        f"value of a random field, seed {SEED}. Texts are up to 8 letters of „{LETTERS}“. „exact“ is from the question "
        "after the hand rests to the exact part on the screen. The processor draws (SwiftShader); a "
        "laptop's graphics are faster. Memory is the proportional share (PSS) in MB after the moves: "
        "„kernel“ the notebook's, „workshop“ the warm process and the one that builds."
    )


def row_of(model: Model, browser: Any, moves: int) -> Row:
    """Return one model's figures."""
    with tempfile.TemporaryDirectory(prefix="makerwagen-lab-") as folder, running_lab(Path(folder), model.slug) as lab:
        context = browser.new_context(viewport=SCREEN)
        page = context.new_page()
        page.goto(lab.address)
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=PAGE_S)
        while not lab.memory()["kernel"]:
            page.wait_for_timeout(200)
        page.wait_for_timeout(1000)
        page.locator(".jp-CodeCell .jp-Cell-inputWrapper").first.click()
        page.click("[data-jp-item-name=run] jp-button")
        page.wait_for_function(SHOWN, timeout=PAGE_S)
        todo = {"panel": 0, "count": moves, "moves": list(wanted(model, 4 * moves))}
        found = page.evaluate(f"({SCRIPT.read_text(encoding='utf-8')})", todo)
        memory = lab.memory()
        context.close()
    return figures(model, found, memory)


def figures(model: Model, found: dict[str, Any], memory: dict[str, float]) -> Row:
    """Return what was found, in whole milliseconds and megabytes."""
    previews, exacts = sorted(found["previews"]), sorted(found["exacts"])
    texts = any(parameter.type is ParameterType.TEXT for parameter in model.parameters)
    slowest = found["slowest"]
    return {
        "model": model.slug,
        "letters": "up to 8" if texts else "none",
        "moves": len(previews),
        "p50 ms": round(statistics.median(previews or [0])),
        "p95 ms": round(previews[int(0.95 * (len(previews) - 1))]) if previews else 0,
        "of it Python p50": round(statistics.median(found["python"] or [0])),
        "drawing p50": round(statistics.median(found["drawing"] or [0])),
        "slowest": f"{slowest.get('ms', 0):.0f} ms: {slowest.get('name')} = {slowest.get('value')}",
        "exact p50 ms": round(statistics.median(exacts or [0])),
        "exact max ms": round(max(exacts, default=0)),
        "kernel MB": round(memory["kernel"]),
        "workshop MB": round(memory["workshop"]),
    }


def wanted(model: Model, count: int) -> Iterator[tuple[str, Any]]:
    """Yield moves: a random field to a random value; text is typed on or shortened."""
    chance = random.Random(SEED)
    for values in random_values(model, count, SEED):
        name = chance.choice(list(values))
        parameter = next(one for one in model.parameters if one.name == name)
        if parameter.type is ParameterType.TEXT:
            yield name, LETTERS[: chance.randint(1, min(8, parameter.max_length or 8))].strip()
        else:
            yield name, values[name]


class Running:
    """A running lab: its page's address, and its processes."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        """Remember both."""
        self.process, self.address = process, address

    def memory(self) -> dict[str, float]:
        """Return the proportional memory of kernel and workshop in MB."""
        found = {"kernel": 0.0, "workshop": 0.0}
        for pid in family(self.process.pid):
            line = read(f"/proc/{pid}/cmdline").replace("\0", " ")
            kind = "workshop" if "models.worker" in line else "kernel" if "lab.kernel" in line else ""
            if kind and (share := re.search(r"^Pss:\s+(\d+) kB", read(f"/proc/{pid}/smaps_rollup"), re.MULTILINE)):
                found[kind] += int(share[1]) / 1024
        return found


@contextmanager
def running_lab(state: Path, slug: str) -> Iterator[Running]:
    """Start `makerwagen lab` on a notebook that shows one model, and end it afterwards."""
    seat = state / "seats/fuchs"
    seat.mkdir(parents=True)
    source = f"from makerwagen.learn import customize\n\ncustomize({slug!r})"
    code = {"cell_type": "code", "id": "part", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [code], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (seat / "measured.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    command = [sys.executable, "-m", "makerwagen.cli", "--root", str(CHECKOUT), "lab", "--state", str(state)]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen([*command, "--no-browser"], stdout=subprocess.PIPE, text=True, env=env, cwd=CHECKOUT)
    try:
        assert process.stdout
        line = next((line for line in process.stdout if "token=" in line), "")
        found = re.search(r"(http://[^/\s]+)\S*\?token=(\w+)", line)
        if found is None:
            raise RuntimeError(f"the lab did not start: {line}")
        yield Running(process, f"{found[1]}/doc/tree/measured.ipynb?token={found[2]}")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def family(pid: int) -> list[int]:
    """Return all processes below `pid`."""
    children = [int(child) for child in read(f"/proc/{pid}/task/{pid}/children").split()]
    return [one for child in children for one in (child, *family(child))]


def read(path: str) -> str:
    """Return a file of /proc; nothing when its process has ended."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


if __name__ == "__main__":
    list(measure_in_lab(Scale(), sys.argv[1:]))
