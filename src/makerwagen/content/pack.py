"""Data packs: frozen data sets with their licence, source, date and known faults."""

import datetime

from pydantic import Field

from makerwagen.content.typed import Content, Line, Localized, Located, Slug


class Column(Content):
    """One column, named as in the source."""

    name: Line
    type: Line
    unit: Line | None = None
    title: Localized


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
    columns: tuple[Column, ...] = Field(min_length=1)
    faults: tuple[Localized, ...] = ()
