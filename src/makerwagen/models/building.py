"""A model and values to a solid, its facts and its STL file; the only file that imports CadQuery."""

import importlib.util
import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import cadquery

from makerwagen.content.model import Model
from makerwagen.errors import MakerwagenError
from makerwagen.models.outline import Bore, Level, Outline, PartFacts
from makerwagen.models.refusal import RefusedError
from makerwagen.models.values import check_values
from makerwagen.models.winding import Ring

Build = Callable[[dict[str, Any]], Any]
CURVE_STEPS = 24
FLAT = 1e-6


def build_part(model: Model, values: Mapping[str, Any], *, root: Path) -> PartFacts:
    """Return the facts of the part that `values` give; raise RefusedError with a message for the child."""
    return _facts(build_shape(model, values, root=root))


def build_shape(model: Model, values: Mapping[str, Any], *, root: Path) -> Any:
    """Return the CadQuery shape that `values` give; raise RefusedError with a message for the child."""
    checked = check_values(model, values)
    path = root / "cad_models" / model.slug / "model.py"
    try:
        built = _load(path, path.stat().st_mtime_ns)(checked)
        return built.toCompound() if isinstance(built, cadquery.Assembly) else _whole(built)
    except MakerwagenError:
        raise
    except Exception as error:  # whatever a CAD kernel throws, the child needs to know the next step
        raise RefusedError("Daraus wird kein Teil. Stell den letzten Regler zurück.") from error


def save_stl(model: Model, values: Mapping[str, Any], *, root: Path, path: Path) -> None:
    """Write the part as an STL file for the slicer."""
    build_shape(model, values, root=root).exportStl(str(path), tolerance=0.02, angularTolerance=0.2)


def _whole(built: Any) -> Any:
    found = built.vals()
    return found[0] if len(found) == 1 else cadquery.Compound.makeCompound(found)


@cache
def _load(path: Path, _changed: int) -> Build:
    # The file's time is part of the key: an author who edits model.py sees the change without a restart.
    spec = importlib.util.spec_from_file_location(f"model_{path.parent.name.replace('-', '_')}", path)
    if spec is None or spec.loader is None:
        raise MakerwagenError(f"{path} cannot be loaded; a model needs a model.py with build(params)")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    build: Build = module.build
    return build


def _facts(shape: Any) -> PartFacts:
    box = shape.BoundingBox()
    # OpenCascade makes the box a hair too large; 0.01 mm is finer than anything a printer or a child can measure.
    size = (round(box.xlen, 2), round(box.ylen, 2), round(box.zlen, 2))
    return PartFacts(
        size, shape.Volume(), shape.Area(), len(shape.Solids()), bool(shape.isValid()), _outline(shape, box.zmin)
    )


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
        elif abs(height - bottom) < FLAT:
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
