"""Simple bodies of CadQuery. quick.py has the same by the same names, so that one function of a model makes both.

Such a function takes the module as `kit`: build() gives `solids`, preview() gives `quick`.
"""

from collections.abc import Sequence

import cadquery as cq

from makerwagen.models.parts.plates import raise_up, rounded
from makerwagen.models.winding import Point

Place = tuple[float, float, float]


def box(size: Place, corner: Place) -> cq.Solid:
    """Return a box from its lowest corner."""
    return cq.Solid.makeBox(*size, cq.Vector(*corner))


def rod(radius_mm: float, height_mm: float, foot: Place, *, upper_mm: float | None = None) -> cq.Solid:
    """Return a round rod that stands on `foot`; with an upper radius it is a cone."""
    at = cq.Vector(*foot)
    if upper_mm is None:
        return cq.Solid.makeCylinder(radius_mm, height_mm, at)
    return cq.Solid.makeCone(radius_mm, upper_mm, height_mm, at)


def lying_rod(radius_mm: float, length_mm: float, end: Place) -> cq.Solid:
    """Return a round rod that lies along x, from the middle of its end."""
    return cq.Solid.makeCylinder(radius_mm, length_mm, cq.Vector(*end), cq.Vector(1, 0, 0))


def bar_x(profile: Sequence[Point], length_mm: float, x_mm: float) -> cq.Solid:
    """Return a bar along x that begins at `x_mm`; its profile is drawn in y and z."""
    return _bar([cq.Vector(x_mm, y, z) for y, z in profile], cq.Vector(length_mm, 0, 0))


def bar_y(profile: Sequence[Point], length_mm: float, y_mm: float) -> cq.Solid:
    """Return a bar along y that begins at `y_mm`; its profile is drawn in x and z."""
    return _bar([cq.Vector(x, y_mm, z) for x, z in profile], cq.Vector(0, length_mm, 0))


def slab(size: Place, radius_mm: float, z_mm: float = 0.0) -> cq.Shape:
    """Return a slab around the z-axis with rounded corners, standing at `z_mm`."""
    return raise_up(rounded(size[0], size[1], radius_mm), size[2], z_mm=z_mm)


def _bar(corners: list[cq.Vector], way: cq.Vector) -> cq.Solid:
    return cq.Solid.extrudeLinear(cq.Face.makeFromWires(cq.Wire.makePolygon(corners, close=True)), way)
