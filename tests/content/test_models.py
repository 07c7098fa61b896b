"""Every model in cad_models/: presets, corners and hard names give one sound solid that fits the printers."""

import itertools
import random
from functools import cache
from pathlib import Path

import pytest

from makerwagen.content.model import Parameter, ParameterType
from makerwagen.load.repository_loader import load_repository
from makerwagen.models.building import build_part
from makerwagen.models.refusal import RefusedError

ROOT = Path(__file__).parents[2]
REPOSITORY, _ = load_repository(ROOT)
MODELS = REPOSITORY.models
NAMES = [
    "i",
    "KAI",
    "ÄÖÜß",
    "Zoë",
    "Łukasz",
    "Şükrü",
    "Анна",
    "Jürgen",
    "MMMMMMMMMM",
    "eeeeeeeeee",
    "0123456789",
    "U-Turm!",
]
NO_LETTERS = ["🦊", "Mia ♥", "小明", " ", "\n"]
CORNERS, SEED = 16, 7
LIVELY = {ParameterType.NUMBER, ParameterType.INTEGER, ParameterType.CHOICE, ParameterType.BOOLEAN}

presets = [(slug, name) for slug, model in MODELS.items() for name in model.presets]
texts = [
    (slug, p.name, text)
    for slug, m in MODELS.items()
    for p in m.parameters
    if p.type is ParameterType.TEXT
    for text in NAMES
]
bad_texts = [(slug, name, text) for slug, name, first in texts if first == NAMES[0] for text in NO_LETTERS]


@cache
def smallest_bed():
    assert REPOSITORY.register, "curriculum/equipment.yml is needed"
    beds = [entry.bed for entry in REPOSITORY.register.equipment if entry.bed]
    return min(b.x_mm for b in beds), min(b.y_mm for b in beds), min(b.z_mm for b in beds)


def ends(parameter: Parameter):
    match parameter.type:
        case ParameterType.CHOICE:
            return parameter.choices
        case ParameterType.BOOLEAN:
            return (False, True)
    return parameter.min, parameter.max


def corners(model):
    """Return a fixed sample of the corners of the parameter space."""
    lively = [parameter for parameter in model.parameters if parameter.type in LIVELY]
    every = list(itertools.product(*(ends(parameter) for parameter in lively)))
    chosen = random.Random(SEED).sample(every, min(len(every), 40 * CORNERS))
    return [dict(zip((parameter.name for parameter in lively), corner, strict=True)) for corner in chosen]


def assert_sound(slug, values):
    model = MODELS[slug]
    part = build_part(model, values, root=ROOT)
    low, high = model.expect.volume_mm3
    assert part.valid
    assert part.solids == model.expect.solids
    assert low <= part.volume_mm3 <= high
    assert all(size <= most + 0.01 for size, most in zip(part.size_mm, model.expect.size_mm, strict=True))
    assert all(size <= room for size, room in zip(part.size_mm, smallest_bed(), strict=True))


def test_there_are_models():
    assert "name-tag" in MODELS


@pytest.mark.parametrize("slug", MODELS)
def test_the_model_as_it_comes_is_sound(slug):
    assert_sound(slug, {})


@pytest.mark.parametrize(("slug", "preset"), presets)
def test_every_preset_is_sound(slug, preset):
    assert_sound(slug, MODELS[slug].presets[preset].values)


@pytest.mark.parametrize(("slug", "name", "text"), texts)
def test_hard_names_are_sound(slug, name, text):
    assert_sound(slug, {name: text})


@pytest.mark.parametrize(("slug", "name", "text"), bad_texts)
def test_a_text_that_cannot_be_printed_is_refused_in_a_sentence(slug, name, text):
    with pytest.raises(RefusedError) as refused:
        build_part(MODELS[slug], {name: text}, root=ROOT)
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("slug", MODELS)
def test_corners_are_sound_or_refused_by_a_constraint(slug):
    model = MODELS[slug]
    messages = {constraint.message["de"] for constraint in model.constraints}
    built = 0
    for values in corners(model):
        try:
            assert_sound(slug, values)
        except RefusedError as refused:
            assert refused.message in messages, values
            continue
        built += 1
        if built == CORNERS:
            return
    assert built, "every corner was refused: the constraints leave nothing to build"
