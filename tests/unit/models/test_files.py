"""Files of a part: whole, in the right unit, and the same bytes whenever and wherever they are written."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from makerwagen.models.files import normalised_step
from makerwagen.models.workshop import Workshop

KINDS = ("stl", "3mf", "step", "glb", "png")


@pytest.fixture(scope="module")
def files(workshop, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    workshop.export_all("quick", {}, [folder / f"part.{kind}" for kind in KINDS])
    return {kind: (folder / f"part.{kind}").read_bytes() for kind in KINDS}


def test_stl_holds_every_triangle(files):
    assert struct.unpack_from("<I", files["stl"], 80)[0] == 12
    assert len(files["stl"]) == 84 + 12 * 50


def test_3mf_tells_unit_name_and_colour(files):
    with zipfile.ZipFile(io.BytesIO(files["3mf"])) as archive:
        model = archive.read("3D/3dmodel.model").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    for words in ('unit="millimeter"', '<metadata name="Title">Klotz</metadata>', 'displaycolor="#FFD54AFF"'):
        assert words in model
    assert model.count("<vertex ") == 8


def test_glb_is_closed_and_in_metres(files):
    trimesh = pytest.importorskip("trimesh")
    length = struct.unpack_from("<I", files["glb"], 12)[0]
    assert json.loads(files["glb"][20 : 20 + length])["asset"]["version"] == "2.0"
    part = trimesh.load(io.BytesIO(files["glb"]), file_type="glb", force="mesh")
    assert part.is_watertight
    assert part.extents == pytest.approx([0.02, 0.02, 0.02])


def test_the_same_values_give_the_same_bytes_in_another_process_with_another_past(files, checkout, tmp_path):
    with Workshop(checkout) as other:
        other.preview("quick", {})
        other.build("two", {})
        other.export("quick", {}, tmp_path / "first.step")
        other.export_all("quick", {}, [tmp_path / f"part.{kind}" for kind in KINDS])
    assert {kind: (tmp_path / f"part.{kind}").read_bytes() for kind in KINDS} == files


def test_a_picture_shows_something(files):
    assert files["png"].startswith(b"\x89PNG") and len(files["png"]) > 2000


def test_a_step_file_forgets_time_and_counters():
    text = "FILE_NAME('Open CASCADE Shape Model','2026-11-22T06:44:42',('Author'),(\n    'X'),'p','s','U');\n#7 = PRODUCT('Open CASCADE STEP translator 7.9 12','',#8);"
    again = text.replace("06:44:42", "07:00:00").replace("7.9 12", "7.9 13")
    assert normalised_step(text, name="Tag") == normalised_step(again, name="Tag")
    assert "2026" not in normalised_step(text, name="Ü's")


def command(root, *arguments):
    line = [sys.executable, "-m", "makerwagen.cli", "--root", str(root), "model", *arguments]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_the_command_lists_describes_and_exports(checkout, tmp_path):
    assert "block" in command(checkout, "list").stdout
    schema = json.loads(command(checkout, "params", "block").stdout)
    assert schema["properties"]["size_mm"]["maximum"] == 300
    out = tmp_path / "part.stl"
    done = command(checkout, "export", "block", "--set", "size_mm=12,5", "--out", str(out))
    assert (done.returncode, Path(done.stdout.strip())) == (0, out)
    assert out.stat().st_size == 84 + 12 * 50


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("export", "block", "--set", "size=1", "--out", "x.stl"), "size_mm"),
        (("export", "block", "--set", "size_mm=big", "--out", "x.stl"), "number"),
        (("export", "block", "--preset", "none", "--out", "x.stl"), "no preset"),
        (("params", "blok"), "the models are"),
    ],
)
def test_a_wrong_command_says_what_there_is(checkout, arguments, word):
    done = command(checkout, *arguments)
    assert done.returncode == 2 and word in done.stderr
