"""Says in a child's German what a step expected of the board, what it did instead, and where in the program to look."""

from . import lines
from .finding import lit, on_display, same_colour, sent, with_silence
from .finding import pin as find_pin
from .words import between, either, german, quoted, seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .recording import Recording

    Step = dict[str, Any]
    Span = tuple[int, int]

COLOURS = (
    ("aus", [0, 0, 0]),
    ("rot", [255, 0, 0]),
    ("grün", [0, 255, 0]),
    ("blau", [0, 0, 255]),
    ("gelb", [255, 200, 0]),
    ("türkis", [0, 255, 255]),
    ("lila", [255, 0, 255]),
    ("weiß", [255, 255, 255]),
)
NEAR = 90
# Shorter sounds and silences are not told.
SHORT_US = 5000


class Told:
    """What a child reads of a step that was not met.

    `line` is 0 where no single line can be named; with `about` it is only where that name comes from, not the mistake.
    """

    def __init__(self, expected: str, happened: str, where: "tuple[int, str]" = (0, "")) -> None:
        """Keep the sentences."""
        self.expected, self.happened = expected, happened
        self.line, self.about = where


class Program:
    """A program's text, read once, and the names its pins and parts go by."""

    def __init__(self, source: str, parts: "dict[str, Any]") -> None:
        """Read the text."""
        self.code = lines.read(source)
        self.parts = parts

    def title(self, step: "Step") -> str:
        """Return a part or pin as the child knows it: „Auto rot“ (GP10, bei dir auto_rot)."""
        return self.named(step.get("part"), step.get("pin"))

    def named(self, part: "str | None", pin: "str | None") -> str:
        """Return what a part is called, with its pin and the program's own name for it."""
        known = self.parts.get(part) if part else None
        name = lines.name_of(self.code, pin) if pin else ""
        if known is None:
            return f"{pin} (bei dir {name})" if name else pin or part or ""
        inside = [word for word in (pin, "bei dir " + name if name else "") if word]
        return f"„{known['label']}“" + (f" ({', '.join(inside)})" if inside else "")

    def place_of(self, step: "Step") -> "tuple[int, str]":
        """Return the line that has to do with what a step looks at (0 = no single one), and what it only makes."""
        kind = step["kind"]
        if kind in CALLS:
            return lines.line_calling(self.code, *CALLS[kind]), ""
        return self.place_of_pin(step.get("pin"))

    def place_of_pin(self, pin: "str | None") -> "tuple[int, str]":
        """Return the only line that sets a pin, else the one that makes it and the pin's name in the program."""
        if not pin:
            return 0, ""
        made, line = lines.line_making(self.code, pin), lines.line_for_pin(self.code, pin)
        if not line:
            return lines.line_calling(self.code, "Pin"), ""
        return line, lines.name_of(self.code, pin) if line == made else ""


CALLS = {
    "expect-text": ("print",),
    "expect-display": (".text",),
    "expect-pixels": (".write",),
    "expect-message": (".publish",),
    "expect-reading": (".send",),
    "count-readings": (".send",),
}


def on_or_off(step: "Step", level: int) -> str:
    """Return the word for a level: an LED from the supply to the pin shines at 0."""
    return "an" if level == step.get("on", 1) else "aus"


def pin(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of a level that did not come, or did not last as asked."""
    name, level = program.title(step), step["level"]
    word, other = on_or_off(step, level), on_or_off(step, 1 - level)
    expected = f"{name} ist {word}"
    if step.get("lasts"):
        shortest, longest = step["lasts"]
        endless = longest * 1000000 >= recording.end_us
        how_long = f"mindestens {german(shortest)}" if endless else between(shortest, longest)
        expected += f", und zwar {how_long} s lang"
    moment = find_pin(recording, step, span)
    later = recording.first_level(step["pin"], level, span[0], recording.end_us)
    if step["pin"] not in recording.levels:
        happened = f"{step['pin']} kommt in deinem Programm noch nicht dran"
    elif moment is not None:
        length = lasting(recording, step, moment)
        happened = f"{name} war {seconds(length)} s {word}, ab Sekunde {seconds(moment)}"
    elif later is not None:
        happened = f"{name} war ab Sekunde {seconds(span[0])} {other} und ging erst bei Sekunde {seconds(later)} {word}"
    else:
        happened = f"{name} blieb {other}, ab Sekunde {seconds(span[0])}"
    return Told(expected, happened, program.place_of(step))


def lasting(recording: "Recording", step: "Step", start: int) -> int:
    """Return how long a level lasts from a moment on."""
    if recording.level_at(step["pin"], start) != step["level"]:
        return 0
    end = recording.first_level(step["pin"], 1 - step["level"], start, recording.end_us)
    return (recording.end_us if end is None else end) - start


def tone(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of a tone or a rhythm that did not come."""
    name = program.title(step)
    low, high = step["hz"]
    if high == 0:
        expected = f"{name} ist still"
    elif high < 20:
        expected = f"{name} blinkt {between(low, high)} Mal in der Sekunde"
    else:
        buzzer = program.parts.get(step.get("part") or "", {}).get("kind") == "buzzer"
        expected = f"{name} {'spielt' if buzzer else 'schwingt mit'} {between(low, high)} Hz"
    expected += f", mindestens {german(step['for'])} s lang"
    heard = [
        part for part in with_silence(recording, step["pin"]) if part[1] > span[0] + SHORT_US and part[0] <= span[1]
    ]
    told: list[str] = []
    for begins, ends, hz in heard:
        words = f"{german(hz) if hz < 20 else str(int(hz + 0.5))} Hz" if hz else "nichts"
        words += f" ({seconds(ends - max(begins, span[0]))} s lang)"
        if not told or told[-1] != words:
            told.append(words)
    shown = ", dann ".join(told[:4])
    return Told(expected, f"ab Sekunde {seconds(span[0])} kam {shown or 'nichts'}", program.place_of(step))


def duty(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of a brightness that was not reached."""
    name = program.title(step)
    low, high = step["percent"]
    seen = [percent for us, percent in recording.brightness(step["pin"]) if us <= span[1]]
    inside = [percent for us, percent in recording.brightness(step["pin"]) if span[0] < us <= span[1]]
    before = [percent for us, percent in recording.brightness(step["pin"]) if us <= span[0]]
    values = [before[-1]] + inside if before else seen
    least, most = int(min(values) + 0.5), int(max(values) + 0.5)
    happened = f"{name} war {between(least, most)} Prozent der Zeit an"
    when = f"zwischen Sekunde {seconds(span[0])} und {seconds(span[1])}"
    return Told(f"{name} ist {between(low, high)} Prozent der Zeit an", f"{happened}, {when}", program.place_of(step))


def text(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of a line that was not printed."""
    said = [words for us, topic, words in recording.heard if topic is None and span[0] <= us <= span[1]]
    happened = f"dein Programm schrieb {_some(said)}" if said else "dein Programm schrieb nichts"
    where = program.place_of(step)
    return Told(f"dein Programm schreibt {asked(step)}", f"{happened}, ab Sekunde {seconds(span[0])}", where)


def message(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of a message that was not sent."""
    sent = [(topic, words) for us, topic, words in recording.heard if topic is not None and span[0] <= us <= span[1]]
    here = [words for topic, words in sent if topic == step["topic"]]
    elsewhere = [topic for topic, _ in sent if topic and topic != step["topic"]]
    if here:
        happened = f"an {quoted(step['topic'])} kam {_some(here)}"
    elif elsewhere:
        happened = f"die Nachricht ging an {quoted(elsewhere[-1])}"
    else:
        happened = f"keine Nachricht kam, ab Sekunde {seconds(span[0])}"
    return Told(f"eine Nachricht an {quoted(step['topic'])} mit {asked(step)}", happened, program.place_of(step))


def reading(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of a reading that was not sent."""
    observed, unit = quoted(step["property"]), step["unit"]
    expected = f"eine Messung von {observed} " + (f"in {unit}" if unit else "ohne Einheit")
    if step.get("number") is not None:
        low, high = step["number"]
        expected = f"eine Messung von {observed}: " + f"{between(low, high)} {unit}".strip()
    here = sent(recording, step, (span[0] - 1, span[1]))
    others = [other for us, other, _, _ in recording.readings if span[0] <= us <= span[1]]
    wrong = [told for told in here if told[1] != unit]
    if wrong:
        should = f"statt in {quoted(unit)}" if unit else "statt ohne Einheit"
        happened = f"gesendet wurde {german(wrong[0][0])} " + (
            f"in {quoted(wrong[0][1])} {should}" if wrong[0][1] else f"ohne Einheit {should}"
        )
    elif here:
        happened = f"gesendet wurde {german(here[-1][0])} {unit}".strip()
    elif others:
        happened = f"gesendet wurde nur {quoted(others[0])}"
    else:
        happened = f"nichts wurde gesendet, ab Sekunde {seconds(span[0])}"
    return Told(expected, happened, program.place_of(step))


def count(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of too many or too few readings."""
    fewest, most = step["times"]
    span_s = seconds(span[1] - span[0])
    how_many = "keine Messung" if most == 0 else f"{between(fewest, most)} Messungen"
    expected = f"in {span_s} Sekunden {how_many} von {quoted(step['property'])}"
    here = sent(recording, step, span)
    happened = f"es war{'' if len(here) == 1 else 'en'} {len(here)}, ab Sekunde {seconds(span[0])}"
    return Told(expected, happened, program.place_of(step))


def display(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of a text that the display did not show."""
    shown = [on_display(picture) for us, picture in recording.shown.get(step["part"], []) if us <= span[1]]
    if not shown:
        happened = "das Display blieb leer. Erst show() zeigt, was du geschrieben hast"
    else:
        happened = f"auf dem Display stand {quoted(shown[-1]) if shown[-1] else 'nichts'}"
        happened += f", bei Sekunde {seconds(span[1])}"
    return Told(f"auf dem Display steht {asked(step)}", happened, program.place_of(step))


def pixels(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of lights that were not lit as asked."""
    shown = [lights for us, lights in recording.shown.get(step["part"], []) if us <= span[1]]
    lights: list[list[int]] = shown[-1] if shown else []
    colour = f" in {colour_name(step['colour'])}" if step.get("colour") else ""
    if step.get("pixel") is not None:
        number = step["pixel"]
        expected = f"Licht {number} (gezählt ab 0) leuchtet {colour_name(step['colour'])}"
        light = lights[number] if number < len(lights) else [0, 0, 0]
        happened = f"Licht {number} war {colour_name(light)}"
    else:
        low, high = step["lit"]
        most = program.parts.get(step["part"], {}).get("count", 0)
        expected = f"{_lights(low, high, most)}{colour}"
        happened = f"{_count(lit(lights), 'leuchtete')}" + (f" ({_colours(lights)})" if lit(lights) and colour else "")
    happened += f", bei Sekunde {seconds(span[1])}"
    if not shown:
        happened = "kein Licht bekam eine Farbe. Erst write() schickt die Farben los"
    return Told(expected, happened, program.place_of(step))


def _lights(low: int, high: int, most: int) -> str:
    if low == high:
        return _count(low, "leuchtet")
    return f"mindestens {_count(low, 'leuchtet')}" if 0 < most <= high else f"{between(low, high)} Lichter leuchten"


def _count(number: int, verb: str) -> str:
    """Return „1 Licht leuchtet“, „8 Lichter leuchten“, „0 Lichter leuchteten“."""
    if number == 1:
        return f"1 Licht {verb}"
    return f"{number} Lichter {'leuchteten' if verb == 'leuchtete' else 'leuchten'}"


def angle(recording: "Recording", step: "Step", span: "Span", program: Program) -> Told:
    """Tell of an angle that a servo did not reach."""
    name = program.title(step)
    low, high = step["degrees"]
    stood = [degrees for us, degrees in recording.shown.get(step["part"], []) if us <= span[1]]
    happened = f"{name} stand auf {german(stood[-1])}°" if stood else f"{name} bewegte sich nicht"
    return Told(
        f"{name} steht auf {between(low, high)}°", f"{happened}, bei Sekunde {seconds(span[1])}", program.place_of(step)
    )


def together(step: "Step", program: Program, spans: "list[tuple[int, int]]") -> Told:
    """Tell that two outputs were on at once."""
    names = [program.named(part, pin) for part, pin in zip(step["parts"], step["pins"])]  # noqa: B905
    long = sum([end - start for start, end in spans])
    happened = f"{either(names)} waren {seconds(long)} s zugleich an, zuerst bei Sekunde {seconds(spans[0][0])}"
    return Told(f"{either(names)} sind nie zugleich an", happened, program.place_of_pin(step["pins"][0]))


def asked(step: "Step") -> str:
    """Return what a text has to contain."""
    words = []
    if step.get("contains") is not None:
        words.append(quoted(step["contains"]))
    if step.get("number") is not None:
        low, high = step["number"]
        words.append(f"eine Zahl von {between(low, high)}" if low != high else f"die Zahl {german(low)}")
    return either(words)


def colour_name(light: "list[int]") -> str:
    """Return a colour's name, or its numbers."""
    for name, colour in COLOURS:
        if same_colour(light, colour, NEAR):
            return name
    return "(" + ", ".join([str(value) for value in light]) + ")"


def _colours(lights: "list[list[int]]") -> str:
    names: list[str] = []
    for light in lights:
        name = colour_name(light)
        if name != "aus" and name not in names:
            names.append(name)
    return either(names[:3])


def _some(said: "list[str]") -> str:
    return quoted(said[0]) if len(said) == 1 else f"{quoted(said[0])} … {quoted(said[-1])}"


TELLERS: "dict[str, Callable[[Recording, Step, Span, Program], Told]]" = {
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
