"""The proof of a lesson: the teacher's version passes every check, the student's runs and passes none."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import makerwagen
from makerwagen.content.lesson import Lesson
from makerwagen.content.notebook import Cell, CellKind, Notebook
from makerwagen.content.repository import Repository
from makerwagen.content.versions import Audience, on_screen, version
from makerwagen.content.words import CellTag
from makerwagen.notebooks.executor import TIMEOUT_S, Executed, Failure, Job, execute, problem_of
from makerwagen.problems import Problem
from makerwagen.store import Store, digest_folder, key_of

CHECK_MIME = "application/vnd.makerwagen.check+json"
ENGINE = Path(makerwagen.__file__).parent
# What a notebook can reach while it runs; the rest of the engine cannot change its outputs.
RUNNING = ("boards", "content", "learn", "load", "models", "notebooks", "sensors")


@dataclass(frozen=True)
class Run:
    """Both versions of a notebook, what they showed, and what is wrong with them."""

    lesson: Lesson
    notebook: Notebook
    student: Executed
    teacher: Executed
    problems: tuple[Problem, ...]

    @property
    def lang(self) -> str:
        """Return the notebook's language."""
        return self.notebook.lang


class Prover:
    """Runs the notebooks of a repository and remembers results by content hash."""

    def __init__(
        self, repository: Repository, store: Store, *, parallel: int = 2, timeout_s: float = TIMEOUT_S
    ) -> None:
        """Take the digest of everything that all notebooks share."""
        root = repository.root
        shared = [digest_folder(ENGINE / name, "*.py") for name in RUNNING]
        shared += [digest_folder(root / "microcontroller" / name) for name in ("simulator", "boards")]
        shared += [digest_folder(root / "site/theme/fonts", "*.ttf")]
        lock = root / "requirements.lock"
        shared.append(key_of(lock.read_text(encoding="utf-8")) if lock.exists() else "")
        self.repository, self.store, self.shared = repository, store, shared
        self.parallel, self.timeout_s = parallel, timeout_s

    def run(self, lessons: Iterable[Lesson], langs: Sequence[str] = ()) -> list[Run]:
        """Return a run for every notebook of `lessons`, in the order given."""
        wanted = [(lesson, notebook) for lesson in lessons for notebook in lesson.notebooks.values()]
        wanted = [(lesson, notebook) for lesson, notebook in wanted if not langs or notebook.lang in langs]
        jobs = {key: job for lesson, notebook in wanted for key, job in self._jobs(lesson, notebook)}
        known = {key: self._remembered(key) for key in jobs}
        missing = [jobs[key] for key, executed in known.items() if executed is None]
        fresh = execute(missing, root=self.repository.root, parallel=self.parallel) if missing else {}
        for key, executed in fresh.items():
            if executed.failure is None:
                self.store.put(key, json.dumps(asdict(executed), ensure_ascii=False).encode())
        results = {key: fresh.get(key) or executed or Executed() for key, executed in known.items()}
        return [self._judge(lesson, notebook, results) for lesson, notebook in wanted]

    def _jobs(self, lesson: Lesson, notebook: Notebook) -> Iterator[tuple[str, Job]]:
        folder = self.repository.root / lesson.folder
        reach = [digest_folder(path) for path in (folder / "data", folder / "images", *self._parts(lesson, notebook))]
        for audience in Audience:
            cells = code_cells(notebook, audience)
            key = key_of(notebook.lang, [(cell.id, cell.source) for cell in cells], reach, self.shared)
            yield key, Job(key, notebook.path, cells, folder, self.timeout_s)

    def _parts(self, lesson: Lesson, notebook: Notebook) -> Iterator[Path]:
        """Yield the folders of the models, exercises and packs that the lesson lists, or that its code just names."""
        repository, code = self.repository, "\n".join(cell.source for cell in notebook.of_kind(CellKind.CODE))
        named = [ref for ref in (*repository.models, *repository.exercises, *repository.packs) if ref in code]
        models, exercises = (sorted({*refs, *named}) for refs in (lesson.models, lesson.exercises))
        yield from (repository.root / "cad_models" / ref for ref in models if ref in repository.models)
        yield from (
            repository.root / "microcontroller/exercises" / ref for ref in exercises if ref in repository.exercises
        )
        packs = {pack.slug: pack for pack in repository.packs_of(lesson)} | {
            ref: repository.packs[ref] for ref in named if ref in repository.packs
        }
        yield from ((repository.root / packs[ref].origin.path).parent for ref in sorted(packs))

    def _remembered(self, key: str) -> Executed | None:
        content = self.store.get(key)
        if content is None:
            return None
        data = json.loads(content)
        return Executed(data["outputs"], Failure(**data["failure"]) if data["failure"] else None)

    def _judge(self, lesson: Lesson, notebook: Notebook, results: dict[str, Executed]) -> Run:
        student, teacher = (results[key] for key, _ in self._jobs(lesson, notebook))
        problems = [
            *run_problems(notebook, student, Audience.STUDENT),
            *run_problems(notebook, teacher, Audience.TEACHER),
        ]
        return Run(lesson, notebook, student, teacher, tuple(dict.fromkeys(problems)))


def code_cells(notebook: Notebook, audience: Audience) -> tuple[Cell, ...]:
    """Return the code cells of a version as they run, without empty ones."""
    cells = on_screen(version(notebook, audience))
    return tuple(cell for cell in cells if cell.kind is CellKind.CODE and cell.source.strip())


def run_problems(notebook: Notebook, executed: Executed, audience: Audience) -> Iterator[Problem]:
    """Yield what went wrong: a failure, a check that passes untouched, or one that the solution does not pass."""
    if executed.failure:
        problem = problem_of(notebook.path, executed.failure)
        yield replace(problem, what=f"in the {audience}'s version: {problem.what}")
        return
    for cell in notebook.cells:
        if not cell.has(CellTag.CHECK) or cell.kind is not CellKind.CODE:
            continue
        verdicts = list(check_results(executed.outputs.get(cell.id, ())))
        passed = bool(verdicts) and all(verdict["passed"] for verdict in verdicts)
        if audience is Audience.TEACHER and not passed:
            seen = verdicts[0]["seen"] if verdicts else "the cell shows no card"
            what = f"the check does not pass in the teacher's version: {seen}"
            yield Problem(notebook.at(cell), "NBK205", what, "mend the solution or the check")
        elif audience is Audience.STUDENT and any(verdict["passed"] for verdict in verdicts):
            what = "the check passes though nothing was done yet"
            yield Problem(notebook.at(cell), "NBK204", what, "make it look at what the child has to change")


def check_results(outputs: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Yield the structured results of the checks in a cell's outputs."""
    for output in outputs:
        if verdict := output.get("data", {}).get(CHECK_MIME):
            yield verdict
