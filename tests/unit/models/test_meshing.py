"""Triangles put together and measured: a block side by side with another is twice the block."""

import pytest

pytest.importorskip("numpy")
from makerwagen.models.meshing import box_of, joined, measured  # noqa: E402

FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]


def block(x: float, length: float, width: float, height: float):
    corners = [(a, b, c) for a in (x, x + length) for b in (0, width) for c in (0, height)]
    triangles = [corner for a, b, c, d in FACES for corner in (a, b, c, a, c, d)]
    return [number for corner in corners for number in corner], triangles


def test_a_block_is_measured_as_on_paper():
    mesh = joined([("body", *block(0, 30, 20, 10))])
    assert measured(mesh) == pytest.approx((6000, 2200, 1200))
    assert box_of(mesh) == ((0, 0, 0), (30, 20, 10))


def test_equal_neighbours_are_one_part_and_others_are_not():
    first, second = block(0, 30, 20, 10), block(50, 30, 20, 10)
    assert joined([("body", *first), ("body", *second)]).parts == (("body", 0, 24),)
    mesh = joined([("body", *first), ("lid", *second)])
    assert mesh.parts == (("body", 0, 12), ("lid", 12, 12))
    assert max(map(max, mesh.faces)) == 15 and measured(mesh)[0] == pytest.approx(12000)
