"""An exercise's wiring in words, step by step as the wires are numbered, and the list of what it takes."""

from collections.abc import Iterator

from makerwagen.boards.wiring.cable_colours import colours_of
from makerwagen.boards.wiring.holes import RAILS, Cable, End, Foot, Hole, Layout, Placed, Resistor
from makerwagen.boards.wiring.layout import GROUNDS, lay_out
from makerwagen.boards.wiring.legs import OTHER, hangs
from makerwagen.boards.wiring.phrases import phrases_in
from makerwagen.content.exercise import Board, Exercise
from makerwagen.content.ohms import slug_of_ohms, written_ohms
from makerwagen.content.part import PartKind, Parts
from makerwagen.content.typed import text_in

# Where the long rows of some breadboards have a gap.
HALF = 31
OWN_WIRES = {PartKind.SERVO: "jumper-wire-mm", PartKind.SDS011: "jumper-wire-fm"}


def wiring_in_words(board: Board, exercise: Exercise, parts: Parts, lang: str = "de") -> str:
    """Return the wiring, one step a line; whoever cannot see the picture can wire from it."""
    return "\n".join(wiring_steps(board, exercise, parts, lang))


def wiring_steps(board: Board, exercise: Exercise, parts: Parts, lang: str = "de") -> tuple[str, ...]:
    """Return the steps to tick off, each with the number that its wire has on the picture."""
    return tuple(words_of(lay_out(board, exercise, parts, lang), lang))


def words_of(layout: Layout, lang: str) -> Iterator[str]:
    """Yield the steps of a layout."""
    phrases, colours = phrases_in(lang), colours_of(layout)
    yield phrases["usb-off"]
    title = text_in(layout.board.title, lang)
    rows = len(layout.board.header.left) if layout.board.header else 0
    yield phrases["plugged" if layout.plugged else "beside"].format(board=title, rows=rows)

    def cables(owner: str) -> Iterator[str]:
        for cable in layout.cables:
            if cable.owner == owner:
                yield _cable(cable, layout, lang, colours[cable.number].name(lang))

    yield from cables("")
    for placed in layout.placed:
        yield _part(placed, lang)
        yield from (_resistor(part, lang) for part in layout.resistors if part.owner == placed.wire.id)
        yield from cables(placed.wire.id)
    if gap := _over_the_gap(layout):
        yield phrases[f"gap{gap}"]
    yield phrases["compare"]
    yield phrases["usb-on"]


def _part(placed: Placed, lang: str) -> str:
    phrases = phrases_in(lang)
    label, title = text_in(placed.wire.label, lang), text_in(placed.part.title, lang)
    name = label if label.casefold() == title.casefold() else f"{label} ({title})"
    if placed.part.kind is PartKind.BUTTON:
        first, last = (leg.hole.row for leg in placed.legs)
        return phrases["button"].format(name=name, first=first, last=last)
    if placed.part.kind is PartKind.LED:
        pin, other = (leg.hole for leg in placed.legs)
        long, short = (pin, other) if placed.wire.other_leg in GROUNDS else (other, pin)
        return phrases["led"].format(name=name, long=long.row, short=short.row, line=long.line)
    legs = ", ".join(
        phrases["leg"].format(leg=_leg_name(placed, leg.role, leg.label, lang), row=leg.hole.row) for leg in placed.legs
    )
    key = "hanging" if hangs(placed.part) else "module"
    return phrases[key].format(name=name, legs=legs, line=placed.legs[0].hole.line)


def _leg_name(placed: Placed, role: str, label: str, lang: str) -> str:
    if placed.part.kind is PartKind.BUZZER:
        return phrases_in(lang)["minus-leg" if role == OTHER else "plus-leg"]
    return "GND" if role == OTHER else label


def _resistor(resistor: Resistor, lang: str) -> str:
    value = written_ohms(resistor.ohms, lang)
    start, end = _from(resistor.start, "", lang), _to(resistor.end, lang)
    return phrases_in(lang)["resistor"].format(value=value, start=start, end=end)


def _cable(cable: Cable, layout: Layout, lang: str, colour: str) -> str:
    # A wire from one part to another, or from a part to a long row, starts at no leg of the board.
    pin = "" if _is_chained(cable, layout) else f" ({cable.carries})"
    start, end = _from(cable.start, pin, lang), _to(cable.end, lang)
    kind = phrases_in(lang)["socket"] if isinstance(cable.start, Foot) else ""
    return phrases_in(lang)["cable"].format(number=cable.number, colour=colour, start=start, end=end, kind=kind)


def _is_chained(cable: Cable, layout: Layout) -> bool:
    feet = {end.strip for _, end in layout.feet if isinstance(end, Hole)}
    return isinstance(cable.start, Hole) and cable.start.strip not in feet


def _from(end: End, pin: str, lang: str) -> str:
    phrases = phrases_in(lang)
    if isinstance(end, Foot):
        return phrases["foot"].format(name=end.name, row=phrases["back" if end.upper else "front"], place=end.place)
    return phrases["from-hole"].format(row=end.row, line=end.line, pin=pin)


def _to(end: End, lang: str) -> str:
    assert isinstance(end, Hole)
    phrases = phrases_in(lang)
    return phrases[f"to{end.line}"] if end.line in RAILS else phrases["to-hole"].format(row=end.row, line=end.line)


def _over_the_gap(layout: Layout) -> str:
    """Return the long row that is used on both sides of its middle, '' if none is."""
    ends: list[End] = [end for cable in layout.cables for end in (cable.start, cable.end)]
    ends += [end for resistor in layout.resistors for end in (resistor.start, resistor.end)]
    for line in RAILS:
        rows = [end.row for end in ends if isinstance(end, Hole) and end.line == line]
        if rows and min(rows) <= HALF < max(rows):
            return line
    return ""


def parts_list(board: Board, exercise: Exercise, parts: Parts) -> dict[str, int]:
    """Return how many of each piece of equipment one group needs, by its id in the register."""
    counts = {board.id: 1, "usb-cable": 1}
    if not exercise.wiring:
        return counts
    layout = lay_out(board, exercise, parts)
    counts["breadboard"] = 1
    needed = [placed.part.equipment or placed.part.id for placed in layout.placed]
    needed += [slug_of_ohms(resistor.ohms) for resistor in layout.resistors]
    needed += ["jumper-wire-fm" if isinstance(cable.start, Foot) else "jumper-wire-mm" for cable in layout.cables]
    for placed in layout.placed:
        if wire := OWN_WIRES.get(placed.part.kind):
            needed += [wire] * len(placed.legs)
    for ref in needed:
        counts[ref] = counts.get(ref, 0) + 1
    return counts
