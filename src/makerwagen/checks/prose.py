"""Rules about the text of a notebook: pictures, links, headings, no raw HTML, and how hard it is to read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from makerwagen.checks.cells import markdown_cells, notebooks
from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.markdown import parse
from makerwagen.checks.media import inside, says_nothing
from makerwagen.checks.readability import Measure, Sentence, measure, sentences
from makerwagen.content.grade import Band
from makerwagen.content.lesson import Lesson
from makerwagen.content.notebook import Cell, CellKind, Notebook
from makerwagen.content.repository import Repository
from makerwagen.content.versions import for_teachers_only
from makerwagen.problems import Problem

SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):|//")
LINK_SCHEMES = {"https", "mailto"}
TOP_LEVEL, DEEPEST_LEVEL = 2, 4
ENOUGH_WORDS = 100


@dataclass(frozen=True)
class Spoken:
    """A sentence that children read, in its cell and line."""

    cell: Cell
    line: int
    sentence: Sentence


def pictures_have_alt_texts(repository: Repository) -> Iterator[Problem]:
    """NBK108: every picture in a notebook has an alt text that says what is to be seen.

    Why: Children who cannot see the picture hear it; the law asks for it (EN 301 549).
    Bad:
        ![](images/led.svg)
    Good:
        ![Eine rote LED: Das lange Bein ist Plus](images/led.svg)
    """
    for _, notebook, cell in markdown_cells(repository):
        for picture in parse(cell.source).pictures:
            if says_nothing(picture.alt, picture.target):
                alt = f"the alt text '{picture.alt}'" if picture.alt else "no alt text"
                what = f"picture '{picture.target}' has {alt}"
                yield Problem(
                    notebook.at(cell, picture.line), "NBK108", what, "describe in brackets what is to be seen"
                )


def links_lead_somewhere(repository: Repository) -> Iterator[Problem]:
    """NBK109: links lead to https pages or to files of the lesson, pictures to files of the lesson.

    Why: The laptops are offline, and no page may ask a third party for a picture.
    Bad:
        ![Ein Bild aus dem Netz](http://example.org/led.png)
    Good:
        ![Eine rote LED mit zwei Beinen](images/led.svg)
    """
    for lesson, notebook, cell in markdown_cells(repository):
        parsed = parse(cell.source)
        for picture in parsed.pictures:
            for what, remedy in _target_faults(repository, lesson, picture.target, frozenset({"attachment"})):
                yield Problem(notebook.at(cell, picture.line), "NBK109", f"picture {what}", remedy)
        for link in parsed.links:
            for what, remedy in _target_faults(repository, lesson, link.target, frozenset(LINK_SCHEMES)):
                yield Problem(notebook.at(cell, link.line), "NBK109", f"link {what}", remedy)


def text_holds_no_html(repository: Repository) -> Iterator[Problem]:
    """NBK110: Markdown cells hold no raw HTML.

    Why: Sheets cannot print it, and a script in it would run on the child's page.
    Bad:
        <img src="images/led.svg">
    Good:
        ![Eine rote LED mit zwei Beinen](images/led.svg)
    """
    for _, notebook, cell in markdown_cells(repository):
        for line in parse(cell.source).html:
            remedy = "write it in Markdown, and code between backticks"
            yield Problem(notebook.at(cell, line), "NBK110", "raw HTML is not allowed", remedy)


def headings_are_nested(repository: Repository) -> Iterator[Problem]:
    """NBK113: headings start at level 2, skip no level, and end at level 4.

    Why: The title is level 1; whoever listens jumps from heading to heading, and a missing level sounds like a gap.
    Bad:
        # Die Ampel
        #### Rot
    Good:
        ## 1. Die Ampel
        ### Rot
    """
    for _, notebook in notebooks(repository):
        above = TOP_LEVEL - 1
        for cell in notebook.of_kind(CellKind.MARKDOWN):
            for heading in parse(cell.source).headings:
                place = notebook.at(cell, heading.line)
                if not TOP_LEVEL <= heading.level <= DEEPEST_LEVEL:
                    what = f"heading of level {heading.level}"
                    yield Problem(place, "NBK113", what, f"use levels {TOP_LEVEL} to {DEEPEST_LEVEL}")
                elif heading.level > above + 1:
                    what = f"heading of level {heading.level} below one of level {above}"
                    yield Problem(place, "NBK113", what, f"use level {above + 1}")
                above = max(heading.level, TOP_LEVEL - 1)


def text_suits_the_grade(repository: Repository) -> Iterator[Problem]:
    """NBK118: what children read is no harder than the lesson's lowest grade can read.

    Why: Whoever cannot read the task cannot do it. The limits stand in curriculum/grades.yml: the longest sentence, the
    mean sentence, LIX and the first Wiener Sachtextformel (from 100 words on). Code, tables and headings do not count.
    Bad:
        Nachdem du die LED, die du vorhin ausgesucht hast, in das Brett gesteckt hast, kannst du sie einschalten.
    Good:
        Such dir eine LED aus. Steck sie in das Brett. Schalte sie ein.
    """
    for lesson in repository.lessons.values():
        band = repository.grades.band_of(min(lesson.grades)) if repository.grades and lesson.grades else None
        notebook = lesson.notebooks.get("de")
        if band and notebook:
            yield from _too_hard(notebook, band)


def _too_hard(notebook: Notebook, band: Band) -> Iterator[Problem]:
    spoken = [
        Spoken(cell, line, sentence)
        for cell in notebook.of_kind(CellKind.MARKDOWN)
        if not for_teachers_only(cell)
        for line, sentence in _sentences(cell.source)
    ]
    if not spoken:
        return
    longest = band.reading.max_sentence_words
    for entry in spoken:
        if len(entry.sentence.words) > longest:
            words = len(entry.sentence.words)
            what = f"sentence of {words} words, band '{band.id}' reads up to {longest}: '{_brief(entry)}'"
            yield Problem(notebook.at(entry.cell, entry.line), "NBK118", what, "make two sentences of it")
    whole = measure([entry.sentence for entry in spoken])
    for name, limit, value in _scales(band, whole):
        if limit is not None and value(whole) > limit + 1e-9:
            worst = max(spoken, key=lambda entry: value(measure([entry.sentence])))
            what = f"{name} is {value(whole):.1f}, band '{band.id}' reads up to {limit:g}; hardest: '{_brief(worst)}'"
            yield Problem(
                notebook.at(worst.cell, worst.line), "NBK118", what, "use shorter sentences and shorter words"
            )


def _scales(band: Band, whole: Measure) -> Iterator[tuple[str, float | None, Callable[[Measure], float]]]:
    yield "the mean sentence", band.reading.mean_sentence_words, lambda part: part.mean_sentence
    if whole.words >= ENOUGH_WORDS:
        yield "LIX", band.reading.lix_max, lambda part: part.lix
        yield "the Wiener Sachtextformel", band.reading.wstf1_max, lambda part: part.wstf1


def _brief(entry: Spoken) -> str:
    text = entry.sentence.text
    return text if len(text) <= 60 else text[:57] + "…"


@lru_cache(maxsize=20_000)
def _sentences(source: str) -> tuple[tuple[int, Sentence], ...]:
    return tuple(
        (paragraph.line + sentence.line, sentence)
        for paragraph in parse(source).prose
        for sentence in sentences(paragraph.text)
    )


def _target_faults(
    repository: Repository, lesson: Lesson, target: str, schemes: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if scheme := SCHEME.match(target):
        if (scheme[1] or "").lower() not in schemes:
            remedy = (
                "use https, or a file of the lesson" if "https" in schemes else "save the file in the lesson's folder"
            )
            yield f"'{target[:60]}' asks for '{scheme[0]}', which is not allowed", remedy
        return
    file = target.partition("#")[0].partition("?")[0]
    if not file:
        return
    path = inside(lesson, file)
    if path is None:
        yield f"'{target}' leaves the lesson's folder", f"copy the file into {lesson.folder}"
    elif path not in repository.files:
        own = [
            name.removeprefix(lesson.folder + "/") for name in repository.files if name.startswith(lesson.folder + "/")
        ]
        yield f"'{target}' leads to no file", did_you_mean(file, own, "add the file, or mend the name")
