"""Every model's presets as files for printers, other programs and pages, kept by the hash of what they come from."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from makerwagen import models
from makerwagen.content.model import Model, Value
from makerwagen.content.repository import Repository
from makerwagen.models.parameter_schema import parameter_schema
from makerwagen.models.workshop import RefusedError, Workshop, WorkshopError
from makerwagen.problems import Problem
from makerwagen.store import Store, digest_folder, key_of

KINDS = ("stl", "3mf", "step", "glb", "png", "svg", "js")
DEFAULT = "default"
SCHEMA = "parameters.schema.json"
TIMEOUT_S = 30.0  # for one part on a busy machine
ENGINE = Path(models.__file__).parent
FONTS = "site/theme/fonts"


@dataclass(frozen=True)
class Variant:
    """One set of values of a model: its preset's name, and the key under which its files are kept."""

    model: Model
    name: str
    values: Mapping[str, Value]
    key: str

    def kept(self, kind: str) -> str:
        """Return the name of a file in the store."""
        return f"{self.key}.{kind}"


def write_shapes(repository: Repository, *, out: Path, store: Store, jobs: int = 2) -> list[Problem]:
    """Write the files of all KINDS as `out`/<model>/<preset>.<kind>, and the JSON Schema of the model's parameters.

    Returns a problem for each part without files.
    """
    variants = list(_variants(repository))
    missing = [variant for variant in variants if not all([_is_kept(variant, kind, store) for kind in KINDS])]
    problems: list[Problem] = []
    if missing:
        with ThreadPoolExecutor(max(1, min(jobs, len(missing) // 4))) as threads:
            shares = [missing[start :: threads._max_workers] for start in range(threads._max_workers)]
            for found in threads.map(lambda share: list(_make(repository.root, share, store)), shares):
                problems += found
    failed = {problem.place.path for problem in problems}
    for variant in variants:
        if variant.model.origin.path not in failed:
            _place(variant, out / variant.model.slug, store)
            if variant.name == DEFAULT:
                schema = json.dumps(parameter_schema(variant.model), ensure_ascii=False, indent=2)
                (out / variant.model.slug / SCHEMA).write_text(schema + "\n", encoding="utf-8")
    return sorted(problems)


def _variants(repository: Repository) -> Iterator[Variant]:
    root = repository.root
    lock = root / "requirements.lock"
    shared = [digest_folder(ENGINE, "*.py"), digest_folder(root / FONTS)]
    shared += [lock.read_text(encoding="utf-8")] if lock.exists() else []
    for slug, model in sorted(repository.models.items()):
        if not (root / "cad_models" / slug / "model.py").exists():
            continue
        own = digest_folder(root / "cad_models" / slug)
        for name, values in {DEFAULT: {}, **{name: preset.values for name, preset in model.presets.items()}}.items():
            yield Variant(model, name, values, key_of("shape", shared, own, slug, dict(values)))


def _is_kept(variant: Variant, kind: str, store: Store) -> bool:
    store.used.add(variant.kept(kind))
    return store.path(variant.kept(kind)).exists()


def _make(root: Path, variants: Iterable[Variant], store: Store) -> Iterator[Problem]:
    with Workshop(root, timeout_s=TIMEOUT_S) as workshop:
        for variant in variants:
            model, paths = variant.model, [store.path(variant.kept(kind)) for kind in KINDS]
            try:
                workshop.export_all(model.slug, variant.values, paths, preset=variant.name)
            except (RefusedError, WorkshopError) as error:
                place = model.at("presets", variant.name) if variant.name in model.presets else model.at("parameters")
                what = f"'{variant.name}' gives no part: {error.message} {error.detail}".strip()
                yield Problem(place, "CAD109", what, "change the values, or build() in model.py")


def _place(variant: Variant, folder: Path, store: Store) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        source, target = store.path(variant.kept(kind)), folder / f"{variant.name}.{kind}"
        if not source.exists():
            continue
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
