"""What children read, and what the reading rule leaves alone."""

import pytest

from .conftest import LESSON, NOTEBOOK, lesson, markdown, notebook

GRADES = """\
grades: []
bands:
  - id: p34
    label: {de: Klasse 3/4}
    grades: [3, 4]
    ages: [8, 10]
    reading: {mean_sentence_words: 9, max_sentence_words: 12, lix_max: 32, wstf1_max: 5}
school_types: []
subjects: []
"""
LONG = "Nimm das lange rote Kabel und stecke es in das kleine Loch ganz oben."
HARD = "Elektronische Fußgängerampeln signalisieren Verkehrsteilnehmern Gefahrensituationen. "
EASY = "Nimm das rote Kabel. Steck es in das Loch. Schau auf das Licht. "


@pytest.fixture
def reading(problems_in):
    def look(*cells, grades="grades: [4, 7]"):
        files = {"curriculum/grades.yml": GRADES, LESSON: lesson(grades), NOTEBOOK: notebook(*cells)}
        return [(problem.place.cell, problem.place.line, problem.what) for problem in problems_in(files, "NBK118")]

    return look


def test_a_long_sentence_is_reported_on_its_line(reading):
    found = reading(markdown(EASY), markdown(f"## Titel\n\n{EASY}\n- Schau.\n- {LONG}", id="b"))
    assert [(cell, line) for cell, line, _ in found] == [(2, 5)]
    assert "sentence of 14 words, band 'p34' reads up to 12" in found[0][2]


@pytest.mark.parametrize(
    "cell",
    [
        markdown(LONG, "teacher"),
        markdown(LONG, "solution"),
        markdown(f"## {LONG}"),
        markdown(f"| {LONG} |\n|---|\n| {LONG} |"),
        markdown(f"```\n{LONG}\n```"),
        markdown(f"Schreib `{LONG}` auf."),
        markdown(f"![{LONG}](a.svg)"),
        markdown("- eins zwei drei vier fünf sechs sieben\n- acht neun zehn elf zwölf dreizehn"),
    ],
)
def test_what_is_no_prose_for_children_does_not_count(reading, cell):
    assert reading(cell) == []


def test_hard_words_are_reported_from_a_hundred_words_on(reading):
    assert reading(markdown(HARD * 19)) == []
    assert [what.split(" is ")[0] for _, _, what in reading(markdown(HARD * 20))] == [
        "LIX",
        "the Wiener Sachtextformel",
    ]


def test_easy_text_is_easy(reading):
    assert reading(markdown(EASY * 20)) == []


def test_without_a_band_nothing_is_judged(reading):
    assert reading(markdown(LONG), grades="grades: [11]") == []
