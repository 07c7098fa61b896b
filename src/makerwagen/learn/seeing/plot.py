"""One line of a notebook makes a plot that is honest: gaps stay gaps, what was taken out shows, the source is named."""

from typing import Any, Literal

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from makerwagen.learn.packs import set_up_notebook
from makerwagen.learn.seeing.clean import clean, means_nothing
from makerwagen.learn.seeing.errors import SeeingError, kind_of, one_of
from makerwagen.learn.seeing.labels import (
    axis_label,
    cleaned_of,
    label_of,
    not_measured,
    title_of,
    unit_of,
    with_unit,
    write_below,
)
from makerwagen.learn.seeing.legend import name_series
from makerwagen.learn.seeing.marks import bar_shifts, bars_fit, draw_bars, draw_lines, draw_points, draw_removed, frame
from makerwagen.learn.seeing.series import Picture, Series, picture_of
from makerwagen.learn.seeing.style import german, german_axes, short, time_axis
from makerwagen.learn.seeing.words import series_in_words, tell

__all__ = ["clean", "plot"]
KINDS = {"line": draw_lines, "points": draw_points, "bars": draw_bars}
NO_SOURCE = "Quelle: nicht angegeben. Schreib sie dazu, zum Beispiel: source=„eigene Messung, Schulhof, 3. Mai 2027“"
MOST_NAMED = 4
# Names of series beside the plot leave less room for times below it.
TICKS, TICKS_BESIDE_NAMES = 9, 7
MOST_WASTE = 0.5


def plot(  # noqa: PLR0913, one line of a child's notebook says it all
    table: Any,
    x: str,
    y: str,
    *,
    by: str | None = None,
    kind: Literal["line", "points", "bars"] = "line",
    title: str = "",
    band: float | None = None,
    source: str = "",
) -> Axes:
    """Draw column `y` over column `x`, one series for each value of column `by` (at most six).

    Gaps stay gaps, what `clean` took out stands there hollow, and the line below says where the data come from and
    whether they are simulated. `band` is by how much the sensor may be wrong, in the unit of `y`: it is drawn and said.
    """
    one_of(kind, KINDS, "Art", "Die")
    picture = picture_of(table, x, y, by=by, as_names=kind == "bars")
    _fits(picture, x, kind)
    error = _width(band)
    set_up_notebook()
    ax = plt.subplots()[1]
    KINDS[kind](ax, picture, error)
    frame(ax, picture, most_waste=_most_waste(kind, unit_of(table, y)))
    ax.set_title(title, wrap=True, pad=12)
    ax.set_ylabel(axis_label(table, y))
    ax.set_xlabel(_name_x(ax, table, x, picture, TICKS_BESIDE_NAMES if by else TICKS))
    german_axes(ax)
    count = len(picture.series)
    removed = draw_removed(ax, picture, bar_shifts(count) if kind == "bars" else [0.0] * count)
    if by:
        name_series(ax, picture, at_ends=kind == "line", title=title_of(table, by))
    words = (_band_in_words(error, unit_of(table, y), kind), _start_in_words(ax, unit_of(table, y)))
    notes = [*filter(None, words), *_notes(table, picture, removed, kind)]
    write_below(ax, "\n".join([*notes, source or label_of(table) or NO_SOURCE]))
    tell(ax, (ax.get_ylabel(), *_in_words(picture, kind, with_name=by is not None)))
    return ax


def _fits(picture: Picture, x: str, kind: str) -> None:
    if kind == "bars":
        bars_fit(picture)
    if kind == "line" and picture.names:
        between = " und ".join(f"„{name}“" for name in picture.names[:2])
        raise SeeingError(
            f"In „{x}“ stehen Namen. Zwischen {between} liegt nichts, was eine Linie zeigen könnte: "
            'nimm kind="points" oder kind="bars".'
        )


def _width(band: Any) -> float | None:
    if band is None:
        return None
    if isinstance(band, bool) or not isinstance(band, int | float) or not 0 < band < float("inf"):
        raise SeeingError(
            f"band sagt, um wie viel der Fühler danebenliegen kann: eine Zahl über 0, nicht {kind_of(band)}."
        )
    return float(band)


def _name_x(ax: Axes, table: Any, x: str, picture: Picture, ticks: int) -> str:
    if picture.names:
        return title_of(table, x)
    if not picture.is_time:
        return axis_label(table, x)
    places = np.concatenate([one.x for one in picture.series])
    first, last = (mdates.num2date(place).replace(tzinfo=None) for place in (places.min(), places.max()))
    return time_axis(ax, first, last, most=ticks)


def _notes(table: Any, picture: Picture, removed: int, kind: str) -> list[str]:
    """Return what must be said under the picture: gaps, values taken out, rows without a place."""
    notes = [_gaps_in_words(picture, kind)]
    code = not_measured(table)
    if code is not None and any((one.y == code).any() for one in picture.series):
        notes.append(f"{means_nothing(code)} Nimm es mit clean heraus.")
    if removed:
        notes.append(
            "Hohles Zeichen: 1 herausgenommener Wert."
            if removed == 1
            else f"Hohle Zeichen: {removed} herausgenommene Werte."
        )
    if removed or cleaned_of(table):
        notes += [f"Aufgeräumt: {said}" for said in cleaned_of(table)[-2:]]
    if picture.lost:
        rows = "1 Zeile fehlt" if picture.lost == 1 else f"{picture.lost} Zeilen fehlen"
        notes.append(f"{rows} im Bild: Für sie ist nicht bekannt, wo auf der Achse sie hingehören.")
    return [note for note in notes if note]


def _gaps_in_words(picture: Picture, kind: str) -> str:
    """Return where gaps are that nobody sees; one line shows its own, and points have gaps only in time."""
    several = len(picture.series) > 1
    if not (several if kind == "line" else picture.is_time and kind == "points"):
        return ""
    gappy = [(one.name, len(one.gaps())) for one in picture.series if not picture.names and one.gaps()]
    if not gappy:
        return ""
    named = ", ".join(f"{name} {count}" if several else f"{count}" for name, count in gappy[:MOST_NAMED])
    where = "in den Linien" if kind == "line" else "in der Zeit"
    return f"Lücken {where}: {named}{' …' if len(gappy) > MOST_NAMED else ''}."


def _band_in_words(error: float | None, unit: str, kind: str) -> str:
    if error is None:
        return ""
    drawn = "Schattiert" if kind == "line" else "Senkrechte Striche"
    return f"{drawn}: Der Fühler kann um {with_unit(german(error), unit)} danebenliegen."


def _most_waste(kind: str, unit: str) -> float:
    """Return which part of the height may stay empty for the axis to begin at 0; 0 °C is no beginning of anything."""
    return 1.0 if kind == "bars" else 0.0 if unit == "°C" else MOST_WASTE


def _start_in_words(ax: Axes, unit: str) -> str:
    """Return the warning of an axis that is cut off; 0 °C is no beginning, so temperatures need none."""
    ticks = [tick for tick in ax.get_yticks() if tick >= ax.get_ylim()[0]]
    if unit == "°C" or ax.get_ylim()[0] <= 0:
        return ""
    return f"Achtung: Die Achse links beginnt erst bei {german(ticks[0])}, nicht bei 0."


def _in_words(picture: Picture, kind: str, *, with_name: bool) -> list[str]:
    if kind == "line":
        return [series_in_words(one.name if with_name else "Linie", one.broken()[1]) for one in picture.series]
    if not picture.names:
        return [f"{one.name if with_name else 'Punkte'}: {_range(one)}" for one in picture.series]
    return [_by_name(one, picture.names, with_name) for one in picture.series]


def _range(one: Series) -> str:
    values = one.y[one.ends]
    return f"{len(values)} Punkte von {short(values.min())} bis {short(values.max())}" if len(values) else "kein Punkt"


def _by_name(one: Series, names: tuple[str, ...], with_name: bool) -> str:
    said = []
    for place, name in enumerate(names):
        values = one.y[(one.x == place) & ~np.isnan(one.y)]
        removed = one.removed[(one.x == place) & ~np.isnan(one.removed)]
        taken = f"{name} herausgenommen {_from_to(removed)}" if len(removed) else f"{name} fehlt"
        said.append(f"{name} {' und '.join(short(value) for value in values[:MOST_NAMED])}" if len(values) else taken)
    return (f"{one.name}: " if with_name else "") + ", ".join(said)


def _from_to(values: Any) -> str:
    first, last = short(values.min()), short(values.max())
    return first if first == last else f"{first} bis {last}"
