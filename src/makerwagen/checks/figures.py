"""The rule about fences in cells that stand for a figure made from an exercise."""

import re
from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.content.figure import BEGINS, FIGURE
from makerwagen.content.notebook import CellKind
from makerwagen.content.repository import Repository
from makerwagen.problems import Problem

FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*(\S.*)$")
HOW = "write ```wiring SLUG, ```wiring SLUG picture, ```wiring SLUG list, ```circuit SLUG or ```parts SLUG"


def figures_name_an_exercise(repository: Repository) -> Iterator[Problem]:
    """MCU118: a fence for a wiring, a circuit diagram or a list of parts names an exercise that exists.

    Why: The picture is made from its exercise.yml; without it the sheet would have a hole.
    Bad:
        ```wiring pedestrain-light
        ```
    Good:
        ```wiring pedestrian-light
        ```
    """
    for lesson in repository.lessons.values():
        for notebook in lesson.notebooks.values():
            for cell in notebook.of_kind(CellKind.MARKDOWN):
                for line, info in _infos(cell.source):
                    found = FIGURE.match(info)
                    if found is None:
                        yield Problem(notebook.at(cell, line), "MCU118", f"'{info}' cannot be read", HOW)
                    elif (slug := found[2]) not in repository.exercises and not _is_broken(repository, slug):
                        remedy = did_you_mean(slug, repository.exercises, "see microcontroller/exercises")
                        yield Problem(notebook.at(cell, line), "MCU118", f"there is no exercise '{slug}'", remedy)


def _infos(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and words of the fences that begin like a figure."""
    if "```" not in source and "~~~" not in source:
        return
    for number, line in enumerate(source.split("\n"), 1):
        if (found := FENCE.match(line)) and BEGINS.match(info := found[1].strip()):
            yield number, info


def _is_broken(repository: Repository, slug: str) -> bool:
    return f"microcontroller/exercises/{slug}/exercise.yml" in repository.broken
