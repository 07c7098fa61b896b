"""The ground of a map: a grid in metres, a scale bar, an arrow to the north, known places, and names with room."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from makerwagen.learn.seeing.style import GREY, german

KILOMETRE_FROM = 2500.0
GROUND = "#f7f5ef"
# Half the size of a mark, in pixels, that no name may cover.
MARK = 13.0
HALO = {"facecolor": GROUND, "edgecolor": "none", "alpha": 0.7, "pad": 0.5}
NAME = "name"
POINT_NAME: dict[str, Any] = {"fontsize": 12, "zorder": 5, "bbox": HALO, "gid": NAME}
PLACE_NAME: dict[str, Any] = {"fontsize": 11, "zorder": 2, "bbox": HALO, "color": GREY, "style": "italic", "gid": NAME}
Spot = tuple[str, float, float]


@dataclass(frozen=True)
class View:
    """The part of the earth on the map: centre in degrees, metres in a degree to the north, half its size in metres."""

    centre: tuple[float, float]
    metres_per_degree: float
    half_width: float
    half_height: float

    def metres(self, lat: float, lon: float) -> tuple[float, float]:
        """Return how many metres east and north of the lower left corner a point lies (flat: right to 0.1 % here)."""
        east = (lon - self.centre[1]) * self.metres_per_degree * math.cos(math.radians(self.centre[0]))
        return east + self.half_width, (lat - self.centre[0]) * self.metres_per_degree + self.half_height

    @property
    def in_words(self) -> str:
        """Return the size of what is shown, e.g. "2,3 km breit"."""
        width = 2 * self.half_width
        return f"{width / 1000:.1f} km breit".replace(".", ",") if width >= 1000 else f"{width:.0f} m breit"


def draw_base(ax: Axes, view: View, places: Sequence[Spot]) -> list[Spot]:
    """Draw grid, scale bar, north and those of the known places that lie in view; return these."""
    width, height = 2 * view.half_width, 2 * view.half_height
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    ax.set_aspect("equal")
    ax.set_facecolor(GROUND)
    ax.grid(color="#ffffff", linewidth=1.6)
    far = max(width, height) > KILOMETRE_FROM
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(FuncFormatter(lambda at, _position=None: german(at / 1000 if far else at)))
    ax.set_xlabel(f"{'Kilometer' if far else 'Meter'} nach Osten")
    ax.set_ylabel(f"{'Kilometer' if far else 'Meter'} nach Norden")
    for side in ("right", "top"):
        ax.spines[side].set_visible(True)
    _scale_bar(ax, width)
    return [spot for spot in places if 0.02 < spot[1] / width < 0.98 and 0.02 < spot[2] / height < 0.98]


def write_names(ax: Axes, points: Sequence[Spot], places: Sequence[Spot], spots: Any) -> list[str]:
    """Write a name beside each point and known place where there is room for it; return the points that got none.

    `spots` are all points, named or not. What is already on the map is measured after the layout, so that a name
    covers no mark and no other name.
    """
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    for old in [one for one in (*ax.texts, *ax.lines) if one.get_gid() == NAME]:
        old.remove()
    # Twice, because the layout with a fixed aspect settles only the second time.
    figure.draw_without_rendering()
    figure.draw_without_rendering()
    points_per_pixel = 72 / figure.dpi
    inside = ax.get_window_extent()
    marks = [ax.transData.transform(spot[1:]) for spot in (*points, *places)]
    drawn = ax.transData.transform([spot for spot in spots if not math.isnan(spot[0])])
    taken = [_Box(x - MARK, x + MARK, y - MARK, y + MARK) for x, y in (*marks, *drawn)]
    taken += [_Box(*(box.x0, box.x1), *(box.y0, box.y1)) for box in (text.get_window_extent() for text in ax.texts)]
    left = []
    for number, (name, east, north) in enumerate((*points, *places)):
        look = POINT_NAME if number < len(points) else PLACE_NAME
        text = ax.annotate(name, (east, north), (0, 0), textcoords="offset points", ha="center", va="center", **look)
        size = text.get_window_extent()
        move = _free(marks[number], (size.width, size.height), taken, inside)
        if move is None:
            text.remove()
            left += [name] if number < len(points) else []
            continue
        if number >= len(points):
            ax.plot(
                [east],
                [north],
                "P",
                color=GREY,
                markersize=8,
                markeredgecolor="white",
                zorder=2,
                label="_Ort",
                gid=NAME,
            )
        text.set_position((move[0] * points_per_pixel, move[1] * points_per_pixel))
        taken.append(_box_at(marks[number], move, (size.width, size.height)))
    return left


@dataclass(frozen=True)
class _Box:
    """A rectangle on the picture, in pixels."""

    left: float
    right: float
    bottom: float
    top: float

    def meets(self, other: "_Box") -> bool:
        wide = min(self.right, other.right) - max(self.left, other.left)
        return wide > 1 and min(self.top, other.top) - max(self.bottom, other.bottom) > 1


def _free(spot: Any, size: tuple[float, float], taken: Sequence[_Box], inside: Any) -> tuple[float, float] | None:
    """Return the first move from the mark at which a text of that size meets nothing, or None."""
    beside, above = size[0] / 2 + MARK + 3, size[1] / 2 + MARK + 1
    near = [(beside, 0.0), (-beside, 0.0), (0.0, above), (0.0, -above)]
    slanted = [(side * beside, up * above * 0.7) for side in (1, -1) for up in (1, -1)]
    for move in (*near, *slanted):
        box = _box_at(spot, move, size)
        fits = inside.x0 <= box.left and box.right <= inside.x1 and inside.y0 <= box.bottom and box.top <= inside.y1
        if fits and not any(box.meets(other) for other in taken):
            return move
    return None


def _box_at(spot: Any, move: tuple[float, float], size: tuple[float, float]) -> _Box:
    x, y = spot[0] + move[0], spot[1] + move[1]
    return _Box(x - size[0] / 2, x + size[0] / 2, y - size[1] / 2, y + size[1] / 2)


def _scale_bar(ax: Axes, width: float) -> None:
    step = 10 ** math.floor(math.log10(width / 4))
    length = max(size * step for size in (1, 2, 5) if size * step <= width / 4)
    left, down = 0.03, 0.05
    across = ax.get_xlim()[1]
    bar = [left, left + length / across]
    ax.plot(
        bar,
        [down, down],
        color="#1a1a1a",
        linewidth=4,
        solid_capstyle="butt",
        marker="",
        transform=ax.transAxes,
        label="_Maßstab",
    )
    said = f"{german(length / 1000)} km" if length >= 1000 else f"{german(length)} m"
    ax.text(sum(bar) / 2, down + 0.015, said, transform=ax.transAxes, ha="center", va="bottom", fontsize=12)
    arrow = {"arrowstyle": "-|>", "color": "#1a1a1a", "linewidth": 2}
    at: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "axes fraction", "ha": "center", "va": "top"}
    ax.annotate("N", (0.95, 0.97), (0.95, 0.88), arrowprops=arrow, fontsize=13, fontweight="bold", **at)
