from struct import unpack_from

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.learn.meter import Cost
from makerwagen.learn.part import Part
from makerwagen.models.declaration import read_model
from tests.conftest import ROOT
from tests.unit.learn.test_part import FakeBench

pytest.importorskip("anywidget")
from makerwagen.learn.panel import Panel, declaration_of  # noqa: E402


@pytest.fixture
def panel(tmp_path, monkeypatch):
    (tmp_path / ".makerwagen").mkdir()
    monkeypatch.chdir(tmp_path)
    return Panel(Part(read_model(ROOT, "name-tag"), ROOT, bench=FakeBench()))


def test_the_browser_gets_every_field_with_words_and_limits(panel):
    fields = {field["name"]: field for field in panel.declaration["parameters"]}
    assert fields["length_mm"]["dimension"] == {"from": "left", "to": "right"}
    assert (fields["length_mm"]["min"], fields["length_mm"]["unit"], fields["length_mm"]["label"]) == (
        30,
        "mm",
        "Länge",
    )
    assert fields["text"]["max_length"] == 10 and fields["shape"]["choices"][0][0] == "Rechteck"
    assert [preset["title"] for preset in panel.declaration["presets"]][0] == "Großes Schild"
    assert len(panel.declaration["bed"]) == 2 and panel.declaration["room"] == [80, 30, 6]


def test_a_wish_is_answered_with_its_number_a_mesh_and_a_meter(panel):
    before = panel.mesh
    panel.hear({"kind": "want", "number": "a:1", "values": {"length_mm": 40}})
    state = panel.state
    assert state["number"] == "a:1" and not state["exact"] and state["size_mm"][0] == 40
    assert panel.mesh is not before and panel.mesh["parts"] == [["body", 0, 1]] and len(panel.mesh["vertices"]) == 36
    assert state["minutes"] > 0 and state["share"]["minutes"] > 0 and not state["measured"]
    panel.hear({"kind": "settle", "number": "a:2"})
    assert panel.state["exact"] and panel.state["drawing"] == ""


def test_a_browser_without_3d_gets_a_drawing(panel):
    panel.hear({"kind": "draw"})
    assert panel.state["drawing"].startswith("<svg")
    panel.hear({"kind": "want", "number": "a:1", "values": {"length_mm": 40}})
    panel.hear({"kind": "settle", "number": "a:2"})
    assert "40 mm" in panel.state["drawing"]


def test_a_refusal_keeps_the_mesh_and_marks_the_field(panel):
    before = panel.mesh
    panel.hear({"kind": "want", "number": "a:1", "values": {"hole_mm": 10, "edge_mm": 6, "height_mm": 12}})
    assert "Das Loch hat keinen Platz" in panel.state["message"] and "hole_mm" in panel.state["names"]
    assert panel.mesh == before and panel.values["hole_mm"] == 10
    panel.hear({"kind": "back"})
    assert panel.state["message"] == "" and panel.values["hole_mm"] == 2


def test_saving_writes_a_file_and_says_its_name(panel, tmp_path):
    panel.hear({"kind": "save", "values": {"length_mm": 41}})
    assert panel.state["note"] == "Gespeichert: name-tag-1.stl"
    assert (tmp_path / "name-tag-1.stl").read_text() == "41.0"


def test_a_full_disk_is_told_and_answered(panel):
    panel.hear({"kind": "save", "number": "a:3", "values": {"text": "VOLL"}})
    assert "No space left" in panel.state["note"] and panel.state["number"] == "a:3"


def test_a_part_that_blocks_stays_here(panel, tmp_path):
    panel.hear({"kind": "send", "values": {"text": "LOSE"}})
    assert panel.state["blocked"] and panel.state["findings"][0]["place_mm"] == [1.0, 2.0, 3.0]
    assert not (tmp_path / ".makerwagen/outbox").exists()


def test_a_piece_for_a_desk_that_is_not_there_is_kept(panel, tmp_path):
    panel.hear({"kind": "send", "values": {"text": "Mia"}})
    assert panel.state["waiting"] == 1 and "liegt bereit" in panel.state["note"]
    assert len(list((tmp_path / ".makerwagen/outbox").glob("*.json"))) == 1


def test_whatever_comes_from_a_browser_is_answered(panel):
    for wish in ({}, {"kind": "dance", "number": "x"}, {"kind": "want", "values": {"farbe": [1]}, "number": "y"}):
        panel.hear(wish)
        assert panel.state["number"] == wish.get("number", "")


def test_values_set_by_code_reach_every_view(panel):
    part = panel.part
    part._panel = panel
    part.set(length_mm=33)
    assert panel.values["length_mm"] == 33 and panel.state["size_mm"][0] == 33


def test_every_model_can_be_described():
    for path in sorted(ROOT.glob("cad_models/*/model.yml")):
        part = type("Shown", (), {"model": read_model(ROOT, path.parent.name)})
        assert declaration_of(part, (220, 220))["parameters"]


def test_the_slicers_figure_replaces_the_estimate_until_the_part_changes(panel, monkeypatch):
    monkeypatch.setattr("makerwagen.learn.panel.REST_S", 0.01)
    second_corner = 84 + 12 + 12  # of the first triangle; the fake part is as long as that corner lies far right
    panel.part.slicer = lambda path: Cost(
        unpack_from("<f", path.read_bytes(), second_corner)[0] / 2, 3.0, measured=True
    )
    panel.hear({"kind": "want", "values": {"length_mm": 44}})
    assert not panel.part.cost.measured
    panel.hear({"kind": "settle"})
    panel._slicing.join(5)
    assert panel.part.minutes == 22 and "Druckzeit 22 Minuten" in panel.part.sentence
    panel.hear({"kind": "want", "values": {"length_mm": 45}})
    assert not panel.state["measured"]


def test_a_slicer_that_refuses_leaves_the_estimate(panel, monkeypatch):
    def refusing(path):
        raise MakerwagenError("nein")

    monkeypatch.setattr("makerwagen.learn.panel.REST_S", 0.01)
    panel.part.slicer = refusing
    panel.hear({"kind": "settle"})
    panel._slicing.join(5)
    assert not panel.part.cost.measured and panel.part.minutes > 0
