"""Runs notebooks fast: one warm process per set of imports, a forked child per notebook, results by content hash."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from makerwagen.content.notebook import Cell, CellKind
from makerwagen.errors import MakerwagenError
from makerwagen.problems import Place, Problem

TIMEOUT_S = 60.0
MEMORY_MB = 800
LESSON_FOLDERS = ("data", "images")
# What a notebook names, and what is worth importing before the fork for it.
CAD = {"customize": "makerwagen.models.building", "cadquery": "cadquery"}
HEAVY = CAD | {"load_pack": "makerwagen.learn.packs"}
HEAVY |= {"pandas": "pandas", "matplotlib": "matplotlib.pyplot", "numpy": "numpy", "board": "makerwagen.learn.board"}
ALWAYS = ("makerwagen.learn.feedback",)


@dataclass(frozen=True)
class Failure:
    """Why a notebook did not run to its end: kind is raised, timeout, memory or crashed."""

    number: int
    line: int
    kind: str
    message: str


@dataclass(frozen=True)
class Executed:
    """The outputs of each cell by its id, in nbformat's shape, and the failure if there was one."""

    outputs: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    failure: Failure | None = None


@dataclass(frozen=True)
class Job:
    """A notebook to run: `path` and `cells` as they are, `folder` the lesson's own."""

    key: str
    path: str
    cells: tuple[Cell, ...]
    folder: Path
    timeout_s: float = TIMEOUT_S
    memory_mb: int = MEMORY_MB

    @property
    def imports(self) -> tuple[str, ...]:
        """Return the modules worth loading before the fork."""
        code = "\n".join(cell.source for cell in self.cells if cell.kind is CellKind.CODE)
        return tuple(sorted({module for word, module in HEAVY.items() if re.search(rf"\b{word}\b", code)}))


def execute(jobs: Iterable[Job], *, root: Path, parallel: int = 2) -> dict[str, Executed]:
    """Run all jobs and return what came out by key; every notebook has a process and a folder of its own."""
    groups: dict[bool, list[Job]] = {}
    for job in jobs:
        # CadQuery takes seconds to import: notebooks without it do not wait for it.
        groups.setdefault(any(module in CAD.values() for module in job.imports), []).append(job)
    results: dict[str, Executed] = {}
    for heavy in sorted(groups):
        results |= _run_group(groups[heavy], root=root, parallel=parallel)
    return results


def problem_of(path: str, failure: Failure) -> Problem:
    """Return a failure as a problem in the author's notebook."""
    place = Place(path, cell=failure.number, line=failure.line)
    if failure.kind == "timeout":
        what, remedy = f"the cell ran {failure.message}", "look for a loop that never ends"
        return Problem(place, "NBK202", what, remedy)
    if failure.kind == "memory":
        what = f"the cell used too much memory ({failure.message})"
        return Problem(place, "NBK203", what, "make lists and numbers smaller")
    if failure.kind == "crashed":
        return Problem(place, "NBK201", failure.message, "find the call in this cell that ends Python")
    return Problem(place, "NBK201", failure.message, "run the notebook top to bottom and mend this cell")


def _run_group(jobs: list[Job], *, root: Path, parallel: int) -> dict[str, Executed]:
    imports = sorted({module for job in jobs for module in job.imports} | set(ALWAYS))
    with tempfile.TemporaryDirectory(prefix="makerwagen-") as scratch, _warm(imports, root) as process:
        requests = [_request(job, Path(scratch) / str(number)) for number, job in enumerate(jobs)]
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps({"jobs": requests, "parallel": parallel}) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            pass
        ready, results = False, dict[str, Executed]()
        for line in process.stdout:
            answer = json.loads(line)
            if answer.get("done"):
                return results
            if answer.get("ready"):
                ready = True
                continue
            failure = Failure(**answer["failure"]) if answer["failure"] else None
            results[answer["key"]] = Executed(answer["outputs"], failure)
    if not ready:
        raise MakerwagenError(f"the process that runs notebooks could not import {', '.join(imports)}; try: make setup")
    return results | _run_apart([job for job in jobs if job.key not in results], root=root)


def _run_apart(jobs: list[Job], *, root: Path) -> dict[str, Executed]:
    """Run the notebooks left over when one of them ended the process of all: each by itself shows which it was."""
    if len(jobs) == 1:
        ended = Failure(0, 0, "crashed", "a cell ended the process that runs all notebooks")
        return {jobs[0].key: Executed({}, ended)}
    results: dict[str, Executed] = {}
    for job in jobs:
        results |= _run_group([job], root=root, parallel=1)
    return results


@contextmanager
def _warm(imports: list[str], root: Path) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {
        "MAKERWAGEN_ROOT": str(root.resolve()),
        # Threads do not survive a fork, and hash order must not change pictures.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    command = [sys.executable, "-m", "makerwagen.notebooks.warm", *imports]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _request(job: Job, cwd: Path) -> dict[str, Any]:
    cwd.mkdir(parents=True)
    for name in LESSON_FOLDERS:
        if (job.folder / name).is_dir():
            shutil.copytree(job.folder / name, cwd / name, ignore=_links)
    code = (cell for cell in job.cells if cell.kind is CellKind.CODE)
    cells = [{"id": cell.id, "number": cell.number, "source": cell.source} for cell in code]
    return {"key": job.key, "cells": cells, "cwd": str(cwd), "timeout_s": job.timeout_s, "memory_mb": job.memory_mb}


def _links(folder: str, names: list[str]) -> list[str]:
    """Return the symbolic links among `names`: they may lead anywhere, and into folders without an end."""
    return [name for name in names if (Path(folder) / name).is_symlink()]
