"""Lesson pages kept from build to build: writing one anew costs a hundred times more than finding it unchanged."""

from collections.abc import Callable, Iterable
from pathlib import Path

from makerwagen.content.repository import Repository
from makerwagen.content.typed import Content
from makerwagen.exporters.results import LessonResult
from makerwagen.store import Store, digest_folder, key_of

HERE = Path(__file__).parent


class PageCache:
    """Pages by the hash of everything they are made from; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None, repository: Repository, known: Iterable[str]) -> None:
        """Take the hash of what all lesson pages share: curriculum, the list of lessons, and this program."""
        self.store = Store(folder) if folder else None
        contents: list[Content | None] = [repository.register, repository.safety, repository.grades]
        contents += [*repository.frameworks.values(), *repository.packs.values()]
        shared = [content.model_dump_json() if content else "" for content in contents] if folder else []
        self.shared = key_of(shared, sorted(known), digest_folder(HERE, "*.py")) if folder else ""

    def page(self, result: LessonResult, write: Callable[[], str]) -> str:
        """Return a lesson's page, written anew only when something in it may have changed."""
        if self.store is None:
            return write()
        key = self._key(result)
        if (kept := self.store.get(key)) is not None:
            return kept.decode()
        text = write()
        self.store.put(key, text.encode())
        return text

    def drop_unused(self) -> None:
        """Forget the pages that this build did not need."""
        if self.store:
            self.store.drop_unused()

    def _key(self, result: LessonResult) -> str:
        files = [(entry.audience, entry.path, entry.pages, entry.source.stat().st_size) for entry in result.downloads]
        cells = [(cell.id, cell.kind, cell.source, sorted(cell.tags)) for cell in result.cells]
        lesson = result.lesson.model_dump_json()
        return key_of(self.shared, lesson, result.lang, result.stamp.digest, files, cells, dict(result.outputs))
