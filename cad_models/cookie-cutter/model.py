"""Build a cutter for dough: a thin wall along an outline, with a broad rim to press on."""

import cadquery as cq

from makerwagen.models.parts.outlines import biggest, grown, outline
from makerwagen.models.parts.prisms import stepped

EDGE_MM = 0.8  # the cutting edge: two lines of a 0.4 mm nozzle
EDGE_HIGH_MM = 3.0


def build(params: dict) -> cq.Workplane:
    """Return the cutter upside down: the rim on the bed, the cutting edge on top."""
    inside = outline(params["shape"], params["size_mm"], points=params["points"])
    height = params["height_mm"]
    widths = [(params["rim_mm"], params["rim_high_mm"])]
    if params["wall_mm"] > EDGE_MM:
        widths.append((params["wall_mm"], height - EDGE_HIGH_MM))
    widths.append((EDGE_MM, height))
    return cq.Workplane(stepped([(biggest(grown([inside], width)), top) for width, top in widths], inside))
