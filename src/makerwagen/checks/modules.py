"""Rules about modules: which lessons, in which order, for whom."""

from collections.abc import Iterator

from makerwagen.checks.cells import lesson_is_known
from makerwagen.checks.closest import did_you_mean
from makerwagen.content.repository import Repository
from makerwagen.content.words import Status
from makerwagen.problems import Problem


def lessons_of_modules_exist(repository: Repository) -> Iterator[Problem]:
    """MOD101: every lesson of a module exists.

    Why: A module's booklet and its page would have a hole.
    Bad:
        lessons: [blink-an-lde]
    Good:
        lessons: [blink-an-led]
    """
    for module in repository.modules.values():
        for number, slug in enumerate(module.lessons):
            if not lesson_is_known(repository, slug):
                remedy = did_you_mean(slug, repository.lessons, "add the lesson, or remove it here")
                yield Problem(module.at("lessons", number), "MOD101", f"lesson '{slug}' does not exist", remedy)


def modules_hold_each_lesson_once(repository: Repository) -> Iterator[Problem]:
    """MOD102: no lesson stands twice in a module.

    Why: Minutes, materials and sheets of the module would be counted twice.
    Bad:
        lessons: [name-tag, traffic-light, name-tag]
    Good:
        lessons: [name-tag, traffic-light]
    """
    for module in repository.modules.values():
        for number, slug in enumerate(module.lessons):
            if slug in module.lessons[:number]:
                what = f"lesson '{slug}' is here twice"
                yield Problem(module.at("lessons", number), "MOD102", what, "remove one of them")


def modules_teach_before_they_need(repository: Repository) -> Iterator[Problem]:
    """MOD103: what a lesson needs and the module teaches, the module teaches earlier.

    Why: A class that follows the module would meet the skill after it was needed.
    Bad:
        lessons: [traffic-light, blink-an-led]     # traffic-light needs what blink-an-led teaches
    Good:
        lessons: [blink-an-led, traffic-light]
    """
    for module in repository.modules.values():
        lessons = [repository.lessons.get(slug) for slug in module.lessons]
        for number, lesson in enumerate(lessons):
            if lesson is None or lesson in lessons[:number] or None in lessons[:number]:
                continue  # a lesson before this one cannot be read: it may teach anything
            earlier = {skill for before in lessons[:number] if before for skill in before.teaches}
            for need in lesson.needs:
                teacher = next((late for late in lessons[number + 1 :] if late and need in late.teaches), None)
                if need not in earlier and teacher and teacher is not lesson:
                    what = f"'{lesson.slug}' needs '{need}', which '{teacher.slug}' teaches only later"
                    remedy = f"put '{teacher.slug}' before '{lesson.slug}'"
                    yield Problem(module.at("lessons", number), "MOD103", what, remedy)


def grades_of_modules_and_lessons_overlap(repository: Repository) -> Iterator[Problem]:
    """MOD104: a module and each of its lessons share a grade.

    Why: A teacher of grade 3 who picks a module for grade 3 must not find a lesson for grade 7 in it.
    Bad:
        grades: [3, 4]
        lessons: [parking-data]      # grades: [7, 8]
    Good:
        grades: [7, 8]
        lessons: [parking-data]
    """
    for module in repository.modules.values():
        for number, slug in enumerate(module.lessons):
            lesson = repository.lessons.get(slug)
            if lesson and lesson.grades and module.grades and not set(lesson.grades) & set(module.grades):
                what = f"the module is for {_grades(module.grades)}, but lesson '{slug}' for {_grades(lesson.grades)}"
                yield Problem(module.at("lessons", number), "MOD104", what, "change the grades, or leave it out")


def published_modules_are_whole(repository: Repository) -> Iterator[Problem]:
    """MOD105: a published module holds no draft.

    Why: Drafts do not reach the website; the module would point to pages that are not there.
    Bad:
        status: published
        lessons: [half-done]         # status: draft
    Good:
        status: draft
        lessons: [half-done]
    """
    for module in repository.modules.values():
        for number, slug in enumerate(module.lessons if module.status is Status.PUBLISHED else ()):
            lesson = repository.lessons.get(slug)
            if lesson and lesson.status is Status.DRAFT:
                what = f"lesson '{slug}' is a draft, the module is published"
                yield Problem(module.at("lessons", number), "MOD105", what, "finish it, or leave it out for now")


def _grades(grades: tuple[int, ...]) -> str:
    return ("grade " if len(grades) == 1 else "grades ") + ", ".join(str(grade) for grade in grades)
