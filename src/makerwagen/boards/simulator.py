"""Runs a program on the simulated board: a process of its own, a virtual clock, limits, and what came of it."""

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from makerwagen.boards.known import SIMULATOR, USUAL, read_board
from makerwagen.boards.messages import RunError, explain
from makerwagen.boards.trace import Trace, read_events, read_trace
from makerwagen.content.exercise import Board
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError

# The real port, without the start of a whole Python environment around it.
LAUNCH = (
    "import sys; sys.path.append(sys.argv.pop(1)); sys.argv[0] = 'micropython'; "
    "from micropython_unix import main; sys.exit(main())"
)
PROGRAM = "main.py"
# On this port programs call the small light on the board itself Pin("LED").
LED_PORT = "rp2"
MAX_PRINTED = 20_000
CLONE_NEWUSER, CLONE_NEWNET, PR_SET_PDEATHSIG = 0x10000000, 0x40000000, 1
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Press:
    """A button held down from one second to another; it joins its pin with `level` (0 = GND)."""

    pin: str
    from_s: float
    to_s: float
    level: int = 0


@dataclass(frozen=True)
class Limits:
    """What a program may use: real seconds, the board's heap, and memory and file sizes of its process."""

    wall_s: float = 4.0
    heap_kib: int = 512
    memory_mb: int = 256
    file_mb: int = 4


@dataclass(frozen=True)
class Run:
    """What a program did: what it printed, what its pins did, and why it stopped, if an error stopped it."""

    source: str = ""
    printed: str = ""
    trace: Trace = field(default_factory=Trace)
    error: RunError | None = None

    @property
    def ok(self) -> bool:
        """Say whether the program ran without an error."""
        return bool(self.source) and self.error is None


@dataclass(frozen=True)
class SimulatedBoard:
    """A board's description and the folder with the MicroPython modules that play it."""

    board: Board
    modules: Path

    def run(
        self, source: str, *, seconds: float = 10.0, presses: Sequence[Press] = (), limits: Limits | None = None
    ) -> Run:
        """Run `source` for at most `seconds` of the board's time."""
        limits = limits or Limits()
        with tempfile.TemporaryDirectory(prefix="makerwagen-board-") as folder:
            control, desk = Path(folder, "control"), Path(folder, "desk")
            control.mkdir()
            desk.mkdir()
            (desk / PROGRAM).write_text(source, encoding="utf-8")
            config = control / "config.json"
            config.write_text(json.dumps(self._config(control / "trace", seconds, presses)), encoding="utf-8")
            process = self._start(control, desk, limits)
            stuck = not _finished(process, limits.wall_s)
            events = read_events(_text(control / "trace"))
            printed = _text(control / "printed")[:MAX_PRINTED]
        return Run(source, printed, read_trace(events), _error(events, source, stuck))

    def _config(self, trace: Path, seconds: float, presses: Sequence[Press]) -> dict[str, Any]:
        inputs: list[tuple[int, str, int | None]] = []
        for press in presses:
            inputs += [(_us(press.from_s), press.pin, press.level), (_us(press.to_s), press.pin, None)]
        pins = {pin.name: text_in(pin.reserved, "de") if pin.reserved else "" for pin in self.board.pins}
        if self.board.port == LED_PORT:
            pins["LED"] = ""
        return {
            "title": text_in(self.board.title, "de"),
            "pins": pins,
            "end_us": _us(seconds),
            "inputs": sorted(inputs, key=lambda entry: entry[0]),
            "trace": str(trace),
        }

    def _start(self, control: Path, desk: Path, limits: Limits) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-S", "-c", LAUNCH, str(_port().parent), "-X", f"heapsize={limits.heap_kib}K"]
        command += [str(self.modules / "start.py"), str(control / "config.json"), PROGRAM]
        with (control / "printed").open("wb") as printed:
            return subprocess.Popen(
                command,
                cwd=desk,
                env={"MICROPYPATH": f"{self.modules}:.frozen", "HOME": str(desk), "PATH": ""},
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=lambda: _shut_in(limits),
            )


def open_board(root: Path, name: str = USUAL) -> SimulatedBoard:
    """Return the simulated board called `name` of the repository at `root`."""
    return SimulatedBoard(read_board(root, name), (root / SIMULATOR).resolve())


def _port() -> Path:
    from importlib.util import find_spec

    found = find_spec("micropython_unix")
    if found is None or found.origin is None:
        raise MakerwagenError("MicroPython is not installed; try: pip install 'makerwagen[lab]' (Linux only)")
    return Path(found.origin)


def _shut_in(limits: Limits) -> None:
    """Set the new process's limits; it has no network where the system allows that, and dies with its parent."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    seconds = int(limits.wall_s) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    for what, megabytes in ((resource.RLIMIT_AS, limits.memory_mb), (resource.RLIMIT_FSIZE, limits.file_mb)):
        _, hard = resource.getrlimit(what)
        most = megabytes * 1_000_000 if hard == resource.RLIM_INFINITY else min(megabytes * 1_000_000, hard)
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if LIBC.unshare(CLONE_NEWNET) != 0:
        LIBC.unshare(CLONE_NEWUSER | CLONE_NEWNET)


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


def _error(events: list[list[Any]], source: str, stuck: bool) -> RunError | None:
    kinds = [event[0] for event in events]
    if "end" in kinds:
        return None
    if "error" in kinds:
        _, _, kind, text, line = next(event for event in events if event[0] == "error")
        return explain(kind, text, line=line, source=source)
    return explain("KeyboardInterrupt" if stuck else "MemoryError", "", line=0, source=source)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def _us(seconds: float) -> int:
    return round(seconds * 1_000_000)
