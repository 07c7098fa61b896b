"""A part as a picture (PNG) seen from above at an angle, without a browser and without a display."""

import math
import struct
import zlib

import numpy

from makerwagen.models.files import COLOURS, YELLOW
from makerwagen.models.mesh import Mesh
from makerwagen.models.raster import Pixels, nearest

WIDTH, HEIGHT, FINER = 640, 480, 2  # drawn twice as fine and then averaged, so that edges are smooth
TURN, TILT = math.radians(-28), math.radians(52)
LIGHT = numpy.array([-0.35, -0.45, 0.82])
MARGIN = 0.06
PAPER = 255
EDGE_COS = math.cos(math.radians(25))  # where a surface turns more sharply, a line is drawn


def picture(mesh: Mesh) -> bytes:
    """Return the picture as PNG; the same mesh gives the same bytes."""
    points = numpy.frombuffer(mesh.vertices, "<f4").reshape(-1, 3).astype(float)
    faces = numpy.frombuffer(mesh.triangles, "<u4").reshape(-1, 3)
    corners = points[faces]
    normals = numpy.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = numpy.linalg.norm(normals, axis=1)
    sound = lengths > 1e-12
    corners, normals = corners[sound], normals[sound] / lengths[sound][:, None]
    colours = _colours(mesh)[sound]
    screen = _projected(corners)
    towards = (screen[:, 1, 0] - screen[:, 0, 0]) * (screen[:, 2, 1] - screen[:, 0, 1])
    towards -= (screen[:, 2, 0] - screen[:, 0, 0]) * (screen[:, 1, 1] - screen[:, 0, 1])
    seen = numpy.flatnonzero(towards > 0)
    owner, depth = nearest(screen, seen, (WIDTH * FINER, HEIGHT * FINER))
    return _png(_averaged(_shaded(owner, depth, normals, colours)))


def _colours(mesh: Mesh) -> Pixels:
    colours = numpy.zeros((len(mesh.triangles) // 12, 3))
    for name, first, count in mesh.parts:
        code = COLOURS.get(name, YELLOW)
        colours[first : first + count] = [int(code[place : place + 2], 16) for place in (1, 3, 5)]
    return colours


def _projected(corners: Pixels) -> Pixels:
    """Return x to the right, y up and the depth towards the eye, in fine pixels."""
    x, y, z = corners[..., 0], corners[..., 1], corners[..., 2]
    right = x * math.cos(TURN) - y * math.sin(TURN)
    away = x * math.sin(TURN) + y * math.cos(TURN)
    up = away * math.sin(TILT) + z * math.cos(TILT)
    near = z * math.sin(TILT) - away * math.cos(TILT)
    wide, high = WIDTH * FINER, HEIGHT * FINER
    room = 1 - 2 * MARGIN
    scale = min(wide * room / max(numpy.ptp(right), 1e-9), high * room / max(numpy.ptp(up), 1e-9))
    right = (right - (right.min() + right.max()) / 2) * scale + wide / 2
    up = (up - (up.min() + up.max()) / 2) * scale + high / 2
    return numpy.stack([right, up, near * scale], axis=-1)


def _shaded(owner: Pixels, depth: Pixels, normals: Pixels, colours: Pixels) -> Pixels:
    light = 0.55 + 0.45 * numpy.clip(normals @ (LIGHT / numpy.linalg.norm(LIGHT)), 0, 1)
    bright = numpy.clip(colours * light[:, None], 0, 255)
    image = numpy.where(owner[..., None] >= 0, bright[owner], PAPER)
    lines = numpy.zeros(owner.shape, bool)
    facing = normals[owner]
    for axis in (0, 1):
        near, far = [numpy.s_[:-1], numpy.s_[:]], [numpy.s_[1:], numpy.s_[:]]
        here, there = tuple(near[:: 1 - 2 * axis]), tuple(far[:: 1 - 2 * axis])
        both = (owner[here] >= 0) & (owner[there] >= 0)
        bent = (facing[here] * facing[there]).sum(axis=-1) < EDGE_COS
        with numpy.errstate(invalid="ignore"):
            step = numpy.abs(depth[here] - depth[there]) > 6 * FINER
        lines[here] |= numpy.where(both, bent | step, owner[here] != owner[there])
    image[lines] = image[lines] * 0.35
    return image


def _averaged(image: Pixels) -> Pixels:
    small = image.reshape(HEIGHT, FINER, WIDTH, FINER, 3).mean(axis=(1, 3))
    upright: Pixels = numpy.rint(small[::-1]).astype("u1")
    return upright


def _png(image: Pixels) -> bytes:
    rows = b"".join(b"\0" + row.tobytes() for row in image)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
