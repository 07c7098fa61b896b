"""Runs a program on the simulated board: a process of its own, a virtual clock, limits, and what came of it.

Plain data in, plain data out: whoever only judges a program loads nothing that reads or checks content.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import makerwagen
from makerwagen.boards import launch
from makerwagen.boards.messages import RunError, explain
from makerwagen.boards.trace import Trace, read_events, read_trace
from makerwagen.errors import MakerwagenError

MAX_PRINTED = 20_000
LIBRARY = "lib"  # beside the simulator's modules
PACKAGES = Path(makerwagen.__file__).parents[1]


@dataclass(frozen=True)
class Limits:
    """What a program may use: real seconds, the board's heap, and memory and file sizes of its process."""

    wall_s: float = 4.0
    heap_kib: int = 512
    memory_mb: int = 256
    file_mb: int = 8


@dataclass(frozen=True)
class Run:
    """What a program did: what it printed, what its pins did, and why it stopped, if an error stopped it.

    `events` is the trace as the board wrote it; `lacking` names what this system's sandbox is without.
    """

    source: str = ""
    printed: str = ""
    trace: Trace = field(default_factory=Trace)
    error: RunError | None = None
    events: tuple[list[Any], ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Say whether the program ran without an error."""
        return bool(self.source) and self.error is None


def run_config(config: Mapping[str, Any], modules: Path, limits: Limits | None = None) -> Run:
    """Run the program in `config` with the simulator's `modules`; the same config gives the same run."""
    limits, source = limits or Limits(), str(config["source"])
    with contextlib.ExitStack() as files:
        question, printed, traced, complaints = (files.enter_context(tempfile.TemporaryFile()) for _ in range(4))
        question.write(json.dumps(config).encode())
        question.seek(0)
        process = subprocess.Popen(
            _command(modules, traced.fileno(), limits),
            stdin=question,
            stdout=printed,
            stderr=complaints,
            env={},
            pass_fds=(traced.fileno(),),
            start_new_session=True,
        )
        stuck = not _finished(process, limits.wall_s)
        events = read_events(_text(traced))
        said = _text(complaints)
        if launch.LACKS not in said:
            raise MakerwagenError(f"MicroPython does not start here: {said.strip().splitlines()[-1:]}")
        lacking = said.partition(launch.LACKS)[2].partition("\n")[0].split()
        error = _error(events, source, "KeyboardInterrupt" if stuck else _died(process.returncode))
        text = _text(printed)[:MAX_PRINTED]
    return Run(source, text, read_trace(events), error, tuple(events), tuple(lacking))


def _command(modules: Path, trace: int, limits: Limits) -> list[str]:
    places = [_port().parent, PACKAGES, modules, modules.parent / LIBRARY]
    sizes = [limits.heap_kib, limits.memory_mb * 1_000_000, limits.file_mb * 1_000_000, int(limits.wall_s) + 2]
    return [sys.executable, "-I", "-S", launch.__file__, *map(str, places), str(trace), *map(str, sizes)]


def _port() -> Path:
    from importlib.util import find_spec

    found = find_spec("micropython_unix")
    if found is None or found.origin is None:
        raise MakerwagenError("MicroPython is not installed; try: pip install 'makerwagen[lab]' (Linux only)")
    return Path(found.origin)


def _finished(process: subprocess.Popen[bytes], wall_s: float) -> bool:
    """Wait for the program; interrupt it when it takes too long, so that it can tell its line, then kill all of it."""
    in_time = True
    try:
        process.wait(wall_s)
    except subprocess.TimeoutExpired:
        in_time = False
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.3)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return in_time


def _died(code: int) -> str:
    """Return what ended a process that could not tell it itself."""
    return {-signal.SIGXFSZ: "TooMuchPrinted", -signal.SIGXCPU: "KeyboardInterrupt"}.get(code, "MemoryError")


def _error(events: list[list[Any]], source: str, untold: str) -> RunError | None:
    kinds = [event[0] for event in events]
    if "end" in kinds:
        return None
    if "error" in kinds:
        _, _, kind, text, line = next(event for event in events if event[0] == "error")
        return explain(kind, text, line=line, source=source)
    return explain(untold, "", line=0, source=source)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", errors="replace")
