"""Markdown of a cell to tokens, once, for every exporter; raw HTML stays text."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=4096)
def parse(source: str) -> tuple[Token, ...]:
    """Return the tokens of `source`; `<script>` and its like come out as plain text."""
    return tuple(PARSER.parse(source))
