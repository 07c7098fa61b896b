"""How plots and maps look: colours that all eyes can tell apart, German numbers and times."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import matplotlib.dates as mdates
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, ScalarFormatter

# Six is what can be told apart with deficient colour vision too; tests/unit/learn/test_seeing_colours.py measures it.
COLOURS = ("#3f0fb4", "#bd8200", "#10786c", "#150a12", "#9f76ff", "#8a0f02")
DASHES: tuple[Any, ...] = (
    *("-", (0, (5, 2)), (0, (1, 1.3)), (0, (7, 2, 1.5, 2))),
    *((0, (10, 3)), (0, (3, 1.5, 1, 1.5, 1, 1.5))),
)
MARKERS = ("o", "s", "^", "D", "v", "P")
HATCHES = ("", "///", "...", "xx", "---", "oo")
# Each line differs in dash and marker as well as in colour, so that a copy in black and white still tells them apart.
LINES = cycler(color=COLOURS) + cycler(linestyle=DASHES) + cycler(marker=MARKERS)
MOST_SERIES = len(COLOURS)
GREY, PALE = "#595959", "#e4e4e4"
STYLE: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": "#444444",
    "axes.grid": True,
    "axes.prop_cycle": LINES,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 16,
    "date.autoformatter.hour": "%H Uhr",
    "figure.constrained_layout.use": True,
    "figure.figsize": (6.8, 4.5),
    "font.size": 13,
    "grid.color": "#cccccc",
    "hatch.linewidth": 1.2,
    "legend.framealpha": 0.9,
    "lines.linewidth": 2.2,
    "lines.markersize": 6,
    "svg.fonttype": "path",
    "svg.hashsalt": "makerwagen",
}
DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
LONG_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = ("Jan.", "Feb.", "März", "April", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")
HOURS_OF_ONE_DAY, DAYS_BY_NAME, DAYS_BY_DATE = 36 / 24, 15, 320
# So many of "Mo 13.7." stand side by side and can be read.
MOST_NAMED_DAYS = 7


def german(value: float, _position: int | None = None) -> str:
    """Return a number as people write it: 21,4 and −3."""
    return f"{round(value, 6):g}".replace(".", ",").replace("-", "−") if abs(value) < 1e6 else f"{value:.0f}"


def short(value: float) -> str:
    """Return a number with as many digits as a person reads out: 161,3 and 0,042."""
    digits = 0 if float(value).is_integer() else 1 if abs(value) >= 1 else 3
    return german(round(float(value), digits))


def german_axes(ax: Axes) -> None:
    """Write the numbers of both axes with a comma."""
    for axis in (ax.xaxis, ax.yaxis):
        if isinstance(axis.get_major_formatter(), ScalarFormatter):
            axis.set_major_formatter(FuncFormatter(german))


def time_axis(ax: Axes, first: datetime, last: datetime, *, most: int) -> str:
    """Write up to `most` times along the x-axis as fits their span, and return what to call the axis."""
    span = (last - first).total_seconds() / 86400
    tick, name = _ticks(span)
    fit = min(most, MOST_NAMED_DAYS) if name == "Tag" else most
    ax.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=fit))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda number, _position=None: tick(mdates.num2date(number))))
    one_day = first.date() == last.date()
    if name == "Uhrzeit" and not one_day:
        return f"{name}, {first.day}.{first.month}. bis {last.day}.{last.month}.{last.year}"
    return f"{name} am {LONG_DAYS[first.weekday()]}, {first.day}.{first.month}.{first.year}" if one_day else name


def _ticks(span: float) -> tuple[Callable[[datetime], str], str]:
    if span <= 1 / 1440:
        return lambda at: f"{at:%H:%M:%S}", "Uhrzeit"
    if span <= HOURS_OF_ONE_DAY:
        return _clock, "Uhrzeit"
    if span <= DAYS_BY_NAME:
        return _day, "Tag"
    if span <= DAYS_BY_DATE:
        return lambda at: f"{at.day}.{at.month}.", "Datum"
    return lambda at: f"{MONTHS[at.month - 1]} {at.year}", "Monat"


def _clock(at: datetime) -> str:
    return f"{at.hour} Uhr" if at.minute == 0 else f"{at:%H:%M}"


def _day(at: datetime) -> str:
    return f"{DAYS[at.weekday()]} {at.day}.{at.month}." if at.hour == 0 else f"{at.hour} Uhr"
