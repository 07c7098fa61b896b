"""Triangles put together and measured, all at once with numpy; a notebook's own process never needs this."""

from collections.abc import Sequence
from typing import Any

import numpy
from numpy.typing import ArrayLike, NDArray

from makerwagen.models.mesh import LEVEL, Mesh, Point3

Array = NDArray[Any]


def joined(pieces: Sequence[tuple[str, ArrayLike, ArrayLike]]) -> Mesh:
    """Return one mesh of named pieces, each with flat coordinates and flat triangles; equal neighbours are one part."""
    vertices, triangles = [numpy.empty(0, "<f4")], [numpy.empty(0, "<u4")]
    parts: list[tuple[str, int, int]] = []
    offset = first = 0
    for name, coordinates, corners in pieces:
        points = numpy.asarray(coordinates, "<f4").ravel()
        faces = numpy.asarray(corners, "<u4").ravel() + numpy.uint32(offset)
        vertices.append(points)
        triangles.append(faces)
        count = len(faces) // 3
        if parts and parts[-1][0] == name:
            parts[-1] = (name, parts[-1][1], parts[-1][2] + count)
        else:
            parts.append((name, first, count))
        offset, first = offset + len(points) // 3, first + count
    return Mesh(numpy.concatenate(vertices).tobytes(), numpy.concatenate(triangles).tobytes(), tuple(parts))


def measured(mesh: Mesh) -> tuple[float, float, float]:
    """Return volume, surface and level surface of a closed mesh (or of several side by side) in mm³ and mm²."""
    corners = _points(mesh)[numpy.frombuffer(mesh.triangles, "<u4")].reshape(-1, 3, 3)
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    normals = numpy.cross(b - a, c - a)
    areas = numpy.linalg.norm(normals, axis=1) / 2
    level = numpy.abs(normals[:, 2]) > LEVEL * 2 * areas
    return float((a * normals).sum() / 6), float(areas.sum()), float(areas[level].sum())


def box_of(mesh: Mesh) -> tuple[Point3, Point3]:
    """Return the lowest and the highest corner of the box around a mesh."""
    points = _points(mesh)
    low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return (low[0], low[1], low[2]), (high[0], high[1], high[2])


def _points(mesh: Mesh) -> Array:
    found: Array = numpy.frombuffer(mesh.vertices, "<f4").reshape(-1, 3).astype(float)
    return found
