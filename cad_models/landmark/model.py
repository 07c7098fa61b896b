"""Build a tower of Dortmund as a flat silhouette, and a foot with a slot in which it stands."""

import cadquery as cq

FOOT_MM, TAB_SHARE, GAP_MM, THINNEST_MM = 4.0, 0.6, 5.0, 2.4
Ring = list[tuple[float, float]]
Box = tuple[float, float, float, float]

# Own simplified drawings: right half from the bottom up, as (half width, height), both in parts of the height.
U_TOWER = [(0.34, 0), (0.34, 0.2), (0.24, 0.2), (0.24, 0.58), (0.21, 0.58), (0.21, 0.68), (0.17, 0.68), (0.17, 0.76)]
FLORIAN = [
    (0.15, 0), (0.15, 0.05), (0.05, 0.05), (0.035, 0.6), (0.13, 0.645), (0.13, 0.68), (0.09, 0.69),
    (0.09, 0.73), (0.035, 0.75), (0.03, 0.82), (0.018, 0.83), (0.018, 1),
]  # fmt: skip
U_SIGN = [(0.12, 0.76), (0.12, 1), (0.06, 1), (0.06, 0.83)]  # the big U on the roof


def build(params: dict) -> cq.Workplane:
    """Return the tower lying on its back, its tab towards negative y, and the foot to the right of it."""
    high = params["height_mm"] - FOOT_MM
    half = _half(params, high)
    mirrored = [(-x, y) for x, y in reversed(half)]
    tab = TAB_SHARE * half[0][0]
    outline = [(-tab, 0), (-tab, -FOOT_MM), (tab, -FOOT_MM), (tab, 0), *half, *mirrored]
    tower = cq.Workplane().polyline(_distinct(outline)).close().extrude(params["thickness_mm"]).val()
    holes = [_hole(box, params["thickness_mm"]) for box in _windows(params, high)]
    if holes:
        tower = tower.cut(*holes)
    foot = _foot(params, 2 * tab)
    right = max(x for x, _ in half)
    foot = foot.moved(cq.Location((right + GAP_MM + params["foot_mm"] / 2, params["foot_mm"] / 2 - FOOT_MM, 0)))
    return cq.Workplane(obj=tower).newObject([tower, foot])


def _half(params: dict, high: float) -> Ring:
    if params["building"] == "Florianturm":
        return [(max(x * high, THINNEST_MM / 2), y * high) for x, y in FLORIAN]
    return [(x * high, y * high) for x, y in [*U_TOWER, *U_SIGN]]


def _distinct(ring: Ring) -> Ring:
    return [point for number, point in enumerate(ring) if point != ring[number - 1]]


def _windows(params: dict, high: float) -> list[Box]:
    """Return the windows as (middle x, middle y, width, height); bars between them stay thick enough to print."""
    if not params["windows"]:
        return []
    if params["building"] == "Florianturm" and high < 90:
        return []  # they would be thinner than two lines of the printer
    if params["building"] == "Florianturm":
        return [(x * high, 0.6625 * high, 0.04 * high, 0.016 * high) for x in (-0.08, 0, 0.08)]
    tall = 0.3 * high / params["rows"]
    rows = [0.245 * high + (row + 0.5) * 0.3 * high / params["rows"] for row in range(params["rows"])]
    return [(x * high, y, 0.06 * high, tall * 0.6) for x in (-0.15, -0.05, 0.05, 0.15) for y in rows]


def _hole(box: Box, thick: float) -> cq.Solid:
    x, y, width, height = box
    return cq.Solid.makeBox(width, height, thick, cq.Vector(x - width / 2, y - height / 2, 0))


def _foot(params: dict, tab: float) -> cq.Shape:
    size, play = params["foot_mm"], params["play_mm"]
    plate = cq.Sketch().rect(max(size, tab + 10), size).vertices().fillet(3).reset()
    plate = plate.rect(tab + 2 * play, params["thickness_mm"] + 2 * play, mode="s")
    return cq.Workplane().placeSketch(plate).extrude(FOOT_MM).val()
