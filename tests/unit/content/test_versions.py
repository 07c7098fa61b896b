import ast

import pytest

from makerwagen.content.versions import Audience, only_for_teachers, solutions, student_source, teacher_source, version
from makerwagen.load.notebook_reader import read_notebook
from tests.conftest import cell, good_cells, notebook

REGION = "zahl = 0\n### BEGIN SOLUTION\nzahl = 3\n### END SOLUTION\nprint(zahl)"


def test_a_solution_becomes_an_invitation():
    assert student_source(REGION) == "zahl = 0\n# Hier bist du dran.\nprint(zahl)"


def test_the_teacher_sees_the_solution_without_markers():
    assert teacher_source(REGION) == "zahl = 0\nzahl = 3\nprint(zahl)"


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    ### BEGIN SOLUTION\n    return 3\n    ### END SOLUTION",
        "while True:\n    if x:\n        ### BEGIN SOLUTION\n        y = 1\n        ### END SOLUTION\n    z = 2",
        "for i in range(3):\n    ### BEGIN SOLUTION\n    print(i)\n    ### END SOLUTION\nelse:\n    print()",
    ],
)
def test_a_block_that_was_all_solution_still_parses(source):
    left = student_source(source)
    ast.parse(left)
    assert "...  # Hier bist du dran." in left


def test_an_english_notebook_invites_in_english():
    assert "# Your turn." in student_source(REGION, "en")


def test_a_region_that_is_never_closed_gives_nothing_away():
    assert "geheim" not in student_source("a = 1\n### BEGIN SOLUTION\ngeheim = 2")


def test_students_never_see_cells_for_teachers():
    lesson, _ = read_notebook("n.ipynb", "de", notebook(*good_cells()))
    student, teacher = version(lesson, Audience.STUDENT), version(lesson, Audience.TEACHER)
    assert [cell.id for cell in student] == ["zaehlen", "zahl", "zahl-check"]
    assert len(teacher) == 5


def test_solutions_are_the_regions_and_the_teachers_cells():
    lesson, _ = read_notebook("n.ipynb", "de", notebook(*good_cells()))
    assert [text for _, text in solutions(lesson)] == [
        "zahl = 3",
        "Ein Dreirad hat drei Räder, das wissen alle.",
        "Fragen Sie zuerst nach dem Einrad.",
    ]


def test_a_picture_that_only_a_solution_shows_is_the_teachers():
    cells = [
        cell("markdown", "![Rad](images/rad.svg)", id="a"),
        cell("markdown", "![Rad](images/rad.svg) ![Antwort](images/antwort.svg)", id="b", tags=("solution",)),
        cell("markdown", "![Bild](./images/titel.svg)", id="c", tags=("teacher",)),
    ]
    lesson, _ = read_notebook("n.ipynb", "de", notebook(*cells))
    assert only_for_teachers([lesson], "images/titel.svg") == {"images/antwort.svg"}
