"""The notebooks that children and teachers open: a title in front, hints folded, no outputs, stamped metadata."""

import json
from collections.abc import Mapping
from typing import Any

from makerwagen.content.lesson import Lesson
from makerwagen.content.notebook import Cell, CellKind
from makerwagen.content.typed import text_in
from makerwagen.content.versions import Audience, on_screen
from makerwagen.content.words import CellTag
from makerwagen.exporters.phrases import phrases
from makerwagen.exporters.stamp import Stamp

FOLDED = (CellTag.HIDE_INPUT, CellTag.CHECK)
Json = dict[str, Any]
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook_json(lesson: Lesson, lang: str, *, cells: tuple[Cell, ...], audience: Audience, stamp: Stamp) -> str:
    """Return a notebook in nbformat 4.5 as text, the same for the same lesson.

    Written plainly, since importing nbformat costs every build a second; tests hold it to nbformat's schema.
    """
    made = [_title(lesson, lang, audience)] + [_cell(cell, lang, audience) for cell in on_screen(cells)]
    metadata = {
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
        "makerwagen": {
            "audience": audience.value,
            "date": stamp.date.isoformat(),
            "hash": stamp.short,
            "lang": lang,
            "slug": stamp.slug,
            "uuid": lesson.uuid,
            "version": stamp.version,
        },
    }
    notebook = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _title(lesson: Lesson, lang: str, audience: Audience) -> Json:
    words = phrases(lang)
    lines = [f"# {text_in(lesson.title, lang)}"]
    if lesson.goal:
        lines.append(f"> **{words['i-can']}** {text_in(lesson.goal, lang)}")
    if audience is Audience.TEACHER:
        lines.append(f"*{words['teacher-sheet']}*")
    return _markdown("title", "\n\n".join(lines), {"deletable": False, "editable": False})


def _cell(cell: Cell, lang: str, audience: Audience) -> Json:
    words = phrases(lang)
    metadata: dict[str, object] = {"tags": sorted(cell.tags)} if cell.tags else {}
    if cell.kind is CellKind.CODE:
        if any(cell.has(tag) for tag in FOLDED):
            metadata["jupyter"] = {"source_hidden": True}
        if cell.has(CellTag.CHECK):
            metadata |= {"deletable": False, "editable": False}
        source = _lines(cell.source)
        code = {"cell_type": "code", "id": cell.id, "metadata": metadata, "source": source}
        return code | {"execution_count": None, "outputs": []}
    return _markdown(cell.id, _labelled(cell, words, audience), metadata)


def _markdown(cell_id: str, source: str, metadata: dict[str, object]) -> Json:
    return {"cell_type": "markdown", "id": cell_id, "metadata": metadata, "source": _lines(source)}


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)


def _labelled(cell: Cell, words: Mapping[str, str], audience: Audience) -> str:
    """Return the text with a word in front that says what kind it is; the student's hints are folded."""
    if cell.has(CellTag.HINT) and audience is Audience.STUDENT:
        return f"<details><summary>{words['hint']}</summary>\n\n{cell.source}\n\n</details>"
    for tag in (CellTag.SOLUTION, CellTag.TEACHER, CellTag.HINT):
        if cell.has(tag):
            return f"**{words[tag.value]}**\n\n{cell.source}"
    return cell.source
