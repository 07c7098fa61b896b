"""Where parts are built: in the workshop's own process for a child at a laptop, else right here."""

import atexit
import resource
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from makerwagen.learn.kept import has_kernel
from makerwagen.learn.meter import limits_of_today
from makerwagen.models.built import Built
from makerwagen.models.declaration import read_model
from makerwagen.models.mesh import Mesh
from makerwagen.models.workshop import Workshop


class Bench(Protocol):
    """Builds parts; raises RefusedError or WorkshopError with a message for the child."""

    def preview(self, slug: str, values: Mapping[str, Any]) -> Built:
        """Return the part quickly."""

    def build(self, slug: str, values: Mapping[str, Any]) -> Built:
        """Return the part exactly."""

    def export(self, slug: str, values: Mapping[str, Any], path: Path) -> None:
        """Write the part into a file."""


class Here:
    """Builds in this process: no second CadQuery, no threads, nobody to end."""

    def __init__(self, root: Path) -> None:
        """Remember the checkout."""
        self.root = root

    def preview(self, slug: str, values: Mapping[str, Any]) -> Built:
        """Return the part's facts exactly, since nobody moves a slider here, with its quick triangles."""
        from makerwagen.models.building import build_pieces, mesh_of

        pieces = build_pieces(read_model(self.root, slug), values, root=self.root, quick=True)
        return Built(self.build(slug, values).facts, mesh_of(pieces, quick=True))

    def build(self, slug: str, values: Mapping[str, Any]) -> Built:
        """Return the part's facts."""
        from makerwagen.models.building import build_part

        return Built(build_part(read_model(self.root, slug), values, root=self.root), Mesh(b"", b"", ()))

    def export(self, slug: str, values: Mapping[str, Any], path: Path) -> None:
        """Write the part as an STL file."""
        from makerwagen.models.building import save_stl

        save_stl(read_model(self.root, slug), values, root=self.root, path=path)


def bench_for(root: Path) -> Bench:
    """Return the workshop when a live kernel asks, else one that builds here."""
    return _workshop(root) if has_kernel() else Here(root)


@cache
def _workshop(root: Path) -> Workshop:
    # One for all parts of a notebook: CadQuery needs seconds to start and half a gigabyte.
    workshop = Workshop(root, limits=limits_of_today(root))
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    # The kernel's own limit would be passed on; the workshop sets its own.
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        workshop.start()
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    atexit.register(workshop.close)
    return workshop
