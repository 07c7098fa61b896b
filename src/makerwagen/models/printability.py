"""What would go wrong when a part is printed, in a child's words and with the place; the one home of trimesh."""

import math
from collections.abc import Iterator
from typing import Any

import numpy
import trimesh
from manifold3d import CrossSection, FillRule, Manifold
from manifold3d import Mesh as ManifoldMesh

from makerwagen.models.built import Finding, Limits
from makerwagen.models.mesh import Mesh, Point3
from makerwagen.models.values import german

Solid = trimesh.Trimesh
ON_BED_MM = 0.3
STEEPEST = math.sin(math.radians(45 + 3))  # 3° of tolerance: a slope of exactly 45° still holds
BRIDGE_MM = 10.0  # so wide a ceiling may hang free: two walls with a gap of 10 mm are bridged without harm
THIN = 0.9  # of the nozzle: 10 % of tolerance
THIN_MM2 = 0.25  # smaller places are tips and corners, which the printer only rounds off
HALF_LAYER_MM = 0.15
PLAIN_MM = 0.05  # two heights nearer than this are the same
MOST_SLICES = 24
GRID = 5  # decimals of a millimetre below which points are the same


def look_over(
    mesh: Mesh, limits: Limits, *, solids: int = 1, supports: bool = False, minutes: float = 0.0
) -> tuple[Finding, ...]:
    """Return everything found on a part; `solids` and `supports` are what the model declares, `minutes` its time."""
    part = solid_of(mesh)
    found = [*_open(part), *_loose(part, solids), *_too_big(part, limits), *_too_long(limits, minutes)]
    if not found or part.is_watertight:
        found += _thin(part, limits)
        found += [] if supports else _overhang(part)
    return tuple(found)


def solid_of(mesh: Mesh) -> Solid:
    """Return triangles whose equal corners are one corner."""
    points = numpy.frombuffer(mesh.vertices, dtype="<f4").reshape(-1, 3).astype(float)
    faces = numpy.frombuffer(mesh.triangles, dtype="<u4").reshape(-1, 3)
    part = trimesh.Trimesh(points, faces, process=False)
    part.merge_vertices(digits_vertex=GRID)
    # A flat triangle between three points of one line stays: without it the skin around it would be torn.
    one, two, three = part.faces.T
    part.update_faces((one != two) & (two != three) & (three != one))
    part.remove_unreferenced_vertices()
    return part


def _open(part: Solid) -> Iterator[Finding]:
    if part.is_watertight and part.is_winding_consistent and part.volume > 0:
        return
    edges, counts = numpy.unique(part.edges_sorted, axis=0, return_counts=True)
    torn = edges[counts != 2]
    place = _point(part.vertices[torn[0]].mean(axis=0)) if len(torn) else None
    yield Finding("open-mesh", "Dein Teil hat ein Loch in der Haut. Stell den letzten Regler zurück.", place, True)


def _loose(part: Solid, solids: int) -> Iterator[Finding]:
    find: Any = trimesh.graph.connected_component_labels
    labels = find(part.face_adjacency, node_count=len(part.faces))
    volumes = numpy.bincount(labels, _cones(part)) if len(labels) else numpy.array([])
    # A hollow room inside is a skin of its own, of negative volume, but no loose piece.
    pieces = [label for label in numpy.argsort(volumes) if volumes[label] > 0]
    if len(pieces) > solids:
        message = f"Dein Teil zerfällt in {len(pieces)} Stücke. Schieb sie zusammen oder mach sie größer."
        smallest = part.triangles[labels == pieces[0]].reshape(-1, 3)
        yield Finding("loose-parts", message, _point((smallest.min(axis=0) + smallest.max(axis=0)) / 2), True)


def _cones(part: Solid) -> numpy.ndarray:
    """Return for each triangle the signed volume between it and the origin."""
    a, b, c = part.triangles[:, 0], part.triangles[:, 1], part.triangles[:, 2]
    volumes: numpy.ndarray = (a * numpy.cross(b, c)).sum(axis=1) / 6
    return volumes


def _too_big(part: Solid, limits: Limits) -> Iterator[Finding]:
    size, bed = part.extents, limits.bed_mm
    lying = (max(size[0], size[1]) <= max(bed[0], bed[1]), min(size[0], size[1]) <= min(bed[0], bed[1]))
    if all(lying) and size[2] <= bed[2]:
        return
    room = " mal ".join(german(edge) for edge in bed)
    message = f"Dein Teil ist zu groß für den Drucker. Platz ist für {room} mm."
    yield Finding("too-big", message, _point(part.bounds[1]), True)


def _too_long(limits: Limits, minutes: float) -> Iterator[Finding]:
    if limits.minutes is None or minutes <= limits.minutes * 1.1:
        return
    message = (
        f"Das druckt ungefähr {minutes:.0f} Minuten. Für dich sind {limits.minutes:.0f} Minuten da. Mach es kleiner."
    )
    yield Finding("too-long", message, None, True)


def _thin(part: Solid, limits: Limits) -> Iterator[Finding]:
    """Yield the thinnest place: what is left of a slice when discs of the nozzle's width cannot reach it."""
    whole = Manifold(ManifoldMesh(numpy.asarray(part.vertices, "f4"), numpy.asarray(part.faces, "u4")))
    worst, place = 0.0, None
    reach = limits.nozzle_mm * THIN / 2
    for height in _heights(part):
        for patch in _thin_places(whole, height, reach):
            if patch.area() > max(THIN_MM2, worst) and _stays_thin(whole, height, reach, patch):
                worst = patch.area()
                left, bottom, right, top = patch.bounds()
                place = ((left + right) / 2, (bottom + top) / 2, height)
    if place is not None:
        message = f"Hier ist dein Teil dünner als die Düse ({german(limits.nozzle_mm)} mm). Mach es dicker."
        yield Finding("too-thin", message, place, True)


def _thin_places(whole: Manifold, height: float, reach: float) -> list[CrossSection]:
    """Return what a brush of this reach cannot paint at a height."""
    layer = whole.slice(height)
    opened = layer.offset(-reach, circular_segments=16).offset(reach + 0.02, circular_segments=16)
    return list((layer - opened).decompose())


def _stays_thin(whole: Manifold, height: float, reach: float, patch: CrossSection) -> bool:
    """Say whether a place is thin above and below, too: where a slope only begins, the next layer covers it."""
    return all(
        sum((patch ^ other).area() for other in _thin_places(whole, height + step, reach)) > THIN_MM2 / 2
        for step in (-HALF_LAYER_MM, HALF_LAYER_MM)
    )


def _heights(part: Solid) -> list[float]:
    """Return the heights worth a look: the middle between every two heights at which something changes."""
    levels = numpy.unique(numpy.round(part.vertices[:, 2] / PLAIN_MM)) * PLAIN_MM
    middles = (levels[1:] + levels[:-1]) / 2
    if len(middles) > MOST_SLICES:
        middles = middles[numpy.linspace(0, len(middles) - 1, MOST_SLICES).round().astype(int)]
    return [float(middle) for middle in middles]


def _overhang(part: Solid) -> Iterator[Finding]:
    floor = part.bounds[0][2]
    highest = part.triangles[:, :, 2].max(axis=1)
    hanging = (part.face_normals[:, 2] < -STEEPEST) & (highest > floor + ON_BED_MM)
    if not hanging.any():
        return
    flat = part.triangles[hanging][:, ::-1, :2]  # seen from above they run the other way round
    shadow = CrossSection(list(flat.astype("f4")), FillRule.NonZero)
    wide = [patch for patch in shadow.decompose() if not patch.offset(-BRIDGE_MM / 2).is_empty()]
    if not wide:
        return
    largest = max(wide, key=lambda patch: patch.area())
    left, bottom, right, top = largest.offset(-BRIDGE_MM / 2).bounds()
    middle = numpy.array([(left + right) / 2, (bottom + top) / 2])
    faces = part.triangles_center[hanging]
    nearest = faces[numpy.argmin(((faces[:, :2] - middle) ** 2).sum(axis=1))]
    square_cm = sum(patch.area() for patch in wide) / 100
    message = f"Hier hängt dein Teil in der Luft ({german(square_cm)} cm²). Mach die Schräge flacher oder stütze es."
    yield Finding("overhang", message, (float(middle[0]), float(middle[1]), float(nearest[2])), False)


def _point(at: numpy.ndarray) -> Point3:
    return float(at[0]), float(at[1]), float(at[2])
