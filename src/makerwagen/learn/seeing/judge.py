"""Judging in words: is a difference larger than the sensor's error, is a rule better than a lazy guess."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from makerwagen.learn.seeing.clean import numbers_in
from makerwagen.learn.seeing.errors import SeeingError, column_of, one_of, table_of
from makerwagen.learn.seeing.labels import unit_of, with_unit
from makerwagen.learn.seeing.style import short

# Below this chance a result is hard to explain by luck alone: the usual 5 % of a two-sided sign test.
LUCK = 0.05
LEAST_ROWS = 8
NAIVE = {"yesterday": "wie beim letzten Mal", "mean": "immer der Mittelwert"}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Comparison:
    """Two series compared: their means, how many values of each count, and the verdict in words."""

    mean_a: float
    mean_b: float
    count_a: int
    count_b: int
    words: str

    @property
    def difference(self) -> float:
        """Return by how much the first mean lies above the second."""
        return self.mean_a - self.mean_b


@dataclass(frozen=True)
class Verdict:
    """A rule against a lazy guess on rows it did not know: mean absolute errors, rounds won, chance, and words."""

    error: float
    naive_error: float
    rows: int
    won: int
    lost: int
    chance: float
    words: str

    @property
    def is_better(self) -> bool:
        """Say whether the rule beats the lazy guess by more than luck explains."""
        return self.error < self.naive_error and self.chance < LUCK


def compare(a: Any, b: Any, *, band: float | None = None, unit: str = "") -> Comparison:
    """Compare two columns and say by how much the mean of the first is above that of the second.

    With `band`, the error of one sensor, a difference counts only when it is larger than both errors together.
    """
    first, second = _values(a, "a"), _values(b, "b")
    names = _names(a, b)
    unit = unit or (unit_of(a, names[0]) if hasattr(a, "attrs") else "")
    means = float(first.mean()), float(second.mean())
    apart = abs(means[0] - means[1])
    by_how_much = f"im Mittel {with_unit(short(apart), unit)} {'über' if means[0] > means[1] else 'unter'}"
    said = [f"{names[0]} liegt {by_how_much} {names[1]} ({short(means[0])} gegen {short(means[1])})."]
    if not apart:
        said = [f"{names[0]} und {names[1]} sind im Mittel gleich ({short(means[0])})."]
    if first.min() <= second.max() and second.min() <= first.max():
        spans = " und ".join(f"{short(part.min())} bis {short(part.max())}" for part in (first, second))
        said.append(f"Die einzelnen Werte überschneiden sich: {spans}.")
    if band is not None:
        both = with_unit(short(2 * band), unit)
        larger = f"Das ist mehr, als zwei Fühler zusammen danebenliegen können ({both})."
        smaller = f"Zwei Fühler können zusammen um {both} danebenliegen: Der Unterschied kann auch von ihnen kommen."
        said.append(larger if apart > 2 * band else smaller)
    if min(len(first), len(second)) < LEAST_ROWS:
        said.append(f"Vorsicht, das sind wenige Werte: {len(first)} und {len(second)}.")
    words = " ".join(said)
    print(words)
    return Comparison(*means, len(first), len(second), words)


def split(table: Any, time: str, *, share: float = 0.3) -> tuple[Any, Any]:
    """Return the earlier rows to learn from and the last `share` of them to test on, in order of `time`, and say so."""
    column_of(table_of(table), time)
    if not 0.05 <= share <= 0.8:
        raise SeeingError("share ist der Anteil zum Prüfen: eine Zahl von 0.05 bis 0.8, zum Beispiel 0.3.")
    rows = table[table[time].notna()].sort_values(time, kind="stable")
    moments = list(dict.fromkeys(rows[time]))
    if len(moments) < 4:
        raise SeeingError(
            f"In „{time}“ stehen nur {len(moments)} verschiedene Zeiten. Zum Lernen und Prüfen braucht es 4."
        )
    # Whole moments only: what many places measured at once does not fall to both sides.
    begin = moments[max(2, min(len(moments) - 1, round(len(moments) * (1 - share))))]
    learn, test = rows[rows[time] < begin], rows[rows[time] >= begin]
    print(f"{len(learn)} Zeilen zum Lernen, {len(test)} spätere Zeilen zum Prüfen. Die darf deine Regel nicht kennen.")
    return learn, test


def judge(  # noqa: PLR0913, one line of a child's notebook says it all
    rule: Callable[[Row], float],
    learn: Any,
    test: Any,
    column: str,
    *,
    naive: Literal["yesterday", "mean"] = "yesterday",
    by: str | None = None,
) -> Verdict:
    """Try `rule` on the rows of `test` and say how far off it is, against a lazy guess.

    `rule` gets a row without `column`, so it cannot peek, and returns its guess. The lazy guess is the value before
    (for each `by` its own), or the mean of `learn`. Rows without a value, or whose lazy guess is unknown, do not count.
    """
    for table in (learn, test):
        for name in (column, *((by,) if by else ())):
            column_of(table_of(table), name)
    one_of(naive, NAIVE, "einfache Regel", "Die")
    truth, lazy = numbers_in(test, column), _lazy(learn, test, column, naive=naive, by=by)
    counts = ~np.isnan(truth) & ~np.isnan(lazy)
    if counts.sum() < 2:
        raise SeeingError(f"Zum Prüfen fehlen Werte in „{column}“: Es bleiben {counts.sum()} Zeilen.")
    guesses = np.array([_guess(rule, row, column) for row in test[counts].to_dict("records")])
    own, other = np.abs(guesses - truth[counts]), np.abs(lazy[counts] - truth[counts])
    won, lost = int((own < other).sum()), int((own > other).sum())
    found = (float(own.mean()), float(other.mean()), int(counts.sum()), won, lost, sign_test(won, lost))
    words = _verdict(found, NAIVE[naive], unit_of(test, column))
    print(words)
    return Verdict(*found, words)


def sign_test(won: int, lost: int) -> float:
    """Return how likely tossing a coin splits `won + lost` at least as unevenly (exact two-sided sign test)."""
    rounds = won + lost
    tail = sum(math.comb(rounds, number) for number in range(min(won, lost) + 1))
    return min(1.0, float(2 * tail / 2**rounds))


def _names(a: Any, b: Any) -> tuple[str, str]:
    names = (str(getattr(a, "name", None) or ""), str(getattr(b, "name", None) or ""))
    return names if all(names) and names[0] != names[1] else ("Spalte 1", "Spalte 2")


def _values(column: Any, which: str) -> Any:
    if hasattr(column, "columns"):
        raise SeeingError('Gib zwei Spalten, keine Tabellen: compare(wiese["temperatur"], asphalt["temperatur"])')
    try:
        values = np.asarray(column, dtype=float)
    except (TypeError, ValueError):
        raise SeeingError(f"In {which} stehen keine Zahlen. Gib eine Spalte mit Zahlen.") from None
    values = values[~np.isnan(values)]
    if not values.size:
        raise SeeingError(f"In {which} steht kein einziger Wert. Vergleichen geht nur mit Werten.")
    return values


def _lazy(learn: Any, test: Any, column: str, *, naive: str, by: str | None) -> Any:
    known = numbers_in(learn, column)
    if naive == "mean":
        if np.isnan(known).all():
            raise SeeingError(f"Zum Lernen steht in „{column}“ kein Wert.")
        return np.full(len(test), np.nanmean(known))
    last: dict[Any, float] = {}
    guesses = []
    for table, seen in ((learn, False), (test, True)):
        names = list(table[by]) if by else [""] * len(table)
        for name, value in zip(names, numbers_in(table, column), strict=True):
            if seen:
                guesses.append(last.get(name, np.nan))
            if not np.isnan(value):
                last[name] = float(value)
    return np.array(guesses)


def _guess(rule: Callable[[Row], float], row: dict[Any, Any], column: str) -> float:
    shown = {name: value for name, value in row.items() if name != column}
    try:
        guess = rule(shown)
    except KeyError as error:
        if error.args == (column,):
            raise SeeingError(f"Deine Regel schaut in „{column}“ nach: Das soll sie ja gerade vorhersagen.") from None
        raise SeeingError(f"Deine Regel sucht die Spalte {error}. Es gibt: {', '.join(map(str, shown))}.") from None
    try:
        number = float(guess)
    except (TypeError, ValueError):
        raise SeeingError(f"Deine Regel gibt {guess!r} zurück, keine Zahl. Steht am Ende return?") from None
    if not math.isfinite(number):
        raise SeeingError("Deine Regel rechnet mit einer Lücke. Frag mit if ab, ob ein Wert fehlt.")
    return number


def _verdict(found: tuple[float, float, int, int, int, float], naive: str, unit: str) -> str:
    own, other, rows, won, lost, chance = found
    said = [
        f"Geprüft an {rows} Zeilen, die deine Regel nicht kannte.",
        f"Deine Regel liegt im Mittel {with_unit(short(own), unit)} daneben, "
        f"die einfache Regel („{naive}“) {with_unit(short(other), unit)}.",
        f"Näher dran war deine {won}-mal, die einfache {lost}-mal.",
    ]
    if own >= other:
        said.append("Deine Regel ist nicht besser als die einfache. Auch das ist ein Ergebnis.")
    elif chance >= LUCK:
        said.append("Deine Regel ist etwas besser, aber so etwas kommt auch beim Münzwurf vor. Prüfe an mehr Zeilen.")
    else:
        said.append("Deine Regel ist besser, und Glück allein erklärt das kaum.")
    return " ".join(said)
