"""Build a flat tag with raised letters and a hole for a key ring."""

import math
from pathlib import Path

import cadquery as cq

from makerwagen.models.lettering import Lettering, Patch, letter

FONT = Path(__file__).parents[2] / "site" / "theme" / "fonts" / "Andika-Bold.ttf"
AIR_MM = 1.5  # between the letters and the edge or the hole


def build(params: dict) -> cq.Workplane:
    """Return the tag, lying on its back with the letters up, its left edge at x = -length / 2."""
    length, height, thickness = params["length_mm"], params["height_mm"], params["thickness_mm"]
    middle = -length / 2 + params["edge_mm"] + params["hole_mm"] / 2
    plate = _plate(params["shape"], length, height).push([(middle, 0)]).circle(params["hole_mm"] / 2, mode="s")
    tag = cq.Workplane().placeSketch(plate.reset()).extrude(thickness)

    left = middle + params["hole_mm"] / 2 + AIR_MM
    lettering = _fitted(params, left)
    at = ((left + _right_end(params, lettering.height_mm)) / 2, 0, thickness)
    letters = [_solid(patch, params["relief_mm"]).moved(cq.Location(at)) for patch in lettering.patches]
    return cq.Workplane(tag.val().fuse(*letters))


def _plate(shape: str, length: float, height: float) -> cq.Sketch:
    if shape == "Pille":
        return cq.Sketch().slot(length - height, height)
    plate = cq.Sketch().rect(length, height)
    if shape == "Achteck":
        return plate.vertices().chamfer(0.25 * height).reset()
    if shape == "Ticket":
        return plate.vertices().circle(0.2 * height, mode="s").reset()
    return plate.vertices().fillet(min(4, 0.25 * height)).reset()


def _fitted(params: dict, left: float) -> Lettering:
    # A low line of letters reaches further into a round end than a high one, so the room is measured twice.
    room = params["height_mm"] - 2 * AIR_MM
    for _ in range(2):
        fit = (max(1.0, _right_end(params, room) - left), room)
        lettering = letter(params["text"], font=FONT, capital_mm=params["letter_mm"], fit_mm=fit)
        room = lettering.height_mm
    return lettering


def _right_end(params: dict, room: float) -> float:
    """Return how far right letters of height `room` may reach."""
    half = params["height_mm"] / 2
    used = min(room / 2, half - AIR_MM)
    lost = {
        "Pille": half - math.sqrt(max(0.0, (half - AIR_MM) ** 2 - used**2)),
        "Achteck": max(AIR_MM, used - half / 2 + AIR_MM * math.sqrt(2)),
        "Ticket": max(AIR_MM, 0.4 * half + AIR_MM) if used > 0.6 * half - AIR_MM else AIR_MM,
    }
    return params["length_mm"] / 2 - lost.get(params["shape"], AIR_MM)


def _solid(patch: Patch, height: float) -> cq.Solid:
    outer, *holes = (
        cq.Wire.makePolygon([cq.Vector(*point) for point in ring], close=True) for ring in (patch.outer, *patch.holes)
    )
    return cq.Solid.extrudeLinear(cq.Face.makeFromWires(outer, holes), cq.Vector(0, 0, height))
