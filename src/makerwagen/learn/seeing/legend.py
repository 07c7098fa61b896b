"""The names of the series: beside the ends of their lines when there is room, else in a box beside the plot."""

import numpy as np
from matplotlib.axes import Axes

from makerwagen.learn.seeing.series import Picture
from makerwagen.learn.seeing.style import COLOURS, DASHES

# Shares of the height and width of the plot: a line of text, how far a name may move, how near the edge a line ends.
TEXT_HEIGHT, MOST_MOVE, NEAR_EDGE = 0.072, 0.16, 0.12


def name_series(ax: Axes, picture: Picture, *, at_ends: bool, title: str) -> None:
    """Write the names of the series onto `ax`."""
    places = _ends(ax, picture) if at_ends and len(picture.series) > 1 else None
    if places is None:
        ax.legend(title=title, loc="upper left", bbox_to_anchor=(1.0, 1.02), borderaxespad=0.3, alignment="left")
        return
    for number, (one, height) in enumerate(zip(picture.series, places, strict=True)):
        end = one.ends[-1]
        line = {"arrowstyle": "-", "color": COLOURS[number], "linestyle": DASHES[number], "linewidth": 1.8}
        ax.annotate(
            one.name,
            (one.x[end], one.y[end]),
            (1.03, height),
            textcoords="axes fraction",
            va="center",
            arrowprops={**line, "shrinkA": 1, "shrinkB": 5},
        )


def _ends(ax: Axes, picture: Picture) -> list[float] | None:
    """Return at which heights the names can stand beside the ends of their lines, or None when they cannot."""
    if not all(len(one.ends) for one in picture.series):
        return None
    left, right = ax.get_xlim()
    low, high = ax.get_ylim()
    ends = [(one.x[one.ends[-1]], one.y[one.ends[-1]]) for one in picture.series]
    if any(right - x > NEAR_EDGE * (right - left) for x, _ in ends):
        return None
    wanted = np.array([(y - low) / (high - low) for _, y in ends])
    order = np.argsort(wanted, kind="stable")
    found = wanted.copy()
    for below, above in zip(order[:-1], order[1:], strict=True):
        found[above] = max(found[above], found[below] + TEXT_HEIGHT)
    # Names were only pushed up so far; half of it back keeps them around their lines.
    found -= (found - wanted).max() / 2
    return None if np.abs(found - wanted).max() > MOST_MOVE else [float(height) for height in found]
