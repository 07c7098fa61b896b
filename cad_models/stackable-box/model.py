"""Build a box and a lid that stand on the same foot: lid on box, box on lid, box on box."""

import cadquery as cq

from makerwagen.models.parts import quick
from makerwagen.models.parts.plates import raise_up, rounded

FOOT_MM = 1.5  # so far a foot goes into the opening below it
BETWEEN_MM, SUNK_MM = 5.0, 0.4
SHARP_MM = 0.6  # the smallest corner inside, a little more than the nozzle is wide


def build(params: dict) -> cq.Assembly:
    """Return the open box and the lid beside it, both standing on their feet."""
    both = cq.Assembly(name="stackable-box").add(cq.Workplane(_box(params)), name="box")
    return both.add(cq.Workplane(_tray(params, 0)), name="lid", loc=cq.Location((0, _aside(params), 0)))


def preview(params: dict) -> dict:
    """Return the same two quickly."""
    wall, floor = params["wall_mm"], _floor(params)
    divider = quick.up(quick.rectangle(wall, params["width_mm"] + wall), params["height_mm"], floor - SUNK_MM)
    box = [_quick_tray(params, params["height_mm"]), *(divider.translate((x, 0, 0)) for x in _dividers(params))]
    return {"box": quick.whole(box), "lid": _quick_tray(params, 0).translate((0, _aside(params), 0))}


def _quick_tray(params: dict, height: float) -> quick.Manifold:
    wall, gap = params["wall_mm"], params["gap_mm"]
    inside, corner, floor = (params["length_mm"], params["width_mm"]), params["corner_mm"], _floor(params)
    deep = height + FOOT_MM + gap
    foot = quick.rounded(inside[0] - 2 * gap, inside[1] - 2 * gap, max(SHARP_MM, corner - wall - gap))
    outer = quick.rounded(inside[0] + 2 * wall, inside[1] + 2 * wall, corner)
    walls = quick.widened(foot, outer, floor - FOOT_MM, z_mm=FOOT_MM, rise_mm=deep)
    room = quick.up(quick.rounded(*inside, max(SHARP_MM, corner - wall)), deep + 1, floor)
    return quick.whole([quick.up(foot, FOOT_MM), walls]) - room


def _aside(params: dict) -> float:
    return float(params["width_mm"] + 2 * params["wall_mm"] + BETWEEN_MM)


def _box(params: dict) -> cq.Shape:
    body = _tray(params, params["height_mm"])
    wall, places = params["wall_mm"], _dividers(params)
    if not places:
        return body
    # A divider ends a little below the lid's foot, and reaches into the walls and the floor.
    floor = _floor(params)
    divider = cq.Workplane().box(wall, params["width_mm"] + wall, params["height_mm"], centered=(True, True, False))
    return body.fuse(*(divider.val().moved(cq.Location((x, 0, floor - SUNK_MM))) for x in places))


def _dividers(params: dict) -> list[float]:
    """Return where dividers stand on the x-axis."""
    count, wall = params["rooms"], params["wall_mm"]
    wide = (params["length_mm"] - (count - 1) * wall) / count
    return [-params["length_mm"] / 2 + number * (wide + wall) - wall / 2 for number in range(1, count)]


def _floor(params: dict) -> float:
    return float(FOOT_MM + params["wall_mm"] + params["gap_mm"])


def _tray(params: dict, room: float) -> cq.Shape:
    """Return a foot that widens by 45 degrees to a wall around `room` and the depth of the next foot."""
    wall, gap = params["wall_mm"], params["gap_mm"]
    inside = params["length_mm"], params["width_mm"]
    outside = inside[0] + 2 * wall, inside[1] + 2 * wall
    corner, floor = params["corner_mm"], _floor(params)
    deep = room + FOOT_MM + gap

    foot = rounded(inside[0] - 2 * gap, inside[1] - 2 * gap, max(SHARP_MM, corner - wall - gap))
    whole = rounded(*outside, corner)
    lifted = whole.moved(cq.Location((0, 0, floor - FOOT_MM)))
    widening = cq.Workplane(origin=(0, 0, FOOT_MM)).placeSketch(foot, lifted).loft(ruled=True).findSolid()
    body = raise_up(foot, FOOT_MM).fuse(widening, raise_up(whole, deep, z_mm=floor))
    return body.cut(raise_up(rounded(*inside, max(SHARP_MM, corner - wall)), deep + 1, z_mm=floor))
