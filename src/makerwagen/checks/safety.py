"""Rules about safety: age, supervision, hazards and briefings agree with the register."""

from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.content.equipment import Equipment
from makerwagen.content.lesson import Lesson
from makerwagen.content.repository import Repository
from makerwagen.content.words import Hazard, Supervision
from makerwagen.problems import Problem

STRICTNESS = {Supervision.S: 0, Supervision.TS: 1, Supervision.A: 2}
TALKED_ABOUT = {Hazard.HEAT, Hazard.CUT, Hazard.LASER, Hazard.MOVING_PART, Hazard.ELECTRIC}


def children_are_old_enough(repository: Repository) -> Iterator[Problem]:
    """SAF101: no equipment is used below the age that the register allows.

    Why: The youngest child in the room will use it too.
    Bad:
        ages: [8, 10]
        equipment: [{ref: soldering-iron, per: pair}]      # min_age: 12
    Good:
        ages: [12, 14]
        equipment: [{ref: soldering-iron, per: pair}]
    """
    for lesson in repository.lessons.values():
        youngest = _youngest(repository, lesson)
        for number, entry in _equipment(repository, lesson):
            if youngest is not None and entry.min_age > youngest:
                what = f"'{entry.id}' is for children from {entry.min_age}, the youngest here are {youngest}"
                yield Problem(lesson.at("equipment", number), "SAF101", what, "take something else, or raise the ages")


def supervision_is_strict_enough(repository: Repository) -> Iterator[Problem]:
    """SAF102: supervision is at least as close as the strictest equipment asks for (A > TS > S).

    Why: The safety box on the teacher's sheet decides how many adults come along.
    Bad:
        safety: {supervision: S}
        equipment: [{ref: hot-glue-gun, per: pair}]        # supervision: A
    Good:
        safety: {supervision: A}
        equipment: [{ref: hot-glue-gun, per: pair}]
    """
    for lesson in repository.lessons.values():
        used = [entry for _, entry in _equipment(repository, lesson)]
        if not lesson.safety or not used:
            continue
        strictest = max(used, key=lambda entry: STRICTNESS[entry.supervision])
        if STRICTNESS[strictest.supervision] > STRICTNESS[lesson.safety.supervision]:
            what = (
                f"supervision is '{lesson.safety.supervision}', but '{strictest.id}' asks for '{strictest.supervision}'"
            )
            remedy = f"write 'supervision: {strictest.supervision}'"
            yield Problem(lesson.at("safety", "supervision"), "SAF102", what, remedy)


def hazards_are_named(repository: Repository) -> Iterator[Problem]:
    """SAF103: the hazards of the equipment are named in the lesson.

    Why: Only named hazards get their advice into the safety box.
    Bad:
        safety: {supervision: TS, hazards: []}
        equipment: [{ref: printer-mk3s, per: class}]       # hazards: [heat]
    Good:
        safety: {supervision: TS, hazards: [heat]}
        equipment: [{ref: printer-mk3s, per: class}]
    """
    for lesson in repository.lessons.values():
        if not lesson.safety:
            continue
        named = set(lesson.safety.hazards)
        for _, entry in _equipment(repository, lesson):
            for hazard in entry.hazards:
                if hazard not in named:
                    named.add(hazard)
                    what = f"'{entry.id}' brings the hazard '{hazard}', which the lesson does not name"
                    yield Problem(lesson.at("safety", "hazards"), "SAF103", what, f"add '{hazard}' to safety.hazards")


def briefings_exist(repository: Repository) -> Iterator[Problem]:
    """SAF104: every safety briefing exists in curriculum/safety.yml.

    Why: A briefing that cannot be found is not held.
    Bad:
        safety: {supervision: TS, briefings: [printer3d]}
    Good:
        safety: {supervision: TS, briefings: [printer-3d]}
    """
    if not repository.safety:
        return
    known = {briefing.id for briefing in repository.safety.briefings}
    for lesson in repository.lessons.values():
        for number, ref in enumerate(lesson.safety.briefings if lesson.safety else ()):
            if ref not in known:
                remedy = did_you_mean(ref, known, "add it to curriculum/safety.yml")
                what = f"safety briefing '{ref}' does not exist"
                yield Problem(lesson.at("safety", "briefings", number), "SAF104", what, remedy)


def hazards_suit_the_grades(repository: Repository) -> Iterator[Problem]:
    """SAF105: a hazard is met only from the grade that curriculum/safety.yml allows.

    Why: Schools may not let younger children meet it, whatever the supervision.
    Bad:
        grades: [5, 6]
        safety: {supervision: A, hazards: [laser]}         # min_grade: 9
    Good:
        grades: [9, 10]
        safety: {supervision: A, hazards: [laser]}
    """
    rules = {rule.id: rule for rule in repository.safety.hazards} if repository.safety else {}
    for lesson in repository.lessons.values():
        for number, hazard in enumerate(lesson.safety.hazards if lesson.safety else ()):
            rule = rules.get(hazard)
            lowest = min(lesson.grades, default=99)
            if rule and rule.min_grade and lowest < rule.min_grade:
                what = f"hazard '{hazard}' is allowed from grade {rule.min_grade}, the lesson is for grade {lowest}"
                remedy = "take something else, or raise the grades"
                yield Problem(lesson.at("safety", "hazards", number), "SAF105", what, remedy)


def dangers_are_talked_about(repository: Repository) -> Iterator[Problem]:
    """SAF106: a lesson with heat, cutting, a laser, moving parts or electricity has a safety briefing.

    Why: Children repeat the rules in their own words before they touch anything.
    Bad:
        safety: {supervision: TS, hazards: [heat]}
    Good:
        safety: {supervision: TS, hazards: [heat], briefings: [printer-3d]}
    """
    for lesson in repository.lessons.values():
        if lesson.safety and not lesson.safety.briefings:
            named = [hazard.value for hazard in lesson.safety.hazards if hazard in TALKED_ABOUT]
            if named:
                what = f"the lesson names {', '.join(named)}, but no safety briefing"
                yield Problem(lesson.at("safety"), "SAF106", what, "add one from curriculum/safety.yml to 'briefings'")


def _equipment(repository: Repository, lesson: Lesson) -> Iterator[tuple[int, Equipment]]:
    if repository.register:
        for number, need in enumerate(lesson.equipment):
            if entry := repository.register.find(need.ref):
                yield number, entry


def _youngest(repository: Repository, lesson: Lesson) -> int | None:
    if lesson.ages:
        return min(lesson.ages)
    ages = repository.grades.ages_of(lesson.grades) if repository.grades else None
    return ages[0] if ages else None
