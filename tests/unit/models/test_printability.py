"""What printing would spoil is found with its place, and what prints well is left alone."""

from array import array

import pytest

pytest.importorskip("trimesh")
import numpy  # noqa: E402
import trimesh  # noqa: E402

from makerwagen.models.built import Limits  # noqa: E402
from makerwagen.models.mesh import Mesh  # noqa: E402
from makerwagen.models.printability import look_over  # noqa: E402

LIMITS = Limits(bed_mm=(220, 210, 210), nozzle_mm=0.4)


def meshed(*parts):
    whole = trimesh.util.concatenate(parts)
    triangles = array("I", whole.faces.flatten().tolist())
    return Mesh(array("f", whole.vertices.flatten().tolist()).tobytes(), triangles.tobytes(), (("body", 0, 1),))


def block(x, y, z, at=(0, 0, 0)):
    made = trimesh.creation.box((x, y, z))
    made.apply_translation((at[0], at[1], at[2] + z / 2))
    return made


def joined(*parts):
    return meshed(trimesh.boolean.union(parts, engine="manifold"))


def found(mesh, **more):
    return {finding.code: finding for finding in look_over(mesh, LIMITS, **more)}


def test_a_plain_block_has_nothing_to_say():
    assert found(meshed(block(20, 20, 10))) == {}


def test_a_torn_skin_is_found_where_it_is_torn():
    part = block(20, 20, 10)
    part.update_faces(numpy.arange(len(part.faces)) != 0)
    finding = found(meshed(part))["open-mesh"]
    assert finding.blocks and finding.place_mm
    assert all(abs(at) <= 10.01 for at in finding.place_mm)


def test_a_skin_turned_inside_out_is_found():
    part = block(20, 20, 10)
    part.invert()
    assert "open-mesh" in found(meshed(part))


def test_a_loose_piece_is_found_at_the_small_piece():
    mesh = meshed(block(20, 20, 10), block(3, 3, 3, at=(30, 0, 0)))
    assert found(mesh)["loose-parts"].place_mm == pytest.approx((30, 0, 1.5))
    assert found(mesh, solids=2) == {}


def test_a_hollow_room_is_no_loose_piece():
    room = block(10, 10, 5, at=(0, 0, 2))
    room.invert()
    assert "loose-parts" not in found(meshed(block(20, 20, 10), room))


@pytest.mark.parametrize(("size", "fits"), [((215, 200, 5), True), ((200, 215, 5), True), ((215, 215, 5), False)])
def test_a_part_may_be_turned_on_the_bed(size, fits):
    assert ("too-big" not in found(meshed(block(*size)))) is fits


def test_a_part_higher_than_the_printer_is_too_big():
    assert found(meshed(block(10, 10, 211)))["too-big"].blocks


@pytest.mark.parametrize(("wall", "thin"), [(0.2, True), (0.3, True), (0.4, False), (0.8, False), (3, False)])
def test_a_wall_is_thin_when_the_nozzle_is_wider(wall, thin):
    findings = found(joined(block(20, 20, 2), block(20, wall, 10, at=(0, 3, 1))))
    assert ("too-thin" in findings) is thin
    if thin:
        assert findings["too-thin"].place_mm[1] == pytest.approx(3, abs=0.2)
        assert findings["too-thin"].place_mm[2] > 2


def test_sharp_corners_are_not_thin():
    assert found(meshed(trimesh.creation.cylinder(10, 5, sections=3))) == {}


def test_a_table_top_hangs_in_the_air_and_a_small_ledge_does_not():
    finding = found(joined(block(5, 5, 20), block(40, 40, 2, at=(0, 0, 19))))["overhang"]
    assert not finding.blocks
    assert finding.place_mm[2] == pytest.approx(19, abs=0.1)
    assert "cm²" in finding.message
    assert found(joined(block(10, 10, 20), block(16, 16, 2, at=(0, 0, 19)))) == {}
    assert found(joined(block(5, 5, 20), block(40, 40, 2, at=(0, 0, 19))), supports=True) == {}


@pytest.mark.parametrize(("high", "hangs"), [(20, False), (10, False), (8, True)])
def test_slopes_up_to_45_degrees_hold(high, hangs):
    from manifold3d import Manifold

    corners = [(s * w, t * w, z) for w, z in ((20, 0), (30, high)) for s in (-1, 1) for t in (-1, 1)]
    for times, seen in ((0.7, False), (2, hangs)):  # 7 mm of slope are bridged at any angle
        hull = Manifold.hull_points([(x * times, y * times, z * times) for x, y, z in corners]).to_mesh()
        assert ("overhang" in found(meshed(trimesh.Trimesh(hull.vert_properties, hull.tri_verts)))) is seen


def test_a_part_that_takes_longer_than_there_is_time_says_both_times():
    mesh = meshed(block(20, 20, 10))
    late = Limits(minutes=10)
    assert "16 Minuten" in look_over(mesh, late, minutes=16)[0].message
    assert look_over(mesh, late, minutes=10.5) == ()
