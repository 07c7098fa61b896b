"""The page of each exercise: task, wiring, an editor for the program and the board to try it on; and their list."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from makerwagen.boards.devices import describe_board
from makerwagen.boards.exercises import EXERCISES, ReadyExercise, open_exercise, slugs_in
from makerwagen.boards.known import LIBRARY, SIMULATOR
from makerwagen.boards.portable import __file__ as portable
from makerwagen.boards.scenario import for_judge
from makerwagen.boards.simulator import board_config
from makerwagen.boards.wiring.breadboard import draw_breadboard
from makerwagen.boards.wiring.holes import WiringError
from makerwagen.boards.wiring.words import parts_list, wiring_steps
from makerwagen.content.exercise import ExerciseKind
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.content.words import Strand
from makerwagen.errors import MakerwagenError
from makerwagen.exporters.page_markdown import attribute, fence, front_matter, line, plain
from makerwagen.exporters.page_phrases import page_words, strand_label
from makerwagen.exporters.pages_lesson import folded
from makerwagen.exporters.phrases import grade_label
from makerwagen.exporters.results import LessonResult

FOLDER = "uebungen"
START = "main.py"
# From this grade on a child reads the symbols of a circuit diagram.
CIRCUIT_FROM = 7
STRANDS = {ExerciseKind.PROGRAM: Strand.MICROCONTROLLER, ExerciseKind.NODE: Strand.SMART_CITY}


def ready_exercises(repository: Repository) -> dict[str, ReadyExercise]:
    """Return the exercises that can be shown and judged; what is wrong with the others, `check` has said already."""
    found = {}
    for slug in slugs_in(repository.root):
        try:
            ready = open_exercise(repository.root, slug)
            for_judge(ready.scenario, ready.devices)
        except MakerwagenError:
            continue
        if (repository.root / EXERCISES / slug / START).is_file() and repository.parts is not None:
            found[slug] = ready
    return found


def exercise_pages(
    exercises: Mapping[str, ReadyExercise],
    repository: Repository,
    results: Sequence[LessonResult],
    *,
    lang: str,
) -> Iterator[tuple[str, str]]:
    """Yield path and text of every exercise's page, of its data, and of the list of exercises."""
    for slug, ready in exercises.items():
        page = _Page(ready, repository, [each for each in results if slug in each.lesson.exercises], lang)
        yield f"{FOLDER}/{slug}.md", page.markdown()
        for name, text in page.files().items():
            yield f"{FOLDER}/{slug}/{name}", text
    if exercises:
        yield f"{FOLDER}/simulator.js", _script("makerwagenSimulator", simulator_files(repository.root))
    yield f"{FOLDER}/index.md", _index(exercises, lang)


def exercise_links(slugs: Sequence[str], exercises: Mapping[str, ReadyExercise], lang: str) -> str:
    """Return a line that leads from a lesson to its exercises, empty where there are none."""
    links = [
        f"[{plain(text_in(exercises[slug].exercise.title, lang))}](../{FOLDER}/{slug}.md)"
        for slug in slugs
        if slug in exercises
    ]
    if not links:
        return ""
    words = page_words(lang)["exercise-links" if len(links) > 1 else "exercise-link"]
    return f"{words} {' · '.join(links)}"


def exercise_data(ready: ReadyExercise, start: str, lang: str) -> dict[str, Any]:
    """Return what the page needs to run and judge programs: all of it may be read by children."""
    return {
        "slug": ready.slug,
        "start": start,
        "config": board_config(ready.board.board, ready.devices, []),
        "scenario": for_judge(ready.scenario, ready.devices, lang),
        "description": describe_board(ready.board.board, ready.devices, lang),
    }


def simulator_files(root: Path) -> dict[str, dict[str, str]]:
    """Return the modules of the simulated board and those of the judge: path -> text."""
    board = _modules(root / SIMULATOR) | {f"lib/{name}": text for name, text in _modules(root / LIBRARY).items()}
    judge = {f"portable/{name}": text for name, text in _modules(Path(portable).parent).items()}
    return {"simulator": board, "judge": judge}


def _modules(folder: Path) -> dict[str, str]:
    paths = (path for path in sorted(folder.rglob("*.py")) if "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _script(name: str, data: Any) -> str:
    # A script, because a page that was opened from a folder may load scripts, but not fetch.
    return f"var {name} = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


class _Page:
    """One exercise's page; `using` are the lessons it belongs to."""

    def __init__(self, ready: ReadyExercise, repository: Repository, using: list[LessonResult], lang: str) -> None:
        self.ready, self.repository, self.using, self.lang = ready, repository, using, lang
        self.exercise, self.board = ready.exercise, ready.board.board
        start = repository.root / EXERCISES / ready.slug / START
        self.start = start.read_text(encoding="utf-8")
        self.pictures = self._pictures()

    def markdown(self) -> str:
        title, task = text_in(self.exercise.title, self.lang), text_in(self.exercise.task, self.lang)
        words = page_words(self.lang)
        blocks = [
            front_matter(title, task, more=["hide: [toc]"]),
            f'<p class="kicker strand-{STRANDS[self.exercise.kind]}">{attribute(self._kicker())}</p>',
            f"# {plain(title)}",
            f'<p class="lead">{attribute(task)}</p>',
            self._place(),
            f"## {words['wiring']}",
            *self._wiring(),
            *self._trust(),
        ]
        if self.using:
            links = (
                f"- [{plain(text_in(each.lesson.title, self.lang))}](../lessons/{each.lesson.slug}.md)"
                for each in self.using
            )
            blocks += [f"## {words['exercise-lessons']}", "\n".join(links)]
        blocks.append(f"[{words['all-exercises']}](index.md)")
        return "\n\n".join(block for block in blocks if block) + "\n"

    def files(self) -> dict[str, str]:
        """Return what lies beside the page: data, the program at the start, pictures."""
        data = exercise_data(self.ready, self.start, self.lang)
        return {START: self.start, "data.js": _script("makerwagenExercise", data)} | self.pictures

    def _kicker(self) -> str:
        return " · ".join([page_words(self.lang)["exercise"], *_facts(self.ready, self.lang)])

    def _pictures(self) -> dict[str, str]:
        assert self.repository.parts is not None
        from makerwagen.boards.wiring.circuit import draw_circuit

        given = (self.board, self.exercise, self.repository.parts, self.lang)
        if not self.exercise.wiring:
            return {}
        try:
            drawn = {"wiring.svg": draw_breadboard(*given)}
        except WiringError:
            return {}  # `check` has said why
        if min(self.exercise.grades, default=0) >= CIRCUIT_FROM:
            drawn["circuit.svg"] = draw_circuit(*given)
        return drawn

    def _wiring(self) -> Iterator[str]:
        words, slug = page_words(self.lang), self.ready.slug
        assert self.repository.parts is not None
        if not self.pictures:
            yield words["nothing-to-wire"] if not self.exercise.wiring else ""
            return
        steps = wiring_steps(self.board, self.exercise, self.repository.parts, self.lang)
        yield words["wiring-intro"]
        yield f"![{plain(words['wiring-alt'])}]({slug}/wiring.svg){{ .plot }}"
        yield folded("note", words["wiring-words"], "\n".join(f"1.  {plain(step)}" for step in steps))
        counts = parts_list(self.board, self.exercise, self.repository.parts)
        yield folded(
            "note", words["parts"], "\n".join(f"- {count} × {plain(self._title(ref))}" for ref, count in counts.items())
        )
        if "circuit.svg" in self.pictures:
            picture = f"![{plain(words['circuit-alt'])}]({slug}/circuit.svg){{ .plot }}"
            yield folded("note", words["circuit"], picture)

    def _trust(self) -> Iterator[str]:
        """Yield how a sensor node is calibrated, and what its readings do not say."""
        words = page_words(self.lang)
        for name, mark, texts in (
            ("calibration", "1. ", self.exercise.calibration),
            ("cannot-tell", "-", self.exercise.cannot_tell),
        ):
            if texts:
                yield f"## {words[name]}"
                yield "\n".join(f"{mark} {plain(text_in(text, self.lang))}" for text in texts)

    def _title(self, ref: str) -> str:
        found = self.repository.register.find(ref) if self.repository.register else None
        return text_in(found.title, self.lang) if found else ref

    def _place(self) -> str:
        """Return the start program where the editor will stand; without scripts it is there to read."""
        slug = self.ready.slug
        head = (
            f'<div class="exercise" data-mw-exercise="{slug}" data-mw-data="{slug}/data.js" '
            'data-mw-simulator="simulator.js" markdown>'
        )
        return "\n\n".join([head, line(page_words(self.lang)["exercise-still"]), fence(self.start, "python"), "</div>"])


def _facts(ready: ReadyExercise, lang: str) -> list[str]:
    exercise = ready.exercise
    grades = page_words(lang)["grades"].format(grades=grade_label(exercise.grades)) if exercise.grades else ""
    return [fact for fact in (grades, text_in(ready.board.board.title, lang)) if fact]


def _index(exercises: Mapping[str, ReadyExercise], lang: str) -> str:
    words = page_words(lang)
    blocks = [
        front_matter(words["exercises"], words["exercises-lead"], more=["hide: [toc]"]),
        f"# {words['exercises']}",
        f'<p class="lead">{attribute(words["exercises-lead"])}</p>',
    ]
    for strand in dict.fromkeys(STRANDS.values()):
        found = [ready for ready in exercises.values() if STRANDS[ready.exercise.kind] is strand]
        if found:
            blocks.append(f"## {strand_label(strand, lang)}" + f" {{ #{strand} }}")
            cards = "\n\n".join(_card(ready, strand, lang) for ready in sorted(found, key=_by_grade))
            blocks.append(f'<div class="cards" markdown>\n\n{cards}\n\n</div>')
    return "\n\n".join(blocks if exercises else [*blocks, words["none-yet"]]) + "\n"


def _card(ready: ReadyExercise, strand: Strand, lang: str) -> str:
    parts = [
        f'<div class="card strand-{strand}" markdown>',
        f"### [{plain(text_in(ready.exercise.title, lang))}]({ready.slug}.md)",
        line(text_in(ready.exercise.task, lang)),
        f'<p class="facts">{attribute(" · ".join(_facts(ready, lang)))}</p>',
        "</div>",
    ]
    return "\n\n".join(parts)


def _by_grade(ready: ReadyExercise) -> tuple[int, int, str]:
    grades = ready.exercise.grades
    return (min(grades, default=99), max(grades, default=99), ready.slug)
