import io

import pikepdf
import pypdfium2
import pytest

from makerwagen.exporters.lesson_files import LessonFiles
from makerwagen.exporters.typst_markup import to_typst
from makerwagen.load.repository_loader import load_repository
from makerwagen.notebooks.executor import Executed
from makerwagen.notebooks.proof import Run
from tests.conftest import cell, good_cells

PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle cx='4' cy='4' r='4'/></svg>"
MEDIA = """media:
  - {file: images/rad.svg, alt: {de: Ein Rad von vorn}, author: Team, license: CC-BY-4.0, source: eigene Zeichnung}"""


@pytest.fixture
def sheets(write_lesson, tmp_path, root):
    """Return a function from cells to the text and bytes of both sheets."""

    def make(cells):
        folder = write_lesson(cells=[*good_cells(), *cells], more=MEDIA)
        (folder / "images").mkdir(exist_ok=True)
        (folder / "images/rad.svg").write_text(PICTURE)
        (tmp_path / "site").is_symlink() or (tmp_path / "site").symlink_to(root / "site")
        repository, problems = load_repository(tmp_path)
        assert not problems
        lesson = repository.lessons["count-wheels"]
        files = LessonFiles(repository, cache=tmp_path / "cache", out=tmp_path / "out", site_url="https://example.org")
        result, leaked = files.write(Run(lesson, lesson.notebooks["de"], Executed(), Executed(), ()))
        assert not leaked
        pdfs = [tmp_path / "out" / one.path for one in result.downloads if one.kind == "pdf"]
        return [pdf.read_bytes() for pdf in pdfs]

    return make


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(io.BytesIO(pdf)))


def test_a_sheet_is_tagged_titled_in_german_and_says_pdf_ua(sheets):
    for content in sheets([cell("markdown", "![Ein Rad von vorn](images/rad.svg)", id="bild")]):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert str(pdf.Root.Lang) == "de"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert "StructTreeRoot" in {str(key)[1:] for key in pdf.Root}
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            metadata = pdf.Root.Metadata.read_bytes().decode()
            assert "pdfuaid:part>1<" in metadata.replace(" ", "")
            assert "count wheels" in metadata
            alts = {str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one}
            assert {"Ein Rad von vorn", "QR-Code: führt zu https://example.org/l/count-wheels/1.0.0/"} <= alts
            fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontDescriptor" in one]
            assert fonts and all(any(str(key).startswith("/FontFile") for key in one.FontDescriptor) for one in fonts)


def test_students_get_no_solutions_and_teachers_do(sheets):
    student, teacher = map(text_of, sheets([]))
    assert "Zähle die Räder" in student and "Dreirad" not in student and "Einrad" not in student
    assert "Dreirad" in teacher and "Einrad" in teacher and "zahl = 3" in teacher


def test_paper_and_screen_cells_go_where_they_belong(sheets):
    cells = [
        cell("markdown", "Nur am Bildschirm.", id="s", tags=("screen-only",)),
        cell("markdown", "Nur auf Papier.", id="p", tags=("paper-only", "lines-3")),
        cell("markdown", "Ein Tipp.", id="t", tags=("hint",)),
        cell("code", "print('offen')", id="c"),
        cell("code", "print('gefaltet')", id="h", tags=("hide-input",)),
    ]
    student, _ = map(text_of, sheets(cells))
    assert "Nur auf Papier" in student and "offen" in student
    assert not any(hidden in student for hidden in ("Bildschirm", "Ein Tipp", "gefaltet", "check"))


def test_stamp_and_page_numbers_stand_on_every_page(sheets):
    student, _ = sheets([cell("markdown", "Viel Text.", id="lang", tags=("lines-60",))])
    document = pypdfium2.PdfDocument(io.BytesIO(student))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert "count-wheels · 1.0.0 · " in page and "22.11.2026" in page
        assert f"Seite {number} von {len(pages)}" in page


def test_the_same_lesson_gives_the_same_bytes(sheets, tmp_path):
    first = sheets([])
    for path in (tmp_path / "cache/sheets").iterdir():
        path.unlink()
    assert sheets([]) == first


@pytest.mark.parametrize(
    "nasty",
    [
        '#import "/etc/passwd"',
        '#read("/etc/passwd")',
        "$ sum $ #panic()",
        "\\ ] ) } \" ' ` * _ < @ ~",
        "<script>x</script>",
    ],
)
def test_text_never_becomes_typst_code(sheets, nasty):
    student, _ = map(text_of, sheets([cell("markdown", f"Davor {nasty} danach", id="n")]))
    assert "Davor" in student and "danach" in student


def test_a_picture_that_is_not_listed_is_described_instead():
    made = to_typst("![Ein Rad](../../geheim.svg)", find_picture=lambda target: None)
    assert made == '#"Ein Rad"'


def test_a_unit_alone_in_a_cell_leaves_room_for_its_number():
    source = "| Maß | Ich rate |\n|---|---|\n| Länge in mm | mm |"
    made = to_typst(source, find_picture=lambda target: None, to_write_on=True)
    assert '[#unit-to-fill-in("mm")]' in made and '#"Länge in mm"' in made
    assert "unit-to-fill-in" not in to_typst(source, find_picture=lambda target: None)


def test_tables_ticks_grids_and_quotes_become_blocks():
    source = (
        "| a | b |\n|---|---|\n| x |  |\n\n- [ ] eins\n- [ ] zwei\n\n> Merke\n\n```raster 12x6\n```\n\n3. drei\n4. vier"
    )
    made = to_typst(source, find_picture=lambda target: None, to_write_on=True)
    for block in (
        "#sheet-table((10fr, 14fr, )",
        "empty-height: 6.5mm",
        "#to-tick(",
        "#remember[",
        "#drawing-grid(12cm, 6cm)",
        "#enum(start: 3",
    ):
        assert block in made
