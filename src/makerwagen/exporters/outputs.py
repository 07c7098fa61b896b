"""What a cell showed when it ran, reduced to what paper and pages can hold: pictures, tables, text."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CARD = "application/vnd.makerwagen.check+json"
PICTURES = {"image/svg+xml": "svg", "image/png": "png"}
ANSI = re.compile(r"\x1b\[[0-9;]*m")
MAX_LINES = 24


@dataclass(frozen=True)
class Picture:
    """A drawing or plot with its description in words."""

    content: bytes
    suffix: str
    alt: str

    @property
    def name(self) -> str:
        """Return a file name that follows from the content."""
        return f"{hashlib.sha256(self.content).hexdigest()[:16]}.{self.suffix}"


@dataclass(frozen=True)
class Table:
    """A table as HTML, with the plain text beside it."""

    html: str
    text: str


@dataclass(frozen=True)
class Text:
    """Printed text or a value."""

    text: str


Shown = Picture | Table | Text


def shown(outputs: Sequence[Mapping[str, Any]]) -> Iterator[Shown]:
    """Yield what can be shown of a cell's outputs; cards of checks and live widgets are left out."""
    for output in outputs:
        data = output.get("data", {})
        if CARD in data:
            continue
        if output["output_type"] == "stream":
            yield Text(_short(output["text"]))
        elif output["output_type"] == "error":
            yield Text(_short("\n".join(output["traceback"])))
        elif mime := next((mime for mime in PICTURES if mime in data), None):
            content = data[mime]
            raw = content.encode() if mime == "image/svg+xml" else base64.b64decode(content)
            yield Picture(raw, PICTURES[mime], _joined(data.get("text/plain", "")))
        elif "text/html" in data and "<table" in data["text/html"]:
            yield Table(data["text/html"], _short(_joined(data.get("text/plain", ""))))
        elif said := _said(data):
            yield Text(said)


def _said(data: Mapping[str, Any]) -> str:
    """Return a value, or what a message's card says; a bare object beside HTML (`<… object at …>`) says nothing."""
    plain = _joined(data.get("text/plain", ""))
    return "" if "text/html" in data and plain.startswith("<") else _short(plain)


def _joined(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _short(text: str) -> str:
    lines = ANSI.sub("", text).rstrip().splitlines()
    return "\n".join([*lines[:MAX_LINES], "…"] if len(lines) > MAX_LINES else lines)
