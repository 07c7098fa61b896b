"""MkDocs, run inside this process: the whole site, or only some of its pages; every warning is an error."""

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.commands.build import _build_page, _populate_page, build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from makerwagen.errors import MakerwagenError
from makerwagen.exporters.site_record import Anchors

# Nothing in a site depends on the day it was built.
NO_DATE = {"SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"}


class _Warnings(logging.Handler):
    """Remembers what MkDocs and its plugins complain about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.said.append(record.getMessage())


def render_all(root: Path, *, pages: Path, target: Path) -> dict[str, Anchors]:
    """Build the whole site into `target` and return the anchors of each page."""
    with _strictly():
        config = _config(root, pages, target)
        seen = _Seen()
        config.plugins["seen"] = seen
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    return _anchors(seen.files)


def render_some(
    root: Path, *, pages: Path, target: Path, changed: Iterable[str]
) -> tuple[dict[str, Anchors], list[str]]:
    """Render only the pages `changed` into `target`, and the search index of these.

    Returns their anchors, and the addresses of all pages of the site in the order of a full build's search index.
    """
    with _strictly():
        config = _config(root, pages, target)
        config.plugins.on_startup(command="build", dirty=False)
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = config.plugins.on_files(get_files(config), config=config)
        set_exclusions(files, config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        env = config.plugins.on_env(config.theme.get_env(), config=config, files=files)
        # Compiling the theme's templates takes longer than rendering a page.
        env.bytecode_cache = FileSystemBytecodeCache()
        every = files.documentation_pages()
        wanted = set(changed)
        chosen = [file for file in every if file.src_uri in wanted]
        rendered = [file.page or Page(None, file, config) for file in chosen]
        for page in rendered:
            _populate_page(page, config, files)
        for page in rendered:
            _build_page(page, config, every, nav, env)
        config.plugins.on_post_build(config=config)
        config.plugins.on_shutdown()
    return _anchors(Files(chosen)), [file.url for file in every]


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """A plugin without options."""


class _Seen(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Listens in on a build to learn its files."""

    files: Files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Remember the files."""
        self.files = files
        return env


def _config(root: Path, pages: Path, target: Path) -> MkDocsConfig:
    path = root / "mkdocs.yml"
    if not path.exists():
        raise MakerwagenError(f"there is no '{path}'; run this in a checkout")
    config = load_config(str(path), site_dir=str(target.resolve()))
    if "makerwagen" not in config.plugins:
        raise MakerwagenError("mkdocs.yml does not name the plugin 'makerwagen'; add it under plugins:")
    config.plugins["makerwagen"].config.pages_dir = str(pages.resolve())
    return config


def _anchors(files: Files) -> dict[str, Anchors]:
    found = {}
    for file in files.documentation_pages():
        page = file.page
        if page is None:
            continue
        elsewhere = {to.src_uri: sorted(links) for to, links in (page.links_to_anchors or {}).items() if to is not file}
        found[file.src_uri] = Anchors(sorted(page.present_anchor_ids or ()), elsewhere)
    return found


@contextmanager
def _strictly() -> Iterator[None]:
    """Turn every warning of MkDocs into an error that names it; leave the environment as it was."""
    warnings, log = _Warnings(), logging.getLogger("mkdocs")
    before = {name: os.environ.get(name) for name in NO_DATE}
    os.environ.update(NO_DATE)
    propagate, log.propagate = log.propagate, False
    log.addHandler(warnings)
    try:
        yield
    except (Abort, MkDocsException) as error:
        raise MakerwagenError(_told(warnings.said or [str(error)])) from error
    finally:
        log.removeHandler(warnings)
        log.propagate = propagate
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
    if warnings.said:
        raise MakerwagenError(_told(warnings.said))


def _told(said: list[str]) -> str:
    return (
        "the website was not built: " + "; ".join(said[:5]) + (f"; and {len(said) - 5} more" if len(said) > 5 else "")
    )
