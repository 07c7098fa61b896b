"""The end of a lesson's page, for teachers: competencies, plan, safety, what goes wrong, material, sources, record."""

from collections.abc import Iterator

from makerwagen.content.framework import Competency, Wording
from makerwagen.content.lesson import Lesson
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.content.words import Role
from makerwagen.exporters.page_markdown import attribute, plain, table
from makerwagen.exporters.page_phrases import QUOTED, page_words
from makerwagen.exporters.phrases import LEVELS, PHASES, SOCIAL, phrases
from makerwagen.exporters.results import LessonResult
from makerwagen.exporters.teacher_front import material_rows

LICENSES = {
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.de"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.de"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.de"),
}


def for_teachers(result: LessonResult, repository: Repository) -> Iterator[str]:
    """Yield the blocks of the teachers' part in the order in which a lesson is prepared."""
    lesson, lang = result.lesson, result.lang
    words = page_words(lang)
    yield f"## {words['for-teachers']}" + " { #fuer-lehrkraefte .section }"
    yield words["teacher-intro"]
    yield from _competencies(lesson, repository, lang)
    yield from _plan(lesson, lang)
    yield from _safety(lesson, repository, lang)
    yield from _misconceptions(lesson, lang)
    yield from _materials(lesson, repository, lang)
    yield from _levels(lesson, lang)
    yield from _references(lesson, lang)
    yield from _record(result)


def competency_text(entry: Competency, lang: str) -> str:
    """Return a competency in words: as a quotation only where the wording is the framework's and was seen."""
    title = f"**{plain(text_in(entry.title, lang))}.**"
    source = QUOTED.get(entry.confidence)
    if entry.text and entry.wording is Wording.VERBATIM and source:
        return f"{title} „{plain(text_in(entry.text, lang))}“ *({page_words(lang)[source]})*"
    if entry.text:
        return f"{title} {plain(text_in(entry.text, lang))} *({page_words(lang)['own-words']})*"
    return title


def _competencies(lesson: Lesson, repository: Repository, lang: str) -> Iterator[str]:
    lines = []
    for claim in lesson.competencies:
        framework = repository.frameworks.get(claim.framework)
        entry = framework.competency(claim.code) if framework else None
        if framework is None or entry is None:
            continue
        role = "" if claim.role is Role.TEACHES else f" ({phrases(lang)[claim.role.value]})"
        code = f'<span class="code">{attribute(framework.short)} {attribute(entry.code)}</span>{role}'
        lines.append(f"- {code} {competency_text(entry, lang)}")
    if lines:
        yield f"### {page_words(lang)['competencies']}"
        yield "\n".join(lines)
        yield page_words(lang)["more-competencies"]


def _plan(lesson: Lesson, lang: str) -> Iterator[str]:
    if not lesson.phases:
        return
    names, forms = PHASES.get(lang, PHASES["de"]), SOCIAL.get(lang, SOCIAL["de"])
    rows, start = [], 0
    for phase in lesson.phases:
        end = start + phase.minutes
        optional = [plain(text_in(words, lang)) if words else "" for words in (phase.media, phase.comment)]
        row = [f"{start}–{end}", names[phase.phase], plain(text_in(phase.what, lang)), phase.social.value]
        rows.append([*row, *optional])
        start = end
    yield f"### {phrases(lang)['plan']}"
    yield scrolling(table(phrases(lang)["plan-columns"].split("|"), rows), phrases(lang)["plan"], "plan")
    used = sorted({phase.social for phase in lesson.phases})
    yield f'<p class="caption">{", ".join(f"{form.value}: {forms[form]}" for form in used)}</p>'


def _safety(lesson: Lesson, repository: Repository, lang: str) -> Iterator[str]:
    safety, rules, words = lesson.safety, repository.safety, phrases(lang)
    if safety is None:
        return
    yield f"### {words['safety']}"
    blocks = [f"**{words['supervision']}:** {LEVELS.get(lang, LEVELS['de'])[safety.supervision]}."]
    blocks += [plain(text_in(safety.notes, lang))] if safety.notes else []
    if rules:
        met = [hazard for hazard in rules.hazards if hazard.id in safety.hazards]
        lines = [f"- **{plain(text_in(h.title, lang))}:** {plain(text_in(h.advice, lang))}" for h in met]
        blocks += ["\n".join(lines)] if lines else []
        for briefing in (entry for entry in rules.briefings if entry.id in safety.briefings):
            blocks.append(f"**{words['briefing']}: {plain(text_in(briefing.title, lang))}**")
            blocks.append("\n".join(f"- {plain(text_in(rule, lang))}" for rule in briefing.rules))
        blocks.append(f"*{plain(text_in(rules.disclaimer, lang))}*")
    yield '<div class="safety" markdown>\n\n' + "\n\n".join(blocks) + "\n\n</div>"


def _misconceptions(lesson: Lesson, lang: str) -> Iterator[str]:
    if lesson.misconceptions:
        words = phrases(lang)
        rows = [
            [plain(text_in(entry.belief, lang)), plain(text_in(entry.response, lang))]
            for entry in lesson.misconceptions
        ]
        yield f"### {page_words(lang)['misconceptions']}"
        yield scrolling(table([words["belief"], words["response"]], rows), page_words(lang)["misconceptions"])


def _materials(lesson: Lesson, repository: Repository, lang: str) -> Iterator[str]:
    rows = [[plain(cell) for cell in row] for row in material_rows(lesson, repository, lang)]
    if rows:
        words = phrases(lang)
        heads = [
            words["thing"],
            words["amount"],
            words["for-all"].format(groups=lesson.max_groups or 1),
        ]
        yield f"### {page_words(lang)['materials']}"
        yield scrolling(table(heads, rows), page_words(lang)["materials"])
        yield f'<p class="caption">{attribute(words["example-wagon"])}</p>'


def _levels(lesson: Lesson, lang: str) -> Iterator[str]:
    if levels := lesson.differentiation:
        pairs = (("Basis", levels.basis), ("Plus", levels.plus), ("Profi", levels.profi))
        yield f"### {phrases(lang)['differentiation']}"
        yield "\n".join(f"- **{name}:** {plain(text_in(text, lang))}" for name, text in pairs)


def _references(lesson: Lesson, lang: str) -> Iterator[str]:
    if lesson.references:
        yield f"### {page_words(lang)['references']}"
        yield "\n".join(f"- {plain(entry.claim)} ({plain(entry.source)})" for entry in lesson.references)


def _record(result: LessonResult) -> Iterator[str]:
    lesson, lang, stamp = result.lesson, result.lang, result.stamp
    words = page_words(lang)
    yield f"### {words['record']}"
    name, url = LICENSES.get(lesson.license, (lesson.license, ""))
    license_link = f"[{plain(name)}]({url})" if url else plain(name)
    lines = [f"- {words['stamp']}: {plain(str(stamp))}"]
    lines.append(f"- {words['license']}: {license_link}. {words['license-text']}.")
    if lesson.authors:
        lines.append(f"- {words['authors']}: {plain(', '.join(lesson.authors))}")
    if lesson.based_on:
        lines.append(f"- {words['based-on']}: {plain(lesson.based_on)}")
    lines += list(_credits(lesson, lang))
    yield "\n".join(lines)
    if lesson.changes:
        yield f"**{words['changes']}**"
        yield "\n".join(change_lines(lesson, lang))


def change_lines(lesson: Lesson, lang: str, *, since: str = "") -> Iterator[str]:
    """Yield a list item for each version, newest first, down to `since`."""
    words = page_words(lang)
    for change in lesson.changes:
        if change.version == since:
            return
        head = words["version-of"].format(version=change.version, date=f"{change.date:%d.%m.%Y}")
        yield f"- {head}: {plain(text_in(change.changed, lang))}"


def scrolling(markdown: str, label: str, kind: str = "") -> str:
    """Return a table that scrolls inside its own box on a narrow screen, by keyboard too."""
    classes = f"scroll {kind}".strip()
    head = f'<div class="{classes}" role="region" aria-label="{attribute(label)}" tabindex="0" markdown>'
    return f"{head}\n\n{markdown}\n\n</div>"


def _credits(lesson: Lesson, lang: str) -> Iterator[str]:
    words = page_words(lang)
    credits = sorted({(medium.author, medium.license, medium.source) for medium in lesson.media})
    for author, license_, source in credits:
        where = words["own-drawings"] if len(credits) == 1 else words["picture-credits"]
        name = LICENSES.get(license_, (license_, ""))[0]
        yield f"- {where}: {plain(author)}, {plain(name)}, {plain(source)}"
