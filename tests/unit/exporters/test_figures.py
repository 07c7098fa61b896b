"""Fences for wirings, circuits and parts: on the sheet, on the page and in the child's notebook."""

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pikepdf
import pytest

from makerwagen.boards.wiring.breadboard import draw_breadboard
from makerwagen.boards.wiring.circuit import draw_circuit
from makerwagen.exporters.figures import Figures
from makerwagen.exporters.lesson_files import LessonFiles
from makerwagen.exporters.page_assets import is_harmless
from makerwagen.exporters.pages import write_pages
from makerwagen.exporters.svg_fonts import LETTERS
from makerwagen.lab.seat import copy_of
from makerwagen.load.repository_loader import load_repository
from makerwagen.notebooks.executor import Executed
from makerwagen.notebooks.proof import Run
from tests.conftest import ROOT, cell, good_cells

SVG = "{http://www.w3.org/2000/svg}"
WIRING = "## Stecken\n\n```wiring pedestrian-light\n```\n\nFertig?"
PICTURE = "figures/wiring-pedestrian-light-de.svg"


@pytest.fixture
def load(small_repository: Path, write_lesson):
    """Return a function from Markdown cells to a repository with one lesson that holds them."""
    shutil.copytree(ROOT / "microcontroller", small_repository / "microcontroller")

    def make(*sources: str, tags: tuple[str, ...] = ()):
        cells = [cell("markdown", source, id=f"bild-{number}", tags=tags) for number, source in enumerate(sources)]
        write_lesson(cells=[*good_cells(), *cells])
        repository, problems = load_repository(small_repository)
        assert not problems
        return repository

    return make


@pytest.fixture
def build(load, tmp_path: Path):
    """Return a function that writes the lesson's files; it returns the result, the problems and the folder."""

    def make(*sources: str, tags: tuple[str, ...] = ()):
        repository = load(*sources, tags=tags)
        lesson = repository.lessons["count-wheels"]
        files = LessonFiles(repository, cache=tmp_path / "cache", out=tmp_path / "out", site_url="https://example.org")
        result, problems = files.write(Run(lesson, lesson.notebooks["de"], Executed(), Executed(), ()))
        return repository, result, problems

    return make


def source_of(path: Path, id: str) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return next("".join(one["source"]) for one in cells if one["id"] == id)


def test_the_childs_notebook_shows_the_picture_and_the_steps_to_tick(build, tmp_path):
    _, result, problems = build(WIRING)
    assert not problems
    source = source_of(tmp_path / "out/notebooks/de/count-wheels/student.ipynb", "bild-0")
    assert f"]({PICTURE})\n\n- [ ] Das USB-Kabel ist ab.\n" in source
    assert "- [ ] Kabel 1, schwarz: von Reihe 18, Loch a (GND), zur Minus-Reihe.\n" in source
    assert source.endswith("\n\nFertig?")
    assert "```" not in source
    picture = (tmp_path / "out/notebooks/de/count-wheels" / PICTURE).read_bytes()
    assert picture == result.figures[PICTURE]
    assert picture.startswith(b"<svg ")


def test_the_sheet_shows_the_picture_with_words_for_it(build, tmp_path):
    build("```wiring pedestrian-light picture\n```")
    with pikepdf.open(tmp_path / "out/worksheets/de/count-wheels/student.pdf") as pdf:
        alts = [str(thing.Alt) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing]
    (alt,) = (alt for alt in alts if alt.startswith("Schaltung auf dem Steckbrett: Fußgängerampel."))
    assert "Kabel 2, blau: von Reihe 20, Loch a (GP15), nach Reihe 22, Loch a." in alt


def test_the_page_shows_the_picture_and_keeps_it_beside(build, tmp_path):
    repository, result, _ = build(WIRING)
    write_pages(repository, [result], out=tmp_path / "pages")
    page = (tmp_path / "pages/lessons/count-wheels.md").read_text(encoding="utf-8")
    assert f"](count-wheels/{PICTURE}){{ .wide }}" in page
    assert "Kabel 1, schwarz: von Reihe 18" in page
    assert (tmp_path / "pages/lessons/count-wheels" / PICTURE).read_bytes() == result.figures[PICTURE]


def test_a_seat_gets_the_picture(load):
    repository = load(WIRING)
    copy = copy_of(repository, repository.lessons["count-wheels"])
    assert any(path.endswith(f"/{PICTURE}") for path in copy.files)


def test_circuit_and_parts_are_written_out_too(load):
    repository = load("```circuit pedestrian-light\n```", "```parts pedestrian-light\n```")
    cells, files = Figures(repository).resolve(repository.lessons["count-wheels"].notebooks["de"].cells, "de")
    circuit, parts = (one.source for one in cells[-2:])
    assert circuit.startswith("![Schaltplan: Fußgängerampel. Links das Board Raspberry Pi Pico W.")
    assert set(files) == {"figures/circuit-pedestrian-light-de.svg"}
    assert "- [ ] 5 × Widerstand 330 Ohm" in parts.split("\n")
    assert "- [ ] 8 × Steckkabel Stift–Stift" in parts.split("\n")


def test_other_fences_and_other_cells_stay_as_they_are(load):
    plain = "Text\n\n```python\nwiring = 1\n```\n\n- ```wiring pedestrian-light\n  ```\n"
    repository = load(plain)
    cells = repository.lessons["count-wheels"].notebooks["de"].cells
    assert Figures(repository).resolve(cells, "de") == (cells, {})


def test_a_wiring_that_only_a_solution_shows_reaches_no_student(build, tmp_path):
    build(WIRING, tags=("solution",))
    assert not (tmp_path / "out/notebooks/de/count-wheels" / PICTURE).exists()


@pytest.mark.parametrize("fence", ["wiring no-such-exercise", "circuit no-such-exercise", "parts no-such-exercise"])
def test_an_unknown_exercise_is_a_problem_of_its_cell(build, fence):
    _, result, problems = build(f"```{fence}\n```")
    assert result is None
    (problem,) = problems
    assert str(problem.place) == "lessons/count-wheels/lesson.de.ipynb:cell 6"
    assert problem.code == "NBK206"
    assert "there is no exercise 'no-such-exercise' that can be drawn" in problem.what


def test_labels_cannot_break_out_of_the_text(load, small_repository):
    declared = small_repository / "microcontroller/exercises/pedestrian-light/exercise.yml"
    text = declared.read_text(encoding="utf-8")
    declared.write_text(text.replace("{de: Auto rot}", '{de: "](x) **y** <b>"}'), encoding="utf-8")
    repository = load("```wiring pedestrian-light picture\n```")
    cells, _ = Figures(repository).resolve(repository.lessons["count-wheels"].notebooks["de"].cells, "de")
    assert "\\](x) \\*\\*y\\*\\* \\<b\\>" in cells[-1].source


def test_a_changed_wiring_changes_the_files_of_an_unchanged_lesson(build, small_repository, tmp_path):
    build(WIRING)
    before = (tmp_path / "out/notebooks/de/count-wheels" / PICTURE).read_bytes()
    declared = small_repository / "microcontroller/exercises/pedestrian-light/exercise.yml"
    declared.write_text(declared.read_text(encoding="utf-8").replace("pin: GP15", "pin: GP16"), encoding="utf-8")
    repository, _ = load_repository(small_repository)
    lesson = repository.lessons["count-wheels"]
    files = LessonFiles(repository, cache=tmp_path / "cache", out=tmp_path / "out", site_url="https://example.org")
    files.write(Run(lesson, lesson.notebooks["de"], Executed(), Executed(), ()))
    assert (tmp_path / "out/notebooks/de/count-wheels" / PICTURE).read_bytes() != before


def test_a_figure_brings_its_letters_and_nothing_that_could_run(load):
    repository = load(WIRING)
    _, files = Figures(repository).resolve(repository.lessons["count-wheels"].notebooks["de"].cells, "de")
    assert files[PICTURE].count(b"@font-face{font-family:Andika;") == 2
    assert is_harmless(files[PICTURE])
    assert len(files[PICTURE]) < 100_000
    again = Figures(repository).resolve(repository.lessons["count-wheels"].notebooks["de"].cells, "de")[1]
    assert files == again


def test_every_letter_on_our_figures_is_brought_along():
    repository, _ = load_repository(ROOT)
    for exercise in repository.exercises.values():
        told = repository.boards[exercise.board], exercise, repository.parts
        for svg in (draw_breadboard(*told), draw_breadboard(*told, "en"), draw_circuit(*told)):
            shown = "".join("".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text"))
            assert not {letter for letter in shown if letter.strip()} - set(LETTERS)
