"""The simulated board: a board's description and what is wired to it become the config that a run takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from makerwagen.boards.devices import Device, Input
from makerwagen.boards.known import SIMULATOR, USUAL, read_board
from makerwagen.boards.run import MAX_PRINTED, Limits, Run, run_config
from makerwagen.content.exercise import Board, Pin
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError

__all__ = ["MAX_PRINTED", "Limits", "Run", "SimulatedBoard", "board_config", "open_board"]
BROKER = "mqtt"  # inputs of this name are messages: control is the topic


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
        config = board_config(self.board, devices, inputs) | {"end_us": _us(seconds), "seed": seed, "source": source}
        return run_config(config, self.modules, limits)


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


def _us(seconds: float) -> int:
    return round(seconds * 1_000_000)
