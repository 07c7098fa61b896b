"""The catalogue: every lesson with its metadata, and the manifest: every file with its hash."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from makerwagen import __version__
from makerwagen.content.words import Format, Role, Strand
from makerwagen.exporters.results import LessonResult


class CatalogueDownload(BaseModel):
    """A file of a lesson; `path` is relative to the build folder."""

    audience: str
    kind: str
    path: str
    bytes: int
    pages: int = Field(description="0 where the file has no pages")


class CatalogueCompetency(BaseModel):
    """A competency by framework and code."""

    framework: str
    code: str
    role: Role


class CatalogueLesson(BaseModel):
    """A lesson as others find it."""

    slug: str
    uuid: str
    lang: str
    version: str
    hash: str
    date: str
    title: str
    summary: str
    goal: str | None
    strand: Strand
    format: Format
    grades: list[int]
    ages: list[int]
    school_types: list[str]
    subjects: list[str]
    minutes: int
    splits: list[int]
    children: int | None
    teaches: list[str]
    needs: list[str]
    competencies: list[CatalogueCompetency]
    equipment: list[str]
    supervision: str | None
    license: str
    authors: list[str]
    page: str = Field(description="Address of the page below the website")
    downloads: list[CatalogueDownload]


class Catalogue(BaseModel):
    """All lessons, in the order of their slugs."""

    engine: str
    lessons: list[CatalogueLesson]


def catalogue_of(results: Iterable[LessonResult]) -> Catalogue:
    """Return the catalogue of finished lessons."""
    ordered = sorted(results, key=lambda result: (result.lesson.slug, result.lang))
    return Catalogue(engine=__version__, lessons=[_entry(result) for result in ordered])


def as_json(data: Any) -> str:
    """Return JSON that is the same for the same data."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def manifest_of(folder: Path, *, skip: Sequence[str] = ()) -> dict[str, Any]:
    """Return every file below `folder` with its size and sha256, leaving out the top-level names in `skip`."""
    files = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.split("/")[0] not in skip:
            content = path.read_bytes()
            files.append({"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    return {"version": __version__, "files": files}


def _entry(result: LessonResult) -> CatalogueLesson:
    lesson, lang = result.lesson, result.lang
    return CatalogueLesson(
        slug=lesson.slug,
        uuid=lesson.uuid,
        lang=lang,
        version=lesson.version,
        hash=result.stamp.short,
        date=result.stamp.date.isoformat(),
        title=lesson.title.get(lang, lesson.title["de"]),
        summary=lesson.summary.get(lang, lesson.summary["de"]),
        goal=lesson.goal.get(lang) if lesson.goal else None,
        strand=lesson.strand,
        format=lesson.format,
        grades=list(lesson.grades),
        ages=list(lesson.ages or ()),
        school_types=list(lesson.school_types),
        subjects=list(lesson.subjects),
        minutes=sum(lesson.splits),
        splits=list(lesson.splits),
        children=lesson.children,
        teaches=list(lesson.teaches),
        needs=list(lesson.needs),
        competencies=[
            CatalogueCompetency(framework=claim.framework, code=claim.code, role=claim.role)
            for claim in lesson.competencies
        ],
        equipment=[need.ref for need in lesson.equipment],
        supervision=lesson.safety.supervision.value if lesson.safety else None,
        license=lesson.license,
        authors=list(lesson.authors),
        page=f"lessons/{lesson.slug}.html",
        downloads=[
            CatalogueDownload(
                audience=download.audience.value,
                kind=download.kind,
                path=download.path,
                bytes=download.source.stat().st_size,
                pages=download.pages,
            )
            for download in result.downloads
        ],
    )
