"""Judges a program: runs it on the simulated board until its scenario is settled, and asks the portable judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from makerwagen.boards.devices import Device, Input
from makerwagen.boards.portable.judge import judge as judge_events
from makerwagen.boards.portable.judge import most_runs, schedule, spoken
from makerwagen.boards.scenario import for_judge
from makerwagen.boards.simulator import Limits, Run, SimulatedBoard
from makerwagen.content.scenario import Scenario

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


def judge(
    source: str,
    scenario: Scenario,
    *,
    on: SimulatedBoard,
    devices: Sequence[Device] = (),
    limits: Limits | None = None,
) -> Verdict:
    """Run `source` on the board through the scenario and return the verdict on its first failing step."""
    return judged_run(source, scenario, on=on, devices=devices, limits=limits)[0]


def judged_run(
    source: str,
    scenario: Scenario,
    *,
    on: SimulatedBoard,
    devices: Sequence[Device] = (),
    limits: Limits | None = None,
) -> tuple[Verdict, Run]:
    """Return the verdict together with the run it was given on."""
    plain = for_judge(scenario, devices)
    inputs = schedule(plain, None, []) or []
    for _ in range(most_runs(plain)):
        given = [Input(at / US, device, control, value) for at, device, control, value in inputs]
        run = on.run(source, devices=devices, inputs=given, seconds=scenario.seconds, seed=scenario.seed, limits=limits)
        events = events_of(run)
        again = schedule(plain, events, inputs)
        if again is None:
            break
        inputs = again
    found = judge_events(plain, events, source)
    return Verdict(**found | {"hints": tuple(found["hints"])}), run


def events_of(run: Run) -> list[list[Any]]:
    """Return a run's events; why it was stopped from outside is one too, though the board could not write it."""
    events = list(run.events)
    if run.error and not any(event[0] == "error" for event in events):
        end_us = max((event[1] for event in events), default=0)
        events.append(["error", end_us, run.error.kind, "", run.error.line])
    return events
