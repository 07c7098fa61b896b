"""Build a cutter for dough: a thin wall along an outline, with a broad rim to press on."""

import cadquery as cq

from makerwagen.models.parts import quick
from makerwagen.models.parts.outlines import biggest, grown, outline
from makerwagen.models.parts.prisms import stepped

EDGE_MM = 0.8  # the cutting edge: two lines of a 0.4 mm nozzle
EDGE_HIGH_MM = 3.0


def build(params: dict) -> cq.Workplane:
    """Return the cutter upside down: the rim on the bed, the cutting edge on top."""
    inside, rings = _rings(params)
    return cq.Workplane(stepped(rings, inside))


def preview(params: dict) -> dict:
    """Return the same cutter quickly."""
    inside, rings = _rings(params)
    return {"body": quick.whole(quick.up(quick.area_in(ring, inside), top) for ring, top in rings)}


def _rings(params: dict) -> tuple:
    """Return the ring inside, and the rings outside with the heights at which they end."""
    inside = outline(params["shape"], params["size_mm"], points=params["points"])
    height = params["height_mm"]
    widths = [(params["rim_mm"], params["rim_high_mm"])]
    if params["wall_mm"] > EDGE_MM:
        widths.append((params["wall_mm"], height - EDGE_HIGH_MM))
    widths.append((EDGE_MM, height))
    return inside, [(biggest(grown([inside], width)), top) for width, top in widths]
