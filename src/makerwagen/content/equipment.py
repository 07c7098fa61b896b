"""The wagon's register: what it carries, how many, and who may use it."""

from enum import StrEnum

from pydantic import Field

from makerwagen.content.typed import Content, Line, Localized, Located, Slug
from makerwagen.content.words import Hazard, Supervision


class Kind(StrEnum):
    """What sort of thing a piece of equipment is."""

    LAPTOP = "laptop"
    PRINTER_3D = "printer-3d"
    PRINTER_PAPER = "printer-paper"
    BOARD = "board"
    SENSOR = "sensor"
    PART = "part"
    TOOL = "tool"
    FURNITURE = "furniture"


class Bed(Content):
    """The space a 3D printer can fill, in millimetres."""

    x_mm: float = Field(gt=0)
    y_mm: float = Field(gt=0)
    z_mm: float = Field(gt=0)
    nozzle_mm: float = Field(gt=0)


class Equipment(Content):
    """One line of the register."""

    id: Slug
    title: Localized
    kind: Kind
    count: int = Field(ge=0)
    min_age: int = Field(ge=0, description="No child below this age handles it")
    supervision: Supervision
    hazards: tuple[Hazard, ...] = ()
    board: Slug | None = None
    bed: Bed | None = None
    at_school: bool = Field(default=False, description="Schools usually have it too")


class Consumable(Content):
    """Something that is used up."""

    id: Slug
    title: Localized
    unit: Line
    euros_per_unit: float = Field(ge=0)
    stock: float = Field(ge=0)


class Register(Located):
    """The whole wagon (curriculum/equipment.yml); the shipped one is an example and says so."""

    title: Localized
    note: Localized
    equipment: tuple[Equipment, ...]
    consumables: tuple[Consumable, ...] = ()

    def find(self, ref: str) -> Equipment | None:
        """Return the equipment called `ref`, or None."""
        return next((entry for entry in self.equipment if entry.id == ref), None)

    def find_consumable(self, ref: str) -> Consumable | None:
        """Return the consumable called `ref`, or None."""
        return next((entry for entry in self.consumables if entry.id == ref), None)
