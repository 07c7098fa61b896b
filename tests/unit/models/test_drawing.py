"""The drawing shows the part's sizes, hides what is hidden, and is sound SVG; the estimate is rough but sensible."""

import math
import xml.etree.ElementTree as ElementTree

import pytest

from makerwagen.models.drawing import draw
from makerwagen.models.estimate import print_grams, print_minutes
from makerwagen.models.line_view import look_from
from makerwagen.models.meshing import joined
from makerwagen.models.outline import Bore, Level, Outline, PartFacts

PLATE = ((-20.0, -7.5), (20.0, -7.5), (20.0, 7.5), (-20.0, 7.5))
BAR = ((-5.0, -2.0), (5.0, -2.0), (5.0, 2.0), (-5.0, 2.0))
HOLE = ((-18.0, -2.0), (-14.0, -2.0), (-14.0, 2.0), (-18.0, 2.0))
OUTLINE = Outline((PLATE,), (Level(2, (PLATE, BAR, HOLE)), Level(3, (BAR,))), (Bore(-16, 0, 4.5),))
TAG = PartFacts((40, 15, 3), 1200, 1450, 1, True, OUTLINE)


def block(x0, x1, y0, y1, z0, z1):
    corners = [(x, y, z) for z in (z0, z1) for y in (y0, y1) for x in (x0, x1)]
    sides = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    return [n for xyz in corners for n in xyz], [n for a, b, c, d in sides for n in (a, b, c, a, c, d)]


MESH = joined([("body", *block(-20, 20, -7.5, 7.5, 0, 2)), ("letters", *block(-5, 5, -2, 2, 2, 3))])


def drawn(part=TAG, title="Anhänger", mesh=MESH):
    return draw(part, mesh, canvas_mm=(80, 30, 6), title=title)


def test_from_the_top_the_bar_is_seen_and_from_below_it_is_hidden():
    from_top, from_below = (look_from(MESH, turn=0, tilt=tilt) for tilt in (90, -90))
    assert from_top.box == pytest.approx((-20, -7.5, 20, 7.5))
    lengths = lambda view: sorted(round(math.dist(one[:2], one[2:])) for one in (*view.edges, *view.outline))  # noqa: E731
    assert lengths(from_top) == [4, 4, 10, 10, 15, 15, 40, 40]
    assert lengths(from_below) == [15, 15, 40, 40]


def test_a_line_that_something_half_hides_is_half_drawn():
    before, behind = block(-10, 0, -9, -8, 0, 10), block(-8, 8, 0, 5, 0, 5)
    view = look_from(joined([("body", *before), ("body", *behind)]), turn=0, tilt=0)
    tops = [one for one in (*view.edges, *view.outline) if one[1] == one[3] == pytest.approx(5)]
    assert len(tops) == 1 and abs(tops[0][2] - tops[0][0]) == pytest.approx(8, abs=0.2)


def test_a_hole_that_is_covered_has_no_label():
    plate = Outline((PLATE,), (Level(2, (PLATE,)),), (Bore(-16, 0, 4.5),))
    assert "Loch" not in drawn(PartFacts((40, 15, 3), 1200, 1450, 1, True, plate))


def test_the_drawing_names_every_size():
    words = " ".join(ElementTree.fromstring(drawn()).itertext())
    for size in ("40 mm", "15 mm", "3 mm", "Loch 4,5 mm", "2 mm + 1 mm"):
        assert size in words


def test_the_title_is_escaped():
    ElementTree.fromstring(drawn(title="<script>&"))


def test_the_scale_does_not_depend_on_the_part():
    small = PartFacts((10, 10, 2), 200, 280, 1, True, Outline((BAR,), (Level(2, (BAR,)),), ()))
    assert ElementTree.fromstring(drawn(small, mesh=joined([("body", *block(-5, 5, -5, 5, 0, 2))]))).get(
        "viewBox"
    ) == ElementTree.fromstring(drawn()).get("viewBox")


def test_a_small_tag_takes_ten_minutes_and_a_big_one_twenty():
    big = PartFacts((60, 22, 3), 3960, 3132, 1, True, OUTLINE)
    assert print_minutes(TAG) == pytest.approx(9.5, abs=1)
    assert print_minutes(big) == pytest.approx(21, abs=1)
    assert print_grams(TAG) == pytest.approx(1.5, abs=0.1)
