"""Rules about pictures and other files of a lesson, and about licences."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.markdown import parse
from makerwagen.content.lesson import Lesson
from makerwagen.content.notebook import CellKind
from makerwagen.content.repository import Repository
from makerwagen.content.typed import Key, Located
from makerwagen.problems import Problem

LICENSES = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0")
SHORTEST_ALT = 10
NOBODY = {"?", "-", "–", "n/a", "none", "tbd", "todo", "unbekannt", "unknown", "internet", "google", "web"}


def media_files_exist(repository: Repository) -> Iterator[Problem]:
    """LES117: every file under `media` lies in the lesson's folder.

    Why: A lesson is copied, bundled and printed folder by folder; what lies elsewhere stays behind, or leaks.
    Bad:
        media: [{file: ../other-lesson/images/led.svg, …}]
    Good:
        media: [{file: images/led.svg, …}]
    """
    for lesson in repository.lessons.values():
        for number, medium in enumerate(lesson.media):
            place, path = lesson.at("media", number, "file"), inside(lesson, medium.file)
            if path is None:
                what = f"'{medium.file}' leaves the lesson's folder"
                yield Problem(place, "LES117", what, f"copy the file into {lesson.folder}")
            elif path not in repository.files:
                remedy = did_you_mean(medium.file, _files_of(repository, lesson), "add the file, or remove it here")
                yield Problem(place, "LES117", f"file '{medium.file}' does not exist", remedy)
            elif not _really_inside(repository.root, lesson.folder, path):
                what = f"'{medium.file}' is a link to a file outside of the lesson's folder"
                yield Problem(place, "LES117", what, f"copy the file into {lesson.folder}")


def pictures_are_listed(repository: Repository) -> Iterator[Problem]:
    """LES118: every picture in a notebook is listed under `media`, and what is listed is used (a warning).

    Why: Only what is listed has an author and a licence.
    Bad:
        media: []                       # and the notebook shows ![…](images/led.svg)
    Good:
        media: [{file: images/led.svg, …}]
    """
    for lesson in repository.lessons.values():
        listed = {posixpath.normpath(medium.file) for medium in lesson.media}
        yield from _unlisted(lesson, listed)
        sources = [cell.source for notebook in lesson.notebooks.values() for cell in notebook.cells]
        for number, medium in enumerate(lesson.media if sources else ()):
            if medium.file != lesson.cover and not any(medium.file in source for source in sources):
                place = lesson.at("media", number, "file")
                what = f"'{medium.file}' is listed, but no cell shows it"
                yield Problem(place, "LES118", what, "show it, or remove it here").as_warning()


def licenses_are_known(repository: Repository) -> Iterator[Problem]:
    """LES123: lessons, models and media have a licence under which anybody may use and change them.

    Why: A copied picture with a stricter licence would make the whole sheet unusable for schools.
    Bad:
        license: CC-BY-NC-4.0
    Good:
        license: CC-BY-4.0
    """
    for content, keys, license_id in _licenses(repository):
        if license_id not in LICENSES:
            # No close match is offered: another label does not make a picture free.
            remedy = f"take something under {', '.join(LICENSES[:-1])} or {LICENSES[-1]}"
            yield Problem(content.at(*keys, "license"), "LES123", f"licence '{license_id}' is not known", remedy)


def media_are_described(repository: Repository) -> Iterator[Problem]:
    """LES125: every file under `media` has an alt text that says what is to be seen, an author and a source.

    Why: Children who cannot see the picture hear the alt text; the licence asks for the author.
    Bad:
        media: [{file: images/led.svg, alt: {de: led.svg}, author: "?", …}]
    Good:
        media: [{file: images/led.svg, alt: {de: "Eine rote LED mit einem langen und einem kurzen Bein"}, …}]
    """
    for lesson in repository.lessons.values():
        for number, medium in enumerate(lesson.media):
            for lang, alt in medium.alt.items():
                if says_nothing(alt, medium.file):
                    what = f"alt text '{alt}' of '{medium.file}' does not say what is to be seen"
                    remedy = f"describe it in {SHORTEST_ALT} characters or more"
                    yield Problem(lesson.at("media", number, "alt", lang), "LES125", what, remedy)
            for field in ("author", "source"):
                name = getattr(medium, field)
                if name.lower() in NOBODY:
                    what = f"{field} of '{medium.file}' is '{name}'"
                    remedy = "name the person or the place" if field == "author" else "say where it comes from"
                    yield Problem(lesson.at("media", number, field), "LES125", what, remedy)


def covers_are_media(repository: Repository) -> Iterator[Problem]:
    """LES127: the cover of a lesson is one of its media.

    Why: The cover stands in the catalogue, with its alt text and its author.
    Bad:
        cover: images/result.svg
        media: []
    Good:
        cover: images/result.svg
        media: [{file: images/result.svg, …}]
    """
    for lesson in repository.lessons.values():
        files = [medium.file for medium in lesson.media]
        if lesson.cover and lesson.cover not in files:
            what = f"the cover '{lesson.cover}' is not listed under 'media'"
            yield Problem(lesson.at("cover"), "LES127", what, did_you_mean(lesson.cover, files, "list it there"))


def inside(lesson: Lesson, target: str) -> str | None:
    """Return a file's path in the repository, or None when it leaves the lesson's folder."""
    path = posixpath.normpath(posixpath.join(lesson.folder, unquote(target)))
    return path if path.startswith(lesson.folder + "/") and "\\" not in target else None


def says_nothing(alt: str, file: str) -> bool:
    """Say whether an alt text is too short, or only the file's name."""
    name = posixpath.basename(file)
    plain = " ".join(alt.lower().replace("-", " ").replace("_", " ").split())
    names = {part.lower().replace("-", " ").replace("_", " ") for part in (file, name, name.rpartition(".")[0])}
    return len(alt.strip()) < SHORTEST_ALT or plain in names


def _unlisted(lesson: Lesson, listed: set[str]) -> Iterator[Problem]:
    for notebook in lesson.notebooks.values():
        for cell in notebook.of_kind(CellKind.MARKDOWN):
            for picture in parse(cell.source).pictures:
                path = inside(lesson, picture.target)
                if path and path.removeprefix(lesson.folder + "/") not in listed:
                    what = f"picture '{picture.target}' is not listed under 'media' in lesson.yml"
                    remedy = "list it there with alt text, author, licence and source"
                    yield Problem(notebook.at(cell, picture.line), "LES118", what, remedy)


def _licenses(repository: Repository) -> Iterator[tuple[Located, tuple[Key, ...], str]]:
    for lesson in repository.lessons.values():
        yield lesson, (), lesson.license
        for number, medium in enumerate(lesson.media):
            yield lesson, ("media", number), medium.license
    for model in repository.models.values():
        yield model, (), model.license


def _files_of(repository: Repository, lesson: Lesson) -> list[str]:
    prefix = lesson.folder + "/"
    return [path.removeprefix(prefix) for path in repository.files if path.startswith(prefix)]


def _really_inside(root: Path, folder: str, path: str) -> bool:
    try:
        return (root / path).resolve().is_relative_to((root / folder).resolve())
    except (OSError, RuntimeError):
        return False
