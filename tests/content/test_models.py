"""Every model in cad_models/: presets, corners, random values and hard names give sound, printable parts that fit.

This is the small sample; `make bench ARGS="--only models"` builds every corner.
"""

from pathlib import Path

import pytest

from makerwagen.content.model import ParameterType
from makerwagen.load.repository_loader import load_repository
from makerwagen.models.sweep import corners, hard_names, random_values
from makerwagen.models.workshop import Limits, RefusedError, Workshop

ROOT = Path(__file__).parents[2]
REPOSITORY, _ = load_repository(ROOT)
MODELS = REPOSITORY.models
NAMES = ("KAI", "ÄÖÜß", "MMMMMMMMMMMM")
NO_LETTERS = ("🦊", "Mia ♥", " ")
CORNERS, RANDOM = 3, 1

presets = [(slug, name) for slug, model in MODELS.items() for name in ("", *model.presets)]
texts = [
    (slug, parameter.name)
    for slug, model in MODELS.items()
    for parameter in model.parameters
    if parameter.type is ParameterType.TEXT
]


@pytest.fixture(scope="module")
def workshop():
    beds = [entry.bed for entry in REPOSITORY.register.equipment if entry.bed]
    smallest = (min(b.x_mm for b in beds), min(b.y_mm for b in beds), min(b.z_mm for b in beds))
    limits = Limits(smallest, max(bed.nozzle_mm for bed in beds))
    with Workshop(ROOT, timeout_s=30, limits=limits) as opened:
        yield opened


def assert_sound(workshop, slug, values):
    model = MODELS[slug]
    built = workshop.build(slug, values)
    low, high = model.expect.volume_mm3
    facts = built.facts
    assert facts.valid, values
    assert facts.solids == model.expect.solids, values
    assert low <= facts.volume_mm3 <= high, values
    assert all(size <= most + 0.01 for size, most in zip(facts.size_mm, model.expect.size_mm, strict=True)), values
    assert built.printable, (values, built.findings)


def sample(workshop, slug, found, enough):
    """Build until `enough` are sound; what is refused must be refused by a sentence of the model's own."""
    own = {constraint.message["de"] for constraint in MODELS[slug].constraints}
    made = 0
    for values in found:
        try:
            assert_sound(workshop, slug, values)
        except RefusedError as refused:
            assert not refused.detail, (values, refused.detail)
            assert refused.message in own or refused.names, (values, refused.message)
            continue
        made += 1
        if made == enough:
            break
    return made


def test_there_are_models():
    assert "name-tag" in MODELS


@pytest.mark.parametrize(("slug", "preset"), presets)
def test_the_model_as_it_comes_and_every_preset_are_sound(workshop, slug, preset):
    assert_sound(workshop, slug, MODELS[slug].presets[preset].values if preset else {})


@pytest.mark.parametrize("slug", MODELS)
def test_corners_are_sound_or_refused_in_a_sentence(workshop, slug):
    assert sample(workshop, slug, corners(MODELS[slug]), CORNERS), "the constraints leave no corner to build"


@pytest.mark.parametrize("slug", MODELS)
def test_values_from_anywhere_are_sound_or_refused_in_a_sentence(workshop, slug):
    assert sample(workshop, slug, random_values(MODELS[slug], 200), RANDOM), "the constraints leave nothing to build"


@pytest.mark.parametrize("slug", MODELS)
def test_the_quick_part_is_the_exact_one(workshop, slug):
    found = [{}, *(preset.values for preset in MODELS[slug].presets.values()), *random_values(MODELS[slug], 12, seed=5)]
    compared = 0
    for values in found:
        try:
            quick, exact = workshop.preview(slug, values).facts, workshop.build(slug, values).facts
        except RefusedError:
            continue
        compared += 1
        assert quick.size_mm == pytest.approx(exact.size_mm, abs=0.1), values
        assert quick.volume_mm3 == pytest.approx(exact.volume_mm3, rel=0.01), values
        assert quick.area_mm2 == pytest.approx(exact.area_mm2, rel=0.02), values
    assert compared > len(MODELS[slug].presets), "nearly everything was refused"


@pytest.mark.parametrize("slug", dict.fromkeys(slug for slug, _ in texts))
def test_hard_names_are_sound(workshop, slug):
    assert sample(workshop, slug, hard_names(MODELS[slug], NAMES), len(NAMES)), "no hard name fits"


@pytest.mark.parametrize(("slug", "name"), texts)
def test_a_text_that_cannot_be_printed_is_refused_in_a_sentence(workshop, slug, name):
    for text in NO_LETTERS:
        with pytest.raises(RefusedError) as refused:
            workshop.preview(slug, {name: text})
        assert refused.value.message.endswith(".") and not refused.value.detail


def test_the_same_values_give_the_same_stl_in_another_process(workshop, tmp_path):
    workshop.export("name-tag", {"text": "Jürgen"}, tmp_path / "first.stl")
    with Workshop(ROOT, timeout_s=30) as other:
        other.preview("name-tag", {"text": "Jürgen"})
        other.export("name-tag", {"text": "Jürgen"}, tmp_path / "second.stl")
    assert (tmp_path / "first.stl").read_bytes() == (tmp_path / "second.stl").read_bytes()
