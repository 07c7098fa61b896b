"""Estimates fitted to samples: exact where the formula is exact, never nonsense where samples are few or flat."""

import pytest

from makerwagen.content.model import Estimate
from makerwagen.models.estimate import fit, print_grams, print_minutes, worst_error
from makerwagen.models.outline import Outline, PartFacts

PLACES = [(100.0, 200.0), (1000.0, 900.0), (5000.0, 2500.0), (8000.0, 9000.0), (20000.0, 8000.0)]


def part(volume, area):
    return PartFacts((10, 10, 10), volume, area, 1, True, Outline((), (), ()))


def test_a_plain_law_is_found_again():
    samples = [(volume, area, 20 + 0.03 * volume + 0.4 * area) for volume, area in PLACES]
    assert fit(samples) == pytest.approx((20, 0.03, 0.4), rel=1e-6)
    assert worst_error(fit(samples), samples) < 1e-6


def test_a_fit_never_says_that_more_plastic_prints_faster():
    samples = [(volume, area, 500 + 0.5 * volume - 0.2 * area) for volume, area in PLACES]
    _, per_volume, per_area = fit(samples)
    assert per_volume >= 0 and per_area >= 0


def test_one_sample_is_taken_as_it_is_and_equal_ones_do_not_divide_by_zero():
    assert worst_error(fit([(100.0, 100.0, 60.0)] * 4), [(100.0, 100.0, 60.0)]) < 0.01
    assert fit([]) == (0.0, 0.0, 0.0)


def test_the_family_s_fit_goes_before_the_general_one_but_not_below_reason():
    family = Estimate(seconds=(60, 0.1, 0), grams=(0, 0.001, 0), within=0.05)
    assert print_minutes(part(1000, 900), family) == pytest.approx(160 / 60, rel=0.5)
    assert print_grams(part(1000, 900), family) == pytest.approx(1)
    nonsense = Estimate(seconds=(-1000, 0, 0), grams=(-5, 0, 0), within=0.05)
    assert print_minutes(part(1000, 900), nonsense) > 0
    assert print_grams(part(1000, 900), nonsense) > 0
