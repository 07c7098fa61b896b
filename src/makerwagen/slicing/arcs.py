"""Arcs of G-code (G2, G3): how long they are, and how far out they reach."""

import math
from dataclasses import dataclass

Point = tuple[float, float]
# Slicers round coordinates to a thousandth; more than this between the radius at the start and at the end is no arc.
TOLERANCE_MM = 0.05


@dataclass(frozen=True)
class Arc:
    """An arc's length and the points of it that reach farthest out."""

    length_mm: float
    extremes: tuple[Point, ...]


def arc_of(start: Point, end: Point, offset: Point, *, clockwise: bool) -> Arc | None:
    """Return the arc around start + offset, a full circle when it ends where it starts; None when it is none."""
    centre = (start[0] + offset[0], start[1] + offset[1])
    radius = math.hypot(*offset)
    if radius <= 0 or abs(math.dist(centre, end) - radius) > TOLERANCE_MM:
        return None
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    last = math.atan2(end[1] - centre[1], end[0] - centre[0])
    turn = (first - last if clockwise else last - first) % math.tau or math.tau
    extremes = [end]
    for quarter in range(4):
        angle = quarter * math.pi / 2
        on_the_way = (first - angle if clockwise else angle - first) % math.tau
        if on_the_way <= turn:
            extremes.append((centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)))
    return Arc(turn * radius, tuple(extremes))
