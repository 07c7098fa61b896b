"""The whole way from content to results: check, run, export, look for leaks, and swap in what is new."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from makerwagen.checks.rules import check_repository, soften_drafts
from makerwagen.content.lesson import Lesson
from makerwagen.content.repository import Repository
from makerwagen.content.words import Status
from makerwagen.errors import MakerwagenError
from makerwagen.exporters.build_folder import SHELVES, alone, empty, keep_earlier, keep_earlier_pages, swap
from makerwagen.exporters.catalogue import Catalogue, as_json, catalogue_of, manifest_of
from makerwagen.exporters.exercise_secrets import exercise_secrets
from makerwagen.exporters.lesson_files import LessonFiles
from makerwagen.exporters.pages import write_pages
from makerwagen.exporters.results import LessonResult
from makerwagen.exporters.shapes import write_shapes
from makerwagen.exporters.site import build_site
from makerwagen.exporters.site_gate import site_problems
from makerwagen.exporters.unchanged import CACHE, inputs_of, remember, whole
from makerwagen.load.repository_loader import load_repository
from makerwagen.notebooks.executor import TIMEOUT_S
from makerwagen.notebooks.proof import Prover, Run
from makerwagen.problems import Problem, Severity
from makerwagen.store import Store

Say = Callable[[str], None]
NEXT = f"{CACHE}/next"


@dataclass(frozen=True)
class BuildOptions:
    """What to build, with how many processes, and how long a notebook may take."""

    slugs: Sequence[str] = ()
    langs: Sequence[str] = ()
    jobs: int = 2
    timeout_s: float = TIMEOUT_S
    say: Say = print


@dataclass
class BuildReport:
    """What a build did: every problem, the lessons built, and those left out."""

    repository: Repository
    problems: list[Problem] = field(default_factory=list)
    built: list[LessonResult] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Say whether a problem (not just a warning) was found."""
        return any(problem.severity is Severity.PROBLEM for problem in self.problems)


def build(root: Path, options: BuildOptions) -> BuildReport:
    """Build everything below `root` into build/; with slugs, only these lessons' notebooks and sheets.

    Lessons with problems are left out and their earlier results kept; nothing in build/ changes before all is made.
    """
    with alone(root / "build"):
        inputs = inputs_of(root, options.langs)
        repository, problems = load_repository(root)
        found = sorted([*soften_drafts(repository, problems), *check_repository(repository)])
        report = BuildReport(repository, problems=found)
        if options.slugs:
            _build_some(root, options, report)
        elif _build_all(root, options, report):
            remember(root, None if report.failed or report.left_out else inputs)
        return report


def _build_some(root: Path, options: BuildOptions, report: BuildReport) -> None:
    """Build notebooks and sheets of some lessons; the website and the lists are then not of one piece with them."""
    target = root / "build"
    _write_lessons(root, options, report)
    own = [f"{result.lang}/{result.lesson.slug}" for result in report.built]
    remember(root, None)
    swap(target / NEXT, target, [f"{shelf}/{name}" for shelf in SHELVES for name in own])


def _build_all(root: Path, options: BuildOptions, report: BuildReport) -> bool:
    """Build everything and say whether it took the place of what was there."""
    target = root / "build"
    fresh = target / NEXT
    runs, files = _write_lessons(root, options, report)
    keep_earlier(report.left_out, target, fresh)
    options.say("building the website")
    pages, site = fresh / "pages", fresh / "site"
    shapes = Store(target / CACHE / "shapes")
    report.problems += write_shapes(report.repository, out=fresh / "shapes", store=shapes, jobs=options.jobs)
    write_pages(report.repository, report.built, out=pages, cache=target / CACHE / "pages", shapes=fresh / "shapes")
    keep_earlier_pages(report.left_out, target / "pages", pages)
    build_site(root, pages=pages, target=site, previous=target if whole(target, below="site/") else None)
    catalogue = fresh / "catalogue.json"
    catalogue.write_text(as_json(catalogue_of(report.built).model_dump(mode="json")), encoding="utf-8")
    exercises = exercise_secrets(report.repository)
    if found := site_problems(site, runs, files.gates, exercises=exercises, more=[catalogue]):
        report.problems += found
        return False
    (fresh / "catalogue.schema.json").write_text(as_json(Catalogue.model_json_schema()), encoding="utf-8")
    (fresh / "manifest.json").write_text(as_json(manifest_of(fresh, skip=("pages", "manifest.json"))), encoding="utf-8")
    # From here to the end build/ is of two ages: an interrupted swap must not pass for a finished build.
    remember(root, None)
    swap(fresh, target, sorted(path.name for path in fresh.iterdir()))
    files.drop_unused()
    shapes.drop_unused()
    return True


def _write_lessons(root: Path, options: BuildOptions, report: BuildReport) -> tuple[list[Run], LessonFiles]:
    """Run the lessons and write their own files; return the runs, and the stores these files came from."""
    repository, cache = report.repository, root / "build" / CACHE
    lessons = _sound(repository, report, options.slugs)
    known = {notebook.lang for lesson in repository.lessons.values() for notebook in lesson.notebooks.values()}
    for unknown in (lang for lang in options.langs if lang not in known):
        raise MakerwagenError(
            f"no lesson has a notebook in '{unknown}'; there is: {', '.join(sorted(known)) or 'none'}"
        )
    options.say(f"running {len(lessons)} lessons")
    store = Store(cache / "runs")
    prover = Prover(repository, store, parallel=options.jobs, timeout_s=options.timeout_s)
    runs = _proven(prover, lessons, options.langs, report)
    if not options.slugs:
        store.drop_unused()
    empty(root / "build" / NEXT)
    options.say(f"writing notebooks and sheets of {len(runs)} lessons")
    files = LessonFiles(repository, cache=cache, out=root / "build" / NEXT, site_url=site_url(root))
    built: list[LessonResult] = []
    for run in runs:
        result, problems = files.write(run)
        report.problems += problems
        built += [result] if result else []
        report.left_out += [] if result else [run.lesson.slug]
    # A lesson is published in all its languages or not at all.
    report.built += [result for result in built if result.lesson.slug not in report.left_out]
    return runs, files


def site_url(root: Path) -> str:
    """Return the website's address from mkdocs.yml; printed codes lead there."""

    class Tolerant(yaml.SafeLoader):
        """Reads mkdocs.yml though it names Python objects."""

    Tolerant.add_multi_constructor("", lambda loader, suffix, node: None)
    try:
        config = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=Tolerant)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise MakerwagenError(f"mkdocs.yml cannot be read: {error}; mend it and build again") from error
    return str(config.get("site_url") or "https://makerwagen.example.org/")


def _sound(repository: Repository, report: BuildReport, slugs: Sequence[str]) -> list[Lesson]:
    """Return the published lessons that no problem touches; what a lesson is made of counts as the lesson."""
    touched = {problem.place.path for problem in report.problems if problem.severity is Severity.PROBLEM}
    folders = {path.split("/")[1] for path in touched if path.startswith("lessons/")}
    for unknown in (slug for slug in slugs if slug not in repository.lessons and slug not in folders):
        raise MakerwagenError(f"there is no lesson '{unknown}'; see: ls lessons/")
    lessons = []
    for slug, lesson in repository.lessons.items():
        parts = [f"cad_models/{ref}/" for ref in lesson.models]
        parts += [f"microcontroller/exercises/{ref}/" for ref in lesson.exercises]
        broken = slug in folders or any(path.startswith(tuple(parts)) for path in touched)
        if slugs and slug not in slugs:
            continue
        if broken:
            report.left_out.append(slug)
        elif lesson.status is Status.PUBLISHED or slug in slugs:
            lessons.append(lesson)
    report.left_out += sorted(folders - set(repository.lessons)) if not slugs else []
    return lessons


def _proven(prover: Prover, lessons: Iterable[Lesson], langs: Sequence[str], report: BuildReport) -> list[Run]:
    runs = prover.run(lessons, langs)
    for run in runs:
        report.problems += run.problems
    failed = {run.lesson.slug for run in runs if run.problems}
    report.left_out += sorted(failed)
    return [run for run in runs if run.lesson.slug not in failed]
