"""One stated rule against impossible values: what it takes out is said, counted and kept beside the column."""

from numbers import Real
from typing import Any, Literal

import numpy as np

from makerwagen.learn.seeing.errors import SeeingError, column_of, kind_of, one_of, table_of
from makerwagen.learn.seeing.labels import CLEANED, TAKEN_OUT, cleaned_of, not_measured, unit_of, with_unit
from makerwagen.learn.seeing.style import german

Limit = float | str | None
MOST_LISTED = 8


def clean(
    table: Any, column: str, *, low: Limit = None, high: Limit = None, gaps: Literal["mark", "drop"] = "mark"
) -> Any:
    """Return a copy of `table` without the values of `column` below `low` or above `high`, and say what was done.

    A limit is a number or the name of a column (a car park never has more free places than `capacity`). With
    gaps="mark" the row stays and the value becomes a gap; what stood there moves to the column `<column>_entfernt`,
    so that it can be counted, and `plot` shows it hollow. With gaps="drop" rows without a value leave the table too.
    In a pack with a number for "not measured" (-999), that number goes, too; for it alone no limit is needed.
    """
    column_of(table_of(table), column)
    one_of(gaps, ("mark", "drop"), "Angabe gaps =", "Die")
    code = not_measured(table)
    if low is None and high is None and code is None:
        raise SeeingError(f'Welche Werte sind unmöglich? Nenne eine Grenze: clean(tabelle, "{column}", low=0)')
    values = numbers_in(table, column)
    lows, highs = (_limits(table, limit, name) for limit, name in ((low, "low"), (high, "high")))
    if isinstance(low, Real) and isinstance(high, Real) and low > high:
        raise SeeingError(f"low={german(float(low))} ist größer als high={german(float(high))}. Tausche die beiden.")
    coded = np.zeros(len(values), dtype=bool) if code is None else values == code
    outside = (values < lows) | (values > highs) | coded
    cleaned = _marked(table, column, values, outside)
    missing = int(np.isnan(values).sum())
    beyond = (values < lows) | (values > highs)
    if low is None and high is None:
        beyond, rule = coded, f"bei {german(float(code or 0))}"
    else:
        rule = _rule(table, column, low, high)
    said = _sentence(column, values[beyond], rule, (len(values) - missing, missing))
    if code is not None and coded.any():
        said = said.replace(" Es ist alles geblieben.", "") + _code_in_words(code, int((coded & ~beyond).sum()))
    if gaps == "drop":
        cleaned = cleaned[cleaned[column].notna()]
        said += f" Zeilen ohne Wert sind gelöscht: {int(outside.sum()) + missing}."
    cleaned.attrs = {**table.attrs, CLEANED: [*cleaned_of(table), said]}
    print(said)
    return cleaned


def numbers_in(table: Any, column: str) -> Any:
    """Return a column as numbers with NaN for gaps; raise SeeingError when it holds something else."""
    values = table[column]
    if values.dtype.kind not in "iufb" and not hasattr(values.dtype, "numpy_dtype"):
        example = next(iter(values.dropna()), None)
        raise SeeingError(
            f"In „{column}“ stehen keine Zahlen, sondern zum Beispiel {example!r}. Nimm eine andere Spalte."
        )
    return values.to_numpy(dtype=float, na_value=np.nan)


def _limits(table: Any, limit: Limit, name: str) -> Any:
    if limit is None:
        return -np.inf if name == "low" else np.inf
    if isinstance(limit, str):
        return numbers_in(table, column_of(table, limit))
    if isinstance(limit, Real) and not isinstance(limit, bool):
        return float(limit)
    raise SeeingError(f"Die Grenze {name} muss eine Zahl oder der Name einer Spalte sein, hier steht {kind_of(limit)}.")


def _marked(table: Any, column: str, values: Any, outside: Any) -> Any:
    """Return a copy in which values outside are gaps, and stand in a column of their own."""
    cleaned = table.copy()
    if not outside.any():
        return cleaned
    beside = f"{column}{TAKEN_OUT}"
    before = cleaned[beside].to_numpy(dtype=float) if beside in cleaned.columns else np.full(len(values), np.nan)
    cleaned[column] = np.where(outside, np.nan, values)
    cleaned[beside] = np.where(outside, values, before)
    return cleaned


def _rule(table: Any, column: str, low: Limit, high: Limit) -> str:
    # "unter 0 Plätze" would be wrong German, and "unter 0 °C" is right: only signs go into the sentence.
    unit = unit_of(table, column)
    unit = "" if len(unit) > 3 and unit.isalpha() else unit
    below, above = (_said(limit, unit) for limit in (low, high))
    if low is not None and high is not None:
        return f"außerhalb von {_said(low, '')} bis {above}"
    return f"unter {below}" if high is None else f"über {above}"


def _code_in_words(code: float, more: int) -> str:
    times = "Einmal" if more == 1 else f"{more}-mal"
    also = f" {times} stand da {german(code)} und ist jetzt eine Lücke." if more else ""
    return f"{also} {means_nothing(code)}"


def means_nothing(code: float) -> str:
    """Return what a pack's number for a missing value means."""
    return f"{german(code)} heißt: nicht gemessen."


def _said(limit: Limit, unit: str) -> str:
    return f"„{limit}“" if isinstance(limit, str) else with_unit(german(float(limit or 0)), unit)


def _sentence(column: str, taken: Any, rule: str, counts: tuple[int, int]) -> str:
    there, missing = counts
    if not len(taken):
        said = f"Kein Wert von {there} in „{column}“ lag {rule}. Es ist alles geblieben."
    else:
        verb, now = ("lag", "ist jetzt eine Lücke") if len(taken) == 1 else ("lagen", "sind jetzt Lücken")
        listed = ", ".join(german(value) for value in taken[:MOST_LISTED]) + (" …" if len(taken) > MOST_LISTED else "")
        said = f"{len(taken)} von {there} Werten in „{column}“ {verb} {rule} und {now}: {listed}."
    if missing:
        said += f" {missing} {'Wert fehlte' if missing == 1 else 'Werte fehlten'} schon vorher."
    return said
