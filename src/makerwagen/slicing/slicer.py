"""A mesh to G-code with PrusaSlicer, which is believed in nothing: gates stand before and after it."""

import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from makerwagen.content.printer import Printer
from makerwagen.errors import MakerwagenError
from makerwagen.slicing.gcode_gate import GateReport, inspect_gcode
from makerwagen.slicing.mesh_gate import MeshFacts, inspect_mesh
from makerwagen.store import Store, key_of

PROGRAM = "prusa-slicer"
TIMEOUT_S = 180.0
MEMORY_KB = 4_000_000
STEP_ASIDE = 10
MAX_GCODE_BYTES = 200_000_000
# A part is printed as a skin of 0.9 mm and a loose pattern in it. 102 slices (51 parts of 13 models, two printers) had
# 0.83 to 1.34 times the weight of that; one missing triangle leaves less than a third of it.
SKIN_MM, INFILL = 0.9, 0.15
LEAST, MOST, SKIRT_G = 0.65, 1.55, 1.0
TIME = re.compile(rb"; estimated printing time \(normal mode\) = (?:(\d+)d )?(?:(\d+)h )?(?:(\d+)m )?(\d+)s")
GRAMS = re.compile(rb"; total filament used \[g\] = ([\d.]+)")
WARNING = re.compile(r"(?i)warning[:\s]+(.+)")


class SlicerError(MakerwagenError):
    """Say that slicing cannot go on at all here, e.g. for want of the program."""


class SliceRefusedError(MakerwagenError):
    """Say why a part may not be printed, in words for the desk."""

    def __init__(self, reasons: Sequence[str]) -> None:
        """Keep the reasons of the gate."""
        super().__init__("Das kann nicht gedruckt werden: " + "; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Sliced:
    """G-code that passed the gate. Slicing again can give other bytes: a release binds to this very `sha256`."""

    gcode: bytes
    sha256: str
    seconds: int
    grams: float
    warnings: tuple[str, ...] = ()


def slice_file(
    path: Path, printer: Printer, *, root: Path, store: Store | None = None, timeout_s: float = TIMEOUT_S
) -> Sliced:
    """Return the G-code of an STL file for a printer, from the store when the same mesh was sliced before.

    Raises SliceRefusedError with the gates' reasons, SlicerError when there is no slicer or no profile.
    """
    mesh = inspect_mesh(path, printer)
    if mesh.reasons:
        raise SliceRefusedError(mesh.reasons)
    settings = profile_of(printer, root)
    key = key_of("slice-1", mesh.sha256, settings.read_text(encoding="utf-8"))
    if store and (kept := _kept(store, key)):
        _pass_gate(kept.gcode, kept.grams, mesh, printer)
        return kept
    with tempfile.TemporaryDirectory(prefix="makerwagen-slice-") as folder:
        source = Path(folder) / "part.stl"
        source.write_bytes(mesh.stl)
        gcode, warnings = run_slicer([source], settings, timeout_s=timeout_s)
    seconds, grams = _read_comments(gcode)
    _pass_gate(gcode, grams, mesh, printer)
    sliced = Sliced(gcode, hashlib.sha256(gcode).hexdigest(), seconds, grams, warnings)
    if store:
        _keep(store, key, sliced)
    return sliced


def profile_of(printer: Printer, root: Path) -> Path:
    """Return the slicer's flat settings beside a printer's limits."""
    path = root / printer.origin.path.removesuffix(".yml")
    settings = path.with_name(path.name + ".ini")
    if not settings.is_file():
        raise SlicerError(f"'{settings}' is missing; write it: makerwagen profiles")
    return settings


def run_slicer(
    meshes: Sequence[Path], settings: Path, *, timeout_s: float = TIMEOUT_S, options: Sequence[str] = ()
) -> tuple[bytes, tuple[str, ...]]:
    """Return the G-code that PrusaSlicer makes of mesh files, not yet looked at, and its warnings."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise SlicerError(f"'{PROGRAM}' is not installed; try: apt-get install --no-install-recommends prusa-slicer")
    with tempfile.TemporaryDirectory(prefix="makerwagen-slicer-") as folder:
        target = Path(folder) / "part.gcode"
        command = [program, "--datadir", folder, "--load", str(settings.resolve()), *options]
        command += ["--export-gcode", "-o", str(target), *(str(mesh.resolve()) for mesh in meshes)]
        code, said = _run(command, Path(folder), timeout_s)
        if code != 0:
            raise SliceRefusedError([_explain(code, said)])
        if not target.is_file() or not 0 < target.stat().st_size <= MAX_GCODE_BYTES:
            raise SliceRefusedError(["der Slicer hat nichts Brauchbares geschrieben"])
        return target.read_bytes(), tuple(dict.fromkeys(match[1].strip() for match in WARNING.finditer(said)))


def _run(command: Sequence[str], folder: Path, timeout_s: float) -> tuple[int, str]:
    # A shell sets the limits before the slicer starts; a group of its own lets all its threads and children be killed.
    # It steps aside for everybody else: on a child's laptop a slider moves at the same time.
    limited = ["/bin/sh", "-c", f'ulimit -c 0; ulimit -v {MEMORY_KB} && exec nice -n {STEP_ASIDE} "$@"', "sh", *command]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C"}
    process = subprocess.Popen(
        limited,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired:
        raise SliceRefusedError([f"der Slicer wurde in {timeout_s:g} s nicht fertig"]) from None
    finally:
        _kill_group(process)
    return process.returncode, said.decode("utf-8", "replace")


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
        if process.stdout:
            process.stdout.close()


def _explain(code: int, said: str) -> str:
    if "could not fit on the bed" in said:
        return "die Form passt nicht auf das Druckbett"
    if code < 0 or code > 128:
        number = -code if code < 0 else code - 128
        return f"der Slicer ist abgestürzt (Signal {number})"
    lines = [line for line in said.splitlines() if line.strip()]
    return f"der Slicer hat aufgegeben: {lines[-1][:120] if lines else f'Code {code}'}"


def _read_comments(gcode: bytes) -> tuple[int, float]:
    time, grams = TIME.search(gcode), GRAMS.search(gcode)
    if time is None or grams is None:
        raise SliceRefusedError(["der Slicer sagt nicht, wie lange und wie schwer"])
    days, hours, minutes, seconds = (int(part or 0) for part in time.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds, float(grams[1])


def _pass_gate(gcode: bytes, grams: float, mesh: MeshFacts, printer: Printer) -> None:
    report = inspect_gcode(io.BytesIO(gcode), printer)
    if reasons := [*report.reasons, *weight_reasons(report, grams, mesh, printer)]:
        raise SliceRefusedError(reasons)


def weight_reasons(report: GateReport, grams: float, mesh: MeshFacts, printer: Printer) -> list[str]:
    """Return what is odd about a weight: the slicer's against that of its moves, and both against the mesh."""
    if report.reasons:  # the gate may have stopped reading
        return []
    skin = min(mesh.volume_mm3, SKIN_MM * mesh.area_mm2)
    expected = (skin + INFILL * (mesh.volume_mm3 - skin)) * printer.density_g_cm3 / 1000
    if abs(report.grams - grams) > 0.5 + 0.1 * grams:
        return [f"der Slicer sagt {grams:.1f} g, die Bewegungen ergeben {report.grams:.1f} g"]
    if not LEAST * expected <= report.grams <= MOST * expected + SKIRT_G:
        return [f"{report.grams:.1f} g passen nicht zur Form, erwartet sind etwa {expected:.1f} g"]
    return []


def _kept(store: Store, key: str) -> Sliced | None:
    facts, gcode = store.get(f"{key}.json"), store.get(f"{key}.gcode")
    if facts is None or gcode is None:
        return None
    try:
        known = json.loads(facts)
        kept = Sliced(gcode, known["sha256"], known["seconds"], known["grams"], tuple(known["warnings"]))
    except (ValueError, KeyError, TypeError):
        return None
    return kept if hashlib.sha256(gcode).hexdigest() == kept.sha256 else None


def _keep(store: Store, key: str, sliced: Sliced) -> None:
    store.put(f"{key}.gcode", sliced.gcode)
    facts = {name: value for name, value in asdict(sliced).items() if name != "gcode"}
    store.put(f"{key}.json", json.dumps(facts).encode())
