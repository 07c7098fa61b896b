"""The whole repository in memory: every piece of content by its slug."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from makerwagen.content.equipment import Register
from makerwagen.content.exercise import Board, Exercise
from makerwagen.content.framework import Framework
from makerwagen.content.glossary import Glossary
from makerwagen.content.grade import Grades
from makerwagen.content.lesson import Lesson
from makerwagen.content.model import Model
from makerwagen.content.module import Module
from makerwagen.content.outing import Outing
from makerwagen.content.pack import DataPack
from makerwagen.content.part import Parts
from makerwagen.content.printer import Printer
from makerwagen.content.safety import Safety
from makerwagen.content.scenario import Scenario
from makerwagen.content.skill import Skills


@dataclass(frozen=True)
class Repository:
    """All content that could be read; what could not is in the loader's problems."""

    root: Path
    skills: Skills | None = None
    grades: Grades | None = None
    register: Register | None = None
    safety: Safety | None = None
    glossary: Glossary | None = None
    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    modules: Mapping[str, Module] = field(default_factory=dict)
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    models: Mapping[str, Model] = field(default_factory=dict)
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    boards: Mapping[str, Board] = field(default_factory=dict)
    parts: Parts | None = None
    packs: Mapping[str, DataPack] = field(default_factory=dict)
    printers: Mapping[str, Printer] = field(default_factory=dict)
    outing: Outing | None = None
    files: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()

    def packs_of(self, lesson: Lesson) -> list[DataPack]:
        """Return the data packs a lesson uses, as far as they exist."""
        return [self.packs[ref] for ref in lesson.data if ref in self.packs]
