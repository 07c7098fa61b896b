"""Build a flat tag with raised letters and a hole for a key ring."""

import math

import cadquery as cq

from makerwagen.models.lettering import Lettering, letter
from makerwagen.models.parts import quick
from makerwagen.models.parts.plates import plate, raise_up, with_hole
from makerwagen.models.parts.text import FONT, letters, raised

AIR_MM = 1.5  # between the letters and the edge or the hole


def build(params: dict) -> cq.Workplane:
    """Return the tag, lying on its back with the letters up, its left edge at x = -length / 2."""
    size = params["length_mm"], params["height_mm"]
    tag = raise_up(with_hole(plate(params["shape"], *size), _hole(params), params["hole_mm"]), params["thickness_mm"])
    lettering, at = _lettering(params)
    return raised(tag, letters(lettering, params["relief_mm"], at=at))


def preview(params: dict) -> dict:
    """Return the same tag quickly, with its letters only laid on."""
    flat = quick.plate(params["shape"], params["length_mm"], params["height_mm"])
    flat -= quick.disc(params["hole_mm"], _hole(params))
    lettering, at = _lettering(params)
    body = quick.up(flat, params["thickness_mm"])
    return {"body": body, "letters": quick.letters(lettering, params["relief_mm"], at=at)}


def _hole(params: dict) -> tuple[float, float]:
    return -params["length_mm"] / 2 + params["edge_mm"] + params["hole_mm"] / 2, 0


def _lettering(params: dict) -> tuple[Lettering, tuple[float, float, float]]:
    left = _hole(params)[0] + params["hole_mm"] / 2 + AIR_MM
    lettering = _fitted(params, left)
    return lettering, ((left + _right_end(params, lettering.height_mm)) / 2, 0, params["thickness_mm"])


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
