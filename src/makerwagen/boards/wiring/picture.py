"""Draws a layout: breadboard, board, parts, resistors and numbered wires, legible from a black-and-white copier."""

from makerwagen.boards.wiring.cable_colours import Colour, colours_of
from makerwagen.boards.wiring.holes import End, Foot, Hole, Layout, Resistor
from makerwagen.boards.wiring.legend import BOX, draw_legend, legend_spots
from makerwagen.boards.wiring.lettering import width_of, wrapped
from makerwagen.boards.wiring.routes import BADGE, EDGE, HEIGHT, LINES, PITCH, Plan, Route
from makerwagen.boards.wiring.svg import FAINT, INK, Drawing, length
from makerwagen.boards.wiring.symbols import draw_part
from makerwagen.content.ohms import written_ohms
from makerwagen.content.part import PartKind
from makerwagen.content.typed import text_in

LINE_HEIGHT = 17.0
BOARD_FILL = "#e6efe8"


def picture_of(layout: Layout, *, title: str, description: str, lang: str) -> str:
    """Return the picture as SVG."""
    labels = _labels(layout, lang)
    plan = Plan(layout, labels_height=10 + LINE_HEIGHT * max((len(lines) for lines in labels), default=0))
    drawing = Drawing()
    width = max(plan.right + 26, 640)
    legend = legend_spots(plan, width, lang)
    height = max(plan.bottom, *(spot.y + BOX for spot in legend)) + 12
    drawing.rect(0, 0, width, height, stroke="none")
    _breadboard(drawing, plan)
    _board(drawing, plan, lang)
    for placed in layout.placed:
        if placed.part.kind is PartKind.BUTTON:
            draw_part(drawing, placed, plan, lang)
    colours = colours_of(layout)
    routes = plan.routes()
    for resistor in layout.resistors:
        _resistor(drawing, plan, resistor, lang)
    for route in routes:
        _wire(drawing, route, colours[route.cable.number])
    for placed in layout.placed:
        if placed.part.kind is not PartKind.BUTTON:
            draw_part(drawing, placed, plan, lang)
    _dots(drawing, plan)
    _row_numbers(drawing, plan)
    _name_parts(drawing, plan, labels)
    for route in routes:
        _badge(drawing, route)
    draw_legend(drawing, legend)
    return drawing.svg(width, height, title=title, description=description, lang=lang)


def _labels(layout: Layout, lang: str) -> list[list[str]]:
    found = []
    for number, placed in enumerate(layout.placed):
        after = layout.placed[number + 1].first if number + 1 < len(layout.placed) else placed.last + 4
        before = layout.placed[number - 1].last if number else placed.first - 4
        room = (placed.last - placed.first + (after - placed.last + placed.first - before) / 2) * PITCH - 8
        found.append(wrapped(text_in(placed.wire.label, lang), layout.label_px, max(room, 34)))
    return found


def _name_parts(drawing: Drawing, plan: Plan, labels: list[list[str]]) -> None:
    for placed, lines in zip(plan.layout.placed, labels, strict=True):
        middle = (plan.x(Hole(placed.body[0], "a")) + plan.x(Hole(placed.body[1], "a"))) / 2
        for number, words in enumerate(reversed(lines)):
            drawing.text(middle, plan.top - 8 - number * LINE_HEIGHT, words, plan.layout.label_px, font_weight="bold")


def _breadboard(drawing: Drawing, plan: Plan) -> None:
    left, right, top = plan.left - EDGE, plan.right + 4, plan.top
    cut = plan.layout.rows < 63
    edge = f"M{right:g},{top:g} L{left + 8:g},{top:g} Q{left:g},{top:g} {left:g},{top + 8:g} V{top + HEIGHT - 8:g}"
    edge += f" Q{left:g},{top + HEIGHT:g} {left + 8:g},{top + HEIGHT:g} H{right:g}"
    if cut:
        # A torn edge says that the breadboard goes on.
        teeth, step = 12, HEIGHT / 12
        edge += "".join(
            f" L{right + (5 if number % 2 else -3):g},{top + HEIGHT - number * step:.1f}" for number in range(1, teeth)
        )
    drawing.path(edge + " Z", fill="#f7f7f5", stroke_width=2)
    middle = top + (LINES["e"] + LINES["f"]) / 2
    drawing.rect(left + 1, middle - 8.5, right - left - 4, 17, fill="#dcdcd8", stroke="none")
    holes = (Hole(row, line) for line in LINES for row in range(1, plan.layout.rows + 1))
    squares = (f"M{length(plan.x(hole) - 2.5)},{length(plan.y(hole) - 2.5)}h5v5h-5z" for hole in holes if hole.is_real)
    drawing.path("".join(squares), fill="#9a9fa5", stroke="none")
    minus, plus = top + LINES["-"] - 9, top + LINES["+"] + 9
    drawing.line(left + 14, minus, right - 6, minus, stroke="#1f4fa3", stroke_width=2.5)
    drawing.line(left + 14, plus, right - 6, plus, stroke="#c62828", stroke_width=2, stroke_dasharray="7 4")
    for line in "jihgfedcba":
        drawing.text(left + 11, top + LINES[line] + 4, line, 12, fill=FAINT)
    drawing.text(left + 11, top + LINES["-"] + 5, "–", 16, font_weight="bold")
    drawing.text(left + 11, top + LINES["+"] + 5, "+", 16, font_weight="bold")


def _row_numbers(drawing: Drawing, plan: Plan) -> None:
    used = {leg.hole.row for placed in plan.layout.placed for leg in placed.legs}
    used |= {
        end.row for resistor in plan.layout.resistors for end in (resistor.start, resistor.end) if end.line not in "-+"
    }
    ends = [end for cable in plan.layout.cables for end in (cable.start, cable.end)]
    used |= {end.row for end in ends if isinstance(end, Hole) and end.line not in "-+"}
    for row in range(1, plan.layout.rows + 1):
        x, y = plan.x(Hole(row, "j")), plan.top + 19
        if row in used:
            drawing.rect(x - 8, y - 12, 16, 15, fill="#f7f7f5", stroke="none")
            drawing.text(x, y, str(row), 12.5, font_weight="bold")
        elif (row == 1 or row % 5 == 0) and not used & {row - 1, row + 1} and not plan.is_crossed(x):
            drawing.text(x, y, str(row), 12, fill=FAINT)


def _board(drawing: Drawing, plan: Plan, lang: str) -> None:
    feet = plan.layout.feet
    lower = [(name, end) for name, end in feet if plan.y(end) > plan.top + LINES["e"]]
    upper = [(name, end) for name, end in feet if plan.y(end) <= plan.top + LINES["e"]]
    left, right = plan.x(lower[0][1]) - 9, plan.x(lower[-1][1]) + 9
    top, bottom = plan.y(upper[0][1]) - 9, plan.y(lower[0][1]) + 9
    drawing.rect(left, top, right - left, bottom - top, rx=6, fill=BOARD_FILL, stroke_width=2.5)
    middle = (top + bottom) / 2
    drawing.rect(left - 13, middle - 17, 32, 34, rx=3, stroke_width=2)
    drawing.text(left + 3, middle + 4, "USB", 11)
    title = text_in(plan.layout.board.title, lang)
    words = wrapped(title, 16, right - left - 60)
    for number, words_line in enumerate(words):
        y = middle + 6 + (number - (len(words) - 1) / 2) * 19
        drawing.text((left + right) / 2 + 20, y, words_line, 16, font_weight="bold")
    used = {cable.carries for cable in plan.layout.cables}
    ends = {cable.start for cable in plan.layout.cables}
    for name, end in feet:
        _pin(drawing, (plan.x(end), plan.y(end)), name, used=_in_use(name, end, used, ends), below=(name, end) in lower)


def _in_use(name: str, end: object, used: set[str], ends: set[End]) -> bool:
    """Say whether a wire leaves from this leg; of several GND legs only the one that has a wire."""
    if isinstance(end, Hole):
        return any(isinstance(other, Hole) and other.strip == end.strip for other in ends)
    return name in used and end in ends


def _pin(drawing: Drawing, at: tuple[float, float], name: str, *, used: bool, below: bool) -> None:
    x, y = at
    drawing.circle(x, y, 5, stroke_width=1.8 if used else 1.2, fill="#ffffff")
    look = {"font_weight": "bold"} if used else {"fill": FAINT}
    size = 13 if used else 10.5
    if below:
        drawing.upright(x + size * 0.36, y - 9, name, size, **look)
    else:
        drawing.upright(x + size * 0.36, y + 9, name, size, text_anchor="end", **look)


def _resistor(drawing: Drawing, plan: Plan, resistor: Resistor, lang: str) -> None:
    (x1, y1), (x2, y2) = ((plan.x(end), plan.y(end)) for end in (resistor.start, resistor.end))
    drawing.line(x1, y1, x2, y2, stroke="#f7f7f5", stroke_width=8)
    drawing.line(x1, y1, x2, y2, stroke_width=2.5)
    words = written_ohms(resistor.ohms, lang)
    if y1 == y2:
        middle = (max(x1, x2) + max(min(x1, x2), max(x1, x2) - 3.5 * PITCH)) / 2
        drawing.rect(middle - 15, y1 - 6.5, 30, 13, rx=4, stroke_width=2.2)
        for step in (-8, -1, 7):
            drawing.line(middle + step, y1 - 6.5, middle + step, y1 + 6.5, stroke_width=2.2)
        _halo_text(drawing, middle, y1 - 10, words, 11.5)
        return
    x, middle = (x1 + x2) / 2, min(y1, y2) + 27
    drawing.rect(x - 7, middle - 15, 14, 30, rx=4, stroke_width=2.2)
    for step in (-7, 0, 7):
        drawing.line(x - 7, middle + step, x + 7, middle + step, stroke_width=2.2)
    if _wire_beside(plan.layout, resistor.start):
        drawing.upright(x - 11, middle + 19, words, 11.5)
    else:
        drawing.upright(x + 19, middle + 19, words, 11.5)


def _wire_beside(layout: Layout, hole: Hole) -> bool:
    """Say whether a wire goes down at the right of this row."""
    ends = (end for cable in layout.cables for end in (cable.start, cable.end) if isinstance(end, Hole))
    return any(end.strip == hole.strip and end.line != "a" for end in ends)


def _halo_text(drawing: Drawing, x: float, y: float, words: str, size: float) -> None:
    width = width_of(words, size)
    drawing.rect(x - width / 2, y - size, width, size + 2, fill="#f7f7f5", stroke="none")
    drawing.text(x, y, words, size)


def _wire(drawing: Drawing, route: Route, colour: Colour) -> None:
    d = "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in route.points)
    look = {"stroke_linejoin": "round", "stroke_linecap": "butt"}
    drawing.path(d, stroke="#ffffff", stroke_width=10, **look)
    drawing.path(d, stroke_width=6.2, **look)
    if colour.drawn != INK:
        dashes = {"stroke_dasharray": colour.dashes} if colour.dashes else {}
        drawing.path(d, stroke=colour.drawn, stroke_width=3.2, **look, **dashes)


def _dots(drawing: Drawing, plan: Plan) -> None:
    """Mark every hole in which something sticks."""
    layout = plan.layout
    ends: list[Hole | Foot] = [end for cable in layout.cables for end in (cable.start, cable.end)]
    ends += [end for resistor in layout.resistors for end in (resistor.start, resistor.end)]
    ends += [leg.hole for placed in layout.placed if placed.part.kind is not PartKind.BUTTON for leg in placed.legs]
    for end in ends:
        if isinstance(end, Foot):
            drawing.rect(plan.x(end) - 5, plan.y(end) - 5, 10, 10, fill=INK, stroke="none", rx=1.5)
        else:
            drawing.circle(plan.x(end), plan.y(end), 4.6, fill=INK, stroke="none")


def _badge(drawing: Drawing, route: Route) -> None:
    x, y = route.badge
    drawing.circle(x, y, BADGE, stroke_width=2)
    drawing.text(x, y + 5, str(route.cable.number), 14, font_weight="bold")
