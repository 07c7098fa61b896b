"""The leak gate must be able to fail: each test plants a secret somewhere and looks whether it is found."""

import io
import json
import unicodedata
import zipfile

import pikepdf
import pytest

from makerwagen.exporters.leaks import Secrets, leaks, secrets_of, squash
from makerwagen.load.repository_loader import load_repository

SECRET = "Ein Dreirad hat drei Räder, das wissen alle."
NOTE = "Fragen Sie zuerst nach dem Einrad."
OUTPUT = {"cell-of-solution": [{"output_type": "stream", "name": "stdout", "text": "Das Ergebnis lautet 4711 Räder\n"}]}


@pytest.fixture
def gate(write_lesson, tmp_path):
    write_lesson()
    repository, _ = load_repository(tmp_path)
    lesson = repository.lessons["count-wheels"]
    teacher = {"zahl": OUTPUT["cell-of-solution"]}
    return Secrets(secrets_of(lesson, lesson.notebooks["de"], student={}, teacher=teacher))


def codes(gate, name: str, content: str | bytes) -> set[str]:
    return {one.code for one in leaks(gate, name, content if isinstance(content, bytes) else content.encode())}


def test_clean_files_pass(gate):
    assert not codes(gate, "lesson.html", "<h2>1. Zählen</h2><p>Zähle die Räder.</p>")


@pytest.mark.parametrize(
    ("text", "code"),
    [(SECRET, "LEA101"), (NOTE, "LEA102"), ("Das Ergebnis lautet 4711 Räder", "LEA103")],
)
def test_each_kind_of_secret_is_found_in_a_page(gate, text, code):
    assert codes(gate, "lesson.html", f"<p>{text}</p>") == {code}


@pytest.mark.parametrize(
    "page",
    [
        "<p>Ein <b>Drei</b>rad hat\n drei R&auml;der, das <i>wissen</i> alle.</p>",
        "<!-- Ein Dreirad hat drei Räder, das wissen alle. -->",
        '<img alt="Ein Dreirad hat drei Räder, das wissen alle.">',
        "EIN DREIRAD HAT DREI RÄDER – DAS WISSEN ALLE",
    ],
)
def test_markup_and_case_hide_nothing(gate, page):
    assert codes(gate, "lesson.html", page) == {"LEA101"}


def test_a_problem_names_the_cell_the_file_and_the_words(gate):
    (problem,) = leaks(gate, "student.pdf.txt", SECRET.encode())
    assert str(problem) == (
        "lessons/count-wheels/lesson.de.ipynb:cell 4: LEA101 a solution is in the student's file student.pdf.txt: "
        f"'{SECRET}'; tag the cell that shows it, or report a defect of the exporter"
    )


@pytest.mark.parametrize(
    "planted",
    [
        {"cells": [{"cell_type": "markdown", "source": ["Ein Dreirad hat ", "drei Räder, das wissen alle."]}]},
        {"cells": [], "metadata": {"makerwagen": {"answer": SECRET}}},
        {"cells": [{"cell_type": "code", "source": "", "outputs": [{"text": [SECRET]}], "metadata": {}}]},
        {"cells": [{"cell_type": "markdown", "source": "", "attachments": {"a": {"text/plain": SECRET}}}]},
        {"cells": [], "metadata": {SECRET: 1}},
    ],
)
def test_a_notebook_is_opened_with_its_metadata(gate, planted):
    assert codes(gate, "student.ipynb", json.dumps(planted)) == {"LEA101"}


def test_zips_are_opened_however_deep(gate):
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("lesson.md", SECRET)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    assert codes(gate, "bundle.imscc", outer.getvalue()) == {"LEA101"}


def pdf_with(change) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def attach(pdf):
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, SECRET.encode(), filename="notes.txt")


def describe(pdf):
    pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(Alt=pikepdf.String(SECRET)))


def entitle(pdf):
    pdf.docinfo["/Title"] = SECRET


@pytest.mark.parametrize("change", [attach, describe, entitle])
def test_a_pdf_is_opened_beyond_its_pages(gate, change):
    assert codes(gate, "student.pdf", pdf_with(change)) == {"LEA101"}
    assert not codes(gate, "student.pdf", pdf_with(lambda pdf: None))


def test_what_children_read_anyway_is_no_secret(write_lesson, tmp_path):
    from tests.conftest import cell

    cells = [
        cell("markdown", "Ein Dreirad hat drei Räder.", id="a"),
        cell("markdown", "Ein Dreirad hat drei Räder. Und ein Einrad nur eines.", id="b", tags=("solution",)),
    ]
    write_lesson(cells=cells)
    lesson = load_repository(tmp_path)[0].lessons["count-wheels"]
    found = list(secrets_of(lesson, lesson.notebooks["de"], student={}, teacher={}))
    assert [secret.text for secret in found] == ["Und ein Einrad nur eines."]


def test_squashing_keeps_letters_and_digits_only():
    assert squash("Räder-\n zahl = 3.5\xad!") == "räderzahl35"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("search_index.json", json.dumps({"docs": [{"text": f"<p>{SECRET}</p>"}]})),
        ("search_index.js", "var __index = " + json.dumps({"docs": [{"text": f"<p>{SECRET}</p>"}]})),
        ("map.geojson", json.dumps({"name": SECRET})),
        ("table.tsv", f"a\t{SECRET}\n"),
        ("NOTIZ", SECRET),
        ("broken.ipynb", f"{{kaputt {SECRET}"),
        ("broken.pdf", SECRET),
        ("picture.png", SECRET),
        ("windows.txt", SECRET.encode("utf-16")),
        ("mac.txt", unicodedata.normalize("NFD", SECRET)),
    ],
)
def test_no_file_hides_a_secret_by_its_kind(gate, name, content):
    assert codes(gate, name, content) == {"LEA101"}


def test_ligatures_of_a_font_hide_nothing():
    assert squash("den Graﬁken-Oﬄine-Ordner ﬁnden") == squash("den Grafiken-Offline-Ordner finden")


@pytest.mark.parametrize("name", ["a.pdf", "a.ipynb", "a.json", "a.js", "a.docx"])
def test_a_broken_file_is_no_crash(gate, name):
    assert not codes(gate, name, b"PK\x05\x06" + b"\0" * 18 if name == "a.docx" else b"{kaputt")
