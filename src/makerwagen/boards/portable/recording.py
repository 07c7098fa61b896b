"""What a run did, read from its events once: levels, tones, brightness, texts and pictures over time."""

from .readings import readings_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Event = list[Any]


class Recording:
    """A run's events by pin and device. Times are microseconds.

    `levels` pin -> [(us, 0 or 1)], `waves` pin -> [(us, Hz, 0..1)] (steady: 0 Hz), `shown` device -> [(us, what)] for
    displays, lights and servos, `heard` [(us, topic, text)] where a printed line has the topic None,
    `readings` [(us, property, unit, value)] of what a sensor node sent.
    """

    def __init__(self, events: "list[Event]", end_us: int) -> None:
        """Sort the events; pins keep their levels until `end_us`, also when the program is over before."""
        self.end_us = end_us
        self.levels: dict[str, list[tuple[int, int]]] = {}
        self.waves: dict[str, list[tuple[int, float, float]]] = {}
        self.shown: dict[str, list[tuple[int, Any]]] = {}
        self.heard: list[tuple[int, str | None, str]] = []
        self.readings: list[tuple[int, str, str, float]] = []
        self.notes: list[tuple[str, str]] = []
        self.error: Event | None = None
        self.over = False
        for event in events:
            self._add(event)
        self._close_line()
        self.readings = readings_in(self.heard)

    def _add(self, event: "Event") -> None:
        kind, us = event[0], event[1]
        if kind in ("out", "in", "pwm"):
            self._add_level(event)
        elif kind in ("display", "pixels", "angle"):
            self.shown.setdefault(event[2], []).append((us, event[3]))
        elif kind == "print":
            self._print(us, event[2])
        elif kind == "message":
            self.heard.append((us, event[2], event[3]))
        elif kind == "note":
            self.notes.append((event[2], event[3]))
        elif kind == "end":
            self.over = True
        elif kind == "error" and self.error is None and not self.over:
            self.error = event

    def _add_level(self, event: "Event") -> None:
        us, pin = event[1], event[2]
        if event[0] == "pwm":
            on = event[3] > 0 and event[4] > 0
            wave = (us, event[3], event[4]) if on else (us, 0, 0.0)
        else:
            on = event[3] > 0
            wave = (us, 0, 1.0 if on else 0.0)
        self.levels.setdefault(pin, []).append((us, 1 if on else 0))
        self.waves.setdefault(pin, []).append(wave)

    _line = ""
    _line_us = 0

    def _print(self, us: int, text: str) -> None:
        """Keep whole lines, so that „2“ and „4.5“ written at once are 24.5; when time passes, a line is over too."""
        if us > self._line_us:
            self._close_line()
        for number, part in enumerate(text.split("\n")):
            if number:
                self._close_line()
            self._line += part
            self._line_us = us

    def _close_line(self) -> None:
        if self._line:
            self.heard.append((self._line_us, None, self._line))
        self._line = ""

    def level_at(self, pin: str, us: int) -> int:
        """Return a pin's level at a moment, 0 before its first change."""
        level = 0
        for at, new in self.levels.get(pin, []):
            if at > us:
                break
            level = new
        return level

    def first_level(self, pin: str, level: int, since: int, until: int) -> "int | None":
        """Return the first moment from `since` to `until` at which a pin has a level."""
        if self.level_at(pin, since) == level:
            return since
        for at, new in self.levels.get(pin, []):
            if since < at <= until and new == level:
                return at
        return None

    def flashed(self, pin: str, us: int) -> bool:
        """Say whether a pin went on at a moment, and off again in the same."""
        return any([at == us and level == 1 for at, level in self.levels.get(pin, [])])

    def on_spans(self, pin: str) -> "list[tuple[int, int]]":
        """Return from when to when a pin was on."""
        spans, start = [], -1
        for at, level in self.levels.get(pin, []) + [(self.end_us, 0)]:
            if level and start < 0:
                start = at
            elif not level and start >= 0:
                if at > start:
                    spans.append((start, at))
                start = -1
        return spans

    def tones(self, pin: str) -> "list[tuple[int, int, float]]":
        """Return (from, to, Hz) of what swings on a pin: PWM, or an output that is switched over and over."""
        found: list[tuple[int, int, float]] = []
        rising = -1
        waves = self.waves.get(pin, [])
        for number, (at, hz, duty) in enumerate(waves):
            if hz > 0:
                until = waves[number + 1][0] if number + 1 < len(waves) else self.end_us
                found.append((at, until, hz))
                rising = -1
            elif duty == 1 and (number == 0 or waves[number - 1][2] == 0 or waves[number - 1][1] > 0):
                if 0 <= rising < at:
                    found.append((rising, at, 1000000 / (at - rising)))
                rising = at
        return found

    def brightness(self, pin: str) -> "list[tuple[int, float]]":
        """Return (us, percent) of how much of the time a pin is on."""
        return [(0, 0.0)] + [(at, duty * 100) for at, _, duty in self.waves.get(pin, [])]
