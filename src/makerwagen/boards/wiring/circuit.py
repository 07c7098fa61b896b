"""The circuit diagram of an exercise with standard symbols, for grade 7 and up; only this file imports schemdraw."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import schemdraw
import schemdraw.elements

from makerwagen.boards.wiring.circuit_words import words_in
from makerwagen.boards.wiring.holes import WiringError
from makerwagen.boards.wiring.layout import GROUNDS, LOWER_OHMS, UPPER_OHMS
from makerwagen.boards.wiring.legs import divided, is_knob, printed
from makerwagen.boards.wiring.lettering import wrapped
from makerwagen.content.exercise import Board, Exercise, Wire
from makerwagen.content.ohms import ohms_of, written_ohms
from makerwagen.content.part import Part, PartKind, Parts
from makerwagen.content.supply import supply_of
from makerwagen.content.typed import text_in

# Half of its constructors have types, half have not.
elm: Any = schemdraw.elements
FONT = "Andika, sans-serif"
BOX_LEFT, BOX_RIGHT = -4.6, 0.0
FIRST, SECOND, THIRD, BLOCK = 1.6, 4.2, 6.6, 6.4
BLOCK_WIDTH, RIGHT_EDGE = 4.4, 16.5
ROW = 1.9
TERMINAL_ROW = 1.3
SIZE, SMALL = 13, 11


@dataclass
class _Sheet:
    """The growing diagram: `y` is where the next branch goes; a pin that is there already is named, not drawn again."""

    drawing: schemdraw.Drawing
    board: Board
    lang: str
    y: float
    pins: dict[str, float]

    def pin(self, name: str, y: float, x: float) -> tuple[float, float]:
        """Begin a wire at a pin of the board, or at its name where the pin is further up; return where it ends."""
        if name in self.pins:
            start = x - 1.6
            self.text(start - 0.3, y, name, halign="right", size=SMALL)
            self.dot(start, y)
        else:
            self.pins[name] = y
            start = BOX_RIGHT
            self.text(BOX_RIGHT - 0.2, y, name, halign="right")
        self.line((start, y), (x, y))
        return x, y

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a straight wire."""
        if start != end:
            self.drawing.add(elm.Line().at(start).to(end))

    def dot(self, x: float, y: float) -> None:
        """Mark a joint."""
        self.drawing.add(elm.Dot().at((x, y)))

    def text(self, x: float, y: float, words: str, *, halign: str = "left", size: int = SIZE) -> None:
        """Write words."""
        look = {"loc": "center", "ofst": 0, "halign": halign, "valign": "center", "fontsize": size}
        self.drawing.add(elm.Label().at((x, y - 0.06)).theta(0).label(words, **look))

    def box(self, left: float, bottom: float, right: float, top: float) -> None:
        """Draw a rectangle."""
        corners = ((left, bottom), (right, bottom), (right, top), (left, top))
        for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
            self.line(start, end)

    def end(self, x: float, y: float, name: str) -> None:
        """End a wire in the sign for GND, or in that of a supply."""
        if name in GROUNDS:
            self.drawing.add(elm.Ground().at((x, y)).theta(0))
        else:
            self.drawing.add(elm.Vdd().at((x, y)).theta(0).label(name, fontsize=SMALL))

    def resistor(self, start: tuple[float, float], end: tuple[float, float], ohms: float) -> None:
        """Draw a resistor with its value."""
        where = "top" if start[1] == end[1] else "bottom"
        part = elm.ResistorIEC().at(start).to(end)
        self.drawing.add(part.label(written_ohms(ohms, self.lang), loc=where, fontsize=SMALL))


@dataclass(frozen=True)
class _Item:
    """A part that is drawn: how it is wired and what it is."""

    wire: Wire
    part: Part
    supply: str
    split: tuple[str, ...]
    label: str


def draw_circuit(board: Board, exercise: Exercise, parts: Parts, lang: str = "de") -> str:
    """Return the circuit diagram as SVG, the same bytes for the same exercise."""
    schemdraw.use("svg")
    with schemdraw.Drawing(show=False) as drawing:
        drawing.config(font=FONT, fontsize=SIZE, lw=1.8, unit=2.4)
        sheet = _Sheet(drawing, board, lang, -0.9, {})
        items = [_item(board, wire, parts, lang) for wire in exercise.wiring]
        for item in items:
            _branch(item)(sheet, item)
        _board(sheet, has_blocks=any(_branch(item) is _block for item in items))
    data = drawing.get_imagedata("svg").decode()
    return _described(data, _title(exercise, lang), circuit_in_words(board, exercise, parts, lang), lang)


def circuit_in_words(board: Board, exercise: Exercise, parts: Parts, lang: str = "de") -> str:
    """Return what the diagram shows, for whoever cannot see it."""
    return " ".join(_sentences(board, [_item(board, wire, parts, lang) for wire in exercise.wiring], lang))


def _item(board: Board, wire: Wire, parts: Parts, lang: str) -> _Item:
    part = parts.get(wire.part)
    if part is None or set(wire.pins_of(part)) != {terminal.name for terminal in part.terminals}:
        raise WiringError(f"'{wire.id}' is not wired properly; see: makerwagen check")
    supply = supply_of(wire, part, board) or ""
    split = divided(wire, part, board, board.supplies.get(supply, 0.0))
    return _Item(wire, part, supply, split, text_in(wire.label, lang))


def _branch(item: _Item) -> Callable[[_Sheet, _Item], None]:
    simple = {PartKind.LED: _led, PartKind.BUTTON: _button, PartKind.BUZZER: _buzzer}
    if not item.part.supply_volts and item.part.kind in simple:
        return simple[item.part.kind]
    return _knob if is_knob(item.part) else _block


def _led(sheet: _Sheet, item: _Item) -> None:
    y = sheet.y
    (name,) = item.wire.pins_of(item.part).values()
    start = sheet.pin(name, y, FIRST)
    sheet.resistor(start, (SECOND, y), ohms_of(item.wire.value or "") or 0.0)
    # To a supply the light turns round: it shines while the pin is 0.
    turned = item.wire.other_leg not in GROUNDS
    light = elm.LED().at((THIRD, y)).to((SECOND, y)) if turned else elm.LED().at((SECOND, y)).to((THIRD, y))
    sheet.drawing.add(light.fill("white"))
    _finish(sheet, item, (THIRD, y))


def _button(sheet: _Sheet, item: _Item) -> None:
    y = sheet.y
    (name,) = item.wire.pins_of(item.part).values()
    start = sheet.pin(name, y, SECOND)
    sheet.drawing.add(elm.Button().at(start).to((THIRD, y)))
    pull = "pull-up" if item.wire.other_leg in GROUNDS else "pull-down"
    sheet.text(BOX_RIGHT + 0.25, y + 0.42, words_in(sheet.lang)[pull], size=SMALL)
    _finish(sheet, item, (THIRD, y))


def _buzzer(sheet: _Sheet, item: _Item) -> None:
    y = sheet.y
    (name,) = item.wire.pins_of(item.part).values()
    x, _ = sheet.pin(name, y, THIRD - 0.5)
    drawn = sheet.drawing.add(elm.Speaker().at((x, y)).theta(0))
    other = drawn.absanchors["in2"]
    sheet.line((other[0], other[1]), (x - 0.6, other[1]))
    sheet.end(x - 0.6, other[1], item.wire.other_leg)
    sheet.text(x + 1.6, other[1] + 0.25, item.label)
    sheet.y -= ROW + 0.7


def _finish(sheet: _Sheet, item: _Item, end: tuple[float, float]) -> None:
    """End a simple branch in GND or a supply, its label behind it."""
    x, y = end
    sheet.line(end, (x + 0.5, y))
    sheet.end(x + 0.5, y, item.wire.other_leg)
    sheet.text(x + 1.2, y, item.label)
    sheet.y -= ROW


def _knob(sheet: _Sheet, item: _Item) -> None:
    (name,) = item.wire.pins_of(item.part).values()
    top = sheet.y - 0.2
    part = elm.PotentiometerIEC().at((THIRD, top)).to((THIRD, top - 2.4)).flip()
    drawn = sheet.drawing.add(part)
    tap = drawn.absanchors["tap"]
    sheet.pin(name, tap[1], tap[0])
    sheet.end(THIRD, top, item.supply)
    sheet.end(THIRD, top - 2.4, "GND")
    sheet.text(THIRD + 0.8, tap[1], item.label)
    sheet.y -= 4.4


def _block(sheet: _Sheet, item: _Item) -> None:
    """Draw a module as a box with its terminals, supply on top, GND below."""
    pins = item.wire.pins_of(item.part)
    room = TERMINAL_ROW * len(pins)
    top = sheet.y - 0.6
    bottom = top - room - 0.2
    sheet.box(BLOCK, bottom, BLOCK + BLOCK_WIDTH, top)
    for number, (role, name) in enumerate(pins.items()):
        y = top - 0.1 - TERMINAL_ROW * (number + 0.5)
        sheet.text(BLOCK + 0.2, y, printed(role), size=SMALL)
        if role in item.split:
            _divider(sheet, name, y)
        else:
            sheet.pin(name, y, BLOCK)
        if item.part.kind is PartKind.DS18X20:
            _pull_up(sheet, item, y)
    title = text_in(item.part.title, sheet.lang)
    lines = [item.label, *(wrapped(title, SMALL, 150) if title.casefold() != item.label.casefold() else [])]
    for number, words in enumerate(lines):
        y = (top + bottom) / 2 + 0.3 * len(lines) - 0.6 * number - 0.3
        sheet.text(BLOCK + BLOCK_WIDTH + 0.3, y, words, size=SMALL if number else SIZE)
    middle = BLOCK + BLOCK_WIDTH / 2 + 0.4
    sheet.line((middle, top), (middle, top + 0.2))
    sheet.end(middle, top + 0.2, item.supply or item.wire.other_leg)
    sheet.end(middle, bottom, "GND")
    sheet.y = bottom - 2.1 - (1.1 if item.split else 0)


def _divider(sheet: _Sheet, name: str, y: float) -> None:
    start = sheet.pin(name, y, FIRST + 0.6)
    sheet.dot(*start)
    sheet.resistor(start, (BLOCK - 1.4, y), UPPER_OHMS)
    sheet.line((BLOCK - 1.4, y), (BLOCK, y))
    sheet.resistor(start, (start[0], y - 1.9), LOWER_OHMS)
    sheet.end(start[0], y - 1.9, "GND")


def _pull_up(sheet: _Sheet, item: _Item, y: float) -> None:
    x = SECOND
    sheet.dot(x, y)
    sheet.resistor((x, y + 1.7), (x, y), ohms_of(item.wire.value or "") or 0.0)
    sheet.end(x, y + 1.7, item.supply)


def _board(sheet: _Sheet, *, has_blocks: bool) -> None:
    """Draw the board's box around the pins that are used."""
    bottom = min([*sheet.pins.values(), -2.0]) - 1.0
    sheet.box(BOX_LEFT, bottom, BOX_RIGHT, 0.3)
    look = {"loc": "center", "ofst": 0, "rotate": 90, "fontsize": SIZE, "halign": "center", "valign": "center"}
    label = elm.Label().at((BOX_LEFT + 1.1, (bottom + 0.3) / 2)).theta(0)
    sheet.drawing.add(label.label(text_in(sheet.board.title, sheet.lang), **look))
    # A corner that nothing else reaches: long words at the right edge are measured too short.
    edge = RIGHT_EDGE if has_blocks else THIRD + 5.2
    sheet.drawing.add(elm.Gap().at((edge, bottom)).to((edge, bottom + 0.1)))


def _title(exercise: Exercise, lang: str) -> str:
    return words_in(lang)["title"].format(title=text_in(exercise.title, lang))


def _sentences(board: Board, items: list[_Item], lang: str) -> list[str]:
    """Return one sentence for each part."""
    words = words_in(lang)
    found = [words["board"].format(board=text_in(board.title, lang))]
    for item in items:
        pins = item.wire.pins_of(item.part)
        given = {
            "label": item.label,
            "pin": ", ".join(pins.values()),
            "pins": ", ".join(f"{printed(role)} – {pin}" for role, pin in pins.items()),
            "value": written_ohms(ohms_of(item.wire.value or "") or 0.0, lang),
            "end": item.wire.other_leg,
            "supply": item.supply,
        }
        key = item.part.kind.value if item.part.kind.value in words and not item.part.supply_volts else "block"
        found.append(words[key].format(**given))
        found += [words["divider"].format(leg=printed(role), pin=pins[role]) for role in item.split]
    return found


def _described(svg: str, title: str, description: str, lang: str) -> str:
    """Return the picture with a title and a description for screen readers."""
    start = svg.index("<svg")
    head_end = svg.index(">", start)
    head = svg[start:head_end]
    names = f"<title>{escape(title, quote=False)}</title>\n<desc>{escape(description, quote=False)}</desc>"
    return f'{head} role="img" lang="{escape(lang)}">\n{names}{svg[head_end + 1 :]}\n'
