"""What the pins did: levels over time, as the simulated board wrote them down."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# Shorter than this no child sees a light; a test or a check should not stumble over it either.
BLINK_OF_AN_EYE_S = 0.02


@dataclass(frozen=True)
class Change:
    """A pin's level from this moment on; `held` says that something outside holds an input there."""

    at_s: float
    pin: str
    level: int
    held: bool = False


@dataclass(frozen=True)
class Interval:
    """A stretch of time in seconds."""

    start_s: float
    end_s: float

    @property
    def seconds(self) -> float:
        """Return how long it lasts."""
        return self.end_s - self.start_s


@dataclass(frozen=True)
class Phase:
    """A stretch of time in which the same outputs are on."""

    start_s: float
    end_s: float
    on: frozenset[str]

    @property
    def seconds(self) -> float:
        """Return how long it lasts."""
        return self.end_s - self.start_s


@dataclass(frozen=True)
class Tone:
    """A pin's pulses from this moment on: how many a second (0 = none), and for which share of the time it is on."""

    at_s: float
    pin: str
    hz: float
    duty: float


@dataclass(frozen=True)
class Pixels:
    """The colours of a strip of lights from this moment on, red, green, blue from 0 to 255."""

    at_s: float
    device: str
    colours: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Display:
    """What a display shows from this moment on: its readable texts from top to bottom, and its points (MONO_VLSB)."""

    at_s: float
    device: str
    texts: tuple[str, ...]
    bits: bytes


@dataclass(frozen=True)
class Angle:
    """Where a servo turns at this moment, in degrees."""

    at_s: float
    device: str
    degrees: float


@dataclass(frozen=True)
class Message:
    """What a program sent over MQTT."""

    at_s: float
    topic: str
    payload: str


@dataclass(frozen=True)
class Printed:
    """What a program printed at a moment."""

    at_s: float
    text: str


@dataclass(frozen=True)
class Setting:
    """A control of a part that took effect."""

    at_s: float
    device: str
    control: str
    value: float


@dataclass(frozen=True)
class Trace:
    """All that happened in a run in order, until `end_s`; `notes` are (pin, what) mistakes that make no error."""

    outputs: tuple[Change, ...] = ()
    inputs: tuple[Change, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    end_s: float = 0.0
    tones: tuple[Tone, ...] = ()
    pixels: tuple[Pixels, ...] = ()
    displays: tuple[Display, ...] = ()
    angles: tuple[Angle, ...] = ()
    messages: tuple[Message, ...] = ()
    prints: tuple[Printed, ...] = ()
    controls: tuple[Setting, ...] = ()

    @property
    def pins(self) -> tuple[str, ...]:
        """Return every pin in use, in the order in which the program met them."""
        changes: list[Change | Tone] = [*self.outputs, *self.inputs, *self.tones]
        moments = sorted(changes, key=lambda change: change.at_s)
        return tuple(dict.fromkeys(change.pin for change in moments))

    def tones_of(self, pin: str) -> tuple[tuple[Interval, Tone], ...]:
        """Return when a pin pulsed, and how."""
        own = [tone for tone in self.tones if tone.pin == pin]
        ends = [*(tone.at_s for tone in own[1:]), self.end_s]
        pairs = ((Interval(tone.at_s, end), tone) for tone, end in zip(own, ends, strict=False))
        return tuple((interval, tone) for interval, tone in pairs if tone.hz and tone.duty and interval.seconds > 0)

    def level_at(self, pin: str, second: float) -> int:
        """Return a pin's level at a moment, 0 before its first change."""
        level = 0
        for change in (*self.outputs, *self.inputs):
            if change.pin == pin and change.at_s <= second:
                level = change.level
        return level

    def on_intervals(self, pin: str) -> tuple[Interval, ...]:
        """Return when an output was on."""
        return _intervals([(c.at_s, bool(c.level)) for c in self.outputs if c.pin == pin], self.end_s)

    def held_intervals(self, pin: str) -> tuple[Interval, ...]:
        """Return when something outside held an input: a pressed button."""
        return _intervals([(c.at_s, c.held) for c in self.inputs if c.pin == pin], self.end_s)

    def on_seconds(self, pin: str) -> float:
        """Return how long an output was on altogether."""
        return sum(interval.seconds for interval in self.on_intervals(pin))

    def both_on(self, one: str, other: str) -> float:
        """Return for how many seconds two outputs were on together."""
        return sum(
            max(0.0, min(a.end_s, b.end_s) - max(a.start_s, b.start_s))
            for a in self.on_intervals(one)
            for b in self.on_intervals(other)
        )

    def phases(self, *pins: str) -> tuple[Phase, ...]:
        """Return which of `pins` were on together, stretch by stretch; switching itself counts no time."""
        changes = [change for change in self.outputs if change.pin in pins]
        times = sorted({0.0, self.end_s, *(change.at_s for change in changes)})
        found: list[Phase] = []
        for start, end in pairwise(times):
            if end - start < BLINK_OF_AN_EYE_S:
                continue
            on = frozenset(pin for pin in pins if self.level_at(pin, start))
            if found and found[-1].on == on:
                found[-1] = Phase(found[-1].start_s, end, on)
            else:
                found.append(Phase(start, end, on))
        return tuple(found)


def read_trace(events: Iterable[list[Any]]) -> Trace:
    """Return the trace in a board's events; times there are microseconds."""
    found: dict[str, list[Any]] = {name: [] for name, _ in KINDS.values()}
    notes, end_us = [], 0
    for kind, at_us, *rest in events:
        end_us = max(end_us, at_us)
        if kind == "note":
            notes.append((rest[0], rest[1]))
        elif kind in KINDS:
            name, make = KINDS[kind]
            found[name].append(make(at_us / 1e6, *rest))
    return Trace(notes=tuple(notes), end_s=end_us / 1e6, **{name: tuple(made) for name, made in found.items()})


def _display(at_s: float, device: str, picture: dict[str, Any]) -> Display:
    texts = sorted(picture["texts"], key=lambda text: (text[1], text[0]))
    return Display(at_s, device, tuple(text for _, _, text in texts), bytes.fromhex(picture["bits"]))


# Kind of event -> the list of the trace it belongs to, and what makes an entry of it.
KINDS: dict[str, tuple[str, Callable[..., Any]]] = {
    "out": ("outputs", Change),
    "in": ("inputs", lambda at_s, pin, level, held: Change(at_s, pin, level, held=bool(held))),
    "pwm": ("tones", Tone),
    "pixels": ("pixels", lambda at_s, device, colours: Pixels(at_s, device, tuple(map(tuple, colours)))),
    "display": ("displays", _display),
    "angle": ("angles", Angle),
    "message": ("messages", Message),
    "print": ("prints", Printed),
    "control": ("controls", Setting),
}


def read_events(text: str) -> list[list[Any]]:
    """Return the events in a board's trace file, without a last line that was cut off.

    A program can reach the board's pen, so what looks like no event is left out.
    """
    events = []
    for line in text.splitlines():
        try:
            event = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            break
        if _is_event(event):
            events.append(event)
    return events


NUMBER = (int, float)
# Kind of event -> what stands in it after kind and time.
SHAPES: dict[str, tuple[Any, ...]] = {
    "out": (str, int),
    "in": (str, int, int),
    "pwm": (str, NUMBER, NUMBER),
    "pixels": (str, list),
    "display": (str, dict),
    "angle": (str, NUMBER),
    "message": (str, str),
    "print": (str,),
    "control": (str, str, NUMBER),
    "note": (str, str),
    "error": (str, str, int),
    "end": (),
}


def _is_event(event: Any) -> bool:
    if not isinstance(event, list) or len(event) < 2 or not isinstance(event[0], str):
        return False
    kind, us, *rest = event
    shape = SHAPES.get(kind)
    if shape is None or not isinstance(us, int) or us < 0 or len(rest) != len(shape):
        return False
    if not all(isinstance(value, wanted) for value, wanted in zip(rest, shape, strict=True)):
        return False
    if kind == "pixels":
        return all(_are(colour, int, int, int) for colour in rest[1])
    return kind != "display" or _is_picture(rest[1])


def _is_picture(picture: dict[str, Any]) -> bool:
    texts, bits = picture.get("texts"), picture.get("bits")
    if not isinstance(texts, list) or not all(_are(text, NUMBER, NUMBER, str) for text in texts):
        return False
    return isinstance(bits, str) and re.fullmatch("([0-9a-f]{2})*", bits) is not None


def _are(values: Any, *wanted: Any) -> bool:
    return isinstance(values, list) and len(values) == len(wanted) and all(map(isinstance, values, wanted))


def _intervals(moments: list[tuple[float, bool]], end_s: float) -> tuple[Interval, ...]:
    found: list[Interval] = []
    since: float | None = None
    for at_s, on in moments:
        if on and since is None:
            since = at_s
        elif not on and since is not None:
            found.append(Interval(since, at_s))
            since = None
    if since is not None:
        found.append(Interval(since, end_s))
    return tuple(interval for interval in found if interval.seconds > 0)
