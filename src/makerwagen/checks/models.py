"""Rules about CAD models: parameters that a slider can move, presets and conditions that fit them."""

import ast
from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.python_source import Wrong, tree_of_file
from makerwagen.content.expressions import ExpressionError, holds, names_for_constraints, names_in
from makerwagen.content.model import Parameter, ParameterType, Value
from makerwagen.content.repository import Repository
from makerwagen.problems import Place, Problem

NUMBERS = {ParameterType.NUMBER, ParameterType.INTEGER}


def models_have_their_program(repository: Repository) -> Iterator[Problem]:
    """CAD101: beside every model.yml lies a model.py that is valid Python and has a function `build`.

    Why: Sliders without a program move nothing.
    Bad:
        cad_models/name-tag/model.yml
    Good:
        cad_models/name-tag/model.yml  cad_models/name-tag/model.py
    """
    for model in repository.models.values():
        path = model.origin.path.removesuffix("model.yml") + "model.py"
        if path not in repository.files:
            yield Problem(model.at(), "CAD101", "there is no model.py beside it", "add it with build(params)")
            continue
        tree = tree_of_file(repository.root / path)
        if isinstance(tree, Wrong):
            place = Place(path, line=tree.line)
            yield Problem(place, "CAD101", f"not valid Python: {tree.message}", "mend the line, or the one above it")
        elif "build" not in {name for node in tree.body for name in _bound(node)}:
            yield Problem(Place(path, line=1), "CAD101", "there is no function 'build'", "write 'def build(params): …'")


def defaults_are_allowed(repository: Repository) -> Iterator[Problem]:
    """CAD102: every default is of its parameter's type and within its limits.

    Why: The default is the part that a child sees first.
    Bad:
        {name: width_mm, type: number, min: 20, max: 60, step: 1, default: 80, …}
    Good:
        {name: width_mm, type: number, min: 20, max: 60, step: 1, default: 40, …}
    """
    for model in repository.models.values():
        for number, parameter in enumerate(model.parameters):
            if fault := _fault(parameter, parameter.default):
                what = f"default {parameter.default!r} of '{parameter.name}' {fault}"
                yield Problem(model.at("parameters", number, "default"), "CAD102", what, "change the default")


def sliders_have_limits(repository: Repository) -> Iterator[Problem]:
    """CAD103: a number has min, max and step with min < max, a choice has choices.

    Why: A slider needs two ends; without them a child can ask for a part as long as the street.
    Bad:
        {name: width_mm, type: number, min: 60, max: 20, default: 40, …}
    Good:
        {name: width_mm, type: number, min: 20, max: 60, step: 1, default: 40, …}
    """
    for model in repository.models.values():
        for number, parameter in enumerate(model.parameters):
            for field, what, remedy in _limit_faults(parameter):
                yield Problem(model.at("parameters", number, field), "CAD103", f"'{parameter.name}' {what}", remedy)


def presets_are_allowed(repository: Repository) -> Iterator[Problem]:
    """CAD104: presets name parameters of the model, with values within their limits.

    Why: A preset is a button; it must always give a part.
    Bad:
        presets: {small: {title: {de: klein}, values: {widht_mm: 20}}}
    Good:
        presets: {small: {title: {de: klein}, values: {width_mm: 20}}}
    """
    for model in repository.models.values():
        known = {parameter.name: parameter for parameter in model.parameters}
        for name, preset in model.presets.items():
            for key, value in preset.values.items():
                place = model.at("presets", name, "values", key)
                if key not in known:
                    remedy = did_you_mean(key, known, "add the parameter, or remove it here")
                    yield Problem(place, "CAD104", f"preset '{name}' sets '{key}', which is no parameter", remedy)
                elif fault := _fault(known[key], value):
                    what = f"preset '{name}' sets '{key}' to {value!r}, which {fault}"
                    yield Problem(place, "CAD104", what, "change the value")


def constraints_are_plain(repository: Repository) -> Iterator[Problem]:
    """CAD105: a constraint is plain arithmetic between parameters of the model.

    Why: It is worked out while a slider moves, on laptops and on pages; it must be no program.
    Bad:
        constraints: [{when: "hole_mm + 4 <= hieght_mm", …}]
    Good:
        constraints: [{when: "hole_mm + 4 <= height_mm", …}]
    """
    for model in repository.models.values():
        names = names_for_constraints(model.defaults)
        for number, constraint in enumerate(model.constraints):
            place = model.at("constraints", number, "when")
            try:
                unknown = sorted(names_in(constraint.when) - set(names))
                if not unknown:
                    holds(constraint.when, names)
            except ExpressionError as error:
                what, _, remedy = str(error).partition("; ")
                yield Problem(place, "CAD105", what, remedy or "use names, numbers, + - * /, comparisons, and, or, not")
                continue
            for name in unknown:
                remedy = did_you_mean(name, names, "add the parameter")
                yield Problem(place, "CAD105", f"'{name}' in '{constraint.when}' is no parameter", remedy)


def model_ids_are_their_folders(repository: Repository) -> Iterator[Problem]:
    """CAD106: a model's id is the name of its folder.

    Why: Lessons refer to the folder, a child's piece to the id; two names for one thing lead astray.
    Bad:
        cad_models/name-tag/model.yml with id: nametag
    Good:
        cad_models/name-tag/model.yml with id: name-tag
    """
    for slug, model in repository.models.items():
        if model.id != slug:
            what = f"the id is '{model.id}', the folder '{slug}'"
            yield Problem(model.at("id"), "CAD106", what, f"write 'id: {slug}'")


def parameter_names_are_unique(repository: Repository) -> Iterator[Problem]:
    """CAD107: every parameter of a model has a name of its own.

    Why: Of two sliders with one name, one moves nothing.
    Bad:
        parameters: [{name: width_mm, …}, {name: width_mm, …}]
    Good:
        parameters: [{name: width_mm, …}, {name: height_mm, …}]
    """
    for model in repository.models.values():
        names = [parameter.name for parameter in model.parameters]
        for number, name in enumerate(names):
            if name in names[:number]:
                place = model.at("parameters", number, "name")
                yield Problem(place, "CAD107", f"parameter '{name}' is here twice", "rename one of them")


def ready_made_values_keep_the_constraints(repository: Repository) -> Iterator[Problem]:
    """CAD108: the defaults, and every preset, keep the model's own constraints.

    Why: A child who opens the model, or presses a preset, must not be met by a complaint.
    Bad:
        hole_mm: default 8, height_mm: default 10, constraint hole_mm + 4 <= height_mm
    Good:
        hole_mm: default 4, height_mm: default 10, constraint hole_mm + 4 <= height_mm
    """
    for model in repository.models.values():
        sets: list[tuple[str, dict[str, Value]]] = [("the defaults", {})]
        sets.extend((f"preset '{name}'", preset.values) for name, preset in model.presets.items())
        for number, constraint in enumerate(model.constraints):
            for name, values in sets:
                if _breaks(constraint.when, {**model.defaults, **values}):
                    place, what = model.at("constraints", number, "when"), f"'{constraint.when}' is not true for {name}"
                    yield Problem(place, "CAD108", what, "change the values, or the condition")


def _bound(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    return [alias.asname or alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []


def _breaks(expression: str, values: dict[str, Value]) -> bool:
    try:
        return not holds(expression, names_for_constraints(values))
    except ExpressionError:
        return False  # CAD105 tells


def _fault(parameter: Parameter, value: Value) -> str | None:
    kind = parameter.type
    if kind in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "is not a number"
        if kind is ParameterType.INTEGER and value != int(value):
            return "is not a whole number"
        return _outside(parameter, value)
    if kind is ParameterType.BOOLEAN:
        return None if isinstance(value, bool) else "is not true or false"
    if not isinstance(value, str):
        return "is not text (quote it)"
    if kind is ParameterType.CHOICE and value not in parameter.choices:
        return f"is not one of {', '.join(parameter.choices) or 'the choices'}"
    if parameter.max_length is not None and len(value) > parameter.max_length:
        return f"is longer than {parameter.max_length} characters"
    return None


def _outside(parameter: Parameter, value: float) -> str | None:
    if parameter.min is not None and value < parameter.min:
        return f"is below min {parameter.min:g}"
    if parameter.max is not None and value > parameter.max:
        return f"is above max {parameter.max:g}"
    return None


def _limit_faults(parameter: Parameter) -> Iterator[tuple[str, str, str]]:
    if parameter.type is ParameterType.CHOICE and not parameter.choices:
        yield "type", "has no choices", "add 'choices: […]'"
    if parameter.type not in NUMBERS:
        return
    for field in ("min", "max", "step"):
        if getattr(parameter, field) is None and not (field == "step" and parameter.type is ParameterType.INTEGER):
            yield "name", f"has no {field}", f"add '{field}: …'"
    if parameter.min is None or parameter.max is None:
        return
    if parameter.min >= parameter.max:
        yield "min", f"goes from {parameter.min:g} to {parameter.max:g}", "write the smaller value as min"
    elif parameter.step is not None and not 0 < parameter.step <= parameter.max - parameter.min:
        yield "step", f"has a step of {parameter.step:g}", "use a step above 0 that fits between min and max"
