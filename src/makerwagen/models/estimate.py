"""How long a part prints and how much it weighs, roughly, while a slider moves; the slicer has the last word."""

from collections.abc import Sequence

from makerwagen.content.model import Estimate
from makerwagen.models.outline import PartFacts

# For a family without a fit of its own. Fitted to 15 name tags sliced with PrusaSlicer 2.5 (0.2 mm layers, 0.4 mm
# nozzle, 15 % infill, PLA) for a Prusa MK3S and an Ender-3 V2, taking the mean of both: within 7 % of that mean, while
# the Prusa is about 14 % faster and the Ender about 14 % slower. For other parts than flat tags it is only a hint.
SKIN_MM, INFILL = 0.9, 0.15
START_S, PER_SOLID_MM3_S, PER_MM2_S = 105.0, 0.347, 0.031
PLA_G_PER_MM3 = 0.00125
LEAST = 0.3  # of the general estimate: far outside its sample a fit may not fall below that
Sample = tuple[float, float, float]


def print_minutes(part: PartFacts, family: Estimate | None = None) -> float:
    """Return the rough printing time in minutes, with the fit of the model's family where it has one."""
    general = START_S + PER_SOLID_MM3_S * _printed_mm3(part) + PER_MM2_S * part.area_mm2
    seconds = _fitted(family.seconds, part) if family else general
    return max(seconds, LEAST * general) / 60


def print_grams(part: PartFacts, family: Estimate | None = None) -> float:
    """Return the rough weight in grams."""
    general = PLA_G_PER_MM3 * _printed_mm3(part)
    return max(_fitted(family.grams, part), LEAST * general) if family else general


def fit(samples: Sequence[Sample]) -> tuple[float, float, float]:
    """Return a, b, c of y ≈ a + b · volume + c · surface for (volume, surface, y), by least squares of relative errors.

    Of the fits that leave out none, one or two of them, the best is taken whose b and c are not negative and whose a
    does not stand for more than half of the smallest sample: few samples easily prove nonsense.
    """
    least = min((y for _, _, y in samples), default=0.0)
    best, least_error = (0.0, 0.0, 0.0), float("inf")
    for columns in ((0, 1, 2), (1, 2), (0, 1), (0, 2), (1,), (2,)):
        found = _least_squares(samples, columns) if len(samples) > len(columns) else None
        if found is None or min(found[1:]) < 0 or not -least / 2 <= found[0] <= least / 2:
            continue
        error = sum((found[0] + found[1] * volume + found[2] * area - y) ** 2 / y**2 for volume, area, y in samples)
        if error < least_error:
            best, least_error = found, error
    return best


def worst_error(coefficients: tuple[float, float, float], samples: Sequence[Sample]) -> float:
    """Return the largest relative error of a fit on samples, as a share."""
    a, b, c = coefficients
    return max((abs(a + b * volume + c * area - y) / y for volume, area, y in samples), default=0.0)


def _least_squares(samples: Sequence[Sample], columns: Sequence[int]) -> tuple[float, float, float] | None:
    """Solve the normal equations, each sample weighted by 1/y; None when they have no one solution."""
    rows = [[(1.0, volume, area)[column] / y for column in columns] for volume, area, y in samples]
    size = len(columns)
    matrix = [
        [sum(row[i] * row[j] for row in rows) for j in range(size)] + [sum(row[i] for row in rows)] for i in range(size)
    ]
    scale = [matrix[i][i] ** 0.5 or 1.0 for i in range(size)]
    matrix = [
        [matrix[i][j] / scale[i] / scale[j] for j in range(size)] + [matrix[i][size] / scale[i]] for i in range(size)
    ]
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda row: abs(matrix[row][pivot]))
        matrix[pivot], matrix[best] = matrix[best], matrix[pivot]
        if abs(matrix[pivot][pivot]) < 1e-9:
            return None
        for row in range(size):
            if row != pivot:
                factor = matrix[row][pivot] / matrix[pivot][pivot]
                matrix[row] = [value - factor * other for value, other in zip(matrix[row], matrix[pivot], strict=True)]
    solved = [matrix[i][size] / matrix[i][i] / scale[i] for i in range(size)]
    return tuple(solved[columns.index(column)] if column in columns else 0.0 for column in range(3))  # type: ignore[return-value]


def _fitted(coefficients: tuple[float, float, float], part: PartFacts) -> float:
    a, b, c = coefficients
    return a + b * part.volume_mm3 + c * part.area_mm2


def _printed_mm3(part: PartFacts) -> float:
    # Thin parts are printed solid; in thicker ones only a skin is, and the rest is a loose pattern.
    skin = min(part.volume_mm3, SKIN_MM * part.area_mm2)
    return skin + INFILL * (part.volume_mm3 - skin)
