"""Markdown of a cell to Markdown of a page: written anew from its tokens, so that only plain prose gets through."""

import html
import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from makerwagen.content.figure import FOLDER
from makerwagen.exporters.prose import parse

Find = Callable[[str], str | None]
INDENT = "    "
# What Python-Markdown and its extensions may read as markup in the middle of a line; the rest is harmless there.
INLINE = {char: f"\\{char}" for char in "\\`*_{}[]|"} | {char: f"&#{ord(char)};" for char in "~^"}
INLINE |= {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
ESCAPES = str.maketrans(INLINE)
LINE_START = re.compile(r"^(?:[#+\-?:=;]|!(?!\[)|\d+(?=[.)]))")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LANGUAGE = re.compile(r"[a-z][a-z0-9+-]{0,19}$")
RASTER = re.compile(r"raster\s")
TICK = re.compile(r"^\\\[( |x)\\\] ")
BOXES = {" ": '<span class="tick">☐</span> ', "x": '<span class="tick">☑</span> '}
UNSAFE_IN_URL = re.compile(r"[\s()<>\"'`\\*_{}\[\]|^]")


def plain(text: str) -> str:
    """Return Markdown that shows `text` literally, wherever in a line it stands."""
    return CONTROL.sub("", text).replace("\n", " ").translate(ESCAPES)


def line(text: str) -> str:
    """Return Markdown that shows `text` literally as a block of its own."""
    return _begun(plain(text.strip()))


def attribute(text: str) -> str:
    """Return `text` for raw HTML, in quotes or between tags, on one line."""
    return html.escape(CONTROL.sub("", re.sub(r"[ \t\r\n]+", " ", text).strip()))


def fence(code: str, info: str = "") -> str:
    """Return a fenced block that its content cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{info}\n{CONTROL.sub('', code).strip(chr(10))}\n{ticks}"


def indented(block: str, by: str = INDENT) -> str:
    """Return `block` with `by` before each line that holds something."""
    return "\n".join(by + row if row else row for row in block.split("\n"))


def address(url: str) -> str:
    """Return a link's target with everything percent-encoded that Markdown could trip over."""
    return UNSAFE_IN_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def to_page(source: str, *, find_picture: Find, find_link: Find) -> str:
    """Return a cell's Markdown for the page; pictures and links whose target is not found stay as words."""
    return "\n\n".join(_Blocks(parse(source), find_picture, find_link).render())


def _begun(block: str) -> str:
    """Return `block` with its first character disarmed where it would begin a heading, list or box."""
    found = LINE_START.match(block)
    if not found:
        return block
    if found[0].isdigit():
        return f"{found[0]}&#{ord(block[found.end()])};{block[found.end() + 1 :]}"
    return f"&#{ord(found[0])};{block[1:]}"


class _Blocks:
    """Walks block tokens once, from left to right."""

    def __init__(self, tokens: Sequence[Token], find_picture: Find, find_link: Find) -> None:
        self.tokens = tokens
        self.position = 0
        self.find_picture = find_picture
        self.find_link = find_link

    def render(self, until: str | None = None) -> Iterator[str]:
        """Yield Markdown blocks up to the closing token `until`, or the end."""
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            self.position += 1
            if token.type == until:
                return
            if block := self.block(token):
                yield block

    def block(self, token: Token) -> str:
        """Return the block that `token` opens."""
        if token.type == "heading_open":
            level = max(2, int(token.tag[1:]))
            return f"{'#' * level} {''.join(self.render('heading_close'))}"
        if token.type == "paragraph_open":
            return _begun("".join(self.render("paragraph_close")))
        if token.type == "inline":
            return self.inline(token.children or [])
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            return self.listing(token)
        if token.type == "blockquote_open":
            return "\n".join(f"> {row}".rstrip() for row in "\n\n".join(self.render("blockquote_close")).split("\n"))
        if token.type in {"fence", "code_block"}:
            return self.code(token)
        if token.type == "table_open":
            return self.table()
        return "* * *" if token.type == "hr" else ""

    def code(self, token: Token) -> str:
        """Return a code block; a grid to draw in has no use on a screen."""
        info = token.info.strip()
        if RASTER.match(info):
            return ""
        return fence(token.content, info if LANGUAGE.match(info) else "text")

    def listing(self, token: Token) -> str:
        """Return a list, numbered, plain or to tick."""
        close = token.type.replace("open", "close")
        numbered = token.type == "ordered_list_open"
        number = int(str(token.attrGet("start") or 1))
        items: list[str] = []
        loose = False
        while self.tokens[self.position].type != close:
            self.position += 1  # list_item_open
            loose = loose or not self.tokens[self.position].hidden
            body = TICK.sub(lambda found: BOXES[found[1]], "\n\n".join(self.render("list_item_close")))
            mark = f"{number + len(items)}. " if numbered else "- "
            items.append(mark.ljust(len(INDENT)) + indented(body).lstrip())
        self.position += 1
        return ("\n\n" if loose else "\n").join(items)

    def table(self) -> str:
        """Return a table."""
        rows: list[list[str]] = []
        while (token := self.tokens[self.position]).type != "table_close":
            self.position += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type in {"th_open", "td_open"}:
                rows[-1].append("".join(self.render(token.type.replace("open", "close"))))
        self.position += 1
        return table(rows[0], rows[1:])

    def inline(self, tokens: Sequence[Token]) -> str:
        """Return a line of text with its emphasis, code, links and pictures."""
        open_links: list[str | None] = []
        return "".join(self.span(token, open_links) for token in tokens)

    def span(self, token: Token, open_links: list[str | None]) -> str:
        """Return one inline token; `open_links` holds the targets of links not closed yet."""
        if token.type in {"strong_open", "strong_close"}:
            return "**"
        if token.type in {"em_open", "em_close"}:
            return "*"
        if token.type == "link_open":
            open_links.append(self.find_link(str(token.attrGet("href") or "")))
            return "[" if open_links[-1] else ""
        if token.type == "link_close":
            target = open_links.pop()
            return f"]({address(target)})" if target else ""
        if token.type == "code_inline":
            return code_span(token.content)
        if token.type == "image":
            target = self.find_picture(str(token.attrGet("src") or ""))
            alt = plain("".join(" " if child.type == "softbreak" else child.content for child in token.children or ()))
            # A wiring is read hole by hole: the page lets it keep its size.
            wide = "{ .wide }" if target and f"/{FOLDER}/" in target else ""
            return f"![{alt}]({address(target)}){wide}" if target else alt
        if token.type == "hardbreak":
            return "<br>"
        return " " if token.type == "softbreak" else plain(token.content)


def code_span(code: str) -> str:
    """Return inline code that its content cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{ticks}{pad}{CONTROL.sub('', code)}{pad}{ticks}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def front_matter(title: str, description: str = "", *, more: Sequence[str] = ()) -> str:
    """Return a page's head; themes write its texts into HTML as they stand, so they are escaped already."""
    lines = [f"title: {_scalar(title)}"]
    lines += [f"description: {_scalar(description)}"] if description else []
    return "\n".join(["---", *lines, *more, "---"])


def _scalar(text: str) -> str:
    return '"' + attribute(text).replace("\\", "\\\\") + '"'
