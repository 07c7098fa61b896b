"""The JSON Schema of a model's parameters, for other programs that want to fill them in."""

from typing import Any

from makerwagen.content.model import Model, Parameter, ParameterType
from makerwagen.content.typed import text_in

TYPES = {
    ParameterType.NUMBER: "number",
    ParameterType.INTEGER: "integer",
    ParameterType.TEXT: "string",
    ParameterType.CHOICE: "string",
    ParameterType.BOOLEAN: "boolean",
}


def parameter_schema(model: Model, *, lang: str = "de") -> dict[str, Any]:
    """Return the schema (draft 2020-12); conditions between parameters stand under `x-constraints`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": text_in(model.title, lang),
        "type": "object",
        "additionalProperties": False,
        "properties": {parameter.name: _property(parameter, lang) for parameter in model.parameters},
        "x-constraints": [
            {"when": constraint.when, "message": text_in(constraint.message, lang)} for constraint in model.constraints
        ],
        "x-presets": {
            name: {"title": text_in(preset.title, lang), "values": preset.values}
            for name, preset in model.presets.items()
        },
    }


def _property(parameter: Parameter, lang: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": TYPES[parameter.type],
        "title": text_in(parameter.label, lang),
        "description": text_in(parameter.help, lang) if parameter.help else None,
        "default": parameter.default,
        "minimum": parameter.min,
        "maximum": parameter.max,
        "maxLength": parameter.max_length,
        "minLength": 1 if parameter.type is ParameterType.TEXT else None,
        "enum": list(parameter.choices) or None,
        "x-unit": parameter.unit,
        "x-step": parameter.step,
        "x-group": parameter.group,
    }
    return {key: value for key, value in found.items() if value is not None}
