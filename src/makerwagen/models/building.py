"""A model and values to a solid, its facts and its triangles; CadQuery is imported here and by shared CAD parts."""

import importlib.util
import math
import traceback
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import cadquery
import numpy
from OCP.BRep import BRep_Tool
from OCP.BRepTools import BRepTools
from OCP.TopAbs import TopAbs_Orientation
from OCP.TopLoc import TopLoc_Location

from makerwagen.content.model import Model
from makerwagen.errors import MakerwagenError
from makerwagen.models.files import normalised_step, stl_bytes
from makerwagen.models.mesh import LEVEL, Mesh
from makerwagen.models.meshing import joined
from makerwagen.models.outline import Bore, Level, Outline, PartFacts
from makerwagen.models.refusal import RefusedError
from makerwagen.models.values import check_values
from makerwagen.models.winding import Ring

Build = Callable[[dict[str, Any]], Any]
Piece = tuple[str, Any, Any]  # a name, coordinates, and corners of triangles
CURVE_STEPS = 24
FLAT = 1e-6
SAME_MM = 1e-5
BED_MM = 0.05  # OpenCascade's box around a shape that has triangles is larger than the shape
TOLERANCE_MM, ANGLE = 0.02, 0.2  # of exact meshes: finer than a nozzle of 0.4 mm can draw
QUICK_TOLERANCE_MM, QUICK_ANGLE = 0.1, 0.4  # of previews
NO_PART = "Daraus wird kein Teil. Stell den letzten Regler zurück."


def build_part(model: Model, values: Mapping[str, Any], *, root: Path) -> PartFacts:
    """Return the facts of the part that `values` give; raise RefusedError with a message for the child."""
    return facts_of(build_shape(model, values, root=root))


def build_shape(model: Model, values: Mapping[str, Any], *, root: Path) -> Any:
    """Return the CadQuery shape that `values` give; raise RefusedError with a message for the child."""
    return shape_of(build_pieces(model, values, root=root))


def shape_of(pieces: list[tuple[str, Any]]) -> Any:
    """Return named shapes as one."""
    return pieces[0][1] if len(pieces) == 1 else cadquery.Compound.makeCompound([shape for _, shape in pieces])


def build_pieces(model: Model, values: Mapping[str, Any], *, root: Path, quick: bool = False) -> list[tuple[str, Any]]:
    """Return the named shapes that `values` give; with `quick` from the model's preview(), where it has one."""
    checked = check_values(model, values)
    path = root / "cad_models" / model.slug / "model.py"
    try:
        module = _load(path, path.stat().st_mtime_ns)
        make: Build = getattr(module, "preview", module.build) if quick else module.build
        made = make(checked)
        pieces = list(made.items()) if isinstance(made, dict) else _pieces(made)
    except (MakerwagenError, MemoryError):
        raise
    except Exception as error:  # whatever a CAD kernel throws, the child needs to know the next step
        raise RefusedError(NO_PART, detail=_told(error, path)) from error
    if not pieces:
        raise RefusedError(NO_PART, detail=f"{path.name}: build() returned nothing to print")
    return pieces


def save_stl(model: Model, values: Mapping[str, Any], *, root: Path, path: Path) -> None:
    """Write the part as an STL file for the slicer."""
    path.write_bytes(stl_bytes(mesh_of(build_pieces(model, values, root=root)), name=model.slug))


def save_step(pieces: list[tuple[str, Any]], *, path: Path, name: str) -> None:
    """Write named shapes as a STEP file, always with the same bytes."""
    shape_of(pieces).exportStep(str(path))
    path.write_text(normalised_step(path.read_text(encoding="utf-8"), name=name), encoding="utf-8")


def mesh_of(pieces: list[tuple[str, Any]], *, quick: bool = False) -> Mesh:
    """Return the triangles of named shapes; a quick mesh takes triangles that a shape already has as they are."""
    fineness = (QUICK_TOLERANCE_MM, QUICK_ANGLE) if quick else (TOLERANCE_MM, ANGLE)
    found: list[Piece] = []
    for name, shape in pieces:
        if hasattr(shape, "to_mesh"):  # one of models/parts/quick.py
            mesh = shape.to_mesh()
            found.append((name, mesh.vert_properties[:, :3], mesh.tri_verts))
            continue
        if not quick:  # else the triangles would depend on what was built before
            BRepTools.Clean_s(shape.wrapped)
        shape.mesh(*fineness)
        found += [(name, *_triangles(face)) for face in shape.Faces()]
    return joined(found if quick else _snapped(found))


def facts_of(shape: Any) -> PartFacts:
    """Measure a shape."""
    box = shape.BoundingBox()
    # OpenCascade makes the box a hair too large; 0.01 mm is finer than anything a printer or a child can measure.
    size = (round(box.xlen, 2), round(box.ylen, 2), round(box.zlen, 2))
    return PartFacts(
        size,
        shape.Volume(),
        shape.Area(),
        len(shape.Solids()),
        bool(shape.isValid()),
        _outline(shape, box.zmin),
        sum(face.Area() for face in shape.Faces() if face.geomType() == "PLANE" and abs(face.normalAt().z) > LEVEL),
    )


def _pieces(built: Any) -> list[tuple[str, Any]]:
    named: list[tuple[str, Any]]
    if isinstance(built, cadquery.Assembly):
        named = [(name.rsplit("/", 1)[-1], shape.moved(at)) for shape, name, at, _ in built]
    elif isinstance(built, cadquery.Workplane):
        named = [("body", shape) for shape in built.vals()]
    else:
        named = [("body", built)]
    return [(name, shape) for name, shape in named if isinstance(shape, cadquery.Shape) and shape.Solids()]


def _told(error: Exception, path: Path) -> str:
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    where = f"{path.name}:{own[-1].lineno}" if own else path.name
    return f"{where}: {type(error).__name__}: {error}"


def _triangles(face: Any) -> tuple[list[float], list[int]]:
    place = TopLoc_Location()
    found = BRep_Tool.Triangulation_s(face.wrapped, place)
    if found is None:
        return [], []
    move = None if place.IsIdentity() else place.Transformation()
    coordinates: list[float] = []
    for number in range(1, found.NbNodes() + 1):
        node = found.Node(number) if move is None else found.Node(number).Transformed(move)
        coordinates += (node.X(), node.Y(), node.Z())
    order = (1, 3, 2) if face.wrapped.Orientation() == TopAbs_Orientation.TopAbs_REVERSED else (1, 2, 3)
    # One by one: going through found.Triangles() itself takes a hundred times as long.
    corners = (found.Triangle(number) for number in range(1, found.NbTriangles() + 1))
    return coordinates, [corner.Value(place) - 1 for corner in corners for place in order]


def _snapped(found: list[Piece]) -> list[Piece]:
    """Return pieces whose corners, where faces meet, are the very same numbers.

    Two faces know their common corner up to a millionth of a millimetre, and whoever rounds may part them.
    """
    points = numpy.array([number for _, coordinates, _ in found for number in coordinates]).reshape(-1, 3)
    for axis in range(3):
        order = numpy.argsort(points[:, axis], kind="stable")
        line = points[order, axis]
        starts = numpy.flatnonzero(numpy.diff(line, prepend=-numpy.inf) > SAME_MM)
        points[order, axis] = numpy.repeat(line[starts], numpy.diff(numpy.append(starts, len(line))))
    flat, at = points.ravel(), 0
    pieces: list[Piece] = []
    for name, coordinates, corners in found:
        pieces.append((name, flat[at : at + len(coordinates)], corners))
        at += len(coordinates)
    return pieces


@cache
def _load(path: Path, _changed: int) -> Any:
    # The file's time is part of the key: an author who edits model.py sees the change without a restart.
    spec = importlib.util.spec_from_file_location(f"model_{path.parent.name.replace('-', '_')}", path)
    if spec is None or spec.loader is None:
        raise MakerwagenError(f"{path} cannot be loaded; a model needs a model.py with build(params)")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _outline(shape: Any, bottom: float) -> Outline:
    footprint: list[Ring] = []
    bores: list[Bore] = []
    levels: list[Level] = []
    for face in shape.Faces():
        if face.geomType() != "PLANE" or abs(abs(face.normalAt().z) - 1) > FLAT:
            continue
        height = face.Center().z
        if face.normalAt().z > 0:
            levels.append(
                Level(round(height, 3), tuple(_ring(wire) for wire in (face.outerWire(), *face.innerWires())))
            )
        elif abs(height - bottom) < BED_MM:
            footprint += [_ring(wire) for wire in (face.outerWire(), *face.innerWires())]
            bores += [bore for wire in face.innerWires() if (bore := _bore(wire))]
    return Outline(tuple(footprint), tuple(sorted(levels, key=lambda level: level.z_mm)), tuple(bores))


def _ring(wire: Any) -> Ring:
    # A wire's edges come in order, but each may be drawn in either direction: turn those that do not join on.
    runs = [_sampled(edge) for edge in wire]
    points: list[tuple[float, float]] = []
    for number, run in enumerate(runs):
        joint = points[-1] if points else None
        if joint is None and len(runs) > 1:
            following = runs[1]
            forward = min(math.dist(run[-1], end) for end in (following[0], following[-1]))
            backward = min(math.dist(run[0], end) for end in (following[0], following[-1]))
            run = run if forward <= backward else run[::-1]
        elif joint is not None and math.dist(run[-1], joint) < math.dist(run[0], joint):
            run = run[::-1]
        points += run if number == 0 else run[1:]
    return tuple(points[:-1])


def _sampled(edge: Any) -> list[tuple[float, float]]:
    steps = 1 if edge.geomType() == "LINE" else CURVE_STEPS
    return [(at.x, at.y) for at in (edge.positionAt(step / steps) for step in range(steps + 1))]


def _bore(wire: Any) -> Bore | None:
    edges = wire.Edges()
    if len(edges) != 1 or edges[0].geomType() != "CIRCLE":
        return None
    middle = edges[0].arcCenter()
    return Bore(middle.x, middle.y, 2 * edges[0].radius())
