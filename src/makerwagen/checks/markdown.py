"""Markdown to what rules look at: headings, pictures, links, raw HTML, and the prose that a child reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable("table")
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

    headings: tuple[Heading, ...]
    pictures: tuple[Picture, ...]
    links: tuple[Link, ...]
    html: tuple[int, ...]
    prose: tuple[Paragraph, ...]


@lru_cache(maxsize=20_000)
def parse(source: str) -> Parsed:
    """Return what a Markdown cell holds; the same text is parsed once."""
    headings: list[Heading] = []
    pictures: list[Picture] = []
    links: list[Link] = []
    html: list[int] = []
    prose: list[Paragraph] = []
    in_paragraph = False
    for token in PARSER.parse(source):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "heading_open":
            headings.append(Heading(int(token.tag[1:]), line))
        elif token.type == "html_block":
            html.append(line)
        elif token.type in {"paragraph_open", "paragraph_close"}:
            in_paragraph = token.nesting == 1
        elif token.type == "inline":
            pieces = list(_lines(token.children or (), line))
            pictures.extend(
                Picture(str(child.attrs["src"]), child.content, at) for child, at in pieces if child.type == "image"
            )
            links.extend(Link(str(child.attrs["href"]), at) for child, at in pieces if child.type == "link_open")
            html.extend(at for child, at in pieces if child.type == "html_inline")
            if in_paragraph:
                prose.append(Paragraph("".join(_said(child) for child, _ in pieces), line))
    return Parsed(tuple(headings), tuple(pictures), tuple(links), tuple(html), tuple(prose))


def _lines(children: Sequence[Token], line: int) -> Iterator[tuple[Token, int]]:
    for child in children:
        yield child, line
        if child.type in {"softbreak", "hardbreak"}:
            line += 1


def _said(child: Token) -> str:
    if child.type in {"softbreak", "hardbreak"}:
        return "\n"
    return child.content if child.type == "text" else ""
