"""JSON Schemas of all content files, generated from the content types, for editors that complete and explain."""

import json
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
from makerwagen.content.typed import Located

KINDS: dict[str, type[Located]] = {
    "board": Board,
    "exercise": Exercise,
    "framework": Framework,
    "glossary": Glossary,
    "grades": Grades,
    "lesson": Lesson,
    "model": Model,
    "module": Module,
    "outing": Outing,
    "pack": DataPack,
    "parts": Parts,
    "printer": Printer,
    "register": Register,
    "safety": Safety,
    "scenario": Scenario,
    "skills": Skills,
}


def schemas() -> dict[str, str]:
    """Return each schema's text by its file name."""
    return {f"{name}.schema.json": schema_text(kind) for name, kind in KINDS.items()}


def schema_text(kind: type[Located]) -> str:
    """Return the JSON Schema of one kind of content file."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | kind.model_json_schema(by_alias=True)
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into `folder` and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written
