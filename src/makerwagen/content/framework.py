"""Competency frameworks: official catalogues that lessons refer to by code."""

from enum import StrEnum

from pydantic import Field

from makerwagen.content.typed import Content, Line, Localized, Located, Slug
from makerwagen.content.words import Confidence


class Wording(StrEnum):
    """Whether a text is the framework's own or ours; a paraphrase is never shown as a quotation."""

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"


class Competency(Content):
    """One entry of a framework."""

    code: Line
    title: Localized
    text: Localized | None = None
    wording: Wording = Wording.PARAPHRASE
    i_can: Localized | None = None
    uri: Line | None = None
    confidence: Confidence
    sources: tuple[Line, ...] = Field(min_length=1)


class Area(Content):
    """A group of competencies."""

    code: Line
    title: Localized
    uri: Line | None = None
    confidence: Confidence
    sources: tuple[Line, ...] = Field(min_length=1)
    competencies: tuple[Competency, ...] = ()


class Framework(Located):
    """A catalogue of competencies (curriculum/frameworks/<id>.yml)."""

    id: Slug
    title: Localized
    short: Line
    version: Line
    note: Localized | None = None
    citations: dict[Line, Line] = Field(description="source id -> where it was read")
    areas: tuple[Area, ...]

    def competency(self, code: str) -> Competency | None:
        """Return the competency with `code`, or None."""
        return next((entry for area in self.areas for entry in area.competencies if entry.code == code), None)
