"""What a sweep builds: all corners, or every pair of ends; the same values for the same seed; names cut to length."""

import itertools
import random

from makerwagen.content.model import Model
from makerwagen.models.sweep import corners, hard_names, pairwise, random_values
from makerwagen.models.values import check_values


def model(numbers):
    sliders = [
        {"name": f"p{number}", "type": "number", "min": 1, "max": 3, "step": 0.5, "default": 2, "label": {"de": "P"}}
        for number in range(numbers)
    ]
    text = {"name": "text", "type": "text", "max_length": 4, "default": "Ei", "label": {"de": "Text"}}
    flag = {"name": "flag", "type": "boolean", "default": True, "label": {"de": "An"}}
    whole = {"id": "m", "title": {"de": "M"}, "parameters": [*sliders, text, flag]}
    expect = {"size_mm": [1, 1, 1], "volume_mm3": [1, 1]}
    return Model.model_validate({**whole, "expect": expect, "print": {"profile": "p", "orientation": "o"}})


def test_up_to_six_numbers_have_all_their_corners():
    found = corners(model(6))
    assert len({tuple(values[f"p{number}"] for number in range(6)) for values in found}) == 64


def test_beyond_six_every_two_numbers_meet_in_all_four_ways():
    rows = pairwise(10, random.Random(1))
    assert len(rows) < 20
    for i, j in itertools.combinations(range(10), 2):
        assert len({(row[i], row[j]) for row in rows}) == 4
    assert len(corners(model(9))) < 20


def test_the_same_seed_gives_the_same_values_and_all_are_allowed():
    assert list(random_values(model(3), 5)) == list(random_values(model(3), 5))
    for values in [*random_values(model(3), 20), *corners(model(3)), *hard_names(model(3))]:
        check_values(model(3), values)
