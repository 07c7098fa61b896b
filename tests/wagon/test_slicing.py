"""The real PrusaSlicer, and each of its lies: exit code 0 is no promise that a part can be printed."""

import io
import os
import shutil
import stat
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from makerwagen.load.repository_loader import load_repository
from makerwagen.slicing import slicer
from makerwagen.slicing.gcode_gate import inspect_gcode
from makerwagen.slicing.mesh_gate import inspect_mesh
from makerwagen.slicing.slicer import SliceRefusedError, SlicerError, profile_of, run_slicer, slice_file, weight_reasons
from makerwagen.store import Store
from tests.conftest import ROOT

PRINTERS = load_repository(ROOT)[0].printers
MK3S = PRINTERS["printer-mk3s"]
needs_slicer = pytest.mark.skipif(
    shutil.which("prusa-slicer") is None, reason="PrusaSlicer is not installed: apt-get install prusa-slicer"
)
FACES = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
BAD_LINES = (
    *(b"M500\n", b"M502\n", b"M997\n", b"M928 x.g\n", b"M30 x.g\n", b"G20\n", b"M112\n", b"M587 S1\n", b"M302 P1\n"),
    *(b"G1 X300 F3000\n", b"G1 Y-20\n", b"G1 Z-1\n", b"G1 Z400\n", b"G92 Z10\n", b"M104 S300\n", b"M140 S120\n"),
    *(
        b"G1 X50 Y50 E50 F3000\n",
        b"G1 E100 F3000\n",
        b"G1 F60000\n",
        b"G2 X10 Y10 R900\n",
        b"M203 X9999\n",
        b"; a\rM502\n",
    ),
)
Triangle = tuple[tuple[float, float, float], ...]


def box(x: float, y: float, z: float, *, at: tuple[float, float] = (0.0, 0.0)) -> list[Triangle]:
    corners = [(a + at[0], b + at[1], c) for a in (0.0, x) for b in (0.0, y) for c in (0.0, z)]
    quads = [[corners[index] for index in face] for face in FACES]
    return [triangle for a, b, c, d in quads for triangle in ((a, b, c), (a, c, d))]


@pytest.fixture
def stl(tmp_path: Path) -> Callable[..., Path]:
    def write(triangles: list[Triangle], name: str = "part.stl") -> Path:
        body = b"".join(struct.pack("<12fH", 0, 0, 0, *a, *b, *c, 0) for a, b, c in triangles)
        path = tmp_path / name
        path.write_bytes(bytes(80) + struct.pack("<I", len(triangles)) + body)
        return path

    return write


def refused(path: Path, printer=MK3S, **options) -> str:
    with pytest.raises(SliceRefusedError) as error:
        slice_file(path, printer, root=ROOT, **options)
    return str(error.value)


@needs_slicer
@pytest.mark.parametrize("slug", sorted(PRINTERS))
def test_a_cube_is_sliced_for_every_printer(slug, stl, tmp_path):
    store = Store(tmp_path / "store")
    path, before = stl(box(20, 20, 20)), time.monotonic()
    sliced = slice_file(path, PRINTERS[slug], root=ROOT, store=store)
    assert time.monotonic() - before < 30
    assert 20 * 60 < sliced.seconds < 60 * 60
    assert 3 < sliced.grams < 5
    assert slice_file(path, PRINTERS[slug], root=ROOT, store=store) == sliced


@needs_slicer
def test_a_kept_result_that_was_changed_is_made_anew(stl, tmp_path):
    store = Store(tmp_path / "store")
    path = stl(box(20, 20, 2))
    slice_file(path, MK3S, root=ROOT, store=store)
    kept = next((tmp_path / "store").glob("*.gcode"))
    kept.write_bytes(kept.read_bytes().replace(b"M104 S0", b"M104 S9"))
    sliced = slice_file(path, MK3S, root=ROOT, store=store)
    assert b"M104 S0" in sliced.gcode and kept.read_bytes() == sliced.gcode


@needs_slicer
@pytest.mark.parametrize("slug", sorted(PRINTERS))
def test_one_bad_line_anywhere_in_real_gcode_is_seen(slug, stl):
    gcode, _ = run_slicer([stl(box(12, 12, 0.6))], profile_of(PRINTERS[slug], ROOT))
    lines = gcode.splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith(b"G28")) + 1
    last = next(number for number, line in enumerate(lines) if line.startswith(b"; filament used"))
    assert inspect_gcode(lines, PRINTERS[slug]).reasons == ()
    for bad in BAD_LINES:
        for place in (first, (first + last) // 2, last):
            changed = [*lines[:place], bad, *lines[place:]]
            assert inspect_gcode(changed, PRINTERS[slug]).reasons, (bad, place)


@needs_slicer
@pytest.mark.parametrize("without", [b"M104 S0", b"M140 S0", b"G28", b"M109"])
def test_one_missing_line_of_real_gcode_is_seen(without, stl):
    gcode, _ = run_slicer([stl(box(12, 12, 0.6))], profile_of(MK3S, ROOT))
    kept = [line for line in gcode.splitlines(keepends=True) if not line.startswith((without, b"M104 S215"))]
    assert inspect_gcode(kept, MK3S).reasons


def test_a_missing_triangle_is_seen_before_the_slicer(stl):
    assert "ein Loch in der Hülle" in refused(stl(box(20, 20, 20)[1:]))


@needs_slicer
def test_a_missing_triangle_would_be_seen_after_it_too(stl):
    gcode, _ = run_slicer([stl(box(20, 20, 20)[1:])], profile_of(MK3S, ROOT))
    whole = inspect_mesh(stl(box(20, 20, 20)), MK3S)
    report = inspect_gcode(io.BytesIO(gcode), MK3S)
    assert report.grams < 2
    assert "passen nicht zur Form" in weight_reasons(report, report.grams, whole, MK3S)[0]


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        ((400, 20, 5), "400 mm breit, der Drucker schafft 250 mm"),
        ((20, 400, 5), "400 mm tief, der Drucker schafft 210 mm"),
        ((20, 20, 400), "400 mm hoch, der Drucker schafft 210 mm"),
    ],
)
def test_what_is_too_large_is_seen_before_the_slicer(stl, size, reason):
    assert reason in refused(stl(box(*size)))


@needs_slicer
def test_what_is_too_wide_is_seen_after_it_too(stl):
    gcode, _ = run_slicer([stl(box(400, 20, 2))], profile_of(MK3S, ROOT), options=["--dont-arrange"])
    assert any("verlässt seinen Bereich" in reason for reason in inspect_gcode(io.BytesIO(gcode), MK3S).reasons)


@needs_slicer
def test_what_is_too_tall_is_seen_after_it_too(stl):
    gcode, _ = run_slicer([stl(box(10, 10, 400))], profile_of(MK3S, ROOT))
    assert any("Z210.2" in reason for reason in inspect_gcode(io.BytesIO(gcode), MK3S).reasons)


@needs_slicer
def test_a_plate_that_fills_the_bed_leaves_no_room_for_the_skirt(stl):
    ender = PRINTERS["printer-ender3"]
    tags = [box(60, 22, 1, at=(x * 70, y * 39.6)) for x in range(3) for y in range(6)]
    reason = refused(stl([triangle for tag in tags for triangle in tag]), ender)
    assert "verlässt seinen Bereich" in reason and "neben dem Druckbett" in reason


@needs_slicer
def test_a_merged_plate_outside_the_bed_is_seen(stl):
    ender = PRINTERS["printer-ender3"]
    tags = [stl(box(60, 22, 0.6), f"tag-{number}.stl") for number in range(24)]
    try:
        gcode, _ = run_slicer(tags, profile_of(ender, ROOT), options=["--merge"])
    except SliceRefusedError as error:  # the slicer's own arranging may find no place at all
        assert "passt nicht auf das Druckbett" in str(error)
    else:
        assert inspect_gcode(io.BytesIO(gcode), ender).reasons


@pytest.mark.parametrize("content", [b"", b"garbage" * 50, b"solid x\nendsolid x\n", bytes(84), b"\xff" * 200])
def test_an_empty_or_garbage_file_holds_no_shape(content, tmp_path):
    path = tmp_path / "part.stl"
    path.write_bytes(content)
    assert "keine Form" in refused(path)


@needs_slicer
@pytest.mark.parametrize("content", [b"", b"garbage" * 50])
def test_the_slicer_gives_up_on_garbage(content, tmp_path):
    path = tmp_path / "part.stl"
    path.write_bytes(content)
    with pytest.raises(SliceRefusedError, match="aufgegeben"):
        run_slicer([path], profile_of(MK3S, ROOT))


@needs_slicer
def test_the_slicers_abort_is_explained(stl):
    with pytest.raises(SliceRefusedError, match="passt nicht auf das Druckbett"):
        run_slicer([stl(box(400, 20, 2))], profile_of(MK3S, ROOT))


def test_a_shape_turned_inside_out_or_in_another_format_is_refused(stl, tmp_path):
    assert "innen und außen" in refused(stl([triangle[::-1] for triangle in box(20, 20, 20)]))
    project = tmp_path / "part.3mf"
    project.write_bytes(b"PK")
    assert "nur .stl" in refused(project)
    assert "gibt es nicht" in refused(tmp_path / "gone.stl")
    assert "Unendlichen" in refused(stl([((0, 0, 0), (1, 0, 0), (0, 1, float("inf")))]))


def pretend_slicer(folder: Path, script: str, monkeypatch) -> None:
    folder.mkdir()
    program = folder / "prusa-slicer"
    program.write_text("#!/bin/sh\n" + script)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_a_slicer_that_hangs_is_ended_with_its_children(stl, tmp_path, monkeypatch):
    mark = tmp_path / "child.pid"
    pretend_slicer(tmp_path / "bin", f"sleep 60 &\necho $! >{mark}\nwait\n", monkeypatch)
    before = time.monotonic()
    assert "in 1 s nicht fertig" in refused(stl(box(20, 20, 2)), timeout_s=1)
    assert time.monotonic() - before < 5
    child = int(mark.read_text())
    assert not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("kill -ABRT $$\n", "abgestürzt (Signal 6)"),
        ("exit 0\n", "nichts Brauchbares"),
        ("echo out of tea; exit 3\n", "aufgegeben: out of tea"),
        ('while [ "$1" != -o ]; do shift; done; echo "G28" >"$2"\n', "wie lange und wie schwer"),
    ],
)
def test_whatever_the_slicer_does_there_is_a_reason(script, reason, stl, tmp_path, monkeypatch):
    pretend_slicer(tmp_path / "bin", script, monkeypatch)
    assert reason in refused(stl(box(20, 20, 2)))


def test_a_slicer_that_eats_memory_is_stopped(stl, tmp_path, monkeypatch):
    eat = f"exec {sys.executable} -c 'len(bytearray(5_000_000_000))' 2>&1\n"
    pretend_slicer(tmp_path / "bin", eat, monkeypatch)
    assert "aufgegeben: MemoryError" in refused(stl(box(20, 20, 2)))


def test_without_a_slicer_the_error_says_what_to_install(stl, monkeypatch):
    monkeypatch.setattr(slicer, "PROGRAM", "no-such-slicer")
    with pytest.raises(SlicerError, match="apt-get install"):
        slice_file(stl(box(20, 20, 2)), MK3S, root=ROOT)


def test_without_settings_the_error_says_how_to_write_them(stl, tmp_path):
    with pytest.raises(SlicerError, match="makerwagen profiles"):
        slice_file(stl(box(20, 20, 2)), MK3S, root=tmp_path)
