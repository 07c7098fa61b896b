"""What a layout joins, computed from its holes alone, against what the exercise declares; a picture must not lie."""

from collections.abc import Iterable, Iterator, Mapping

from makerwagen.boards.wiring.holes import End, Foot, Hole, Layout, WiringError
from makerwagen.boards.wiring.layout import GROUNDS, LOWER_OHMS, UPPER_OHMS
from makerwagen.boards.wiring.legs import GROUND, OTHER, SUPPLY, divided
from makerwagen.content.exercise import Board, Exercise, Wire
from makerwagen.content.ohms import ohms_of
from makerwagen.content.part import Part, PartKind, Parts
from makerwagen.content.supply import supply_of

Node = tuple[str, str]  # ("pin", "GP10"), or (part's id, role of its leg)
Nets = frozenset[frozenset[Node]]
Bridge = tuple[float, frozenset[frozenset[Node]]]  # ohms, and the two nets between which they lie
BOARD = "pin"


class _Joins:
    """Union-find over anything that can be named."""

    def __init__(self) -> None:
        self.parent: dict[object, object] = {}

    def find(self, one: object) -> object:
        while (above := self.parent.setdefault(one, one)) != one:
            one = above
        return one

    def join(self, one: object, other: object) -> None:
        self.parent[self.find(one)] = self.find(other)


def nets_of(layout: Layout) -> tuple[Nets, list[Bridge]]:
    """Return the groups of joined legs, and the resistors between them, from the holes of a layout."""
    joins = _Joins()
    nodes: list[tuple[Node, object]] = []
    for name, end in layout.feet:
        nodes.append(((BOARD, "GND" if name in GROUNDS else name), _metal(end)))
    for placed in layout.placed:
        for leg in placed.legs:
            nodes.append(((placed.wire.id, leg.role), _metal(leg.hole)))
    grounds = [metal for node, metal in nodes if node == (BOARD, "GND")]
    for metal in grounds[1:]:
        joins.join(grounds[0], metal)
    for cable in layout.cables:
        joins.join(_metal(cable.start), _metal(cable.end))
    groups: dict[object, set[Node]] = {}
    for node, metal in nodes:
        groups.setdefault(joins.find(metal), set()).add(node)

    def net(hole: Hole) -> frozenset[Node]:
        return frozenset(groups.get(joins.find(_metal(hole)), {("row", hole.strip)}))

    bridges = [(part.ohms, frozenset({net(part.start), net(part.end)})) for part in layout.resistors]
    return frozenset(frozenset(group) for group in groups.values() if len(group) > 1), bridges


def _metal(end: End) -> object:
    return end.strip if isinstance(end, Hole) else end


def declared_nets(board: Board, exercise: Exercise, parts: Parts) -> tuple[Nets, list[Bridge]]:
    """Return the same from exercise.yml alone."""
    groups: dict[str, set[Node]] = {}
    between: list[tuple[float, str | Node, str | Node]] = []
    for wire in exercise.wiring:
        if part := parts.get(wire.part):
            for role, name in _legs(wire, part, board):
                groups.setdefault(name, set()).add((wire.id, role))
            between += _resistors(wire, part, board)
    nets = {name: frozenset({(BOARD, name), *group}) for name, group in groups.items()}

    def net(end: str | Node) -> frozenset[Node]:
        return nets.get(end, frozenset({(BOARD, end)})) if isinstance(end, str) else frozenset({end})

    bridges = [(ohms, frozenset({net(one), net(other)})) for ohms, one, other in between]
    return frozenset(nets.values()), bridges


def _legs(wire: Wire, part: Part, board: Board) -> Iterator[tuple[str, str]]:
    """Yield the legs that are joined to a leg of the board without a resistor between."""
    split = _split(wire, part, board)
    yield from ((role, pin) for role, pin in wire.pins_of(part).items() if role not in split)
    if part.supply_volts:
        yield SUPPLY, supply_of(wire, part, board) or ""
        yield GROUND, "GND"
    elif not part.needs_resistor:
        yield OTHER, _plain(wire.other_leg)


def _resistors(wire: Wire, part: Part, board: Board) -> Iterator[tuple[float, str | Node, str | Node]]:
    ohms = ohms_of(wire.value or "") or 0.0
    pins = wire.pins_of(part)
    for role in _split(wire, part, board):
        yield UPPER_OHMS, (wire.id, role), pins[role]
        yield LOWER_OHMS, pins[role], "GND"
    if part.kind is PartKind.DS18X20:
        yield ohms, pins[part.terminals[0].name], supply_of(wire, part, board) or ""
    elif part.needs_resistor and not part.supply_volts:
        yield ohms, (wire.id, OTHER), _plain(wire.other_leg)


def _split(wire: Wire, part: Part, board: Board) -> tuple[str, ...]:
    return divided(wire, part, board, board.supplies.get(supply_of(wire, part, board) or "", 0.0))


def _plain(name: str) -> str:
    return "GND" if name in GROUNDS else name


def assert_true(layout: Layout, exercise: Exercise, parts: Parts) -> None:
    """Raise WiringError where a layout joins something else than what is declared, or uses a hole twice."""
    holes = [*_holes(layout)]
    wrong = [f"row {hole.row} line {hole.line}" for hole in holes if not hole.is_real or holes.count(hole) > 1]
    nets, bridges = nets_of(layout)
    asked, asked_bridges = declared_nets(layout.board, exercise, parts)
    wrong += _differences(nets ^ asked)
    wrong += [] if _counted(bridges) == _counted(asked_bridges) else ["a resistor"]
    if wrong:
        raise WiringError(f"the picture of {exercise.origin.path} would be wrong at {', '.join(sorted(set(wrong)))}")


def _differences(nets: Iterable[frozenset[Node]]) -> list[str]:
    return [" – ".join(" ".join(node) for node in sorted(net)) for net in nets]


def _counted(bridges: list[Bridge]) -> Mapping[Bridge, int]:
    return {bridge: bridges.count(bridge) for bridge in bridges}


def _holes(layout: Layout) -> Iterator[Hole]:
    """Yield every hole as often as something sticks in it."""
    ends: list[End] = [end for _, end in layout.feet]
    ends += [leg.hole for placed in layout.placed for leg in placed.legs]
    ends += [end for cable in layout.cables for end in (cable.start, cable.end)]
    ends += [end for resistor in layout.resistors for end in (resistor.start, resistor.end)]
    yield from (end for end in ends if not isinstance(end, Foot))
