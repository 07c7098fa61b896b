"""The simulated Pico W of this repository, opened once."""

from pathlib import Path

import pytest

from makerwagen.boards.simulator import SimulatedBoard, open_board

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def pico() -> SimulatedBoard:
    return open_board(ROOT)
