"""The gate after the slicer: reads each line of G-code as a printer would, and refuses what leaves its limits."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from makerwagen.content.printer import NEVER, Box, Printer, Range
from makerwagen.slicing.arcs import arc_of

MAX_REASONS = 10
# Marlin cuts a longer line off, and then it says something else.
MAX_CODE_BYTES = 90
NUMBER = r"(-?(?:\d+\.?\d*|\.\d+))"
WORDS = "".join(rf"(?: {letter}{NUMBER})?" for letter in "XYZEF")
MOVE = re.compile(rf"G[01]{WORDS} *(?:;[\x20-\x7e]*)?\r?\n?\Z".encode()).match
# A lone carriage return ends a line for a printer, and so could hide a command in a comment.
ONE_LINE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*\r?\n?\Z").match
CODE = re.compile(r"[GM]\d+(\.\d+)?\Z").match
WORD = re.compile(rf"([A-Z]){NUMBER}?\Z").match
ARCS = {"G2", "G3"}
MODES = {"G90", "G91", "M82", "M83"}
HEATING = {"M104", "M109", "M140", "M190"}
# A line shorter than this says nothing about its thickness: coordinates are rounded.
SHORT_MM, SHORT_PUSH_MM = 0.1, 0.05
Words = dict[str, float | None]


@dataclass(frozen=True)
class GateReport:
    """What the gate saw: reasons to refuse (none: it may be printed), filament used, and the extents of the plastic."""

    reasons: tuple[str, ...]
    filament_mm: float
    grams: float
    low_mm: tuple[float, ...]
    high_mm: tuple[float, ...]


def inspect_gcode(lines: Iterable[bytes], printer: Printer) -> GateReport:
    """Return what the gate found in a file's lines; it stops reading after ten reasons."""
    head = _Head(printer)
    for number, line in enumerate(lines, 1):
        head.number = number
        if match := MOVE(line):
            head.move(*match.groups())
        else:
            head.other(line)
        if len(head.reasons) >= MAX_REASONS:
            break
    else:
        head.end()
    grams = head.used * head.filament_mm2 * printer.density_g_cm3 / 1000
    return GateReport(tuple(head.reasons), head.used, grams, tuple(head.low), tuple(head.high))


class _Head:
    """A print head in thought: where it is, how warm, in which mode, and what it has done."""

    def __init__(self, printer: Printer) -> None:
        self.printer, self.number = printer, 0
        self.reasons: list[str] = []
        self.kinds: set[str] = set()
        self.x, self.y, self.z = printer.home_mm
        self.e = self.feed = self.pushed = self.used = 0.0
        self.homed = self.relative = self.relative_e = False
        self.nozzle = self.bed = 0.0
        self.low, self.high = [math.inf] * 3, [-math.inf] * 3
        self.filament_mm2 = math.pi * printer.filament_mm**2 / 4
        self.bed_mm = (*printer.bed.x_mm, *printer.bed.y_mm, *printer.bed.z_mm)
        self.over_bed = False
        self.most_per_mm = printer.max_bead_mm2 / self.filament_mm2
        self.most_per_minute = printer.max_flow_mm3_s / self.filament_mm2 * 60

    def refuse(self, kind: str, detail: str = "") -> None:
        """Note a reason with its line; the same kind only once."""
        if kind not in self.kinds:
            self.kinds.add(kind)
            self.reasons.append(f"Zeile {self.number}: {kind}{detail}")

    def move(self, *words: bytes | None) -> None:
        """Follow G0 or G1."""
        x, y, z, e, f = words
        if f is not None:
            self.set_feed(float(f))
        push = 0.0 if e is None else self.push_of(float(e))
        if x is None and y is None and z is None:
            self.stand(push)
            return
        base_x, base_y, base_z = (self.x, self.y, self.z) if self.relative else (0.0, 0.0, 0.0)
        self.go(
            self.x if x is None else base_x + float(x),
            self.y if y is None else base_y + float(y),
            self.z if z is None else base_z + float(z),
            push,
        )

    def go(self, x: float, y: float, z: float, push: float) -> None:
        """Go along a straight line; a file has hundreds of thousands, so what is right is seen with few steps."""
        low_x, high_x, low_y, high_y, low_z, high_z = self.bed_mm
        over_bed = low_x <= x <= high_x and low_y <= y <= high_y and low_z <= z <= high_z
        if not (over_bed and self.homed):
            self.reach_for(x, y, z)
        if push:
            length = math.sqrt((x - self.x) ** 2 + (y - self.y) ** 2 + (z - self.z) ** 2)
            thin = length > SHORT_MM and 0 < push < self.most_per_mm * length
            if thin and over_bed and self.over_bed and push * self.feed < self.most_per_minute * length:
                self.count(push)
                self.extend(x, y, z)
            else:
                self.lay(((x, y),), z, push, length)
        self.x, self.y, self.z, self.over_bed = x, y, z, over_bed

    def set_feed(self, feed: float) -> None:
        """Remember the speed for this move and those after it."""
        self.feed = feed
        if not 0 < feed <= self.printer.max_feed_mm_min:
            self.refuse("das Tempo ist nicht erlaubt", f" (F{feed:g}, höchstens {self.printer.max_feed_mm_min:g})")

    def push_of(self, e: float) -> float:
        """Return how much filament an E word moves."""
        if self.relative_e:
            return e
        push, self.e = e - self.e, e
        return push

    def stand(self, push: float) -> None:
        """Push or pull filament while the head stands still."""
        self.count(push)
        if abs(push) > self.printer.max_push_mm:
            self.refuse("zu viel Filament im Stand", f" ({push:g} mm, höchstens {self.printer.max_push_mm:g})")

    def count(self, push: float) -> None:
        """Sum up the filament; pulling it back and pushing it again is not used twice."""
        self.pushed += push
        if self.pushed > self.used:
            self.used = self.pushed
        if push > 0 and self.nozzle < self.printer.nozzle_c[0]:
            self.refuse("Filament wird kalt geschoben", f" (Düse {self.nozzle:g} °C)")

    def reach_for(self, x: float, y: float, z: float) -> None:
        """Refuse a place where the head may not go."""
        reach = self.printer.reach
        if not _inside(((x, y),), z, reach):
            self.refuse("der Druckkopf verlässt seinen Bereich", f" (X{x:g} Y{y:g} Z{z:g})")
        if not self.homed:
            self.refuse("Bewegung ohne Nullpunkt, G28 fehlt")

    def lay(self, points: tuple[tuple[float, float], ...], z: float, push: float, length: float) -> None:
        """Lay plastic along a line or arc, from where the head is through `points`."""
        self.count(push)
        if push <= 0:
            if -push > self.printer.max_push_mm:
                self.refuse("zu viel Filament zurückgezogen", f" ({-push:g} mm)")
            return
        ends = ((self.x, self.y), *points)
        if any(_inside(ends, z, box) for box in (self.printer.bed, self.printer.purge)):
            for x, y in ends:
                self.extend(x, y, z)
        else:
            self.refuse("Plastik neben dem Druckbett", f" (X{points[0][0]:g} Y{points[0][1]:g} Z{z:g})")
        self.weigh(push, length)

    def weigh(self, push: float, length: float) -> None:
        """Refuse a line that is too thick, or laid faster than plastic melts."""
        if length < SHORT_MM:
            if push > SHORT_PUSH_MM:
                self.refuse("zu viel Plastik an einer Stelle", f" ({push:g} mm Filament auf {length:.2f} mm)")
            return
        bead = push * self.filament_mm2 / length
        if bead > self.printer.max_bead_mm2:
            self.refuse("die Linie ist zu dick", f" ({bead:.2f} mm², höchstens {self.printer.max_bead_mm2:g})")
        if bead * self.feed / 60 > self.printer.max_flow_mm3_s:
            self.refuse("zu viel Plastik in einer Sekunde", f" ({bead * self.feed / 60:.0f} mm³)")

    def extend(self, x: float, y: float, z: float) -> None:
        """Widen the extents of the plastic."""
        low, high = self.low, self.high
        for axis, value in enumerate((x, y, z)):
            if value < low[axis]:
                low[axis] = value
            if value > high[axis]:
                high[axis] = value

    def other(self, line: bytes) -> None:
        """Follow, allow or refuse a line that is no plain move."""
        if not ONE_LINE(line):
            self.refuse("ein Zeichen, das kein G-Code ist")
            return
        text = line.split(b";", 1)[0].decode("latin-1").strip()
        if not text or text in self.printer.lines:
            return
        if len(text) > MAX_CODE_BYTES:
            self.refuse("die Zeile ist zu lang", f" ({len(text)} Zeichen)")
            return
        code, *rest = text.split()
        words: Words = {}
        for word in rest:
            match = WORD(word)
            if match is None or match[1] in words:
                self.refuse("nicht zu lesen", f": {text[:40]!r}")
                return
            words[match[1]] = float(match[2]) if match[2] else None
        self.command(code, words)

    def command(self, code: str, words: Words) -> None:
        """Follow a command that changes the head, or look it up among those allowed."""
        if code in NEVER:
            self.refuse(f"{code} darf nie an einen Drucker")
        elif code in ARCS:
            self.arc(code == "G2", words)
        elif code in MODES:
            self.set_mode(code)
        elif code == "G28":
            self.homed, self.over_bed = not words.keys() - {"W"}, False
            self.x, self.y, self.z = self.printer.home_mm
        elif code == "G92":
            self.set_zero(words)
        elif code in HEATING:
            self.heat(code, words)
        else:
            self.look_up(code, words)

    def set_mode(self, code: str) -> None:
        """Switch between absolute and relative; G90 and G91 switch the filament too, as Marlin does."""
        if code in {"G90", "G91"}:
            self.relative = code == "G91"
        self.relative_e = code in {"G91", "M83"}

    def set_zero(self, words: Words) -> None:
        """Follow G92 for the filament; moving the zero of the bed would make every limit wrong."""
        if words.keys() - {"E"} or words.get("E") is None:
            self.refuse("G92 verschiebt den Nullpunkt")
        self.e = words.get("E") or 0.0

    def heat(self, code: str, words: Words) -> None:
        """Follow a temperature."""
        told = [value for letter, value in words.items() if letter in {"S", "R"} and value is not None]
        if len(told) != 1 or len(words) != 1:
            self.refuse(f"{code} ohne klare Temperatur")
            return
        nozzle = code in {"M104", "M109"}
        most = self.printer.nozzle_c[1] if nozzle else self.printer.max_bed_c
        if not 0 <= told[0] <= most:
            what = "die Düse" if nozzle else "das Druckbett"
            self.refuse(f"{what} wird zu heiß", f" ({told[0]:g} °C, höchstens {most:g})")
        if nozzle:
            self.nozzle = told[0]
        else:
            self.bed = told[0]

    def arc(self, clockwise: bool, words: Words) -> None:
        """Follow G2 or G3 with I and J; every point of the arc must be allowed."""
        values = {letter: value for letter, value in words.items() if value is not None}
        if (
            self.relative
            or values.keys() != words.keys()
            or words.keys() - set("XYZIJEF")
            or not words.keys() & {"I", "J"}
        ):
            self.refuse("ein Bogen, den wir nicht prüfen können")
            return
        if "F" in values:
            self.set_feed(values["F"])
        end = (values.get("X", self.x), values.get("Y", self.y))
        found = arc_of((self.x, self.y), end, (values.get("I", 0.0), values.get("J", 0.0)), clockwise=clockwise)
        if found is None:
            self.refuse("ein Bogen, der nicht aufgeht")
            return
        z = values.get("Z", self.z)
        for x, y in found.extremes:
            self.reach_for(x, y, z)
        if "E" in values and (push := self.push_of(values["E"])):
            self.lay(found.extremes, z, push, found.length_mm)
        self.x, self.y, self.z = *end, z
        self.over_bed = _inside((end,), z, self.printer.bed)

    def look_up(self, code: str, words: Words) -> None:
        """Refuse a command that is not allowed, or a number out of its range."""
        allowed = self.printer.commands.get(code)
        if allowed is None or not CODE(code):
            self.refuse(f"{code[:12]} ist nicht erlaubt")
            return
        for letter, value in words.items():
            if letter not in allowed or not _fits(value, allowed[letter]):
                self.refuse(f"{code} {letter} ist so nicht erlaubt", "" if value is None else f" ({letter}{value:g})")
        if code == "M84":
            self.homed = False

    def end(self) -> None:
        """Look at how the file leaves the printer."""
        if self.nozzle or self.bed:
            self.refuse("am Ende ist die Heizung noch an")
        if self.high[2] < 0:
            self.refuse("es wird nichts gedruckt")


def _inside(points: tuple[tuple[float, float], ...], z: float, box: Box) -> bool:
    (low_x, high_x), (low_y, high_y) = box.x_mm, box.y_mm
    if not box.z_mm[0] <= z <= box.z_mm[1]:
        return False
    return all(low_x <= x <= high_x and low_y <= y <= high_y for x, y in points)


def _fits(value: float | None, span: Range | None) -> bool:
    if span is None or value is None:
        return span is None and value is None
    return span[0] <= value <= span[1]
