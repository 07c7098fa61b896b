"""Fences that stand for a figure made from an exercise: ```wiring SLUG, ```circuit SLUG and ```parts SLUG."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from makerwagen.boards.wiring.breadboard import draw_breadboard
from makerwagen.boards.wiring.holes import WiringError
from makerwagen.boards.wiring.words import parts_list, wiring_steps
from makerwagen.content.exercise import Board, Exercise
from makerwagen.content.figure import FIGURE, FOLDER
from makerwagen.content.notebook import Cell, CellKind
from makerwagen.content.part import Parts
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.exporters.prose import parse
from makerwagen.exporters.svg_fonts import with_letters

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~^])")
WORDS = {
    "de": {
        "wiring": "Schaltung auf dem Steckbrett: {title}.",
        "steps": "Die Schritte stehen in der Liste darunter.",
        "circuit": "Schaltplan: {title}.",
    },
    "en": {
        "wiring": "Wiring on the breadboard: {title}.",
        "steps": "The steps are in the list below.",
        "circuit": "Circuit diagram: {title}.",
    },
}


@dataclass(frozen=True)
class Figure:
    """What a fence becomes: plain Markdown, and the picture that it shows, by its path beside the notebook."""

    markdown: str
    files: dict[str, bytes]


class Figures:
    """Makes each figure once."""

    def __init__(self, repository: Repository) -> None:
        """Remember where the exercises are."""
        self.repository = repository
        self.made: dict[tuple[str, str], Figure] = {}

    def resolve(self, cells: Iterable[Cell], lang: str) -> tuple[tuple[Cell, ...], dict[str, bytes]]:
        """Return the cells with their fences written out, and the pictures; raise WiringError where one is wrong."""
        done, files = [], {}
        for cell in cells:
            if cell.kind is CellKind.MARKDOWN and "```" in cell.source:
                source, more = self._written_out(cell.source, lang)
                done.append(replace(cell, source=source) if more or source != cell.source else cell)
                files.update(more)
            else:
                done.append(cell)
        return tuple(done), files

    def _written_out(self, source: str, lang: str) -> tuple[str, dict[str, bytes]]:
        lines, files = source.split("\n"), {}
        fences = [token for token in parse(source) if token.type == "fence" and token.level == 0]
        found = [token for token in fences if token.map and FIGURE.match(token.info.strip())]
        for token in reversed(found):
            if token.map:
                info = token.info.strip()
                figure = self.made.get((info, lang)) or self._make(info, lang)
                self.made[info, lang] = figure
                lines[token.map[0] : token.map[1]] = ["", *figure.markdown.split("\n"), ""]
                files.update(figure.files)
        return "\n".join(lines).strip("\n") if found else source, files

    def _make(self, info: str, lang: str) -> Figure:
        found = FIGURE.match(info)
        assert found
        kind, slug, part = found.groups()
        told = self._exercise(slug)
        if kind == "parts":
            return Figure(self._parts(*told, lang), {})
        board, exercise, parts = told
        title = text_in(exercise.title, lang)
        words = WORDS.get(lang, WORDS["en"])
        path = f"{FOLDER}/{kind}-{slug}-{lang}.svg"
        if kind == "circuit":
            from makerwagen.boards.wiring.circuit import circuit_in_words, draw_circuit

            svg = draw_circuit(board, exercise, parts, lang)
            alt = f"{words['circuit'].format(title=title)} {circuit_in_words(board, exercise, parts, lang)}"
            return Figure(f"![{_plain(alt)}]({path})", {path: self._file(svg)})
        steps = wiring_steps(board, exercise, parts, lang)
        ticks = "\n".join(f"- [ ] {_plain(step)}" for step in steps)
        if part == "list":
            return Figure(ticks, {})
        alt = f"{words['wiring'].format(title=title)} {' '.join(steps) if part == 'picture' else words['steps']}"
        picture = f"![{_plain(alt)}]({path})"
        svg = draw_breadboard(board, exercise, parts, lang)
        return Figure(picture if part == "picture" else f"{picture}\n\n{ticks}", {path: self._file(svg)})

    def _file(self, svg: str) -> bytes:
        return with_letters(svg, self.repository.root / "site/theme/fonts").encode()

    def _parts(self, board: Board, exercise: Exercise, parts: Parts, lang: str) -> str:
        register = self.repository.register
        lines = []
        for ref, count in parts_list(board, exercise, parts).items():
            entry = register.find(ref) if register else None
            lines.append(f"- [ ] {count} × {_plain(text_in(entry.title, lang) if entry else ref)}")
        return "\n".join(lines)

    def _exercise(self, slug: str) -> tuple[Board, Exercise, Parts]:
        exercise = self.repository.exercises.get(slug)
        board = self.repository.boards.get(exercise.board) if exercise else None
        if exercise is None or board is None or self.repository.parts is None:
            raise WiringError(f"there is no exercise '{slug}' that can be drawn; see: makerwagen check")
        return board, exercise, self.repository.parts


def _plain(words: str) -> str:
    return MARKUP.sub(r"\\\1", words)
