"""The page of a lesson: judged in a minute by a teacher, started at once by a child."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import nh3

from makerwagen.content.lesson import Lesson
from makerwagen.content.notebook import Cell, CellKind
from makerwagen.content.pack import DataPack
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.content.versions import Audience, on_screen
from makerwagen.content.words import CellTag, Per
from makerwagen.exporters.outputs import Picture, Shown, Table, shown
from makerwagen.exporters.page_assets import LessonMedia, download_path, is_harmless
from makerwagen.exporters.page_markdown import attribute, fence, front_matter, indented, line, plain, to_page
from makerwagen.exporters.page_phrases import audience_label, duration, file_size, page_words, strand_label
from makerwagen.exporters.pages_teacher import for_teachers
from makerwagen.exporters.phrases import SHARERS, number, phrases
from makerwagen.exporters.results import Download, LessonResult

TABLE_TAGS = {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "p", "br"}
TABLE_ATTRIBUTES = {"th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
# What an output says about where its numbers come from: plots and tables of makerwagen.learn do.
SAYS_ITS_SOURCE = re.compile(r"simul|erfunden|quelle:|\bdaten:|datenbasis:", re.IGNORECASE)
OWN_DATA = re.compile(r"eigene messung|selbst gemessen", re.IGNORECASE)
# What a part that is to be printed says of itself (`learn.part`): a drawing of it is no data at all.
A_PART = re.compile(r"\bmm\. Druckzeit ")
KINDS = {"pdf": "PDF", "docx": "Word", "ipynb": "Jupyter", "zip": "ZIP"}


@dataclass(frozen=True)
class LessonPage:
    """Everything the page of one lesson is made from; `known` are the slugs that have a page, `practice` leads on."""

    result: LessonResult
    repository: Repository
    media: LessonMedia
    known: frozenset[str]
    practice: str = ""

    def markdown(self) -> str:
        """Return the whole page."""
        lesson, lang = self.result.lesson, self.result.lang
        blocks = [
            front_matter(text_in(lesson.title, lang), text_in(lesson.summary, lang)),
            f'<p class="kicker strand-{lesson.strand}">{attribute(self._kicker())}</p>',
            f"# {plain(text_in(lesson.title, lang))}",
            f'<p class="lead">{attribute(text_in(lesson.summary, lang))}</p>',
            *self._top(),
            *self._simulated(),
            *self._downloads(),
            self.practice,
            f"## {page_words(lang)['the-lesson']}" + " { #so-geht-es .section }",
            *self._body(),
            *for_teachers(self.result, self.repository),
        ]
        return "\n\n".join(block for block in blocks if block) + "\n"

    def _kicker(self) -> str:
        lesson, lang = self.result.lesson, self.result.lang
        parts = [strand_label(lesson.strand, lang), audience_label(lesson, lang), duration(lesson, lang)]
        return " · ".join(part for part in parts if part)

    def _top(self) -> Iterator[str]:
        lesson, lang = self.result.lesson, self.result.lang
        words = page_words(lang)
        yield f'<div class="lesson-top strand-{lesson.strand}" markdown>'
        cover = self.media.find(lesson.cover) if lesson.cover else None
        if cover and lesson.cover:
            yield f'<div class="cover" markdown>\n\n![{plain(self.media.alt(lesson.cover, lang))}]({cover})\n\n</div>'
        yield '<div class="at-a-glance">'
        if lesson.goal:
            yield f'<p class="goal">{attribute(text_in(lesson.goal, lang))}</p>'
        if lesson.take_home:
            took = attribute(text_in(lesson.take_home, lang))
            yield f"<p><strong>{phrases(lang)['take-home']}:</strong> {took}</p>"
        yield "</div>\n</div>"
        rows = (f"<div><dt>{attribute(name)}</dt><dd>{attribute(value)}</dd></div>" for name, value in self._facts())
        yield '<dl class="at-a-glance-facts">\n' + "\n".join(rows) + "\n</dl>"
        start = f"[{words['start-jump']}](#so-geht-es){{ .button }}"
        yield f"{start} [{words['teacher-jump']}](#fuer-lehrkraefte){{ .button .quiet }}"

    def _facts(self) -> Iterator[tuple[str, str]]:
        lesson, lang = self.result.lesson, self.result.lang
        words, shared = page_words(lang), phrases(lang)
        if lesson.children:
            yield shared["group"], shared["group-value"].format(children=lesson.children, size=lesson.group_size)
        if lesson.subjects and self.repository.grades:
            titles = {entry.id: text_in(entry.title, lang) for entry in self.repository.grades.subjects}
            yield shared["subjects"], ", ".join(titles.get(ref, ref) for ref in lesson.subjects)
        if lesson.minutes:
            yield words["preparation"], words["minutes"].format(minutes=lesson.minutes.prepare)
            if lesson.minutes.print_wait:
                yield words["print-wait"], words["minutes"].format(minutes=lesson.minutes.print_wait)
        yield from needs(lesson, self.repository, lang)

    def _simulated(self) -> Iterator[str]:
        lang = self.result.lang
        packs = [text_in(pack.title, lang) for pack in self._simulated_packs()]
        if packs:
            words = page_words(lang)
            text = plain(words["simulated"].format(packs=", ".join(packs)))
            yield f'!!! warning "{words["simulated-title"]}"\n\n{indented(text)}'

    def _simulated_packs(self) -> list[DataPack]:
        return [pack for pack in self.repository.packs_of(self.result.lesson) if pack.simulated]

    def _downloads(self) -> Iterator[str]:
        if not self.result.downloads:
            return
        words = page_words(self.result.lang)
        yield f"## {words['downloads']}" + " { #herunterladen }"
        yield '<div class="shelves" markdown>'
        for audience, title in ((Audience.STUDENT, words["for-children"]), (Audience.TEACHER, words["for-teachers"])):
            files = [entry for entry in self.result.downloads if entry.audience is audience]
            if files:
                mark = f" – {words['with-solutions']}" if audience is Audience.TEACHER else ""
                links = "\n".join(self._download(entry) for entry in files)
                yield f'<div class="shelf {audience}" markdown>\n\n### {title}{mark}\n\n{links}\n\n</div>'
        yield "</div>"

    def _download(self, download: Download) -> str:
        words = page_words(self.result.lang)
        sheet = "teacher-sheet" if download.audience is Audience.TEACHER else "worksheet"
        name = (
            words[sheet]
            if download.kind in {"pdf", "docx"}
            else words["notebook"]
            if download.kind == "ipynb"
            else words["file"]
        )
        facts = [KINDS.get(download.kind, download.kind.upper())]
        if download.pages:
            facts.append(words["one-page"] if download.pages == 1 else words["pages"].format(count=download.pages))
        facts.append(file_size(download.source.stat().st_size))
        return f"- [{name}](../{download_path(self.result, download)}){{ .download }} {', '.join(facts)}"

    def _body(self) -> Iterator[str]:
        words, checked = page_words(self.result.lang), False
        for cell in on_screen(self.result.cells):
            if cell.has(CellTag.CHECK):
                if not checked:
                    yield f'<p class="check">{words["check-in-notebook"]}</p>'
                checked = True
                continue
            if cell.kind is CellKind.MARKDOWN and cell.source.lstrip().startswith("#"):
                checked = False
            if block := self._cell(cell):
                yield block

    def _cell(self, cell: Cell) -> str:
        words = page_words(self.result.lang)
        if cell.kind is CellKind.MARKDOWN:
            body = to_page(cell.source, find_picture=self._picture, find_link=self._link)
        elif cell.kind is CellKind.CODE:
            body = "\n\n".join(self._code(cell))
        else:
            body = ""
        if body and cell.has(CellTag.HINT):
            return folded("tip", words["hint"], body)
        if body and cell.has(CellTag.EXTRA):
            return f'!!! extra "{words["extra"]}"\n\n{indented(body)}'
        return body

    def _code(self, cell: Cell) -> Iterator[str]:
        words = page_words(self.result.lang)
        if source := cell.source.strip():
            block = fence(source, "python")
            yield folded("program", words["program"], block) if cell.has(CellTag.HIDE_INPUT) else block
        yield from (block for entry in shown(self.result.outputs.get(cell.id, ())) if (block := self._shown(entry)))

    def _shown(self, entry: Shown) -> str:
        if isinstance(entry, Picture):
            label = "" if A_PART.search(entry.alt) else self._caption(entry.alt)
            if entry.suffix == "svg" and not is_harmless(entry.content):
                return line(entry.alt)
            picture = f"![{plain(entry.alt)}]({self.result.lesson.slug}/{entry.name}){{ .plot }}"
            return "\n\n".join(part for part in (picture, label) if part)
        if isinstance(entry, Table):
            label = "" if OWN_DATA.search(entry.html) else self._caption(entry.html)
            clean = nh3.clean(entry.html, tags=TABLE_TAGS, attributes=TABLE_ATTRIBUTES, link_rel=None)
            table = " ".join(clean.replace("{", "&#123;").split())
            return "\n\n".join(part for part in (f'<div class="output table">{table}</div>', label) if part)
        return f'<div class="output" markdown>\n\n{fence(entry.text, "text")}\n\n</div>' if entry.text else ""

    def _caption(self, said: str) -> str:
        """Return the line under an output that does not name its source; the children's own data is not simulated."""
        words, packs = page_words(self.result.lang), self._simulated_packs()
        told = OWN_DATA.search(said)
        if not packs or SAYS_ITS_SOURCE.search(said):
            return ""
        return f'<p class="caption">{words["own-caption" if told else "simulated-caption"]}</p>'

    def _picture(self, target: str) -> str | None:
        """Return where a picture lies as seen from the page: one of the lesson's, or a figure made from an exercise."""
        return f"{self.result.lesson.slug}/{target}" if target in self.result.figures else self.media.find(target)

    def _link(self, href: str) -> str | None:
        """Return a link's target as seen from the page: another lesson, a picture, or an address elsewhere."""
        if href.startswith(("https://", "http://", "mailto:")):
            return href
        parts = href.split("#")[0].split("/")
        if len(parts) >= 2 and parts[0] == ".." and parts[1] in self.known:
            return f"{parts[1]}.md"
        return self.media.find(href)


def needs(lesson: Lesson, repository: Repository, lang: str) -> Iterator[tuple[str, str]]:
    """Yield what the wagon brings, what the school provides, and what is used up, each as one line."""
    words, sharers, register = page_words(lang), SHARERS.get(lang, SHARERS["de"]), repository.register
    if register is None:
        return
    known = [entry for need in lesson.equipment if (entry := register.find(need.ref))]
    for name, at_school in (("from-wagon", False), ("from-school", True)):
        titles = [text_in(entry.title, lang) for entry in known if entry.at_school is at_school]
        if titles:
            yield words[name], " · ".join(titles)
    used: dict[Per, list[str]] = {}
    for use in lesson.consumables:
        if found := register.find_consumable(use.ref):
            amount = f"{number(use.amount, lang)} {use.unit} {text_in(found.title, lang)}"
            used.setdefault(use.per, []).append(amount)
    for per, amounts in used.items():
        yield words["used-up"].format(sharer=sharers[per]), " · ".join(amounts)


def folded(kind: str, title: str, body: str) -> str:
    """Return a box that opens on a click or a key."""
    return f'??? {kind} "{title}"\n\n{indented(body)}'
