import struct

import pytest

from makerwagen.learn.kept import Kept
from makerwagen.learn.part import Part
from makerwagen.models.built import Built, Finding
from makerwagen.models.declaration import read_model
from makerwagen.models.mesh import Mesh
from makerwagen.models.outline import Level, Outline, PartFacts
from makerwagen.models.refusal import RefusedError, WorkshopError
from tests.conftest import ROOT


class FakeBench:
    """Builds plates from length, height and thickness, without CAD; what the text says happens."""

    def __init__(self):
        self.asked = []

    def preview(self, slug, values):
        return self.made("preview", values)

    def build(self, slug, values):
        if values["text"] == "SPRÖDE":
            raise RefusedError("Die Buchstaben brechen ab.", ("text",))
        return self.made("build", values)

    def export(self, slug, values, path):
        self.asked.append(("export", path.name))
        if values["text"] == "VOLL":
            raise OSError(28, "No space left on device")
        path.write_text(str(values["length_mm"]))

    def made(self, task, values):
        self.asked.append((task, values["length_mm"]))
        if values["text"] == "HÄNGT":
            raise WorkshopError("Das dauert zu lange. Stell den letzten Regler zurück.")
        x, y, z = values["length_mm"], values["height_mm"], values["thickness_mm"]
        ring = ((0.0, 0.0), (x, 0.0), (x, y), (0.0, y))
        facts = PartFacts((x, y, z), x * y * z, 2 * x * y, 1, True, Outline((ring,), (Level(z, (ring,)),), ()))
        mesh = Mesh(struct.pack("<9f", 0, 0, 0, x, 0, 0, 0, y, 0), struct.pack("<3I", 0, 1, 2), (("body", 0, 1),))
        loose = Finding("loose", "Ein Stück ist lose.", (1.0, 2.0, 3.0), True)
        return Built(facts, mesh, (loose,) if values["text"] == "LOSE" and task == "build" else ())


@pytest.fixture
def bench():
    return FakeBench()


@pytest.fixture
def part(bench):
    return Part(read_model(ROOT, "name-tag"), ROOT, bench=bench)


def test_values_that_work_change_the_part(part):
    assert part.set(text="Mia", length_mm=40) is part
    assert (part.text, part.size_mm[0], part.changed, part.message) == ("Mia", 40, ("text", "length_mm"), "")
    assert "40 mm mal 22 mm mal 3 mm" in part.sentence


def test_a_refused_value_is_told_and_the_last_good_part_stays(part):
    part.set(text="Mia")
    part.set(hole_mm=10, edge_mm=6, height_mm=12)
    assert "Das Loch hat keinen Platz" in part.message and "hole_mm" in part.refused
    assert part.values["hole_mm"] == 2 and part.wanted["hole_mm"] == 10 and part.text == "Mia"
    part.set(height_mm=30)
    assert part.message == "" and part.values["hole_mm"] == 10


def test_a_name_that_no_slider_has_is_told_and_forgotten(part):
    part.set(farbe="rot")
    assert "farbe" in part.message and "farbe" not in part.wanted
    assert part.set(length_mm=50).message == ""


def test_a_build_that_hangs_is_told_and_the_last_good_part_stays(part):
    part.set(text="HÄNGT")
    assert "zu lange" in part.message and part.text == "NAME"


def test_sliding_is_quick_and_whoever_measures_gets_the_exact_part(part, bench):
    bench.asked.clear()
    part.slide({"length_mm": 50})
    assert bench.asked == [("preview", 50)] and not part.exact
    assert part.size_mm[0] == 50 and part.exact
    assert bench.asked == [("preview", 50), ("build", 50)]
    part.settle()
    assert len(bench.asked) == 2


def test_a_preview_that_cannot_be_built_goes_back_to_the_last_exact_part(part):
    part.set(text="Mia")
    part.slide({"text": "SPRÖDE"})
    assert part.text == "SPRÖDE" and part.message == ""
    part.settle()
    assert part.message == "Die Buchstaben brechen ab." and part.text == "Mia" and part.refused == ("text",)


def test_saving_never_overwrites(part, tmp_path):
    part.set(length_mm=40)
    names = [part.save(tmp_path).name, part.set(length_mm=41).save(tmp_path).name]
    assert names == ["name-tag-1.stl", "name-tag-2.stl"]
    assert (tmp_path / "name-tag-1.stl").read_text() == "40.0"


def test_a_file_that_cannot_be_written_leaves_nothing_behind(part, tmp_path):
    part.set(text="VOLL")
    with pytest.raises(OSError, match="space"):
        part.save(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_values_are_found_again_after_a_new_kernel(bench, tmp_path):
    kept, model = Kept(tmp_path / "parts/name-tag.json"), read_model(ROOT, "name-tag")
    Part(model, ROOT, bench=bench, kept=kept).set(text="Mia", length_mm=44)
    again = Part(model, ROOT, bench=bench, kept=kept)
    assert (again.text, again.values["length_mm"], again.restored) == ("Mia", 44, True)


@pytest.mark.parametrize("content", ["{", "[]", '{"length_mm": 4000}', '{"farbe": 1}', '{"text": null}'])
def test_kept_values_that_do_not_work_are_left_out(bench, tmp_path, content):
    path = tmp_path / "kept.json"
    path.write_text(content)
    part = Part(read_model(ROOT, "name-tag"), ROOT, bench=bench, kept=Kept(path))
    assert not part.restored and not part.changed and part.message == ""


def test_without_a_kernel_there_is_a_drawing_and_a_sentence(part):
    bundle = part._repr_mimebundle_()
    assert set(bundle) == {"image/svg+xml", "text/plain"}
    assert bundle["image/svg+xml"].startswith("<svg") and "60 mm mal 22 mm" in bundle["text/plain"]
