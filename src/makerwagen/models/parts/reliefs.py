"""Letters and dots raised on a flat face, or engraved into it, without a single slow Boolean operation."""

from collections.abc import Sequence
from dataclasses import dataclass

import cadquery as cq
from cadquery.func import extrude, shell, solid

from makerwagen.models.lettering import Lettering

Area = tuple[cq.Wire, tuple[cq.Wire, ...]]  # the line around an area and the lines around holes in it
FLAT = 1e-4


@dataclass(frozen=True)
class Relief:
    """Areas drawn on the plane z = 0, how high they stand (negative: how deep they are cut), and where they go."""

    areas: tuple[Area, ...]
    height_mm: float
    at: cq.Location


def lettering_areas(lettering: Lettering) -> tuple[Area, ...]:
    """Return the filled areas of a text as lines."""
    return tuple((_polygon(patch.outer), tuple(_polygon(hole) for hole in patch.holes)) for patch in lettering.patches)


def disc_areas(middles: Sequence[tuple[float, float]], diameter_mm: float) -> tuple[Area, ...]:
    """Return round dots."""
    up = cq.Vector(0, 0, 1)
    return tuple((cq.Wire.makeCircle(diameter_mm / 2, cq.Vector(x, y, 0), up), ()) for x, y in middles)


def with_reliefs(body: cq.Shape, reliefs: Sequence[Relief]) -> cq.Shape:
    """Return the body with reliefs on its flat faces, sewn from faces.

    For the six numbers of a die that takes a quarter of the time that cutting takes. Every area must lie inside one
    flat face of the body, and no two may touch: nothing here looks for places where they meet.
    """
    faces = list(body.Faces())
    for relief in reliefs:
        number = _under(faces, relief.at)
        bare = faces[number]
        lines = [outer.moved(relief.at) for outer, _ in relief.areas]
        faces[number] = cq.Face.makeFromWires(bare.outerWire(), [*bare.innerWires(), *lines])
        faces += _standing(relief)
    return solid(shell(*faces))


def _standing(relief: Relief) -> list[cq.Face]:
    rise = cq.Vector(0, 0, relief.height_mm)
    found: list[cq.Face] = []
    for outer, holes in relief.areas:
        for wire in (outer, *holes):
            found += extrude(wire, rise).Faces()
        found.append(cq.Face.makeFromWires(outer, list(holes)).moved(cq.Location(rise)))
        found += [cq.Face.makeFromWires(hole) for hole in holes]
    return [face.moved(relief.at) for face in found]


def _under(faces: Sequence[cq.Face], at: cq.Location) -> int:
    """Return the number of the face that the plane of `at` lies on."""
    for number, face in enumerate(faces):
        if face.geomType() == "PLANE":
            seen = face.moved(at.inverse)
            if abs(seen.Center().z) < FLAT and seen.normalAt().z > 1 - FLAT:
                return number
    raise ValueError("no flat face lies under the relief")


def _polygon(ring: Sequence[tuple[float, float]]) -> cq.Wire:
    return cq.Wire.makePolygon([cq.Vector(*point) for point in ring], close=True)
