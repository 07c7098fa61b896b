"""Runs a program on the simulated board: a process of its own, a virtual clock, limits, and what came of it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import makerwagen
from makerwagen.boards import launch
from makerwagen.boards.devices import Device, Input
from makerwagen.boards.known import LIBRARY, SIMULATOR, USUAL, read_board
from makerwagen.boards.messages import RunError, explain
from makerwagen.boards.trace import Trace, read_events, read_trace
from makerwagen.content.exercise import Board, Pin
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError

MAX_PRINTED = 20_000
BROKER = "mqtt"  # inputs of this name are messages: control is the topic
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


@dataclass(frozen=True)
class SimulatedBoard:
    """A board's description and the folder with the MicroPython modules that play it."""

    board: Board
    modules: Path

    def run(  # noqa: PLR0913, the contract of all who run programs
        self,
        source: str,
        *,
        devices: Sequence[Device] = (),
        inputs: Sequence[Input] = (),
        seconds: float = 10.0,
        seed: int = 0,
        limits: Limits | None = None,
    ) -> Run:
        """Run `source` for at most `seconds` of the board's time; the same arguments give the same run."""
        limits = limits or Limits()
        config = board_config(self.board, devices, inputs) | {"end_us": _us(seconds), "seed": seed, "source": source}
        with contextlib.ExitStack() as files:
            question, printed, traced, complaints = (files.enter_context(tempfile.TemporaryFile()) for _ in range(4))
            question.write(json.dumps(config).encode())
            question.seek(0)
            command = self._command(traced.fileno(), limits)
            process = subprocess.Popen(
                command,
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

    def _command(self, trace: int, limits: Limits) -> list[str]:
        places = [_port().parent, PACKAGES, self.modules, self.modules.parent / LIBRARY.name]
        sizes = [limits.heap_kib, limits.memory_mb * 1_000_000, limits.file_mb * 1_000_000, int(limits.wall_s) + 2]
        return [sys.executable, "-I", "-S", launch.__file__, *map(str, places), str(trace), *map(str, sizes)]


def open_board(root: Path, name: str = USUAL) -> SimulatedBoard:
    """Return the simulated board called `name` of the repository at `root`."""
    return SimulatedBoard(read_board(root, name), (root / SIMULATOR).resolve())


def board_config(board: Board, devices: Sequence[Device], inputs: Sequence[Input]) -> dict[str, Any]:
    """Return what microcontroller/simulator needs to know of the board, what is wired to it, and what happens."""
    known = {device.id for device in devices} | {pin.name for pin in board.pins} | {BROKER}
    if unknown := sorted({each.device for each in inputs} - known):
        raise MakerwagenError(f"„{unknown[0]}“ ist kein Teil und kein Pin: {text_in(board.title, 'de')}.")
    pins = {pin.name: _pin_config(pin) for pin in board.pins}
    if board.led and board.led not in pins:
        pins[board.led] = _pin_config(Pin(name=board.led, number=-1))
    return {
        "board": {
            "title": text_in(board.title, "de"),
            "port": board.port,
            "volts": board.volts,
            "led": board.led,
            "adc_bits": board.adc_bits,
            "free_buses": board.free_buses,
            "pins": pins,
        },
        "devices": [device.config() for device in devices],
        "inputs": [
            [_us(each.at_s), each.device, each.control, each.value] for each in sorted(inputs, key=lambda i: i.at_s)
        ],
    }


def _pin_config(pin: Pin) -> dict[str, Any]:
    return {
        "number": pin.number,
        "adc": pin.adc,
        "input_only": pin.input_only,
        "buses": list(pin.buses),
        "strapping": pin.caution is not None,
        "reserved": text_in(pin.reserved, "de") if pin.reserved else "",
    }


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


def _us(seconds: float) -> int:
    return round(seconds * 1_000_000)
