"""The warm process with small hostile models: a message for the child, and the next part is built as if nothing was."""

import os
import signal
import sys
import threading
import time

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.models.workshop import RefusedError, SupersededError, WorkshopError


@pytest.fixture
def works_on(workshop):
    yield
    assert workshop.build("block", {}).facts.solids == 1


def test_a_part_comes_with_facts_and_triangles(workshop):
    built = workshop.build("block", {"size_mm": 30})
    assert built.facts.size_mm == pytest.approx((30, 30, 30), abs=0.02)
    assert built.facts.volume_mm3 == pytest.approx(27000)
    assert len(built.mesh.triangles) == 12 * 3 * 4
    assert built.mesh.parts == (("body", 0, 12),)
    assert built.printable and built.facts.outline.footprint


def test_a_preview_is_the_model_s_own_quick_one(workshop):
    built = workshop.preview("quick", {})
    assert [name for name, _, _ in built.mesh.parts] == ["body", "letters"]
    assert built.facts.size_mm == pytest.approx((10, 10, 2), abs=0.01)
    assert built.facts.volume_mm3 == pytest.approx(208, abs=0.1)


def test_without_a_quick_one_the_preview_is_the_part(workshop):
    assert workshop.preview("block", {}).facts.volume_mm3 == pytest.approx(8000, rel=1e-4)


@pytest.mark.usefixtures("works_on")
@pytest.mark.parametrize(
    ("slug", "values", "word"),
    [("hangs", {"size_mm": 100}, "zu lange"), ("grows", {}, "zu groß"), ("crashes", {}, "kaputt"), ("exits", {}, "k")],
)
def test_a_hostile_model_costs_only_its_own_part(workshop, slug, values, word):
    with pytest.raises(WorkshopError, match=word) as stopped:
        workshop.build(slug, values)
    assert stopped.value.message.endswith(".") and stopped.value.detail


@pytest.mark.usefixtures("works_on")
@pytest.mark.parametrize(
    ("slug", "detail"), [("raises", "model.py:7: ZeroDivisionError"), ("nothing", "nothing"), ("empty", "nothing")]
)
def test_what_gives_no_part_is_refused_and_the_author_learns_why(workshop, slug, detail):
    with pytest.raises(RefusedError, match="Daraus wird kein Teil") as refused:
        workshop.build(slug, {})
    assert detail in refused.value.detail


def test_a_value_out_of_range_is_refused_by_name(workshop):
    with pytest.raises(RefusedError, match="Größe") as refused:
        workshop.preview("block", {"size_mm": 999})
    assert refused.value.names == ("size_mm",)


def test_two_loose_pieces_do_not_go_to_the_printer(workshop):
    built = workshop.build("two", {})
    assert not built.printable
    assert "2 Stücke" in built.findings[0].message
    assert built.findings[0].place_mm


def test_letters_thinner_than_the_nozzle_are_called_letters(workshop):
    findings = workshop.build("tiny", {}).findings
    assert [finding.code for finding in findings] == ["letters-too-small"]


def test_what_a_model_prints_does_not_mix_with_answers(workshop):
    assert workshop.build("prints", {}).facts.solids == 1


def test_an_unknown_model_is_an_error_that_names_the_others(workshop):
    with pytest.raises(MakerwagenError, match="block"):
        workshop.build("blok", {})


def test_a_hang_is_over_soon_after_the_limit(workshop):
    workshop.build("block", {})
    started = time.monotonic()
    with pytest.raises(WorkshopError):
        workshop.preview("hangs", {"size_mm": 100})
    workshop.preview("block", {})
    assert time.monotonic() - started < 5


def test_only_the_newest_of_waiting_previews_is_made(workshop):
    results = {}

    def ask(size):
        try:
            results[size] = workshop.preview("sleeps", {"size_mm": size}).facts.size_mm[0]
        except SupersededError:
            results[size] = "superseded"

    threads = [threading.Thread(target=ask, args=(size,)) for size in (50, 51, 52, 53)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert results[53] == pytest.approx(53)
    assert [results[51], results[52]] == ["superseded", "superseded"]


def test_a_file_is_written_whole_or_not_at_all(workshop, tmp_path):
    workshop.export("block", {}, tmp_path / "new" / "part.stl")
    assert (tmp_path / "new" / "part.stl").stat().st_size > 84
    with pytest.raises(RefusedError):
        workshop.export("nothing", {}, tmp_path / "none.stl")
    with pytest.raises(MakerwagenError, match="suffix"):
        workshop.export("block", {}, tmp_path / "part.doc")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_when_the_warm_process_is_killed_the_next_request_starts_a_new_one(workshop):
    workshop.build("block", {})
    process = workshop._process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert workshop.build("block", {}).facts.solids == 1
    assert workshop._process.pid != process.pid


def test_the_client_imports_no_cad():
    import subprocess

    code = "import sys, makerwagen.models.workshop; sys.exit('cadquery' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
