"""The slicer's figure comes from a process of its own, and a file that nobody can print is an error in words."""

import struct
from pathlib import Path

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.learn import sliced
from makerwagen.models.files import stl_bytes
from makerwagen.models.mesh import Mesh
from tests.conftest import ROOT

EDGE = 20.0
CORNERS = [(x, y, z) for x in (0.0, EDGE) for y in (0.0, EDGE) for z in (0.0, EDGE)]
FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]


@pytest.fixture
def cube(tmp_path: Path) -> Path:
    triangles = [corner for a, b, c, d in FACES for corner in (a, b, c, a, c, d)]
    vertices = struct.pack("<24f", *(number for corner in CORNERS for number in corner))
    path = tmp_path / "cube.stl"
    path.write_bytes(stl_bytes(Mesh(vertices, struct.pack("<36I", *triangles), (("body", 0, 12),)), name="cube"))
    return path


@pytest.fixture
def slicer():
    found = sliced.wagon_slicer(ROOT)
    if found is None:
        pytest.skip("no slicer on this machine; try: apt-get install --no-install-recommends prusa-slicer")
    return found


def test_a_cube_has_the_slicers_minutes_and_grams(slicer, cube):
    cost = slicer(cube)
    assert cost.measured and 5 < cost.minutes < 60 and 1 < cost.grams < 10


def test_what_cannot_be_printed_is_an_error_with_its_reason(slicer, tmp_path):
    (tmp_path / "part.stl").write_bytes(b"no mesh")
    with pytest.raises(MakerwagenError, match="enthält keine Form"):
        slicer(tmp_path / "part.stl")


def test_without_a_slicer_there_is_only_the_estimate(monkeypatch):
    monkeypatch.setattr(sliced, "PROGRAM", "no-such-slicer")
    assert sliced.wagon_slicer(ROOT) is None
