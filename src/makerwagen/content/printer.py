"""A 3D printer's limits: where its head may go, how hot, how fast, and which commands it may be sent."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from makerwagen.content.typed import Content, Line, Localized, Located

Range = tuple[float, float]
Command = Annotated[str, StringConstraints(pattern=r"^[GM]\d+(\.\d+)?$")]
Letter = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
# Whatever a file of limits says, these never go to a printer: they write or load its memory (M500-M504, M92, M301-M304,
# M206, M851, M906, M907), flash it (M997), touch its card (M20-M34, M928), its network (M550-M599), its safety (M211,
# M302, M999), switch to inches (G20), or wait for a person who is not there (M0, M1, M25, M226, M600).
NEVER = frozenset(
    {"G20", "M0", "M1", "M92", "M206", "M211", "M226", "M301", "M302", "M303", "M304", "M600", "M851", "M906", "M907"}
    | {"M928", "M997", "M999", "M112"}
    | {f"M{number}" for number in (*range(20, 35), *range(500, 512), *range(550, 600))}
)


class ProfileSource(Content):
    """Where the slicer's settings come from: a vendor bundle, its version, and three names in it."""

    vendor: Line
    version: Line
    printer: Line
    print: Line
    filament: Line


class Box(Content):
    """A space, in millimetres."""

    x_mm: Range
    y_mm: Range
    z_mm: Range

    @model_validator(mode="after")
    def _is_a_box(self) -> "Box":
        if any(low >= high for low, high in (self.x_mm, self.y_mm, self.z_mm)):
            raise ValueError("each range goes from the smaller to the larger number")
        return self

    @property
    def size_mm(self) -> tuple[float, float, float]:
        """Return its edges."""
        return (self.x_mm[1] - self.x_mm[0], self.y_mm[1] - self.y_mm[0], self.z_mm[1] - self.z_mm[0])


class Printer(Located):
    """What a printer can bear (curriculum/printers/<id>.yml, with the slicer's flat settings in <id>.ini)."""

    title: Localized
    profile: ProfileSource
    bed: Box = Field(description="Where plastic may be laid down")
    reach: Box = Field(description="Where the head may go")
    purge: Box = Field(description="Where the line before the print may be laid, beside the bed")
    home_mm: tuple[float, float, float] = Field(description="Where the head is after G28")
    filament_mm: float = Field(default=1.75, gt=0)
    density_g_cm3: float = Field(default=1.24, gt=0)
    nozzle_c: Range = Field(description="Coldest at which it may extrude, hottest that it may be told")
    max_bed_c: float = Field(gt=0)
    max_feed_mm_min: float = Field(gt=0)
    max_flow_mm3_s: float = Field(gt=0)
    max_bead_mm2: float = Field(gt=0, description="Thickest line: its cross-section")
    max_push_mm: float = Field(gt=0, description="Most filament moved while the head stands")
    commands: dict[Command, dict[Letter, Range | None]] = Field(
        description="Commands allowed besides moves, modes and heating, and the range of each letter; null: no number"
    )
    lines: tuple[Line, ...] = Field(default=(), description="Lines allowed word for word")

    @model_validator(mode="after")
    def _is_safe(self) -> "Printer":
        for inner, outer in ((self.bed, self.reach), (self.purge, self.reach)):
            spans = zip((inner.x_mm, inner.y_mm, inner.z_mm), (outer.x_mm, outer.y_mm, outer.z_mm), strict=True)
            if any(own[0] < most[0] or own[1] > most[1] for own, most in spans):
                raise ValueError("bed and purge must lie within reach")
        first_words = {line.split()[0] for line in self.lines}
        if bad := sorted((self.commands.keys() | first_words) & NEVER):
            raise ValueError(f"{bad[0]} may never be sent to a printer")
        return self
