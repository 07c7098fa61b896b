"""Grades, ages, school types and subjects of Nordrhein-Westfalen, and the reading level of each band."""

from pydantic import Field

from makerwagen.content.typed import Content, Line, Localized, Located, Slug
from makerwagen.content.words import Confidence


class Reading(Content):
    """Upper limits for a text: words per sentence, LIX, and the first Wiener Sachtextformel."""

    mean_sentence_words: float
    max_sentence_words: int
    lix_max: float
    wstf1_max: float | None = None


class Band(Content):
    """Two neighbouring grades that share lessons."""

    id: Slug
    label: Localized
    grades: tuple[int, ...] = ()
    ages: tuple[int, int]
    reading: Reading


class Grade(Content):
    """A school year with the ages most of its children have."""

    grade: int = Field(ge=1, le=13)
    label: Localized
    stage: Localized
    ages: tuple[int, int]
    educational_level: Line


class SchoolType(Content):
    """A kind of school and the grades it has."""

    id: Slug
    title: Localized
    grades: tuple[int, int] | None = None
    uri: Line | None = None
    confidence: Confidence


class Subject(Content):
    """A school subject."""

    id: Slug
    title: Localized
    uri: Line | None = None


class Grades(Located):
    """Everything about schools (curriculum/grades.yml)."""

    grades: tuple[Grade, ...]
    bands: tuple[Band, ...]
    school_types: tuple[SchoolType, ...]
    subjects: tuple[Subject, ...]

    def band_of(self, grade: int) -> Band | None:
        """Return the band a grade belongs to, or None."""
        return next((band for band in self.bands if grade in band.grades), None)

    def ages_of(self, grades: tuple[int, ...]) -> tuple[int, int] | None:
        """Return the youngest and oldest usual age in `grades`, or None when none is known."""
        known = [entry.ages for entry in self.grades if entry.grade in grades]
        return (min(low for low, _ in known), max(high for _, high in known)) if known else None
