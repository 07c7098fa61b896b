"""Finds a board's description and the simulator's MicroPython modules in the repository."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from makerwagen.content.exercise import Board
from makerwagen.errors import MakerwagenError

BOARDS = Path("microcontroller/boards")
SIMULATOR = Path("microcontroller/simulator")
LIBRARY = Path("microcontroller/lib")
USUAL = "pico-w"


def read_board(root: Path, name: str = USUAL) -> Board:
    """Return the board called `name`; raise MakerwagenError naming the boards there are."""
    path = root / BOARDS / f"{name}.yml"
    if not path.is_file():
        known = ", ".join(sorted(found.stem for found in (root / BOARDS).glob("*.yml"))) or "none"
        raise MakerwagenError(f"board '{name}' is not described in {BOARDS}; known: {known}")
    try:
        return Board.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise MakerwagenError(f"{BOARDS}/{name}.yml cannot be used; try: makerwagen check") from error
