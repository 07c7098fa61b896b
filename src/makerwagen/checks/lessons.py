"""Rules about a lesson as a whole: complete, unique, in a teachable order, with a history."""

from collections.abc import Callable, Iterator
from typing import Any

from makerwagen.checks.cells import some_lesson_is_broken
from makerwagen.checks.closest import did_you_mean
from makerwagen.content.lesson import Lesson
from makerwagen.content.module import Module
from makerwagen.content.repository import Repository
from makerwagen.content.words import Format, Status
from makerwagen.problems import Place, Problem

MISCONCEPTIONS = 2
LONGEST_SLUG = 60
FOLDERS = {
    "lessons": "lesson.yml",
    "modules": "module.yml",
    "cad_models": "model.yml",
    "microcontroller/exercises": "exercise.yml",
}
COMPLETE: dict[str, Callable[[Lesson], Any]] = {
    "goal": lambda lesson: lesson.goal,
    "changes": lambda lesson: lesson.changes,
    "grades": lambda lesson: lesson.grades or lesson.format is Format.DROP_IN,
    "ages": lambda lesson: lesson.ages or lesson.format is not Format.DROP_IN,
    "competencies": lambda lesson: lesson.competencies,
    "minutes": lambda lesson: lesson.minutes,
    "splits": lambda lesson: lesson.splits,
    "group_size": lambda lesson: lesson.group_size,
    "max_groups": lambda lesson: lesson.max_groups,
    "safety": lambda lesson: lesson.safety,
    "misconceptions": lambda lesson: lesson.misconceptions,
    "phases": lambda lesson: lesson.phases,
    "differentiation": lambda lesson: lesson.differentiation,
    "authors": lambda lesson: lesson.authors,
}


def published_lessons_are_complete(repository: Repository) -> Iterator[Problem]:
    """LES101: a published lesson says everything that a substitute teacher needs.

    Why: The teacher's sheet and the lesson's page are made of these fields; each missing one leaves a hole there.
    Bad:
        status: published
        title: {de: Namensschild}
    Good:
        status: published
        title: {de: Namensschild}
        goal: {de: "Ich kann …"}      # and changes, grades, competencies, minutes, splits, group_size, …
    """
    for lesson in repository.lessons.values():
        if lesson.status is not Status.PUBLISHED:
            continue
        for field, found in COMPLETE.items():
            if not found(lesson):
                what = f"the lesson is published without '{field}'"
                yield Problem(lesson.at("status"), "LES101", what, f"add '{field}', or write 'status: draft'")
        if 0 < len(lesson.misconceptions) < MISCONCEPTIONS:
            what = f"the lesson is published with one misconception, {MISCONCEPTIONS} are asked for"
            yield Problem(lesson.at("misconceptions"), "LES101", what, "add what else children often believe")


def uuids_are_unique(repository: Repository) -> Iterator[Problem]:
    """LES102: every lesson and every module has a uuid of its own.

    Why: The uuid is the lesson's name in catalogues of other towns; a copied one makes two lessons look like one.
    Bad:
        uuid: 11111111-1111-4111-8111-111111111111      # copied with the folder
    Good:
        uuid: 5b0c8b0e-5a2f-4e0c-9b63-8d0a51f1c7aa      # python -c "import uuid; print(uuid.uuid4())"
    """
    first: dict[str, str] = {}
    contents: list[Lesson | Module] = [*repository.lessons.values(), *repository.modules.values()]
    for content in contents:
        if content.uuid in first:
            what = f"uuid {content.uuid} is also the one of {first[content.uuid]}"
            yield Problem(content.at("uuid"), "LES102", what, "give the newer one a fresh uuid")
        first.setdefault(content.uuid, content.origin.path)


def needs_are_taught(repository: Repository) -> Iterator[Problem]:
    """LES103: every skill a lesson needs is taught by some lesson.

    Why: Otherwise no child can be ready for the lesson, and no module can put it in order.
    Bad:
        needs: [gpio-ouput]
    Good:
        needs: [gpio-output]
    """
    taught = {skill for lesson in repository.lessons.values() for skill in lesson.teaches}
    listed = {skill.id for skill in repository.skills.skills} if repository.skills else set()
    if some_lesson_is_broken(repository):
        taught |= listed  # what a broken lesson teaches is not known
    for lesson in repository.lessons.values():
        for number, need in enumerate(lesson.needs):
            if need not in taught and (listed or not some_lesson_is_broken(repository)):
                remedy = did_you_mean(need, taught, "add a lesson that teaches it, or remove it")
                yield Problem(lesson.at("needs", number), "LES103", f"needs '{need}', which no lesson teaches", remedy)


def lessons_can_be_put_in_order(repository: Repository) -> Iterator[Problem]:
    """LES104: no lesson needs, by way of others, what it teaches itself.

    Why: In a circle of needs no lesson can be the first.
    Bad:
        # lesson a: teaches: [x], needs: [y]      lesson b: teaches: [y], needs: [x]
    Good:
        # lesson a: teaches: [x]                  lesson b: teaches: [y], needs: [x]
    """
    waiting = _never_ready(repository)
    reported: set[frozenset[str]] = set()
    for slug in waiting:
        circle = _circle(slug, waiting)
        members = frozenset(circle)
        if slug not in members or members in reported:
            continue
        reported.add(members)
        way = " -> ".join(f"'{name}'" for name in (*circle, slug))
        lesson, need = repository.lessons[slug], waiting[slug][0]
        place = lesson.at("needs", lesson.needs.index(need))
        what = f"needs go round in a circle: {way}"
        yield Problem(place, "LES104", what, "remove one of the needs, or split a lesson")


def folder_names_are_slugs(repository: Repository) -> Iterator[Problem]:
    """LES113: the folders of lessons, modules, models and exercises are named in kebab-case.

    Why: The folder's name is the name by which content refers to it, and part of the printed address.
    Bad:
        lessons/Meine Ampel/lesson.yml
    Good:
        lessons/pedestrian-light/lesson.yml
    """
    for parent, slug in _folders(repository):
        plain = slug.isascii() and slug == slug.lower() and all(part.isalnum() for part in slug.split("-"))
        if not plain or len(slug) > LONGEST_SLUG:
            what = f"folder name '{slug}' is not in kebab-case"
            remedy = f"rename it with a-z, 0-9 and hyphens, at most {LONGEST_SLUG} characters"
            yield Problem(Place(f"{parent}/{slug}"), "LES113", what, remedy)


def changes_are_newest_first(repository: Repository) -> Iterator[Problem]:
    """LES119: the list of changes starts with the newest version, and dates fit the versions.

    Why: The first entry is the lesson's version and the date on its sheets.
    Bad:
        changes: [{version: "1.0.0", date: 2026-11-22, …}, {version: "1.1.0", date: 2026-12-01, …}]
    Good:
        changes: [{version: "1.1.0", date: 2026-12-01, …}, {version: "1.0.0", date: 2026-11-22, …}]
    """
    for lesson in repository.lessons.values():
        for number, (newer, older) in enumerate(zip(lesson.changes, lesson.changes[1:], strict=False), 1):
            if _version(newer.version) <= _version(older.version):
                what = f"version {older.version} stands below {newer.version}"
                yield Problem(lesson.at("changes", number, "version"), "LES119", what, "put the newest version first")
            elif newer.date < older.date:
                what = f"version {older.version} of {older.date} is younger than {newer.version} of {newer.date}"
                yield Problem(lesson.at("changes", number, "date"), "LES119", what, "mend one of the dates")


def goals_are_said_as_i_can(repository: Repository) -> Iterator[Problem]:
    """LES121: the German goal of a lesson starts with "Ich kann".

    Why: It is the one sentence that the child can say at home.
    Bad:
        goal: {de: "LEDs und Widerstände kennenlernen"}
    Good:
        goal: {de: "Ich kann eine LED so anschließen, dass sie leuchtet."}
    """
    for lesson in repository.lessons.values():
        goal = (lesson.goal or {}).get("de", "")
        if goal and not goal.lstrip('„"').startswith("Ich kann "):
            yield Problem(lesson.at("goal"), "LES121", f"the goal is '{goal[:40]}'", "start it with 'Ich kann …'")


def former_names_are_free(repository: Repository) -> Iterator[Problem]:
    """LES128: a lesson's former names are not in use.

    Why: A printed code with the old name leads to the lesson that carries it now; it can lead to one only.
    Bad:
        formerly: [name-tag]        # and the folder lessons/name-tag exists
    Good:
        formerly: [tag-with-name]
    """
    former: dict[str, str] = {}
    for lesson in repository.lessons.values():
        for number, slug in enumerate(lesson.formerly):
            place = lesson.at("formerly", number)
            if f"lessons/{slug}/lesson.yml" in repository.files:
                yield Problem(place, "LES128", f"'{slug}' is the name of a lesson of today", "remove it here")
            elif slug in former:
                yield Problem(
                    place, "LES128", f"'{slug}' is also a former name of '{former[slug]}'", "keep one of them"
                )
            former.setdefault(slug, lesson.slug)


def folders_hold_their_file(repository: Repository) -> Iterator[Problem]:
    """LES129: every folder of a lesson, module, model or exercise holds its YAML file.

    Why: Without it the folder is passed over in silence, notebook and all.
    Bad:
        lessons/blink-an-led/lesson.yaml
    Good:
        lessons/blink-an-led/lesson.yml
    """
    for parent, slug in _folders(repository):
        name = FOLDERS[parent]
        if f"{parent}/{slug}/{name}" not in repository.files:
            what = f"the folder holds no {name}"
            yield Problem(Place(f"{parent}/{slug}"), "LES129", what, f"add {name}, or remove the folder")


def _folders(repository: Repository) -> list[tuple[str, str]]:
    found = set()
    for path in repository.files:
        parts = path.split("/")
        for depth in (1, 2):
            parent = "/".join(parts[:depth])
            if parent in FOLDERS and len(parts) > depth + 1:
                found.add((parent, parts[depth]))
    return sorted(found)


def _version(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _never_ready(repository: Repository) -> dict[str, tuple[str, str]]:
    """Return the lessons that no order reaches, each with a skill it waits for and a lesson that would teach it."""
    lessons = repository.lessons
    teachers: dict[str, str] = {}
    for slug in sorted(lessons, reverse=True):
        teachers.update(dict.fromkeys(lessons[slug].teaches, slug))
    learnt: set[str] = set()
    waiting = set(lessons)
    while ready := {slug for slug in waiting if all(n in learnt or n not in teachers for n in lessons[slug].needs)}:
        waiting -= ready
        learnt.update(skill for slug in ready for skill in lessons[slug].teaches)
    missing = {
        slug: next(need for need in lessons[slug].needs if need in teachers and need not in learnt)
        for slug in sorted(waiting)
    }
    # Whoever teaches a skill that nobody has learnt is waiting too.
    return {slug: (need, teachers[need]) for slug, need in missing.items()}


def _circle(slug: str, waiting: dict[str, tuple[str, str]]) -> list[str]:
    """Return the lessons from `slug` on, each waiting for the next, up to where the way meets itself."""
    way: list[str] = []
    while slug not in way:
        way.append(slug)
        slug = waiting[slug][1]
    return way[way.index(slug) :]
