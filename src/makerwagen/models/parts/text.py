"""Letters as solids: laid on a face of a part, to be fused on or cut in."""

from functools import lru_cache
from pathlib import Path

import cadquery as cq

from makerwagen.models.lettering import Lettering, Patch
from makerwagen.models.parts.prisms import prism

FONT = Path(__file__).parents[4] / "site" / "theme" / "fonts" / "Andika-Bold.ttf"
Place = tuple[float, float, float]
KEPT = 512  # letters kept from build to build: while one slider moves, most letters stay as they are


def letters(lettering: Lettering, depth_mm: float, *, at: Place = (0.0, 0.0, 0.0)) -> list[cq.Solid]:
    """Return one solid for each filled area, standing `depth_mm` high on the point `at`, around which it is centred."""
    return [_solid(patch, depth_mm).moved(cq.Location(at)) for patch in lettering.patches]


def raised(body: cq.Shape, signs: list[cq.Solid]) -> cq.Workplane:
    """Return the body with the signs fused on; they must touch it with a whole face."""
    return cq.Workplane(body.fuse(*signs))


@lru_cache(maxsize=KEPT)
def _solid(patch: Patch, height_mm: float) -> cq.Solid:
    return prism(patch.outer, patch.holes, height_mm)
