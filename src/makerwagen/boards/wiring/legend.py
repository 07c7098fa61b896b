"""The row of explanations below a picture: legs of an LED, rings of the resistors, what a dot means."""

from collections.abc import Callable
from dataclasses import dataclass

from makerwagen.boards.wiring.holes import Layout
from makerwagen.boards.wiring.legs import SUPPLY
from makerwagen.boards.wiring.lettering import width_of
from makerwagen.boards.wiring.routes import HEIGHT, LEFT, Plan
from makerwagen.boards.wiring.svg import INK, Drawing
from makerwagen.content.ohms import written_ohms
from makerwagen.content.part import PartKind

SIZE, LINE, GAP = 13.0, 18.0, 14.0
BOX, STEP = 50.0, 58.0
RINGS = {
    "de": ["schwarz", "braun", "rot", "orange", "gelb", "grün", "blau", "lila", "grau", "weiß"],
    "en": ["black", "brown", "red", "orange", "yellow", "green", "blue", "purple", "grey", "white"],
}
WORDS = {
    "de": {
        "long": "langes Bein: +",
        "short": "kurzes Bein, flache Seite: –",
        "dot": ("hier steckt", "etwas im Loch"),
        "beside": ("Board liegt daneben:", "Buchse auf das Bein"),
        "module": ("Auf dem Teil steht, welches", "Bein welches ist. Das gilt."),
    },
    "en": {
        "long": "long leg: +",
        "short": "short leg, flat side: –",
        "dot": ("something sticks", "in this hole"),
        "beside": ("board lies beside it:", "socket over the leg"),
        "module": ("The printing on the part", "says which leg is which."),
    },
}
Item = tuple[float, Callable[[Drawing, float, float], None]]


@dataclass(frozen=True)
class Spot:
    """An explanation in its place."""

    x: float
    y: float
    width: float
    draw: Callable[[Drawing, float, float], None]


def legend_spots(plan: Plan, width: float, lang: str) -> list[Spot]:
    """Return where the explanations go: beside the wires below the breadboard, or else in rows under them."""
    items = _items(plan.layout, lang)
    widest = max(room for room, _ in items)
    corners = [x for route in plan.routes() for x, y in route.points if y > plan.top + HEIGHT]
    top = plan.top + HEIGHT + 14
    tall = STEP * len(items) <= plan.bottom - top + STEP
    if corners and tall and widest <= min(corners) - 16 - LEFT:
        return [Spot(LEFT, top + number * STEP, *item) for number, item in enumerate(items)]
    if corners and tall and widest <= width - max(corners) - 32:
        left = max(corners) + 24
        return [Spot(left, top + number * STEP, *item) for number, item in enumerate(items)]
    spots = []
    for number, row in enumerate(_rows(items, width)):
        x = LEFT
        for room, draw in row:
            spots.append(Spot(x, plan.bottom + 12 + number * STEP, room, draw))
            x += room + GAP
    return spots


def draw_legend(drawing: Drawing, spots: list[Spot]) -> None:
    """Draw the explanations."""
    for spot in spots:
        drawing.rect(spot.x, spot.y, spot.width, BOX, rx=6, stroke_width=1.3)
        spot.draw(drawing, spot.x + 10, spot.y)


def rings(ohms: float, lang: str) -> str:
    """Return the colours of the first three rings of a resistor with four."""
    digits = f"{ohms:.1e}"
    first, second, power = int(digits[0]), int(digits[2]), int(digits[4:]) - 1
    names = RINGS.get(lang, RINGS["en"])
    return ", ".join(names[digit] for digit in (first, second, power))


def _rows(items: list[Item], width: float) -> list[list[Item]]:
    rows: list[list[Item]] = [[]]
    for item in items:
        if rows[-1] and sum(room + GAP for room, _ in rows[-1]) + item[0] > width - 56:
            rows.append([])
        rows[-1].append(item)
    return rows


def _items(layout: Layout, lang: str) -> list[Item]:
    words = WORDS.get(lang, WORDS["en"])
    items: list[Item] = []
    if any(placed.part.kind is PartKind.LED for placed in layout.placed):
        items.append(_led(str(words["long"]), str(words["short"])))
    items += [_resistor(ohms, lang) for ohms in sorted({resistor.ohms for resistor in layout.resistors})]
    items.append(_two_lines(words["dot"], _dot))
    if not layout.plugged:
        items.append(_two_lines(words["beside"], _socket))
    if any(leg.role == SUPPLY for placed in layout.placed for leg in placed.legs):
        items.append(_two_lines(words["module"], _mark))
    return items


def _led(long: str, short: str) -> Item:
    def draw(drawing: Drawing, x: float, y: float) -> None:
        drawing.circle(x + 12, y + 14, 9, stroke_width=2)
        drawing.line(x + 20.5, y + 7, x + 20.5, y + 21, stroke_width=3)
        drawing.line(x + 8, y + 23, x + 8, y + 46, stroke_width=2.5)
        drawing.line(x + 16, y + 23, x + 16, y + 37, stroke_width=2.5)
        drawing.text(x + 32, y + 20, long, SIZE, text_anchor="start")
        drawing.text(x + 32, y + 20 + LINE, short, SIZE, text_anchor="start")

    return 32 + max(width_of(long, SIZE), width_of(short, SIZE)) + 20, draw


def _resistor(ohms: float, lang: str) -> Item:
    colours, value = rings(ohms, lang), written_ohms(ohms, lang)

    def draw(drawing: Drawing, x: float, y: float) -> None:
        drawing.line(x, y + 15, x + 44, y + 15, stroke_width=2.5)
        drawing.rect(x + 8, y + 8.5, 28, 13, rx=4, stroke_width=2.2)
        for step in (15, 21, 28):
            drawing.line(x + step, y + 8.5, x + step, y + 21.5, stroke_width=2.2)
        drawing.text(x + 54, y + 20, value, SIZE, text_anchor="start", font_weight="bold")
        drawing.text(x, y + 20 + LINE, colours, SIZE, text_anchor="start")

    return max(54 + width_of(value, SIZE, bold=True), width_of(colours, SIZE)) + 20, draw


def _two_lines(lines: object, sign: Callable[[Drawing, float, float], None]) -> Item:
    assert isinstance(lines, tuple)

    def draw(drawing: Drawing, x: float, y: float) -> None:
        sign(drawing, x, y)
        for number, words in enumerate(lines):
            drawing.text(x + 22, y + 20 + number * LINE, words, SIZE, text_anchor="start")

    return 22 + max(width_of(words, SIZE) for words in lines) + 20, draw


def _dot(drawing: Drawing, x: float, y: float) -> None:
    drawing.circle(x + 7, y + 25, 4.6, fill=INK, stroke="none")


def _socket(drawing: Drawing, x: float, y: float) -> None:
    drawing.rect(x + 2, y + 20, 10, 10, rx=1.5, fill=INK, stroke="none")


def _mark(drawing: Drawing, x: float, y: float) -> None:
    drawing.text(x + 7, y + 33, "!", 24, font_weight="bold")
