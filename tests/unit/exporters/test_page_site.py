import json

import pytest

from makerwagen.content.versions import Audience, version
from makerwagen.errors import MakerwagenError
from makerwagen.exporters.pages import write_pages
from makerwagen.exporters.results import LessonResult
from makerwagen.exporters.site import build_site
from makerwagen.exporters.stamp import stamp_of
from makerwagen.load.repository_loader import load_repository
from tests.conftest import cell, good_cells

SENTENCE = "Ein Hochrad hat ein riesiges Vorderrad."


@pytest.fixture
def pages(small_repository, write_lesson, tmp_path):
    """Return a function that writes the pages of two lessons; the text of one can be given."""

    def make(name, text="Zähle.", **more):
        write_lesson("count-bikes", uuid_end="6")
        write_lesson(cells=[*good_cells(), cell("markdown", text, id="mehr")], **more)
        repository, problems = load_repository(small_repository)
        assert not problems
        results = [
            LessonResult(
                lesson, "de", stamp_of(lesson, repository), version(lesson.notebooks["de"], Audience.STUDENT), {}, ()
            )
            for lesson in repository.lessons.values()
        ]
        write_pages(repository, results, out=tmp_path / name)
        return tmp_path / name

    return make


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_site_renewed_page_by_page_equals_one_built_whole(small_repository, pages, tmp_path):
    build_site(small_repository, pages=pages("one"), target=tmp_path / "first")
    before = files_of(tmp_path / "first")
    changed = pages("two", f"## Hochrad\n\n{SENTENCE}\n\n## Laufrad\n\nOhne Pedale.")
    build_site(small_repository, pages=changed, target=tmp_path / "renewed", previous=tmp_path / "first")
    build_site(small_repository, pages=changed, target=tmp_path / "whole")
    renewed, whole = files_of(tmp_path / "renewed"), files_of(tmp_path / "whole")
    assert {name for name in {**renewed, **whole} if renewed.get(name) != whole.get(name)} == set()
    assert SENTENCE in renewed["lessons/count-wheels.html"].decode()
    assert SENTENCE in renewed["search/search_index.js"].decode()
    assert files_of(tmp_path / "first") == before, "the earlier site was written to"
    other = "lessons/count-bikes.html"
    assert (tmp_path / "first" / other).samefile(tmp_path / "renewed" / other), "it was rendered again"


def test_a_site_of_the_same_pages_is_taken_over_whole(small_repository, pages, tmp_path):
    source = pages("one")
    build_site(small_repository, pages=source, target=tmp_path / "build/site")
    build_site(small_repository, pages=source, target=tmp_path / "again", previous=tmp_path / "build")
    assert files_of(tmp_path / "build/site") == files_of(tmp_path / "again")


def test_pictures_come_and_go_without_rendering(small_repository, pages, tmp_path):
    source = pages("one")
    (source / "lessons/old.png").write_bytes(b"old")
    build_site(small_repository, pages=source, target=tmp_path / "first")
    (source / "lessons/old.png").unlink()
    (source / "lessons/new.png").write_bytes(b"new")
    build_site(small_repository, pages=source, target=tmp_path / "second", previous=tmp_path / "first")
    assert not (tmp_path / "second/lessons/old.png").exists()
    assert (tmp_path / "second/lessons/new.png").read_bytes() == b"new"


def test_a_new_page_or_another_frame_is_built_whole(small_repository, pages, tmp_path):
    source = pages("one")
    build_site(small_repository, pages=source, target=tmp_path / "first")
    (source / "rules.md").write_text("# Regeln\n")
    build_site(small_repository, pages=source, target=tmp_path / "second", previous=tmp_path / "first")
    assert (tmp_path / "second/rules.html").exists()
    start = small_repository / "site/pages/index.md"
    start.write_text(start.read_text().replace("Ich bin …", "Wer bist du?"))
    build_site(small_repository, pages=source, target=tmp_path / "third", previous=tmp_path / "second")
    assert "Wer bist du?" in (tmp_path / "third/index.html").read_text()


def test_a_broken_link_is_an_error_that_names_it(small_repository, pages, tmp_path):
    source = pages("one")
    (source / "catalogue.md").write_text("# Lektionen\n\n[weg](nirgends.md)\n")
    with pytest.raises(MakerwagenError, match="nirgends.md"):
        build_site(small_repository, pages=source, target=tmp_path / "built")


def test_a_broken_link_is_found_when_only_its_page_is_rendered(small_repository, pages, tmp_path):
    source = pages("one")
    build_site(small_repository, pages=source, target=tmp_path / "first")
    (source / "modules/index.md").write_text("# Module\n\n[weg](nirgends.md)\n")
    with pytest.raises(MakerwagenError, match="nirgends.md"):
        build_site(small_repository, pages=source, target=tmp_path / "second", previous=tmp_path / "first")


def test_a_heading_that_others_link_to_cannot_vanish(small_repository, pages, tmp_path):
    source = pages("one")
    build_site(small_repository, pages=source, target=tmp_path / "first")
    catalogue = source / "catalogue.md"
    catalogue.write_text(catalogue.read_text().replace("{ #cad }", "{ #anders }"))
    with pytest.raises(MakerwagenError, match="#cad"):
        build_site(small_repository, pages=source, target=tmp_path / "second", previous=tmp_path / "first")


def test_a_damaged_record_only_costs_time(small_repository, pages, tmp_path):
    source = pages("one")
    build_site(small_repository, pages=source, target=tmp_path / "first")
    whole = files_of(tmp_path / "first")
    (tmp_path / "first/site-record.json").write_text("{")
    build_site(small_repository, pages=source, target=tmp_path / "second", previous=tmp_path / "first")
    assert files_of(tmp_path / "second") == whole


def test_a_script_that_reaches_a_page_s_source_is_not_in_the_site(small_repository, pages, tmp_path):
    source = pages("one")
    nasty = (
        '# Regeln\n\n<script>alert("x")</script><img src="x" onerror="alert(1)"> <a href="javascript:alert(1)">k</a>\n'
    )
    (source / "rules.md").write_text(
        nasty + '\n<iframe src="https://x.example"></iframe>\n<form action="/x"><input></form>\n'
    )
    build_site(small_repository, pages=source, target=tmp_path / "built")
    page = (tmp_path / "built/rules.html").read_text()
    content = page[page.index("<article") : page.index("</article>")]
    for forbidden in ("<script", "onerror", "javascript:", "<iframe", "<form", "<input", "x.example"):
        assert forbidden not in content
    assert "alert" not in json.dumps((tmp_path / "built/search/search_index.json").read_text())


def test_a_title_with_markup_is_text_everywhere(small_repository, write_lesson, pages, tmp_path):
    folder = write_lesson("count-bikes", uuid_end="6")
    source = pages("one")
    text = (source / "lessons/count-bikes.md").read_text()
    assert folder.exists()
    (source / "lessons/count-bikes.md").write_text(text.replace("count bikes", "&lt;b&gt;x"))
    build_site(small_repository, pages=source, target=tmp_path / "built")
    page = (tmp_path / "built/lessons/count-bikes.html").read_text()
    assert "<b>x" not in page and "<title>&lt;b&gt;x - Makerwagen Dortmund</title>" in page


def test_a_lesson_s_page_leads_to_its_notebook_and_others_do_not(small_repository, pages, tmp_path):
    build_site(small_repository, pages=pages("one"), target=tmp_path / "built")
    assert (
        'repository/lessons/count-wheels/lesson.de.ipynb"' in (tmp_path / "built/lessons/count-wheels.html").read_text()
    )
    assert 'rel="edit"' not in (tmp_path / "built/index.html").read_text()


def test_pages_ask_no_other_host_and_lead_to_the_legal_pages(small_repository, pages, tmp_path):
    build_site(small_repository, pages=pages("one"), target=tmp_path / "built")
    for path in (tmp_path / "built").rglob("*.html"):
        page = path.read_text()
        for word in ('src="http', 'src="//', "unpkg", "googleapis", 'rel="preconnect"', 'stylesheet" href="http'):
            assert word not in page, (path.name, word)
        for name in ("impressum.html", "datenschutz.html", "barrierefreiheit.html"):
            assert name in page, (path.name, name)
