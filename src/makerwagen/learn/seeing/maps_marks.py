"""The points of a map: discs that grow with a number, marks for each kind, crosses for what is missing."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from makerwagen.learn.seeing.errors import SeeingError
from makerwagen.learn.seeing.style import COLOURS, MARKERS, MOST_SERIES, german

# From pale to dark in one hue, so that the order is seen in grey and with every colour vision too.
SHADES = ("#cdd6f4", "#9aa9e6", "#6674cf", "#3f3fb4", "#1f0f70")
SIZES = (7.0, 9.5, 12.0, 14.5, 17.0)
MANY, SMALLER = 60, 0.65
EDGE, STRANGE = "#1f0f70", "#8a0f02"
Look = dict[str, Any]


def draw_numbers(ax: Axes, spots: Any, values: Any, taken: Any) -> list[Line2D]:
    """Draw each number as a disc of its class, gaps as crosses, what was taken out hollow; return a legend."""
    there = ~np.isnan(spots[:, 0])
    known = ~np.isnan(values) & there
    edges = _classes(values[known])
    legend = []
    for number, (low, high) in enumerate(zip(edges[:-1], edges[1:], strict=True)):
        last = number == len(edges) - 2
        inside = known & (values >= low) & ((values <= high) if last else (values < high))
        shade = round(number * (len(SHADES) - 1) / max(1, len(edges) - 2))
        look: Look = {"marker": "o", "color": SHADES[shade], "markeredgecolor": EDGE}
        look["markersize"] = SIZES[shade] * (SMALLER if len(spots) > MANY else 1)
        said = german(low) if low == high else f"{german(low)} bis {'' if last else 'unter '}{german(high)}"
        legend += _draw(ax, spots[inside], said, {**look, "zorder": 3 + 0.01 * number}, always=True)
    out = ~np.isnan(taken) & there
    legend += _draw(ax, spots[np.isnan(values) & ~out & there], "fehlt", {"marker": "x", **_strange()})
    hollow = {"marker": "D", "markerfacecolor": "white", **_strange()}
    return legend + _draw(ax, spots[out], "herausgenommen", hollow)


def draw_kinds(ax: Axes, spots: Any, kinds: Iterable[Any], column: str) -> list[Line2D]:
    """Draw each kind with its own colour and mark, crosses where it is not known; return a legend."""
    there = ~np.isnan(spots[:, 0])
    found = np.array([one if isinstance(one, str | bool) else "" for one in kinds], dtype=object)
    names = list(dict.fromkeys(one for one in found if one != ""))
    if len(names) > MOST_SERIES:
        raise SeeingError(
            f"In „{column}“ stehen {len(names)} verschiedene Namen, mehr als {MOST_SERIES} hält kein Auge auseinander. "
            "Wähle mit einem Filter aus."
        )
    legend = []
    for number, name in enumerate(names):
        look: Look = {"marker": MARKERS[number], "color": COLOURS[number], "markersize": 10, "markeredgecolor": "white"}
        said = {True: "ja", False: "nein"}.get(name, str(name)) if isinstance(name, bool) else str(name)
        legend += _draw(ax, spots[(found == name) & there], said, {**look, "zorder": 3})
    return legend + _draw(ax, spots[(found == "") & there], "fehlt", {"marker": "x", **_strange()})


def draw_alike(ax: Axes, spots: Any) -> list[Line2D]:
    """Draw all points with the same mark; nothing needs a legend."""
    _draw(ax, spots, "Punkt", {"marker": "o", "color": COLOURS[0], "markersize": 10, "markeredgecolor": "white"})
    return []


def _draw(ax: Axes, spots: Any, said: str, look: Look, *, always: bool = False) -> list[Line2D]:
    if len(spots):
        ax.plot(*spots.T, linestyle="none", label=f"_{said}", **look)
    return [Line2D([], [], linestyle="none", label=said, **look)] if len(spots) or always else []


def _strange() -> Look:
    return {"markersize": 9, "color": STRANGE, "markeredgewidth": 2, "zorder": 4}


def _classes(values: Any) -> list[float]:
    """Return the limits of up to five classes of equal width with round numbers; one when all values are alike."""
    if not len(values):
        return []
    low, high = float(values.min()), float(values.max())
    if low == high:
        return [low, high]
    for most in range(len(SHADES), 0, -1):
        edges = [float(edge) for edge in MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]
        if len(edges) <= len(SHADES) + 1:
            return edges
    return [low, high]
