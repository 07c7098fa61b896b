"""Rules about skills and competency frameworks."""

from collections.abc import Iterable, Iterator, Mapping

from makerwagen.checks.cells import some_lesson_is_broken
from makerwagen.checks.closest import did_you_mean
from makerwagen.content.framework import Framework, Wording
from makerwagen.content.repository import Repository
from makerwagen.content.typed import Key, Located
from makerwagen.content.words import Confidence
from makerwagen.problems import Problem

NOT_READ = {Confidence.MEMORY, Confidence.OWN}


def skill_ids_are_unique(repository: Repository) -> Iterator[Problem]:
    """SKL101: every skill has an id of its own.

    Why: Lessons refer to a skill by its id; two skills with one id cannot be told apart.
    Bad:
        skills:
          - id: gpio-output
          - id: gpio-output
    Good:
        skills:
          - id: gpio-output
          - id: gpio-input
    """
    seen: set[str] = set()
    for number, skill in enumerate(repository.skills.skills if repository.skills else ()):
        if skill.id in seen and repository.skills:
            place = repository.skills.at("skills", number, "id")
            yield Problem(place, "SKL101", f"skill '{skill.id}' is here twice", "remove one, or give it another id")
        seen.add(skill.id)


def skills_are_said_as_i_can(repository: Repository) -> Iterator[Problem]:
    """SKL102: the German sentence of a skill starts with "Ich kann".

    Why: The sentence stands on the child's page and on the certificate; a child says it about itself.
    Bad:
        i_can: {de: "LEDs ansteuern"}
    Good:
        i_can: {de: "Ich kann eine LED an- und ausschalten."}
    """
    skills = repository.skills
    for number, skill in enumerate(skills.skills if skills else ()):
        sentence = skill.i_can.get("de", "")
        if skills and sentence and not sentence.lstrip('„"').startswith("Ich kann "):
            what = f"skill '{skill.id}' says '{sentence[:40]}'"
            yield Problem(skills.at("skills", number, "i_can"), "SKL102", what, "start the sentence with 'Ich kann …'")


def skills_are_used(repository: Repository) -> Iterator[Problem]:
    """SKL103: every skill is taught or needed somewhere (a warning).

    Why: A skill that no lesson mentions promises something that the curriculum does not hold.
    Bad:
        skills: [{id: solder-a-joint, …}]      # and no lesson teaches or needs it
    Good:
        teaches: [solder-a-joint]              # in a lesson
    """
    skills, lessons = repository.skills, repository.lessons.values()
    if not skills or not lessons or some_lesson_is_broken(repository):
        return
    used = {ref for lesson in lessons for ref in (*lesson.teaches, *lesson.needs)}
    used.update(ref for exercise in repository.exercises.values() for ref in exercise.skills)
    for number, skill in enumerate(skills.skills):
        if skill.id not in used:
            what = f"skill '{skill.id}' is neither taught nor needed anywhere"
            yield Problem(
                skills.at("skills", number, "id"), "SKL103", what, "name it in a lesson's 'teaches', or remove it"
            ).as_warning()


def competency_codes_are_unique(repository: Repository) -> Iterator[Problem]:
    """SKL104: a framework has each competency code once.

    Why: Lessons claim competencies by code; the coverage matrix would count one of two silently.
    Bad:
        competencies: [{code: "6.3", …}, {code: "6.3", …}]
    Good:
        competencies: [{code: "6.3", …}, {code: "6.4", …}]
    """
    for framework in repository.frameworks.values():
        seen: set[str] = set()
        for keys, code, _ in _entries(framework):
            if len(keys) > 2 and code in seen:
                what = f"competency '{code}' is here twice"
                yield Problem(framework.at(*keys, "code"), "SKL104", what, "remove one, or mend its code")
            if len(keys) > 2:
                seen.add(code)


def unread_texts_are_not_quoted(repository: Repository) -> Iterator[Problem]:
    """SKL105: a competency known from memory, or of our own making, is not marked as verbatim.

    Why: Teachers copy these words into official plans; a wording that nobody read in the source must not look like one.
    Bad:
        {code: "6.3", wording: verbatim, confidence: memory, …}
    Good:
        {code: "6.3", wording: paraphrase, confidence: memory, …}
    """
    for framework in repository.frameworks.values():
        for area_number, area in enumerate(framework.areas):
            for number, entry in enumerate(area.competencies):
                if entry.wording is Wording.VERBATIM and entry.confidence in NOT_READ:
                    place = framework.at("areas", area_number, "competencies", number, "wording")
                    what = f"competency '{entry.code}' is marked verbatim, but its confidence is '{entry.confidence}'"
                    yield Problem(place, "SKL105", what, "write 'wording: paraphrase', or read the source")


def sources_are_cited(repository: Repository) -> Iterator[Problem]:
    """SKL106: every source that a framework or a safety rule names is listed under `citations`.

    Why: Whoever doubts a fact must be able to look it up.
    Bad:
        sources: [bass]
        citations: {}
    Good:
        sources: [bass]
        citations: {bass: "BASS 18-29 Nr. 5 (RISU-NRW)"}
    """
    for framework in repository.frameworks.values():
        for keys, _, sources in _entries(framework):
            yield from _uncited(framework, keys, sources, framework.citations)
    if safety := repository.safety:
        for number, hazard in enumerate(safety.hazards):
            yield from _uncited(safety, ("hazards", number), hazard.sources, safety.citations)
        for number, briefing in enumerate(safety.briefings):
            yield from _uncited(safety, ("briefings", number), briefing.sources, safety.citations)


def taught_skills_exist(repository: Repository) -> Iterator[Problem]:
    """SKL107: what a lesson teaches, or an exercise practises, is a skill of the list.

    Why: A skill with a spelling of its own is found by no other lesson that builds on it.
    Bad:
        teaches: [gpio-ouput]
    Good:
        teaches: [gpio-output]
    """
    if not repository.skills:
        return
    known = {skill.id for skill in repository.skills.skills}
    users = [(lesson, "teaches", lesson.teaches) for lesson in repository.lessons.values()]
    practised = [(exercise, "skills", exercise.skills) for exercise in repository.exercises.values()]
    for content, field, refs in (*users, *practised):
        for number, ref in enumerate(refs):
            if ref not in known:
                verb = "teaches" if field == "teaches" else "practises"
                what = f"{verb} '{ref}', which is no skill of curriculum/skills.yml"
                yield Problem(content.at(field, number), "SKL107", what, did_you_mean(ref, known, "add it there"))


def _uncited(
    content: Located, keys: tuple[Key, ...], sources: Iterable[str], citations: Mapping[str, str]
) -> Iterator[Problem]:
    for number, source in enumerate(sources):
        if source not in citations:
            what = f"source '{source}' is not in 'citations'"
            remedy = did_you_mean(source, citations, "add it to 'citations'")
            yield Problem(content.at(*keys, "sources", number), "SKL106", what, remedy)


def _entries(framework: Framework) -> Iterator[tuple[tuple[Key, ...], str, tuple[str, ...]]]:
    for number, area in enumerate(framework.areas):
        yield ("areas", number), area.code, area.sources
        for index, entry in enumerate(area.competencies):
            yield ("areas", number, "competencies", index), entry.code, entry.sources
