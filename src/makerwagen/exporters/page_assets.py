"""Files that pages show or offer: a lesson's pictures, what its programs drew, and its downloads."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from makerwagen.content.lesson import Lesson, Medium
from makerwagen.content.repository import Repository
from makerwagen.content.versions import only_for_teachers
from makerwagen.exporters.outputs import Picture, shown
from makerwagen.exporters.results import Download, LessonResult

PICTURES = {".svg", ".png", ".jpg", ".jpeg", ".webp"}
# A picture in <img> cannot run anything, but its file has an address of its own that can be opened.
LIVE = (b"<script", b"<foreignobject", b"<iframe", b"<!entity", b"javascript:")
LIVE_ATTRIBUTE = re.compile(rb"\son[a-z]+\s*=")


class LessonMedia:
    """The pictures a lesson may show: listed in its `media`, there, inside its folder, and harmless."""

    def __init__(self, lesson: Lesson, repository: Repository) -> None:
        """Look at each listed file once."""
        folder = (repository.root / lesson.folder).resolve()
        self.lesson = lesson
        self.media: dict[str, tuple[Medium, Path]] = {}
        hidden = only_for_teachers(lesson.notebooks.values(), lesson.cover)
        for medium in (medium for medium in lesson.media if medium.file not in hidden):
            path = (folder / medium.file).resolve()
            known = path.is_relative_to(folder) and path.suffix.lower() in PICTURES and path.is_file()
            if known and (path.suffix.lower() != ".svg" or is_harmless(path.read_bytes())):
                self.media[_normal(medium.file)] = (medium, path)

    def find(self, target: str) -> str | None:
        """Return a picture's address as seen from the lesson's page, or None."""
        name = _normal(target)
        return f"{self.lesson.slug}/{name}" if name in self.media else None

    def alt(self, target: str, lang: str) -> str:
        """Return the words for a picture that is there."""
        words = self.media[_normal(target)][0].alt
        return words.get(lang) or words.get("de") or next(iter(words.values()))


def is_harmless(svg: bytes) -> bool:
    """Say whether a drawing holds nothing that could run when it is opened by itself."""
    lower = svg.lower()
    return not any(word in lower for word in LIVE) and not LIVE_ATTRIBUTE.search(lower)


def pictures_of(result: LessonResult) -> Iterator[Picture]:
    """Yield what the lesson's programs drew, as far as it is harmless."""
    for outputs in result.outputs.values():
        for entry in shown(outputs):
            if isinstance(entry, Picture) and (entry.suffix != "svg" or is_harmless(entry.content)):
                yield entry


def download_path(result: LessonResult, download: Download) -> str:
    """Return where a download lies on the website."""
    return f"downloads/{result.lang}/{result.lesson.slug}/{download.audience}.{download.kind}"


def copy_assets(result: LessonResult, media: LessonMedia, out: Path) -> None:
    """Copy everything that the lesson's page shows or offers."""
    folder = out / "lessons" / result.lesson.slug
    for name, (_, path) in media.media.items():
        _copy(path, folder / name)
    for picture in pictures_of(result):
        (folder / picture.name).parent.mkdir(parents=True, exist_ok=True)
        (folder / picture.name).write_bytes(picture.content)
    for figure, content in result.figures.items():
        (folder / figure).parent.mkdir(parents=True, exist_ok=True)
        (folder / figure).write_bytes(content)
    for download in result.downloads:
        _link(download.source, out / download_path(result, download))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _link(source: Path, target: Path) -> None:
    """Give a finished file a second name; it is never written again, only replaced. Copy it where that fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _normal(target: str) -> str:
    path = PurePosixPath(target.split("#")[0].split("?")[0])
    return "" if path.is_absolute() or ".." in path.parts else str(path)
