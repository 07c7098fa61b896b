"""From a table to the series of a plot: who is who, in which order, where nothing was measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from makerwagen.learn.seeing.clean import numbers_in
from makerwagen.learn.seeing.errors import SeeingError, column_of, table_of
from makerwagen.learn.seeing.labels import TAKEN_OUT
from makerwagen.learn.seeing.style import MOST_SERIES

TIME_ZONE = "Europe/Berlin"
# A regular series has a gap where half a step more than usual is missing; an irregular one only where four are.
REGULAR_SHARE, REGULAR_GAP, IRREGULAR_GAP = 0.6, 1.5, 4.0


@dataclass(frozen=True)
class Series:
    """One line of a plot: places on the x-axis as numbers, values with NaN for gaps, and the values taken out."""

    name: str
    x: Any
    y: Any
    removed: Any

    @property
    def ends(self) -> Any:
        """Return where values are."""
        return np.flatnonzero(~np.isnan(self.y))

    def gaps(self) -> list[tuple[float, float]]:
        """Return from where to where, between its first and last value, nothing is known."""
        there = self.ends
        limit = longest_step(self.x)
        pairs = zip(there[:-1], there[1:], strict=True)
        return [
            (float(self.x[one]), float(self.x[two]))
            for one, two in pairs
            if two - one > 1 or self.x[two] - self.x[one] > limit
        ]

    def broken(self) -> tuple[Any, Any]:
        """Return x and y with NaN put in where steps are missing, so that no line runs over a gap."""
        cuts = np.flatnonzero(np.diff(self.x) > longest_step(self.x)) + 1
        return np.insert(self.x.astype(float), cuts, np.nan), np.insert(self.y.astype(float), cuts, np.nan)


@dataclass(frozen=True)
class Picture:
    """What a plot is made of: its series, the kind of its x-axis, the names along it, and rows that have no place."""

    series: tuple[Series, ...]
    is_time: bool
    names: tuple[str, ...]
    lost: int


def longest_step(x: Any) -> float:
    """Return the longest step along x that still is no gap."""
    steps = np.diff(x)
    steps = steps[steps > 0]
    if len(steps) < 3:
        return float("inf")
    usual = float(np.median(steps))
    regular = (np.abs(steps - usual) <= 0.1 * usual).mean() >= REGULAR_SHARE
    return usual * (REGULAR_GAP if regular else IRREGULAR_GAP)


def picture_of(table: Any, x: str, y: str, *, by: str | None, as_names: bool) -> Picture:
    """Return the series of `table`, one for each value in `by`; raise SeeingError when they cannot be told apart."""
    for column in (x, y, *((by,) if by else ())):
        column_of(table_of(table), column)
    if not len(table):
        raise SeeingError("Die Tabelle ist leer. Dein Filter lässt keine Zeile übrig: Prüfe die Bedingung.")
    places, names = _places(table, x, as_names)
    values = numbers_in(table, y)
    beside = f"{y}{TAKEN_OUT}"
    removed = numbers_in(table, beside) if beside in table.columns else np.full(len(values), np.nan)
    series = []
    for name, rows in _groups(table, y, by):
        rows = rows & ~np.isnan(places)
        order = np.argsort(places[rows], kind="stable")
        series.append(Series(name, *(part[rows][order] for part in (places, values, removed))))
    if not any(len(one.ends) or (~np.isnan(one.removed)).any() for one in series):
        raise SeeingError(f"In „{y}“ steht kein einziger Wert. Zeichne eine andere Spalte oder andere Zeilen.")
    return Picture(tuple(series), not names and table[x].dtype.kind == "M", names, int(np.isnan(places).sum()))


def _places(table: Any, x: str, as_names: bool) -> tuple[Any, tuple[str, ...]]:
    """Return where each row stands on the x-axis, and the names along it when it is no scale."""
    column = table[x]
    if column.dtype.kind == "M" and not as_names:
        return days_of(column), ()
    if column.dtype.kind in "iuf" and not as_names:
        return numbers_in(table, x), ()
    names = tuple(dict.fromkeys(_name(value) for value in column.dropna()))
    at = {name: float(number) for number, name in enumerate(names)}
    return np.array([at.get(_name(value), np.nan) for value in column]), names


def days_of(column: Any) -> Any:
    """Return times as Matplotlib counts them, in days since 1970 by the clock of Europe/Berlin."""
    if getattr(column.dt, "tz", None) is not None:
        column = column.dt.tz_convert(TIME_ZONE).dt.tz_localize(None)
    whole = column.to_numpy(dtype="datetime64[us]")
    days = whole.astype("int64") / 86_400_000_000
    return np.where(np.isnat(whole), np.nan, days)


def _name(value: Any) -> str:
    if hasattr(value, "strftime"):
        return f"{value.day}.{value.month}. {value:%H:%M}".removesuffix(" 00:00")
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _groups(table: Any, y: str, by: str | None) -> Sequence[tuple[str, Any]]:
    if by is None:
        return [(y, np.ones(len(table), dtype=bool))]
    names = list(dict.fromkeys(table[by].dropna()))
    if len(names) > MOST_SERIES:
        first = f'["{names[0]}", "{names[1]}"]' if isinstance(names[0], str) else f"{names[:2]}"
        raise SeeingError(
            f"Das wären {len(names)} Linien, mehr als {MOST_SERIES} hält kein Auge auseinander. "
            f'Wähle aus: tabelle[tabelle["{by}"].isin({first})]'
        )
    if not names:
        raise SeeingError(f"In „{by}“ steht kein einziger Name. Nimm für by eine andere Spalte.")
    return [(_name(name), (table[by] == name).to_numpy(dtype=bool, na_value=False)) for name in names]
