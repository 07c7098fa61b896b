"""Involute spur gears as rings of points, and how far apart two of them stand."""

import math
from dataclasses import dataclass

from makerwagen.models.winding import Point, Ring

PRESSURE = math.radians(20)
NO_UNDERCUT = 17  # teeth; with fewer, the flank at the foot would be cut away
ADDENDUM, DEDENDUM = 1.0, 1.25  # of the module, the usual basic rack (ISO 53, DIN 867)
FLANK_STEPS = 5  # straight pieces for a flank; the error stays below 0.02 mm at module 3
TIP_MM = 0.5  # a tooth must not end thinner than a 0.4 mm nozzle can draw


@dataclass(frozen=True)
class Gear:
    """A spur gear: module in millimetres, number of teeth, and `play_mm` taken from each tooth's thickness."""

    module_mm: float
    teeth: int
    play_mm: float = 0.0

    @property
    def shift(self) -> float:
        """Return the profile shift (in modules) that keeps the foot of few teeth strong: x = (17 - z) / 17."""
        return max(0.0, (NO_UNDERCUT - self.teeth) / NO_UNDERCUT)

    @property
    def pitch_mm(self) -> float:
        """Return the radius of the pitch circle."""
        return self.module_mm * self.teeth / 2

    @property
    def base_mm(self) -> float:
        """Return the radius of the circle that the involute unwinds from."""
        return self.pitch_mm * math.cos(PRESSURE)

    @property
    def tip_mm(self) -> float:
        """Return the outer radius; where teeth would end in a needle, they are shortened."""
        low, high = self.pitch_mm, self.pitch_mm + self.module_mm * (ADDENDUM + self.shift)
        if self.half_angle(high) * high >= TIP_MM / 2:
            return high
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if self.half_angle(middle) * middle >= TIP_MM / 2 else (low, middle)
        return low

    @property
    def root_mm(self) -> float:
        """Return the radius at the bottom of the gaps."""
        return self.pitch_mm - self.module_mm * (DEDENDUM - self.shift)

    def outline(self, flank_steps: int = FLANK_STEPS) -> Ring:
        """Return the outline, anticlockwise, with a tooth on the positive x-axis."""
        tooth = self._tooth(flank_steps)
        step = math.tau / self.teeth
        return tuple(_turned(point, number * step) for number in range(self.teeth) for point in tooth)

    def half_angle(self, radius_mm: float) -> float:
        """Return half the angle that a tooth takes at a radius.

        Source: DIN 3960 (ISO 21771): psi(r) = (pi/2 + 2 x tan alpha) / z + inv alpha - inv alpha(r), with
        cos alpha(r) = base radius / r; the play is taken off at the pitch circle.
        """
        at_pitch = (math.pi / 2 + 2 * self.shift * math.tan(PRESSURE)) / self.teeth - self.play_mm / 2 / self.pitch_mm
        here = math.acos(min(1.0, self.base_mm / radius_mm))
        return at_pitch + involute(PRESSURE) - involute(here)

    def _tooth(self, steps: int) -> list[Point]:
        low, tip = max(self.base_mm, self.root_mm), self.tip_mm
        # Steps grow outwards: close to the base circle the involute bends most.
        radii = [low + (tip - low) * (step / steps) ** 2 for step in range(steps + 1)]
        flank = [(radius, self.half_angle(radius)) for radius in radii]
        if self.root_mm < low:
            flank.insert(0, (self.root_mm, flank[0][1]))
        right = [_polar(radius, -angle) for radius, angle in flank]
        left = [_polar(radius, angle) for radius, angle in reversed(flank)]
        return [*right, (tip, 0.0), *left]


def involute(angle: float) -> float:
    """Return inv(angle) = tan(angle) - angle, in radians."""
    return math.tan(angle) - angle


def distance_mm(first: Gear, second: Gear) -> float:
    """Return how far apart the axles of two gears of one module stand so that they touch without play.

    Source: DIN 3960 (ISO 21771): inv alpha_w = inv alpha + 2 (x1 + x2) / (z1 + z2) tan alpha, and
    a = m (z1 + z2) / 2 · cos alpha / cos alpha_w.
    """
    teeth = first.teeth + second.teeth
    wanted = involute(PRESSURE) + 2 * (first.shift + second.shift) / teeth * math.tan(PRESSURE)
    return first.module_mm * teeth / 2 * math.cos(PRESSURE) / math.cos(_angle_of(wanted))


def _angle_of(wanted: float) -> float:
    angle = PRESSURE
    for _ in range(20):  # Newton's steps; the slope of inv is tan²
        angle -= (involute(angle) - wanted) / math.tan(angle) ** 2
    return angle


def _polar(radius: float, angle: float) -> Point:
    return radius * math.cos(angle), radius * math.sin(angle)


def _turned(point: Point, angle: float) -> Point:
    (x, y), c, s = point, math.cos(angle), math.sin(angle)
    return x * c - y * s, x * s + y * c
