"""What a drawing needs to know about a part: its flat faces seen from above, as plain points in millimetres."""

from dataclasses import dataclass

from makerwagen.models.winding import Ring


@dataclass(frozen=True)
class Level:
    """One flat face that looks up: its height over the bed and its rings, the outer one first."""

    z_mm: float
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Bore:
    """A round hole that goes through to the bed: its middle and its diameter."""

    x_mm: float
    y_mm: float
    diameter_mm: float


@dataclass(frozen=True)
class Outline:
    """A part seen from above: the footprint, the faces that look up (lowest first) and the round holes."""

    footprint: tuple[Ring, ...]
    levels: tuple[Level, ...]
    bores: tuple[Bore, ...]


@dataclass(frozen=True)
class PartFacts:
    """What was measured on a built part: size (length, width, height), volume, surface, solids, soundness, outline.

    `flat_mm2` is the surface that lies (nearly) level: a printer fills it line by line.
    """

    size_mm: tuple[float, float, float]
    volume_mm3: float
    area_mm2: float
    solids: int
    valid: bool
    outline: Outline
    flat_mm2: float = 0.0
