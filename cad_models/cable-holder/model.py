"""Build a clip for the edge of a desk with round slots that keep cables from falling down."""

import cadquery as cq

from makerwagen.models.parts import quick
from makerwagen.models.parts.outlines import biggest, box, circle, softened, without
from makerwagen.models.parts.prisms import prism

RIB_MM = 2.4  # plastic around every cable
MOUTH = 0.75  # of a cable's width: it clicks in and stays
SOFT_MM = 1.0


def build(params: dict) -> cq.Workplane:
    """Return the clip lying on its side, the desk coming from the left, the cables from the right."""
    return cq.Workplane(prism(_profile(params), (), params["width_mm"]))


def preview(params: dict) -> dict:
    """Return the same clip quickly."""
    return {"body": quick.up(quick.area_in(_profile(params)), params["width_mm"])}


def _profile(params: dict) -> tuple:
    desk, jaw, cable = params["desk_mm"] / 2, params["wall_mm"], params["cable_mm"]
    back, high = 2 * RIB_MM + cable, desk + jaw
    # The jaws come closer towards their tips, so that they hold on to the desk.
    tip = desk - params["grip_mm"] / 2
    depth = -params["depth_mm"]
    mouth = (depth - 1, tip), (0.0, desk), (0.0, -desk), (depth - 1, -tip)
    body = without([box((depth, -high), (back, high))], [mouth[::-1]])
    return biggest(softened(without(body, _slots(params, back)), SOFT_MM))


def _slots(params: dict, back: float) -> list:
    cable, count = params["cable_mm"], params["cables"]
    high = params["desk_mm"] + 2 * params["wall_mm"]
    step, half = high / count, MOUTH * cable / 2
    inner, slots = RIB_MM + cable / 2, []
    for number in range(count):
        middle = -high / 2 + step * (number + 0.5)
        slots += [circle((inner, middle), cable), box((inner, middle - half), (back + 1, middle + half))]
    return slots
