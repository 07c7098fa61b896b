"""Build a holder on the wall into which a housing slides from above."""

import cadquery as cq

from makerwagen.models.parts import quick

PLATE_MM, LIP_MM, LIP_TOP_MM = 3.0, 3.0, 1.2


def build(params: dict) -> cq.Workplane:
    """Return the holder lying on its back: the wall is z = 0, up on the wall is positive y."""
    pieces, tools = _pieces(params)
    return cq.Workplane(obj=pieces[0].fuse(*pieces[1:]).cut(*tools))


def preview(params: dict) -> dict:
    """Return the same, put together quickly."""
    pieces, tools = _pieces(params)
    return {"body": quick.whole(map(quick.of, pieces)) - quick.whole(map(quick.of, tools))}


def _pieces(params: dict) -> tuple[list[cq.Shape], list[cq.Solid]]:
    """Return what is put together, and what is cut out of it."""
    wall, grip = params["wall_mm"], params["grip_mm"]
    width = params["box_width_mm"] + 2 * params["play_mm"]
    ear = 2 * params["screw_mm"] + 6
    full = width + 2 * (wall + ear)
    plate = (
        cq.Workplane()
        .placeSketch(cq.Sketch().rect(full, grip + wall).vertices().fillet(4).reset())
        .extrude(PLATE_MM)
        .translate((0, (grip - wall) / 2, 0))
        .val()
    )
    return [plate, *_rails(params, width)], _holes(params, (width + full) / 4 + wall / 2, width)


def _rails(params: dict, width: float) -> list[cq.Solid]:
    """Return the two sides and the shelf; their lips lean in at 45 degrees and so need no supports."""
    wall, high = params["wall_mm"], PLATE_MM + params["box_depth_mm"] + params["play_mm"]
    top = high + LIP_MM + LIP_TOP_MM
    profile = [(0, 0), (wall, 0), (wall, high), (wall + LIP_MM, high + LIP_MM), (wall + LIP_MM, top), (0, top)]
    side = cq.Workplane("XZ", origin=(-width / 2 - wall, -wall, 0)).polyline(profile).close()
    left = side.extrude(-(params["grip_mm"] + wall)).val()
    shelf = cq.Workplane("YZ", origin=(-width / 2 - wall, -wall, 0)).polyline(profile).close()
    return [left, left.mirror("YZ"), shelf.extrude(width + 2 * wall).val()]


def _holes(params: dict, ear: float, width: float) -> list[cq.Solid]:
    high = PLATE_MM + params["box_depth_mm"] + 20
    tools = [tool for x in (-ear, ear) for tool in _hang(params, x)]
    if params["cable_mm"] > 0:
        corner = cq.Vector(-params["cable_mm"] / 2, -params["wall_mm"] - 1, PLATE_MM)
        tools.append(cq.Solid.makeBox(params["cable_mm"], params["wall_mm"] + LIP_MM + 2, high, corner))
    return tools


def _hang(params: dict, x: float) -> list[cq.Solid]:
    radius = params["screw_mm"] / 2 + 0.2
    middle = (params["grip_mm"] - params["wall_mm"]) / 2
    if params["hang"] == "Schlüsselloch":
        head = middle - params["screw_mm"]
        slot_top = head + 2 * params["screw_mm"]
        return [
            cq.Solid.makeCylinder(2 * radius + 0.3, PLATE_MM, cq.Vector(x, head, 0)),
            cq.Solid.makeBox(2 * radius, slot_top - head, PLATE_MM, cq.Vector(x - radius, head, 0)),
            cq.Solid.makeCylinder(radius, PLATE_MM, cq.Vector(x, slot_top, 0)),
        ]
    sink = cq.Solid.makeCone(radius, 2 * radius, radius, cq.Vector(x, middle, PLATE_MM - radius))
    return [cq.Solid.makeCylinder(radius, PLATE_MM, cq.Vector(x, middle, 0)), sink]
