"""One datastream over time as an SVG: German axes, gaps as gaps, impossible values marked, simulated ones named."""

import html
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from makerwagen.sensors.findings import usual_interval
from makerwagen.sensors.store import Column, Observation
from makerwagen.sensors.words import DAY, HOUR, MINUTE, ZONE, amount, clock_time, number

WIDTH, HEIGHT = 380, 200
LEFT, RIGHT, TOP, BOTTOM = 52, 10, 26, 26
COLUMNS = 300
# A line ends where so many usual intervals are missing, and is never drawn over so large a part of the width.
GAP_INTERVALS, GAP_SHARE = 4, 0.02
MOST_DOTS = 80
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
TICKS_S = (
    *(1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE),
    *(HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY),
)
MOST_TICKS = 5
Place = Callable[[float], float]
LINE, WRONG = "var(--plot-line, #1b559c)", "var(--plot-wrong, #b3261e)"


@dataclass(frozen=True)
class Window:
    """The stretch of time that a plot shows, in seconds since 1970."""

    since: float
    until: float

    @property
    def column_s(self) -> float:
        """Return how many seconds share a column of the picture."""
        return max(self.until - self.since, 1e-3) / COLUMNS


def columns_of(observations: Sequence[Observation], window: Window) -> list[Column]:
    """Return the columns of observations in order of time, as the store's own `columns` does."""
    found: dict[tuple[int, bool], Column] = {}
    for one in observations:
        if not window.since < one.phenomenon_time <= window.until:
            continue
        key = (int((one.phenomenon_time - window.since) / window.column_s), one.possible)
        at, value, old = one.phenomenon_time, one.result, found.get(key)
        if old:
            low, high = min(old.low, value), max(old.high, value)
            found[key] = Column(old.start, at, low, high, one.possible, old.count + 1)
        else:
            found[key] = Column(at, at, value, value, one.possible, 1)
    return sorted(found.values(), key=lambda column: column.start)


def draw(columns: Sequence[Column], window: Window, *, title: str, unit: str, simulated: bool = False) -> str:
    """Return the picture; nothing is smoothed: a column with many values shows its smallest and its largest."""
    right = [column for column in columns if column.possible]
    low, high, step = _range(right)
    ground = HEIGHT - BOTTOM

    def x(at: float) -> float:
        return LEFT + (at - window.since) / max(window.until - window.since, 1e-3) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return ground - (value - low) / (high - low) * (ground - TOP)

    values = _axis_of_values(low, high, step, y) if right else [_line(LEFT, ground, WIDTH - RIGHT, ground, "0.8")]
    parts = [*values, *_axis_of_times(window, x)]
    parts += [_text(LEFT, 14, unit or "Anzahl", "start", bold=True)]
    runs = list(_runs(right, window))
    parts += [_gap(x(start), x(end)) for start, end in _gaps(runs, window)]
    parts += [_run(run, x, y) for run in runs]
    if sum(column.count for column in right) <= MOST_DOTS:
        parts += [_dot(x(at), y(value)) for column in right for at, value in _ends(column)]
    parts += [_cross(x(one.start), TOP + 4 if one.high > high else ground - 4) for one in columns if not one.possible]
    if not right:
        said = "nur unmögliche Werte in dieser Zeit" if columns else "keine Werte in dieser Zeit"
        parts.append(_text((LEFT + WIDTH) / 2, (TOP + ground) / 2, said, "middle"))
    if simulated:
        parts.append(_simulated())
    words = describe(columns, window, title=title, unit=unit, simulated=simulated)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{html.escape(words)}" style="width:100%;max-width:48rem;height:auto;display:block">'
        f"{''.join(parts)}</svg>"
    )


def describe(columns: Sequence[Column], window: Window, *, title: str, unit: str, simulated: bool = False) -> str:
    """Return the picture in words."""
    right, wrong = [c for c in columns if c.possible], sum(c.count for c in columns if not c.possible)
    from_to = f"{_moment(window.since, window)} bis {_moment(window.until, window)} Uhr"
    label = f"{title}{', simuliert' if simulated else ''}, {from_to}"
    if not right:
        only = _count(wrong, "unmöglicher Wert", "unmögliche Werte")
        return f"{label}: {f'nur {only}' if only else 'keine Werte'}."
    low, high = min(c.low for c in right), max(c.high for c in right)
    values = f"{sum(c.count for c in right)} Werte zwischen {amount(low, unit)} und {amount(high, unit)}"
    gaps = len(list(_runs(right, window))) - 1
    said = [values, _count(gaps, "Lücke", "Lücken"), _count(wrong, "unmöglicher Wert", "unmögliche Werte")]
    return f"{label}: {', '.join(word for word in said if word)}."


def _count(count: int, one: str, many: str) -> str:
    return "" if not count else f"1 {one}" if count == 1 else f"{count} {many}"


def _range(columns: Sequence[Column]) -> tuple[float, float, float]:
    """Return lowest and highest value of the axis and the step of its marks."""
    low, high = (min(c.low for c in columns), max(c.high for c in columns)) if columns else (0.0, 1.0)
    room = max(high - low, abs(high) * 0.02, 1.0)  # noise of a still sensor is not drawn as a mountain range
    middle = (low + high) / 2
    low, high = min(low, middle - room / 2), max(high, middle + room / 2)
    wanted = (high - low) / 4
    power = 10 ** math.floor(math.log10(wanted))
    step = next(power * one for one in STEPS if power * one >= wanted * 0.999)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step


def _axis_of_values(low: float, high: float, step: float, y: Place) -> Iterator[str]:
    for index in range(round((high - low) / step) + 1):
        value = low + index * step
        yield _line(LEFT, y(value), WIDTH - RIGHT, y(value), "0.25" if index else "0.8")
        yield _text(LEFT - 6, y(value) + 4.5, number(round(value, 9)), "end")


def _axis_of_times(window: Window, x: Place) -> Iterator[str]:
    span = window.until - window.since
    step = next((one for one in TICKS_S if span / one <= MOST_TICKS), TICKS_S[-1])
    for at in _marks(window, step):
        yield _line(x(at), HEIGHT - BOTTOM, x(at), HEIGHT - BOTTOM + 4, "0.8")
        days = step >= DAY
        text = f"{datetime.fromtimestamp(at, ZONE):%d.%m.}" if days else clock_time(at, seconds=step < MINUTE)
        yield _text(min(max(x(at), LEFT), WIDTH - RIGHT - 16), HEIGHT - 8, text, "middle")


def _marks(window: Window, step: float) -> Iterator[float]:
    """Yield the moments that are marked: whole minutes, hours or days by the clock on the wall."""
    day = datetime.fromtimestamp(window.since, ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    if step >= DAY:
        while day.timestamp() <= window.until:
            if day.timestamp() >= window.since:
                yield day.timestamp()
            day = (day + timedelta(days=step / DAY)).replace(hour=0)
        return
    start = day.timestamp()
    at = start + math.ceil((window.since - start) / step) * step
    while at <= window.until:
        yield at
        at += step


def _runs(columns: Sequence[Column], window: Window) -> Iterator[list[Column]]:
    """Yield stretches of columns without a gap between them."""
    longest = _longest(columns, window)
    run: list[Column] = []
    for column in columns:
        if run and column.start - run[-1].end > longest:
            yield run
            run = []
        run.append(column)
    if run:
        yield run


def _gaps(runs: Sequence[Sequence[Column]], window: Window) -> Iterator[tuple[float, float]]:
    """Yield from when to when there is nothing: between runs, and from the last one until now."""
    yield from ((a[-1].end, b[0].start) for a, b in pairwise(runs))
    if runs and window.until - runs[-1][-1].end > _longest([one for run in runs for one in run], window):
        yield runs[-1][-1].end, window.until


def _longest(columns: Sequence[Column], window: Window) -> float:
    interval = usual_interval([column.start for column in columns])
    return max(GAP_INTERVALS * interval, (window.until - window.since) * GAP_SHARE)


def _ends(column: Column) -> list[tuple[float, float]]:
    if column.count == 1:
        return [(column.start, column.low)]
    return [(column.start, column.low), (column.start, column.high)]


def _run(run: Sequence[Column], x: Place, y: Place) -> str:
    points = " ".join(f"{x(at):.1f},{y(value):.1f}" for column in run for at, value in _ends(column))
    return f'<polyline points="{points}" fill="none" stroke="{LINE}" stroke-width="1.8" stroke-linejoin="round"/>'


def _gap(start: float, end: float) -> str:
    box = f'x="{start:.1f}" y="{TOP}" width="{max(end - start, 1):.1f}" height="{HEIGHT - BOTTOM - TOP}"'
    word = _text((start + end) / 2, TOP + 14, "Lücke", "middle") if end - start > 40 else ""
    return f'<rect {box} fill="currentColor" opacity="0.1"><title>Lücke: Hier kam nichts an.</title></rect>{word}'


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{LINE}"/>'


def _cross(x: float, y: float) -> str:
    strokes = f"M{x - 4:.1f} {y - 4:.1f}l8 8m0-8l-8 8"
    return f'<path d="{strokes}" stroke="{WRONG}" stroke-width="2.4"><title>unmöglicher Wert</title></path>'


def _simulated() -> str:
    return (
        f'<text x="{WIDTH - RIGHT}" y="15" text-anchor="end" font-size="14" font-weight="700" '
        f'fill="{WRONG}" letter-spacing="0.5">simuliert</text>'
    )


def _line(*place: float | str) -> str:
    x1, y1, x2, y2, opacity = place
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="currentColor" opacity="{opacity}"/>'


def _text(x: float, y: float, text: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="13" fill="currentColor"{weight}>{html.escape(text)}</text>'


def _moment(at: float, window: Window) -> str:
    return clock_time(at, day=window.until - window.since > DAY)
