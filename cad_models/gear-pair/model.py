"""Build two gears that mesh, and a bar with two pins on which they turn."""

import cadquery as cq

from makerwagen.models.parts import quick
from makerwagen.models.parts.gears import Gear, distance_mm

STEP_MM, STEP_HIGH_MM = 1.5, 0.6
GAP_MM, BAR_MM, BAR_THICK_MM, PIN_OVER_MM = 4.0, 6.0, 3.0, 2.0
DOT_MM = 2.0  # a small hole near the rim: whoever turns can count the turns
UP = cq.Vector(0, 0, 1)


def build(params: dict) -> cq.Workplane:
    """Return both gears side by side, and in front of them the bar with its pins up."""
    first, second, aside, low, apart = _places(params)
    left, right = _gear(first, params), _gear(second, params).moved(cq.Location((aside, 0, 0)))
    bar = _bar(apart, params).moved(cq.Location((0, low, 0)))
    return cq.Workplane(obj=left).newObject([left, right, bar])


def preview(params: dict) -> dict:
    """Return the same quickly."""
    first, second, aside, low, apart = _places(params)
    gears = []
    for gear in (first, second):
        flat = quick.area_in(gear.outline())
        for across, x in _bores(gear, params):
            flat -= quick.disc(across, (x, 0))
        gears.append(quick.up(flat, params["thickness_mm"]))
    radius, high = _pin(params)
    bar = [quick.up(quick.slot(apart, params["bore_mm"] + 2 * BAR_MM), BAR_THICK_MM)]
    for x in (-apart / 2, apart / 2):
        step, pin = quick.disc(2 * (radius + STEP_MM), (x, 0)), quick.disc(2 * radius, (x, 0))
        bar += [quick.up(step, BAR_THICK_MM + STEP_HIGH_MM), quick.up(pin, high)]
    return {
        "body": quick.whole(
            [gears[0], gears[1].translate((aside, 0, 0)), quick.whole(bar).translate((apart / 2, low, 0))]
        )
    }


def _places(params: dict) -> tuple[Gear, Gear, float, float, float]:
    """Return both gears, how far aside the second lies, how far in front the bar, and how far apart its pins are."""
    play = params["play_mm"]
    first, second = (Gear(params["module_mm"], params[name], play) for name in ("teeth", "teeth_second"))
    low = -max(first.tip_mm, second.tip_mm) - GAP_MM - params["bore_mm"] / 2 - BAR_MM
    # The pins stand a little further apart than touching teeth would, by half of what the teeth were thinned.
    return first, second, first.tip_mm + second.tip_mm + GAP_MM, low, distance_mm(first, second) + play / 2


def _bores(gear: Gear, params: dict) -> list[tuple[float, float]]:
    """Return diameter and distance from the middle of each hole."""
    found = [(params["bore_mm"], 0.0)]
    if gear.root_mm - params["bore_mm"] / 2 > DOT_MM + 3:
        found.append((DOT_MM, gear.root_mm - DOT_MM / 2 - 1.2))
    return found


def _pin(params: dict) -> tuple[float, float]:
    """Return radius and height of a pin."""
    return params["bore_mm"] / 2 - params["play_mm"], BAR_THICK_MM + params["thickness_mm"] + PIN_OVER_MM


def _gear(gear: Gear, params: dict) -> cq.Shape:
    holes = [cq.Wire.makeCircle(across / 2, cq.Vector(x, 0, 0), UP) for across, x in _bores(gear, params)]
    rim = cq.Wire.makePolygon([cq.Vector(*point) for point in gear.outline()], close=True)
    # The holes are part of the face: drilling them through hundreds of flanks would take ten times as long.
    return cq.Solid.extrudeLinear(cq.Face.makeFromWires(rim, holes), UP * params["thickness_mm"])


def _bar(apart: float, params: dict) -> cq.Shape:
    width = params["bore_mm"] + 2 * BAR_MM
    bar = cq.Workplane().placeSketch(cq.Sketch().slot(apart, width)).extrude(BAR_THICK_MM).val()
    pin, high = _pin(params)
    pins = [cq.Solid.makeCylinder(pin, high, cq.Vector(x, 0, 0)) for x in (-apart / 2, apart / 2)]
    # A step under each gear keeps the teeth from rubbing on the bar.
    tall = BAR_THICK_MM + STEP_HIGH_MM
    steps = [cq.Solid.makeCylinder(pin + STEP_MM, tall, cq.Vector(x, 0, 0)) for x in (-apart / 2, apart / 2)]
    return bar.fuse(*steps, *pins).moved(cq.Location((apart / 2, 0, 0)))
