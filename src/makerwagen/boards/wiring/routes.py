"""Where everything lies on the picture, in pixels, and how each wire runs: around the edges, never across a part."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from makerwagen.boards.wiring.holes import LOWER, RAILS, Cable, End, Foot, Hole, Layout

PITCH = 17.0
LANE = 25.0
BADGE = 10.5
LEFT, EDGE = 26.0, 34.0
Point = tuple[float, float]
# Heights of the lines of holes, from the upper edge of the breadboard.
LINES = {line: 40 + number * PITCH for number, line in enumerate("jihgf")}
LINES |= {line: 40 + (number + 7) * PITCH for number, line in enumerate("edcba")}
LINES |= {"-": LINES["a"] + 56, "+": LINES["a"] + 56 + PITCH}
HEIGHT = LINES["+"] + 17


@dataclass(frozen=True)
class Route:
    """A wire's way, corner by corner, and where its number stands."""

    cable: Cable
    points: tuple[Point, ...]
    badge: Point


@dataclass
class Plan:
    """The measures of one picture; `top` is the upper edge of the breadboard, `left` the middle of its row 1."""

    layout: Layout
    labels_height: float
    around: dict[int, int] = field(default_factory=dict)
    above: dict[int, int] = field(default_factory=dict)
    below: dict[int, int] = field(default_factory=dict)
    top: float = 0.0
    left: float = 0.0
    board_left: float = 0.0

    def __post_init__(self) -> None:
        """Count the wires that go around the board, and give every wire its lane."""
        upper = [cable for cable in self.layout.cables if _is_upper(cable.start)]
        # The leg nearest to the parts takes the inner way, so these wires never cross one another.
        upper.sort(key=lambda cable: (-_place(cable.start), cable.number))
        self.around = {cable.number: number for number, cable in enumerate(upper)}
        self.board_left = LEFT
        if self.layout.plugged:
            self.left = LEFT + EDGE
        else:
            places = max(_place(end) for _, end in self.layout.feet)
            self.left = LEFT + EDGE + (places + 1) * PITCH + 40 + len(upper) * PITCH
        self.above = _lanes((cable.number, self.x(cable.start), self.crossing(cable)) for cable in upper)
        self.top = max(self.labels_height, 14 + LANE * max(self.above.values(), default=0)) + 6
        long = (cable for cable in self.layout.cables if self._has_lane(cable))
        spans = ((cable.number, min(ends), max(ends)) for cable in long for ends in [self._ends_below(cable)])
        self.below = _lanes(spans)

    @property
    def bottom(self) -> float:
        """Return where the lowest wire runs, or the lower edge of the breadboard."""
        return self.top + HEIGHT + 14 + LANE * max(self.below.values(), default=0)

    @property
    def right(self) -> float:
        """Return the right edge of the breadboard."""
        return self.left + self.layout.rows * PITCH

    def x(self, end: End) -> float:
        """Return how far right an end is."""
        if isinstance(end, Foot):
            return self.board_left + 24 + (end.place - 1) * PITCH
        return self.left + (end.row - 1) * PITCH

    def y(self, end: End) -> float:
        """Return how far down an end is."""
        if isinstance(end, Foot):
            middle = self.top + (LINES["e"] + LINES["f"]) / 2
            half = self.layout.board.header.apart / 2 if self.layout.board.header else 0
            return middle - half * PITCH if end.upper else middle + half * PITCH
        return self.top + LINES[end.line]

    def crossing(self, cable: Cable) -> float:
        """Return where a wire from the board's upper row comes down, between board and parts."""
        number = self.around[cable.number]
        if self.layout.plugged:
            last = max(_place(end) for _, end in self.layout.feet)
            return self.left + (last + 0.5 + number) * PITCH
        return self.left - EDGE - 14 - (len(self.around) - number - 1) * PITCH

    def is_crossed(self, x: float) -> bool:
        """Say whether a wire from the upper row comes down here."""
        crossings = (self.crossing(cable) for cable in self.layout.cables if cable.number in self.around)
        return any(abs(crossing - x) < PITCH for crossing in crossings)

    def _has_lane(self, cable: Cable) -> bool:
        straight = isinstance(cable.start, Hole) and isinstance(cable.end, Hole) and cable.end.line in RAILS
        start = self.crossing(cable) if cable.number in self.around else self.x(cable.start)
        return not straight or abs(start - self.x(cable.end)) > 2 * PITCH

    def _ends_below(self, cable: Cable) -> Point:
        start = self.crossing(cable) if cable.number in self.around else self._down_at(cable.start)
        return start, self._down_at(cable.end)

    def _down_at(self, end: End) -> float:
        """Return where a wire goes down from a hole: straight from line a, from other lines beside the row."""
        aside = isinstance(end, Hole) and end.line in LOWER and end.line != "a"
        return self.x(end) + (PITCH / 2 if aside else 0)

    def routes(self) -> list[Route]:
        """Return the way of every wire, outer ones first, so that inner ones are drawn above them."""
        ways = [(cable, self._way(cable)) for cable in self.layout.cables]
        upright = [(cable.number, x, low, high) for cable, way in ways for x, low, high in _upright(way)]
        routes = [Route(cable, tuple(way), self._badge(cable, way, upright)) for cable, way in ways]
        return sorted(routes, key=lambda route: -self.below.get(route.cable.number, 0))

    def _way(self, cable: Cable) -> list[Point]:
        start, end = cable.start, cable.end
        way = [(self.x(start), self.y(start))]
        if cable.number in self.around:
            way += self._over_the_top(cable, way[0])
            if isinstance(end, Hole) and end.line in RAILS and cable.number not in self.below:
                return _tidy([*way, (way[-1][0], self.y(end)), (self.x(end), self.y(end))])
        elif cable.number in self.below:
            way.append((self._down_at(start), self.y(start)))
        if lane := self.below.get(cable.number):
            height = self.top + HEIGHT + 4 + LANE * lane - 8
            way += [(way[-1][0], height), (self._down_at(end), height), (self._down_at(end), self.y(end))]
        return _tidy([*way, (self.x(end), self.y(end))])

    def _over_the_top(self, cable: Cable, start: Point) -> list[Point]:
        aside = isinstance(cable.start, Hole) and cable.start.line != "j"
        x = start[0] + (PITCH / 2 if aside else 0)
        height = self.top - 2 - LANE * self.above[cable.number] + 12
        return [(x, start[1]), (x, height), (self.crossing(cable), height)]

    def _badge(self, cable: Cable, way: list[Point], upright: list[tuple[int, float, float, float]]) -> Point:
        """Return a place for the number: on the lane where there is one, clear of every other wire."""
        if cable.number in self.below or cable.number in self.above:
            runs = [
                (a, b) for a, b in zip(way, way[1:], strict=False) if a[1] == b[1] and abs(a[0] - b[0]) > 0.9 * PITCH
            ]
            if runs:
                (x1, y), (x2, _) = runs[-1] if cable.number in self.below else runs[0]
                others = [x for number, x, up, low in upright if number != cable.number and up - 4 <= y <= low + 4]
                best = _clear(min(x1, x2), max(x1, x2), others)
                near = min((abs(best - x) for x in others), default=LANE)
                # A short way that others cross has its number on the last stretch, below the breadboard's edge.
                return (best, y) if near > BADGE + 3 or y < self.top else (x2, self.top + HEIGHT + 2)
        (x1, y1), (x2, y2) = way[0], way[-1]
        odd = isinstance(cable.start, Hole) and cable.start.row % 2
        if cable.number in self.below:
            return way[-3][0] if len(way) > 2 else x1, max(y for _, y in way)
        return (x1 + x2) / 2, min(y1, y2) + (17 if odd else 39)


def _is_upper(end: End) -> bool:
    return end.upper if isinstance(end, Foot) else end.line not in LOWER and end.line not in RAILS


def _place(end: End) -> int:
    return end.place if isinstance(end, Foot) else end.row


def _lanes(spans: Iterable[tuple[int, float, float]]) -> dict[int, int]:
    """Give each span the lane nearest to the board that no shorter span in its way has taken; numbers from 1."""
    lanes: dict[int, int] = {}
    done: list[tuple[float, float, int]] = []
    for number, start, end in sorted(spans, key=lambda span: (span[2] - span[1], span[1], span[0])):
        lane = 1 + max((lane for low, high, lane in done if low - PITCH < end and start < high + PITCH), default=0)
        lanes[number] = lane
        done.append((start, end, lane))
    return lanes


def _upright(way: list[Point]) -> list[tuple[float, float, float]]:
    pairs = zip(way, way[1:], strict=False)
    return [(a[0], min(a[1], b[1]), max(a[1], b[1])) for a, b in pairs if a[0] == b[0]]


def _clear(low: float, high: float, crossing: list[float]) -> float:
    if high - low <= 44:
        return (low + high) / 2
    tries = [high - 20 - step for step in range(0, max(1, int(high - low - 36)), 4)]
    return max(tries, key=lambda x: min([abs(x - other) for other in crossing] + [2 * BADGE]))


def _tidy(way: list[Point]) -> list[Point]:
    """Drop points that are there twice in a row."""
    return [point for number, point in enumerate(way) if number == 0 or point != way[number - 1]]
