"""A part as triangles: plain bytes that a view, a file or another process can take as they are."""

from array import array
from collections.abc import Iterator
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
