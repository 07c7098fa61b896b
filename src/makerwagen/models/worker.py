"""The warm process of the workshop: CadQuery is imported once, then a forked child builds part after part.

It is started as `python -m makerwagen.models.worker ROOT`, reads one request as a JSON line from standard input and
answers each with a JSON line and as many bytes as that line says. A child that hangs, grows or crashes is killed and
renewed from the warm process in a few milliseconds.
"""

import ctypes
import json
import os
import resource
import selectors
import signal
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import add
from pathlib import Path
from typing import IO, Any

from makerwagen.content.model import Model, ParameterType
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError
from makerwagen.models.building import build_pieces, facts_of, mesh_of, save_step, shape_of
from makerwagen.models.built import Built, Finding, Limits, header_of
from makerwagen.models.declaration import read_model
from makerwagen.models.drawing import draw
from makerwagen.models.estimate import print_minutes
from makerwagen.models.files import glb_bytes, stl_bytes, threemf_bytes
from makerwagen.models.mesh import Mesh
from makerwagen.models.meshing import box_of, measured
from makerwagen.models.outline import Outline, PartFacts
from makerwagen.models.picture import picture
from makerwagen.models.printability import look_over
from makerwagen.models.refusal import RefusedError
from makerwagen.models.values import german

MEMORY_BYTES = 1_000_000_000  # beyond what the warm process has mapped
FILE_BYTES = 200_000_000
DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG
Answer = tuple[dict[str, Any], bytes]


@dataclass
class Child:
    """The process that builds at the moment, and the pipes to it."""

    pid: int
    requests: int
    answers: int

    def ask(self, line: bytes, timeout_s: float) -> bytes | None:
        """Return the whole answer to a request, or None when it did not come in time or at all."""
        try:
            os.write(self.requests, line)
        except BrokenPipeError:
            return None
        received, deadline = bytearray(), time.monotonic() + timeout_s
        with selectors.DefaultSelector() as selector:
            selector.register(self.answers, selectors.EVENT_READ)
            while not complete(received):
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    return None
                if not (news := os.read(self.answers, 1 << 20)):
                    return None
                received += news
        return bytes(received)

    def end(self) -> int:
        """Kill the child with all it started, and return how it had ended."""
        for send in (os.killpg, os.kill):
            try:
                send(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os.close(self.requests)
        os.close(self.answers)
        return os.waitpid(self.pid, 0)[1]


def main(root: Path) -> None:
    """Serve requests until standard input ends."""
    # Whatever a model prints must not mix with the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    child = fork(root)
    for line in sys.stdin.buffer:
        timeout_s = json.loads(line)["timeout_s"]
        started = time.monotonic()
        frame = child.ask(line, timeout_s)
        if frame is None:
            late = time.monotonic() - started >= timeout_s
            status = child.end()
            failure = "hang" if late else "crash"
            frame = framed({"failure": failure, "detail": f"{timeout_s:g} s" if late else f"status {status}"}, b"")
            child = fork(root)
        answers.write(frame)
        answers.flush()
        if json.loads(frame[: frame.index(b"\n")]).get("renew"):
            child.end()
            child = fork(root)
    child.end()


def fork(root: Path) -> Child:
    """Start a fresh child."""
    their_requests, requests = os.pipe()
    answers, their_answers = os.pipe()
    pid = os.fork()
    if pid:
        os.close(their_requests)
        os.close(their_answers)
        return Child(pid, requests, answers)
    try:
        os.close(requests)
        os.close(answers)
        shut_in()
        with os.fdopen(their_requests, "rb") as source, os.fdopen(their_answers, "wb") as target:
            serve(source, target, root)
    finally:
        os._exit(0)


def shut_in() -> None:
    """Give the child its own group, no input, limits, and an end with its parent."""
    os.setsid()
    ctypes.CDLL(None).prctl(DEATH_OF_PARENT, signal.SIGKILL)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    most = mapped + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))


def serve(source: IO[bytes], target: IO[bytes], root: Path) -> None:
    """Answer request after request, each with one frame."""
    for line in source:
        request = json.loads(line)
        try:
            header, payload = TASKS[request["task"]](request, root)
        except RefusedError as refused:
            # An exception in a model may leave anything behind in this process; a value out of range does not.
            told = {"message": refused.message, "names": refused.names, "detail": refused.detail}
            header, payload = {"failure": "refused", **told, "renew": bool(refused.detail)}, b""
        except MemoryError:
            header, payload = {"failure": "memory", "detail": "MemoryError", "renew": True}, b""
        except MakerwagenError as error:
            header, payload = {"failure": "stopped", "detail": str(error)}, b""
        except BaseException as error:  # noqa: BLE001  a model that calls exit() is no reason to stop
            header, payload = {"failure": "crash", "detail": f"{type(error).__name__}: {error}", "renew": True}, b""
        target.write(framed(header, payload))
        target.flush()


def framed(header: Mapping[str, Any], payload: bytes) -> bytes:
    """Return an answer as it travels."""
    return json.dumps({**header, "bytes": len(payload)}).encode() + b"\n" + payload


def complete(received: bytearray) -> bool:
    """Say whether a whole answer has come."""
    end = received.find(b"\n")
    return end >= 0 and len(received) >= end + 1 + int(json.loads(received[:end])["bytes"])


def preview(request: Mapping[str, Any], root: Path) -> Answer:
    """Make the quick triangles of a part, measured roughly."""
    pieces = build_pieces(read_model(root, request["slug"]), request["values"], root=root, quick=True)
    mesh = mesh_of(pieces, quick=True)
    low, high = box_of(mesh)
    size = (round(high[0] - low[0], 2), round(high[1] - low[1], 2), round(high[2] - low[2], 2))
    volume, area, flat = measured(_as_one([shape for _, shape in pieces]) or mesh)
    return _answer(Built(PartFacts(size, volume, area, len(pieces), True, Outline((), (), ()), flat), mesh))


def _as_one(shapes: list[Any]) -> Mesh | None:
    """Return quick solids as one mesh to measure: where letters lie on a tag there is no surface."""
    if len(shapes) < 2 or not all(hasattr(shape, "to_mesh") for shape in shapes) or _apart(shapes):
        return None
    return mesh_of([("", reduce(add, shapes))], quick=True)


def _apart(shapes: list[Any]) -> bool:
    """Say whether no two quick solids can touch, since their boxes do not; then nothing needs to be put together."""
    boxes = [shape.bounding_box() for shape in shapes]
    return all(
        any(one[axis + 3] < other[axis] or other[axis + 3] < one[axis] for axis in range(3))
        for one, other in combinations(boxes, 2)
    )


def build(request: Mapping[str, Any], root: Path) -> Answer:
    """Make the exact part and look for what would go wrong in printing it."""
    model = read_model(root, request["slug"])
    pieces = build_pieces(model, request["values"], root=root)
    facts, mesh = facts_of(shape_of(pieces)), mesh_of(pieces)
    findings = look_over(
        mesh,
        _limits(request),
        solids=model.expect.solids,
        supports=model.print.supports,
        minutes=print_minutes(facts, model.estimate),
    )
    return _answer(Built(facts, mesh, tuple(_named(finding, request, root) for finding in findings)))


def _named(finding: Finding, request: Mapping[str, Any], root: Path) -> Finding:
    """Return a thin place as letters that are too small, where it lies in them; only the preview knows letters."""
    if finding.code != "too-thin" or finding.place_mm is None:
        return finding
    model = read_model(root, request["slug"])
    if not any(parameter.type is ParameterType.TEXT for parameter in model.parameters):
        return finding
    letters = [
        piece for piece in build_pieces(model, request["values"], root=root, quick=True) if piece[0] == "letters"
    ]
    if not letters:
        return finding
    low, high = box_of(mesh_of(letters, quick=True))
    if all(bottom <= at <= top for bottom, at, top in zip(low, finding.place_mm, high, strict=True)):
        message = "Die Buchstaben sind zu klein für den Drucker. Mach sie größer oder nimm weniger."
        return Finding("letters-too-small", message, finding.place_mm, True)
    return finding


def _limits(request: Mapping[str, Any]) -> Limits:
    found = request["limits"]
    return Limits(tuple(found["bed_mm"]), found["nozzle_mm"], found["minutes"])


def export(request: Mapping[str, Any], root: Path) -> Answer:
    """Write the part into files; the suffix says which kind."""
    model = read_model(root, request["slug"])
    pieces = build_pieces(model, request["values"], root=root)
    facts, mesh = facts_of(shape_of(pieces)), mesh_of(pieces)
    name = name_of(model, request["values"])
    for path in map(Path, request["paths"]):
        if path.suffix == ".step":
            save_step(pieces, path=path, name=name)
        elif path.suffix == ".svg":
            path.write_text(
                draw(facts, _quick_mesh(request, root), canvas_mm=facts.size_mm, title=name), encoding="utf-8"
            )
        elif path.suffix == ".js":
            path.write_text(_view_script(request, root, name), encoding="utf-8")
        else:
            path.write_bytes(WRITERS[path.suffix](mesh, name))
    return {}, b""


def _quick_mesh(request: Mapping[str, Any], root: Path) -> Mesh:
    return mesh_of(
        build_pieces(read_model(root, request["slug"]), request["values"], root=root, quick=True), quick=True
    )


def _view_script(request: Mapping[str, Any], root: Path, name: str) -> str:
    """Return a script that hands the quick triangles to the view on a page; a script loads from file://, too."""
    model, mesh = read_model(root, request["slug"]), _quick_mesh(request, root)
    low, high = box_of(mesh)
    size = " mal ".join(f"{german(top - bottom)} mm" for bottom, top in zip(low, high, strict=True))
    data = {
        "model": model.slug,
        "preset": request["preset"],
        "vertices": b64encode(mesh.vertices).decode(),
        "triangles": b64encode(mesh.triangles).decode(),
        "parts": mesh.parts,
        "words": f"{name}: {size}.",
        "bed_mm": request["limits"]["bed_mm"][:2],
    }
    return f"makerwagenMesh({json.dumps(data, ensure_ascii=False, separators=(',', ':'))});\n"


def name_of(model: Model, values: Mapping[str, Any]) -> str:
    """Return what the part is called: the model's title, and the text on it."""
    texts = [parameter.name for parameter in model.parameters if parameter.type is ParameterType.TEXT]
    shown = [str(values.get(name, model.defaults[name])) for name in texts]
    return " ".join([text_in(model.title, "de"), *shown])


def _answer(built: Built) -> Answer:
    return header_of(built), built.mesh.vertices + built.mesh.triangles


WRITERS: dict[str, Callable[[Mesh, str], bytes]] = {
    ".stl": lambda mesh, name: stl_bytes(mesh, name=name),
    ".3mf": lambda mesh, name: threemf_bytes(mesh, name=name),
    ".glb": lambda mesh, name: glb_bytes(mesh, name=name),
    ".png": lambda mesh, _: picture(mesh),
}
TASKS: dict[str, Callable[[Mapping[str, Any], Path], Answer]] = {"preview": preview, "build": build, "export": export}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
