"""Build a holder on the wall into which a housing slides from above."""

from types import ModuleType

import cadquery as cq

from makerwagen.models.parts import quick, solids

PLATE_MM, CORNER_MM, LIP_MM, LIP_TOP_MM = 3.0, 4.0, 3.0, 1.2


def build(params: dict) -> cq.Workplane:
    """Return the holder lying on its back: the wall is z = 0, up on the wall is positive y."""
    pieces, tools = _pieces(params, kit=solids)
    return cq.Workplane(obj=pieces[0].fuse(*pieces[1:]).cut(*tools))


def preview(params: dict) -> dict:
    """Return the same, put together quickly."""
    pieces, tools = _pieces(params, kit=quick)
    return {"body": quick.whole(pieces) - quick.whole(tools)}


def _pieces(params: dict, *, kit: ModuleType) -> tuple[list, list]:
    """Return what is put together, and what is cut out of it."""
    wall, grip = params["wall_mm"], params["grip_mm"]
    width = params["box_width_mm"] + 2 * params["play_mm"]
    ear = 2 * params["screw_mm"] + 6
    full = width + 2 * (wall + ear)
    plate = kit.slab((full, grip + wall, PLATE_MM), CORNER_MM).translate((0, (grip - wall) / 2, 0))
    return [plate, *_rails(params, width, kit=kit)], _holes(params, (width + full) / 4 + wall / 2, kit=kit)


def _rails(params: dict, width: float, *, kit: ModuleType) -> list:
    """Return the two sides and the shelf; their lips lean in at 45 degrees and so need no supports."""
    wall, high = params["wall_mm"], PLATE_MM + params["box_depth_mm"] + params["play_mm"]
    top = high + LIP_MM + LIP_TOP_MM
    profile = [(0, 0), (wall, 0), (wall, high), (wall + LIP_MM, high + LIP_MM), (wall + LIP_MM, top), (0, top)]
    edge = width / 2 + wall
    left = kit.bar_y([(out - edge, up) for out, up in profile], params["grip_mm"] + wall, -wall)
    right = kit.bar_y([(edge - out, up) for out, up in reversed(profile)], params["grip_mm"] + wall, -wall)
    return [left, right, kit.bar_x([(out - wall, up) for out, up in profile], 2 * edge, -edge)]


def _holes(params: dict, ear: float, *, kit: ModuleType) -> list:
    high = PLATE_MM + params["box_depth_mm"] + 20
    tools = [tool for x in (-ear, ear) for tool in _hang(params, x, kit=kit)]
    if params["cable_mm"] > 0:
        size = params["cable_mm"], params["wall_mm"] + LIP_MM + 2, high
        tools.append(kit.box(size, (-params["cable_mm"] / 2, -params["wall_mm"] - 1, PLATE_MM)))
    return tools


def _hang(params: dict, x: float, *, kit: ModuleType) -> list:
    radius = params["screw_mm"] / 2 + 0.2
    middle = (params["grip_mm"] - params["wall_mm"]) / 2
    if params["hang"] == "Schlüsselloch":
        head = middle - params["screw_mm"]
        slot_top = head + 2 * params["screw_mm"]
        return [
            kit.rod(2 * radius + 0.3, PLATE_MM, (x, head, 0)),
            kit.box((2 * radius, slot_top - head, PLATE_MM), (x - radius, head, 0)),
            kit.rod(radius, PLATE_MM, (x, slot_top, 0)),
        ]
    sink = kit.rod(radius, radius, (x, middle, PLATE_MM - radius), upper_mm=2 * radius)
    return [kit.rod(radius, PLATE_MM, (x, middle, 0)), sink]
