"""Values worth building: every corner up to six numeric parameters, pairwise beyond, random ones, and hard names."""

import itertools
import random
from collections.abc import Iterator, Sequence

from makerwagen.content.model import Model, Parameter, ParameterType, Value

NUMERIC = {ParameterType.NUMBER, ParameterType.INTEGER}
ALL_CORNERS = 6
HARD_NAMES = (
    *("i", "KAI", "ÄÖÜß", "Zoë", "Łukasz", "Şükrü", "Анна", "Jürgen", "MMMMMMMMMMMM"),
    *("eeeeeeeeeeee", "012345678901", "U-Turm!", "Ø8%&", "Ğığ", "fi ffl", "O'Neill"),
)
Values = dict[str, Value]


def corners(model: Model, seed: int = 7) -> list[Values]:
    """Return the corners in a fixed, mixed order; each takes a random choice for what is no number."""
    chance = random.Random(seed)
    numbers = [parameter for parameter in model.parameters if parameter.type in NUMERIC]
    if len(numbers) <= ALL_CORNERS:
        ends = [list(corner) for corner in itertools.product((0, 1), repeat=len(numbers))]
    else:
        ends = pairwise(len(numbers), chance)
    chance.shuffle(ends)
    others = [parameter for parameter in model.parameters if parameter.type not in NUMERIC]
    found = []
    for corner in ends:
        values = {parameter.name: _end(parameter, side) for parameter, side in zip(numbers, corner, strict=True)}
        found.append({**values, **{parameter.name: _some(parameter, chance) for parameter in others}})
    return found


def pairwise(count: int, chance: random.Random) -> list[list[int]]:
    """Return rows of 0 and 1 in which every two columns show all four pairs; a greedy cover."""
    missing = {(i, j, a, b) for i, j in itertools.combinations(range(count), 2) for a in (0, 1) for b in (0, 1)}
    rows = []
    while missing:
        tries = [[chance.randint(0, 1) for _ in range(count)] for _ in range(50)]
        best = max(tries, key=lambda row: sum(row[i] == a and row[j] == b for i, j, a, b in missing))
        rows.append(best)
        missing = {(i, j, a, b) for i, j, a, b in missing if (best[i], best[j]) != (a, b)}
    return rows


def random_values(model: Model, count: int, seed: int = 7) -> Iterator[Values]:
    """Yield values from anywhere between the ends, on the sliders' steps."""
    chance = random.Random(seed)
    for _ in range(count):
        yield {parameter.name: _some(parameter, chance) for parameter in model.parameters}


def hard_names(model: Model, names: Sequence[str] = HARD_NAMES) -> Iterator[Values]:
    """Yield the model as it comes with each hard name, cut to its length."""
    for parameter in model.parameters:
        if parameter.type is ParameterType.TEXT:
            for name in names:
                yield {parameter.name: name[: parameter.max_length]}


def _end(parameter: Parameter, side: int) -> Value:
    end = parameter.max if side else parameter.min
    if end is None:
        return parameter.default
    return int(end) if parameter.type is ParameterType.INTEGER else end


def _some(parameter: Parameter, chance: random.Random) -> Value:
    match parameter.type:
        case ParameterType.CHOICE:
            return chance.choice(parameter.choices)
        case ParameterType.BOOLEAN:
            return chance.random() < 0.5
        case ParameterType.TEXT:
            return chance.choice(HARD_NAMES)[: parameter.max_length]
    low, high = parameter.min, parameter.max
    if low is None or high is None:
        return parameter.default
    step = parameter.step or 1.0
    value = round(low + step * chance.randint(0, int((high - low) / step + 1e-9)), 6)
    return int(value) if parameter.type is ParameterType.INTEGER else value
