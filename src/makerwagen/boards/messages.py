"""MicroPython's errors and the board's notes in a child's German; the words themselves are in portable/."""

from dataclasses import dataclass

from makerwagen.boards.portable import explain as portable
from makerwagen.boards.portable.notes import NOTES

__all__ = ["NOTES", "RunError", "explain"]


@dataclass(frozen=True)
class RunError:
    """Why a program stopped: MicroPython's type and text, the line (0 = unknown), and a German message."""

    kind: str
    line: int
    technical: str
    message: str

    @property
    def said(self) -> str:
        """Return the message with its line in front."""
        return f"Zeile {self.line}: {self.message}" if self.line else self.message


def explain(kind: str, text: str, *, line: int, source: str) -> RunError:
    """Return the error with a message for the child whose program is `source`."""
    line, message = portable.explain(kind, text, line, source)
    return RunError(kind, line, portable.technical(kind, text), message)
