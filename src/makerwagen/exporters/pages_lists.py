"""The pages that lead to lessons: catalogue, modules, and competencies by grade with their gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from makerwagen.content.framework import Competency, Framework
from makerwagen.content.module import Module
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.content.words import Role, Status, Strand
from makerwagen.exporters.page_assets import LessonMedia
from makerwagen.exporters.page_markdown import attribute, front_matter, line, plain, table
from makerwagen.exporters.page_phrases import STRAND_INTROS, audience_label, duration, page_words, strand_label
from makerwagen.exporters.pages_teacher import scrolling
from makerwagen.exporters.phrases import grade_label
from makerwagen.exporters.results import LessonResult

# The grades of children from 8 to 16, for whom the wagon is there first of all.
COVERED = range(3, 11)
EMPTY = '<span class="gap" title="noch keine Lektion">–</span>'


@dataclass(frozen=True)
class Shelf:
    """All published lessons in one language with their pictures."""

    repository: Repository
    results: Sequence[LessonResult]
    media: dict[str, LessonMedia]
    lang: str

    def catalogue(self) -> str:
        """Return the page with every lesson, by strand and then by grade."""
        words = page_words(self.lang)
        blocks = [
            front_matter(
                words["lessons"], "Alle Lektionen des Makerwagens, nach Thema und Klasse.", more=["hide: [toc]"]
            ),
            f"# {words['lessons']}",
            '<p class="lead">Jede Lektion steht für sich: ansehen, herunterladen, loslegen. '
            "Tippe auf eine Karte, dann siehst du, was man braucht und wie lange es dauert.</p>",
        ]
        for strand in Strand:
            found = [result for result in self.results if result.lesson.strand is strand]
            intro = STRAND_INTROS.get(self.lang, STRAND_INTROS["de"])[strand]
            blocks.append(f"## {strand_label(strand, self.lang)}" + f" {{ #{strand} }}")
            blocks.append(line(intro + "."))
            blocks.append(self.cards(sorted(found, key=_by_grade), prefix="") if found else words["none-yet"])
        return "\n\n".join(blocks) + "\n"

    def modules(self) -> str:
        """Return the page that lists the modules."""
        words = page_words(self.lang)
        blocks = [
            front_matter(words["modules"], "Lektionen in einer sinnvollen Reihenfolge.", more=["hide: [toc]"]),
            f"# {words['modules']}",
            '<p class="lead">Ein Modul sind mehrere Lektionen, die aufeinander aufbauen: '
            "für eine Projektwoche, eine AG oder mehrere Besuche des Wagens.</p>",
        ]
        found = [(module, self.lessons_of(module)) for module in published_modules(self.repository)]
        for module, lessons in found:
            count = words["module-lesson"] if len(lessons) == 1 else words["module-lessons"].format(count=len(lessons))
            grades = words["grades"].format(grades=grade_label(module.grades)) if module.grades else ""
            blocks.append(f"## [{plain(text_in(module.title, self.lang))}]({module.slug}.md)")
            blocks.append(line(text_in(module.summary, self.lang)))
            blocks.append(f'<p class="facts">{attribute(" · ".join(part for part in (grades, count) if part))}</p>')
        if not found:
            blocks.append("Noch gibt es kein Modul. Die [Lektionen](../catalogue.md) stehen schon da.")
        return "\n\n".join(blocks) + "\n"

    def module(self, module: Module) -> str:
        """Return the page of one module: its lessons in order."""
        lessons = self.lessons_of(module)
        title, summary = text_in(module.title, self.lang), text_in(module.summary, self.lang)
        total = sum(sum(result.lesson.splits) for result in lessons)
        facts = [page_words(self.lang)["grades"].format(grades=grade_label(module.grades))] if module.grades else []
        facts += [page_words(self.lang)["minutes"].format(minutes=total)] if total else []
        return (
            "\n\n".join(
                [
                    front_matter(title, summary, more=["hide: [toc]"]),
                    f'<p class="kicker">{attribute(" · ".join(["Modul", *facts]))}</p>',
                    f"# {plain(title)}",
                    f'<p class="lead">{attribute(summary)}</p>',
                    self.cards(lessons, prefix="../", numbered=True),
                ]
            )
            + "\n"
        )

    def lessons_of(self, module: Module) -> list[LessonResult]:
        """Return a module's published lessons in its order."""
        by_slug = {result.lesson.slug: result for result in self.results}
        return [by_slug[slug] for slug in module.lessons if slug in by_slug]

    def cards(self, results: Sequence[LessonResult], *, prefix: str, numbered: bool = False) -> str:
        """Return lessons as cards: picture, title, one sentence, and what matters for choosing."""
        cards = (self._card(result, prefix, number if numbered else 0) for number, result in enumerate(results, 1))
        wide = " wide" if len(results) == 1 else ""
        return f'<div class="cards{wide}" markdown>\n\n' + "\n\n".join(cards) + "\n\n</div>"

    def _card(self, result: LessonResult, prefix: str, number: int) -> str:
        lesson = result.lesson
        cover = self.media[lesson.slug].find(lesson.cover) if lesson.cover else None
        # The title beside it says the same, so the picture stays silent for screen readers.
        picture = f"![]({prefix}lessons/{cover})" if cover else ""
        title = f"{number}. {text_in(lesson.title, self.lang)}" if number else text_in(lesson.title, self.lang)
        facts = " · ".join(part for part in (audience_label(lesson, self.lang), duration(lesson, self.lang)) if part)
        parts = [
            f'<div class="card strand-{lesson.strand}" markdown>',
            picture,
            f"### [{plain(title)}]({prefix}lessons/{lesson.slug}.md)",
            line(text_in(lesson.summary, self.lang)),
            f'<p class="facts">{attribute(facts)}</p>',
            "</div>",
        ]
        return "\n\n".join(part for part in parts if part)

    def coverage(self) -> str:
        """Return the matrix of competencies by grade, one table per framework, with the gaps in sight."""
        blocks = [
            front_matter("Kompetenzen und Klassen", "Welche Lektion welche Kompetenz in welcher Klasse übt."),
            "# Kompetenzen und Klassen",
            '<p class="lead">Welche Lektion übt was, und wo fehlt noch eine? In jedem Feld steht, wie viele Lektionen '
            "diese Kompetenz in dieser Klasse üben. Ein Strich ist eine Lücke.</p>",
        ]
        frameworks = sorted(self.repository.frameworks.values(), key=lambda each: not self._taught(each))
        rows = []
        for framework in frameworks:
            entries = sum(len(area.competencies) for area in framework.areas)
            name = f"[{plain(text_in(framework.title, self.lang))}](#{framework.id})"
            rows.append([name, f"{self._taught(framework)} von {entries}"])
        blocks.append(scrolling(table(["Rahmen", "Kompetenzen mit mindestens einer Lektion"], rows), "Überblick"))
        for framework in frameworks:
            blocks += self._framework(framework)
        return "\n\n".join(blocks) + "\n"

    def _framework(self, framework: Framework) -> Iterator[str]:
        grades = sorted({*COVERED, *(grade for result in self.results for grade in result.lesson.grades)})
        yield f"## {plain(text_in(framework.title, self.lang))}" + f" {{ #{framework.id} }}"
        rows: list[list[str]] = []
        for area in framework.areas:
            rows.append([f"**{plain(area.code)} {plain(text_in(area.title, self.lang))}**"] + [""] * (len(grades) + 1))
            rows += [self._row(framework, entry, grades) for entry in area.competencies]
        heads = ["Kompetenz, nach Klasse", *(str(grade) for grade in grades), "Lektionen"]
        yield scrolling(table(heads, rows), text_in(framework.title, self.lang), "matrix")
        if framework.note:
            yield line(text_in(framework.note, self.lang))
        sources = "\n".join(f"- {plain(text)}" for text in framework.citations.values())
        yield '??? quote "Quellen"\n\n' + "\n".join(f"    {row}" for row in sources.split("\n"))

    def _row(self, framework: Framework, entry: Competency, grades: Sequence[int]) -> list[str]:
        found = self._teaching(framework, entry)
        counts = [sum(1 for result in found if grade in result.lesson.grades) for grade in grades]
        links = ", ".join(f"[{plain(text_in(r.lesson.title, self.lang))}](lessons/{r.lesson.slug}.md)" for r in found)
        name = f"{plain(entry.code)} {plain(text_in(entry.title, self.lang))}"
        return [name, *(f"**{count}**" if count else EMPTY for count in counts), links or EMPTY]

    def _taught(self, framework: Framework) -> int:
        entries = (entry for area in framework.areas for entry in area.competencies)
        return sum(1 for entry in entries if self._teaching(framework, entry))

    def _teaching(self, framework: Framework, entry: Competency) -> list[LessonResult]:
        return [
            result
            for result in self.results
            if any(
                claim.framework == framework.id and claim.code == entry.code and claim.role is not Role.REQUIRES
                for claim in result.lesson.competencies
            )
        ]


def published_modules(repository: Repository) -> list[Module]:
    """Return the modules that are ready, by slug."""
    return [module for _, module in sorted(repository.modules.items()) if module.status is Status.PUBLISHED]


def _by_grade(result: LessonResult) -> tuple[int, str]:
    return (min(result.lesson.grades, default=0), result.lesson.slug)
