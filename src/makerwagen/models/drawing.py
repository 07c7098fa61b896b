"""A part as a line drawing: top view on 5 mm squares, side view, and its sizes in millimetres (SVG)."""

from collections.abc import Iterable
from html import escape

from makerwagen.models.outline import Bore, Outline, PartFacts
from makerwagen.models.values import german
from makerwagen.models.winding import Ring

PX = 8.0  # pixels for a millimetre, so that a longer part is longer on the screen too
PAPER, GRID, INK, PLATE, ARROW = "#ffffff", "#cfd8dc", "#1c1c1c", "#ffd54a", "#0b57a4"
SHADES = ("#2b2b2b", "#555555", "#7a7a7a")  # faces over the plate, highest first
LEFT, TOP, RIGHT, GAP = 24.0, 28.0, 96.0, 66.0
SQUARE_MM = 5
LABEL = 'font-family="Andika, sans-serif" font-size="18"'
Canvas = tuple[float, float, float]


def draw(part: PartFacts, *, canvas_mm: Canvas, title: str) -> str:
    """Return the drawing as SVG; `canvas_mm` is the largest part it must have room for, so the scale never jumps."""
    wide, high = _squares(canvas_mm[0]), _squares(canvas_mm[1])
    width = LEFT + wide * PX + RIGHT
    side_top = TOP + high * PX + GAP
    height = side_top + canvas_mm[2] * PX + 44
    low_x, low_y, _, high_y = _box(part.outline.footprint)
    middle = LEFT + (wide - part.size_mm[0]) / 2 * PX - low_x * PX, TOP + high / 2 * PX + (low_y + high_y) / 2 * PX
    body = [
        _grid(wide, high),
        _top_view(part.outline, middle),
        *(_bore(bore, middle) for bore in part.outline.bores),
        _sizes(part, (LEFT, TOP, wide, high)),
        _side_view(part, (middle[0], side_top + canvas_mm[2] * PX)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" style="max-width:100%;height:auto"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(body)}</svg>'
    )


def _squares(size_mm: float) -> float:
    return -(-size_mm // SQUARE_MM) * SQUARE_MM


def _box(rings: Iterable[Ring]) -> tuple[float, float, float, float]:
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _grid(wide: float, high: float) -> str:
    lines = [f"M{LEFT + x * PX:.1f} {TOP:.1f}v{high * PX:.1f}" for x in range(0, int(wide) + 1, SQUARE_MM)]
    lines += [f"M{LEFT:.1f} {TOP + y * PX:.1f}h{wide * PX:.1f}" for y in range(0, int(high) + 1, SQUARE_MM)]
    return f'<path d="{"".join(lines)}" fill="none" stroke="{GRID}" stroke-width="1"/>'


def _path(rings: Iterable[Ring], at: tuple[float, float]) -> str:
    return "".join(
        "M" + "L".join(f"{at[0] + x * PX:.1f} {at[1] - y * PX:.1f}" for x, y in ring) + "Z" for ring in rings
    )


def _top_view(outline: Outline, at: tuple[float, float]) -> str:
    paths = [_filled(outline.footprint, at, PLATE)]
    heights = sorted({level.z_mm for level in outline.levels}, reverse=True)
    for level in outline.levels:
        lowest = level.z_mm == heights[-1]
        shade = PLATE if lowest else SHADES[min(heights.index(level.z_mm), len(SHADES) - 1)]
        paths.append(_filled(level.rings, at, shade))
    return "".join(paths)


def _filled(rings: Iterable[Ring], at: tuple[float, float], colour: str) -> str:
    return (
        f'<path d="{_path(rings, at)}" fill="{colour}" fill-rule="evenodd" stroke="{INK}" '
        'stroke-width="1.5" stroke-linejoin="round"/>'
    )


def _bore(bore: Bore, at: tuple[float, float]) -> str:
    x, y = at[0] + bore.x_mm * PX, at[1] - bore.y_mm * PX
    radius = bore.diameter_mm / 2 * PX
    label = f"Loch {german(bore.diameter_mm)} mm"
    return (
        f'<path d="M{x:.1f} {y + radius:.1f}V{_below(at):.1f}" stroke="{ARROW}" stroke-width="1.5"/>'
        f'<text x="{x - 6:.1f}" y="{_below(at) + 18:.1f}" fill="{ARROW}" {LABEL}>{label}</text>'
    )


def _below(at: tuple[float, float]) -> float:
    return at[1] + 15 * PX + 8


def _sizes(part: PartFacts, room: tuple[float, float, float, float]) -> str:
    left, top, wide, high = room
    length, height, _ = part.size_mm
    x1 = left + (wide - length) / 2 * PX
    y1 = top + (high - height) / 2 * PX
    return _arrow((x1, top - 12), (x1 + length * PX, top - 12), f"{german(length)} mm") + _arrow(
        (left + wide * PX + 14, y1), (left + wide * PX + 14, y1 + height * PX), f"{german(height)} mm"
    )


def _arrow(start: tuple[float, float], end: tuple[float, float], label: str) -> str:
    (x1, y1), (x2, y2) = start, end
    upright = x1 == x2
    ticks = f"M{x1 - 6} {y1}h12M{x2 - 6} {y2}h12" if upright else f"M{x1} {y1 - 6}v12M{x2} {y2 - 6}v12"
    line = f'<path d="M{x1} {y1}L{x2} {y2}{ticks}" stroke="{ARROW}" stroke-width="2" fill="none"/>'
    x, y, anchor = (x1 + 10, (y1 + y2) / 2 + 6, "start") if upright else ((x1 + x2) / 2, y1 + 6, "middle")
    room = len(label) * 9.5
    gap = (
        ""
        if upright
        else f'<rect x="{x - room / 2:.1f}" y="{y - 16:.1f}" width="{room:.1f}" height="20" fill="{PAPER}"/>'
    )
    return f'{line}{gap}<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{ARROW}" {LABEL}>{label}</text>'


def _side_view(part: PartFacts, floor: tuple[float, float]) -> str:
    x0, y0 = floor
    slabs = [(part.outline.footprint, min(level.z_mm for level in part.outline.levels), PLATE)]
    plate = slabs[0][1]
    slabs += [(level.rings, level.z_mm, SHADES[0]) for level in part.outline.levels if level.z_mm > plate]
    shapes = []
    for rings, z, colour in slabs:
        low, _, high, _ = _box(rings)
        bottom = 0 if colour == PLATE else plate
        shapes.append(
            f'<rect x="{x0 + low * PX:.1f}" y="{y0 - z * PX:.1f}" width="{(high - low) * PX:.1f}" '
            f'height="{(z - bottom) * PX:.1f}" fill="{colour}" stroke="{INK}" stroke-width="1.5"/>'
        )
    low, _, high, _ = _box(part.outline.footprint)
    right = x0 + high * PX + 14
    size = _arrow((right, y0 - part.size_mm[2] * PX), (right, y0), f"{german(part.size_mm[2])} mm")
    top = part.size_mm[2] - plate
    words = "von der Seite" + (f": {german(plate)} mm + {german(top)} mm" if top > 0 else "")
    label = f'<text x="{x0 + low * PX:.1f}" y="{y0 + 26:.1f}" fill="{INK}" {LABEL}>{words}</text>'
    return "".join(shapes) + size + label
