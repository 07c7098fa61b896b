"""Each kind of part as it looks from above, sticking in a breadboard; told apart without colour."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin

from makerwagen.boards.wiring.holes import Placed
from makerwagen.boards.wiring.legs import OTHER, hangs, is_knob
from makerwagen.boards.wiring.routes import LINES, PITCH, Plan
from makerwagen.boards.wiring.svg import INK, Drawing
from makerwagen.content.part import PartKind

FILLS = {"red": "#d32f2f", "yellow": "#f5c518", "green": "#2e9e4f", "blue": "#2f6fc4", "white": "#ffffff"}
CODES = {
    "de": {"red": "rt", "yellow": "ge", "green": "gn", "blue": "bl", "white": "ws"},
    "en": {"red": "R", "yellow": "Y", "green": "G", "blue": "B", "white": "W"},
}
NAMES = {
    PartKind.HCSR04: "HC-SR04",
    PartKind.DHT22: "DHT22",
    PartKind.BME280: "BME280",
    PartKind.SDS011: "SDS011",
    PartKind.DS18X20: "DS18B20",
}
PAPER = "#fbfbf9"


@dataclass(frozen=True)
class Body:
    """The space for a part's body, and what is in it."""

    drawing: Drawing
    placed: Placed
    lang: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Return the middle from left to right."""
        return self.x + self.width / 2


def draw_part(drawing: Drawing, placed: Placed, plan: Plan, lang: str) -> None:
    """Draw a part with its legs; the dots in the holes come later, above the wires."""
    left = plan.x(placed.legs[0].hole) + (placed.body[0] - placed.legs[0].hole.row) * PITCH - 7
    width = (placed.body[1] - placed.body[0]) * PITCH + 14
    top = plan.top + LINES["j"] - 11
    body = Body(drawing, placed, lang, left, top, width, plan.top + LINES["f"] + 11 - top)
    if placed.part.kind is PartKind.LED:
        _led(body, plan)
        return
    if placed.part.kind is PartKind.BUTTON:
        _button(body, plan)
        return
    _legs(body, plan)
    ART.get(placed.part.kind, _module)(body)
    _printed(body, plan)


def _legs(body: Body, plan: Plan) -> None:
    for leg in body.placed.legs:
        x, y = plan.x(leg.hole), plan.y(leg.hole)
        hanging = hangs(body.placed.part)
        body.drawing.line(x, body.y + body.height - 4, x, y, stroke="#ffffff", stroke_width=7)
        body.drawing.line(x, body.y + body.height - 4, x, y, stroke_width=4.5 if hanging else 3)
        if hanging:
            body.drawing.line(x, body.y + body.height, x, y - 6, stroke="#ffffff", stroke_width=1.6)


def _printed(body: Body, plan: Plan) -> None:
    """Write what stands beside each leg."""
    for leg in body.placed.legs:
        x, y = plan.x(leg.hole), body.y + body.height - 5
        if body.placed.part.kind is PartKind.BUZZER:
            sign, side = ("–", 9) if leg.role == OTHER else ("+", -9)
            body.drawing.text(x + side, y + 24, sign, 15, font_weight="bold")
        else:
            body.drawing.upright(x + 4, y, "GND" if leg.role == OTHER else leg.label, 11)


def _box(body: Body, **attributes: object) -> None:
    body.drawing.rect(
        body.x, body.y, body.width, body.height, **({"rx": 5, "fill": PAPER, "stroke_width": 2.2} | attributes)
    )


def _led(body: Body, plan: Plan) -> None:
    drawing, placed = body.drawing, body.placed
    long, short = placed.legs[0].hole, placed.legs[1].hole
    x, y = (plan.x(long) + plan.x(short)) / 2, plan.top + LINES["h"]
    # Through a supply the light turns round: its short leg is at the pin then.
    turned = placed.wire.other_leg not in {"GND", "AGND"}
    for leg in (long, short):
        at = plan.x(leg)
        inner = x + (at - x) * 0.9
        d = f"M{inner:g},{y + 14:g} L{at:g},{y + 32:g} L{at:g},{plan.y(leg):g}"
        drawing.path(d, stroke="#ffffff", stroke_width=7)
        drawing.path(d, stroke_width=3)
    drawing.circle(x, y, 19, stroke_width=2.5)
    drawing.circle(x, y, 15, fill=FILLS.get(placed.part.colour or "", "#ffffff"), stroke="none")
    flat = x + (-18 if turned else 18)
    drawing.line(flat, y - 12, flat, y + 12, stroke_width=4)
    drawing.rect(x - 10.5, y - 9, 21, 18, rx=3, stroke="none")
    drawing.text(
        x, y + 5.5, CODES.get(body.lang, CODES["en"]).get(placed.part.colour or "", "LED"), 14, font_weight="bold"
    )
    plus, minus = (short, long) if turned else (long, short)
    outwards = 1 if turned else -1
    drawing.text(plan.x(plus) + outwards * 8, plan.top + LINES["e"] - 8, "+", 15, font_weight="bold")
    drawing.text(plan.x(minus) - outwards * 8, plan.top + LINES["e"] - 8, "–", 15, font_weight="bold")


def _button(body: Body, plan: Plan) -> None:
    drawing, legs = body.drawing, body.placed.legs
    left, right = plan.x(legs[0].hole) - 8, plan.x(legs[1].hole) + 8
    top, bottom = plan.top + LINES["f"] - 7, plan.top + LINES["e"] + 7
    drawing.rect(left, top, right - left, bottom - top, rx=3, stroke_width=2.5)
    for x in (left + 8, right - 8):
        for y in (top + 6, bottom - 6):
            drawing.rect(x - 3, y - 3.5, 6, 7, fill=INK, stroke="none")
    drawing.circle((left + right) / 2, (top + bottom) / 2, 14, fill="#c9c9c9", stroke_width=2)


def _buzzer(body: Body) -> None:
    y = body.y + 34
    body.drawing.circle(body.middle, y, 31, fill="#3a3d40")
    body.drawing.circle(body.middle, y, 6, fill="#ffffff")
    body.drawing.rect(body.x, body.y + 66, body.width, 20, rx=3, fill=PAPER, stroke_width=1.5)


def _module(body: Body) -> None:
    _box(body)
    if is_knob(body.placed.part):
        body.drawing.circle(body.middle, body.y + 26, 20, fill="#c9c9c9", stroke_width=2)
        body.drawing.line(body.middle, body.y + 26, body.middle + 12, body.y + 12, stroke_width=3.5)
        return
    ICONS.get(body.placed.wire.part, _dot)(body)


def _dot(body: Body) -> None:
    body.drawing.circle(body.middle, body.y + 22, 12, stroke_width=2)


def _sun(body: Body) -> None:
    x, y = body.middle, body.y + 24
    body.drawing.circle(x, y, 9, stroke_width=2)
    for step in range(8):
        a = step * pi / 4
        body.drawing.line(x + 12 * cos(a), y + 12 * sin(a), x + 17 * cos(a), y + 17 * sin(a))


def _fork(body: Body) -> None:
    x, y = body.middle, body.y + 7
    body.drawing.path(
        f"M{x - 12:g},{y:g} h24 v12 h-5 v22 l-3,5 l-3,-5 v-22 h-2 v22 l-3,5 l-3,-5 v-22 h-5 z", fill="#ffffff"
    )


def _microphone(body: Body) -> None:
    body.drawing.circle(body.middle, body.y + 23, 16, fill="#e3e3e0", stroke_width=2)
    for x in (-7, 0, 7):
        for y in (-7, 0, 7):
            body.drawing.circle(body.middle + x, body.y + 23 + y, 1.8, fill=INK, stroke="none")


def _dome(body: Body) -> None:
    x, y = body.middle, body.y + 25
    body.drawing.circle(x, y, 19, stroke_width=2)
    body.drawing.path(
        f"M{x - 19:g},{y:g} h38 M{x:g},{y - 19:g} v38 M{x - 13:g},{y - 13:g} l26,26 M{x - 13:g},{y + 13:g} l26,-26",
        stroke_width=1,
    )


def _barrier(body: Body) -> None:
    x, y = body.middle, body.y + 8
    body.drawing.path(f"M{x - 22:g},{y:g} h12 v20 h20 v-20 h12 v32 h-44 z", fill="#3a3d40")
    body.drawing.path(f"M{x - 9:g},{y + 8:g} h18", stroke_width=1.5, stroke_dasharray="3 3")


def _dht22(body: Body) -> None:
    _box(body)
    body.drawing.rect(body.x + 6, body.y + 5, body.width - 12, 36, rx=3, stroke_width=1.6)
    for row in range(4):
        body.drawing.line(
            body.x + 11, body.y + 11 + row * 8, body.x + body.width - 11, body.y + 11 + row * 8, stroke_width=1.6
        )


def _hcsr04(body: Body) -> None:
    _box(body)
    for side, letter in ((-1, "T"), (1, "R")):
        x = body.middle + side * body.width * 0.33
        body.drawing.circle(x, body.y + body.height / 2, 32, fill="#d6d6d3", stroke_width=2.5)
        body.drawing.circle(x, body.y + body.height / 2, 22, stroke_width=1.5, stroke_dasharray="2 3")
        body.drawing.text(x, body.y + body.height / 2 + 5, letter, 14, font_weight="bold")
    body.drawing.text(body.middle, body.y + 18, NAMES[PartKind.HCSR04], 13, font_weight="bold")


def _display(body: Body) -> None:
    _box(body)
    body.drawing.rect(body.x + 6, body.y + 6, body.width - 12, 40, fill="#2b2e31", stroke_width=1)
    body.drawing.text(body.middle, body.y + 31, "Hallo!" if body.lang == "de" else "Hello!", 16, fill="#ffffff")


def _bme280(body: Body) -> None:
    _box(body)
    body.drawing.text(body.middle, body.y + 16, NAMES[PartKind.BME280], 12, font_weight="bold")
    body.drawing.rect(body.middle - 8, body.y + 22, 16, 14, fill="#d6d6d3", stroke_width=1.6)
    body.drawing.circle(body.middle - 3, body.y + 27, 1.8, fill=INK, stroke="none")


def _servo(body: Body) -> None:
    _box(body)
    body.drawing.rect(body.x + 4, body.y + 5, body.width - 8, 24, fill="#d6d6d3", stroke_width=1.6)
    x, y = body.x + 20, body.y + 17
    body.drawing.path(
        f"M{x:g},{y - 7:g} L{x + 34:g},{y - 3:g} a3,3 0 0 1 0,6 L{x:g},{y + 7:g} z", fill="#ffffff", stroke_width=1.8
    )
    body.drawing.circle(x, y, 7, stroke_width=1.8)
    body.drawing.circle(x, y, 2, fill=INK, stroke="none")


def _ring(body: Body) -> None:
    _box(body, rx=8)
    x, y, shown = body.middle, body.y + 27, 8
    body.drawing.circle(x, y, 24, fill="#3a3d40", stroke_width=1.5)
    body.drawing.circle(x, y, 11, fill=PAPER, stroke_width=1.5)
    for step in range(shown):
        a = step * 2 * pi / shown
        body.drawing.rect(x + 17.5 * cos(a) - 3.5, y + 17.5 * sin(a) - 3.5, 7, 7, stroke="none")
    if body.placed.wire.count > 1:
        body.drawing.text(x, y + 5, str(body.placed.wire.count), 13, font_weight="bold")


def _probe(body: Body) -> None:
    _box(body)
    body.drawing.rect(body.x + 8, body.y + 8, body.width - 30, 15, rx=7, fill="#d6d6d3", stroke_width=2)
    body.drawing.rect(body.x + body.width - 24, body.y + 10, 15, 11, fill=INK, stroke="none")
    body.drawing.text(body.middle, body.y + 39, NAMES[PartKind.DS18X20], 12, font_weight="bold")


def _dust(body: Body) -> None:
    _box(body)
    body.drawing.circle(body.middle, body.y + 30, 15, fill="#d6d6d3", stroke_width=1.8)
    for step in range(3):
        a = step * 2 * pi / 3
        body.drawing.line(
            body.middle, body.y + 30, body.middle + 13 * cos(a), body.y + 30 + 13 * sin(a), stroke_width=3
        )
    body.drawing.text(body.middle, body.y + 13, NAMES[PartKind.SDS011], 11, font_weight="bold")


ART: dict[PartKind, Callable[[Body], None]] = {
    PartKind.BUZZER: _buzzer,
    PartKind.DHT22: _dht22,
    PartKind.HCSR04: _hcsr04,
    PartKind.SSD1306: _display,
    PartKind.BME280: _bme280,
    PartKind.SERVO: _servo,
    PartKind.NEOPIXEL: _ring,
    PartKind.DS18X20: _probe,
    PartKind.SDS011: _dust,
}
# Modules that are the same to the simulator, but not to the eye.
ICONS: dict[str, Callable[[Body], None]] = {
    "light-sensor": _sun,
    "soil-moisture": _fork,
    "microphone": _microphone,
    "motion-sensor": _dome,
    "light-barrier": _barrier,
}
