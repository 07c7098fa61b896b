"""A thing that cannot be read is reported once, by the loader; a thing that is not there, by the rules."""

import pytest

from .conftest import LESSON, lesson

MODULE = "uuid: 00000000-0000-4000-8000-000000000009\ntitle: {de: W}\nsummary: {de: W.}\nstatus: published\n"
SKILLS = "skills: [{id: count, title: {de: Z}, i_can: {de: Ich kann zählen.}}]\n"
BROKEN = "uuid: [\n"
OTHER = "lessons/build-a-cart/lesson.yml"


@pytest.mark.parametrize(
    ("rule", "files"),
    [
        ("MOD101", {"modules/week/module.yml": MODULE + "lessons: [count-wheels]\n", LESSON: BROKEN}),
        ("LES103", {LESSON: lesson("needs: [count]"), OTHER: BROKEN}),
        ("LES103", {LESSON: lesson("needs: [count]"), OTHER: BROKEN, "curriculum/skills.yml": SKILLS}),
        ("SKL103", {"curriculum/skills.yml": SKILLS, LESSON: BROKEN, OTHER: lesson()}),
        ("SKL103", {"curriculum/skills.yml": SKILLS}),
        ("SKL107", {LESSON: lesson("teaches: [count]")}),
        ("LES114", {LESSON: lesson("equipment: [{ref: saw, per: pair}]")}),
        ("LES114", {LESSON: lesson("equipment: [{ref: saw, per: pair}]"), "curriculum/equipment.yml": BROKEN}),
        ("LES120", {LESSON: lesson("models: [tag]"), "cad_models/tag/model.yml": BROKEN}),
        ("LES120", {LESSON: lesson("data: [parking]"), "curriculum/data/parking/pack.yml": BROKEN}),
        ("LES108", {LESSON: lesson('competencies: [{framework: x, code: "1", role: requires}]')}),
        ("NBK111", {LESSON: lesson(), "lessons/count-wheels/lesson.de.ipynb": "{"}),
        ("LES109", {LESSON: lesson('competencies: [{framework: x, code: "1", role: teaches, cell: a}]')}),
    ],
)
def test_what_cannot_be_known_is_not_reported(problems_in, rule, files):
    assert problems_in(files, rule) == []


def test_a_need_that_is_no_skill_is_reported_though_a_lesson_is_broken(problems_in):
    files = {LESSON: lesson("needs: [cuont]"), OTHER: BROKEN, "curriculum/skills.yml": SKILLS}
    assert [problem.place.line for problem in problems_in(files, "LES103")] == [6]


def test_a_problem_in_a_draft_is_a_warning(problems_in):
    [problem] = problems_in({LESSON: lesson("needs: [count]", status="draft")}, "LES103")
    assert str(problem).startswith("lessons/count-wheels/lesson.yml:6: warning: LES103 ")


def test_a_folder_whose_name_begins_like_a_drafts_is_no_draft(problems_in):
    files = {LESSON: lesson(status="draft"), "lessons/count-wheels-2/lesson.yml": lesson("needs: [count]", number=2)}
    [problem] = problems_in(files, "LES103")
    assert problem.severity == "problem"


def test_a_longer_circle_is_reported_once(problems_in):
    files = {
        "lessons/a/lesson.yml": lesson("teaches: [x]", "needs: [z]", number=1),
        "lessons/b/lesson.yml": lesson("teaches: [y]", "needs: [x]", number=2),
        "lessons/c/lesson.yml": lesson("teaches: [z]", "needs: [y]", number=3),
        "lessons/d/lesson.yml": lesson("needs: [z]", number=4),
    }
    [problem] = problems_in(files, "LES104")
    assert "'a' -> 'c' -> 'b' -> 'a'" in problem.what


def test_a_second_way_to_learn_opens_the_circle(problems_in):
    files = {
        "lessons/a/lesson.yml": lesson("teaches: [x]", "needs: [y]", number=1),
        "lessons/b/lesson.yml": lesson("teaches: [y]", "needs: [x]", number=2),
        "lessons/c/lesson.yml": lesson("teaches: [y]", number=3),
    }
    assert problems_in(files, "LES104") == []


def test_a_picture_that_links_out_of_the_lesson_is_reported(problems_in, tmp_path):
    (tmp_path / "secret.svg").write_text("<svg/>")
    (tmp_path / "lessons/count-wheels").mkdir(parents=True)
    (tmp_path / "lessons/count-wheels/wheel.svg").symlink_to(tmp_path / "secret.svg")
    medium = "{file: wheel.svg, alt: {de: Ein Rad mit Speichen}, author: Team, license: CC-BY-4.0, source: eigene}"
    [problem] = problems_in({LESSON: lesson(f"media: [{medium}]")}, "LES117")
    assert "is a link to a file outside" in problem.what


@pytest.mark.parametrize("file", ["../wheel.svg", "/etc/passwd", "images/../../wheel.svg", "%2e%2e/wheel.svg"])
def test_a_path_that_leaves_the_lesson_is_reported(problems_in, file):
    medium = f'{{file: "{file}", alt: {{de: Ein Rad mit Speichen}}, author: Team, license: CC-BY-4.0, source: eigene}}'
    [problem] = problems_in({LESSON: lesson(f"media: [{medium}]")}, "LES117")
    assert "leaves the lesson's folder" in problem.what


def test_equipment_is_counted_together(problems_in):
    thing = "{id: laptop, title: {de: L}, kind: laptop, count: 12, min_age: 6, supervision: S}"
    register = f"title: {{de: W}}\nnote: {{de: W}}\nequipment: [{thing}]\n"
    equipment = "equipment: [{ref: laptop, per: pair}, {ref: laptop, per: class}]"
    files = {"curriculum/equipment.yml": register, LESSON: lesson("group_size: 2", "max_groups: 12", equipment)}
    [problem] = problems_in(files, "LES115")
    assert problem.what == "13 × 'laptop' for 12 groups, the wagon carries 12"
