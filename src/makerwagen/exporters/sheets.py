"""Sheets on paper: the student's to write on, the teacher's with plan and solutions, as PDF/UA through Typst."""

import hashlib
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import segno
import typst

from makerwagen.boards.wiring.holes import WiringError
from makerwagen.content.figure import FOLDER
from makerwagen.content.lesson import Lesson
from makerwagen.content.notebook import Cell, CellKind
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.content.versions import Audience, on_paper
from makerwagen.content.words import CellTag
from makerwagen.errors import MakerwagenError
from makerwagen.exporters.figures import Figures
from makerwagen.exporters.outputs import Picture, Table, shown
from makerwagen.exporters.phrases import STRANDS, grade_label, phrases
from makerwagen.exporters.stamp import Stamp
from makerwagen.exporters.teacher_front import teacher_front
from makerwagen.exporters.typst_markup import quoted, to_typst
from makerwagen.exporters.typst_markup import shown as literal

TEMPLATE = Path(__file__).with_name("sheet.typ")
YOUNG = 4
SHORT = 600
Outputs = Mapping[str, Sequence[Mapping[str, Any]]]


class SheetError(MakerwagenError):
    """Something in a lesson cannot be set: a broken picture, an empty link, a character that no font has."""


@dataclass(frozen=True)
class SheetOrder:
    """Everything one sheet is made from; `cells` are the audience's version."""

    lesson: Lesson
    lang: str
    audience: Audience
    cells: tuple[Cell, ...]
    outputs: Outputs
    stamp: Stamp


class SheetPress:
    """One Typst compiler for all sheets, in a folder that it can read and nothing else."""

    def __init__(self, repository: Repository, *, work: Path, fonts: Path, site_url: str) -> None:
        """Prepare `work` as Typst's root."""
        if not list(fonts.glob("*.ttf")):
            raise MakerwagenError(
                f"no fonts in '{fonts}'; the checkout is incomplete, try: git checkout site/theme/fonts"
            )
        self.repository, self.work, self.site_url = repository, work, site_url.rstrip("/")
        work.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TEMPLATE, work / "sheet.typ")
        self.figures = Figures(repository)
        self.compiler = typst.Compiler(root=str(work), font_paths=[str(fonts)], ignore_system_fonts=True)

    def source(self, order: SheetOrder) -> str:
        """Return the sheet as Typst and lay the pictures it shows into the work folder."""
        self._copy_images(order.lesson)
        order = self._with_figures(order)
        body = [f"#show: sheet.with({self._meta(order)})"]
        if order.audience is Audience.TEACHER:
            body += teacher_front(order.lesson, self.repository, order.lang)
            body.append(f"#heading(level: 1)[{literal(phrases(order.lang)['the-lesson'])}]")
            body += self._lesson_for_teachers(order)
        else:
            words = phrases(order.lang)
            body.append(f"#name-line(({quoted(words['name'])}, {quoted(words['date'])}))")
            if goal := order.lesson.goal:
                accent = f'accents.at("{order.lesson.strand}")'
                body.append(f"#goal-box({quoted(words['i-can'])}, [{literal(text_in(goal, order.lang))}], {accent})")
            body += [block for cell in on_paper(order.cells) for block in self._for_students(cell, order)]
        return '#import "/sheet.typ": *\n' + "\n\n".join(body) + "\n"

    def _with_figures(self, order: SheetOrder) -> SheetOrder:
        try:
            cells, files = self.figures.resolve(order.cells, order.lang)
        except WiringError as error:
            raise SheetError(str(error)) from error
        for path, content in files.items():
            self._keep(content, f"{order.lesson.folder}/{path}")
        return replace(order, cells=cells)

    def print(self, source: str) -> bytes:
        """Return the PDF of a sheet: PDF/UA-1, tagged, with embedded fonts, without a date; or raise SheetError."""
        try:
            pdf = self.compiler.compile(input=source.encode(), format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as error:
            raise SheetError(" ".join(str(error.message).split())) from error
        assert isinstance(pdf, bytes)
        return pdf

    def _meta(self, order: SheetOrder) -> str:
        lesson, lang, words = order.lesson, order.lang, phrases(order.lang)
        young = bool(lesson.grades) and min(lesson.grades) <= YOUNG
        teacher = order.audience is Audience.TEACHER
        url = f"{self.site_url}/l/{lesson.slug}/{lesson.version}/"
        kind = words["teacher-sheet" if teacher else "student-sheet"]
        facts = [STRANDS.get(lang, STRANDS["de"])[lesson.strand]]
        facts += [f"{words['grades']} {grade_label(lesson.grades)}"] if lesson.grades else []
        facts += [f"{sum(lesson.splits)} {words['min']}"] if lesson.splits else []
        fields = {
            "title": quoted(text_in(lesson.title, lang)),
            "subtitle": quoted(text_in(lesson.summary, lang) if teacher else kind),
            "strapline": quoted(" · ".join(facts)),
            "kind": quoted(kind),
            "strand": quoted(lesson.strand.value),
            "lang": quoted(lang),
            "size": "10pt" if teacher else "12.5pt" if young else "11.5pt",
            "hyphenate": "false" if young and not teacher else "true",
            "authors": "(" + "".join(f"{quoted(author)}, " for author in lesson.authors) + ")",
            "description": quoted(text_in(lesson.summary, lang)),
            "keywords": f"({quoted(lesson.slug)}, {quoted(lesson.strand.value)})",
            "stamp": quoted(str(order.stamp)),
            "license": quoted(words["license"].format(authors=", ".join(lesson.authors))),
            "page": quoted(words["page"]),
            "of": quoted(words["of"]),
            "qr": quoted(self._qr(url)),
            "qr-alt": quoted(words["qr-alt"].format(url=url)),
            "qr-label": quoted(words["qr-label"]),
        }
        return "(" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + ")"

    def _for_students(self, cell: Cell, order: SheetOrder) -> Iterator[str]:
        if cell.has(CellTag.HINT) or cell.has(CellTag.CHECK) or cell.has(CellTag.HIDE_INPUT):
            return
        young = bool(order.lesson.grades) and min(order.lesson.grades) <= YOUNG
        height = "8mm" if young else "7mm"
        if cell.kind is CellKind.CODE:
            yield f"#code-block({quoted(cell.source.strip())})"
            return
        body = to_typst(cell.source, find_picture=self._finder(order.lesson), to_write_on=True)
        if cell.lines:
            body += f"\n\n#writing-lines({cell.lines}, {height})"
            body = f"#together[{body}]" if len(cell.source) < SHORT else body
        yield f"#extra-box({quoted(phrases(order.lang)['extra'])})[{body}]" if cell.has(CellTag.EXTRA) else body

    def _lesson_for_teachers(self, order: SheetOrder) -> Iterator[str]:
        """Yield all cells; what only the paper holds is boxed, or two tasks 1 would stand side by side."""
        for on_sheet, cells in groupby(order.cells, key=lambda cell: cell.has(CellTag.PAPER_ONLY)):
            blocks = [block for cell in cells for block in self._for_teachers(cell, order)]
            if on_sheet and blocks:
                yield f"#paper-box({quoted(phrases(order.lang)['on-paper'])})[" + "\n\n".join(blocks) + "]"
            else:
                yield from blocks

    def _for_teachers(self, cell: Cell, order: SheetOrder) -> Iterator[str]:
        if cell.has(CellTag.CHECK):
            return
        words = phrases(order.lang)
        if cell.kind is CellKind.CODE:
            body = "" if cell.has(CellTag.HIDE_INPUT) and not cell.has(CellTag.SOLUTION) else self._code(cell)
            body += "\n\n".join(self._results(cell, order))
        else:
            body = to_typst(cell.source, find_picture=self._finder(order.lesson))
        if not body:
            return
        boxes = {CellTag.SOLUTION: "solution", CellTag.TEACHER: "teacher", CellTag.HINT: "hint", CellTag.EXTRA: "extra"}
        for tag, name in boxes.items():
            if cell.has(tag):
                yield f"#{name}-box({quoted(words[name])})[{body}]"
                return
        yield body

    def _code(self, cell: Cell) -> str:
        return f"#code-block({quoted(cell.source.strip())}, size: 0.8em)\n\n"

    def _results(self, cell: Cell, order: SheetOrder) -> Iterator[str]:
        for output in shown(order.outputs.get(cell.id, ())):
            if isinstance(output, Picture):
                path = self._keep(output.content, f"outputs/{output.name}")
                yield f"#picture({quoted(path)}, {quoted(output.alt)}, width: 78%, max-height: 6.5cm)"
            else:
                yield f"#output-block({quoted(output.text if not isinstance(output, Table) else output.text)})"

    def _finder(self, lesson: Lesson) -> Any:
        known = {medium.file for medium in lesson.media}

        def find(target: str) -> str | None:
            path = f"{lesson.folder}/{target}"
            made = target.startswith(f"{FOLDER}/") and (self.work / path).is_file()
            return f"/{path}" if target in known or made else None

        return find

    def _copy_images(self, lesson: Lesson) -> None:
        for medium in lesson.media:
            # Rule LES117 holds media inside the lesson's folder; this is the lock behind it.
            source = (self.repository.root / lesson.folder / medium.file).resolve()
            inside = source.is_relative_to((self.repository.root / lesson.folder).resolve())
            if inside and source.is_file():
                self._keep(source.read_bytes(), f"{lesson.folder}/{medium.file}")

    def _keep(self, content: bytes, path: str) -> str:
        target = self.work / path
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return f"/{path}"

    def _qr(self, url: str) -> str:
        path = f"qr/{hashlib.sha256(url.encode()).hexdigest()[:16]}.svg"
        if (self.work / path).exists():
            return f"/{path}"
        picture = io.BytesIO()
        segno.make(url, error="m", micro=False).save(picture, kind="svg", border=0, xmldecl=False, scale=4)
        return self._keep(picture.getvalue(), path)
