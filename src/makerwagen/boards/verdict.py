"""Judges a program on plain data: runs it until its scenario is settled, and asks the portable judge."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from makerwagen.boards.portable.judge import judge, most_runs, schedule, spoken
from makerwagen.boards.run import Limits, Run, run_config

US = 1_000_000


@dataclass(frozen=True)
class Verdict:
    """Whether a program passed; if not: the line to look at (0 = none), what was expected, what happened, hints.

    With `about`, the line is only where that name comes from; `where` says both as a sentence. `hints` tell more from
    one to the next, `technical` is what MicroPython itself said of an error, `step` the number of the step that failed
    (from 0; -1 = none).
    """

    passed: bool
    line: int = 0
    about: str = ""
    where: str = ""
    expected: str = ""
    happened: str = ""
    hint_id: str = ""
    hint: str = ""
    hints: tuple[str, ...] = ()
    technical: str = ""
    step: int = -1

    def __str__(self) -> str:
        """Return the verdict as a child reads it."""
        return self.said()

    def said(self, rung: int = 1) -> str:
        """Return the verdict as a child reads it, with the hint of that rung (1 to 3) of the ladder."""
        return spoken(vars(self), rung)


def verdict_on(
    source: str,
    scenario: dict[str, Any],
    *,
    config: Mapping[str, Any],
    modules: Path,
    limits: Limits | None = None,
) -> tuple[Verdict, Run]:
    """Return the verdict on `source` by a scenario as `for_judge` makes it, together with the run it was given on."""
    whole = {**config, "source": source, "end_us": round(scenario["seconds"] * US), "seed": scenario["seed"]}
    inputs = schedule(scenario, None, []) or []
    for _ in range(most_runs(scenario)):
        run = run_config({**whole, "inputs": inputs}, modules, limits)
        events = events_of(run)
        again = schedule(scenario, events, inputs)
        if again is None:
            break
        inputs = again
    found = judge(scenario, events, source)
    return Verdict(**found | {"hints": tuple(found["hints"])}), run


def events_of(run: Run) -> list[list[Any]]:
    """Return a run's events; why it was stopped from outside is one too, though the board could not write it."""
    events = list(run.events)
    if run.error and not any(event[0] == "error" for event in events):
        end_us = max((event[1] for event in events), default=0)
        events.append(["error", end_us, run.error.kind, "", run.error.line])
    return events
