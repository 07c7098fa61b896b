"""Judges a program: whether the board does in a scenario what it should, and what helps if not."""

from dataclasses import dataclass

from makerwagen.boards.messages import NOTES
from makerwagen.boards.scenario import ExpectPin, NeverTogether, Scenario
from makerwagen.boards.simulator import Limits, Run, SimulatedBoard
from makerwagen.boards.timeline import german, names_of_pins
from makerwagen.boards.trace import BLINK_OF_AN_EYE_S, Trace
from makerwagen.content.typed import text_in

LEVEL = {0: "aus", 1: "an"}
ERROR = "error"


@dataclass(frozen=True)
class Verdict:
    """Whether a program passed; if not: the line to look at (0 = none), what was expected, what happened, a hint."""

    passed: bool
    line: int = 0
    expected: str = ""
    happened: str = ""
    hint_id: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """Return the verdict as a child reads it."""
        if self.passed:
            return "Geschafft: Dein Programm macht alles richtig."
        where = f"Zeile {self.line}: " if self.line else ""
        return f"Noch nicht. {where}Erwartet: {self.expected} Passiert: {self.happened} Tipp: {self.hint}"


def judge(source: str, scenario: Scenario, *, on: SimulatedBoard, limits: Limits | None = None) -> Verdict:
    """Run `source` on the board through the scenario and return the verdict on its first failing step."""
    run = on.run(source, seconds=scenario.seconds, inputs=scenario.inputs, limits=limits)
    if run.error:
        return _stopped(run, scenario)
    now = seen = 0.0
    for step in scenario.steps:
        if step.wait:
            now += step.wait
            seen = max(seen, now)
        elif step.expect_pin:
            found = _find(run.trace, step.expect_pin, seen)
            if isinstance(found, str):
                return _not_yet(run, scenario, step.expect_pin, found)
            seen = found
        elif step.never_together and (happened := _together(run.trace, step.never_together)):
            return _not_yet(run, scenario, step.never_together, happened)
    return Verdict(passed=True)


def _find(trace: Trace, expects: ExpectPin, since_s: float) -> float | str:
    """Return the moment at which a pin does as expected, or what it did instead."""
    start = _first(trace, expects.pin, expects.level, (since_s, since_s + expects.within))
    if start is None:
        return f"{expects.pin} blieb {LEVEL[1 - expects.level]} (ab Sekunde {german(since_s)})."
    if expects.lasts:
        end = _first(trace, expects.pin, 1 - expects.level, (start, trace.end_s))
        seconds = (trace.end_s if end is None else end) - start
        if not expects.lasts[0] <= seconds <= expects.lasts[1]:
            return f"{expects.pin} war {german(seconds)} s {LEVEL[expects.level]}."
    return start


def _first(trace: Trace, pin: str, level: int, between: tuple[float, float]) -> float | None:
    start, end = between
    if trace.level_at(pin, start) == level:
        return start
    moments = (change.at_s for change in trace.outputs if change.pin == pin and change.level == level)
    return next((moment for moment in moments if start <= moment <= min(end, trace.end_s)), None)


def _together(trace: Trace, never: NeverTogether) -> str:
    one, other = never.pins
    seconds = trace.both_on(one, other)
    return f"{one} und {other} waren {german(seconds)} s zugleich an." if seconds > BLINK_OF_AN_EYE_S else ""


def _stopped(run: Run, scenario: Scenario) -> Verdict:
    assert run.error is not None
    hint = scenario.hints.get(ERROR)
    return Verdict(
        passed=False,
        line=run.error.line,
        expected="Das Programm läuft ohne Fehler.",
        happened=run.error.message,
        hint_id=ERROR,
        hint=text_in(hint, "de") if hint else "Lies die Zeile laut und vergleiche sie Zeichen für Zeichen.",
    )


def _not_yet(run: Run, scenario: Scenario, expects: ExpectPin | NeverTogether, happened: str) -> Verdict:
    if isinstance(expects, ExpectPin):
        expected = f"{expects.pin} ist {LEVEL[expects.level]}"
        if expects.lasts:
            shortest, longest = expects.lasts
            expected += f", und zwar {german(shortest)} bis {german(longest)} s lang"
    else:
        expected = f"{expects.pins[0]} und {expects.pins[1]} sind nie zugleich an"
    # What the board noticed by itself is nearer to the cause than the lights that came out wrong.
    for pin, what in run.trace.notes:
        return Verdict(False, _line_of(pin, run.source), f"{expected}.", happened, what, f"{pin} {NOTES[what]}")
    hint = text_in(scenario.hints[expects.hint], "de")
    return Verdict(False, 0, f"{expected}.", happened, expects.hint, hint)


def _line_of(pin: str, source: str) -> int:
    """Return the line that makes a pin, 0 when it is not found."""
    made = (number for number, line in enumerate(source.split("\n"), 1) if pin in names_of_pins(line))
    return next(made, 0)
