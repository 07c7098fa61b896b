"""A CAD model's declaration: its parameters, what to expect, how to print it."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from makerwagen.content.typed import Content, Line, Localized, Located

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Value = bool | int | float | str


class ParameterType(StrEnum):
    """What a parameter takes."""

    NUMBER = "number"
    INTEGER = "integer"
    TEXT = "text"
    CHOICE = "choice"
    BOOLEAN = "boolean"


class Dimension(Content):
    """The edge that a slider moves, from one named point to another."""

    from_: Line = Field(alias="from")
    to: Line


class Parameter(Content):
    """One slider or field."""

    name: Name
    type: ParameterType
    unit: Line | None = None
    min: float | None = None
    max: float | None = None
    step: float | None = None
    max_length: int | None = Field(default=None, ge=1)
    choices: tuple[Line, ...] = ()
    default: Value
    label: Localized
    help: Localized | None = None
    group: Line | None = None
    dimension: Dimension | None = None


class Constraint(Content):
    """A condition between parameters, as a Python expression, with a message for the child."""

    when: Line = Field(description="Must be true, e.g. hole_mm + 4 <= height_mm")
    message: Localized


class Preset(Content):
    """Ready-made values."""

    title: Localized
    values: dict[Name, Value]


class Expect(Content):
    """What every build must satisfy: largest size, number of solids, range of volume."""

    size_mm: tuple[float, float, float]
    solids: int = Field(default=1, ge=1)
    volume_mm3: tuple[float, float]


class PrintSettings(Content):
    """How the part is printed."""

    profile: Line
    orientation: Line
    supports: bool = False


Weight = Annotated[float, Field(ge=0)]


class Estimate(Content):
    """Rough printing time and weight of this family of parts, fitted to the slicer: the sum of features times weights.

    The features are 1, mm³ of skin, mm³ inside, mm² of sides, mm² of level faces, and layers.
    """

    seconds: tuple[Weight, Weight, Weight, Weight, Weight, Weight] = Field(
        description="Weights; python -m benchmarks.estimates"
    )
    grams: tuple[Weight, Weight, Weight, Weight, Weight, Weight] = Field(
        description="Weights; python -m benchmarks.estimates"
    )
    within: float = Field(
        ge=0, description="Largest error of the seconds on parts that the fit has not seen, as a share"
    )


class Model(Located):
    """A parametric model (cad_models/<slug>/model.yml with model.py beside it)."""

    id: Line
    title: Localized
    grades: tuple[int, ...] = ()
    parameters: tuple[Parameter, ...] = Field(min_length=1)
    constraints: tuple[Constraint, ...] = ()
    presets: dict[Name, Preset] = {}
    expect: Expect
    print: PrintSettings
    estimate: Estimate | None = None
    license: Line = "CC-BY-4.0"
    authors: tuple[Line, ...] = ()

    @property
    def defaults(self) -> dict[str, Value]:
        """Return every parameter's default."""
        return {parameter.name: parameter.default for parameter in self.parameters}
