"""Lines that cross become clean rings around what is filled."""

import pytest

from makerwagen.models.winding import area, contains, filled_rings

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))


def moved(ring, x, y):
    return tuple((a + x, b + y) for a, b in ring)


def filled(rings):
    return pytest.approx(sum(area(ring) for ring in rings))


def test_a_simple_ring_stays():
    assert filled(filled_rings([SQUARE])) == 16


def test_a_clockwise_ring_is_filled_too():
    assert filled(filled_rings([SQUARE[::-1]])) == 16


def test_two_that_overlap_become_one():
    rings = filled_rings([SQUARE, moved(SQUARE, 2, 1)])
    assert len(rings) == 1
    assert filled(rings) == 16 + 16 - 2 * 3


def test_two_that_share_a_side_become_one():
    rings = filled_rings([SQUARE, moved(SQUARE, 4, 0)])
    assert len(rings) == 1
    assert filled(rings) == 32


def test_a_ring_the_other_way_round_is_a_hole():
    hole = ((1.0, 1.0), (1.0, 3.0), (3.0, 3.0), (3.0, 1.0))
    rings = filled_rings([SQUARE, hole])
    assert sorted(round(area(ring)) for ring in rings) == [-4, 16]


def test_a_line_that_runs_into_its_own_bowl_is_mended():
    # Like the "e" of some fonts: the bar reaches through the bowl's inner edge.
    bowl = ((0, 0), (6, 0), (6, 1), (1, 1), (1, 3), (5, 3), (5, 2.5), (0.5, 2.5), (0.5, 2), (6, 2), (6, 4), (0, 4))
    rings = filled_rings([tuple((float(x), float(y)) for x, y in bowl)])
    assert all(abs(area(ring)) > 0 for ring in rings)
    assert any(contains(ring, (0.75, 2.25)) for ring in rings if area(ring) > 0)


def test_two_that_touch_in_a_point_stay_two():
    assert len(filled_rings([SQUARE, moved(SQUARE, 4, 4)])) == 2
