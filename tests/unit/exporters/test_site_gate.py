import pytest

from makerwagen.exporters.site_gate import site_problems
from makerwagen.load.repository_loader import load_repository
from makerwagen.notebooks.executor import Executed
from makerwagen.notebooks.proof import Run
from makerwagen.store import Store

SHARED, SOLVED = ("<svg xmlns='http://www.w3.org/2000/svg'><text>" + word + "</text></svg>" for word in "ab")


def picture(svg: str) -> list[dict]:
    return [{"output_type": "display_data", "data": {"image/svg+xml": svg, "text/plain": "Bild"}, "metadata": {}}]


@pytest.fixture
def runs(write_lesson, tmp_path):
    write_lesson()
    lesson = load_repository(tmp_path)[0].lessons["count-wheels"]
    student, teacher = ({"zahl": picture(svg)} for svg in (SHARED, SOLVED))
    teacher["zaehlen"] = picture(SHARED)
    return [Run(lesson, lesson.notebooks["de"], Executed(student), Executed(teacher), ())]


@pytest.fixture
def passed(tmp_path):
    return Store(tmp_path / "gates")


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "lessons").mkdir(parents=True)
    (folder / "lessons/count-wheels.html").write_text("<p>Zähle die Räder.</p>")
    (folder / "lessons/a.svg").write_text(SHARED)
    return folder


def test_a_website_without_secrets_passes(site, runs, passed):
    assert not site_problems(site, runs, passed)


def test_the_picture_of_a_solution_is_found_by_its_content(site, runs, passed):
    (site / "lessons/harmless.svg").write_text(SOLVED)
    (problem,) = site_problems(site, runs, passed)
    assert problem.code == "LEA103" and "lessons/harmless.svg" in problem.what


@pytest.mark.parametrize("name", ["index.html", "search/search_index.json", "search/search_index.js", "l/a/index.html"])
def test_a_solution_is_found_wherever_it_ends_up(site, runs, passed, name):
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text('{"text": "<p>Ein Dreirad hat drei Räder, das wissen alle.</p>"}')
    assert [problem.code for problem in site_problems(site, runs, passed)] == ["LEA101"]


def test_files_named_for_teachers_are_theirs(site, runs, passed):
    (site / "teacher.html").write_text("Ein Dreirad hat drei Räder, das wissen alle.")
    assert not site_problems(site, runs, passed)


def test_a_page_that_passed_is_not_trusted_once_it_changes(site, runs, passed):
    assert not site_problems(site, runs, passed)
    page = site / "lessons/count-wheels.html"
    page.write_text(page.read_text() + "<p>Fragen Sie zuerst nach dem Einrad.</p>")
    assert [problem.code for problem in site_problems(site, runs, passed)] == ["LEA102"]
    assert [problem.code for problem in site_problems(site, runs, passed)] == ["LEA102"]


def test_a_request_to_a_third_party_is_found_too(site, runs, passed):
    (site / "index.html").write_text("<img alt='' src='https://cdn.example.org/a.png'>")
    assert [problem.code for problem in site_problems(site, runs, passed)] == ["SIT102"]
