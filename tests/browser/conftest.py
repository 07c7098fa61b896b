"""A real Chromium, and the website: the built one, or the one named by MAKERWAGEN_SITE."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from makerwagen.content.versions import Audience, version
from makerwagen.exporters.pages import write_pages
from makerwagen.exporters.results import LessonResult
from makerwagen.exporters.site import build_site
from makerwagen.exporters.stamp import stamp_of
from makerwagen.load.repository_loader import load_repository
from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def website(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Return the website to test; MAKERWAGEN_SITE=quick builds one without running any notebook."""
    named = os.environ.get("MAKERWAGEN_SITE")
    if not named:
        return Path(request.getfixturevalue("built_site"))
    return _quick_site(tmp_path_factory.mktemp("site")) if named == "quick" else Path(named)


def _quick_site(folder: Path) -> Path:
    repository, _ = load_repository(ROOT)
    results = [
        LessonResult(lesson, "de", stamp_of(lesson, repository), version(text, Audience.STUDENT), {}, ())
        for lesson in repository.lessons.values()
        if (text := lesson.notebooks.get("de"))
    ]
    write_pages(repository, results, out=folder / "pages")
    build_site(ROOT, pages=folder / "pages", target=folder / "site")
    return folder / "site"


@pytest.fixture(scope="session")
def address(website: Path) -> Iterator[str]:
    """Return the address of the website on a local server."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(website)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Return a running Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; try: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
