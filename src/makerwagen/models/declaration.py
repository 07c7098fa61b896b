"""A model's declaration for a process that only builds; the loader with lines and problems is for authors."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from makerwagen.content.model import Model
from makerwagen.content.typed import Source
from makerwagen.errors import MakerwagenError


class _CoreWords(yaml.SafeLoader):
    """Reads true and false as the words they are, and no other word, as the authors' loader does."""


_CoreWords.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag not in {"tag:yaml.org,2002:timestamp"}]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "yYnNoO"
}


def read_model(root: Path, slug: str) -> Model:
    """Return the declaration of the model `slug`; raise MakerwagenError when there is none to trust."""
    path = root / "cad_models" / slug / "model.yml"
    if not path.is_file():
        names = ", ".join(sorted(entry.parent.name for entry in root.glob("cad_models/*/model.yml")))
        raise MakerwagenError(f"there is no model '{slug}'; the models are: {names}")
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> Model:
    slug = path.parent.name
    try:
        model = Model.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=_CoreWords))  # noqa: S506
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise MakerwagenError(f"{path} cannot be read: {error}; see: makerwagen check cad_models/{slug}") from error
    model.located(slug=slug, source=Source(f"cad_models/{slug}/model.yml"))
    return model
