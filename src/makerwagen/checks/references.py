"""Rules about what a lesson refers to: frameworks, schools, the register, models, exercises, packs, words."""

from collections.abc import Iterator
from math import ceil

from makerwagen.checks.closest import did_you_mean
from makerwagen.content.lesson import CompetencyClaim, Lesson, Need
from makerwagen.content.repository import Repository
from makerwagen.content.versions import for_teachers_only
from makerwagen.content.words import Format, Per, Role
from makerwagen.problems import Problem


def claimed_competencies_exist(repository: Repository) -> Iterator[Problem]:
    """LES108: every competency a lesson claims exists in its framework.

    Why: Teachers must show which competency was taught; a wrong code makes the lesson useless for that.
    Bad:
        competencies: [{framework: mkr-nrw, code: "6.9", role: teaches, cell: rote-led}]
    Good:
        competencies: [{framework: mkr-nrw, code: "6.3", role: teaches, cell: rote-led}]
    """
    if not repository.frameworks:
        return
    for lesson in repository.lessons.values():
        for number, claim in enumerate(lesson.competencies):
            framework = repository.frameworks.get(claim.framework)
            if framework is None:
                if f"curriculum/frameworks/{claim.framework}.yml" not in repository.broken:
                    remedy = did_you_mean(claim.framework, repository.frameworks, "see curriculum/frameworks")
                    what = f"framework '{claim.framework}' does not exist"
                    yield Problem(lesson.at("competencies", number, "framework"), "LES108", what, remedy)
            elif framework.competency(claim.code) is None:
                codes = [entry.code for area in framework.areas for entry in area.competencies]
                remedy = did_you_mean(claim.code, codes, f"see {framework.origin.path}")
                what = f"competency '{claim.code}' is not in framework '{claim.framework}'"
                yield Problem(lesson.at("competencies", number, "code"), "LES108", what, remedy)


def claimed_competencies_are_practised(repository: Repository) -> Iterator[Problem]:
    """LES109: a competency that a lesson teaches names the notebook cell in which the child does it.

    Why: No competency is claimed that no task practises.
    Bad:
        competencies: [{framework: mkr-nrw, code: "6.3", role: teaches}]
    Good:
        competencies: [{framework: mkr-nrw, code: "6.3", role: teaches, cell: rote-led}]
    """
    for lesson in repository.lessons.values():
        notebook = lesson.notebooks.get("de")
        cells = {cell.id: cell for cell in notebook.cells} if notebook else {}
        for number, claim in enumerate(lesson.competencies):
            if claim.cell is None:
                if claim.role is Role.TEACHES:
                    what = f"{_claim(claim)} is taught in no cell"
                    remedy = "add 'cell:' with the id of the cell in which the child does it"
                    yield Problem(lesson.at("competencies", number), "LES109", what, remedy)
                continue
            place = lesson.at("competencies", number, "cell")
            if cells and claim.cell not in cells:
                remedy = did_you_mean(claim.cell, cells, "name a cell of the notebook")
                what = f"{_claim(claim)} names cell '{claim.cell}', which the notebook does not have"
                yield Problem(place, "LES109", what, remedy)
            elif cells and for_teachers_only(cells[claim.cell]):
                what = f"{_claim(claim)} names cell '{claim.cell}', which children never see"
                yield Problem(place, "LES109", what, "name the cell with the child's task")


def ages_fit_the_grades(repository: Repository) -> Iterator[Problem]:
    """LES110: a lesson's ages fit its grades, give or take a year.

    Why: Schools search by grade and festivals by age; both must find the same lesson.
    Bad:
        grades: [3, 4]
        ages: [12, 14]
    Good:
        grades: [3, 4]
        ages: [8, 10]
    """
    for lesson in repository.lessons.values():
        if lesson.ages and lesson.ages[0] > lesson.ages[1]:
            what = f"ages go from {lesson.ages[0]} down to {lesson.ages[1]}"
            yield Problem(lesson.at("ages"), "LES110", what, "write the younger age first")
            continue
        usual = repository.grades.ages_of(lesson.grades) if repository.grades else None
        if not lesson.ages or not usual or lesson.format is Format.DROP_IN:
            continue
        if any(abs(age - most) > 1 for age, most in zip(lesson.ages, usual, strict=True)):
            what = f"ages {_range(lesson.ages)} do not fit the grades, where most children are {_range(usual)}"
            yield Problem(
                lesson.at("ages"), "LES110", what, f"write ages: [{usual[0]}, {usual[1]}] or change the grades"
            )


def school_types_have_the_grades(repository: Repository) -> Iterator[Problem]:
    """LES111: every school type of a lesson is known and has at least one of the lesson's grades.

    Why: A lesson for grade 7 under "Grundschule" is found by the wrong teachers.
    Bad:
        grades: [7, 8]
        school_types: [grundschule]
    Good:
        grades: [7, 8]
        school_types: [gesamtschule]
    """
    types = {entry.id: entry for entry in repository.grades.school_types} if repository.grades else {}
    for lesson in repository.lessons.values() if types else ():
        for number, ref in enumerate(lesson.school_types):
            place = lesson.at("school_types", number)
            if ref not in types:
                remedy = did_you_mean(ref, types, "see curriculum/grades.yml")
                yield Problem(place, "LES111", f"school type '{ref}' does not exist", remedy)
                continue
            span = types[ref].grades
            if span and lesson.grades and not any(span[0] <= grade <= span[1] for grade in lesson.grades):
                what = f"school type '{ref}' has grades {_range(span)}, none of the lesson's"
                yield Problem(place, "LES111", what, "remove it, or change the grades")


def subjects_exist(repository: Repository) -> Iterator[Problem]:
    """LES112: every subject of a lesson is known.

    Why: The catalogue filters by subject.
    Bad:
        subjects: [mathe]
    Good:
        subjects: [mathematik]
    """
    known = [subject.id for subject in repository.grades.subjects] if repository.grades else []
    for lesson in repository.lessons.values() if known else ():
        for number, ref in enumerate(lesson.subjects):
            if ref not in known:
                remedy = did_you_mean(ref, known, "see curriculum/grades.yml")
                yield Problem(lesson.at("subjects", number), "LES112", f"subject '{ref}' does not exist", remedy)


def equipment_is_on_the_wagon(repository: Repository) -> Iterator[Problem]:
    """LES114: every piece of equipment is in the register.

    Why: The material list says what to lay out; what the wagon does not carry cannot be laid out.
    Bad:
        equipment: [{ref: laptops, per: group}]
    Good:
        equipment: [{ref: laptop, per: group}]
    """
    register = repository.register
    for lesson in repository.lessons.values() if register else ():
        for number, need in enumerate(lesson.equipment):
            if register and not register.find(need.ref):
                remedy = did_you_mean(need.ref, _carried(repository), "add it to curriculum/equipment.yml")
                what = f"equipment '{need.ref}' is not in the register"
                yield Problem(lesson.at("equipment", number, "ref"), "LES114", what, remedy)


def the_wagon_carries_enough(repository: Repository) -> Iterator[Problem]:
    """LES115: the register has enough of everything for the lesson's largest group.

    Why: The tenth pair must not find an empty box. What schools usually have too (`at_school`) is not counted.
    Bad:
        group_size: 2
        max_groups: 12
        equipment: [{ref: sensor-box, per: pair}]      # count: 1
    Good:
        group_size: 2
        max_groups: 12
        equipment: [{ref: sensor-box, per: class}]
    """
    for lesson in repository.lessons.values() if repository.register else ():
        wanted: dict[str, int] = {}
        for number, need in enumerate(lesson.equipment):
            entry = repository.register.find(need.ref) if repository.register else None
            times = _times(lesson, need)
            if not entry or entry.at_school or times is None:
                continue
            wanted[need.ref] = wanted.get(need.ref, 0) + need.count * times
            if wanted[need.ref] > entry.count:
                what = (
                    f"{wanted[need.ref]} × '{need.ref}' for {lesson.max_groups} groups, the wagon carries {entry.count}"
                )
                yield Problem(
                    lesson.at("equipment", number), "LES115", what, "share it among more children, or take fewer"
                )


def consumables_are_on_the_wagon(repository: Repository) -> Iterator[Problem]:
    """LES116: every consumable is in the register, and counted in the same unit.

    Why: The price of a lesson is worked out from the register.
    Bad:
        consumables: [{ref: pla, amount: 4, unit: kg}]
    Good:
        consumables: [{ref: pla, amount: 4, unit: g}]
    """
    register = repository.register
    known = [entry.id for entry in register.consumables] if register else []
    for lesson in repository.lessons.values() if register else ():
        for number, use in enumerate(lesson.consumables):
            entry = register.find_consumable(use.ref) if register else None
            if entry is None:
                remedy = did_you_mean(use.ref, known, "add it to curriculum/equipment.yml")
                what = f"consumable '{use.ref}' is not in the register"
                yield Problem(lesson.at("consumables", number, "ref"), "LES116", what, remedy)
            elif entry.unit != use.unit:
                what = f"'{use.ref}' is counted in '{use.unit}' here, in '{entry.unit}' in the register"
                remedy = f"write the amount in '{entry.unit}'"
                yield Problem(lesson.at("consumables", number, "unit"), "LES116", what, remedy)


def parts_of_lessons_exist(repository: Repository) -> Iterator[Problem]:
    """LES120: every model, exercise and data pack of a lesson exists.

    Why: The child's notebook would stop at its first line.
    Bad:
        models: [name-tga]
    Good:
        models: [name-tag]
    """
    homes = (
        ("models", "model", repository.models, "cad_models/{}/model.yml"),
        ("exercises", "exercise", repository.exercises, "microcontroller/exercises/{}/exercise.yml"),
        ("data", "data pack", repository.packs, "/data/{}/pack.yml"),
    )
    for lesson in repository.lessons.values():
        for field, word, known, home in homes:
            for number, ref in enumerate(getattr(lesson, field)):
                broken = any(path.endswith(home.format(ref)) for path in repository.broken)
                if ref not in known and not broken:
                    remedy = did_you_mean(ref, known, "add it, or remove it here")
                    yield Problem(lesson.at(field, number), "LES120", f"{word} '{ref}' does not exist", remedy)


def words_are_in_the_glossary(repository: Repository) -> Iterator[Problem]:
    """LES122: every technical word that a lesson lists is in the glossary.

    Why: A word is explained once, and the same everywhere.
    Bad:
        glossary: [resistro]
    Good:
        glossary: [resistor]
    """
    known = [term.id for term in repository.glossary.terms] if repository.glossary else []
    for lesson in repository.lessons.values() if repository.glossary else ():
        for number, ref in enumerate(lesson.glossary):
            if ref not in known:
                remedy = did_you_mean(ref, known, "add it to curriculum/glossary.yml")
                yield Problem(lesson.at("glossary", number), "LES122", f"'{ref}' is not in the glossary", remedy)


def _claim(claim: CompetencyClaim) -> str:
    return f"competency '{claim.framework} {claim.code}'"


def _carried(repository: Repository) -> list[str]:
    return [entry.id for entry in repository.register.equipment] if repository.register else []


def _range(span: tuple[int, int]) -> str:
    return f"{span[0]} to {span[1]}"


def _times(lesson: Lesson, need: Need) -> int | None:
    children = lesson.children
    if need.per is Per.CLASS:
        return 1
    if need.per is Per.GROUP:
        return lesson.max_groups
    if children is None:
        return None
    return children if need.per is Per.CHILD else ceil(children / 2)
