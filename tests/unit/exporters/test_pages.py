import json

import pytest

from makerwagen.content.versions import Audience, version
from makerwagen.exporters.pages import write_pages
from makerwagen.exporters.results import Download, LessonResult
from makerwagen.exporters.stamp import stamp_of
from makerwagen.load.repository_loader import load_repository
from tests.conftest import cell, good_cells

PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle cx='4' cy='4' r='4'/></svg>"
MEDIA = """cover: images/rad.svg
media:
  - {file: images/rad.svg, alt: {de: Ein Rad von vorn}, author: Team, license: CC-BY-4.0, source: eigene Zeichnung}
  - {file: images/live.svg, alt: {de: Gemein}, author: Team, license: CC-BY-4.0, source: eigene Zeichnung}
  - {file: ../../secret.svg, alt: {de: Geheim}, author: Team, license: CC-BY-4.0, source: eigene Zeichnung}"""


@pytest.fixture
def pages_of(small_repository, write_lesson, tmp_path):
    """Return a function from cells and what they showed to the folder of pages."""
    count = iter(range(9))

    def make(cells=(), *, outputs=None, more="", cache=None):
        folder = write_lesson(cells=[*good_cells(), *cells], more=more)
        (folder / "images").mkdir(exist_ok=True)
        (folder / "images/rad.svg").write_text(PICTURE)
        (folder / "images/live.svg").write_text(PICTURE.replace("<circle", "<script>1</script><circle"))
        (tmp_path / "secret.svg").write_text(PICTURE)
        repository, problems = load_repository(small_repository)
        assert not problems
        results = []
        for lesson in repository.lessons.values():
            sheet = tmp_path / "student.pdf"
            sheet.write_bytes(b"%PDF" * 21_000)
            downloads = (
                Download(Audience.STUDENT, "worksheets/x/student.pdf", sheet, 2),
                Download(Audience.TEACHER, "worksheets/x/teacher.pdf", sheet, 1),
            )
            cells_seen = version(lesson.notebooks["de"], Audience.STUDENT)
            results.append(
                LessonResult(lesson, "de", stamp_of(lesson, repository), cells_seen, outputs or {}, downloads)
            )
        out = tmp_path / f"pages-{next(count)}"
        write_pages(repository, results, out=out, cache=cache)
        return out

    return make


def lesson_page(out):
    return (out / "lessons/count-wheels.md").read_text()


def test_a_lesson_page_says_what_a_teacher_judges_by(pages_of):
    page = lesson_page(pages_of(more=MEDIA))
    for part in (
        "Ich kann etwas zählen.",
        "20 Minuten",
        "bis 8 Kinder, 2 an einem Platz",
        "![Ein Rad von vorn](count-wheels/images/rad.svg)",
        "### Für Lehrkräfte – mit Lösungen",
        "[Arbeitsblatt](../downloads/de/count-wheels/student.pdf){ .download } PDF, 2 Seiten, 84 kB",
        "[Lehrerblatt](../downloads/de/count-wheels/teacher.pdf){ .download } PDF, 1 Seite, 84 kB",
        "| 0–5 | Einstieg | Raten, dann zählen. | UG |",
        "Alle Räder sind rund.",
        "Version 1.0.0 vom 22.11.2026: Erste Fassung.",
        "CC BY 4.0",
    ):
        assert part in page


def test_a_competency_from_a_second_source_is_quoted_and_marked(pages_of):
    page = lesson_page(pages_of())
    assert "MKR NRW 2.2" in page
    assert "“ *(Wortlaut nach zweiter Quelle, nicht amtlich geprüft)*" in page


def test_solutions_and_teachers_notes_stay_off_the_page(pages_of):
    page = lesson_page(pages_of())
    assert "zahl = 3" not in page and "Einrad" not in page and "Dreirad" not in page
    assert "# Hier bist du dran." in page


def test_a_check_is_one_line_for_each_task(pages_of):
    check = good_cells()[2]
    page = lesson_page(
        pages_of([check | {"id": "zwei"}, cell("markdown", "## 2. Weiter", id="weiter"), check | {"id": "drei"}])
    )
    assert page.count("Prüfe dein Ergebnis im Notebook.") == 2
    assert "hints=" not in page


def test_hints_and_hidden_programs_are_folded_and_paper_is_left_out(pages_of):
    page = lesson_page(
        pages_of(
            [
                cell("markdown", "Schau genau hin.", id="tipp", tags=("hint",)),
                cell("code", "print('versteckt')", id="versteckt", tags=("hide-input",)),
                cell("markdown", "Nur auf Papier.", id="papier", tags=("paper-only", "lines-3")),
                cell("markdown", "Noch mehr.", id="mehr", tags=("extra",)),
            ]
        )
    )
    assert '??? tip "Tipp"\n\n    Schau genau hin.' in page
    assert "??? program \"Programm zeigen\"\n\n    ```python\n    print('versteckt')" in page
    assert "Nur auf Papier" not in page
    assert '!!! extra "Wenn du noch Zeit hast"\n\n    Noch mehr.' in page


def test_what_a_program_showed_stands_under_it(pages_of):
    table = "<table onclick='x'><tr><td style='color:red'>12<script>1</script></td></tr></table>"
    outputs = {
        "zahl": [
            {"output_type": "stream", "name": "stdout", "text": "Hallo\n```\n<script>\n"},
            {"output_type": "display_data", "data": {"image/svg+xml": PICTURE, "text/plain": "Ein [Rad]"}},
            {"output_type": "display_data", "data": {"text/html": table, "text/plain": "12"}},
        ]
    }
    out = pages_of(outputs=outputs)
    page = lesson_page(out)
    assert "````text\nHallo\n```\n<script>\n````" in page
    assert "<td>12</td>" in page and "onclick" not in page and "style=" not in page
    picture = next(out.glob("lessons/count-wheels/*.svg"))
    assert f"![Ein \\[Rad\\]](count-wheels/{picture.name})" in page


PACK = """id: probe
title: {de: Probe (simuliert)}
file: probe.json
sha256: "00"
simulated: true
date: 2026-11-14
license: CC-BY-4.0
source: hier
attribution: {de: Team}
columns: [{name: a, type: text, title: {de: A}}]
"""


def test_an_output_says_its_source_once_and_own_data_are_not_called_simulated(pages_of, small_repository):
    folder = small_repository / "curriculum/data/probe"
    folder.mkdir(parents=True)
    (folder / "pack.yml").write_text(PACK, encoding="utf-8")
    (folder / "probe.json").write_text('[{"a": "b"}]')
    table = "<table><tr><td>12</td></tr></table>\n<p>1 Zeile. {}</p>"

    def page(*, said, alt=""):
        shown = [{"output_type": "display_data", "data": {"text/html": table.format(said), "text/plain": "12"}}]
        if alt:
            shown = [{"output_type": "display_data", "data": {"image/svg+xml": PICTURE, "text/plain": alt}}]
        return lesson_page(pages_of(outputs={"zahl": shown}, more="data: [probe]"))

    caption, simulated = '<p class="caption">', '<p class="caption">Simulierte Daten, keine Messung</p>'
    assert "<p>1 Zeile. Simulierte Daten – Probe</p>" in page(said="Simulierte Daten – Probe")
    assert simulated not in page(said="Simulierte Daten – Probe (keine Messung)")
    assert simulated not in page(said="Quelle: noch nicht angegeben.")
    own = page(said="", alt="Diagramm „Hof“. Temperatur. Eigene Messung, Schulhof, 3. Mai 2027")
    assert f"{caption}Eigene Messung</p>" in own and simulated not in own
    assert "Eigene Messung</p>" not in page(said="eigene Messung, Schulhof") and simulated in page(said="")
    assert simulated in page(said="", alt="Diagramm „Hof“. Temperatur")
    part = (
        "Gehäuse für die Station: 91 mm mal 38 mm mal 30 mm. Druckzeit ungefähr 140 Minuten. Gewicht ungefähr 21,3 g."
    )
    drawn = page(said="", alt=part)
    assert "Druckzeit" in drawn and simulated not in drawn and f"{caption}Eigene" not in drawn


def test_a_drawing_with_a_script_is_neither_shown_nor_copied(pages_of):
    live = PICTURE.replace("<circle", "<circle onload='alert(1)'")
    outputs = {"zahl": [{"output_type": "display_data", "data": {"image/svg+xml": live, "text/plain": "Ein Rad"}}]}
    out = pages_of([cell("markdown", "![Gemein](images/live.svg)", id="gemein")], outputs=outputs, more=MEDIA)
    assert "live.svg" not in lesson_page(out)
    assert [path.name for path in out.rglob("*.svg")] == ["rad.svg"]


def test_a_picture_outside_the_folder_or_not_listed_stays_words(pages_of):
    source = "![Geheim](../../secret.svg) ![Nicht da](images/nicht.svg) ![Fern](https://x.example/p.gif)"
    out = pages_of([cell("markdown", source, id="bilder")], more=MEDIA)
    page = lesson_page(out)
    assert "secret" not in page and "x.example" not in page and "Geheim Nicht da Fern" in page
    assert not list(out.rglob("secret.svg"))


def test_a_link_to_another_lesson_leads_to_its_page(pages_of, write_lesson):
    write_lesson("count-bikes", uuid_end="6")
    source = "[Räder](../count-bikes/lesson.de.ipynb), [nirgends](../nowhere/lesson.de.ipynb), [Datei](lesson.yml)"
    page = lesson_page(pages_of([cell("markdown", source, id="links")]))
    assert "[Räder](count-bikes.md), nirgends, Datei" in page


def test_titles_cannot_break_out_of_the_head(pages_of, tmp_path):
    page = lesson_page(pages_of(more='based_on: "</title><script>1</script> {: .x }"'))
    assert "<script" not in page


def test_a_printed_code_leads_to_what_changed_since(pages_of, tmp_path, write_lesson, small_repository):
    folder = write_lesson(more="formerly: [alt-name]")
    text = (folder / "lesson.yml").read_text()
    two = 'changes: [{version: "1.1.0", date: 2026-12-01, changed: {de: "Mehr Räder."}}, {version'
    (folder / "lesson.yml").write_text(text.replace("changes: [{version", two))
    repository, problems = load_repository(small_repository)
    assert not problems
    lesson = repository.lessons["count-wheels"]
    result = LessonResult(lesson, "de", stamp_of(lesson, repository), (), {}, ())
    write_pages(repository, [result], out=tmp_path / "out")
    old = (tmp_path / "out/l/count-wheels/1.0.0/index.md").read_text()
    assert "Es gibt eine neuere Version" in old and "Mehr Räder." in old and "Erste Fassung" not in old
    new = (tmp_path / "out/l/count-wheels/1.1.0/index.md").read_text()
    assert "Dieses Blatt ist aktuell." in new and "../../../lessons/count-wheels.md" in new
    assert (tmp_path / "out/l/alt-name/1.0.0/index.md").exists()


def test_lists_show_lessons_and_gaps(pages_of):
    out = pages_of(more=MEDIA)
    assert "### [count wheels](lessons/count-wheels.md)" in (out / "catalogue.md").read_text()
    coverage = (out / "coverage.md").read_text()
    assert "| [Medienkompetenzrahmen NRW](#mkr-nrw) | 1 von 24 |" in coverage
    assert "[count wheels](lessons/count-wheels.md)" in coverage and 'class="gap"' in coverage
    assert (out / "modules/index.md").exists()


def test_drafts_have_no_page(pages_of, write_lesson, small_repository, tmp_path):
    lesson_yml = write_lesson() / "lesson.yml"
    lesson_yml.write_text(lesson_yml.read_text().replace("status: published", "status: draft"))
    repository, _ = load_repository(small_repository)
    lesson = repository.lessons["count-wheels"]
    write_pages(
        repository, [LessonResult(lesson, "de", stamp_of(lesson, repository), (), {}, ())], out=tmp_path / "out"
    )
    assert not (tmp_path / "out/lessons").exists()


def test_pages_are_the_same_each_time_with_and_without_cache(pages_of, tmp_path):
    first, second, third = (
        pages_of(more=MEDIA, cache=cache) for cache in (None, tmp_path / "cache", tmp_path / "cache")
    )
    files = {path.relative_to(first): path.read_bytes() for path in first.rglob("*") if path.is_file()}
    for other in (second, third):
        assert files == {path.relative_to(other): path.read_bytes() for path in other.rglob("*") if path.is_file()}
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_kept_page_is_written_anew_when_an_output_changes(pages_of, tmp_path):
    said = [{"output_type": "stream", "name": "stdout", "text": "eins"}]
    pages_of(outputs={"zahl": said}, cache=tmp_path / "cache")
    page = lesson_page(pages_of(outputs={"zahl": [said[0] | {"text": "zwei"}]}, cache=tmp_path / "cache"))
    assert "zwei" in page and "eins" not in json.dumps(page)
