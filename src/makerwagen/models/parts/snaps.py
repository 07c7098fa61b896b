"""Snap joints: how long a tongue of plastic must be to bend over an edge without breaking, and its outline."""

import math
from dataclasses import dataclass

from makerwagen.models.winding import Ring

# A tongue that is printed standing up bends across its layers, where PLA is weakest; solid PLA stands about twice this.
PLA_STRAIN = 0.01
THICKNESS_MM = 1.2  # three lines of a 0.4 mm nozzle
RAMP = 2.0  # the ramp that pushes the tongue aside is twice as long as high, so that a child's thumb is enough


def deflection_mm(length_mm: float, thickness_mm: float, strain: float = PLA_STRAIN) -> float:
    """Return how far the tip of a tongue may bend, in millimetres.

    Source: cantilever of constant rectangular section, y = 2/3 · ε · l² / h, as in "Snap-Fit Joints for Plastics – A
    Design Guide" (Bayer MaterialScience, cantilever snap joints, design 1); it follows from the bending of a beam.
    """
    return 2 / 3 * strain * length_mm**2 / thickness_mm


def length_mm(bend_mm: float, thickness_mm: float, strain: float = PLA_STRAIN) -> float:
    """Return how long a tongue must be to bend by `bend_mm` at its tip (`deflection_mm` turned round)."""
    return math.sqrt(1.5 * thickness_mm * bend_mm / strain)


@dataclass(frozen=True)
class Tongue:
    """A tongue with a hook: `catch_mm` is the edge it grips by, `play_mm` is the air between tongue and wall."""

    catch_mm: float
    play_mm: float
    thickness_mm: float = THICKNESS_MM

    @property
    def hook_mm(self) -> float:
        """Return how far the hook stands out: over the air and under the edge."""
        return self.catch_mm + self.play_mm

    @property
    def length_mm(self) -> float:
        """Return the length from the root to the hook; only the catch has to be bent away, the air is free."""
        return length_mm(self.catch_mm, self.thickness_mm)

    @property
    def reach_mm(self) -> float:
        """Return the height from the root to the tip."""
        return self.length_mm + (1 + RAMP) * self.hook_mm

    @property
    def window_mm(self) -> tuple[float, float]:
        """Return where the window in the wall begins and ends, measured from the wall's rim."""
        return self.length_mm + self.play_mm, self.reach_mm + self.play_mm

    def outline(self) -> Ring:
        """Return the tongue from the side: root on the x-axis, back at x = 0, hook towards positive x.

        The hook's underside rises at 45 degrees: it prints without supports, and the lid can be opened again.
        """
        front, tip = self.thickness_mm, self.thickness_mm + self.hook_mm
        catch = self.length_mm
        return (
            (0, 0),
            (front, 0),
            (front, catch),
            (tip, catch + self.hook_mm),
            (front, self.reach_mm),
            (0, self.reach_mm),
        )
