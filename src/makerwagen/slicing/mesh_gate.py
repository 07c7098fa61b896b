"""The gate before the slicer: whether a mesh is there at all, is closed, and fits the printer."""

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trimesh

from makerwagen.content.printer import Printer

MAX_BYTES = 60_000_000
MAX_TRIANGLES = 1_000_000
TOLERANCE_MM = 0.01


@dataclass(frozen=True)
class MeshFacts:
    """What the gate saw: reasons to refuse (none: it may be sliced), and the mesh as plain bytes."""

    reasons: tuple[str, ...]
    size_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    volume_mm3: float = 0.0
    area_mm2: float = 0.0
    triangles: int = 0
    stl: bytes = b""

    @property
    def sha256(self) -> str:
        """Return the hash of the mesh."""
        return hashlib.sha256(self.stl).hexdigest()


def inspect_mesh(path: Path, printer: Printer) -> MeshFacts:
    """Return what the gate found in an STL file; only `stl` of a mesh without reasons goes to the slicer.

    The mesh is written anew because other formats, such as 3MF, can carry settings that run a program while slicing.
    """
    if path.suffix.lower() != ".stl":
        return MeshFacts((f"„{path.suffix}“ kann nicht gedruckt werden, nur .stl",))
    try:
        if path.stat().st_size > MAX_BYTES:
            return MeshFacts((f"die Datei ist größer als {MAX_BYTES // 1_000_000} MB",))
        mesh: Any = trimesh.load_mesh(path, file_type="stl", process=False)
    except FileNotFoundError:
        return MeshFacts((f"die Datei „{path.name}“ gibt es nicht",))
    except Exception:  # whatever a reader of files stumbles over, the file is to blame
        return MeshFacts(("die Datei enthält keine Form",))
    triangles = len(getattr(mesh, "faces", ()))
    if not triangles:
        return MeshFacts(("die Datei enthält keine Form",))
    if triangles > MAX_TRIANGLES:
        return MeshFacts((f"zu viele Dreiecke ({triangles})",), triangles=triangles)
    return _facts(mesh, printer)


def _facts(mesh: Any, printer: Printer) -> MeshFacts:
    if not all(math.isfinite(value) for value in mesh.bounds.flatten()):
        return MeshFacts(("die Form hat Ecken im Unendlichen",))
    mesh.merge_vertices()
    mesh.update_faces(mesh.nondegenerate_faces())
    size = tuple(float(edge) for edge in mesh.extents)
    reasons = []
    if not mesh.is_watertight:
        reasons.append("die Form hat ein Loch in der Hülle")
    elif not mesh.is_winding_consistent or mesh.volume <= 0:
        reasons.append("bei der Form sind innen und außen vertauscht")
    for name, edge, most in zip(("breit", "tief", "hoch"), size, printer.bed.size_mm, strict=True):
        if edge > most + TOLERANCE_MM:
            reasons.append(f"die Form ist {edge:.0f} mm {name}, der Drucker schafft {most:.0f} mm")
    return MeshFacts(
        reasons=tuple(reasons),
        size_mm=(size[0], size[1], size[2]),
        volume_mm3=float(mesh.volume),
        area_mm2=float(mesh.area),
        triangles=len(mesh.faces),
        stl=bytes(mesh.export(file_type="stl")),
    )
