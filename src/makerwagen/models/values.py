"""A child's values against a model's declaration: types, ranges, and the constraints between them."""

import math
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from makerwagen.content.expressions import holds, names_for_constraints, names_in
from makerwagen.content.model import Model, Parameter, ParameterType, Value
from makerwagen.content.typed import text_in
from makerwagen.models.refusal import RefusedError


def check_values(model: Model, values: Mapping[str, Any], *, lang: str = "de") -> dict[str, Value]:
    """Return all of the model's values, defaults filled in; raise RefusedError with a message for the child."""
    known = {parameter.name for parameter in model.parameters}
    for name in values:
        if name not in known:
            raise RefusedError(f"„{name}“ kenne ich nicht. Es gibt: {', '.join(sorted(known))}.", (name,))
    checked = {
        parameter.name: CHECKS[parameter.type](parameter, values.get(parameter.name, parameter.default), lang)
        for parameter in model.parameters
    }
    for constraint in model.constraints:
        if not holds(constraint.when, names_for_constraints(checked)):
            names = tuple(sorted(names_in(constraint.when) & known))
            raise RefusedError(text_in(constraint.message, lang), names)
    return checked


def german(number: float) -> str:
    """Return a number as German children write it: 2,5 and 40, at most one decimal."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


def _number(parameter: Parameter, value: Any, lang: str) -> Value:
    label = text_in(parameter.label, lang)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise RefusedError(f"Bei „{label}“ brauche ich eine Zahl.", (parameter.name,))
    low, high = parameter.min, parameter.max
    if (low is not None and value < low) or (high is not None and value > high):
        ends = [f"von {german(low)}"] if low is not None else []
        ends += [f"bis {german(high)}"] if high is not None else []
        unit = f" {parameter.unit}" if parameter.unit else ""
        message = f"„{label}“ geht {' '.join(ends)}{unit}. Du hast {german(value)} gewählt."
        raise RefusedError(message, (parameter.name,))
    return float(value)


def _integer(parameter: Parameter, value: Any, lang: str) -> Value:
    number = _number(parameter, value, lang)
    if number != int(number):
        raise RefusedError(f"Bei „{text_in(parameter.label, lang)}“ brauche ich eine ganze Zahl.", (parameter.name,))
    return int(number)


def _text(parameter: Parameter, value: Any, lang: str) -> Value:
    # NFC, because "ü" may arrive as "u" with two dots behind it, which no font would put together.
    text = " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else ""
    label = text_in(parameter.label, lang)
    if not text:
        raise RefusedError(f"Schreib bei „{label}“ mindestens einen Buchstaben.", (parameter.name,))
    if parameter.max_length is not None and len(text) > parameter.max_length:
        message = f"Bei „{label}“ passen {parameter.max_length} Zeichen. Du hast {len(text)}."
        raise RefusedError(message, (parameter.name,))
    return text


def _choice(parameter: Parameter, value: Any, lang: str) -> Value:
    if isinstance(value, str) and value in parameter.choices:
        return value
    label = text_in(parameter.label, lang)
    raise RefusedError(f"Wähle bei „{label}“: {', '.join(parameter.choices)}.", (parameter.name,))


def _boolean(parameter: Parameter, value: Any, lang: str) -> Value:
    if isinstance(value, bool):
        return value
    raise RefusedError(f"„{text_in(parameter.label, lang)}“ ist an oder aus.", (parameter.name,))


CHECKS: dict[ParameterType, Callable[[Parameter, Any, str], Value]] = {
    ParameterType.NUMBER: _number,
    ParameterType.INTEGER: _integer,
    ParameterType.TEXT: _text,
    ParameterType.CHOICE: _choice,
    ParameterType.BOOLEAN: _boolean,
}
