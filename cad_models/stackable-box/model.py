"""Build a box and a lid that stand on the same foot: lid on box, box on lid, box on box."""

import cadquery as cq

from makerwagen.models.parts.plates import raise_up, rounded

FOOT_MM = 1.5  # so far a foot goes into the opening below it
BETWEEN_MM = 5.0
SHARP_MM = 0.6  # the smallest corner inside, a little more than the nozzle is wide


def build(params: dict) -> cq.Assembly:
    """Return the open box and the lid beside it, both standing on their feet."""
    aside = params["width_mm"] + 2 * params["wall_mm"] + BETWEEN_MM
    both = cq.Assembly(name="stackable-box").add(cq.Workplane(_box(params)), name="box")
    return both.add(cq.Workplane(_tray(params, 0)), name="lid", loc=cq.Location((0, aside, 0)))


def _box(params: dict) -> cq.Shape:
    body = _tray(params, params["height_mm"])
    count, wall = params["rooms"], params["wall_mm"]
    if count == 1:
        return body
    wide = (params["length_mm"] - (count - 1) * wall) / count
    places = [-params["length_mm"] / 2 + number * (wide + wall) - wall / 2 for number in range(1, count)]
    # A divider ends a little below the lid's foot, and reaches into the walls and the floor.
    floor = _floor(params)
    divider = cq.Workplane().box(wall, params["width_mm"] + wall, params["height_mm"], centered=(True, True, False))
    return body.fuse(*(divider.val().moved(cq.Location((x, 0, floor - 0.4))) for x in places))


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
