"""Build a charm for a bag: an outline with a ring on top and an icon, raised or cut through."""

import math

import cadquery as cq

from makerwagen.models.parts import quick
from makerwagen.models.parts.outlines import outline
from makerwagen.models.winding import Ring

EDGE_MM = 2.4  # plastic around the hole


def build(params: dict) -> cq.Workplane:
    """Return the charm lying on its back, the ring towards positive y."""
    size, thick = params["size_mm"], params["thickness_mm"]
    ear = params["hole_mm"] / 2 + EDGE_MM
    at = (0, size / 2 + params["hole_mm"] / 2 + 0.4)
    # The ring's neck keeps it from hanging by a hair where the outline is round.
    plate = _outline(params["shape"], size).push([at]).circle(ear).reset()
    plate = plate.push([(0, size / 2 - 1)]).rect(2 * ear * 0.9, 2 * params["hole_mm"] / 2 + 2).reset()
    plate = plate.clean().push([at]).circle(params["hole_mm"] / 2, mode="s").reset()
    charm = cq.Workplane().placeSketch(plate).extrude(thick).val()
    outer, *eyes = _icon(params["icon"], size * params["icon_percent"] / 100)
    if params["cut"]:
        return cq.Workplane(obj=charm.cut(_solid(outer, -1, thick + 2)))  # eyes would fall out, so they stay away
    icon = _solid(outer, thick - 0.2, params["relief_mm"] + 0.2)
    if eyes:
        icon = icon.cut(*(_solid(eye, thick - 1, params["relief_mm"] + 2) for eye in eyes))
    return cq.Workplane(obj=charm.fuse(icon))


def preview(params: dict) -> dict:
    """Return the same charm quickly."""
    size, thick, hole = params["size_mm"], params["thickness_mm"], params["hole_mm"]
    ear, at = 2 * (hole / 2 + EDGE_MM), (0, size / 2 + hole / 2 + 0.4)
    neck = quick.rectangle(ear * 0.9, hole + 2, (0, size / 2 - 1))
    plate = quick.all_of([_quick_outline(params["shape"], size), quick.disc(ear, at), neck]) - quick.disc(hole, at)
    outer, *eyes = _icon(params["icon"], size * params["icon_percent"] / 100)
    if params["cut"]:
        return {"body": quick.up(plate - quick.area_in(outer), thick)}
    icon = quick.up(quick.area_in(outer, *eyes), params["relief_mm"] + 0.2, thick - 0.2)
    return {"body": quick.up(plate, thick) + icon}


def _quick_outline(shape: str, size: float) -> quick.CrossSection:
    if shape == "Kreis":
        return quick.disc(size)
    if shape == "Sechseck":
        return quick.softened(quick.hexagon(size / math.cos(math.pi / 6)).rotate(90), 2)
    if shape == "Wolke":
        return quick.all_of([quick.disc(0.72 * size), *(quick.disc(0.4 * size, bump) for bump in _bumps(size))])
    return quick.rounded(size, size, 0.15 * size)


def _bumps(size: float) -> list[tuple[float, float]]:
    return [(0.3 * size * x, 0.3 * size * y) for x, y in (_polar(1, 30 + 60 * n) for n in range(6))]


def _outline(shape: str, size: float) -> cq.Sketch:
    if shape == "Kreis":
        return cq.Sketch().circle(size / 2)
    if shape == "Sechseck":
        return cq.Sketch().regularPolygon(size / 2 / math.cos(math.pi / 6), 6, angle=0).vertices().fillet(2).reset()
    if shape == "Wolke":
        return cq.Sketch().circle(0.36 * size).push(_bumps(size)).circle(0.2 * size).reset().clean()
    return cq.Sketch().rect(size, size).vertices().fillet(0.15 * size).reset()


def _icon(name: str, size: float) -> list[Ring]:
    """Return the icon around the origin, its longer side `size`: the ring around it, then its holes."""
    if name not in OWN:
        rings = [outline(name, size)]
        return [*rings, _scaled(EYE, size)] if name == "Blume" else rings
    return [_scaled(ring, size) for ring in OWN[name]()]


def _scaled(ring: Ring, size: float) -> Ring:
    return tuple((x * size, y * size) for x, y in ring)


def _solid(ring: Ring, bottom: float, height: float) -> cq.Solid:
    return cq.Workplane(origin=(0, 0, bottom)).polyline(ring).close().extrude(height).val()


def _flash() -> list[Ring]:
    return [((0.1, 0.5), (-0.3, -0.06), (-0.04, -0.06), (-0.14, -0.5), (0.3, 0.1), (0.03, 0.1), (0.26, 0.5))]


def _cat() -> list[Ring]:
    cheeks = [_polar(0.42, angle, -0.06) for angle in range(155, 386, 15)]
    ears = [(0.4, 0.46), (0.14, 0.3), (-0.14, 0.3), (-0.4, 0.46)]
    eyes = [[(x - 0.1, 0.03), (x, -0.04), (x + 0.1, 0.03), (x, 0.12)] for x in (-0.18, 0.18)]
    return [[*cheeks, *ears], *eyes]


def _polar(radius: float, degrees: float, up: float = 0.0) -> tuple[float, float]:
    return radius * math.cos(math.radians(degrees)), up + radius * math.sin(math.radians(degrees))


OWN = {"Blitz": _flash, "Katze": _cat}
EYE = tuple(_polar(0.11, angle) for angle in range(0, 360, 30))  # of the flower
