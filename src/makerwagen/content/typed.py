"""The form all content shares: frozen, no unknown fields, and it knows where it was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints

from makerwagen.problems import Place

Key = str | int
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Lang = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Localized = Annotated[
    dict[Lang, Line],
    Field(min_length=1, description="One text per language, e.g. {de: Namensschild, en: Name tag}"),
]


@dataclass(frozen=True)
class Source:
    """Where content was read: its file and the line of every key in it."""

    path: str
    lines: Mapping[tuple[Key, ...], int] = field(default_factory=dict)

    def place(self, *keys: Key) -> Place:
        """Return the place of `keys`, or of the nearest key above that was written down."""
        for end in range(len(keys), -1, -1):
            if line := self.lines.get(keys[:end]):
                return Place(self.path, line=line)
        return Place(self.path, line=1)


class Content(BaseModel):
    """A frozen piece of content; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Located(Content):
    """Content that fills a file of its own: it knows its slug and the lines of its fields."""

    _slug: str = PrivateAttr(default="")
    _source: Source = PrivateAttr(default_factory=lambda: Source(""))

    @property
    def slug(self) -> str:
        """Return the folder's (or file's) name, by which other content refers to this."""
        return self._slug

    @property
    def origin(self) -> Source:
        """Return the file this was read from."""
        return self._source

    def at(self, *keys: Key) -> Place:
        """Return the place of a field, e.g. `at("needs", 0)`."""
        return self._source.place(*keys)

    def located(self, *, slug: str, source: Source) -> None:
        """Remember the slug and the source; the loader calls this once."""
        self._slug, self._source = slug, source


def text_in(words: Mapping[str, str], lang: str) -> str:
    """Return the text in `lang`, else in German, else in the first language there is."""
    return words.get(lang) or words.get("de") or next(iter(words.values()), "")
