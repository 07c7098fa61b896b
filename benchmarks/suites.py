"""Measure running notebooks, checking content and printing sheets; and name all suites."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from benchmarks import peers
from benchmarks.boards import measure_judging
from benchmarks.generator import write_repository
from benchmarks.measuring import WORK, Contender, in_turn
from benchmarks.models import measure_models, measure_seats
from benchmarks.questions import CLI, NBCLIENT, NBCONVERT, OURS, Measured, Scale, Suite, driver, empty
from benchmarks.sensors import measure_sensors
from benchmarks.websites import measure_site
from makerwagen.content.versions import Audience, on_paper, version
from makerwagen.load.repository_loader import load_repository

RUNNERS = {OURS: "run_ours", NBCLIENT: "run_nbclient"}
NOT_ON_PAPER = ("check-", "tipp-")


def measure_execute(scale: Scale) -> Iterator[Measured]:
    """Measure running notebooks, each in a fresh process, against nbclient."""
    for name, count, cad, rounds in (("execute-plain", 20, False, 3), ("execute-cad", 10, True, 2)):
        lessons = scale.lessons(count)
        root = write_repository(WORK / name, lessons, cad=cad)
        contenders = [
            Contender(f"{who}, {jobs} at a time", driver(program, root, root / f"{program}-{jobs}.json", jobs))
            for jobs in (1, 2)
            for who, program in RUNNERS.items()
        ]
        kind = "that build a box with CadQuery" if cad else "without CAD"
        rows = in_turn(name, contenders, rounds=scale.rounds(rounds))
        yield Measured(name, f"Run {lessons} lessons {kind}, one version each", lessons, rows, same_output(root))


def same_output(root: Path) -> str:
    """Say of how many notebooks both programs show the same text in every cell."""
    files = [root / f"{program}-1.json" for program in RUNNERS.values()]
    if not all(path.exists() for path in files):
        return "The outputs were not compared."
    ours, theirs = (shown_in(path) for path in files)
    equal = sum(ours.get(slug) == cells for slug, cells in theirs.items())
    return f"{equal} of {len(theirs)} notebooks show the same text in both."


def shown_in(path: Path) -> dict[str, dict[str, str]]:
    """Return the text of each cell that shows any, by lesson."""
    found = json.loads(path.read_text())
    return {slug: {cell: text for cell, text in cells.items() if text} for slug, cells in found.items()}


def measure_check(scale: Scale) -> Iterator[Measured]:
    """Measure the whole command `makerwagen check`."""
    for count in (20, 100, 500):
        name, lessons = f"check-{count}", scale.lessons(count)
        root = write_repository(WORK / name, lessons)
        rows = in_turn(name, [Contender(OURS, (CLI, "--root", str(root), "check"))], rounds=scale.rounds())
        yield Measured(name, f"Check {lessons} lessons", lessons, rows)


def measure_sheets(scale: Scale) -> Iterator[Measured]:
    """Measure 20 student's sheets of two pages."""
    count = scale.lessons(20)
    root = write_repository(WORK / "sheets", count)
    ours, theirs = WORK / "sheets-ours", empty(WORK / "sheets-nbconvert")
    write_paper_notebooks(root, theirs)
    program = str(Path(__file__).with_name("drivers") / "sheets_nbconvert.py")
    chromium = shutil.which("chromium") or "chromium"
    contenders = [
        Contender(OURS, driver("sheets_ours", root, ours), prepare=lambda _: shutil.rmtree(ours, ignore_errors=True)),
        Contender(NBCONVERT, (str(peers.python_of(peers.PEERS)), program, str(theirs), chromium)),
    ]
    rows = in_turn("sheets", contenders, rounds=scale.rounds())
    for row, folder in zip(rows, (ours, theirs), strict=True):
        row.note = pages_in(folder)
    yield Measured("sheets", f"Print the student's sheets of {count} lessons", count, rows)


def write_paper_notebooks(root: Path, target: Path) -> None:
    """Write notebooks that hold what the student's sheet holds, so that both tools print the same cells."""
    repository, _ = load_repository(root)
    for slug, lesson in repository.lessons.items():
        kept = {cell.id: cell.source for cell in on_paper(version(lesson.notebooks["de"], Audience.STUDENT))}
        notebook = json.loads((root / lesson.folder / "lesson.de.ipynb").read_text(encoding="utf-8"))
        cells = [cell | {"source": kept[cell["id"]]} for cell in notebook["cells"] if cell["id"] in kept]
        cells = [cell for cell in cells if not cell["id"].startswith(NOT_ON_PAPER)]
        (target / f"{slug}.ipynb").write_text(json.dumps(notebook | {"cells": cells}), encoding="utf-8")


def pages_in(folder: Path) -> str:
    """Say how many pages the PDFs in `folder` have."""
    found = sorted({len(pypdfium2.PdfDocument(path)) for path in folder.glob("*.pdf")})
    return f"{' or '.join(map(str, found))} pages a sheet" if found else "no PDF"


SUITES: dict[str, Suite] = {
    "execute": measure_execute,
    "check": measure_check,
    "site": measure_site,
    "sheets": measure_sheets,
    "models": measure_models,
    "seats": measure_seats,
    "boards": measure_judging,
    "sensors": measure_sensors,
}
