"""Markdown tokens to Typst: text goes in as strings, so nothing an author writes can become Typst code."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from markdown_it.token import Token

from makerwagen.content.figure import FOLDER
from makerwagen.exporters.prose import parse

RASTER = re.compile(r"raster\s+(\d{1,2})x(\d{1,2})$")
UNIT = re.compile(r'#"((?:mm|cm|m|km|ms|s|min|h|g|kg|°C|%|€|dB|lx|Minuten?|Sekunden?|Stück|Euro)(?:/\w+)?)"$')
UNITS = re.compile(r"(\d) (mm|cm|m|km|g|kg|s|ms|min|h|Ohm|V|Volt|Uhr|Euro|€|%|°C|Grad|Minuten?|Sekunden?|Stunden?)\b")
BOUND = "\\1\u00a0\\2"
FindPicture = Callable[[str], str | None]
OPEN = {"strong_open": "#strong[", "em_open": "#emph["}
CLOSE = {"strong_close", "em_close", "link_close"}


def quoted(text: str) -> str:
    """Return `text` as a Typst string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def shown(text: str) -> str:
    """Return Typst markup that shows `text` literally; a number stays on the line of its unit."""
    return f"#{quoted(UNITS.sub(BOUND, text))}" if text else ""


def to_typst(source: str, *, find_picture: FindPicture, to_write_on: bool = False) -> str:
    """Return a Markdown cell as Typst; `find_picture` maps an image's target to a path below Typst's root.

    With `to_write_on`, empty table cells are tall and grids are there to draw in.
    """
    return "\n\n".join(Blocks(parse(source), find_picture, to_write_on).render())


class Blocks:
    """Walks block tokens once, from left to right."""

    def __init__(self, tokens: Sequence[Token], find_picture: FindPicture, to_write_on: bool) -> None:
        """Start at the first token."""
        self.tokens = tokens
        self.position = 0
        self.find_picture = find_picture
        self.to_write_on = to_write_on

    def render(self, until: str | None = None) -> Iterator[str]:
        """Yield Typst blocks up to the closing token `until`, or the end."""
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
            return f"#heading(level: {token.tag[1:]})[{''.join(self.render('heading_close'))}]"
        if token.type == "paragraph_open":
            return "".join(self.render("paragraph_close"))
        if token.type == "inline":
            return self.inline(token.children or [])
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            return self.listing(token)
        if token.type == "blockquote_open":
            return "#remember[" + "\n\n".join(self.render("blockquote_close")) + "]"
        if token.type in {"fence", "code_block"}:
            return self.code(token)
        if token.type == "table_open":
            return self.table()
        return "#line(length: 100%, stroke: 0.5pt)" if token.type == "hr" else ""

    def code(self, token: Token) -> str:
        """Return a code block, or a grid to draw in."""
        if found := RASTER.match(token.info.strip()):
            return f"#drawing-grid({found[1]}cm, {found[2]}cm)" if self.to_write_on else ""
        return f"#code-block({quoted(token.content.rstrip())})"

    def listing(self, token: Token) -> str:
        """Return a list, numbered, plain or to tick."""
        close = token.type.replace("open", "close")
        items = []
        while self.tokens[self.position].type != close:
            self.position += 1  # list_item_open
            items.append("\n\n".join(self.render("list_item_close")))
        self.position += 1
        body = ", ".join(f"[{item}]" for item in items)
        if token.type == "ordered_list_open":
            return f"#enum(start: {token.attrGet('start') or 1}, {body})"
        ticked = [re.sub(r'^#"\[[ x]\] ', '#"', item) for item in items]
        if all(one != other for one, other in zip(ticked, items, strict=True)):
            return "#to-tick(" + ", ".join(f"[{item}]" for item in ticked) + ")"
        return f"#list({body})"

    def table(self) -> str:
        """Return a table; rows with empty cells are tall enough to write in."""
        rows: list[list[str]] = []
        while (token := self.tokens[self.position]).type != "table_close":
            self.position += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type in {"th_open", "td_open"}:
                cell = "".join(self.render(token.type.replace("open", "close")))
                alone = UNIT.match(cell) if self.to_write_on and token.type == "td_open" else None
                rows[-1].append(f'#unit-to-fill-in("{alone[1]}")' if alone else cell)
        self.position += 1
        header, body = rows[0], rows[1:]
        lines = ", ".join("(" + "".join(f"[{cell}], " for cell in row) + ")" for row in body)
        heads = "".join(f"[{cell}], " for cell in header)
        columns = "".join(f"{width}fr, " for width in column_widths(header, body))
        height = "6.5mm" if self.to_write_on else "0pt"
        return f"#sheet-table(({columns}), ({heads}), ({lines},), empty-height: {height})"

    def inline(self, tokens: Sequence[Token]) -> str:
        """Return a line of text with its emphasis, code, links and pictures."""
        return "".join(self.span(token) for token in tokens)

    def span(self, token: Token) -> str:
        """Return one inline token."""
        if token.type in OPEN:
            return OPEN[token.type]
        if token.type in CLOSE:
            return "]"
        if token.type == "link_open":
            return f"#link({quoted(str(token.attrGet('href') or ''))})["
        if token.type == "code_inline":
            return f"#raw({quoted(token.content)})"
        if token.type == "image":
            return self.picture(token)
        if token.type == "hardbreak":
            return "#linebreak()"
        return '#" "' if token.type == "softbreak" else shown(token.content)

    def picture(self, token: Token) -> str:
        """Return a picture, or its description where the file is missing."""
        path = self.find_picture(str(token.attrGet("src") or ""))
        alt = "".join(child.content for child in token.children or [])
        if path is None:
            return shown(alt)
        # A wiring or a circuit is read hole by hole: it gets the whole width.
        tall = ", max-height: 15cm" if f"/{FOLDER}/" in path else ""
        return f"#picture({quoted(str(PurePosixPath(path)))}, {quoted(alt)}{tall})"


def column_widths(header: Sequence[str], body: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column wants to be, from its longest text; a column to fill in gets room."""
    widths = []
    for number, head in enumerate(header):
        cells = [row[number] for row in body if number < len(row)]
        texts = [cell for cell in cells if cell and not cell.startswith("#unit-to-fill-in")]
        longest = max(len(cell) for cell in (head, *texts)) - len('#""')
        least = 10 if texts else 14
        widths.append(min(max(longest, least), 44))
    return widths
