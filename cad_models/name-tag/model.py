"""Build a flat tag with raised letters and a hole for a key ring."""

import math

import cadquery as cq

from makerwagen.models.lettering import Lettering, letter
from makerwagen.models.parts.plates import plate, raise_up, with_hole
from makerwagen.models.parts.text import FONT, letters, raised, unfused

AIR_MM = 1.5  # between the letters and the edge or the hole


def build(params: dict) -> cq.Workplane:
    """Return the tag, lying on its back with the letters up, its left edge at x = -length / 2."""
    return raised(*_pieces(params))


def preview(params: dict) -> cq.Assembly:
    """Return the same tag with its letters only laid on."""
    return unfused(*_pieces(params))


def _pieces(params: dict) -> tuple[cq.Shape, list[cq.Solid]]:
    length, height, thickness = params["length_mm"], params["height_mm"], params["thickness_mm"]
    middle = -length / 2 + params["edge_mm"] + params["hole_mm"] / 2
    tag = raise_up(with_hole(plate(params["shape"], length, height), (middle, 0), params["hole_mm"]), thickness)

    left = middle + params["hole_mm"] / 2 + AIR_MM
    lettering = _fitted(params, left)
    at = ((left + _right_end(params, lettering.height_mm)) / 2, 0, thickness)
    return tag, letters(lettering, params["relief_mm"], at=at)


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
