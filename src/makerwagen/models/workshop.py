"""The client of the warm process: previews, parts and files, and never a frozen notebook. Imports no CadQuery."""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from makerwagen.errors import MakerwagenError
from makerwagen.models.built import Built, Finding, Limits, from_header
from makerwagen.models.mesh import Mesh
from makerwagen.models.refusal import RefusedError, SupersededError, WorkshopError

__all__ = ["Built", "Finding", "Limits", "Mesh", "RefusedError", "SupersededError", "Workshop", "WorkshopError"]

START_S = 90.0  # importing CadQuery on a slow, busy laptop
EXPORT_TIMES = 6  # a file may take so many times longer than a preview
SUFFIXES = (".stl", ".3mf", ".step", ".glb", ".png", ".svg", ".js")
MESSAGES = {
    "hang": "Das dauert zu lange. Stell den letzten Regler zurück.",
    "memory": "Das Teil ist zu groß für den Computer. Stell den letzten Regler zurück.",
    "crash": "Dabei ist etwas kaputtgegangen. Stell den letzten Regler zurück und versuch es noch einmal.",
}


class Workshop:
    """One warm process that builds parts for one notebook or one build; use it from any thread, or with `with`.

    Raises RefusedError when the values give no part and WorkshopError when building hung, crashed or grew. Both have
    a `message` for the child and a `detail` for the author, and the next request works again.
    """

    def __init__(self, root: Path, *, timeout_s: float = 5.0, limits: Limits | None = None) -> None:
        """Remember the checkout; the process starts with the first request, or with `start`."""
        self.root = root.resolve()
        self.timeout_s = timeout_s
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._newest = 0

    def start(self) -> None:
        """Start the process now, so that the first request does not wait for it."""
        with self._lock:
            self._running()

    def preview(self, slug: str, values: Mapping[str, Any]) -> Built:
        """Return quick triangles of a part; raise SupersededError when a newer preview is asked for meanwhile."""
        self._newest += 1
        mine = self._newest
        with self._lock:
            if mine != self._newest:
                raise SupersededError("Ein neueres Bild kommt gleich.")
            return from_header(*self._ask("preview", slug, values))

    def build(self, slug: str, values: Mapping[str, Any]) -> Built:
        """Return the exact part with its outline and what was found on it."""
        with self._lock:
            return from_header(*self._ask("build", slug, values))

    def export(self, slug: str, values: Mapping[str, Any], path: Path) -> None:
        """Write the part as .stl, .3mf, .step, .glb or (a picture) .png, whole or not at all."""
        self.export_all(slug, values, [path])

    def export_all(self, slug: str, values: Mapping[str, Any], paths: Sequence[Path], *, preset: str = "") -> None:
        """Write the part into several files of one folder, built once.

        .png is a picture of it, .svg a drawing, .js hands it to the view on a page under the name `preset`.
        """
        folder = paths[0].parent
        for path in paths:
            if path.suffix.lower() not in SUFFIXES:
                known = ", ".join(SUFFIXES)
                raise MakerwagenError(f"'{path.name}' has no suffix of {known}; name the file like part.stl")
        folder.mkdir(parents=True, exist_ok=True)
        with self._lock, tempfile.TemporaryDirectory(dir=folder, prefix=".makerwagen-") as scratch:
            made = [Path(scratch).resolve() / f"part{number}{path.suffix.lower()}" for number, path in enumerate(paths)]
            self._ask("export", slug, values, paths=[str(path) for path in made], preset=preset)
            for new, path in zip(made, paths, strict=True):
                new.replace(path)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def __enter__(self) -> "Workshop":
        """Return the workshop itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.close()

    def _ask(self, task: str, slug: str, values: Mapping[str, Any], **more: Any) -> tuple[dict[str, Any], bytes]:
        timeout_s = self.timeout_s * (EXPORT_TIMES if task == "export" else 1)
        request = {"task": task, "slug": slug, "values": dict(values), "timeout_s": timeout_s}
        line = json.dumps({**request, "limits": asdict(self.limits), **more}).encode() + b"\n"
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(line)
            process.stdin.flush()
            header, payload = _received(process, until=time.monotonic() + timeout_s + START_S)
        except (OSError, EOFError) as error:
            self._stop()
            raise WorkshopError(MESSAGES["crash"], f"the warm process ended: {error}") from error
        except BaseException:  # interrupted between question and answer: the next answer would be the wrong one
            self._stop()
            raise
        if failure := header.get("failure"):
            raise _error(failure, header)
        return header, payload

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            # A session of its own, so that interrupting a cell does not interrupt the workshop. Threads do not survive
            # a fork, and hash order must not change files.
            settings = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "makerwagen.models.worker", str(self.root)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ | settings,
            )
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


def _received(process: subprocess.Popen[bytes], *, until: float) -> tuple[dict[str, Any], bytes]:
    """Return one answer; raise EOFError when the process ended, OSError when it is silent for too long."""
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(max(0.0, until - time.monotonic())):
            raise OSError("no answer")
    line = process.stdout.readline()
    if not line:
        raise EOFError("end of answers")
    header = json.loads(line)
    payload = process.stdout.read(header["bytes"])
    if len(payload) < header["bytes"]:
        raise EOFError("half an answer")
    return header, payload


def _error(failure: str, header: Mapping[str, Any]) -> MakerwagenError:
    detail = header.get("detail", "")
    if failure == "refused":
        return RefusedError(header["message"], tuple(header["names"]), detail)
    if failure == "stopped":
        return MakerwagenError(detail)
    return WorkshopError(MESSAGES[failure], detail)
