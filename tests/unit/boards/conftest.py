"""The simulated boards of this repository, opened once, and how parts are wired to them."""

from pathlib import Path

import pytest
import yaml

from makerwagen.boards.devices import Device
from makerwagen.boards.simulator import SimulatedBoard, open_board
from makerwagen.content.part import Parts

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def pico() -> SimulatedBoard:
    return open_board(ROOT)


@pytest.fixture(scope="session")
def esp32() -> SimulatedBoard:
    return open_board(ROOT, "esp32")


@pytest.fixture(scope="session")
def wired():
    """Return a function that wires a part of microcontroller/parts.yml: wired("servo", "GP15")."""
    path = ROOT / "microcontroller/parts.yml"
    parts = Parts.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))

    def wire(part, *pins, id="", **more):
        found = parts.get(part)
        names = [terminal.name for terminal in found.terminals]
        return Device(id or part, found, dict(zip(names, pins, strict=True)), part, **more)

    return wire
