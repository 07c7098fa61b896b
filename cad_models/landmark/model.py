"""Build a tower of Dortmund as a flat silhouette, and a foot with a slot in which it stands."""

import cadquery as cq

from makerwagen.models.parts import quick

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
    high, half, tab = _sizes(params)
    tower = cq.Workplane().polyline(_outline(half, tab)).close().extrude(params["thickness_mm"]).val()
    holes = [_hole(box, params["thickness_mm"]) for box in _windows(params, high)]
    if holes:
        tower = tower.cut(*holes)
    foot = _foot(params, 2 * tab).moved(cq.Location((*_beside(params, half), 0)))
    return cq.Workplane(obj=tower).newObject([tower, foot])


def preview(params: dict) -> dict:
    """Return the same two quickly."""
    high, half, tab = _sizes(params)
    tower = quick.area_in(_outline(half, tab))
    for x, y, width, height in _windows(params, high):
        tower -= quick.rectangle(width, height, (x, y))
    plate = quick.rounded(*_plate(params, 2 * tab), 3) - quick.rectangle(*_slot(params, 2 * tab))
    foot = quick.up(plate, FOOT_MM).translate((*_beside(params, half), 0))
    return {"body": quick.up(tower, params["thickness_mm"]) + foot}


def _sizes(params: dict) -> tuple[float, Ring, float]:
    """Return the tower's height, its right half, and half the width of its tab."""
    high = params["height_mm"] - FOOT_MM
    half = _half(params, high)
    return high, half, TAB_SHARE * half[0][0]


def _outline(half: Ring, tab: float) -> Ring:
    mirrored = [(-x, y) for x, y in reversed(half)]
    return _distinct([(-tab, 0), (-tab, -FOOT_MM), (tab, -FOOT_MM), (tab, 0), *half, *mirrored])


def _beside(params: dict, half: Ring) -> tuple[float, float]:
    return max(x for x, _ in half) + GAP_MM + params["foot_mm"] / 2, params["foot_mm"] / 2 - FOOT_MM


def _plate(params: dict, tab: float) -> tuple[float, float]:
    return max(params["foot_mm"], tab + 10), params["foot_mm"]


def _slot(params: dict, tab: float) -> tuple[float, float]:
    return tab + 2 * params["play_mm"], params["thickness_mm"] + 2 * params["play_mm"]


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
    plate = cq.Sketch().rect(*_plate(params, tab)).vertices().fillet(3).reset()
    plate = plate.rect(*_slot(params, tab), mode="s")
    return cq.Workplane().placeSketch(plate).extrude(FOOT_MM).val()
