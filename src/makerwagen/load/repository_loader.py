"""A folder of files to one Repository, collecting problems; a broken file never hides another."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from makerwagen.content.equipment import Register
from makerwagen.content.exercise import Board, Exercise
from makerwagen.content.framework import Framework
from makerwagen.content.glossary import Glossary
from makerwagen.content.grade import Grades
from makerwagen.content.lesson import Lesson
from makerwagen.content.model import Model
from makerwagen.content.module import Module
from makerwagen.content.notebook import Notebook
from makerwagen.content.outing import Outing
from makerwagen.content.pack import DataPack
from makerwagen.content.part import Parts
from makerwagen.content.printer import Printer
from makerwagen.content.repository import Repository
from makerwagen.content.safety import Safety
from makerwagen.content.scenario import Scenario
from makerwagen.content.skill import Skills
from makerwagen.content.typed import Key, Located, Source
from makerwagen.errors import MakerwagenError
from makerwagen.load.notebook_reader import read_notebook
from makerwagen.load.yaml_reader import YamlProblemError, read_yaml
from makerwagen.problems import Place, Problem

CONTENT_FOLDERS = ("curriculum", "modules", "lessons", "cad_models", "microcontroller")
EXAMPLE_OUTING = "curriculum/example-outing.yml"
L = TypeVar("L", bound=Located)
ADVICE = {
    "missing": "add it",
    "extra_forbidden": "remove it or mend the spelling",
    "string_pattern_mismatch": "mend it",
}


@dataclass
class Loading:
    """What has been found so far."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)

    def may_be_read(self, path: str) -> bool:
        """Say whether `path` is a file of ours; a link that leads out of the checkout is a problem instead."""
        whole = self.root / path
        if not whole.is_symlink():
            return True
        try:
            inside = whole.resolve(strict=True).is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):
            inside = False
        if not (inside and whole.is_file()):
            remedy = "put the file itself here"
            self.problems.append(
                Problem(Place(path), "YML101", "is a link that leads to no file of the checkout", remedy)
            )
        return inside and whole.is_file()

    def read(self, path: str) -> str | None:
        """Return a file's text, or None with a problem."""
        try:
            return (self.root / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            what = f"cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8 text'}"
            self.problems.append(Problem(Place(path), "YML101", what, "save it as UTF-8 text"))
            self.broken.add(path)
            return None

    def load(self, kind: type[L], path: str, slug: str) -> L | None:
        """Return the content in a YAML file, or None with problems."""
        if path not in self.files or (text := self.read(path)) is None:
            return None
        try:
            data, source = read_yaml(path, text)
            content = kind.model_validate(data if data is not None else {})
        except YamlProblemError as error:
            self.problems.append(error.problem)
        except ValidationError as error:
            self.problems.extend(_field_problems(error, source))
        else:
            content.located(slug=slug, source=source)
            return content
        self.broken.add(path)
        return None

    def folders(self, parent: str) -> Iterator[tuple[str, str]]:
        """Yield slug and path of the folders below `parent`, in order."""
        depth = parent.count("/") + 1
        below = (path.split("/") for path in self.files if path.startswith(parent + "/"))
        found = {parts[depth] for parts in below if len(parts) > depth + 1}
        return ((slug, f"{parent}/{slug}") for slug in sorted(found))

    def load_each(self, kind: type[L], parent: str, name: str) -> dict[str, L]:
        """Return the content of `name` in every folder below `parent`."""
        found = ((slug, self.load(kind, f"{folder}/{name}", slug)) for slug, folder in self.folders(parent))
        return {slug: content for slug, content in found if content is not None}

    def load_files(self, kind: type[L], folder: str) -> dict[str, L]:
        """Return the content of every YAML file directly in `folder`, by its stem."""
        paths = sorted(path for path in self.files if path.rpartition("/")[0] == folder and path.endswith(".yml"))
        found = ((Path(path).stem, self.load(kind, path, Path(path).stem)) for path in paths)
        return {slug: content for slug, content in found if content is not None}


def load_repository(root: Path) -> tuple[Repository, list[Problem]]:
    """Return all content below `root`, and the problems that kept some of it out."""
    if not any((root / folder).is_dir() for folder in CONTENT_FOLDERS):
        raise MakerwagenError(f"'{root}' holds no curriculum; run this in a checkout, or name one with --root")
    loading = Loading(root)
    loading.files.update(path for path in _files(root) if loading.may_be_read(path))
    lessons = loading.load_each(Lesson, "lessons", "lesson.yml")
    for slug, folder in loading.folders("lessons"):
        notebooks = _notebooks(loading, folder)
        if slug in lessons:
            lessons[slug].with_notebooks(notebooks)
    repository = Repository(
        root=root,
        skills=loading.load(Skills, "curriculum/skills.yml", "skills"),
        grades=loading.load(Grades, "curriculum/grades.yml", "grades"),
        register=loading.load(Register, "curriculum/equipment.yml", "equipment"),
        safety=loading.load(Safety, "curriculum/safety.yml", "safety"),
        glossary=loading.load(Glossary, "curriculum/glossary.yml", "glossary"),
        frameworks=loading.load_files(Framework, "curriculum/frameworks"),
        modules=loading.load_each(Module, "modules", "module.yml"),
        lessons=lessons,
        models=loading.load_each(Model, "cad_models", "model.yml"),
        exercises=loading.load_each(Exercise, "microcontroller/exercises", "exercise.yml"),
        scenarios=loading.load_each(Scenario, "microcontroller/exercises", "scenario.yml"),
        boards=loading.load_files(Board, "microcontroller/boards"),
        parts=loading.load(Parts, "microcontroller/parts.yml", "parts"),
        packs=_packs(loading),
        printers=loading.load_files(Printer, "curriculum/printers"),
        outing=loading.load(Outing, EXAMPLE_OUTING, "example-outing"),
        files=frozenset(loading.files),
        broken=frozenset(loading.broken),
    )
    return repository, sorted(loading.problems)


def _files(root: Path) -> Iterator[str]:
    for folder in CONTENT_FOLDERS:
        for parent, folders, names in os.walk(root / folder):
            folders[:] = sorted(name for name in folders if name not in {"__pycache__", ".ipynb_checkpoints"})
            relative = Path(parent).relative_to(root).as_posix()
            links = (name for name in folders if os.path.islink(f"{parent}/{name}"))  # noqa: PTH114
            yield from (f"{relative}/{name}" for name in sorted([*names, *links]))


def _notebooks(loading: Loading, folder: str) -> dict[str, Notebook]:
    found = {}
    for path in sorted(loading.files):
        if not (path.startswith(f"{folder}/lesson.") and path.endswith(".ipynb") and path.count(".") == 2):
            continue
        lang = path.split(".")[1]
        if (text := loading.read(path)) is None:
            continue
        notebook, problems = read_notebook(path, lang, text)
        loading.problems.extend(problems)
        if notebook is None:
            loading.broken.add(path)
        else:
            found[lang] = notebook
    return found


def _packs(loading: Loading) -> dict[str, DataPack]:
    packs: dict[str, DataPack] = {}
    for path in sorted(path for path in loading.files if path.endswith("/pack.yml") and "/data/" in path):
        slug = path.split("/")[-2]
        pack = loading.load(DataPack, path, slug)
        if pack is None:
            continue
        if slug in packs:
            what = f"data pack '{slug}' exists already in {packs[slug].origin.path}"
            loading.problems.append(Problem(Place(path, line=1), "DAT101", what, "rename one of the folders"))
        else:
            packs[slug] = pack
    return packs


def _field_problems(error: ValidationError, source: Source) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        keys: tuple[Key, ...] = tuple(key for key in detail["loc"] if key != "[key]")
        name = ".".join(str(key) for key in keys) or "the file"
        kind = detail["type"]
        if kind == "missing":
            what = f"'{name}' is missing"
        elif kind == "extra_forbidden":
            what = f"'{name}' is not a known field"
        else:
            got = "" if isinstance(detail["input"], dict | list) else f" (got {detail['input']!r})"
            what = f"'{name}': {_lower_first(detail['msg'])}{got}"
        yield Problem(source.place(*keys), "YML105", what, ADVICE.get(kind, "see the schema in curriculum/schemas"))


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
