"""Build a marker for a pot or a bed: a plate with raised text on a spike."""

import cadquery as cq

from makerwagen.models.lettering import letter
from makerwagen.models.parts.plates import plate, raise_up
from makerwagen.models.parts.text import FONT, letters, raised, unfused

AIR_MM = 2.0  # between the letters and the edge
LOST = {"Pille": 0.5, "Achteck": 0.3, "Ticket": 0.4}  # of the height, which corners that are not square take away


def build(params: dict) -> cq.Workplane:
    """Return the marker, lying on its back with the letters up and the spike towards the front."""
    return raised(*_pieces(params))


def preview(params: dict) -> cq.Assembly:
    """Return the same marker with its letters only laid on."""
    return unfused(*_pieces(params))


def _pieces(params: dict) -> tuple[cq.Shape, list[cq.Solid]]:
    length, height, thickness = params["length_mm"], params["height_mm"], params["thickness_mm"]
    half, end = params["spike_wide_mm"] / 2, -height / 2 - params["spike_mm"]
    # The spike begins in the middle of the plate, so that the two overlap whatever the plate's corners are.
    point = end + 2 * half
    spike = [(-half, 0), (-half, point), (-0.5, end), (0.5, end), (half, point), (half, 0), (-half, 0)]
    body = raise_up(plate(params["shape"], length, height).polygon(spike, mode="a").clean(), thickness)

    room = length - 2 * AIR_MM - LOST.get(params["shape"], 0) * height, height - 2 * AIR_MM
    lettering = letter(params["text"], font=FONT, capital_mm=params["letter_mm"], fit_mm=room)
    return body, letters(lettering, params["relief_mm"], at=(0, 0, thickness))
