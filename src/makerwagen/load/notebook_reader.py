"""A notebook's JSON to cells, in plain Python, so that checking needs no Jupyter."""

import json
import re
from typing import Any

from makerwagen.content.notebook import Cell, CellKind, Notebook
from makerwagen.problems import Place, Problem

KINDS = {kind.value for kind in CellKind}
# JSON may name the halves of a character one by one; a half alone can be written into no file.
HALF = re.compile(r"\\u[dD][89a-fA-F]")


def read_notebook(path: str, lang: str, text: str) -> tuple[Notebook | None, list[Problem]]:
    """Return the notebook in `text`, or None and the problem that makes it unreadable."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return None, [_unreadable(path, f"{error.msg} in line {error.lineno}", line=error.lineno)]
    except RecursionError:
        return None, [_unreadable(path, "nested too deeply")]
    except ValueError:
        return None, [_unreadable(path, "a number in it is too long")]
    if _holds_half_characters(text, data):
        return None, [_unreadable(path, "it holds half a character, such as \\ud83d without its other half")]
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        return None, [_unreadable(path, "it has no list of cells")]
    if data.get("nbformat") != 4:
        what = f"notebook format {data.get('nbformat')} is not 4"
        return None, [Problem(Place(path), "NBK101", what, "open and save it in JupyterLab 4")]
    try:
        cells = tuple(_cell(number, raw) for number, raw in enumerate(data["cells"], 1))
    except ValueError as error:
        return None, [_unreadable(path, str(error))]
    metadata = data.get("metadata")
    minor = data.get("nbformat_minor")
    return Notebook(
        path, lang, cells, metadata if isinstance(metadata, dict) else {}, minor if isinstance(minor, int) else 0
    ), []


def _holds_half_characters(text: str, data: Any) -> bool:
    if not HALF.search(text):
        return False
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _unreadable(path: str, why: str, *, line: int = 0) -> Problem:
    return Problem(Place(path, line=line), "NBK101", f"not a notebook: {why}", "save it again in JupyterLab")


def _cell(number: int, raw: Any) -> Cell:
    if not isinstance(raw, dict) or raw.get("cell_type") not in KINDS:
        raise ValueError(f"cell {number} has no known cell_type")
    source = raw.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise ValueError(f"cell {number} has no text")
    metadata = raw.get("metadata")
    tags = metadata.get("tags", []) if isinstance(metadata, dict) else []
    attachments = raw.get("attachments")
    return Cell(
        number=number,
        id=raw["id"] if isinstance(raw.get("id"), str) else "",
        kind=CellKind(raw["cell_type"]),
        source=source,
        tags=frozenset(str(tag) for tag in tags) if isinstance(tags, list) else frozenset(),
        outputs=len(raw.get("outputs") or ()),
        execution_count=raw.get("execution_count"),
        attachments=tuple(attachments) if isinstance(attachments, dict) else (),
    )
