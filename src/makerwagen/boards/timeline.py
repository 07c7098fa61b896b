"""A picture of what the pins did over time, as SVG and in words; legible in black and white."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from makerwagen.boards.trace import Interval, Tone, Trace

WIDTH, LEFT, RIGHT, ROW, TOP, BAR = 720, 190, 24, 36, 12, 20
INK, GRID, HELD = "#1c1c1c", "#9aa5b1", "#ffffff"
COLOURS = (
    (("rot", "red"), "#c62828"),
    (("gelb", "yellow", "amber"), "#f4c20d"),
    (("gruen", "grün", "green"), "#1f8f4e"),
    (("blau", "blue"), "#2457a6"),
)
OTHER_COLOUR = "#3b4a5a"
MADE = re.compile(
    r"^[ \t]*(\w+)\s*=\s*(?:(?:machine\.)?(?:PWM|ADC|Signal)\(\s*)?(?:machine\.)?Pin\(\s*[\"']?(\w+)[\"']?",
    re.MULTILINE,
)
STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600)
MOST_NAMED = 6


@dataclass(frozen=True)
class Row:
    """One line of the picture."""

    pin: str
    label: str
    is_input: bool
    intervals: tuple[Interval, ...]
    pulses: tuple[tuple[Interval, Tone], ...] = ()

    @property
    def title(self) -> str:
        """Return the label with the pin's name."""
        return f"{self.label} ({self.pin})" if self.label else self.pin


def names_of_pins(source: str, *, prefix: str = "GP") -> dict[str, str]:
    """Return the program's own name for each pin, e.g. GP10 -> rot; an ESP32's pins start with GPIO."""
    return {f"{prefix}{pin}" if pin.isdigit() else pin: name for name, pin in MADE.findall(source)}


def draw_timeline(trace: Trace, labels: Mapping[str, str]) -> str:
    """Return the picture as SVG: a row for each pin, seconds from left to right."""
    rows = rows_of(trace, labels)
    end_s = max(trace.end_s, 0.1)
    scale = (WIDTH - LEFT - RIGHT) / end_s
    floor = TOP + ROW * len(rows)
    height = floor + 46
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="Andika, sans-serif" font-size="15">',
        f"<title>{html.escape(describe(trace, labels))}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for number in range(round(end_s / step_of(end_s)) + 1):
        second = number * step_of(end_s)
        if second <= end_s + 1e-9:
            parts.append(_tick(LEFT + second * scale, floor, german(second)))
    for number, row in enumerate(rows):
        parts.append(_row(row, TOP + ROW * number, scale))
    parts.append(f'<text x="{LEFT}" y="{floor + 40}" fill="{INK}">simuliertes Board</text>')
    parts.append(
        f'<text x="{WIDTH - RIGHT}" y="{floor + 40}" text-anchor="end" fill="{INK}">Zeit in Sekunden</text></svg>'
    )
    return "\n".join(parts)


def describe(trace: Trace, labels: Mapping[str, str]) -> str:
    """Return the picture in words."""
    sentences = [f"Zeitbild des simulierten Boards von 0 bis {german(trace.end_s)} s."]
    for row in rows_of(trace, labels):
        said = [_said(row.intervals, "gedrückt" if row.is_input else "an")] if row.intervals or not row.pulses else []
        said += [_pulses_said(row.pulses)] if row.pulses else []
        sentences.append(f"{row.title}: {'; '.join(said)}.")
    return " ".join(sentences)


def _said(intervals: tuple[Interval, ...], word: str) -> str:
    spans = [f"von {german(i.start_s)} bis {german(i.end_s)} s" for i in intervals]
    if not spans:
        return f"nie {word}"
    if len(spans) > MOST_NAMED:
        return f"{len(spans)}-mal {word}, zuerst {spans[0]}"
    return f"{word} {', '.join(spans)}"


def _pulses_said(pulses: tuple[tuple[Interval, Tone], ...]) -> str:
    named = [f"von {german(i.start_s)} bis {german(i.end_s)} s: {_strength(tone)}" for i, tone in pulses[:MOST_NAMED]]
    more = f" und noch {len(pulses) - MOST_NAMED} Wechsel" if len(pulses) > MOST_NAMED else ""
    return f"Pulse {', '.join(named)}{more}"


def _strength(tone: Tone) -> str:
    return f"{german(round(tone.duty * 100, 1))} % bei {german(tone.hz)} Hz"


def rows_of(trace: Trace, labels: Mapping[str, str]) -> list[Row]:
    """Return the rows in the order in which the program met the pins."""
    driven = {change.pin for change in trace.outputs} | {tone.pin for tone in trace.tones}
    return [
        Row(pin, labels.get(pin, ""), False, trace.on_intervals(pin), trace.tones_of(pin))
        if pin in driven
        else Row(pin, labels.get(pin, ""), True, trace.held_intervals(pin))
        for pin in trace.pins
    ]


def colour_of(label: str) -> str:
    """Return a light's colour by its name; the name stands beside the bar, so colour alone says nothing."""
    lower = label.lower()
    # The last colour word counts, as in fuss_gruen.
    found = [(lower.rfind(word), colour) for words, colour in COLOURS for word in words if word in lower]
    return max(found)[1] if found else OTHER_COLOUR


def step_of(end_s: float) -> float:
    """Return the distance of the marks, so that at most eleven fit."""
    return next((step for step in STEPS_S if end_s / step <= 10), STEPS_S[-1])


def german(number: float) -> str:
    """Return a number with at most two decimals and a comma."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _tick(x: float, floor: int, label: str) -> str:
    return (
        f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{floor}" stroke="{GRID}" stroke-dasharray="2 4"/>'
        f'<text x="{x:.1f}" y="{floor + 18}" text-anchor="middle" fill="{INK}">{label}</text>'
    )


def _row(row: Row, top: int, scale: float) -> str:
    middle = top + ROW / 2
    end = WIDTH - RIGHT
    parts = [
        f'<text x="{LEFT - 10}" y="{middle + 5}" text-anchor="end" fill="{INK}">{html.escape(row.title)}</text>',
        f'<line x1="{LEFT}" y1="{middle}" x2="{end}" y2="{middle}" stroke="{INK}" stroke-width="1.5"/>',
    ]
    fill = HELD if row.is_input else colour_of(row.label)
    dash = ' stroke-dasharray="4 2"' if row.is_input else ""
    for interval in row.intervals:
        parts.append(_bar(interval, (middle - BAR / 2, BAR), scale, f'fill="{fill}" stroke="{INK}"{dash}'))
    for interval, tone in row.pulses:
        height = max(BAR * tone.duty, 1.5)
        place = (middle - height / 2, height)
        parts.append(_bar(interval, place, scale, f'fill="{fill}" stroke="{INK}"', _strength(tone)))
    return "".join(parts)


def _bar(interval: Interval, place: tuple[float, float], scale: float, look: str, title: str = "") -> str:
    """Return a bar from (top, height); that of pulses is as high as the share of the time that they are on."""
    top, height = place
    x, width = LEFT + interval.start_s * scale, max(interval.seconds * scale, 1.5)
    box = f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" {look} stroke-width="1.5"'
    return f"{box}><title>{title}</title></rect>" if title else f"{box}/>"
