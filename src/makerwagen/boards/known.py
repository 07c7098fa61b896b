"""Finds a board's description and the simulator's MicroPython modules in the repository; reads one file of content."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from makerwagen.content.exercise import Board
from makerwagen.content.typed import Located
from makerwagen.errors import MakerwagenError

BOARDS = Path("microcontroller/boards")
SIMULATOR = Path("microcontroller/simulator")
LIBRARY = Path("microcontroller/lib")
USUAL = "pico-w"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
L = TypeVar("L", bound=Located)


def read_board(root: Path, name: str = USUAL) -> Board:
    """Return the board called `name`; raise MakerwagenError naming the boards there are."""
    path = root / BOARDS / f"{name}.yml"
    if not path.is_file():
        known = ", ".join(sorted(found.stem for found in (root / BOARDS).glob("*.yml"))) or "none"
        raise MakerwagenError(f"board '{name}' is not described in {BOARDS}; known: {known}")
    return read_content(path, Board)


def read_content(path: Path, kind: type[L]) -> L:
    """Return the content of a YAML file; raise MakerwagenError when it cannot be used."""
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 (a safe loader, in C)
        return kind.model_validate(data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise MakerwagenError(f"{path} cannot be used; try: makerwagen check") from error
