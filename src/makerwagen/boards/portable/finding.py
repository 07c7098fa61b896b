"""Finds the moment at which a board does what a step expects; or says what it did instead.

Each function takes the recording, the step and the span (since, until) in microseconds, and returns a moment or None.
States (levels, brightness, pictures) count from before `since` on; texts and messages are found only when they come.
"""

from .words import folded, numbers_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .recording import Recording

    Step = dict[str, Any]
    Span = tuple[int, int]

# Lights below this are off to the eye.
DARK = 8
USUAL_TOLERANCE = 80


def pin(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find a level."""
    moment = recording.first_level(step["pin"], step["level"], span[0], span[1])
    if moment is None and step["level"] == 1 and recording.flashed(step["pin"], span[0]):
        return span[0]  # on() and off() without a sleep() between them: it was on, for no time at all
    return moment


def tone(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find a frequency that lasts as long as asked; [0, 0] asks for silence."""
    low, high = step["hz"]
    asked = int(step["for"] * 1000000)
    start, end = -1, -1
    for begins, ends, hz in with_silence(recording, step["pin"]):
        if not (low <= hz <= high):
            start = -1
            continue
        if start < 0 or begins > end:
            start = max(begins, span[0])
        end = ends
        if start <= span[1] and end - start >= asked:
            return start
    return None


def with_silence(recording: "Recording", name: str) -> "list[tuple[int, int, float]]":
    """Return a pin's tones with the silence between them as 0 Hz."""
    found: list[tuple[int, int, float]] = []
    last = 0
    for begins, ends, hz in recording.tones(name):
        if begins > last:
            found.append((last, begins, 0))
        found.append((begins, ends, hz))
        last = ends
    if last < recording.end_us:
        found.append((last, recording.end_us, 0))
    return found


def duty(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find a brightness."""
    low, high = step["percent"]
    return _state(recording.brightness(step["pin"]), span, lambda percent: low <= percent <= high)


def text(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find a printed line."""
    return _heard(recording, step, span, None)


def message(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find a message sent to a topic."""
    return _heard(recording, step, span, step["topic"])


def reading(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find a reading that a node sends."""
    for us, observed, unit, value in recording.readings:
        low, high = step.get("number") or (value, value)
        meant = observed == step["property"] and unit == step["unit"] and low <= value <= high
        if meant and span[0] <= us <= span[1]:
            return us
    return None


def count(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find the end of a time in which so many readings were sent."""
    fewest, most = step["times"]
    return span[1] if fewest <= len(sent(recording, step, span)) <= most else None


def sent(recording: "Recording", step: "Step", span: "Span") -> "list[tuple[float, str]]":
    """Return (value, unit) of the readings of a step's property that a node sent meanwhile."""
    readings = recording.readings
    return [
        (value, unit)
        for us, observed, unit, value in readings
        if observed == step["property"] and span[0] < us <= span[1]
    ]


def display(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find text on a display."""
    return _state(recording.shown.get(step["part"], []), span, lambda picture: fits(step, on_display(picture)))


def pixels(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find lights: so many lit, or one of a colour."""
    states = [(0, [])] + recording.shown.get(step["part"], [])
    return _state(states, span, lambda lights: _lights_fit(step, lights))


def angle(recording: "Recording", step: "Step", span: "Span") -> "int | None":
    """Find a servo's angle."""
    low, high = step["degrees"]
    return _state(recording.shown.get(step["part"], []), span, lambda degrees: low <= degrees <= high)


def fits(step: "Step", words: str) -> bool:
    """Say whether a text contains what a step asks for: words, a number in a range, or both."""
    if step.get("contains") is not None and folded(step["contains"]) not in folded(words):
        return False
    if step.get("number") is None:
        return True
    low, high = step["number"]
    return any(low <= number <= high for number in numbers_in(words))


def on_display(picture: "dict[str, Any]") -> str:
    """Return what a display shows, line after line."""
    rows = sorted([(y, x, words) for x, y, words in picture["texts"]])
    return " ".join([words for _, _, words in rows])


def lit(lights: "list[list[int]]") -> int:
    """Return how many lights can be seen."""
    return len([light for light in lights if max(light) >= DARK])


def same_colour(light: "list[int]", colour: "list[int]", tolerance: int) -> bool:
    """Say whether a light has a colour, whatever its brightness; dark is a colour too."""
    brightest, wanted = max(light), max(colour)
    if brightest < DARK or wanted < DARK:
        return brightest < DARK and wanted < DARK
    pairs = zip(light, colour)  # noqa: B905
    return all([abs(have * 255 // brightest - want * 255 // wanted) <= tolerance for have, want in pairs])


def _lights_fit(step: "Step", lights: "list[list[int]]") -> bool:
    colour: Any = step.get("colour")
    tolerance = step.get("tolerance", USUAL_TOLERANCE)
    if step.get("pixel") is not None:
        number = step["pixel"]
        light = lights[number] if number < len(lights) else [0, 0, 0]
        return same_colour(light, colour, tolerance)
    low, high = step["lit"]
    shown = [light for light in lights if max(light) >= DARK]
    coloured = colour is None or all([same_colour(light, colour, tolerance) for light in shown])
    return low <= len(shown) <= high and coloured


def _state(states: "list[tuple[int, Any]]", span: "Span", right: "Any") -> "int | None":
    now = None
    for us, state in states:
        if us > span[0]:
            break
        now = state
    if now is not None and right(now):
        return span[0]
    for us, state in states:
        if span[0] < us <= span[1] and right(state):
            return us
    return None


def _heard(recording: "Recording", step: "Step", span: "Span", topic: "str | None") -> "int | None":
    for us, where, words in recording.heard:
        if where == topic and span[0] <= us <= span[1] and fits(step, words):
            return us
    return None


FINDERS = {
    "expect-pin": pin,
    "expect-frequency": tone,
    "expect-duty": duty,
    "expect-text": text,
    "expect-display": display,
    "expect-pixels": pixels,
    "expect-angle": angle,
    "expect-message": message,
    "expect-reading": reading,
    "count-readings": count,
}
