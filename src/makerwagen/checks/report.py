"""Problems as text: for people, for GitHub's annotations, for programs."""

import json
from collections.abc import Callable, Sequence
from enum import StrEnum

from makerwagen.content.repository import Repository
from makerwagen.errors import MakerwagenError
from makerwagen.problems import Problem, Severity


class ReportFormat(StrEnum):
    """Who reads the report."""

    PLAIN = "plain"
    GITHUB = "github"
    JSON = "json"


def render(problems: Sequence[Problem], fmt: str = ReportFormat.PLAIN, checked: Repository | None = None) -> str:
    """Return the report without a line break at its end; `checked` lets the plain one say what was looked at."""
    if fmt not in RENDERERS:
        raise MakerwagenError(f"there is no format '{fmt}'; use one of {', '.join(RENDERERS)}")
    return RENDERERS[ReportFormat(fmt)](problems, checked)


def _plain(problems: Sequence[Problem], checked: Repository | None) -> str:
    return "\n".join([*(str(problem) for problem in problems), _summary(problems, checked)])


def _summary(problems: Sequence[Problem], checked: Repository | None) -> str:
    warnings = sum(problem.severity is Severity.WARNING for problem in problems)
    counts = ((len(problems) - warnings, "problem"), (warnings, "warning"))
    found = ", ".join(_count(number, word) for number, word in counts if number)
    if found:
        return found + (f" in {_count(len(checked.files), 'file')}" if checked else "")
    return f"ok: {_looked_at(checked)} checked" if checked else "ok"


def _looked_at(checked: Repository) -> str:
    contents = (
        (len(checked.lessons), "lesson"),
        (len(checked.modules), "module"),
        (len(checked.models), "model"),
        (len(checked.exercises), "exercise"),
        (len(checked.packs), "data pack"),
    )
    named = [_count(number, word) for number, word in contents if number]
    return ", ".join(named) or _count(len(checked.files), "file")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def _github(problems: Sequence[Problem], checked: Repository | None) -> str:
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    place = problem.place
    kind = "warning" if problem.severity is Severity.WARNING else "error"
    # A line in a cell is no line of the file: for notebooks the message says where.
    line = f",line={place.line}" if place.line and not place.cell else ""
    cell = f"cell {place.cell}{f':{place.line}' if place.line else ''}: " if place.cell else ""
    message = _escaped(f"{cell}{problem.what}; {problem.remedy}")
    return f"::{kind} file={_property(place.path)}{line},title={_property(problem.code)}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _json(problems: Sequence[Problem], checked: Repository | None) -> str:
    entries = [
        {
            "path": problem.place.path,
            "cell": problem.place.cell or None,
            "line": problem.place.line or None,
            "code": problem.code,
            "severity": problem.severity.value,
            "what": problem.what,
            "remedy": problem.remedy,
        }
        for problem in problems
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1)


RENDERERS: dict[ReportFormat, Callable[[Sequence[Problem], Repository | None], str]] = {
    ReportFormat.PLAIN: _plain,
    ReportFormat.GITHUB: _github,
    ReportFormat.JSON: _json,
}
