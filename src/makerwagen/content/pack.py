"""Data packs: frozen data sets with their licence, source, date and known faults."""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from makerwagen.content.typed import Content, Line, Localized, Located, Slug

Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/[^\s]*)?$")]

MonthDay = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")]


class Shape(StrEnum):
    """How the file is built: whose form it has."""

    EXPLORE = "explore-v2.1"
    DWD = "dwd-cdc"
    OPENSENSEMAP = "opensensemap"
    SENSOR_COMMUNITY = "sensor-community"


class Column(Content):
    """One column, named as in the source."""

    name: Line
    type: Line
    unit: Line | None = None
    title: Localized
    guessed: bool = Field(default=False, description="Nobody here has seen this name at the source: it is our reading")


class Generator(Content):
    """What made a simulated pack; with the seed it makes the same bytes again."""

    name: Slug
    seed: int


class Real(Content):
    """The real data set that a pack stands for, or was taken from."""

    portal: Address
    dataset: Line
    license: Line
    publisher: Line
    where: Line | None = Field(default=None, description="Which records to take, in the portal's query language")
    order_by: Line | None = None
    rows: int = Field(default=200, ge=1, le=10_000, description="So many records at most, of each reading")
    readings: int = Field(default=1, ge=1, le=200, description="So many readings of a data set that changes")
    every_minutes: int = Field(default=60, ge=1, le=24 * 60)
    title: Line | None = Field(default=None, description="What the pack is called once it holds real data")
    paths: tuple[Line, ...] = Field(
        default=(), description="Where the file lies on the portal; {dataset} and {station} are put in; tried in order"
    )
    station: Line | None = Field(
        default=None, description="Number of the DWD's station or of the sensor; ids of openSenseMap boxes with commas"
    )
    phenomena: tuple[Line, ...] = Field(default=(), description="What to ask openSenseMap's boxes for, as they call it")
    long: Mapping[str, Line] = Field(
        default_factory=dict, description="Columns of the DWD's file that become rows, and the code of each"
    )
    days: tuple[MonthDay, MonthDay] | None = Field(
        default=None, description='First and last day of the year to keep, e.g. ["06-01", "08-31"]; the newest year'
    )


class DataPack(Located):
    """A data set (lessons/<slug>/data/<id>/pack.yml or curriculum/data/<id>/pack.yml)."""

    id: Slug
    title: Localized
    file: Line
    sha256: Line
    simulated: bool
    date: datetime.date
    license: Line
    source: Line
    attribution: Localized
    shape: Shape = Shape.EXPLORE
    generator: Generator | None = None
    real: Real | None = None
    missing: float | None = Field(default=None, description="The number that means: nothing was measured")
    columns: tuple[Column, ...] = Field(min_length=1)
    faults: tuple[Localized, ...] = ()
