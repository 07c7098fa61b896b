"""Walks through a scenario's steps: where its clock stands at each, and which inputs follow from what the board did."""

from .finding import FINDERS
from .recording import Recording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Scenario = dict[str, Any]
    Step = dict[str, Any]
    Event = list[Any]
    Input = list[Any]

# What reacts to something comes a little later than it, as cause and effect do.
REACTION_US = 1000
# A first guess looks past steps that can only be met at once; at longer ones it must wait for the run.
AT_ONCE_S = 0.5
HEARING = ("expect-text", "expect-message")


def us_of(seconds: float) -> int:
    """Return seconds as whole microseconds."""
    return int(seconds * 1000000 + 0.5)


class Clock:
    """Stands at the moment a scenario has reached.

    `wait` moves it on, and so does whatever is expected: to the moment at which it happened. Texts and messages may
    have come since the last control was moved to another place than its usual one: whoever presses a button and lets
    go again still hears the answer to the press.
    """

    def __init__(self) -> None:
        """Start at 0."""
        self.now = 0
        self.listening = 0
        self.caused = False

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += us_of(seconds)
        self.caused = False

    def move(self, step: "Step") -> "Input":
        """Return the input that moves a control now."""
        at = self.now + REACTION_US if self.caused else self.now
        if step["value"] != step["usual"]:
            self.listening = at
        return [at, step["part"], step["control"], step["value"]]

    def span(self, step: "Step") -> "tuple[int, int]":
        """Return from when to when something expected may happen."""
        since = self.listening if step["kind"] in HEARING else self.now
        return since, self.now + us_of(step["within"])

    def met(self, step: "Step", moment: int) -> None:
        """Go to the moment at which something expected happened."""
        if step["kind"] in HEARING:
            self.listening = moment + 1
        if moment >= self.now:
            self.caused = moment > self.now
            self.now = moment


def schedule(scenario: "Scenario", events: "list[Event] | None", inputs: "list[Input]") -> "list[Input] | None":
    """Return the inputs with which to run the program again, or None when this run may be judged.

    A scenario can press a button 0.4 s after a light goes on, although nobody knows before the run when that will be.
    Runs are deterministic: the same program with the same inputs until a moment does the same until that moment. So:

        inputs = schedule(scenario, None, [])          # what is known before the first run
        events = run(program, inputs)
        again = schedule(scenario, events, inputs)
        while again is not None:                       # at most as often as there are controls to set
            inputs = again
            events = run(program, inputs)
            again = schedule(scenario, events, inputs)
        verdict = judge(scenario, events, source)

    `run` takes `scenario["seconds"]` and `scenario["seed"]`; inputs are [us, device, control, value], sorted. Stop
    after `most_runs(scenario)` runs in any case and judge the last one.
    """
    wanted, horizon = _inputs(scenario, events)
    if events is None:
        return wanted
    return None if _until(wanted, horizon) == _until(inputs, horizon) else wanted


def most_runs(scenario: "Scenario") -> int:
    """Return after how many runs a schedule is settled at the latest."""
    return 2 + len([step for step in scenario["steps"] if step["kind"] == "set-control"])


def _inputs(scenario: "Scenario", events: "list[Event] | None") -> "tuple[list[Input], int]":
    """Return the inputs that follow from a run (None: a guess), and the moment after which they no longer matter."""
    end_us = us_of(scenario["seconds"])
    recording = None if events is None else Recording(events, end_us)
    clock, inputs = Clock(), []
    for step in scenario["steps"]:
        kind = step["kind"]
        if kind == "wait":
            clock.wait(step["seconds"])
        elif kind == "set-control":
            inputs.append(clock.move(step))
        elif kind in FINDERS:
            if recording is None:
                if step["within"] > AT_ONCE_S:
                    return inputs, clock.now
                continue
            span = clock.span(step)
            moment = FINDERS[kind](recording, step, span)
            if moment is None:
                return inputs, span[1]
            clock.met(step, moment)
    return inputs, end_us


def _until(inputs: "list[Input]", horizon: int) -> "list[Input]":
    # Values as floats: JSON gives back 1 where True or 1.0 went in.
    return [[us, device, control, float(value)] for us, device, control, value in inputs if us <= horizon]
