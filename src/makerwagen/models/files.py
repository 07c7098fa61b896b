"""A mesh as a file: STL, 3MF with name, unit and colour, and GLB; the same mesh always gives the same bytes."""

import io
import json
import re
import struct
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from makerwagen.models.mesh import Mesh, Point3

YELLOW, INK = "#FFD54A", "#2B2B2B"
COLOURS: Mapping[str, str] = {"letters": INK}  # of parts; all others are yellow, as in drawings
LONG_AGO = (1980, 1, 1, 0, 0, 0)
DIGITS = 5  # of a millimetre to which points are rounded, so that equal points are equal
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="model" ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Target="/3D/3dmodel.model" Id="rel0" '
    'Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/></Relationships>'
)
Triangle = tuple[int, int, int]


def stl_bytes(mesh: Mesh, *, name: str) -> bytes:
    """Return binary STL."""
    head = f"Makerwagen {name}".encode("ascii", "replace")[:80].ljust(80, b" ")
    body = bytearray(head + struct.pack("<I", len(mesh.triangles) // 12))
    for a, b, c in mesh.corners():
        body += struct.pack("<12fH", *_normal(a, b, c), *a, *b, *c, 0)
    return bytes(body)


def threemf_bytes(mesh: Mesh, *, name: str) -> bytes:
    """Return 3MF (core specification 1.3): millimetres, one object per part, each in its colour."""
    materials, objects, items = [], [], []
    for number, (part, first, count) in enumerate(mesh.parts):
        points, faces = _merged(mesh, first, count)
        colour = COLOURS.get(part, YELLOW)
        materials.append(f'<base name="PLA" displaycolor="{colour}FF"/>')
        vertices = "".join(f'<vertex x="{x:.5f}" y="{y:.5f}" z="{z:.5f}"/>' for x, y, z in points)
        triangles = "".join(f'<triangle v1="{a}" v2="{b}" v3="{c}"/>' for a, b, c in faces)
        title = quoteattr(name if len(mesh.parts) == 1 else f"{name}: {part}")
        objects.append(
            f'<object id="{number + 2}" type="model" name={title} pid="1" pindex="{number}"><mesh>'
            f"<vertices>{vertices}</vertices><triangles>{triangles}</triangles></mesh></object>"
        )
        items.append(f'<item objectid="{number + 2}"/>')
    model = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<model unit="millimeter" xml:lang="de" xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02">'
        f'<metadata name="Title">{escape(name)}</metadata><metadata name="Application">Makerwagen</metadata>'
        f'<resources><basematerials id="1">{"".join(materials)}</basematerials>{"".join(objects)}</resources>'
        f"<build>{''.join(items)}</build></model>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in (
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", RELATIONS),
            ("3D/3dmodel.model", model),
        ):
            archive.writestr(zipfile.ZipInfo(path, LONG_AGO), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def glb_bytes(mesh: Mesh, *, name: str) -> bytes:
    """Return binary glTF 2.0: metres, y up, one mesh per part, each in its colour."""
    kept = _Numbers()
    meshes: list[dict[str, object]] = []
    for number, (part, first, count) in enumerate(mesh.parts):
        points, faces = _merged(mesh, first, count)
        primitive = {"attributes": {"POSITION": kept.points(points)}, "indices": kept.faces(faces), "material": number}
        meshes.append({"name": part, "primitives": [primitive]})
    # glTF is in metres and y is up; printers think in millimetres and z is up.
    turned = [0.001, 0, 0, 0, 0, 0, -0.001, 0, 0, 0.001, 0, 0, 0, 0, 0, 1]
    whole = {"name": name, "matrix": turned, "children": list(range(len(meshes)))}
    content = {
        "asset": {"version": "2.0", "generator": "Makerwagen"},
        "scene": 0,
        "scenes": [{"nodes": [len(meshes)]}],
        "nodes": [*({"mesh": number, "name": part} for number, (part, _, _) in enumerate(mesh.parts)), whole],
        "meshes": meshes,
        "materials": [_material(part) for part, _, _ in mesh.parts],
        "accessors": kept.accessors,
        "bufferViews": kept.views,
        "buffers": [{"byteLength": len(kept.payload)}],
    }
    return _glb(content, bytes(kept.payload))


class _Numbers:
    """The binary part of a GLB file and what says where in it lies what."""

    def __init__(self) -> None:
        self.payload = bytearray()
        self.views: list[dict[str, int]] = []
        self.accessors: list[dict[str, object]] = []

    def points(self, points: list[Point3]) -> int:
        """Keep points; return the number of their accessor."""
        axes = list(zip(*points, strict=True))
        ends = {"min": [min(axis) for axis in axes], "max": [max(axis) for axis in axes]}
        view = self._view(b"".join(struct.pack("<3f", *point) for point in points), target=34962)
        return self._accessor({"bufferView": view, "componentType": 5126, "count": len(points), "type": "VEC3", **ends})

    def faces(self, faces: list[Triangle]) -> int:
        """Keep triangles; return the number of their accessor."""
        view = self._view(b"".join(struct.pack("<3I", *face) for face in faces), target=34963)
        return self._accessor({"bufferView": view, "componentType": 5125, "count": 3 * len(faces), "type": "SCALAR"})

    def _view(self, data: bytes, *, target: int) -> int:
        self.views.append({"buffer": 0, "byteOffset": len(self.payload), "byteLength": len(data), "target": target})
        self.payload += data
        return len(self.views) - 1

    def _accessor(self, accessor: dict[str, object]) -> int:
        self.accessors.append(accessor)
        return len(self.accessors) - 1


def _material(part: str) -> dict[str, object]:
    colour = {"baseColorFactor": _linear(COLOURS.get(part, YELLOW)), "metallicFactor": 0, "roughnessFactor": 0.8}
    return {"name": part, "pbrMetallicRoughness": colour}


def normalised_step(text: str, *, name: str) -> str:
    """Return a STEP file without the time it was written at and without counters of the process that wrote it."""
    plain = re.sub(r"[^A-Za-z0-9 _.-]", "_", name)
    text = re.sub(r"FILE_NAME\([^;]*?\);", f"FILE_NAME('{plain}','1980-01-01T00:00:00',(''),(''),'','','');", text)
    return re.sub(r"'Open CASCADE STEP translator [^']*'", f"'{plain}'", text)


def _glb(content: Mapping[str, object], payload: bytes) -> bytes:
    head = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    head += b" " * (-len(head) % 4)
    payload += b"\0" * (-len(payload) % 4)
    chunks = struct.pack("<I4s", len(head), b"JSON") + head + struct.pack("<I4s", len(payload), b"BIN\0") + payload
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def _merged(mesh: Mesh, first: int, count: int) -> tuple[list[Point3], list[Triangle]]:
    """Return a part's own points, equal ones once, and its triangles."""
    points = mesh.points
    known: dict[Point3, int] = {}
    faces: list[Triangle] = []
    for face in mesh.faces[first : first + count]:
        a, b, c = (known.setdefault(_rounded(points[corner]), len(known)) for corner in face)
        if len({a, b, c}) == 3:
            faces.append((a, b, c))
    return list(known), faces


def _rounded(point: Point3) -> Point3:
    # Adding zero turns -0.0 into 0.0, which would be another point.
    return round(point[0], DIGITS) + 0.0, round(point[1], DIGITS) + 0.0, round(point[2], DIGITS) + 0.0


def _normal(a: Point3, b: Point3, c: Point3) -> Point3:
    ux, uy, uz, vx, vy, vz = b[0] - a[0], b[1] - a[1], b[2] - a[2], c[0] - a[0], c[1] - a[1], c[2] - a[2]
    x, y, z = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
    length = (x * x + y * y + z * z) ** 0.5 or 1.0
    return x / length, y / length, z / length


def _linear(colour: str) -> list[float]:
    """Return a colour as glTF wants it: linear light from 0 to 1."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return [round(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4, 4) for part in parts] + [1.0]
