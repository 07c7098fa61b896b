"""Rules about languages: German everywhere, and translations that follow it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from makerwagen.content.repository import Repository
from makerwagen.content.typed import Key, Located
from makerwagen.problems import Problem

LANG = re.compile(r"[a-z]{2}")
NOT_WORDS = {"citations", "values"}
TRANSLATED = ("title", "summary", "goal")


def notebooks_have_titles(repository: Repository) -> Iterator[Problem]:
    """TRN101: in each language that has a notebook, the lesson has title, summary and goal.

    Why: The page in that language would start with German words.
    Bad:
        title: {de: Namensschild}           # and there is a lesson.en.ipynb
    Good:
        title: {de: Namensschild, en: Name tag}
    """
    for lesson in repository.lessons.values():
        for lang in lesson.notebooks:
            for field in TRANSLATED:
                words = getattr(lesson, field)
                if lang != "de" and words and lang not in words:
                    what = f"'{field}' is missing in '{lang}', but there is a notebook in that language"
                    yield Problem(lesson.at(field), "TRN101", what, f"add '{lang}: …'")


def german_is_there(repository: Repository) -> Iterator[Problem]:
    """TRN102: every text for children and teachers is there in German.

    Why: German is the language of the classes here; it is also what all other languages fall back to.
    Bad:
        title: {en: Name tag}
    Good:
        title: {de: Namensschild, en: Name tag}
    """
    for content in _contents(repository):
        for keys in _without_german(content, ()):
            name = ".".join(str(key) for key in keys)
            yield Problem(content.at(*keys), "TRN102", f"'{name}' is missing in German", "add 'de: …'")


def translations_follow_the_german(repository: Repository) -> Iterator[Problem]:
    """TRN103: a translated notebook has the same cells in the same order, with the same tags.

    Why: Checks, competencies and solutions hang on cells; a cell that lost its tag would show a solution.
    Bad:
        lesson.de.ipynb: intro, red-led (solution)      lesson.en.ipynb: intro, red-led
    Good:
        lesson.de.ipynb: intro, red-led (solution)      lesson.en.ipynb: intro, red-led (solution)
    """
    for lesson in repository.lessons.values():
        german = lesson.notebooks.get("de")
        for lang, notebook in lesson.notebooks.items() if german else ():
            if lang == "de" or not german:
                continue
            for cell, original in zip(notebook.cells, german.cells, strict=False):
                if cell.id != original.id:
                    what = f"cell '{cell.id}' stands where the German notebook has '{original.id}'"
                    yield Problem(notebook.at(cell), "TRN103", what, "take over cells and order of the German notebook")
                    break
                if cell.tags != original.tags or cell.kind is not original.kind:
                    what = f"cell '{cell.id}' is {_kind(original)} in German, here {_kind(cell)}"
                    yield Problem(notebook.at(cell), "TRN103", what, "take over kind and tags of the German cell")
            else:
                if len(notebook.cells) != len(german.cells):
                    what = f"the notebook has {len(notebook.cells)} cells, the German one {len(german.cells)}"
                    yield Problem(notebook.at(), "TRN103", what, "translate what is missing, or remove what is gone")


def _kind(cell: Any) -> str:
    tags = ", ".join(sorted(cell.tags))
    return f"{cell.kind} ({tags})" if tags else f"{cell.kind} without tags"


def _contents(repository: Repository) -> Iterator[Located]:
    # Frameworks are left out: some catalogues have no official German text, and we do not make one up.
    single = (repository.skills, repository.grades, repository.register, repository.safety, repository.glossary)
    yield from (content for content in single if content is not None)
    yield from repository.modules.values()
    yield from repository.lessons.values()
    yield from repository.models.values()
    yield from repository.exercises.values()
    yield from repository.boards.values()
    yield from repository.packs.values()


def _without_german(value: Any, keys: tuple[Key, ...]) -> Iterator[tuple[Key, ...]]:
    if isinstance(value, dict) and _is_localized(value):
        if "de" not in value:
            yield keys
        return
    for key, part in _parts(value):
        if isinstance(part, BaseModel | tuple | dict):
            yield from _without_german(part, (*keys, key))


def _parts(value: Any) -> Iterable[tuple[Key, Any]]:
    if isinstance(value, BaseModel):
        return ((name, getattr(value, name)) for name in type(value).model_fields if name not in NOT_WORDS)
    return value.items() if isinstance(value, dict) else enumerate(value)


def _is_localized(value: dict[Any, Any]) -> bool:
    return bool(value) and all(
        isinstance(key, str) and LANG.fullmatch(key) and isinstance(text, str) for key, text in value.items()
    )
