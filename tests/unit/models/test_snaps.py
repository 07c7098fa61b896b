"""Snap joints: a tongue is long enough to bend, and its hook finds its window."""

import pytest

from makerwagen.models.parts.snaps import PLA_STRAIN, Tongue, deflection_mm, length_mm


def test_the_example_of_a_beam_of_10_mm():
    # 2/3 x 0.01 x 10² / 1.2
    assert deflection_mm(10, 1.2, 0.01) == pytest.approx(0.5556, abs=1e-3)


@pytest.mark.parametrize("bend", [0.2, 0.4, 0.8])
def test_length_and_deflection_are_each_others_inverse(bend):
    assert deflection_mm(length_mm(bend, 1.2), 1.2) == pytest.approx(bend)


@pytest.mark.parametrize("catch", [0.3, 0.6])
@pytest.mark.parametrize("play", [0.2, 0.6])
def test_a_tongue_bends_over_its_edge_without_more_strain_than_pla_takes(catch, play):
    tongue = Tongue(catch, play)
    strain = 1.5 * tongue.thickness_mm * catch / tongue.length_mm**2
    assert strain <= PLA_STRAIN + 1e-9


@pytest.mark.parametrize("play", [0.2, 0.6])
def test_the_hook_lies_within_its_window(play):
    tongue = Tongue(0.4, play)
    low, high = tongue.window_mm
    # Where the hook is as deep as the air, it reaches the wall: there the window must have begun.
    assert tongue.length_mm + play >= low
    assert tongue.reach_mm <= high


def test_the_hook_stands_out_by_air_and_catch_and_rises_at_45_degrees():
    tongue = Tongue(0.5, 0.3)
    outline = tongue.outline()
    (front, catch), (tip, top) = outline[2], outline[3]
    assert tip - front == pytest.approx(0.8)
    assert tip - front == pytest.approx(top - catch)
