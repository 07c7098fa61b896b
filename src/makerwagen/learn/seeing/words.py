"""What a plot shows, in words: for those who cannot see it, and for the sheet's alternative text."""

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from makerwagen.learn.seeing.style import short

# What `plot` and `show_map` know better than the drawing does; the rest is read from the figure when it is shown.
_facts: WeakKeyDictionary[Axes, tuple[str, tuple[str, ...]]] = WeakKeyDictionary()


def tell(ax: Axes, facts: Sequence[str], what: str = "Diagramm") -> None:
    """Keep sentences that `describe` says instead of reading the lines of `ax`, and what kind of picture it is."""
    _facts[ax] = (what, tuple(facts))


def describe(figure: Figure) -> str:
    """Return in words what a plot shows, for those who cannot see it: title, axis, each curve's ends and extremes."""
    words = []
    for ax in figure.axes:
        title = ax.get_title("left") or ax.get_title()
        what, facts = _facts.get(ax) or ("Diagramm", _read(ax))
        words += [f"{what} „{title}“" if title else what, *facts]
    words.append(figure.get_supxlabel().replace("\n", " "))
    return ". ".join(word.rstrip(".") for word in words if word)


def series_in_words(name: str, values: Any) -> str:
    """Return a series in one sentence: how it begins and ends, its extremes, and its gaps."""
    numbers = np.asarray(values, dtype=float)
    there = numbers[~np.isnan(numbers)]
    if not len(there):
        return f"{name}: kein einziger Wert"
    first, last, low, high = (short(value) for value in (there[0], there[-1], there.min(), there.max()))
    known = np.r_[~np.isnan(numbers), True]
    gaps = int((~known[:-1] & known[1:]).sum())
    lost = f", {gaps} {'Lücke' if gaps == 1 else 'Lücken'}" if gaps else ""
    return f"{name}: beginnt bei {first}, endet bei {last}, kleinster Wert {low}, größter {high}{lost}"


def _read(ax: Axes) -> tuple[str, ...]:
    curves = [(str(line.get_label()), np.asarray(line.get_ydata(), dtype=float)) for line in ax.get_lines()]
    named = [("Kurve" if name.startswith("_") else name, values) for name, values in curves if len(values) > 2]
    return (ax.get_ylabel(), *(series_in_words(name, values) for name, values in named))
