"""Rings of points as solids: straight up, or in steps that get narrower."""

from collections.abc import Sequence

import cadquery as cq
from cadquery.func import extrude, shell, solid

from makerwagen.models.winding import Ring

Step = tuple[Ring, float]  # an outer ring and the height at which it ends


def prism(outer: Ring, holes: tuple[Ring, ...], height_mm: float) -> cq.Solid:
    """Return the solid over a ring of points with rings cut out, standing on z = 0."""
    edge, *gaps = (_wire(ring, 0.0) for ring in (outer, *holes))
    return cq.Solid.extrudeLinear(cq.Face.makeFromWires(edge, gaps), cq.Vector(0, 0, height_mm))


def stepped(steps: Sequence[Step], gap: Ring) -> cq.Shape:
    """Return rings of different height around one gap, each narrower than the one below it, as one solid.

    It is sewn from its faces: with a hundred points a ring, that takes a third of the time that fusing prisms takes.
    """
    faces = [_annulus(steps[0][0], gap, 0.0)]
    low = 0.0
    for number, (ring, top) in enumerate(steps):
        following = steps[number + 1][0] if number + 1 < len(steps) else gap
        faces += [*_walls(ring, low, top), _annulus(ring, following, top)]
        low = top
    return solid(shell(*faces, *_walls(gap, 0.0, low)))


def _annulus(outer: Ring, inner: Ring, z_mm: float) -> cq.Face:
    return cq.Face.makeFromWires(_wire(outer, z_mm), [_wire(inner, z_mm)])


def _walls(ring: Ring, low_mm: float, high_mm: float) -> list[cq.Face]:
    return extrude(_wire(ring, low_mm), cq.Vector(0, 0, high_mm - low_mm)).Faces()


def _wire(ring: Ring, z_mm: float) -> cq.Wire:
    return cq.Wire.makePolygon([cq.Vector(x, y, z_mm) for x, y in ring], close=True)
