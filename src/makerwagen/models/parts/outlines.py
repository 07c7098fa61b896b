"""Shapes seen from above as rings of points: star, heart, flower, gear and more; wider, softer, put together."""

import math
from collections.abc import Callable, Sequence

from manifold3d import CrossSection, FillRule, JoinType

from makerwagen.models.winding import Point, Ring, area

SEGMENTS = 36  # straight pieces for a full turn: at 10 mm across, each is 0.9 mm long
FINE_MM = 0.06  # points that move a line less than this are left out; a nozzle draws 0.4 mm
SHORTEST_MM = 0.01
SOFT, SOFT_MM = 0.02, 1.0  # of the size, and at most: sharp points are rounded so much, for small hands


def outline(shape: str, size_mm: float, *, points: int = 5) -> Ring:
    """Return the ring of a shape by its German name, its longer side `size_mm`, around the middle of its turning."""
    ring = SHAPES[shape](points)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    scale = size_mm / max(max(xs) - min(xs), max(ys) - min(ys))
    return biggest(softened([tuple((x * scale, y * scale) for x, y in ring)], min(SOFT * size_mm, SOFT_MM)))


def grown(rings: Sequence[Ring], by_mm: float) -> list[Ring]:
    """Return the rings around an area that is `by_mm` wider on every side (narrower when negative), corners round."""
    return _rings(_area(rings).offset(by_mm, JoinType.Round, 2.0, SEGMENTS))


def softened(rings: Sequence[Ring], radius_mm: float) -> list[Ring]:
    """Return the rings with their outward corners rounded."""
    return grown(grown(rings, -radius_mm), radius_mm)


def joined(*rings: Ring) -> list[Ring]:
    """Return the rings around everything that lies in at least one ring."""
    return _rings(_area(rings))


def without(rings: Sequence[Ring], gone: Sequence[Ring]) -> list[Ring]:
    """Return the rings around what is left of an area when other areas are cut away."""
    return _rings(_area(rings) - _area(gone))


def biggest(rings: Sequence[Ring]) -> Ring:
    """Return the ring with the largest area."""
    return max(rings, key=area)


def circle(middle: Point, diameter_mm: float) -> Ring:
    """Return a circle as a ring, a little wider than drawn so that its straight pieces leave the full width free."""
    radius = diameter_mm / 2 / math.cos(math.pi / SEGMENTS)
    steps = [math.tau * (step + 0.5) / SEGMENTS for step in range(SEGMENTS)]
    return tuple((middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)) for turn in steps)


def box(low: Point, high: Point) -> Ring:
    """Return a rectangle from its lower left to its upper right corner."""
    return low, (high[0], low[1]), high, (low[0], high[1])


def _area(rings: Sequence[Ring]) -> CrossSection:
    return CrossSection([list(ring) for ring in rings], FillRule.Positive)


def _rings(section: CrossSection) -> list[Ring]:
    return [_spaced([(float(x), float(y)) for x, y in ring]) for ring in section.simplify(FINE_MM).to_polygons()]


def _spaced(points: list[Point]) -> Ring:
    """Return points without those that nearly coincide with the one before: so short an edge is lost in sewing."""
    return tuple(point for number, point in enumerate(points) if math.dist(point, points[number - 1]) > SHORTEST_MM)


def _polar(radius: Callable[[float], float], steps: int) -> Ring:
    # The first point is on top, so that a star stands on two feet.
    turns = [math.tau * step / steps for step in range(steps)]
    return tuple((-radius(turn) * math.sin(turn), radius(turn) * math.cos(turn)) for turn in turns)


def _star(points: int) -> Ring:
    step = math.pi / points
    return _polar(lambda turn: 1.0 if round(turn / step) % 2 == 0 else 0.5, 2 * points)


def _flower(points: int) -> Ring:
    petal = 1.15 * math.sin(math.pi / points) if points > 2 else 0.9
    middles = _polar(lambda _: 1.0, points)
    return biggest(joined(circle((0, 0), 2), *(circle(middle, 2 * petal) for middle in middles)))


def _gear(points: int) -> Ring:
    teeth, step = 2 * points, math.pi / points
    flank = 0.18 * step
    corners = [(0.25 * step, 1.0), (0.5 * step - flank / 2, 0.8), (0.75 * step + flank / 2, 0.8)]
    turns = [
        (tooth * step + turn, radius) for tooth in range(teeth) for turn, radius in [(-0.15 * step, 1.0), *corners]
    ]
    return tuple((-radius * math.sin(turn), radius * math.cos(turn)) for turn, radius in sorted(turns))


def _heart(_: int) -> Ring:
    turns = [math.tau * step / 60 for step in range(60)]
    ring = tuple(
        (
            16 * math.sin(t) ** 3,
            13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t) + 2.5,
        )
        for t in turns
    )
    return ring[::-1]


def _letter_u(_: int) -> Ring:
    outside = joined(circle((0, -2), 12), box((-6, -2), (6, 8)))
    return biggest(without(outside, joined(circle((0, -2), 5), box((-2.5, -2), (2.5, 9)))))


def _house(_: int) -> Ring:
    return (-5.0, -5.0), (5.0, -5.0), (5.0, 1.0), (0.0, 6.0), (-5.0, 1.0)


def _disc(_: int) -> Ring:
    return circle((0.0, 0.0), 2.0)


SHAPES: dict[str, Callable[[int], Ring]] = {
    "Kreis": _disc,
    "Stern": _star,
    "Blume": _flower,
    "Zahnrad": _gear,
    "Herz": _heart,
    "Haus": _house,
    "U": _letter_u,
}
