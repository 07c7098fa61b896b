"""Flat shapes to build on: plates with rounded, cut or bitten corners, slots, boxes and holes, drawn in 2D first."""

import cadquery as cq

PLATES = ("Rechteck", "Pille", "Achteck", "Ticket")


def plate(shape: str, length_mm: float, height_mm: float) -> cq.Sketch:
    """Return one of the four plates around the origin; a shape of another name is a rounded rectangle."""
    if shape == "Pille":
        return cq.Sketch().slot(length_mm - height_mm, height_mm)
    corners = cq.Sketch().rect(length_mm, height_mm).vertices()
    if shape == "Achteck":
        return corners.chamfer(0.25 * height_mm).reset()
    if shape == "Ticket":
        return corners.circle(0.2 * height_mm, mode="s").reset()
    return corners.fillet(min(4, 0.25 * height_mm)).reset()


def rounded(length_mm: float, width_mm: float, radius_mm: float) -> cq.Sketch:
    """Return a rectangle around the origin; a radius too small to see leaves its corners sharp."""
    sketch = cq.Sketch().rect(length_mm, width_mm)
    return sketch if radius_mm < 0.05 else sketch.vertices().fillet(radius_mm).reset()


def with_hole(sketch: cq.Sketch, middle: tuple[float, float], diameter_mm: float) -> cq.Sketch:
    """Return the sketch with a round hole."""
    return sketch.push([middle]).circle(diameter_mm / 2, mode="s").reset()


def raise_up(sketch: cq.Sketch, height_mm: float, *, z_mm: float = 0.0, taper_deg: float = 0.0) -> cq.Shape:
    """Return the sketch as a solid from `z_mm` upwards; a negative taper makes it wider towards the top."""
    return cq.Workplane(origin=(0, 0, z_mm)).placeSketch(sketch).extrude(height_mm, taper=taper_deg).findSolid()
