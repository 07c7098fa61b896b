"""Closed lines that cross or overlap, as fonts draw them, to clean rings around what is filled (non-zero rule)."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

Point = tuple[float, float]
Ring = tuple[Point, ...]
GRID = 6  # decimals to which points are rounded, so that equal points are equal
NEAR = 1e-9


def filled_rings(contours: Sequence[Ring]) -> list[Ring]:
    """Return rings that do not cross: anticlockwise around filled areas, clockwise around holes in them.

    An "e" may be one line whose crossbar runs into its own bowl: drawn on paper nobody sees it, but a solid made from
    such a line is broken. So the lines are cut where they meet, and only pieces with ink on just one side are kept.
    """
    pieces = _pieces([contour for contour in contours if len(contour) > 2])
    edges = {piece for piece in pieces if piece[0] != piece[1]}
    borders = [kept for edge in edges if (kept := _border(edge, contours))]
    return [ring for ring in _chained(sorted(set(borders))) if abs(area(ring)) > NEAR]


def area(ring: Ring) -> float:
    """Return the area inside a ring, negative when it runs clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(ring)) / 2


def contains(ring: Ring, point: Point) -> bool:
    """Say whether a point lies inside a ring."""
    return winding(ring, point) != 0


def winding(ring: Ring, point: Point) -> int:
    """Return how often a ring runs around a point, anticlockwise counted positive."""
    x, y = point
    turns = 0
    for (x1, y1), (x2, y2) in _sides(ring):
        if (y1 <= y) != (y2 <= y):
            left = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            if y2 > y1 and left > 0:
                turns += 1
            elif y2 < y1 and left < 0:
                turns -= 1
    return turns


def _sides(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return zip(ring, (*ring[1:], ring[0]), strict=True)


def _rounded(x: float, y: float) -> Point:
    return round(x, GRID), round(y, GRID)


def _pieces(contours: Sequence[Ring]) -> Iterator[tuple[Point, Point]]:
    sides = [side for contour in contours for side in _sides(contour) if math.dist(*side) > NEAR]
    cuts: list[set[float]] = [set() for _ in sides]
    for i, first in enumerate(sides):
        for j in range(i + 1, len(sides)):
            if _apart(first, sides[j]):
                continue
            for t, u in _meetings(first, sides[j]):
                cuts[i].add(t)
                cuts[j].add(u)
    for ((x1, y1), (x2, y2)), places in zip(sides, cuts, strict=True):
        stops = [0.0, *sorted(places - {0.0, 1.0}), 1.0]
        points = [_rounded(x1 + t * (x2 - x1), y1 + t * (y2 - y1)) for t in stops]
        yield from zip(points, points[1:], strict=False)


def _apart(first: tuple[Point, Point], second: tuple[Point, Point]) -> bool:
    (ax, ay), (bx, by) = first
    (cx, cy), (dx, dy) = second
    beside = max(ax, bx) < min(cx, dx) or max(cx, dx) < min(ax, bx)
    return beside or max(ay, by) < min(cy, dy) or max(cy, dy) < min(ay, by)


def _meetings(first: tuple[Point, Point], second: tuple[Point, Point]) -> list[tuple[float, float]]:
    (ax, ay), (bx, by) = first
    (cx, cy), (dx, dy) = second
    px, py, qx, qy = bx - ax, by - ay, dx - cx, dy - cy
    cross = px * qy - py * qx
    if abs(cross) < NEAR:
        return _along(first, second)
    t = ((cx - ax) * qy - (cy - ay) * qx) / cross
    u = ((cx - ax) * py - (cy - ay) * px) / cross
    inside = -NEAR <= t <= 1 + NEAR and -NEAR <= u <= 1 + NEAR
    return [(min(1.0, max(0.0, t)), min(1.0, max(0.0, u)))] if inside else []


def _along(first: tuple[Point, Point], second: tuple[Point, Point]) -> list[tuple[float, float]]:
    found = [(t, float(end)) for end, point in enumerate(second) if (t := _place(first, point)) is not None]
    found += [(float(end), u) for end, point in enumerate(first) if (u := _place(second, point)) is not None]
    return found


def _place(side: tuple[Point, Point], point: Point) -> float | None:
    (ax, ay), (bx, by) = side
    px, py, x, y = bx - ax, by - ay, point[0] - ax, point[1] - ay
    length = px * px + py * py
    if abs(px * y - py * x) > 1e-6 * math.sqrt(length):
        return None
    t = (x * px + y * py) / length
    return t if 0.0 <= t <= 1.0 else None


def _border(edge: tuple[Point, Point], contours: Sequence[Ring]) -> tuple[Point, Point] | None:
    (x1, y1), (x2, y2) = edge
    length = math.dist(*edge)
    step = min(1e-4, length / 10)
    x, y, nx, ny = (x1 + x2) / 2, (y1 + y2) / 2, (y1 - y2) / length * step, (x2 - x1) / length * step
    left = sum(winding(contour, (x + nx, y + ny)) for contour in contours) != 0
    right = sum(winding(contour, (x - nx, y - ny)) for contour in contours) != 0
    if left == right:
        return None
    return edge if left else (edge[1], edge[0])


def _chained(edges: Sequence[tuple[Point, Point]]) -> Iterator[Ring]:
    after: dict[Point, list[Point]] = defaultdict(list)
    for start, end in edges:
        after[start].append(end)
    for start, _ in edges:
        while after[start]:
            ring = [start]
            here = after[start].pop()
            while here != start and after[here]:
                ring.append(here)
                here = after[here].pop(_sharpest(ring[-2], here, after[here]))
            if here == start and len(ring) > 2:
                yield tuple(ring)


def _sharpest(before: Point, here: Point, ends: Sequence[Point]) -> int:
    # Where rings touch in one point, the leftmost turn keeps each of them simple.
    back = math.atan2(before[1] - here[1], before[0] - here[0])
    turns = [(back - math.atan2(y - here[1], x - here[0])) % math.tau for x, y in ends]
    return turns.index(min(turns))
