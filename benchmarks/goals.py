"""The goals, and whether the figures reach them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.questions import BOOK, NBCLIENT, NBCONVERT, OUR_SITE, OURS

Tasks = Mapping[str, Mapping]
ALONE = "1 at a time"


@dataclass(frozen=True)
class Goal:
    """What is wanted; `found` returns the figure, or None when it was not measured."""

    text: str
    found: Callable[[Tasks], float | None]
    reached: Callable[[float], bool]
    unit: str


def median(tasks: Tasks, task: str, who: str, key: str = "wall_s") -> float | None:
    """Return a median, or None when it was not measured or the contender failed."""
    row = next((row for row in tasks.get(task, {}).get("rows", ()) if row["who"] == who), None)
    return row[key]["median"] if row and key in row and not row["failed"] else None


def times(task: str, ours: str, theirs: str, key: str = "wall_s") -> Callable[[Tasks], float | None]:
    """Return a function that says how many times as much the other tool needs."""

    def found(tasks: Tasks) -> float | None:
        own, other = median(tasks, task, ours, key), median(tasks, task, theirs, key)
        return other / own if own and other else None

    return found


def seconds(task: str) -> Callable[[Tasks], float | None]:
    """Return a function that says our wall seconds."""
    return lambda tasks: median(tasks, task, OURS)


def slowest(task: str) -> Callable[[Tasks], float | None]:
    """Return a function that says the wall seconds of the slowest row; None when any was not measured or failed."""

    def found(tasks: Tasks) -> float | None:
        rows = tasks.get(task, {}).get("rows", ())
        medians = [median(tasks, task, row["who"]) for row in rows]
        return None if not medians or None in medians else max(value for value in medians if value is not None)

    return found


def faster(text: str, factor: float, found: Callable[[Tasks], float | None]) -> Goal:
    """Return a goal that asks for a factor."""
    return Goal(text, found, lambda value: value >= factor, "×")


def within(text: str, limit_s: float, task: str) -> Goal:
    """Return a goal that asks for wall seconds."""
    return Goal(text, seconds(task), lambda value: value <= limit_s, "s")


def one(who: str) -> str:
    """Return the contender's row that runs one notebook after the other."""
    return f"{who}, {ALONE}"


def worst(task: str, key: str) -> Callable[[Tasks], float | None]:
    """Return a function that says the largest figure in a column of a table."""
    return lambda tasks: max((float(row[key]) for row in tasks.get(task, {}).get("table", ())), default=None)


def failures(tasks: Tasks) -> float | None:
    """Return how many parts of the sweep failed."""
    rows = tasks.get("models-sweep", {}).get("table", ())
    return float(sum(row["unsound"] + row["broken"] for row in rows)) if rows else None


GOALS = (
    faster("20 lessons run ≥ 30× faster than with a kernel each", 30, times("execute-plain", one(OURS), one(NBCLIENT))),
    faster("10 CadQuery lessons run ≥ 10× faster", 10, times("execute-cad", one(OURS), one(NBCLIENT))),
    within("`check` of 100 lessons ≤ 1 s", 1, "check-100"),
    Goal(
        "website of 100 lessons from nothing with less CPU than jupyter-book 1",
        times("site-cold", OUR_SITE, BOOK, "cpu_s"),
        lambda value: value > 1,
        "× the CPU",
    ),
    within("`build` with nothing changed ≤ 1 s", 1, "site-unchanged"),
    within("one sentence changed among 100 lessons: page and sheets ≤ 2 s", 2, "site-text"),
    within("one line of code changed among 100 lessons: page and sheets ≤ 2 s", 2, "site-code"),
    within("20 sheets of two pages ≤ 3 s", 3, "sheets"),
    Goal(
        "a program of any exercise is judged in ≤ 0.3 s, start included", slowest("judge-one"), lambda v: v <= 0.3, "s"
    ),
    Goal("30 seats judged at once on 2 cores in ≤ 5 s", slowest("judge-seats"), lambda v: v <= 5, "s"),
    faster("20 sheets ≥ 20× faster than nbconvert and a browser", 20, times("sheets", OURS, NBCONVERT)),
    Goal(
        "a slider moved in the lab: new picture of every model ≤ 150 ms (p95)",
        worst("models-in-lab", "p95 ms"),
        lambda value: value <= 150,
        "ms",
    ),
    Goal(
        "exact part of every model ≤ 1 s (slowest)",
        worst("models-in-lab", "exact max ms"),
        lambda value: value <= 1000,
        "ms",
    ),
    Goal("no model broken or unsound anywhere", failures, lambda value: value == 0, "parts"),
    within("20 seats prepared ≤ 5 s", 5, "seats"),
    Goal("50 stations × 1 reading/s × 10 min: none lost", worst("sensors", "lost"), lambda value: value == 0, "lost"),
    Goal(
        "… and the wagon's memory grows by ≤ 8 MB",
        worst("sensors", "wagon growth MB"),
        lambda value: value <= 8,
        "MB",
    ),
)


def judged(tasks: Tasks) -> list[tuple[str, str, str]]:
    """Return text, figure and verdict of every goal."""
    rows = []
    for goal in GOALS:
        value = goal.found(tasks)
        verdict = "not measured yet" if value is None else "reached" if goal.reached(value) else "not reached"
        rows.append((goal.text, "–" if value is None else f"{value:.2f} {goal.unit}", verdict))
    return rows
