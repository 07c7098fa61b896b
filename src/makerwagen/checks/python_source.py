"""Python text to its syntax tree, or to the line where it goes wrong."""

import ast
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Wrong:
    """Where Python stops understanding a program, and its words for it."""

    line: int
    message: str


@lru_cache(maxsize=20_000)
def tree_of(source: str) -> ast.Module | Wrong:
    """Return the syntax tree of a program, or what is wrong with it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a child's text is no business of the person at the terminal
            return ast.parse(source)
    except SyntaxError as error:
        return Wrong(error.lineno or 1, error.msg)
    except (ValueError, RecursionError, MemoryError) as error:
        return Wrong(1, str(error) or "nested too deeply")


def tree_of_file(path: Path) -> ast.Module | Wrong:
    """Return the syntax tree of a program in a file, or what is wrong with it."""
    try:
        return tree_of(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return Wrong(1, "not UTF-8 text")
