"""The sub-commands `makerwagen model list|params|export`."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from makerwagen.content.model import Model, Parameter, ParameterType
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError
from makerwagen.models.declaration import read_model

YES, NO = {"true", "ja", "yes", "1", "an"}, {"false", "nein", "no", "0", "aus"}
TIMEOUT_S = 20.0


def run_model(options: argparse.Namespace, root: Path) -> int:
    """Do what was asked for."""
    if options.task == "list":
        slugs = sorted(path.parent.name for path in root.glob("cad_models/*/model.yml"))
        print(listing([read_model(root, slug) for slug in slugs], as_json=options.json))
    elif options.task == "params":
        from makerwagen.models.parameter_schema import parameter_schema

        print(json.dumps(parameter_schema(read_model(root, options.slug)), ensure_ascii=False, indent=2))
    else:
        from makerwagen.models.workshop import Workshop

        model = read_model(root, options.slug)
        with Workshop(root, timeout_s=TIMEOUT_S) as workshop:
            workshop.export(model.slug, chosen(model, options.preset, options.values), options.out)
        print(options.out)
    return 0


def listing(models: Sequence[Model], *, as_json: bool) -> str:
    """Return one line per model, or JSON."""
    if not as_json:
        return "\n".join(f"{model.slug:18} {text_in(model.title, 'de')}" for model in models)
    found = [
        {
            "slug": model.slug,
            "title": model.title,
            "grades": model.grades,
            "parameters": [parameter.name for parameter in model.parameters],
            "presets": list(model.presets),
        }
        for model in models
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def chosen(model: Model, preset: str | None, assignments: Sequence[str]) -> dict[str, Any]:
    """Return the values of a preset with `name=value` texts over them."""
    if preset is not None and preset not in model.presets:
        raise MakerwagenError(f"'{model.slug}' has no preset '{preset}'; there are: {', '.join(model.presets)}")
    values: dict[str, Any] = dict(model.presets[preset].values) if preset else {}
    known = {parameter.name: parameter for parameter in model.parameters}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals or name not in known:
            names = ", ".join(known)
            raise MakerwagenError(f"--set {assignment} is no NAME=VALUE of '{model.slug}'; the names are: {names}")
        values[name] = _value(known[name], text)
    return values


def _value(parameter: Parameter, text: str) -> Any:
    try:
        match parameter.type:
            case ParameterType.NUMBER:
                return float(text.replace(",", "."))
            case ParameterType.INTEGER:
                return int(text)
            case ParameterType.BOOLEAN if text.lower() in YES | NO:
                return text.lower() in YES
            case ParameterType.TEXT | ParameterType.CHOICE:
                return text
    except ValueError:
        pass
    raise MakerwagenError(f"--set {parameter.name}={text}: this takes a {parameter.type.value}")
