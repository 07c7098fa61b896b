"""Plain Markdown pages of everything published, with their pictures and downloads; knows no site generator."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from makerwagen.content.lesson import Change
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.content.words import Status
from makerwagen.exporters.page_assets import LessonMedia, copy_assets
from makerwagen.exporters.page_cache import PageCache
from makerwagen.exporters.page_markdown import front_matter, plain
from makerwagen.exporters.page_phrases import page_words
from makerwagen.exporters.pages_exercises import exercise_links, exercise_pages, ready_exercises
from makerwagen.exporters.pages_lesson import LessonPage
from makerwagen.exporters.pages_lists import Shelf, published_modules
from makerwagen.exporters.pages_models import model_pages
from makerwagen.exporters.pages_rules import rules_page
from makerwagen.exporters.pages_teacher import change_lines
from makerwagen.exporters.results import LessonResult

LANG = "de"


def write_pages(
    repository: Repository,
    results: Sequence[LessonResult],
    *,
    out: Path,
    cache: Path | None = None,
    shapes: Path | None = None,
) -> None:
    """Write every generated page and its assets into the empty folder `out`.

    `cache` keeps lesson pages; `shapes` is the folder with the models' files, without which they have no pages.
    """
    published = sorted(
        (result for result in results if result.lang == LANG and result.lesson.status is Status.PUBLISHED),
        key=lambda result: result.lesson.slug,
    )
    media = {result.lesson.slug: LessonMedia(result.lesson, repository) for result in published}
    known = frozenset(media)
    exercises = ready_exercises(repository)
    practice = {result.lesson.slug: exercise_links(result.lesson.exercises, exercises, LANG) for result in published}
    kept = PageCache(cache, repository, [*known, *practice.values()])
    shelf = Shelf(repository, published, media, LANG)
    for result in published:
        slug = result.lesson.slug
        page = LessonPage(result, repository, media[slug], known, practice[slug])
        _write(out / f"lessons/{slug}.md", kept.page(result, page.markdown))
        copy_assets(result, media[slug], out)
        for path, text in version_pages(result):
            _write(out / path, text)
    _write(out / "catalogue.md", shelf.catalogue())
    _write(out / "coverage.md", shelf.coverage())
    _write(out / "modules/index.md", shelf.modules())
    for module in published_modules(repository):
        _write(out / f"modules/{module.slug}.md", shelf.module(module))
    _write(out / "rules.md", rules_page())
    for path, text in model_pages(repository, published, shapes=shapes, out=out, lang=LANG):
        _write(out / path, text)
    for path, text in exercise_pages(exercises, repository, published, lang=LANG):
        _write(out / path, text)
    kept.drop_unused()


def version_pages(result: LessonResult) -> Iterator[tuple[str, str]]:
    """Yield path and text of the page that a printed code leads to, for each version and each former name."""
    lesson = result.lesson
    for slug in (lesson.slug, *lesson.formerly):
        for change in lesson.changes:
            yield f"l/{slug}/{change.version}/index.md", _version_page(result, change)


def _version_page(result: LessonResult, printed: Change) -> str:
    lesson, lang = result.lesson, result.lang
    words = page_words(lang)
    title = text_in(lesson.title, lang)
    head = words["version-of"].format(version=printed.version, date=f"{printed.date:%d.%m.%Y}")
    current = printed.version == lesson.version
    blocks = [
        front_matter(title, more=["search: {exclude: true}", "hide: [toc]"]),
        f"# {plain(title)}",
        f"Auf deinem Blatt steht: **{plain(head)}**.",
        words["current"] if current else f'!!! warning "{words["outdated"]}"\n\n    Das ist seitdem neu:',
    ]
    if not current:
        blocks.append("\n".join(change_lines(lesson, lang, since=printed.version)))
    blocks.append(f"[{words['to-lesson']}](../../../lessons/{lesson.slug}.md){{ .button }}")
    return "\n\n".join(blocks) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
