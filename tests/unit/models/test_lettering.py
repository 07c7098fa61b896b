"""Letters come from the shipped font, fit where they should, and say what they cannot."""

from pathlib import Path

import pytest

from makerwagen.models.lettering import letter
from makerwagen.models.refusal import RefusedError
from makerwagen.models.winding import area

FONT = Path(__file__).parents[3] / "site" / "theme" / "fonts" / "Andika-Bold.ttf"


def lettered(text, *, capital_mm=10.0, fit_mm=(200.0, 50.0)):
    return letter(text, font=FONT, capital_mm=capital_mm, fit_mm=fit_mm)


def test_a_capital_is_as_high_as_asked():
    assert lettered("H").height_mm == pytest.approx(10, rel=0.03)


@pytest.mark.parametrize("text", ["Mia", "ÄÖÜß", "MMMMMMMMMM", "gjpqy"])
def test_a_text_shrinks_to_its_room(text):
    found = lettered(text, fit_mm=(20.0, 6.0))
    points = [point for patch in found.patches for point in patch.outer]
    assert max(x for x, _ in points) - min(x for x, _ in points) <= 20.001
    assert max(y for _, y in points) - min(y for _, y in points) <= 6.001


def test_letters_never_touch():
    found = lettered("fjfjTjV").patches
    boxes = sorted((min(x for x, _ in p.outer), max(x for x, _ in p.outer)) for p in found)
    wide = [box for box in boxes if box[1] - box[0] > 1]
    assert len(wide) >= 7


@pytest.mark.parametrize("sign", ["e", "ë", "Ł", "8", "&"])
def test_outlines_that_cross_are_mended(sign):
    patches = lettered(sign).patches
    assert patches
    for patch in patches:
        assert area(patch.outer) > 0
        assert all(area(hole) < 0 for hole in patch.holes)


def test_an_o_has_a_hole():
    assert [len(patch.holes) for patch in lettered("o").patches] == [1]


@pytest.mark.parametrize("text", ["🦊", "Mia ♥", "عمر", "小明", "a\u200bb"])
def test_a_sign_without_a_letter_is_named(text):
    with pytest.raises(RefusedError, match="kann ich nicht drucken"):
        lettered(text)


def test_a_missing_font_is_an_error_and_no_other_font(tmp_path):
    with pytest.raises(FileNotFoundError, match="is missing"):
        letter("Mia", font=tmp_path / "Andika.ttf", capital_mm=10, fit_mm=(10, 10))


def test_the_fonts_come_with_their_licence():
    text = (FONT.parent / "OFL-Andika.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in text
