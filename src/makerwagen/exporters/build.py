"""The whole way from content to results: check, run, export, look for leaks, and swap in what is new."""

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from makerwagen.checks.rules import check_repository
from makerwagen.content.lesson import Lesson
from makerwagen.content.repository import Repository
from makerwagen.content.words import Status
from makerwagen.errors import MakerwagenError
from makerwagen.exporters.catalogue import Catalogue, as_json, catalogue_of, manifest_of
from makerwagen.exporters.lesson_files import LessonFiles
from makerwagen.exporters.pages import write_pages
from makerwagen.exporters.results import LessonResult
from makerwagen.exporters.site import build_site
from makerwagen.exporters.site_gate import site_problems
from makerwagen.exporters.unchanged import CACHE, inputs_of, remember
from makerwagen.load.repository_loader import load_repository
from makerwagen.notebooks.executor import TIMEOUT_S
from makerwagen.notebooks.proof import Prover, Run
from makerwagen.problems import Problem, Severity
from makerwagen.store import Store

Say = Callable[[str], None]


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
    slugs, langs = options.slugs, options.langs
    target, inputs = root / "build", inputs_of(root, langs)
    repository, problems = load_repository(root)
    report = BuildReport(repository, problems=sorted([*problems, *check_repository(repository)]))
    lessons = _sound(repository, report, slugs)
    options.say(f"running {len(lessons)} lessons")
    store = Store(target / CACHE / "runs")
    prover = Prover(repository, store, parallel=options.jobs, timeout_s=options.timeout_s)
    runs = _proven(prover, lessons, langs, report)
    fresh = target / CACHE / "next"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    options.say(f"writing notebooks and sheets of {len(runs)} lessons")
    files = LessonFiles(repository, cache=target / CACHE, out=fresh, site_url=site_url(root))
    for run in runs:
        result, leaked = files.write(run)
        report.problems += leaked
        report.built += [] if leaked else [result]
        report.left_out += [run.lesson.slug] if leaked else []
    if slugs:
        own = [f"{result.lang}/{result.lesson.slug}" for result in report.built]
        _swap(fresh, target, [f"{kind}/{name}" for kind in ("notebooks", "worksheets") for name in own])
        return report
    _keep_earlier(report.left_out, target, fresh)
    options.say("building the website")
    pages, site = fresh / "pages", fresh / "site"
    write_pages(repository, report.built, out=pages, cache=target / CACHE / "pages")
    _keep_earlier_pages(report.left_out, target / "pages", pages)
    build_site(root, pages=pages, target=site, previous=target if (target / "site").exists() else None)
    if found := site_problems(site, runs, files.gates):
        report.problems += found
        return report
    (fresh / "catalogue.json").write_text(as_json(catalogue_of(report.built).model_dump(mode="json")), encoding="utf-8")
    (fresh / "catalogue.schema.json").write_text(as_json(Catalogue.model_json_schema()), encoding="utf-8")
    (fresh / "manifest.json").write_text(as_json(manifest_of(fresh, skip=("pages", "manifest.json"))), encoding="utf-8")
    _swap(fresh, target, sorted(path.name for path in fresh.iterdir()))
    files.drop_unused()
    remember(root, None if report.failed or report.left_out else inputs)
    return report


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


def _keep_earlier(slugs: Iterable[str], target: Path, fresh: Path) -> None:
    for slug in slugs:
        for earlier in (*target.glob(f"worksheets/*/{slug}"), *target.glob(f"notebooks/*/{slug}")):
            copy = fresh / earlier.relative_to(target)
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(earlier, copy, copy_function=os.link)


def _keep_earlier_pages(slugs: Iterable[str], earlier: Path, pages: Path) -> None:
    patterns = ("lessons/{}.md", "lessons/{}", "l/{}", "downloads/*/{}")
    for slug in slugs:
        for path in (path for pattern in patterns for path in earlier.glob(pattern.format(slug))):
            copy = pages / path.relative_to(earlier)
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copytree(path, copy) if path.is_dir() else shutil.copyfile(path, copy)


def _swap(fresh: Path, target: Path, names: Iterable[str]) -> None:
    """Move each of `names` into place; what was there before leaves only when its successor is ready."""
    old = target / CACHE / "old"
    shutil.rmtree(old, ignore_errors=True)
    for name in names:
        if not (fresh / name).exists():
            continue
        if (target / name).exists():
            (old / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).rename(old / name)
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).rename(target / name)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)
