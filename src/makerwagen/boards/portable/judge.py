"""The judge: a scenario, what a run did and the program's text give a verdict that helps the child on.

A scenario here is plain data, as `boards.scenario.for_judge` (and the exercise's page) makes it of scenario.yml:
{"seconds", "seed", "parts": {id: {"label", "kind", "count"}}, "hints": {id: [texts]}, "steps": [{"kind", …}]}.
How to run, and run again until the presses of a scenario are settled, stands at `schedule`.
"""

from .explain import explain, technical
from .finding import FINDERS
from .happening import TELLERS, Program, Told, lasting, together
from .lines import line_making
from .notes import mistake_in, note_on, slip_in
from .recording import Recording
from .walking import Clock, most_runs, schedule, us_of
from .words import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Scenario = dict[str, Any]
    Step = dict[str, Any]
    Event = list[Any]
    Verdict = dict[str, Any]

__all__ = ["judge", "most_runs", "schedule", "spoken"]
ERROR = "error"
READ_ALOUD = "Lies die Zeile laut und vergleiche sie Zeichen für Zeichen."
# Shorter than this no child sees two lights together.
BLINK_OF_AN_EYE_US = 20000


def judge(scenario: "Scenario", events: "list[Event]", source: str) -> "Verdict":
    """Return the verdict on the first step that the run did not meet.

    {"passed", "line" (0 = none), "about" (not "": the line is only where that name comes from), "where" (line and about
    as a sentence), "expected", "happened", "hint_id", "hint", "hints" (up to three, each telling more), "technical"
    (MicroPython's own words, "" without an error), "step" (from 0, -1 for none)}
    """
    recording = Recording(events, us_of(scenario["seconds"]))
    if recording.error is not None:
        return _stopped(scenario, recording.error, source)
    clock = Clock()
    for number, step in enumerate(scenario["steps"]):
        told = _told(step, clock, recording, Program(source, scenario["parts"]))
        if told is not None:
            return _not_yet(scenario, number, told, recording, source)
    return _verdict(True, {})


def spoken(verdict: "Verdict", rung: int = 1) -> str:
    """Return a verdict as a child reads it, with the hint of the given rung of the ladder."""
    if verdict["passed"]:
        return "Geschafft: Dein Programm macht alles richtig."
    hints = verdict["hints"]
    rows = [f"Noch nicht. {verdict['where']}".strip()]
    rows.append("Erwartet: " + verdict["expected"])
    rows.append("Passiert: " + verdict["happened"])
    if verdict["technical"]:
        rows.append("MicroPython sagt dazu: " + verdict["technical"])
    if hints:
        rows.append("Tipp: " + hints[min(rung, len(hints)) - 1])
        if rung < len(hints):
            rows.append(f"(Tipp {rung} von {len(hints)})")
    return "\n".join(rows)


def _told(step: "Step", clock: Clock, recording: Recording, program: Program) -> "Told | None":
    """Move the clock through a step; return what to tell when the board did not do as expected."""
    kind = step["kind"]
    if kind == "wait":
        clock.wait(step["seconds"])
    elif kind == "set-control":
        clock.move(step)
    elif kind == "never-together":
        spans = _both_on(recording, step["pins"])
        return together(step, program, spans) if spans else None
    else:
        span = clock.span(step)
        moment = FINDERS[kind](recording, step, span)
        if moment is None or not _lasts(recording, step, moment):
            return TELLERS[kind](recording, step, span, program)
        clock.met(step, moment)
    return None


def _lasts(recording: Recording, step: "Step", moment: int) -> bool:
    if not step.get("lasts"):
        return True
    shortest, longest = step["lasts"]
    return us_of(shortest) <= lasting(recording, step, moment) <= us_of(longest)


def _both_on(recording: Recording, pins: "list[str]") -> "list[tuple[int, int]]":
    found = []
    for start, end in recording.on_spans(pins[0]):
        for begins, ends in recording.on_spans(pins[1]):
            both = (max(start, begins), min(end, ends))
            if both[1] - both[0] > BLINK_OF_AN_EYE_US:
                found.append(both)
    return found


def _stopped(scenario: "Scenario", error: "Event", source: str) -> "Verdict":
    kind, text, line = error[2], error[3], error[4]
    line, happened = explain(kind, text, line, source)
    hints = scenario["hints"].get(ERROR) or [READ_ALOUD]
    told = Told("dein Programm läuft ohne Fehler", happened, (line, ""))
    return _verdict(False, {"hint_id": ERROR, "hints": hints, "technical": technical(kind, text)}, told)


def _not_yet(scenario: "Scenario", number: int, told: Told, recording: Recording, source: str) -> "Verdict":
    """Return the verdict on a step; what the board or the text shows is nearer to the cause than lights."""
    step = scenario["steps"][number]
    found = {"hint_id": step["hint"], "hints": scenario["hints"][step["hint"]], "step": number}
    slip, mistake = slip_in(source), mistake_in(recording.notes)
    if mistake is not None:
        pin, word = mistake
        found["hint_id"], found["hints"] = word, [note_on(pin, word)]
        told.line, told.about = line_making(Program(source, {}).code, pin), ""
    elif slip is not None:
        told.line, told.about, found["hint_id"], found["hints"] = slip[0], "", slip[1], [slip[2]]
    return _verdict(False, found, told)


def _verdict(passed: bool, found: "dict[str, Any]", told: "Told | None" = None) -> "Verdict":
    hints = found.get("hints", [])
    return {
        "passed": passed,
        "line": told.line if told else 0,
        "about": told.about if told else "",
        "where": _where(told) if told else "",
        "expected": _sentence(plain(told.expected)) if told else "",
        "happened": _sentence(plain(told.happened)) if told else "",
        "hint_id": found.get("hint_id", ""),
        "hint": hints[0] if hints else "",
        "hints": hints,
        "technical": plain(found.get("technical", "")),
        "step": found.get("step", -1),
    }


def _where(told: Told) -> str:
    if not told.line:
        return ""
    return f"Es geht um {told.about} aus Zeile {told.line}." if told.about else f"Schau in Zeile {told.line}."


def _sentence(text: str) -> str:
    """Return text with a capital letter and an end; code in front keeps its small letters."""
    first = text.split(" ")[0]
    if not any(sign in first for sign in "_.()="):
        text = text[:1].upper() + text[1:]
    return text if text[-1:] in (".", "!", "?") else text + "."
