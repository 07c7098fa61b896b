"""Markdown to what rules look at: headings, pictures, links, raw HTML, and the prose that a child reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable("table")
# Inline parsing takes half the time, and most paragraphs hold nothing to parse: `_pieces` calls it where there is.
PARSER.disable("inline")
MARKUP = re.compile(r"[\[<`*_&\\]")
# Left on, markdown-it would show [x](javascript:…) as plain text, and no rule would see it.
PARSER.validateLink = lambda url: True  # type: ignore[method-assign]


@dataclass(frozen=True)
class Heading:
    """A heading, with its level and its line in the cell."""

    level: int
    line: int


@dataclass(frozen=True)
class Picture:
    """A picture, with its alt text."""

    target: str
    alt: str
    line: int


@dataclass(frozen=True)
class Link:
    """A link to a page, a file or a heading."""

    target: str
    line: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or list item as read aloud, without code; it starts at `line` and keeps its line breaks."""

    text: str
    line: int


@dataclass(frozen=True)
class Parsed:
    """Everything in a Markdown cell, in order; `html` holds the lines of raw HTML."""

    headings: list[Heading]
    pictures: list[Picture]
    links: list[Link]
    html: list[int]
    prose: list[Paragraph]


@lru_cache(maxsize=20_000)
def parse(source: str) -> Parsed:
    """Return what a Markdown cell holds; the same text is parsed once."""
    found = Parsed([], [], [], [], [])
    env: dict[str, Any] = {}
    in_paragraph = False
    for token in PARSER.parse(source, env):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "heading_open":
            found.headings.append(Heading(int(token.tag[1:]), line))
        elif token.type == "html_block":
            found.html.append(line)
        elif token.type in {"paragraph_open", "paragraph_close"}:
            in_paragraph = token.nesting == 1
        elif token.type == "inline":
            text = _read_inline(token.content, line, env, found)
            if in_paragraph:
                found.prose.append(Paragraph(text, line))
    return found


def _read_inline(content: str, line: int, env: dict[str, Any], found: Parsed) -> str:
    """Note the pictures, links and tags of a paragraph, and return what is read aloud."""
    if not MARKUP.search(content):
        return content
    said = []
    for child, at in _pieces(content, line, env):
        if child.type == "image":
            found.pictures.append(Picture(str(child.attrs["src"]), child.content, at))
        elif child.type == "link_open":
            found.links.append(Link(str(child.attrs["href"]), at))
        elif child.type == "html_inline":
            found.html.append(at)
        else:
            said.append(_said(child))
    return "".join(said)


def _pieces(content: str, line: int, env: dict[str, Any]) -> Iterator[tuple[Token, int]]:
    children: list[Token] = []
    PARSER.inline.parse(content, PARSER, env, children)
    for child in children:
        yield child, line
        if child.type in {"softbreak", "hardbreak"}:
            line += 1


def _said(child: Token) -> str:
    if child.type in {"softbreak", "hardbreak"}:
        return "\n"
    return child.content if child.type == "text" else ""
