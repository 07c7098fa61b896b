"""A part as triangles: plain bytes that a view, a file or another process can take as they are."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEVEL = 0.95  # of a normal's length upwards: such a face is printed as a level one
Point3 = tuple[float, float, float]


@dataclass(frozen=True)
class Mesh:
    """Triangles in millimetres: vertices as float32 x, y, z, triangles as uint32 (both little endian), named parts.

    A part is its name (e.g. body, letters), its first triangle and how many triangles it has.
    """

    vertices: bytes
    triangles: bytes
    parts: tuple[tuple[str, int, int], ...]

    @property
    def points(self) -> list[Point3]:
        """Return the vertices as numbers."""
        flat = array("f", self.vertices)
        return list(zip(flat[0::3], flat[1::3], flat[2::3], strict=True))

    @property
    def faces(self) -> list[tuple[int, int, int]]:
        """Return the triangles as numbers of vertices, anticlockwise seen from outside."""
        flat = array("I", self.triangles)
        return list(zip(flat[0::3], flat[1::3], flat[2::3], strict=True))

    def corners(self) -> Iterator[tuple[Point3, Point3, Point3]]:
        """Yield the three corners of each triangle."""
        points = self.points
        for a, b, c in self.faces:
            yield points[a], points[b], points[c]


def joined(pieces: Sequence[tuple[str, Sequence[float], Sequence[int]]]) -> Mesh:
    """Return one mesh of named pieces, each with flat coordinates and flat triangles; equal neighbours are one part."""
    vertices, triangles = array("f"), array("I")
    parts: list[tuple[str, int, int]] = []
    for name, coordinates, corners in pieces:
        offset, first, count = len(vertices) // 3, len(triangles) // 3, len(corners) // 3
        vertices.extend(coordinates)
        triangles.extend(offset + corner for corner in corners)
        if parts and parts[-1][0] == name:
            parts[-1] = (name, parts[-1][1], parts[-1][2] + count)
        else:
            parts.append((name, first, count))
    return Mesh(vertices.tobytes(), triangles.tobytes(), tuple(parts))


def measured(mesh: Mesh) -> tuple[float, float, float]:
    """Return volume, surface and level surface of a closed mesh (or of several side by side) in mm³ and mm²."""
    volume = area = flat = 0.0
    for (ax, ay, az), (bx, by, bz), (cx, cy, cz) in mesh.corners():
        ux, uy, uz, vx, vy, vz = bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        twice = (nx * nx + ny * ny + nz * nz) ** 0.5
        area += twice / 2
        flat += twice / 2 if abs(nz) > LEVEL * twice else 0.0
        volume += (ax * nx + ay * ny + az * nz) / 6
    return volume, area, flat


def box_of(mesh: Mesh) -> tuple[Point3, Point3]:
    """Return the lowest and the highest corner of the box around a mesh."""
    flat = array("f", mesh.vertices)
    low = (min(flat[0::3]), min(flat[1::3]), min(flat[2::3]))
    return low, (max(flat[0::3]), max(flat[1::3]), max(flat[2::3]))
