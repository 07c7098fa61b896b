"""Build a spinning top in two parts that print without support: a body, and a stem to push into it."""

import cadquery as cq

from makerwagen.models.parts import quick
from makerwagen.models.parts.outlines import outline
from makerwagen.models.parts.prisms import prism
from makerwagen.models.winding import Ring

TIP_MM = 1.2  # across; a sharper tip wears flat anyway
CONE_MM = 9.0  # half as wide as the cone is below, so its side leans by 45 degrees
DEEPER_MM = 3.0  # so far the hole goes into the cone
KNOB_MM, KNOB_HIGH_MM = 11.0, 1.6
BETWEEN_MM = 4.0


def build(params: dict) -> cq.Assembly:
    """Return the body, lying on its top with the tip up, and the stem beside it, standing on its knob."""
    both = cq.Assembly(name="spinning-top").add(cq.Workplane(_body(params)), name="body")
    return both.add(_stem(params), name="stem", loc=cq.Location((_aside(params), 0, 0)))


def preview(params: dict) -> dict:
    """Return the same two quickly."""
    thickness = params["thickness_mm"]
    body = quick.up(quick.area_in(_disc(params)), thickness) + quick.cone(CONE_MM, TIP_MM / 2, _cone_high(), thickness)
    body -= quick.up(quick.hexagon(params["stem_mm"] + params["gap_mm"]), thickness + DEEPER_MM)
    stem = quick.up(quick.disc(KNOB_MM), KNOB_HIGH_MM) + quick.up(quick.hexagon(params["stem_mm"]), _stem_long(params))
    return {"body": body, "stem": stem.translate((_aside(params), 0, 0))}


def _aside(params: dict) -> float:
    return float(params["diameter_mm"] / 2 + KNOB_MM / 2 + BETWEEN_MM)


def _disc(params: dict) -> Ring:
    return outline(params["shape"], params["diameter_mm"], points=params["points"])


def _cone_high() -> float:
    return CONE_MM - TIP_MM / 2


def _stem_long(params: dict) -> float:
    return float(KNOB_HIGH_MM + params["stem_long_mm"] + params["thickness_mm"] + DEEPER_MM - 0.5)


def _body(params: dict) -> cq.Shape:
    thickness = params["thickness_mm"]
    disc = prism(_disc(params), (), thickness)
    cone = cq.Solid.makeCone(CONE_MM, TIP_MM / 2, _cone_high(), cq.Vector(0, 0, thickness))
    across = params["stem_mm"] + params["gap_mm"]
    hole = cq.Workplane().polygon(6, across).extrude(thickness + DEEPER_MM).val()
    return disc.fuse(cone).cut(hole)


def _stem(params: dict) -> cq.Workplane:
    knob = cq.Workplane().circle(KNOB_MM / 2).extrude(KNOB_HIGH_MM)
    return knob.union(cq.Workplane().polygon(6, params["stem_mm"]).extrude(_stem_long(params)))
