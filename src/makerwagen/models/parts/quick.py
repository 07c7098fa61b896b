"""Solids for previews: made of rings and simple bodies by manifold3d in a few milliseconds, where CadQuery takes 100.

A model's preview() may return them by name, e.g. {"body": …, "letters": …}. They are only triangles: what is printed
always comes from build(), and a test holds that both have the same size and volume.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy
from manifold3d import CrossSection, FillRule, JoinType, Manifold, OpType
from manifold3d import Mesh as ManifoldMesh

from makerwagen.models.building import mesh_of
from makerwagen.models.lettering import Lettering
from makerwagen.models.winding import Point, Ring

SEGMENTS = 48  # straight pieces for a full turn
BALL_SEGMENTS = 36  # a ball has the square of them
Place = tuple[float, float, float]


def area_in(*rings: Ring) -> CrossSection:
    """Return the area inside rings; a ring inside another is a hole."""
    return CrossSection([list(ring) for ring in rings], FillRule.EvenOdd)


def disc(diameter_mm: float, at: Point = (0.0, 0.0)) -> CrossSection:
    """Return a round area."""
    return CrossSection.circle(diameter_mm / 2, SEGMENTS).translate(at)


def rectangle(length_mm: float, width_mm: float, at: Point = (0.0, 0.0)) -> CrossSection:
    """Return a rectangle around a point."""
    return CrossSection.square((length_mm, width_mm), center=True).translate(at)


def hexagon(across_mm: float) -> CrossSection:
    """Return a hexagon around the origin, `across_mm` from corner to corner, two corners on the x-axis."""
    return CrossSection.circle(across_mm / 2, 6)


def softened(flat: CrossSection, radius_mm: float) -> CrossSection:
    """Return an area with its outward corners rounded."""
    return flat.offset(-radius_mm, JoinType.Miter).offset(radius_mm, JoinType.Round, 2.0, SEGMENTS)


def hull(*flats: CrossSection) -> CrossSection:
    """Return the smallest area without dents around areas."""
    return CrossSection.batch_hull(list(flats))


def all_of(flats: Iterable[CrossSection]) -> CrossSection:
    """Return areas as one."""
    return CrossSection.batch_boolean(list(flats), OpType.Add)


def rounded(length_mm: float, width_mm: float, radius_mm: float) -> CrossSection:
    """Return a rectangle around the origin with round corners."""
    if radius_mm < 0.05:
        return rectangle(length_mm, width_mm)
    inner = rectangle(length_mm - 2 * radius_mm, width_mm - 2 * radius_mm)
    return inner.offset(radius_mm, JoinType.Round, 2.0, SEGMENTS)


def slot(apart_mm: float, width_mm: float) -> CrossSection:
    """Return a rectangle that ends in half circles, their middles `apart_mm` apart on the x-axis."""
    return hull(*(disc(width_mm, (x, 0.0)) for x in (-apart_mm / 2, apart_mm / 2)))


def plate(shape: str, length_mm: float, height_mm: float) -> CrossSection:
    """Return one of the plates of `plates.plate`."""
    half = length_mm / 2, height_mm / 2
    if shape == "Pille":
        return slot(length_mm - height_mm, height_mm)
    if shape == "Achteck":
        gone = 0.25 * height_mm
        points = [(half[0] - gone, half[1]), (half[0], half[1] - gone)]
        return CrossSection.hull_points([(sx * x, sy * y) for x, y in points for sx in (-1, 1) for sy in (-1, 1)])
    if shape == "Ticket":
        bites = [disc(0.4 * height_mm, (sx * half[0], sy * half[1])) for sx in (-1, 1) for sy in (-1, 1)]
        return rectangle(length_mm, height_mm) - all_of(bites)
    return rounded(length_mm, height_mm, min(4, 0.25 * height_mm))


def up(flat: CrossSection, height_mm: float, z_mm: float = 0.0) -> Manifold:
    """Return an area as a solid from `z_mm` upwards."""
    return flat.extrude(height_mm).translate((0.0, 0.0, z_mm))


def widened(
    lower: CrossSection, upper: CrossSection, height_mm: float, *, z_mm: float = 0.0, rise_mm: float = 0.0
) -> Manifold:
    """Return the solid between two convex areas, one over the other; the upper one goes straight up by `rise_mm`."""
    top = z_mm + height_mm
    rings = [(lower, z_mm), (upper, top), *([(upper, top + rise_mm)] if rise_mm else [])]
    return Manifold.hull_points([(x, y, z) for flat, z in rings for x, y in flat.to_polygons()[0]])


def letters(lettering: Lettering, depth_mm: float, *, at: Place) -> Manifold:
    """Return the letters of a text as one solid, standing `depth_mm` high on the point around which it is centred."""
    rings = [ring for patch in lettering.patches for ring in (patch.outer, *patch.holes)]
    return area_in(*rings).extrude(depth_mm).translate(at)


def whole(solids: Iterable[Manifold]) -> Manifold:
    """Return solids as one."""
    return Manifold.batch_boolean(list(solids), OpType.Add)


def chamfered_cube(edge_mm: float, gone_mm: float) -> Manifold:
    """Return a cube around the origin, its edges cut off at 45 degrees."""
    half, less = edge_mm / 2, edge_mm / 2 - gone_mm
    signs = [(a, b, c) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]
    corners = [(half, less, less), (less, half, less), (less, less, half)]
    return Manifold.hull_points([(a * x, b * y, c * z) for a, b, c in signs for x, y, z in corners])


def cube(edge_mm: float) -> Manifold:
    """Return a cube around the origin."""
    return Manifold.cube((edge_mm,) * 3, center=True)


def ball(radius_mm: float) -> Manifold:
    """Return a ball around the origin."""
    return Manifold.sphere(radius_mm, BALL_SEGMENTS)


def cone(lower_mm: float, upper_mm: float, height_mm: float, z_mm: float) -> Manifold:
    """Return a cone that narrows from one radius to another, standing at `z_mm`."""
    return Manifold.cylinder(height_mm, lower_mm, upper_mm, SEGMENTS).translate((0.0, 0.0, z_mm))


def box(size: Place, corner: Place) -> Manifold:
    """Return a box from its lowest corner."""
    return Manifold.cube(size).translate(corner)


def rod(radius_mm: float, height_mm: float, foot: Place, *, upper_mm: float | None = None) -> Manifold:
    """Return a round rod that stands on `foot`; with an upper radius it is a cone."""
    return Manifold.cylinder(height_mm, radius_mm, -1.0 if upper_mm is None else upper_mm, SEGMENTS).translate(foot)


def lying_rod(radius_mm: float, length_mm: float, end: Place) -> Manifold:
    """Return a round rod that lies along x, from the middle of its end."""
    return Manifold.cylinder(length_mm, radius_mm, -1.0, SEGMENTS).rotate((0.0, 90.0, 0.0)).translate(end)


def bar_x(profile: Sequence[Point], length_mm: float, x_mm: float) -> Manifold:
    """Return a bar along x that begins at `x_mm`; its profile is drawn in y and z."""
    # What was drawn in x and y and raised along z: each axis becomes the next one.
    return area_in(tuple(profile)).extrude(length_mm).transform([[0, 0, 1, x_mm], [1, 0, 0, 0], [0, 1, 0, 0]])


def bar_y(profile: Sequence[Point], length_mm: float, y_mm: float) -> Manifold:
    """Return a bar along y that begins at `y_mm`; its profile is drawn in x and z."""
    turn = [[1, 0, 0, 0], [0, 0, -1, y_mm + length_mm], [0, 1, 0, 0]]
    return area_in(tuple(profile)).extrude(length_mm).transform(turn)


def slab(size: Place, radius_mm: float, z_mm: float = 0.0) -> Manifold:
    """Return a slab around the z-axis with rounded corners, standing at `z_mm`."""
    return up(rounded(size[0], size[1], radius_mm), size[2], z_mm)


def of(shape: Any) -> Manifold:
    """Return the triangles of a CadQuery solid, to be cut and put together quickly."""
    made = mesh_of([("", shape)], quick=True)
    points, corners = (numpy.frombuffer(*pair).copy() for pair in ((made.vertices, "f4"), (made.triangles, "u4")))
    mesh = ManifoldMesh(points.reshape(-1, 3), corners.reshape(-1, 3))
    mesh.merge()
    return Manifold(mesh)


def cut(body: Any, tools: Sequence[Any]) -> Manifold:
    """Return a CadQuery solid with others cut out of it."""
    return of(body) - whole(of(tool) for tool in tools)
