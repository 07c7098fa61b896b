from html.parser import HTMLParser

import markdown
import pytest
import yaml

from makerwagen.exporters.page_markdown import attribute, front_matter, plain, to_page
from makerwagen.mkdocs_plugin import CLEANER
from tests.conftest import ROOT


def extensions():
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text())
    entries = [entry if isinstance(entry, dict) else {entry: {}} for entry in config["markdown_extensions"]]
    return {name: options or {} for entry in entries for name, options in entry.items()}


def page_of(source):
    """Return the Markdown of a page and its HTML before and after cleaning, as MkDocs would make it."""
    text = to_page(
        source,
        find_picture=lambda target: f"x/{target}" if target == "images/rad.svg" else None,
        find_link=lambda target: target if target.startswith("https:") else None,
    )
    options = extensions()
    dirty = markdown.markdown(text, extensions=list(options), extension_configs=options)
    return text, dirty, CLEANER.clean(dirty)


class Attributes(HTMLParser):
    """Collects the names of attributes and the targets of links and pictures."""

    def __init__(self, page):
        super().__init__()
        self.names, self.targets = set(), []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.names |= {name for name, _ in attributes}
        self.targets += [value for name, value in attributes if name in {"href", "src"}]


# What an author's Markdown may try, and what must not be in the HTML even before it is cleaned.
NASTY = {
    "a script": ("<script>alert(1)</script>", "<script"),
    "a script in a line": ("Hallo <script src=//x.example></script> du", "<script"),
    "a handler": ("<img src=x onerror=alert(1)>", "<img"),
    "a frame": ("<iframe src='https://x.example'></iframe>", "<iframe"),
    "a script as link": ("[klick](javascript:alert(1))", "href"),
    "data as link": ("[klick](data:text/html;base64,PHNjcmlwdD4=)", "href"),
    "a file of the machine": ('--8<-- "/etc/passwd"', "root:"),
    "a file as block": ("--8<--\n/etc/passwd\n--8<--", "root:"),
    "a picture from outside the folder": ("![Geheim](../../secret.png)", "<img"),
    "a picture from elsewhere": ("![Zähler](https://x.example/pixel.gif)", "<img"),
    "attributes": ("Text\n{: onclick=alert(1) .x #y }", 'class="x"'),
    "attributes in a heading": ("## Titel { #y onclick=alert(1) }", 'id="y"'),
    "an open box": ('!!! danger "Titel"\n\n    Text', "admonition"),
    "a folded box": ('??? danger "Titel"\n\n    Text', "<details"),
    "a table of contents": ("[TOC]", 'class="toc"'),
    "Markdown in HTML": ('<div markdown="1" onclick="x">\n\nText\n\n</div>', "<div"),
    "HTML after a fence": ("```\ncode\n```\n<script>1</script>", "<script"),
    "a fence with options": ('```{.python onclick="x" }\ncode\n```', "onclick"),
    "a definition of a link": ("[x]: javascript:alert(1)\n\n[klick][x]", "href"),
    "an address in brackets": ("<javascript:alert(1)>", "href"),
    "an entity": ("&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;", "<script"),
    "a comment": ("<!-- --><script>1</script>", "<script"),
    "stash marks": ("\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03", "\x02"),
    "a table with HTML": ("| a |\n|---|\n| <img src=x onerror=1> |", "<img"),
    "a list with HTML": ("- <script>1</script>", "<script"),
}


@pytest.mark.parametrize("name", NASTY)
def test_nothing_nasty_reaches_a_page(name):
    source, forbidden = NASTY[name]
    _, dirty, clean = page_of(source)
    for page in (dirty, clean):
        assert forbidden not in page
        found = Attributes(page)
        assert not {name for name in found.names if name.startswith("on")}
        assert not [target for target in found.targets if not target.startswith(("#", "https:"))]


def test_what_looked_like_markup_is_shown_as_it_was_written():
    _, _, clean = page_of("1 < 2 & a_b_c, `<b>` und [TOC] {: #x }, 5 * 3 * 2, ~~x~~")
    assert clean == "<p>1 &lt; 2 &amp; a_b_c, <code>&lt;b&gt;</code> und [TOC] {: #x }, 5 * 3 * 2, ~~x~~</p>"


@pytest.mark.parametrize(
    "line", ["# Doppelkreuz", "- Strich", "+ Plus", "1. Punkt", "1986) Klammer", "!!! Box", "??? Box", ": Text"]
)
def test_a_text_that_only_looks_like_a_block_stays_a_paragraph(line):
    escaped = "\\" + line if line[0] in "#-+!?:" else line.replace(".", "\\.").replace(")", "\\)")
    _, _, clean = page_of(escaped)
    assert clean == f"<p>{line}</p>"


def test_plain_prose_keeps_its_form():
    source = """\
## 1. Zählen

Text **fett** und *schräg*, `code | x`, [Stadt](https://example.org/a_b?c=1&d=2).

- eins
- zwei

    ```python
    print("```")
    ```

3. drei
4. vier

> Merke dir das.

| Rad | Zahl |
|-----|------|
| `a` | 1    |

![Ein Rad](images/rad.svg)
"""
    _, _, clean = page_of(source)
    for part in (
        "<strong>fett</strong>",
        "<em>schräg</em>",
        "<code>code | x</code>",
        'href="https://example.org/a%5Fb?c=1&amp;d=2"',
        "<blockquote>\n<p>Merke dir das.</p>",
        '<ol start="3">',
        "<td><code>a</code></td>",
        '<img alt="Ein Rad" src="x/images/rad.svg">',
    ):
        assert part in clean
    assert "```" in clean and "<pre>" in clean.replace("<pre><span></span>", "<pre>")


def test_code_cannot_close_its_own_fence():
    _, _, clean = page_of("````python\n```\n<script>alert(1)</script>\n```\n````")
    assert "<script" not in clean and clean.count("<pre>") == 1


def test_an_alternative_text_with_brackets_and_quotes_stays_one():
    _, _, clean = page_of('![Ein \\] "Rad" <b> _x_](images/rad.svg)')
    assert clean == '<p><img alt="Ein ] &quot;Rad&quot; &lt;b&gt; x" src="x/images/rad.svg"></p>'


def test_a_title_is_harmless_in_a_page_head():
    head = front_matter('</title><script>alert("x")</script>\n---\n# \\', "zwei\nZeilen")
    data = yaml.safe_load(head.strip("-\n"))
    assert "<" not in data["title"] and data["title"].startswith("&lt;/title&gt;")
    assert data["description"] == "zwei Zeilen"


def test_small_texts_are_literal():
    assert plain("a*b [x] <i>\n{: }") == r"a\*b \[x\] &lt;i&gt; \{: \}"
    assert attribute('"<b>"\u00a0x') == "&quot;&lt;b&gt;&quot;\u00a0x"


def test_the_theme_s_own_names_cannot_be_taken_by_a_heading():
    _, dirty, clean = page_of("## __config")
    assert 'id="__config"' in dirty
    assert 'id="__config"' not in clean
