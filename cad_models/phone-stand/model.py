"""Build a stand for a phone from a few bars, printed lying on its side."""

import math

import cadquery as cq

from makerwagen.models.parts import quick

LIP_MM, PLAY_MM, TOE_MM, HEEL_MM = 9.0, 1.0, 8.0, 12.0
PHONE_MIDDLE_MM = 75.0  # a phone of 150 mm weighs down here, so the foot behind must reach further

Point = tuple[float, float]


def build(params: dict) -> cq.Workplane:
    """Return the stand on its side: the table is the x-axis, and its width grows upwards from z = 0."""
    bars, middle = _bars(params)
    side = cq.Sketch()
    for bar in bars:
        side = _bar(side, bar, params["wall_mm"])
    stand = cq.Workplane().placeSketch(side.clean()).extrude(params["width_mm"])
    return stand.cut(_cable(params, middle)) if params["cable_mm"] > 0 else stand


def preview(params: dict) -> dict:
    """Return the same quickly."""
    bars, middle = _bars(params)
    ends = [[quick.disc(params["wall_mm"], end) for end in bar] for bar in bars]
    stand = quick.up(quick.all_of(quick.hull(*pair) for pair in ends), params["width_mm"])
    return {"body": stand - quick.of(_cable(params, middle).val()) if params["cable_mm"] > 0 else stand}


def _bars(params: dict) -> tuple[list[tuple[Point, Point]], Point]:
    """Return the bars from end to end, and the middle of the shelf."""
    wall, lean = params["wall_mm"], math.radians(params["angle"])
    along, out = (math.cos(lean), math.sin(lean)), (-math.sin(lean), math.cos(lean))
    ground = (0.0, 0.0)
    corner = _from(ground, along, params["lift_mm"] + wall)
    shelf_end = _from(corner, out, params["phone_mm"] + PLAY_MM + wall)
    top = _from(corner, along, params["back_mm"])
    heel = ((params["lift_mm"] + PHONE_MIDDLE_MM) * along[0] + HEEL_MM, 0.0)
    return [
        (ground, top),
        (corner, shelf_end),
        (shelf_end, _from(shelf_end, along, LIP_MM)),
        ((min(shelf_end[0], 0.0) - TOE_MM, 0.0), heel),
        (heel, _from(corner, along, 0.6 * params["back_mm"])),
    ], _from(corner, out, (params["phone_mm"] + PLAY_MM + wall) / 2)


def _from(start: Point, direction: Point, by: float) -> Point:
    return start[0] + direction[0] * by, start[1] + direction[1] * by


def _bar(side: cq.Sketch, bar: tuple[Point, Point], wall: float) -> cq.Sketch:
    (x1, y1), (x2, y2) = bar
    turn = math.degrees(math.atan2(y2 - y1, x2 - x1))
    return side.push([((x1 + x2) / 2, (y1 + y2) / 2)]).slot(math.dist(*bar), wall, angle=turn).reset()


def _cable(params: dict, middle: Point) -> cq.Workplane:
    # Only the shelf is opened: cut through to the front, half of the lip would hang in the air while it prints.
    tool = cq.Workplane().box(3 * params["wall_mm"], params["phone_mm"] + PLAY_MM, params["cable_mm"])
    tool = tool.translate((0, 0, params["width_mm"] / 2))
    return tool.rotate((0, 0, 0), (0, 0, 1), params["angle"]).translate((*middle, 0))
