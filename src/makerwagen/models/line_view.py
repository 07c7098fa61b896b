"""A part seen from one side as lines: its edges and outline, those that something hides left out."""

import math
from dataclasses import dataclass

import numpy

from makerwagen.models.mesh import Mesh
from makerwagen.models.raster import Pixels, nearest

FINE = 560  # pixels along the longer side, on which is decided what hides what
STEP_PX = 1.0
SHARP = math.cos(math.radians(28))  # where a surface turns more sharply, there is an edge
SAME_MM = 1e-3
SLACK_PX = 2.5  # so much nearer something must be to hide a line
Line = tuple[float, float, float, float]  # x1, y1, x2, y2 in millimetres, y up


@dataclass(frozen=True)
class LineView:
    """The lines of one view in millimetres, thick where the part ends, and its box: left, low, right, top."""

    edges: tuple[Line, ...]
    outline: tuple[Line, ...]
    box: tuple[float, float, float, float]


def look_from(mesh: Mesh, *, turn: float, tilt: float) -> LineView:
    """Return the part turned around z and seen from `tilt` degrees above (0 = from the front, 90 = from the top)."""
    points, faces = _merged(mesh)
    seen = _turned(points, math.radians(turn), math.radians(tilt))
    low, high = seen.min(axis=0), seen.max(axis=0)
    scale = FINE / max(high[0] - low[0], high[1] - low[1])
    screen = (seen - [low[0], low[1], 0]) * scale + [4, 4, 0]
    size = math.ceil((high[0] - low[0]) * scale) + 9, math.ceil((high[1] - low[1]) * scale) + 9
    flat = _areas(screen[faces])
    _, depth = nearest(screen[faces], numpy.flatnonzero(flat > 1e-9), size)
    found: dict[bool, list[Line]] = {True: [], False: []}
    for a, b, ends in _edges(seen, faces, flat):
        for one, two in _visible(screen[a], screen[b], depth):
            start, end = seen[a] + (seen[b] - seen[a]) * one, seen[a] + (seen[b] - seen[a]) * two
            found[ends].append((float(start[0]), float(start[1]), float(end[0]), float(end[1])))
    box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return LineView(_distinct(found[False]), _distinct(found[True]), box)


def _merged(mesh: Mesh) -> tuple[Pixels, Pixels]:
    points = numpy.frombuffer(mesh.vertices, "<f4").reshape(-1, 3).astype(float)
    faces = numpy.frombuffer(mesh.triangles, "<u4").reshape(-1, 3)
    _, first, where = numpy.unique(numpy.round(points / SAME_MM), axis=0, return_index=True, return_inverse=True)
    faces = where.reshape(-1)[faces]
    one, two, three = faces.T
    return points[first], faces[(one != two) & (two != three) & (three != one)]


def _turned(points: Pixels, turn: float, tilt: float) -> Pixels:
    """Return x to the right, y up and nearness."""
    x, y, z = points.T
    right, away = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
    up, near = away * math.sin(tilt) + z * math.cos(tilt), z * math.sin(tilt) - away * math.cos(tilt)
    turned: Pixels = numpy.stack([right, up, near], axis=1)
    return turned


def _areas(corners: Pixels) -> Pixels:
    one, two = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    areas: Pixels = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
    return areas


def _edges(points: Pixels, faces: Pixels, flat: Pixels) -> list[tuple[int, int, bool]]:
    """Return edges worth a line: ends of points, and whether the part ends there for the eye."""
    normals = numpy.cross(points[faces[:, 1]] - points[faces[:, 0]], points[faces[:, 2]] - points[faces[:, 0]])
    normals /= numpy.maximum(numpy.linalg.norm(normals, axis=1), 1e-12)[:, None]
    pairs = numpy.sort(faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    owners = numpy.repeat(numpy.arange(len(faces)), 3)
    order = numpy.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs, owners = pairs[order], owners[order]
    same = (pairs[1:] == pairs[:-1]).all(axis=1)
    first = numpy.flatnonzero(same)
    left, right = owners[first], owners[first + 1]
    facing = flat > 1e-6
    bent = (normals[left] * normals[right]).sum(axis=1) < SHARP
    ends = facing[left] != facing[right]
    kept = (bent | ends) & (facing[left] | facing[right])
    return [(int(a), int(b), bool(end)) for (a, b), end in zip(pairs[first][kept], ends[kept], strict=True)]


def _visible(start: Pixels, end: Pixels, depth: Pixels) -> list[tuple[float, float]]:
    """Return the parts of an edge that nothing hides, as shares of its length."""
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    if length < 0.2:
        return []
    shares = (numpy.arange(max(2, round(length / STEP_PX))) + 0.5) / max(2, round(length / STEP_PX))
    at = start + (end - start) * shares[:, None]
    column, row = at[:, 0].astype(int), at[:, 1].astype(int)
    behind = numpy.min([depth[row + dy, column + dx] for dy in (-1, 0, 1) for dx in (-1, 0, 1)], axis=0)
    free = numpy.concatenate([[False], at[:, 2] >= behind - SLACK_PX, [False]])
    begins, stops = numpy.flatnonzero(~free[:-1] & free[1:]), numpy.flatnonzero(free[:-1] & ~free[1:])
    count = len(shares)
    runs = [(begin / count, stop / count) for begin, stop in zip(begins, stops, strict=True)]
    return [run for run in runs if (run[1] - run[0]) * length > 2 or run == (0.0, 1.0)]


def _distinct(lines: list[Line]) -> tuple[Line, ...]:
    found: dict[tuple[float, ...], Line] = {}
    for x1, y1, x2, y2 in lines:
        ends = sorted([(round(x1, 2), round(y1, 2)), (round(x2, 2), round(y2, 2))])
        found.setdefault((*ends[0], *ends[1]), (x1, y1, x2, y2))
    return tuple(found.values())
