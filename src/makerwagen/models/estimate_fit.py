"""Weights of an estimate from sliced samples, and how far it is off on samples that it has not seen."""

from collections.abc import Sequence
from itertools import combinations

import numpy

Sample = tuple[Sequence[float], float]  # features, and what the slicer said
FOLDS = 6


def fit(samples: Sequence[Sample]) -> tuple[float, ...]:
    """Return weights, none of them negative, by least squares of relative errors.

    More plastic, more surface or more layers never print faster, so of all choices of features the best one is taken
    whose weights are not negative (there are few enough to try them all).
    """
    rows = numpy.array([[feature / said for feature in found] for found, said in samples])
    best: tuple[float, tuple[int, ...], list[float]] = (float("inf"), (), [])
    for count in range(1, min(rows.shape[1], len(rows)) + 1):
        for columns in combinations(range(rows.shape[1]), count):
            weights = numpy.linalg.lstsq(rows[:, columns], numpy.ones(len(rows)), rcond=None)[0]
            error = float(((rows[:, columns] @ weights - 1) ** 2).sum())
            if (weights >= 0).all() and error < best[0] - 1e-12:
                best = error, columns, weights.tolist()
    kept = dict(zip(best[1], best[2], strict=True))
    return tuple(kept.get(column, 0.0) for column in range(rows.shape[1]))


def held_out(samples: Sequence[Sample]) -> tuple[float, float]:
    """Return the largest and the mean relative error on samples that were left out of the fit, as shares."""
    errors = []
    for fold in range(FOLDS):
        seen = [sample for number, sample in enumerate(samples) if number % FOLDS != fold]
        weights = fit(seen)
        errors += [_error(weights, sample) for number, sample in enumerate(samples) if number % FOLDS == fold]
    return max(errors), sum(errors) / len(errors)


def _error(weights: Sequence[float], sample: Sample) -> float:
    found, said = sample
    return abs(sum(weight * feature for weight, feature in zip(weights, found, strict=True)) / said - 1)
