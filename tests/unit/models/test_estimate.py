"""Estimates fitted to samples: exact where the formula is exact, never nonsense, and honest about unseen parts."""

import random

import pytest

from makerwagen.content.model import Estimate
from makerwagen.models.estimate import features, print_grams, print_minutes, weighted
from makerwagen.models.estimate_fit import fit, held_out
from makerwagen.models.outline import Outline, PartFacts

WEIGHTS = (90.0, 0.2, 0.05, 0.1, 0.3, 2.0)


def part(volume, area, flat=0.0, high=10.0):
    return PartFacts((10, 10, high), volume, area, 1, True, Outline((), (), ()), flat)


def parts(count=24, seed=1):
    chance = random.Random(seed)
    for _ in range(count):
        area = chance.uniform(500, 9000)
        yield part(chance.uniform(0.3, 4) * area, area, chance.uniform(0.1, 0.6) * area, chance.uniform(2, 60))


def samples(noise=0.0):
    chance = random.Random(2)
    return [(features(one), weighted(WEIGHTS, features(one)) * (1 + chance.uniform(-noise, noise))) for one in parts()]


def test_a_plain_law_is_found_again_and_holds_for_unseen_parts():
    assert fit(samples()) == pytest.approx(WEIGHTS, rel=1e-6)
    assert held_out(samples())[0] < 1e-6


def test_the_error_told_is_that_of_unseen_parts():
    noisy = samples(noise=0.2)
    weights = fit(noisy)
    seen = max(abs(weighted(weights, found) / said - 1) for found, said in noisy)
    most, mean = held_out(noisy)
    assert most > seen and 0 < mean < most


def test_a_fit_never_says_that_more_plastic_prints_faster():
    odd = [(found, 5000 - 0.2 * found[1] + 0.1 * found[3]) for found, _ in samples()]
    assert min(fit(odd)) >= 0


def test_a_thin_plate_is_all_skin_and_a_block_is_mostly_loose():
    plate, block = features(part(800, 1700)), features(part(8000, 2400))
    assert plate[1] == pytest.approx(800) and plate[2] == 0
    assert block[1] == pytest.approx(2160) and block[2] == pytest.approx(5840)


def test_the_family_s_fit_goes_before_the_general_one_but_not_below_reason():
    family = Estimate(seconds=(60, 0.1, 0.1, 0, 0, 0), grams=(0, 0.001, 0.001, 0, 0, 0), within=0.05)
    assert print_minutes(part(1000, 900), family) == pytest.approx(160 / 60, rel=0.5)
    assert print_grams(part(1000, 900), family) == pytest.approx(1)
    nothing = Estimate(seconds=(0,) * 6, grams=(0,) * 6, within=0.05)
    assert print_minutes(part(1000, 900), nothing) > 0
    assert print_grams(part(1000, 900), nothing) > 0
