"""A lesson's own files: notebooks and sheets for students and teachers, and the leak gate over what students get."""

import hashlib
import io
import json
from collections.abc import Iterator
from importlib.metadata import version as installed
from pathlib import Path

import pypdfium2

from makerwagen.boards.wiring.holes import WiringError
from makerwagen.content.lesson import Lesson
from makerwagen.content.repository import Repository
from makerwagen.content.versions import Audience, only_for_teachers, version
from makerwagen.errors import MakerwagenError
from makerwagen.exporters.build_folder import link
from makerwagen.exporters.exercise_secrets import exercise_secrets
from makerwagen.exporters.leaks import Secrets, is_for_teachers, leaks, public_texts, secrets_of
from makerwagen.exporters.notebook_files import notebook_json
from makerwagen.exporters.results import Download, LessonResult
from makerwagen.exporters.sheets import TEMPLATE, SheetError, SheetOrder, SheetPress
from makerwagen.exporters.stamp import Stamp, stamp_of
from makerwagen.notebooks.proof import Run
from makerwagen.problems import Problem
from makerwagen.store import Store, digest_folder, key_of

ENGINE = Path(__file__).parent.parent
# Another release of these may set the same sheet differently.
PRINTERS = ("typst", "segno")
UNPRINTABLE = "mend the picture, the link or the character that it names"


def sha256(path: Path) -> str:
    """Return a file's hash, empty when it is not there."""
    return sha256_of(path.read_bytes()) if path.is_file() else ""


def sha256_of(content: bytes) -> str:
    """Return the hash of bytes."""
    return hashlib.sha256(content).hexdigest()


class LessonFiles:
    """Writes the files of one lesson after another below `out`, sheets from a store where they are known."""

    def __init__(self, repository: Repository, *, cache: Path, out: Path, site_url: str) -> None:
        """Prepare the printing press and the stores of finished lessons, of sheets and of gates passed."""
        fonts = repository.root / "site/theme/fonts"
        self.repository, self.out, self.earlier = repository, out, cache.parent
        self.press = SheetPress(repository, work=cache / "typst", fonts=fonts, site_url=site_url)
        self.lessons, self.sheets, self.gates = (Store(cache / name) for name in ("lessons", "sheets", "gates"))
        look = key_of(
            TEMPLATE.read_text(encoding="utf-8"), digest_folder(fonts, "*.ttf"), [installed(name) for name in PRINTERS]
        )
        self.look = look
        engine = [digest_folder(ENGINE / name, "*.py") for name in ("content", "exporters")]
        self.shared = key_of(look, engine, digest_folder(repository.root / "curriculum"), site_url)
        self.gate = digest_folder(ENGINE / "exporters", "leaks.py")
        self.exercises = exercise_secrets(repository)

    def write(self, run: Run) -> tuple[LessonResult | None, list[Problem]]:
        """Return the finished lesson, or None and what is wrong; what is unchanged is taken over from the last build.

        A sheet that cannot be set is a problem of its lesson, and so is a leak in a file for students.
        """
        lesson, lang = run.lesson, run.lang
        stamp = stamp_of(lesson, self.repository)
        try:
            student, figures = self.press.figures.resolve(version(run.notebook, Audience.STUDENT), lang)
            teacher, _ = self.press.figures.resolve(version(run.notebook, Audience.TEACHER), lang)
        except WiringError as error:
            return None, [self._unprintable(run, stamp, error)]
        # Figures come from exercises, boards and parts, which the stamp need not cover.
        drawn = [cell.source for cell in teacher], [sha256_of(figure) for figure in figures.values()]
        key = key_of(self.shared, lang, stamp.digest, drawn, dict(run.student.outputs), dict(run.teacher.outputs))
        downloads = self._take_over(key)
        if downloads is None:
            before = set(self.sheets.used), set(self.gates.used)
            try:
                made = [download for audience in Audience for download in self._make(run, audience, stamp)]
            except SheetError as error:
                return None, [self._unprintable(run, stamp, error)]
            self._copy_media(lesson, lang)
            for path, content in figures.items():
                self._put(f"notebooks/{lang}/{lesson.slug}/{path}", content)
            problems, downloads = list(self._leaks(run)), tuple(made)
            if problems:
                return None, problems
            self._remember(key, run, downloads, before)
        return LessonResult(lesson, lang, stamp, student, run.student.outputs, downloads, figures), []

    def drop_unused(self) -> None:
        """Forget lessons, sheets and gates of earlier versions."""
        for store in (self.lessons, self.sheets, self.gates):
            store.drop_unused()

    def _make(self, run: Run, audience: Audience, stamp: Stamp) -> list[Download]:
        return [self._sheet(run, audience, stamp), self._notebook(run, audience, stamp)]

    def _take_over(self, key: str) -> tuple[Download, ...] | None:
        """Link the files of an unchanged lesson from the last build; None when they are not there as they were."""
        kept = self.lessons.get(key)
        record = json.loads(kept) if kept else None
        if record is None or any(sha256(self.earlier / name) != digest for name, digest in record["files"].items()):
            return None
        for name in record["files"]:
            (self.out / name).parent.mkdir(parents=True, exist_ok=True)
            link(self.earlier / name, self.out / name)
        self.sheets.used.update(record["sheets"])
        self.gates.used.update(record["gates"])
        return tuple(
            Download(Audience(audience), name, self.out / name, pages) for audience, name, pages in record["downloads"]
        )

    def _remember(self, key: str, run: Run, downloads: tuple[Download, ...], before: tuple[set[str], set[str]]) -> None:
        files = {path.relative_to(self.out).as_posix(): sha256(path) for path in self._files_of(run)}
        record = {
            "downloads": [(download.audience, download.path, download.pages) for download in downloads],
            "files": files,
            "sheets": sorted(self.sheets.used - before[0]),
            "gates": sorted(self.gates.used - before[1]),
        }
        self.lessons.put(key, json.dumps(record).encode())

    def _sheet(self, run: Run, audience: Audience, stamp: Stamp) -> Download:
        outputs = run.teacher.outputs if audience is Audience.TEACHER else {}
        cells = version(run.notebook, audience)
        source = self.press.source(SheetOrder(run.lesson, run.lang, audience, cells, outputs, stamp))
        media = digest_folder(self.press.work / run.lesson.folder)
        key = key_of(source, media, self.look)
        pdf = self.sheets.get(key)
        if pdf is None:
            pdf = self.press.print(source)
            self.sheets.put(key, pdf)
        name = f"worksheets/{run.lang}/{run.lesson.slug}/{audience}.pdf"
        return Download(audience, name, self._put(name, pdf), self._pages(key, pdf))

    def _unprintable(self, run: Run, stamp: Stamp, error: MakerwagenError) -> Problem:
        """Return the problem in the first cell that cannot be printed by itself, or in the notebook."""
        what = f"the sheet cannot be printed: {error}"
        for cell in version(run.notebook, Audience.TEACHER):
            outputs = {cell.id: run.teacher.outputs.get(cell.id, ())}
            order = SheetOrder(run.lesson, run.lang, Audience.TEACHER, (cell,), outputs, stamp)
            try:
                self.press.print(self.press.source(order))
            except SheetError as own:
                what = f"the cell cannot be printed: {own}"
                return Problem(run.notebook.at(cell), "NBK206", what, UNPRINTABLE)
        return Problem(run.notebook.at(), "NBK206", what, UNPRINTABLE)

    def _pages(self, key: str, pdf: bytes) -> int:
        known = self.sheets.get(f"{key}-pages")
        if known is None:
            known = str(len(pypdfium2.PdfDocument(io.BytesIO(pdf)))).encode()
            self.sheets.put(f"{key}-pages", known)
        return int(known)

    def _notebook(self, run: Run, audience: Audience, stamp: Stamp) -> Download:
        cells, _ = self.press.figures.resolve(version(run.notebook, audience), run.lang)
        text = notebook_json(run.lesson, run.lang, cells=cells, audience=audience, stamp=stamp)
        name = f"notebooks/{run.lang}/{run.lesson.slug}/{audience}.ipynb"
        return Download(audience, name, self._put(name, text.encode()))

    def _copy_media(self, lesson: Lesson, lang: str) -> None:
        root = self.repository.root
        folder = f"notebooks/{lang}/{lesson.slug}"
        hidden = only_for_teachers(lesson.notebooks.values(), lesson.cover)
        for medium in (medium for medium in lesson.media if medium.file not in hidden):
            source = (root / lesson.folder / medium.file).resolve()
            if source.is_relative_to((root / lesson.folder).resolve()) and source.is_file():
                self._put(f"{folder}/{medium.file}", source.read_bytes())
        for pack in self.repository.packs_of(lesson):
            home = (root / pack.origin.path).parent
            for name in ("pack.yml", pack.file):
                self._put(f"{folder}/data/{pack.slug}/{name}", (home / name).read_bytes())

    def _leaks(self, run: Run) -> Iterator[Problem]:
        files = [path for path in self._files_of(run) if not is_for_teachers(path.name)]
        found = secrets_of(run.lesson, run.notebook, student=run.student.outputs, teacher=run.teacher.outputs)
        texts = "\n".join(public_texts(run.lesson, run.notebook, run.student.outputs))
        secrets = [*self.exercises.not_shown(found), *self.exercises.of(run.lesson.exercises).kept_from([texts])]
        contents = [sha256(path) for path in files]
        key = key_of(self.gate, [secret.squashed for secret in secrets], contents)
        if self.gates.get(key) is None:
            gate = Secrets(secrets)
            problems = [problem for path in files for problem in leaks(gate, path.name, path.read_bytes())]
            if problems:
                yield from problems
                return
            self.gates.put(key, b"")

    def _files_of(self, run: Run) -> list[Path]:
        folders = (self.out / kind / run.lang / run.lesson.slug for kind in ("worksheets", "notebooks"))
        return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())

    def _put(self, name: str, content: bytes) -> Path:
        target = self.out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return target
