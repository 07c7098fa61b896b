"""Modules: lessons in an order that makes sense, for a visit, a project day or a project week."""

from typing import Annotated

from pydantic import Field, StringConstraints

from makerwagen.content.typed import Localized, Located, Slug
from makerwagen.content.words import Status

Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Module(Located):
    """Ordered lessons (modules/<slug>/module.yml)."""

    uuid: Uuid
    title: Localized
    summary: Localized
    status: Status = Status.DRAFT
    grades: tuple[int, ...] = ()
    lessons: tuple[Slug, ...] = Field(min_length=1)
