"""Involute gears: sizes by the standard, sound outlines, and teeth that meet without cutting into each other."""

import math

import pytest
from manifold3d import CrossSection

from makerwagen.models.parts.gears import Gear, distance_mm, involute
from makerwagen.models.winding import area, filled_rings

PAIRS = [(12, 24, 2.0), (10, 10, 1.5), (10, 40, 1.5), (40, 10, 2.0), (17, 30, 3.0), (11, 13, 3.0)]


def section(ring):
    return CrossSection([list(ring)])


def turned(ring, angle, by=0.0):
    c, s = math.cos(angle), math.sin(angle)
    return [(x * c - y * s + by, x * s + y * c) for x, y in ring]


def test_inv_20_degrees_is_the_tables_value():
    assert involute(math.radians(20)) == pytest.approx(0.014904, abs=1e-6)


def test_a_gear_of_20_teeth_has_the_sizes_of_the_standard():
    gear = Gear(2, 20)
    assert (gear.pitch_mm, gear.tip_mm, gear.root_mm) == (20, 22, 17.5)
    assert 2 * gear.half_angle(gear.pitch_mm) * gear.pitch_mm == pytest.approx(math.pi)  # half of the pitch of 2 pi


def test_gears_without_shift_stand_apart_by_half_the_teeth():
    assert distance_mm(Gear(2, 20), Gear(2, 30)) == pytest.approx(50)


@pytest.mark.parametrize("teeth", [10, 12, 16, 17, 25, 40])
@pytest.mark.parametrize("play", [0.1, 0.4])
def test_an_outline_does_not_cross_itself(teeth, play):
    ring = Gear(1.5, teeth, play).outline()
    rings = filled_rings([ring])
    assert len(rings) == 1
    assert area(rings[0]) == pytest.approx(area(ring))


@pytest.mark.parametrize("teeth", [10, 11, 13, 40])
def test_a_tooth_never_ends_in_a_needle(teeth):
    gear = Gear(1.5, teeth, 0.4)
    assert 2 * gear.half_angle(gear.tip_mm) * gear.tip_mm >= 0.49


@pytest.mark.parametrize(("first", "second", "module"), PAIRS)
def test_two_gears_turn_without_cutting_into_each_other(first, second, module):
    one, two = Gear(module, first, 0.1), Gear(module, second, 0.1)
    apart = distance_mm(one, two)
    for step in range(8):
        turn = math.tau / first * step / 8
        left = section(turned(one.outline(), turn))
        right = section(turned(two.outline(), math.pi + math.pi / second - turn * first / second, apart))
        assert (left ^ right).area() < 1e-3


@pytest.mark.parametrize(("first", "second", "module"), PAIRS)
def test_the_next_tooth_takes_over_before_the_last_lets_go(first, second, module):
    one, two = Gear(module, first), Gear(module, second)
    apart = distance_mm(one, two)
    working = math.acos((one.base_mm + two.base_mm) / apart)
    line = sum(math.sqrt(gear.tip_mm**2 - gear.base_mm**2) for gear in (one, two)) - apart * math.sin(working)
    assert line / (math.pi * module * math.cos(math.radians(20))) > 1.0  # the contact ratio
