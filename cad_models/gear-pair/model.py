"""Build two gears that mesh, and a bar with two pins on which they turn."""

import cadquery as cq

from makerwagen.models.parts.gears import FLANK_STEPS, Gear, distance_mm

GAP_MM, BAR_MM, BAR_THICK_MM, PIN_OVER_MM = 4.0, 6.0, 3.0, 2.0
DOT_MM = 2.0  # a small hole near the rim: whoever turns can count the turns
UP = cq.Vector(0, 0, 1)


def build(params: dict) -> cq.Workplane:
    """Return both gears side by side, and in front of them the bar with its pins up."""
    return _placed(params, FLANK_STEPS)


def preview(params: dict) -> cq.Workplane:
    """Return the same with flanks of two straight pieces: on a screen nobody sees the difference."""
    return _placed(params, 2)


def _placed(params: dict, steps: int) -> cq.Workplane:
    play = params["play_mm"]
    first, second = (Gear(params["module_mm"], params[name], play) for name in ("teeth", "teeth_second"))
    left, right = _gear(first, params, steps), _gear(second, params, steps)
    right = right.moved(cq.Location((first.tip_mm + second.tip_mm + GAP_MM, 0, 0)))
    low = -max(first.tip_mm, second.tip_mm) - GAP_MM
    # The pins stand a little further apart than touching teeth would, by half of what the teeth were thinned.
    bar = _bar(distance_mm(first, second) + play / 2, params)
    bar = bar.moved(cq.Location((0, low - params["bore_mm"] / 2 - BAR_MM, 0)))
    return cq.Workplane(obj=left).newObject([left, right, bar])


def _gear(gear: Gear, params: dict, steps: int) -> cq.Shape:
    radius = params["bore_mm"] / 2
    holes = [cq.Wire.makeCircle(radius, cq.Vector(0, 0, 0), UP)]
    if gear.root_mm - radius > DOT_MM + 3:
        holes.append(cq.Wire.makeCircle(DOT_MM / 2, cq.Vector(gear.root_mm - DOT_MM / 2 - 1.2, 0, 0), UP))
    rim = cq.Wire.makePolygon([cq.Vector(*point) for point in gear.outline(steps)], close=True)
    # The holes are part of the face: drilling them through hundreds of flanks would take ten times as long.
    return cq.Solid.extrudeLinear(cq.Face.makeFromWires(rim, holes), UP * params["thickness_mm"])


def _bar(apart: float, params: dict) -> cq.Shape:
    width = params["bore_mm"] + 2 * BAR_MM
    bar = cq.Workplane().placeSketch(cq.Sketch().slot(apart, width)).extrude(BAR_THICK_MM).val()
    pin, high = params["bore_mm"] / 2 - params["play_mm"], BAR_THICK_MM + params["thickness_mm"] + PIN_OVER_MM
    pins = [cq.Solid.makeCylinder(pin, high, cq.Vector(x, 0, 0)) for x in (-apart / 2, apart / 2)]
    # A step under each gear keeps the teeth from rubbing on the bar.
    steps = [cq.Solid.makeCylinder(pin + 1.5, BAR_THICK_MM + 0.6, cq.Vector(x, 0, 0)) for x in (-apart / 2, apart / 2)]
    return bar.fuse(*steps, *pins).moved(cq.Location((apart / 2, 0, 0)))
