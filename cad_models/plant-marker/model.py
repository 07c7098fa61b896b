"""Build a marker for a pot or a bed: a plate with raised text on a spike."""

import cadquery as cq

from makerwagen.models.lettering import Lettering, letter
from makerwagen.models.parts import quick
from makerwagen.models.parts.plates import plate, raise_up
from makerwagen.models.parts.text import FONT, letters, raised

AIR_MM = 2.0  # between the letters and the edge
LOST = {"Pille": 0.5, "Achteck": 0.3, "Ticket": 0.4}  # of the height, which corners that are not square take away


def build(params: dict) -> cq.Workplane:
    """Return the marker, lying on its back with the letters up and the spike towards the front."""
    flat = plate(params["shape"], params["length_mm"], params["height_mm"]).polygon(_spike(params), mode="a").clean()
    body = raise_up(flat, params["thickness_mm"])
    return raised(body, letters(_lettering(params), params["relief_mm"], at=(0, 0, params["thickness_mm"])))


def preview(params: dict) -> dict:
    """Return the same marker quickly, with its letters only laid on."""
    flat = quick.plate(params["shape"], params["length_mm"], params["height_mm"]) + quick.area_in(_spike(params)[:-1])
    signs = quick.letters(_lettering(params), params["relief_mm"], at=(0, 0, params["thickness_mm"]))
    return {"body": quick.up(flat, params["thickness_mm"]), "letters": signs}


def _spike(params: dict) -> list[tuple[float, float]]:
    half, end = params["spike_wide_mm"] / 2, -params["height_mm"] / 2 - params["spike_mm"]
    # The spike begins in the middle of the plate, so that the two overlap whatever the plate's corners are.
    point = end + 2 * half
    return [(-half, 0), (-half, point), (-0.5, end), (0.5, end), (half, point), (half, 0), (-half, 0)]


def _lettering(params: dict) -> Lettering:
    length, height = params["length_mm"], params["height_mm"]
    room = length - 2 * AIR_MM - LOST.get(params["shape"], 0) * height, height - 2 * AIR_MM
    return letter(params["text"], font=FONT, capital_mm=params["letter_mm"], fit_mm=room)
