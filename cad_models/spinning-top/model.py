"""Build a spinning top in two parts that print without support: a body, and a stem to push into it."""

import cadquery as cq

from makerwagen.models.parts.outlines import outline
from makerwagen.models.parts.prisms import prism

TIP_MM = 1.2  # across; a sharper tip wears flat anyway
CONE_MM = 9.0  # half as wide as the cone is below, so its side leans by 45 degrees
DEEPER_MM = 3.0  # so far the hole goes into the cone
KNOB_MM, KNOB_HIGH_MM = 11.0, 1.6
BETWEEN_MM = 4.0


def build(params: dict) -> cq.Assembly:
    """Return the body, lying on its top with the tip up, and the stem beside it, standing on its knob."""
    aside = params["diameter_mm"] / 2 + KNOB_MM / 2 + BETWEEN_MM
    both = cq.Assembly(name="spinning-top").add(cq.Workplane(_body(params)), name="body")
    return both.add(_stem(params), name="stem", loc=cq.Location((aside, 0, 0)))


def _body(params: dict) -> cq.Shape:
    thickness = params["thickness_mm"]
    disc = prism(outline(params["shape"], params["diameter_mm"], points=params["points"]), (), thickness)
    cone = cq.Solid.makeCone(CONE_MM, TIP_MM / 2, CONE_MM - TIP_MM / 2, cq.Vector(0, 0, thickness))
    across = params["stem_mm"] + params["gap_mm"]
    hole = cq.Workplane().polygon(6, across).extrude(thickness + DEEPER_MM).val()
    return disc.fuse(cone).cut(hole)


def _stem(params: dict) -> cq.Workplane:
    knob = cq.Workplane().circle(KNOB_MM / 2).extrude(KNOB_HIGH_MM)
    length = KNOB_HIGH_MM + params["stem_long_mm"] + params["thickness_mm"] + DEEPER_MM - 0.5
    return knob.union(cq.Workplane().polygon(6, params["stem_mm"]).extrude(length))
