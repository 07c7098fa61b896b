"""How long a part prints and how much it weighs, roughly, while a slider moves; the slicer has the last word."""

from collections.abc import Sequence

from makerwagen.content.model import Estimate
from makerwagen.models.outline import PartFacts

# A part is printed as a skin of two or three lines all around, with a loose pattern in what is left.
SKIN_MM, LAYER_MM, INFILL = 0.9, 0.2, 0.15
# For a family without a fit of its own. Fitted to 15 name tags sliced with PrusaSlicer 2.5 (0.2 mm layers, 0.4 mm
# nozzle, 15 % infill, PLA) for a Prusa MK3S and an Ender-3 V2, taking the mean of both: within 7 % of that mean, while
# the Prusa is about 14 % faster and the Ender about 14 % slower. For other parts than flat tags it is only a hint.
START_S, PER_SOLID_MM3_S, PER_MM2_S = 105.0, 0.347, 0.031
PLA_G_PER_MM3 = 0.00125
LEAST = 0.3  # of the general estimate: far outside its sample a fit may not fall below that
Features = tuple[float, float, float, float, float, float]


def features(part: PartFacts) -> Features:
    """Return what printing a part is made of: 1, mm³ of skin, mm³ inside, mm² of sides, mm² of level faces, layers."""
    skin = min(part.volume_mm3, SKIN_MM * part.area_mm2)
    sides = max(0.0, part.area_mm2 - part.flat_mm2)
    return 1.0, skin, part.volume_mm3 - skin, sides, part.flat_mm2, part.size_mm[2] / LAYER_MM


def print_minutes(part: PartFacts, family: Estimate | None = None) -> float:
    """Return the rough printing time in minutes, with the fit of the model's family where it has one."""
    general = START_S + PER_SOLID_MM3_S * _printed_mm3(part) + PER_MM2_S * part.area_mm2
    seconds = weighted(family.seconds, features(part)) if family else general
    return max(seconds, LEAST * general) / 60


def print_grams(part: PartFacts, family: Estimate | None = None) -> float:
    """Return the rough weight in grams."""
    general = PLA_G_PER_MM3 * _printed_mm3(part)
    return max(weighted(family.grams, features(part)), LEAST * general) if family else general


def weighted(weights: Sequence[float], found: Sequence[float]) -> float:
    """Return the sum of features times their weights."""
    return sum(weight * feature for weight, feature in zip(weights, found, strict=True))


def _printed_mm3(part: PartFacts) -> float:
    _, skin, inside, *_ = features(part)
    return skin + INFILL * inside
