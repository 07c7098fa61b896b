"""An exercise as judging takes it, in plain data; kept, so that judging need not read all content anew."""

import contextlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import makerwagen

FOLDER = Path("build/.cache/exercises")
CONTENT = ("exercises/{slug}/exercise.yml", "exercises/{slug}/scenario.yml", "parts.yml")
# What makes the plain data of the content; after a change of it nothing that was kept counts.
MAKERS = ("content", "boards")


@dataclass(frozen=True)
class Prepared:
    """The board's config, the scenario for the portable judge, and the folder with the simulator's modules."""

    config: dict[str, Any]
    scenario: dict[str, Any]
    modules: Path


def open_prepared(root: Path, slug: str) -> Prepared:
    """Return the exercise called `slug`: what was kept of it if it is still true, else read anew and kept."""
    stamp, kept = _stamp(root, slug), root / FOLDER / f"{slug}.json"
    modules = (root / "microcontroller/simulator").resolve()
    if stamp:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads(kept.read_text(encoding="utf-8"))
            if told["stamp"] == stamp:
                return Prepared(told["config"], told["scenario"], modules)
    config, scenario = _read(root, slug)
    if stamp:
        _keep(kept, {"stamp": stamp, "config": config, "scenario": scenario})
    return Prepared(config, scenario, modules)


def _read(root: Path, slug: str) -> tuple[dict[str, Any], dict[str, Any]]:
    from makerwagen.boards.exercises import open_exercise
    from makerwagen.boards.scenario import for_judge
    from makerwagen.boards.simulator import board_config

    ready = open_exercise(root, slug)
    return board_config(ready.board.board, ready.devices, []), for_judge(ready.scenario, ready.devices)


def _stamp(root: Path, slug: str) -> str:
    """Return what changes with every change of the content or of what reads it; nothing when a file is missing."""
    if Path(slug).name != slug:
        return ""
    place = root / "microcontroller"
    package = Path(makerwagen.__file__).parent
    try:
        files = [place / name.format(slug=slug) for name in CONTENT]
        for folder, ending in ((place / "boards", ".yml"), *((package / name, ".py") for name in MAKERS)):
            with os.scandir(folder) as entries:
                files += sorted(Path(entry.path) for entry in entries if entry.name.endswith(ending))
        found = [(path.name, path.stat()) for path in files]
    except OSError:
        return ""
    return " ".join(f"{name}:{told.st_mtime_ns}:{told.st_size}" for name, told in found)


def _keep(path: Path, told: dict[str, Any]) -> None:
    # Thirty commands may do this at the same moment, and on some laptops nobody may write here.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(told, file)
        Path(name).replace(path)
