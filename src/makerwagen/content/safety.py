"""Safety rules: levels of supervision, hazards, and the briefings read out before work starts."""

from pydantic import Field

from makerwagen.content.typed import Content, Line, Localized, Located, Slug
from makerwagen.content.words import Confidence, Hazard, Supervision


class HazardRule(Content):
    """What a hazard means and from which grade a child may meet it."""

    id: Hazard
    title: Localized
    advice: Localized
    min_grade: int | None = None
    confidence: Confidence
    sources: tuple[Line, ...] = Field(min_length=1)


class Briefing(Content):
    """A short safety talk: the rules children repeat in their own words."""

    id: Slug
    title: Localized
    rules: tuple[Localized, ...] = Field(min_length=1)
    confidence: Confidence
    sources: tuple[Line, ...] = Field(min_length=1)


class Safety(Located):
    """All safety rules (curriculum/safety.yml)."""

    disclaimer: Localized
    levels: dict[Supervision, Localized]
    hazards: tuple[HazardRule, ...]
    briefings: tuple[Briefing, ...]
    citations: dict[Line, Line]
