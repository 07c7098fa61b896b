"""Measure building: from nothing, again with nothing changed, and with one lesson of many edited."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.generator import edit_code, edit_text, slug_of, write_repository
from benchmarks.measuring import WORK, Contender, in_turn, nothing
from benchmarks.questions import BOOK, CLI, MKDOCS, OUR_SITE, OURS, Measured, Scale, driver, empty

EDITED = slug_of(1)
Prepare = Callable[[int], None]


class Websites:
    """The same lessons as a repository of ours and as a project of each peer."""

    def __init__(self, scale: Scale, count: int) -> None:
        """Write all three."""
        self.scale, self.count = scale, scale.lessons(count)
        self.root = write_repository(WORK / "site-ours", self.count)
        self.build = (CLI, "--root", str(self.root), "build")
        self.notebook = self.root / "lessons" / EDITED / "lesson.de.ipynb"
        self.target = WORK / "site-target"
        mkdocs, book = empty(WORK / "site-mkdocs"), empty(WORK / "site-book")
        peers.write_mkdocs(self.root / "lessons", mkdocs)
        peers.write_jupyter_book(self.root / "lessons", book)
        self.folders = {MKDOCS: mkdocs, BOOK: book}
        self.commands = {
            MKDOCS: (peers.command_of("mkdocs"), "build", "--quiet"),
            BOOK: (peers.command_of("jupyter-book"), "build", "--quiet", "."),
        }
        self.results = {MKDOCS: mkdocs / "site", BOOK: book / "_build"}
        self.notebooks = {MKDOCS: mkdocs / f"docs/{EDITED}.ipynb", BOOK: book / f"{EDITED}.ipynb"}

    def ours(self, prepare: Prepare = nothing) -> Contender:
        """Return our whole command."""
        return Contender(OURS, self.build, prepare=prepare)

    def peers(self, prepare: Callable[[str], Prepare]) -> list[Contender]:
        """Return the peers' commands, each with its own preparation."""
        return [Contender(who, self.commands[who], self.folders[who], prepare(who)) for who in self.folders]

    def measure(self, name: str, title: str, contenders: list[Contender], *, rounds: int = 3) -> Measured:
        """Measure one question."""
        rows = in_turn(name, contenders, rounds=self.scale.rounds(rounds))
        return Measured(name, title, self.count, rows)

    def cold(self) -> Iterator[Measured]:
        """Measure building everything, then only the website with runs and sheets known."""
        title = f"Build {self.count} lessons from nothing: both versions run, notebooks, sheets, website"
        yield self.measure("build-cold", title, [self.ours(lambda _: removed(self.root / "build"))], rounds=2)
        site = Contender(OUR_SITE, driver("site_ours", self.root, self.target), prepare=lambda _: cleared(self.target))
        others = self.peers(lambda who: lambda _: removed(self.results[who]))
        whole = Contender(f"{OURS}, whole build", self.build, prepare=lambda _: only_cache_left(self.root / "build"))
        title = f"Website of {self.count} lessons from nothing, without running notebooks"
        yield self.measure("site-cold", title, [site, *others, whole], rounds=2)

    def again(self) -> Iterator[Measured]:
        """Measure building again: nothing changed, a sentence changed, a line of code changed."""
        title = f"Build again, nothing changed, {self.count} lessons"
        yield self.measure("site-unchanged", title, [self.ours(), *self.peers(lambda _: nothing)])
        title = f"One sentence changed in one of {self.count} lessons: its page and sheets"
        others = self.peers(lambda who: edited(edit_text, self.notebooks[who]))
        yield self.measure("site-text", title, [self.ours(edited(edit_text, self.notebook)), *others])
        title = f"One line of code changed in one of {self.count} lessons: run, page and sheets"
        yield self.measure("site-code", title, [self.ours(edited(edit_code, self.notebook))])


def measure_site(scale: Scale) -> Iterator[Measured]:
    """Measure the website of 100 lessons: new, unchanged, and with one lesson edited."""
    websites = Websites(scale, 100)
    yield from websites.cold()
    yield from websites.again()


def edited(edit: Callable[[Path, int], None], notebook: Path) -> Prepare:
    """Return a preparation that edits `notebook`, differently in each round."""
    return lambda number: edit(notebook, number)


def removed(folder: Path) -> None:
    """Remove a folder."""
    shutil.rmtree(folder, ignore_errors=True)


def cleared(folder: Path) -> None:
    """Make a folder empty."""
    empty(folder)


def only_cache_left(build: Path) -> None:
    """Remove everything from a build but what is known of runs and sheets."""
    for path in build.iterdir():
        if path.is_dir() and path.name != ".cache":
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    (build / ".cache/inputs").unlink(missing_ok=True)
