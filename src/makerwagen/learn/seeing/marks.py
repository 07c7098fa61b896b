"""The marks of a plot: lines that break at gaps, points, bars, hollow marks for what was taken out, bands."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from makerwagen.learn.seeing.errors import SeeingError
from makerwagen.learn.seeing.series import Picture, Series
from makerwagen.learn.seeing.style import COLOURS, DASHES, GREY, HATCHES, MARKERS, german, short

MOST_MARKERS, MOST_SHADED, MOST_EDGE_NUMBERS, MOST_BAR_NUMBERS, MOST_BARS = 40, 12, 6, 12, 40
# How far taken-out values may stretch the picture, as a share of what is left; the others stand at its edge.
STRETCH = 0.4
# Width of a number at the edge, as a share of the picture: a second one so near would stand on the first.
NUMBER_ROOM, LETTER_ROOM = 0.1, 0.016
# Bars are paler under the strokes that say how sure they are.
BAND, BAR_SHARE, BAR_ALPHA = 0.18, 0.8, 0.55


def draw_lines(ax: Axes, picture: Picture, band: float | None) -> None:
    """Draw each series as a line with its own colour, dash and marker; a line never runs over a gap."""
    for number, one in enumerate(picture.series):
        x, y = one.broken()
        if band:
            ax.fill_between(x, y - band, y + band, color=COLOURS[number], alpha=BAND, linewidth=0)
        ax.plot(x, y, label=one.name, markevery=_marked(y), **_look(number))
    if len(picture.series) == 1:
        _shade(ax, picture.series[0])


def draw_points(ax: Axes, picture: Picture, band: float | None) -> None:
    """Draw each value as a point."""
    for number, one in enumerate(picture.series):
        look = {**_look(number), "linestyle": "none", "markersize": 8, "alpha": 0.85}
        if band:
            ax.errorbar(one.x, one.y, yerr=band, capsize=4, label=one.name, **look)
        else:
            ax.plot(one.x, one.y, label=one.name, **look)
    if picture.names:
        _name_places(ax, picture.names)
        there = {place for one in picture.series for place in one.x[one.ends]}
        # What was taken out stands there hollow: it does not lack.
        there |= {place for one in picture.series for place in one.x[~np.isnan(one.removed)]}
        _say_missing(ax, [place for place in range(len(picture.names)) if place not in there])


def bars_fit(picture: Picture) -> None:
    """Raise SeeingError when a bar would stand for several values, or when bars are too many to be read."""
    count = len(picture.series) * len(picture.names)
    for one in picture.series:
        places, times = np.unique(one.x, return_counts=True)
        if len(times) and times.max() > 1:
            twice = picture.names[int(places[times.argmax()])]
            raise SeeingError(
                f"Für „{twice}“ stehen {times.max()} Werte in der Tabelle, ein Balken zeigt nur einen. Rechne sie erst "
                'zusammen, zum Beispiel: tabelle.groupby("name", as_index=False)["wert"].median()'
            )
    if count > MOST_BARS:
        raise SeeingError(f"Das wären {count} Balken. Wähle mit einem Filter höchstens {MOST_BARS} aus.")


def draw_bars(ax: Axes, picture: Picture, band: float | None) -> None:
    """Draw a bar from 0 for each name and series; a missing value is said, not drawn as 0."""
    count, places = len(picture.series), len(picture.names)
    width, shifts = BAR_SHARE / count, bar_shifts(count)
    for number, one in enumerate(picture.series):
        x = one.x + shifts[number]
        colour: dict[str, Any] = {
            "facecolor": COLOURS[number],
            "edgecolor": "white" if HATCHES[number] else COLOURS[number],
        }
        colour["alpha"] = BAR_ALPHA if band else 1
        there = ~np.isnan(one.y)
        error: dict[str, Any] = (
            {"yerr": band, "error_kw": {"capsize": 5, "ecolor": "#000000", "elinewidth": 2}} if band else {}
        )
        bars = ax.bar(x[there], one.y[there], width * 0.94, label=one.name, hatch=HATCHES[number], **colour, **error)
        if count * places <= MOST_BAR_NUMBERS and not band:
            ax.bar_label(bars, fmt=short, padding=2, fontsize=11)
        _say_missing(ax, x[~there & np.isnan(one.removed)])
    _name_places(ax, picture.names)
    ax.grid(visible=False, axis="x")


def bar_shifts(count: int) -> list[float]:
    """Return how far left or right of its name the bar of each series stands."""
    return [(number - (count - 1) / 2) * BAR_SHARE / count for number in range(count)]


def frame(ax: Axes, picture: Picture, *, most_waste: float) -> None:
    """Choose the height of the picture: from 0 where that wastes no more than `most_waste` of it, and a line at 0."""
    low, high = ax.get_ylim()
    values = np.concatenate([one.y for one in picture.series])
    values = values[~np.isnan(values)]
    if len(values) and values.min() >= 0 and values.min() <= most_waste * values.max():
        low, high = 0.0, max(high, 1.1 * float(values.max()), 1e-9)
    removed = np.concatenate([one.removed for one in picture.series])
    near = removed[(removed >= low - STRETCH * (high - low)) & (removed <= high + STRETCH * (high - low))]
    pad = 0.04 * (high - low)
    if len(near):
        low, high = min(low, float(near.min()) - pad), max(high, float(near.max()) + pad)
    ax.set_ylim(low, high)
    if low < 0 < high:
        ax.axhline(0, color="#444444", linewidth=1.2, zorder=1.5)


def draw_removed(ax: Axes, picture: Picture, shifts: Sequence[float]) -> int:
    """Draw what was taken out as hollow marks, those far away at the edge with their number; return how many.

    `shifts` says for each series how far beside its place on the x-axis its marks stand.
    """
    low, high = ax.get_ylim()
    beyond: dict[tuple[float, bool], list[float]] = {}
    shown = 0
    for number, one in enumerate(picture.series):
        look: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": COLOURS[number], "markeredgewidth": 1.8}
        for place, value in zip(one.x + shifts[number], one.removed, strict=True):
            if np.isnan(value):
                continue
            shown += 1
            inside = low <= value <= high
            marker = MARKERS[number] if inside else "v" if value < low else "^"
            at = value if inside else low if value < low else high
            ax.plot([place], [at], marker, markersize=9, clip_on=False, zorder=4, label="_entfernt", **look)
            if not inside:
                beyond.setdefault((float(place), bool(value < low)), []).append(float(value))
    _number_edges(ax, beyond)
    return shown


def _number_edges(ax: Axes, beyond: Mapping[tuple[float, bool], Sequence[float]]) -> None:
    """Write one text for each place at an edge, e.g. "36,8 bis 38,1"; one that would stand on another is left out."""
    low, high = ax.get_ylim()
    left, right = ax.get_xlim()
    ends = {True: -float("inf"), False: -float("inf")}
    for (place, below), values in sorted(beyond.items())[:MOST_EDGE_NUMBERS]:
        first, last = german(min(values)), german(max(values))
        text = first if first == last else f"{first} bis {last}"
        share = max(NUMBER_ROOM, LETTER_ROOM * len(text))
        if place <= ends[below]:
            continue
        ends[below] = place + share * (right - left)
        # Near the right edge the text stands to the left of its mark, so that it stays in the picture.
        turned = place + share * (right - left) > right
        offset, align = (-9, "right") if turned else (9, "left")
        spot = (place, low if below else high)
        up = 7 if below else -17
        ax.annotate(text, spot, (offset, up), textcoords="offset points", fontsize=12, ha=align)


def _look(number: int) -> dict[str, Any]:
    return {"color": COLOURS[number], "linestyle": DASHES[number], "marker": MARKERS[number]}


def _marked(y: Any) -> Any:
    """Return at which points a marker stands: all when few, else some and those that stand alone."""
    there = ~np.isnan(y)
    if there.sum() <= MOST_MARKERS:
        return None
    before, after = np.r_[False, there[:-1]], np.r_[there[1:], False]
    alone = np.flatnonzero(there & ~before & ~after)
    some = np.flatnonzero(there)[:: max(1, int(there.sum()) // 12)]
    return sorted({int(place) for place in (*alone, *some)})


def _shade(ax: Axes, one: Series) -> None:
    gaps = one.gaps()
    for begin, end in gaps[:MOST_SHADED]:
        ax.axvspan(begin, end, facecolor="#efefef", edgecolor="#c8c8c8", hatch="//", linewidth=0, zorder=0)
    for begin, end in gaps[:1]:
        where = ((begin + end) / 2, 0.97)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 2, "alpha": 0.9}
        ax.text(*where, "Lücke", transform=ax.get_xaxis_transform(), ha="center", va="top", color=GREY, bbox=box)


def _say_missing(ax: Axes, places: Iterable[float]) -> None:
    across = ax.get_xaxis_transform()
    for at in places:
        ax.text(at, 0.03, "fehlt", transform=across, rotation=90, ha="center", va="bottom", color=GREY)


def _name_places(ax: Axes, names: tuple[str, ...]) -> None:
    long = sum(len(name) for name in names) > 60
    turned: dict[str, Any] = {"rotation": 35, "ha": "right", "rotation_mode": "anchor"} if long else {}
    ax.set_xticks(range(len(names)), names, **turned)
    ax.set_xlim(-0.6, len(names) - 0.4)
