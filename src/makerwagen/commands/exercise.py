"""The sub-commands `makerwagen exercise list|check`."""

import argparse
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from makerwagen.boards.prepared import Prepared, open_prepared
from makerwagen.boards.program_file import read_program
from makerwagen.boards.verdict import Verdict, verdict_on
from makerwagen.errors import MakerwagenError

if TYPE_CHECKING:  # a judgement is to be quick: what reads content is loaded where it is needed
    from makerwagen.content.exercise import Exercise

PASSED, NOT_YET, COULD_NOT_RUN = 0, 1, 2


@dataclass(frozen=True)
class Result:
    """A file and its verdict, or why it could not be judged."""

    file: Path
    verdict: Verdict | None = None
    error: str = ""

    def said(self, rung: int) -> str:
        """Return what to print."""
        return self.verdict.said(rung) if self.verdict else f"error: {self.error}"

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return {"file": str(self.file), "error": self.error, **(asdict(self.verdict) if self.verdict else {})}


def run_exercise(options: argparse.Namespace, root: Path) -> int:
    """Do what was asked for."""
    if options.task == "list":
        from makerwagen.boards.exercises import read_exercise, slugs_in

        print(listing({slug: read_exercise(root, slug) for slug in slugs_in(root)}, as_json=options.json))
        return PASSED
    exercise = open_prepared(root, options.slug)
    results = _side_by_side(lambda path: judged(path, exercise), options.files)
    if options.json:
        found = {"exercise": options.slug, "results": [result.as_json() for result in results]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    elif len(results) == 1 and results[0].error:
        raise MakerwagenError(results[0].error)
    else:
        print("\n\n".join(_titled(result, options.hint, len(results)) for result in results))
    if any(result.error for result in results):
        return COULD_NOT_RUN
    return PASSED if all(result.verdict and result.verdict.passed for result in results) else NOT_YET


def _side_by_side(judge: Callable[[Path], Result], files: Iterable[Path]) -> list[Result]:
    first, *others = files
    if not others:
        return [judge(first)]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(judge, [first, *others]))


def judged(path: Path, exercise: Prepared) -> Result:
    """Return the verdict on one file; a file that cannot be judged never hides another."""
    try:
        source = read_program(path)
        found, _ = verdict_on(source, exercise.scenario, config=exercise.config, modules=exercise.modules)
        return Result(path, found)
    except MakerwagenError as error:
        return Result(path, error=str(error))


def listing(exercises: "dict[str, Exercise]", *, as_json: bool) -> str:
    """Return one line per exercise, or JSON."""
    from makerwagen.content.typed import text_in

    if not as_json:
        widest = max((len(slug) for slug in exercises), default=0)
        return "\n".join(
            f"{slug:{widest}}  {_grades(each):8}  {text_in(each.title, 'de')}" for slug, each in exercises.items()
        )
    found = [
        {"slug": slug, "title": each.title, "board": each.board, "grades": each.grades, "skills": each.skills}
        for slug, each in exercises.items()
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _grades(exercise: "Exercise") -> str:
    grades = exercise.grades
    return f"{min(grades)} bis {max(grades)}" if grades else ""


def _titled(result: Result, rung: int, count: int) -> str:
    return result.said(rung) if count == 1 else f"{result.file}\n{result.said(rung)}"
