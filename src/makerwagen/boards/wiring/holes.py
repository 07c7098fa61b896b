"""A breadboard with 830 holes, and what sticks in it: legs, resistors, wires."""

from dataclasses import dataclass

from makerwagen.content.exercise import Board, Wire
from makerwagen.content.part import Part
from makerwagen.errors import MakerwagenError

ROWS = 63
LOWER, UPPER = "abcde", "fghij"
MINUS, PLUS = "-", "+"
RAILS = (MINUS, PLUS)


class WiringError(MakerwagenError):
    """An exercise's wiring cannot be drawn: too many parts, or something that does not exist."""


@dataclass(frozen=True)
class Hole:
    """A hole: of a short row (line a to j), or of one of the two long rows at the lower edge (line - or +)."""

    row: int
    line: str

    @property
    def strip(self) -> str:
        """Return the name of the metal strip behind it: all holes of a strip are joined."""
        if self.line in RAILS:
            return self.line
        return f"{self.row}{LOWER if self.line in LOWER else UPPER}"

    @property
    def is_real(self) -> bool:
        """Say whether a breadboard with 830 holes has it; its long rows have groups of five, and gaps between."""
        if self.line in RAILS:
            return 3 <= self.row <= 61 and (self.row - 3) % 6 != 5
        return 1 <= self.row <= ROWS and self.line in LOWER + UPPER


@dataclass(frozen=True)
class Foot:
    """A leg of a board that lies beside the breadboard: a wire with a socket is pushed over it."""

    name: str
    place: int
    upper: bool


End = Hole | Foot


@dataclass(frozen=True)
class Leg:
    """A leg of a part in its hole; `role` is a terminal, or `supply`, `ground`, `other`."""

    role: str
    hole: Hole
    label: str


@dataclass(frozen=True)
class Placed:
    """A part in its place; it covers the rows `first` to `last`, its body those from `body`."""

    wire: Wire
    part: Part
    legs: tuple[Leg, ...]
    first: int
    last: int
    body: tuple[int, int]

    def leg(self, role: str) -> Leg:
        """Return the leg with this role."""
        return next(leg for leg in self.legs if leg.role == role)


@dataclass(frozen=True)
class Resistor:
    """A resistor between two holes, for the part `owner`."""

    ohms: float
    start: Hole
    end: Hole
    owner: str


@dataclass(frozen=True)
class Cable:
    """A wire to plug in; `carries` is the pin or supply it is joined to, `owner` the part it is for ('': all)."""

    number: int
    start: End
    end: End
    carries: str
    owner: str


@dataclass(frozen=True)
class Layout:
    """Everything in its hole; `feet` are the board's legs by name, `plus` is the supply on the + row."""

    board: Board
    plugged: bool
    feet: tuple[tuple[str, End], ...]
    placed: tuple[Placed, ...]
    resistors: tuple[Resistor, ...]
    cables: tuple[Cable, ...]
    plus: str | None
    label_px: float
    rows: int
