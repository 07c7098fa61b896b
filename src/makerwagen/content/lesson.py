"""A lesson: everything that is known about it besides its notebook."""

import datetime
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, PrivateAttr, StringConstraints

from makerwagen.content.module import Uuid
from makerwagen.content.notebook import Notebook
from makerwagen.content.typed import Content, Line, Localized, Located, Slug
from makerwagen.content.words import (
    Format,
    Hazard,
    Per,
    PhaseKind,
    Role,
    Sozialform,
    Status,
    Strand,
    Supervision,
)

Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
CONTENT_LICENSE = "CC-BY-4.0"


class CompetencyClaim(Content):
    """What the lesson does with a framework's competency, and the cell in which the child does it."""

    framework: Slug
    code: Line
    role: Role
    cell: Line | None = Field(default=None, description="Id of the notebook cell with the task")


class Minutes(Content):
    """Where the time goes; teach + work + print_wait + tidy fill the splits, prepare comes before."""

    prepare: int = Field(ge=0)
    teach: int = Field(ge=0)
    work: int = Field(ge=0)
    print_wait: int = Field(default=0, ge=0, description="Minutes in which children can only wait for the printer")
    tidy: int = Field(ge=0)

    @property
    def in_class(self) -> int:
        """Return the minutes with children."""
        return self.teach + self.work + self.print_wait + self.tidy


class Need(Content):
    """So many of a thing for each child, pair, group or class."""

    ref: Slug
    per: Per
    count: int = Field(default=1, ge=1)


class Use(Content):
    """So much of something that is used up."""

    ref: Slug
    per: Per = Per.CHILD
    amount: float = Field(gt=0)
    unit: Line


class LessonSafety(Content):
    """Supervision, the briefings to hold, and the hazards met."""

    supervision: Supervision
    briefings: tuple[Slug, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    notes: Localized | None = None


class Misconception(Content):
    """What children often think, and what to say then."""

    belief: Localized
    response: Localized


class Phase(Content):
    """A row of the Verlaufsplan."""

    minutes: int = Field(gt=0)
    phase: PhaseKind
    what: Localized
    social: Sozialform
    media: Localized | None = None
    comment: Localized | None = None


class Differentiation(Content):
    """The same goal at three depths."""

    basis: Localized
    plus: Localized
    profi: Localized


class Medium(Content):
    """A picture or other file in the lesson's folder."""

    file: Line
    alt: Localized
    author: Line
    license: Line
    source: Line


class Change(Content):
    """A released version, when it came and what is new in it."""

    version: Version
    date: datetime.date
    changed: Localized


class Reference(Content):
    """Where a fact in the lesson comes from."""

    claim: Line
    source: Line


class Lesson(Located):
    """A lesson (lessons/<slug>/lesson.yml with lesson.<lang>.ipynb beside it)."""

    uuid: Uuid
    title: Localized
    summary: Localized
    strand: Strand
    status: Status = Status.DRAFT
    format: Format = Format.CLASS
    goal: Localized | None = Field(default=None, description='As "Ich kann …"')
    take_home: Localized | None = Field(default=None, description="What each child takes home today")
    cover: Line | None = Field(default=None, description="A file of `media` that shows the result")
    formerly: tuple[Slug, ...] = ()
    changes: tuple[Change, ...] = Field(default=(), description="Newest first")
    ages: tuple[int, int] | None = None
    grades: tuple[int, ...] = ()
    school_types: tuple[Slug, ...] = ()
    subjects: tuple[Slug, ...] = ()
    competencies: tuple[CompetencyClaim, ...] = ()
    teaches: tuple[Slug, ...] = ()
    needs: tuple[Slug, ...] = ()
    minutes: Minutes | None = None
    splits: tuple[int, ...] = ()
    group_size: int | None = Field(default=None, ge=1, description="Children who share one place, e.g. 2")
    max_groups: int | None = Field(default=None, ge=1)
    equipment: tuple[Need, ...] = ()
    consumables: tuple[Use, ...] = ()
    also: tuple[Localized, ...] = Field(default=(), description="What else to lay out that the register does not hold")
    safety: LessonSafety | None = None
    misconceptions: tuple[Misconception, ...] = ()
    phases: tuple[Phase, ...] = ()
    differentiation: Differentiation | None = None
    models: tuple[Slug, ...] = ()
    exercises: tuple[Slug, ...] = ()
    data: tuple[Slug, ...] = ()
    media: tuple[Medium, ...] = ()
    glossary: tuple[Slug, ...] = ()
    references: tuple[Reference, ...] = ()
    license: Line = CONTENT_LICENSE
    authors: tuple[Line, ...] = ()
    based_on: Line | None = None

    _notebooks: Mapping[str, Notebook] = PrivateAttr(default_factory=dict)

    @property
    def notebooks(self) -> Mapping[str, Notebook]:
        """Return the lesson's notebooks by language."""
        return self._notebooks

    def with_notebooks(self, notebooks: Mapping[str, Notebook]) -> None:
        """Remember the notebooks; the loader calls this once."""
        self._notebooks = dict(notebooks)

    @property
    def folder(self) -> str:
        """Return the lesson's folder, relative to the repository."""
        return self.origin.path.rpartition("/")[0]

    @property
    def version(self) -> str:
        """Return the newest version, "0.0.0" before the first release."""
        return self.changes[0].version if self.changes else "0.0.0"

    @property
    def children(self) -> int | None:
        """Return how many children fit at most, or None when not said."""
        return self.group_size * self.max_groups if self.group_size and self.max_groups else None
