"""A part as a line drawing for paper (SVG): from the front, from the top and at an angle, with its sizes.

Black on white, so that it can be copied; the views lie as in a technical drawing (ISO 128, first angle).
"""

from collections.abc import Iterable, Sequence
from html import escape

from makerwagen.models.line_view import Line, LineView, look_from
from makerwagen.models.mesh import Mesh
from makerwagen.models.outline import Bore, Outline, PartFacts
from makerwagen.models.values import german
from makerwagen.models.winding import contains

INK = "#111111"
WIDE_PX, TALL_PX = 440.0, 420.0  # room for each view of the largest part there can be
ANGLED_PX = 300.0  # at least so tall is the room for the view at an angle
MARGIN, GAP, WORDS_PX = 30.0, 40.0, 24.0
AWAY_PX, HEAD_PX = 26.0, 9.0  # an arrow's distance from the part, and the length of its head
LABEL = 'font-family="Andika, sans-serif" font-size="18"'
TURN, TILT = -32.0, 32.0  # of the view at an angle
MOST_BORES = 3
Size = tuple[float, float, float]


def draw(part: PartFacts, mesh: Mesh, *, canvas_mm: Size, title: str) -> str:
    """Return the drawing as SVG; `canvas_mm` is the largest part it must have room for, so the scale never jumps."""
    length, width, height = canvas_mm
    scale = min(WIDE_PX / length, TALL_PX / width, TALL_PX / height)
    room = length * scale, height * scale, width * scale
    front, top = look_from(mesh, turn=0, tilt=0), look_from(mesh, turn=0, tilt=90)
    angle = look_from(mesh, turn=TURN, tilt=TILT)
    left, front_top = MARGIN + AWAY_PX, MARGIN + WORDS_PX
    top_top = front_top + room[1] + GAP + AWAY_PX + WORDS_PX
    right = left + room[0] + AWAY_PX + 110
    full = right + WIDE_PX + MARGIN / 2, max(top_top + room[2], front_top + ANGLED_PX) + GAP + WORDS_PX
    middle = left + room[0] / 2
    body = [
        _words(f"von vorn{_steps(part)}", left, front_top - 12),
        _front(front, (middle, front_top + room[1]), scale, part),
        _words("von oben", left, top_top - AWAY_PX - 14),
        _top(top, (middle, top_top + room[2] / 2), scale, part),
        _words("schräg von vorn", right, front_top - 12),
        _angled(angle, (right, front_top, WIDE_PX, full[1] - front_top - GAP)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full[0]:.0f} {full[1]:.0f}" width="{full[0]:.0f}" '
        f'height="{full[1]:.0f}" role="img" style="max-width:100%;height:auto"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(body)}</svg>'
    )


def _front(view: LineView, foot: tuple[float, float], scale: float, part: PartFacts) -> str:
    low_x, low_y, high_x, high_y = view.box
    at = foot[0] - (low_x + high_x) / 2 * scale, foot[1] + low_y * scale
    left, right = at[0] + low_x * scale, at[0] + high_x * scale
    floor = f'<path d="M{left - 14:.1f} {foot[1]:.1f}H{right + 14:.1f}" stroke="{INK}" stroke-width="1"/>'
    size = _arrow((right + AWAY_PX, foot[1]), (right + AWAY_PX, foot[1] - part.size_mm[2] * scale), part.size_mm[2])
    return floor + _lines(view, at, scale) + size


def _top(view: LineView, middle: tuple[float, float], scale: float, part: PartFacts) -> str:
    low_x, low_y, high_x, high_y = view.box
    at = middle[0] - (low_x + high_x) / 2 * scale, middle[1] + (low_y + high_y) / 2 * scale
    left, right = at[0] + low_x * scale, at[0] + high_x * scale
    upper, lower = at[1] - high_y * scale, at[1] - low_y * scale
    bores = _through(part.outline)
    return "".join(
        [
            _lines(view, at, scale),
            _arrow((left, upper - AWAY_PX), (right, upper - AWAY_PX), part.size_mm[0]),
            _arrow((right + AWAY_PX, lower), (right + AWAY_PX, upper), part.size_mm[1]),
            *(_bore(bore, at, scale, lower + 24 + 22 * number) for number, bore in enumerate(bores[:MOST_BORES])),
        ]
    )


def _steps(part: PartFacts) -> str:
    """Return the heights of plate and letters, where a part has just these two."""
    heights = sorted({level.z_mm for level in part.outline.levels})
    lower = [level for level in part.outline.levels if level.z_mm == heights[0]]
    upper = [level.rings[0][0] for level in part.outline.levels if level.z_mm == heights[-1]]
    on_top = all(any(contains(level.rings[0], point) for level in lower) for point in upper)
    if len(heights) != 2 or not on_top:
        return ""
    return f": {german(heights[0])} mm + {german(heights[1] - heights[0])} mm"


def _through(outline: Outline) -> list[Bore]:
    """Return one hole of each width that is open to the top, the nearest to the reader first."""
    found: dict[str, Bore] = {}
    for bore in sorted(outline.bores, key=lambda bore: (bore.y_mm, bore.x_mm)):
        middle = bore.x_mm, bore.y_mm
        covered = any(sum(contains(ring, middle) for ring in level.rings) % 2 for level in outline.levels)
        if not covered:
            found.setdefault(german(bore.diameter_mm), bore)
    return list(found.values())


def _angled(view: LineView, room: tuple[float, float, float, float]) -> str:
    left, top, wide, high = room
    low_x, low_y, high_x, high_y = view.box
    scale = min(wide / (high_x - low_x), high / (high_y - low_y), 9.0)
    at = left + (wide - (low_x + high_x) * scale) / 2, top + high_y * scale + 10
    return _lines(view, at, scale)


def _lines(view: LineView, at: tuple[float, float], scale: float) -> str:
    return _path(view.edges, at, scale, 1.2) + _path(view.outline, at, scale, 2.4)


def _path(lines: Sequence[Line], at: tuple[float, float], scale: float, thick: float) -> str:
    if not lines:
        return ""
    x, y = at
    runs = "".join("M" + "L".join(f"{x + a * scale:.1f} {y - b * scale:.1f}" for a, b in run) for run in _runs(lines))
    return (
        f'<path d="{runs}" fill="none" stroke="{INK}" stroke-width="{thick}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def _runs(lines: Iterable[Line]) -> list[list[tuple[float, float]]]:
    """Return lines joined end to end, so that a drawing stays small."""
    ends: dict[tuple[float, float], list[list[tuple[float, float]]]] = {}
    runs: list[list[tuple[float, float]]] = []
    for x1, y1, x2, y2 in lines:
        one, two = (round(x1, 2), round(y1, 2)), (round(x2, 2), round(y2, 2))
        start, end = (one, two) if ends.get(one) else (two, one)
        if ends.get(start):
            run = ends[start].pop()
            run.append(end)
        else:
            start, end = one, two
            run = [start, end]
            runs.append(run)
        ends.setdefault(end, []).append(run)
    return runs


def _bore(bore: Bore, at: tuple[float, float], scale: float, below: float) -> str:
    x, y = at[0] + bore.x_mm * scale, at[1] - bore.y_mm * scale
    cross = 5 + bore.diameter_mm / 2 * scale
    return (
        f'<path d="M{x - cross:.1f} {y:.1f}h{2 * cross:.1f}M{x:.1f} {y - cross:.1f}V{below - 16:.1f}" fill="none" '
        f'stroke="{INK}" stroke-width="0.9" stroke-dasharray="9 3 2 3"/>'
        f'<text x="{x - 6:.1f}" y="{below:.1f}" fill="{INK}" {LABEL}>Loch {german(bore.diameter_mm)} mm</text>'
    )


def _arrow(start: tuple[float, float], end: tuple[float, float], size_mm: float) -> str:
    """Return an arrow with two heads and its size: above a level one, to the right of an upright one."""
    (x1, y1), (x2, y2) = start, end
    upright = x1 == x2
    long = abs(y2 - y1) if upright else abs(x2 - x1)
    head = min(HEAD_PX, long / 2.5)
    half, out = head / 2.6, AWAY_PX + 2
    if upright:
        y1, y2 = min(y1, y2), max(y1, y2)
        heads = f"M{x1:.1f} {y1:.1f}l{-half:.1f} {head:.1f}h{2 * half:.1f}Z"
        heads += f"M{x2:.1f} {y2:.1f}l{-half:.1f} {-head:.1f}h{2 * half:.1f}Z"
        ticks = "".join(f"M{x1 - AWAY_PX + 5:.1f} {y:.1f}h{out:.1f}" for y in (y1, y2))
        x, y, anchor = x1 + 10, (y1 + y2) / 2 + 6, "start"
    else:
        heads = f"M{x1:.1f} {y1:.1f}l{head:.1f} {-half:.1f}v{2 * half:.1f}Z"
        heads += f"M{x2:.1f} {y2:.1f}l{-head:.1f} {-half:.1f}v{2 * half:.1f}Z"
        ticks = "".join(f"M{x:.1f} {y1 - 7:.1f}v{out:.1f}" for x in (x1, x2))
        x, y, anchor = (x1 + x2) / 2, y1 - 8, "middle"
    return (
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}{ticks}" stroke="{INK}" stroke-width="0.9" fill="none"/>'
        f'<path d="{heads}" fill="{INK}"/>'
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}" {LABEL}>{german(size_mm)} mm</text>'
    )


def _words(text: str, x: float, y: float) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{INK}" {LABEL}>{text}</text>'
