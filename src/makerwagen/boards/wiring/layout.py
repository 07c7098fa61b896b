"""Puts an exercise's parts into a breadboard: every leg, resistor and wire into a hole of its own."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from makerwagen.boards.wiring.holes import (
    LOWER,
    MINUS,
    PLUS,
    ROWS,
    UPPER,
    Cable,
    End,
    Foot,
    Hole,
    Layout,
    Leg,
    Placed,
    Resistor,
    WiringError,
)
from makerwagen.boards.wiring.legs import GROUND, OTHER, SUPPLY, divided, leg_plan, printed
from makerwagen.boards.wiring.lettering import width_of
from makerwagen.content.exercise import Board, Exercise, Wire
from makerwagen.content.ohms import ohms_of
from makerwagen.content.part import Part, PartKind, Parts
from makerwagen.content.supply import supply_of
from makerwagen.content.typed import text_in

GROUNDS = {"GND", "AGND"}
UPPER_OHMS, LOWER_OHMS = 1000.0, 2000.0
# Rows of legs this far apart leave two free holes on both sides; a wider board lies beside the breadboard.
WIDEST_PLUGGED = 7
ROW_PX, LABEL_PX, SMALL_LABEL_PX = 17.0, 14.0, 11.5


@dataclass(frozen=True)
class Wanted:
    """A part to place: `supply` feeds it, `split` are its terminals behind a voltage divider."""

    wire: Wire
    part: Part
    pins: dict[str, str]
    supply: str | None
    split: tuple[str, ...]
    label_rows: int

    def goes_to(self, role: str) -> str:
        """Return the pin or supply that a leg is joined to, by wire or through a resistor."""
        named = {SUPPLY: self.supply or "", GROUND: "GND", OTHER: self.wire.other_leg}
        name = named.get(role) or self.pins.get(role, "")
        return "GND" if name in GROUNDS else name


class _TooLongError(WiringError):
    """The parts do not fit with so much room between them."""


def lay_out(board: Board, exercise: Exercise, parts: Parts, lang: str = "de") -> Layout:
    """Return where everything goes; raise WiringError when it does not fit or is not declared properly."""
    try:
        return _Builder(board, _wanted(board, exercise, parts, (lang, LABEL_PX)), free_rows=2).build()
    except _TooLongError:
        return _Builder(board, _wanted(board, exercise, parts, (lang, SMALL_LABEL_PX)), free_rows=1).build()


def _wanted(board: Board, exercise: Exercise, parts: Parts, look: tuple[str, float]) -> Iterator[Wanted]:
    lang, label_px = look
    for wire in exercise.wiring:
        part = parts.get(wire.part)
        if part is None or set(wire.pins_of(part)) != {terminal.name for terminal in part.terminals}:
            raise WiringError(f"'{wire.id}' in {exercise.origin.path} is not wired properly; see: makerwagen check")
        supply = supply_of(wire, part, board)
        split = divided(wire, part, board, board.supplies.get(supply or "", 0.0))
        words = text_in(wire.label, lang).split()
        widest = max(width_of(word, label_px, bold=True) for word in words)
        label_rows = ceil((widest + 6) / ROW_PX)
        yield Wanted(wire, part, dict(wire.pins_of(part)), supply, split, label_rows)


class _Builder:
    """Takes holes one after the other; no hole is given twice."""

    def __init__(self, board: Board, wanted: Iterable[Wanted], *, free_rows: int) -> None:
        if board.header is None:
            raise WiringError(f"board '{board.id}' has no header; add it to {board.origin.path}")
        self.board, self.header, self.free_rows = board, board.header, free_rows
        self.plugged = self.header.apart <= WIDEST_PLUGGED
        self.taken: set[Hole] = set()
        self.feet = tuple(self._feet())
        self.places = {name: place for place, (name, _) in enumerate(self.feet)}
        self.wanted = sorted(wanted, key=self._nearness)
        self.plus = self._supply_of_the_plus_row()
        self.placed: list[Placed] = []
        self.resistors: list[Resistor] = []
        self.joined: dict[str, int] = {}
        self.cables: list[Cable] = []

    def build(self) -> Layout:
        """Return the finished layout."""
        row = self._first_row()
        rails = self._rail_cables()
        for wanted in self.wanted:
            row = self._place(wanted, row)
        if row - 1 - self.free_rows > ROWS:
            raise _TooLongError(self._too_long(row - 1 - self.free_rows))
        for name, end in rails:
            self._cable(self._at_board(name), end, name, "")
        for placed, wanted in zip(self.placed, self.wanted, strict=True):
            self._wire_up(placed, wanted)
        return Layout(
            self.board,
            self.plugged,
            self.feet,
            tuple(self.placed),
            tuple(self.resistors),
            tuple(self.cables),
            self.plus,
            LABEL_PX if self.free_rows > 1 else SMALL_LABEL_PX,
            min(ROWS, max(row + 1, 33 if self.plugged else 20)),
        )

    def _too_long(self, rows: int) -> str:
        count = len(self.wanted)
        return f"{count} parts need {max(rows, ROWS + 1)} rows, a breadboard has {ROWS}; split the exercise in two"

    def _feet(self) -> Iterator[tuple[str, End]]:
        for upper, names in ((False, self.header.left), (True, self.header.right)):
            for number, name in enumerate(names, 1):
                if self.plugged:
                    hole = Hole(number, "h" if upper else "c")
                    self.taken.add(hole)
                    yield name, hole
                else:
                    yield name, Foot(name, number, upper)

    def _position(self, pin: str) -> float:
        """Return where a wire from this pin comes to the lower edge; one from the upper row comes around the board."""
        last = len(self.header.left)
        if pin in self.header.left:
            return self.header.left.index(pin) + 1.0
        return last + (last - self.header.right.index(pin)) if pin in self.header.right else 0.0

    def _nearness(self, wanted: Wanted) -> float:
        """Sort parts so that their wires lie inside one another: the last leg of the board serves the first part."""
        positions = [self._position(pin) for pin in wanted.pins.values()]
        return -sum(positions) / len(positions)

    def _needs(self) -> Iterator[tuple[str, bool]]:
        """Yield each supply that a leg needs, and whether through a resistor, which only reaches the long rows."""
        for wanted in self.wanted:
            for role, _ in leg_plan(wanted.part).legs:
                name = wanted.goes_to(role)
                if name in self.board.supplies:
                    yield name, wanted.part.kind is PartKind.LED

    def _supply_of_the_plus_row(self) -> str | None:
        needs = list(self._needs())
        if through := sorted({name for name, resistor in needs if resistor}):
            return through[0]
        often = Counter(name for name, _ in needs)
        best = sorted(often, key=lambda name: (-often[name], self.board.supplies[name], name))
        return best[0] if best and often[best[0]] > 1 else None

    def _around(self) -> list[str]:
        """Return the pins whose wires come from the upper row around the board, in the order of the header."""
        needed = {pin for wanted in self.wanted for pin in wanted.pins.values()}
        needed |= {name for name, _ in self._needs()}
        return [pin for pin in self.header.right if pin in needed and pin not in self.header.left]

    def _first_row(self) -> int:
        around = len(self._around())
        if not self.plugged:
            return 6
        return len(self.header.left) + 2 + around

    def _rail_cables(self) -> list[tuple[str, Hole]]:
        """Return what feeds the long rows: (leg of the board, hole)."""
        found = []
        needs_ground = any(
            wanted.goes_to(role) == "GND" for wanted in self.wanted for role, _ in leg_plan(wanted.part).legs
        )
        ground = self._ground()
        near = ground.row if isinstance(ground, Hole) else 3
        if needs_ground or any(wanted.split for wanted in self.wanted):
            found.append(("GND", self._rail_hole(near, MINUS)))
        if self.plus:
            around = self._around()[::-1]
            beside = 2 + around.index(self.plus) if self.plus in around else 2
            found.append((self.plus, self._rail_hole(len(self.header.left) + beside if self.plugged else 4, PLUS)))
        return found

    def _ground(self) -> End:
        """Return the board's GND leg that is nearest to the parts, in the lower row if there is one."""
        grounds = [end for name, end in self.feet if name in GROUNDS]
        if not grounds:
            raise WiringError(f"board '{self.board.id}' has no GND in its header; see {self.board.origin.path}")
        half = len(self.header.left)
        lower = [end for name, end in self.feet[:half] if name in GROUNDS]
        return (lower or grounds)[-1]

    def _rail_hole(self, row: int, line: str, outwards: int = 1) -> Hole:
        """Return the free hole of a long row that is nearest to a short one, rather on the side `outwards`."""
        for away in range(ROWS):
            for near in (row + away * outwards, row - away * outwards):
                hole = Hole(near, line)
                if hole.is_real and hole not in self.taken:
                    self.taken.add(hole)
                    return hole
        raise WiringError("a long row of the breadboard is full; split the exercise in two")

    def _above_rail(self, row: int, side: int) -> bool:
        """Say whether a wire from `row` reaches a long row: straight down, or one hole outwards where room is short."""
        return Hole(row, MINUS).is_real or (self.free_rows < 2 and Hole(row + side, MINUS).is_real)

    def _free(self, row: int, lines: str) -> Hole:
        hole = next((hole for line in lines if (hole := Hole(row, line)) not in self.taken), None)
        if hole is None:
            raise WiringError(f"row {row} of the breadboard is full; split the exercise in two")
        self.taken.add(hole)
        return hole

    def _at_board(self, name: str) -> End:
        """Return where a wire to a leg of the board begins."""
        end = self._ground() if name in GROUNDS else dict(self.feet).get(name)
        if end is None:
            raise WiringError(f"board '{self.board.id}' has no leg '{name}'; see: makerwagen check")
        if isinstance(end, Foot):
            return end
        return self._free(end.row, LOWER if end.line in LOWER else UPPER[::-1])

    def _place(self, wanted: Wanted, row: int) -> int:
        """Put a part at `row` or a little later, where the long rows have holes below it; return the next free row."""
        plan, label_rows = leg_plan(wanted.part), wanted.label_rows - self.free_rows
        middle = max(plan.span, *(dict(plan.legs)[name] + 5 for name in wanted.split), 0) if wanted.split else 0
        width = max(plan.body_rows, middle + 1 if middle else 0, label_rows)
        before = max(0, (max(plan.body_rows, label_rows if not middle else 0) - plan.span + 1) // 2)
        to_rails = [offset for role, offset in plan.legs if wanted.goes_to(role) in {"GND", self.plus}]
        to_rails += [middle] if middle else []
        # Beside the middle of a divider a wire goes down on the right, so its resistor may only lean to the left.
        sides = {0: -1} | ({middle: -1} if middle else {plan.legs[-1][1]: 1})
        shifts = (s for s in range(6) if all(self._above_rail(row + s + before + o, sides.get(o, 0)) for o in to_rails))
        shift = next(shifts, None)
        if shift is None:
            raise _TooLongError(self._too_long(row + width))
        first = row + shift + before
        line = "e" if wanted.part.kind is PartKind.BUTTON else "c"
        legs = []
        for role, offset in plan.legs:
            hole = Hole(first + offset, line)
            self.taken |= {hole, Hole(hole.row, "f")} if line == "e" else {hole}
            legs.append(Leg(role, hole, printed(role)))
        start = row + shift
        body = first - (plan.body_rows - plan.span) // 2
        last = max(start + width, first + plan.span, first + middle + 1, body + plan.body_rows) - 1
        self.placed.append(
            Placed(wanted.wire, wanted.part, tuple(legs), start, last, (body, body + plan.body_rows - 1))
        )
        return last + 1 + self.free_rows

    def _wire_up(self, placed: Placed, wanted: Wanted) -> None:
        for leg in placed.legs:
            name, row = wanted.goes_to(leg.role), leg.hole.row
            outwards = -1 if leg is placed.legs[0] else 1
            if leg.role in wanted.split:
                row = self._divide(placed, leg)
            if leg.role == OTHER and wanted.part.needs_resistor:
                self._resist(placed, leg, MINUS if name == "GND" else PLUS)
            elif name == "GND" or name == self.plus:
                hole = self._free(row, LOWER)
                self._cable(
                    hole, self._rail_hole(row, MINUS if name == "GND" else PLUS, outwards), name, placed.wire.id
                )
            else:
                self._join(row, name, placed.wire.id)
        if wanted.part.kind is PartKind.DS18X20:
            data, supply = placed.leg(wanted.part.terminals[0].name), placed.leg(SUPPLY)
            ends = self._free(data.hole.row, "d"), self._free(supply.hole.row, "d")
            self.resistors.append(Resistor(self._ohms(placed.wire), *ends, placed.wire.id))

    def _join(self, row: int, name: str, owner: str) -> None:
        """Run a wire from the board's leg to `row`, or from the row that is joined to that leg already."""
        earlier = self.joined.get(name)
        start = self._at_board(name) if earlier is None else self._free(earlier, "bdea")
        self._cable(start, self._free(row, LOWER), name, owner)
        self.joined[name] = row

    def _divide(self, placed: Placed, leg: Leg) -> int:
        """Put a voltage divider behind a leg and return the row where the pin belongs."""
        middle = max(max(other.hole.row for other in placed.legs) + 1, leg.hole.row + 5)
        while any(Hole(middle, line) in self.taken for line in LOWER):
            middle += 4
        upper = Resistor(UPPER_OHMS, self._free(leg.hole.row, "b"), self._free(middle, "b"), placed.wire.id)
        lower = Resistor(LOWER_OHMS, self._free(middle, "a"), self._rail_hole(middle, MINUS, -1), placed.wire.id)
        self.resistors += [upper, lower]
        return middle

    def _resist(self, placed: Placed, leg: Leg, rail: str) -> None:
        row = leg.hole.row
        ends = self._free(row, "a"), self._rail_hole(row, rail)
        self.resistors.append(Resistor(self._ohms(placed.wire), *ends, placed.wire.id))

    def _ohms(self, wire: Wire) -> float:
        ohms = ohms_of(wire.value or "")
        if ohms is None:
            raise WiringError(f"'{wire.id}' has no resistor that can be drawn; see: makerwagen check")
        return ohms

    def _cable(self, start: End, end: End, carries: str, owner: str) -> None:
        self.cables.append(Cable(len(self.cables) + 1, start, end, carries, owner))
