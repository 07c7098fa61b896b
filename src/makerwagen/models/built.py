"""What comes back from the workshop: a part's facts, its triangles and what was found on it; and how it travels."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from makerwagen.models.mesh import Mesh, Point3
from makerwagen.models.outline import Bore, Level, Outline, PartFacts


@dataclass(frozen=True)
class Finding:
    """What may go wrong when the part is printed, in a child's words, and where; `blocks` keeps it off the printer."""

    code: str
    message: str
    place_mm: Point3 | None = None
    blocks: bool = False


@dataclass(frozen=True)
class Limits:
    """What the printers at hand can do, and how long this part may take."""

    bed_mm: Point3 = (220.0, 210.0, 210.0)
    nozzle_mm: float = 0.4
    minutes: float | None = None


@dataclass(frozen=True)
class Built:
    """A part that the workshop made. A preview has no outline and no findings."""

    facts: PartFacts
    mesh: Mesh
    findings: tuple[Finding, ...] = ()

    @property
    def printable(self) -> bool:
        """Say whether nothing keeps the part off the printer."""
        return not any(finding.blocks for finding in self.findings)


def header_of(built: Built) -> dict[str, Any]:
    """Return all but the triangles' bytes, ready for JSON."""
    return {
        "facts": asdict(built.facts),
        "findings": [asdict(finding) for finding in built.findings],
        "parts": built.mesh.parts,
        "vertices": len(built.mesh.vertices),
    }


def from_header(header: Mapping[str, Any], payload: bytes) -> Built:
    """Return what `header_of` and the bytes of vertices and triangles stand for."""
    facts = header["facts"]
    outline = facts["outline"]
    levels = tuple(Level(level["z_mm"], tuple(_ring(ring) for ring in level["rings"])) for level in outline["levels"])
    seen = Outline(
        tuple(_ring(ring) for ring in outline["footprint"]), levels, tuple(Bore(**bore) for bore in outline["bores"])
    )
    findings = tuple(_finding(finding) for finding in header["findings"])
    parts = tuple((name, first, count) for name, first, count in header["parts"])
    mesh = Mesh(payload[: header["vertices"]], payload[header["vertices"] :], parts)
    return Built(PartFacts(**{**facts, "size_mm": tuple(facts["size_mm"]), "outline": seen}), mesh, findings)


def _ring(points: list[list[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((x, y) for x, y in points)


def _finding(found: Mapping[str, Any]) -> Finding:
    place = found["place_mm"]
    return Finding(found["code"], found["message"], tuple(place) if place else None, found["blocks"])
