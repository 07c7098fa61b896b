"""The drawing shows the part's sizes and is sound SVG; the estimate is rough but sensible."""

import xml.etree.ElementTree as ElementTree

import pytest

from makerwagen.models.drawing import draw
from makerwagen.models.estimate import print_grams, print_minutes
from makerwagen.models.outline import Bore, Level, Outline, PartFacts

PLATE = ((-20.0, -7.5), (20.0, -7.5), (20.0, 7.5), (-20.0, 7.5))
BAR = ((-5.0, -2.0), (5.0, -2.0), (5.0, 2.0), (-5.0, 2.0))
OUTLINE = Outline((PLATE,), (Level(2, (PLATE, BAR)), Level(3, (BAR,))), (Bore(-16, 0, 4.5),))
TAG = PartFacts((40, 15, 3), 1200, 1450, 1, True, OUTLINE)


def drawn(part=TAG, title="Anhänger"):
    return draw(part, canvas_mm=(80, 30, 6), title=title)


def test_the_drawing_names_every_size():
    words = " ".join(ElementTree.fromstring(drawn()).itertext())
    for size in ("40 mm", "15 mm", "3 mm", "Loch 4,5 mm", "2 mm + 1 mm"):
        assert size in words


def test_the_title_is_escaped():
    ElementTree.fromstring(drawn(title="<script>&"))


def test_the_scale_does_not_depend_on_the_part():
    small = PartFacts((10, 10, 2), 200, 280, 1, True, Outline((BAR,), (Level(2, (BAR,)),), ()))
    assert ElementTree.fromstring(drawn(small)).get("viewBox") == ElementTree.fromstring(drawn()).get("viewBox")


def test_a_small_tag_takes_ten_minutes_and_a_big_one_twenty():
    big = PartFacts((60, 22, 3), 3960, 3132, 1, True, OUTLINE)
    assert print_minutes(TAG) == pytest.approx(9.5, abs=1)
    assert print_minutes(big) == pytest.approx(21, abs=1)
    assert print_grams(TAG) == pytest.approx(1.5, abs=0.1)
