"""Hands the generated pages to MkDocs, says where a lesson is edited, and lets no live HTML through; nothing else."""

import re
from pathlib import Path

import nh3
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

LESSON = re.compile(r"lessons/([a-z0-9-]+)\.md$")
TAGS = set(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "blockquote",
        "br",
        "caption",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "nav",
        "ol",
        "p",
        "picture",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "source",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "dir", "role", "tabindex", "hidden"},
    "a": {"href", "download", "rel", "name"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "source": {"srcset", "media", "type"},
    "details": {"open"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers", "align"},
    "th": {"colspan", "rowspan", "headers", "align", "scope"},
    "col": {"span"},
    "time": {"datetime"},
}


def _safe_id(tag: str, name: str, value: str) -> str | None:
    """Drop names that the theme's own script looks for."""
    return None if name in {"id", "name"} and value.startswith("_") else value


CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style", "iframe", "object", "embed", "template", "noscript"},
    attributes=ATTRIBUTES,
    attribute_filter=_safe_id,
    generic_attribute_prefixes={"aria-", "data-search-", "data-mw-"},
    url_schemes={"http", "https", "mailto", "tel"},
    strip_comments=True,
    link_rel=None,
)


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """Where the generated pages are, relative to mkdocs.yml."""

    pages_dir = config_options.Type(str, default="build/pages")


class MakerwagenPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """The `makerwagen` entry under `plugins:` in mkdocs.yml."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated page and picture."""
        folder = Path(config.config_file_path or ".").parent / self.config.pages_dir
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                uri = path.relative_to(folder).as_posix()
                files.append(File.generated(config, uri, abs_src_path=str(path)))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Let each lesson's page lead to its notebook."""
        repository = str(config.extra.get("repository", "")).rstrip("/")
        for file in files.documentation_pages():
            found = LESSON.match(file.src_uri)
            if repository and found and file.generated_by:
                page = file.page or Page(None, file, config)
                page.edit_url = f"{repository}/lessons/{found[1]}/lesson.de.ipynb"
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Return the page's content without anything that could run or load something from elsewhere."""
        return CLEANER.clean(html)
