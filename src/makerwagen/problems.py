"""What a check reports: where, which rule, what is wrong, and what to do."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs; warnings do not change the exit code."""

    PROBLEM = "problem"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a content file: path relative to the repository, line, and the notebook's cell (both from 1)."""

    path: str
    cell: int = 0
    line: int = 0

    def __str__(self) -> str:
        """Return `path`, `path:line`, `path:cell 4` or `path:cell 4:2`."""
        cell = f":cell {self.cell}" if self.cell else ""
        line = f":{self.line}" if self.line else ""
        return f"{self.path}{cell}{line}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in the content, with what to do about it."""

    place: Place
    code: str
    what: str
    remedy: str
    severity: Severity = Severity.PROBLEM

    def __str__(self) -> str:
        """Return the line that authors see."""
        kind = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.place}: {kind}{self.code} {self.what}; {self.remedy}"

    def as_warning(self) -> "Problem":
        """Return the same problem as a warning, as in a draft."""
        return replace(self, severity=Severity.WARNING)
