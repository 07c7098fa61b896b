"""The first page of a teacher's sheet: goal, competencies, materials, safety, timetable, what goes wrong."""

from collections.abc import Iterator
from math import ceil

from makerwagen.content.lesson import Lesson, LessonSafety
from makerwagen.content.repository import Repository
from makerwagen.content.safety import Safety
from makerwagen.content.typed import text_in
from makerwagen.content.words import Per, Role
from makerwagen.exporters.phrases import LEVELS, PHASES, SHARERS, grade_label, number, phrases
from makerwagen.exporters.typst_markup import quoted, shown

PLAN_COLUMNS = "(13mm, 21mm, 1.35fr, 10mm, 25mm, 1.1fr)"


def teacher_front(lesson: Lesson, repository: Repository, lang: str) -> Iterator[str]:
    """Yield the Typst blocks of the first page, in the order a teacher needs them."""
    words = phrases(lang)
    if lesson.goal:
        goal = shown(text_in(lesson.goal, lang))
        yield f'#goal-box({quoted(words["i-can"])}, [{goal}], accents.at("{lesson.strand}"))'
    yield _heading(words["at-a-glance"])
    yield from _facts(lesson, repository, lang)
    if lesson.competencies:
        yield _heading(words["competencies"])
        yield from _competencies(lesson, repository, lang)
    if lesson.equipment or lesson.consumables:
        yield _heading(words["materials"])
        yield _materials(lesson, repository, lang)
    if lesson.safety:
        yield _heading(words["safety"])
        yield _supervision(lesson.safety, lang)
    if lesson.phases:
        yield _heading(words["plan"])
        yield _plan(lesson, lang)
    if lesson.safety and repository.safety:
        # What is read aloud comes after the plan: page one is for starting.
        yield _heading(words["safety-rules"])
        yield from _safety_rules(lesson.safety, repository.safety, lang)
    yield from _help(lesson, lang)


def competency_lines(lesson: Lesson, repository: Repository, lang: str) -> Iterator[tuple[str, str]]:
    """Yield label and text of each competency; only texts that were verified stand as quotations."""
    for claim in lesson.competencies:
        framework = repository.frameworks.get(claim.framework)
        entry = framework.competency(claim.code) if framework else None
        if framework is None or entry is None:
            continue
        role = "" if claim.role is Role.TEACHES else f" ({phrases(lang)[claim.role.value]})"
        yield f"{framework.short} {entry.code}{role}", text_in(entry.title, lang)


def material_rows(lesson: Lesson, repository: Repository, lang: str) -> Iterator[tuple[str, str, str]]:
    """Yield thing, amount for those who share it, and amount for the largest group."""
    groups, size = lesson.max_groups or 1, lesson.group_size or 1
    children = groups * size
    shares = {Per.CHILD: children, Per.PAIR: ceil(children / 2), Per.GROUP: groups, Per.CLASS: 1}
    register = repository.register
    for need in lesson.equipment:
        known = register.find(need.ref) if register else None
        name = text_in(known.title, lang) if known else need.ref
        yield name, f"{need.count} {_for(need.per, lang)}", str(need.count * shares[need.per])
    for use in lesson.consumables:
        known_use = register.find_consumable(use.ref) if register else None
        name = text_in(known_use.title, lang) if known_use else use.ref
        total = number(use.amount * shares[use.per], lang)
        yield name, f"{number(use.amount, lang)} {use.unit} {_for(use.per, lang)}", f"{total} {use.unit}"


def _heading(text: str) -> str:
    return f"#heading(level: 2)[{shown(text)}]"


def _for(per: Per, lang: str) -> str:
    return "für " + SHARERS.get(lang, SHARERS["de"])[per]


def _facts(lesson: Lesson, repository: Repository, lang: str) -> Iterator[str]:
    words = phrases(lang)
    pairs = []
    if lesson.grades:
        pairs.append((words["grades"], grade_label(lesson.grades)))
    if lesson.ages:
        pairs.append((words["ages"], f"{lesson.ages[0]}–{lesson.ages[1]}"))
    if lesson.minutes:
        splits = " + ".join(str(split) for split in lesson.splits)
        total = lesson.minutes.in_class
        value = words["minutes-value"].format(total=total, splits=splits, prepare=lesson.minutes.prepare)
        pairs.append((words["minutes"], value))
    if lesson.children:
        pairs.append((words["group"], words["group-value"].format(children=lesson.children, size=lesson.group_size)))
    if lesson.subjects and repository.grades:
        titles = {subject.id: text_in(subject.title, lang) for subject in repository.grades.subjects}
        pairs.append((words["subjects"], ", ".join(titles.get(ref, ref) for ref in lesson.subjects)))
    if lesson.take_home:
        pairs.append((words["take-home"], text_in(lesson.take_home, lang)))
    yield "#facts(" + ", ".join(f"({quoted(name)}, [{shown(value)}])" for name, value in pairs) + ")"


def _competencies(lesson: Lesson, repository: Repository, lang: str) -> Iterator[str]:
    found = competency_lines(lesson, repository, lang)
    lines = (f"[#strong[{shown(label)}] #h(4pt) {shown(text)}]" for label, text in found)
    yield f"#in-columns({', '.join(lines)})"


def _materials(lesson: Lesson, repository: Repository, lang: str) -> str:
    words = phrases(lang)
    heads = [words["thing"], words["amount"], words["for-all"].format(groups=lesson.max_groups or 1)]
    table = _table("(1fr, auto, auto)", heads, [list(row) for row in material_rows(lesson, repository, lang)])
    if not lesson.also:
        return table
    also = " · ".join(text_in(entry, lang) for entry in lesson.also)
    return f"{table}\n\n#strong[{shown(words['also'])}] {shown(also)}"


def _supervision(safety: LessonSafety, lang: str) -> str:
    level = LEVELS.get(lang, LEVELS["de"])[safety.supervision]
    blocks = [f"#strong[{shown(phrases(lang)['supervision'])}:] {shown(level)}"]
    if safety.notes:
        blocks.append(shown(text_in(safety.notes, lang)))
    return '#labelled("")[' + "\n\n".join(blocks) + "]"


def _safety_rules(safety: LessonSafety, rules: Safety, lang: str) -> Iterator[str]:
    met = {hazard.id: hazard for hazard in rules.hazards}
    advice = [met[hazard] for hazard in safety.hazards if hazard in met]
    lines = [f"[#strong[{shown(text_in(h.title, lang))}:] {shown(text_in(h.advice, lang))}]" for h in advice]
    if lines:
        yield f"#list({', '.join(lines)})"
    for briefing in (entry for entry in rules.briefings if entry.id in safety.briefings):
        steps = ", ".join(f"[{shown(text_in(rule, lang))}]" for rule in briefing.rules)
        title = shown(f"{phrases(lang)['briefing']}: {text_in(briefing.title, lang)}")
        yield f"#strong[{title}] #to-tick({steps})"
    yield f"#text(size: 0.85em)[{shown(text_in(rules.disclaimer, lang))}]"


def _plan(lesson: Lesson, lang: str) -> str:
    names = PHASES.get(lang, PHASES["de"])
    rows, start = [], 0
    for phase in lesson.phases:
        end = start + phase.minutes
        optional = [text_in(words, lang) if words else "" for words in (phase.media, phase.comment)]
        times = f"{start}–{end}"
        rows.append([times, names[phase.phase], text_in(phase.what, lang), phase.social.value, *optional])
        start = end
    return f"#text(size: 0.84em)[{_table(PLAN_COLUMNS, phrases(lang)['plan-columns'].split('|'), rows)}]"


def _help(lesson: Lesson, lang: str) -> Iterator[str]:
    words = phrases(lang)
    if lesson.misconceptions:
        rows = [[text_in(entry.belief, lang), text_in(entry.response, lang)] for entry in lesson.misconceptions]
        yield _heading(words["misconceptions"])
        yield _table("(2fr, 3fr)", [words["belief"], words["response"]], rows)
    if levels := lesson.differentiation:
        pairs = (("Basis", levels.basis), ("Plus", levels.plus), ("Profi", levels.profi))
        yield _heading(words["differentiation"])
        yield "#facts(" + ", ".join(f"({quoted(name)}, [{shown(text_in(text, lang))}])" for name, text in pairs) + ")"
    if lesson.references:
        lines = ", ".join(f"[{shown(f'{entry.claim} ({entry.source})')}]" for entry in lesson.references)
        yield _heading(words["sources"])
        yield f"#list({lines})"


def _table(columns: str, heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"[{shown(cell)}], " for cell in heads)
    body = ", ".join("(" + "".join(f"[{shown(cell)}], " for cell in row) + ")" for row in rows)
    return f"#sheet-table({columns}, ({head}), ({body},), dense: true)"
