"""Plays a child at a seat: the real JupyterLab in a real Chromium, with kernels and servers killed in mid-work."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.conftest import CHECK, LESSON, ROOT, cell, notebook

SCREEN = {"width": 1366, "height": 768}
CELLS = [
    cell("markdown", "## 1. Zählen\n\nZähle die Räder.", id="zaehlen"),
    cell("code", "zahl = 0\n### BEGIN SOLUTION\nzahl = 3\n### END SOLUTION", id="zahl"),
    cell("code", CHECK, id="zahl-check", tags=("check", "hide-input")),
]
KERNEL = "makerwagen.lab.kernel"


class Lab:
    """A running `makerwagen lab`, and what lies on its disk."""

    def __init__(self, root: Path, state: Path, inside: Sequence[str] = ()) -> None:
        self.root, self.state, self.inside = root, state, inside
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "makerwagen.cli", "--root", str(self.root), "lab", "--state", str(self.state)]
        env = os.environ | {"HOME": str(self.state / "home"), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
        self.process = subprocess.Popen(
            [*self.inside, *command, "--no-browser"], stdout=subprocess.PIPE, text=True, env=env, cwd=self.root
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        found = re.search(r"(http://\S+)\?token=(\w+)", line)
        assert found, line
        self.address, self.token = found[1], found[2]
        self.origin = "/".join(self.address.split("/")[:3])

    @property
    def seat(self) -> Path:
        return self.state / "seats/fuchs"

    def text(self) -> str:
        return next(path for path in self.seat.glob("*/*.ipynb")).read_text(encoding="utf-8")

    def pids(self, what: str) -> list[int]:
        """Return the processes below ours whose command line names `what`."""
        return [pid for pid in family(self.process.pid) if what in command_line(pid)]

    def ask(self, path: str) -> int:
        request = Request(f"{self.origin}{path}", headers={"Authorization": f"token {self.token}"})
        try:
            with urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [found for child in children for found in (int(child), *family(int(child)))]


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def wait_for(what: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    if sys.platform != "linux":
        pytest.skip("looks at processes through /proc")
    root = tmp_path_factory.mktemp("wagon")
    folder = root / "lessons/count-wheels"
    folder.mkdir(parents=True)
    (folder / "lesson.yml").write_text(LESSON.format(title="Räder zählen", more=""), encoding="utf-8")
    (folder / "lesson.de.ipynb").write_text(notebook(*CELLS), encoding="utf-8")
    for name in ("site", "curriculum"):
        (root / name).symlink_to(ROOT / name)
    running = Lab(root, root / "state")
    yield running
    running.end()


@pytest.fixture(scope="module")
def hosts() -> set[str]:
    return set()


@pytest.fixture(scope="module")
def page(lab: Lab, chromium: Any, hosts: set[str]) -> Iterator[Any]:
    context = chromium.new_context(viewport=SCREEN)
    opened = open_page(context, lab, hosts)
    yield opened
    context.close()


def open_page(context: Any, lab: Lab, hosts: set[str]) -> Any:
    page = context.new_page()
    page.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))
    page.goto(f"{lab.address}?token={lab.token}")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=30_000)
    wait_for(lambda: lab.pids(KERNEL))
    return page


def write_and_run(page: Any, source: str) -> None:
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")


def output(page: Any) -> Any:
    return page.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output")


def test_it_opens_on_the_lesson_with_nothing_to_get_lost_in(page: Any):
    assert page.locator("h1").first.inner_text() == "Räder zählen"
    assert page.locator(".lm-MenuBar-item").all_inner_texts() == ["Datei", "Bearbeiten", "Ausführen"]
    page.wait_for_timeout(1500)
    for clutter in (
        ".jp-Dialog",
        ".Toastify__toast",
        ".jp-SideBar",
        ".jp-Launcher",
        ".jp-DirListing",
        "#jp-main-statusbar",
    ):
        assert not [one for one in page.locator(clutter).all() if one.is_visible()], clutter
    labels = [label for label in page.locator(".jp-NotebookPanel-toolbar jp-button").all_inner_texts() if label]
    assert labels == ["Ausführen", "Anhalten", "Neu starten", "Neue Zelle", "Mitnehmen"]


def test_menus_are_short_and_german(page: Any):
    found = {}
    for menu in page.locator(".lm-MenuBar-item").all():
        menu.click()
        found[menu.inner_text()] = [text for text in page.locator(".lm-Menu-itemLabel").all_inner_texts() if text]
        page.keyboard.press("Escape")
    assert found == {
        "Datei": ["Speichern", "Drucken…"],
        "Bearbeiten": ["Rückgängig", "Wiederholen", "Gelöschte Zelle zurückholen", "Diese Zelle löschen", "Suchen…"],
        "Ausführen": ["Diese Zelle ausführen", "Alle Zellen ausführen"],
    }


def test_letters_are_big_and_our_own(page: Any):
    style = "one => [getComputedStyle(one).fontFamily, parseFloat(getComputedStyle(one).fontSize)]"
    family, size = page.locator(".jp-RenderedHTMLCommon p").first.evaluate(style)
    assert "Andika" in family and size >= 18
    assert page.locator(".cm-content").first.evaluate(style)[1] >= 18
    assert page.evaluate("document.fonts.check('20px Andika') && [...document.fonts].some(f => f.family == 'Andika')")


def test_the_check_is_folded_and_text_cannot_be_broken(page: Any):
    folded = page.locator(".jp-CodeCell").nth(1)
    assert folded.locator(".jp-InputPlaceholder").is_visible()
    page.locator(".jp-MarkdownCell h2").first.dblclick()
    assert not [one for one in page.locator(".jp-MarkdownCell .cm-content").all() if one.is_visible()]
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.keyboard.press("x")
    assert page.locator(".jp-Cell").count() == 4


def test_the_seat_is_all_there_is(lab: Lab):
    neighbour = lab.state / "seats/igel"
    neighbour.mkdir()
    assert lab.ask("/api/contents/") == 200
    for path in (
        "/api/contents/.makerwagen",
        "/files/.makerwagen/jupyter/token",
        "/api/contents/..",
        "/api/contents/../igel",
        "/api/terminals",
    ):
        assert lab.ask(path) == 404, path
    assert not list((lab.state / "home").rglob("*")) if (lab.state / "home").exists() else True
    neighbour.rmdir()


def test_a_child_works_and_it_is_kept_without_asking(page: Any, lab: Lab):
    progress = page.locator(".mw-progress")
    assert progress.inner_text().startswith("0 von 1 geschafft")
    write_and_run(page, "zahl = 3\nprint('Räder:', zahl)")
    output(page).get_by_text("Räder: 3").wait_for()
    page.locator(".jp-CodeCell").nth(1).click()
    page.click("[data-jp-item-name=run] jp-button")
    page.locator(".jp-OutputArea-output").get_by_text("Geschafft").wait_for()
    progress.get_by_text("Geschafft!", exact=True).wait_for()
    wait_for(lambda: "'Räder:', zahl" in lab.text(), 8)


def test_two_gigabytes_are_refused_in_words(page: Any):
    write_and_run(page, "riesig = bytearray(2_000_000_000)")
    output(page).get_by_text("Der Speicher ist voll").wait_for(timeout=15_000)


def test_a_killed_kernel_costs_nothing_that_was_written(page: Any, lab: Lab):
    write_and_run(page, "mein_satz = 'bleibt da'")
    (kernel,) = lab.pids(KERNEL)
    os.kill(kernel, signal.SIGKILL)
    header = page.locator(".jp-Dialog .jp-Dialog-header")
    header.wait_for(timeout=20_000)
    # The words stand in the style sheet, since JupyterLab never translates this message.
    assert "abgestürzt" in header.evaluate("one => getComputedStyle(one, '::before').content")
    if picture := os.environ.get("MAKERWAGEN_SHOTS"):
        page.screenshot(path=f"{picture}/kernel.png")
    page.locator(".jp-Dialog-footer button").last.click()
    assert "bleibt da" in page.locator(".jp-CodeCell .cm-content").first.inner_text()
    wait_for(lambda: lab.pids(KERNEL) and "bleibt da" in lab.text())
    write_and_run(page, "print('wieder', 'da')")
    output(page).get_by_text("wieder da").wait_for(timeout=20_000)


def test_a_killed_server_comes_back_and_takes_what_was_just_typed(page: Any, lab: Lab):
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("print('kurz', 'vor dem Absturz')")
    (server,) = lab.pids("makerwagen.lab.process")
    (kernel,) = lab.pids(KERNEL)
    os.kill(server, signal.SIGKILL)
    header = page.locator(".jp-Dialog .jp-Dialog-header")
    header.wait_for(timeout=40_000)
    if picture := os.environ.get("MAKERWAGEN_SHOTS"):
        page.screenshot(path=f"{picture}/server.png")
    # The same words as when only the kernel dies, and no others: not saved, no connection, no such kernel.
    assert "abgestürzt" in header.evaluate("one => getComputedStyle(one, '::before').content")
    page.locator(".jp-Dialog-footer button").last.click()
    wait_for(lambda: "vor dem Absturz" in lab.text(), 8)
    assert lab.pids("makerwagen.lab.process") != [server]
    assert len(lab.pids(KERNEL)) == 1 and lab.pids(KERNEL) != [kernel]
    page.locator(".jp-CodeCell .cm-content").first.click(timeout=3000)
    page.keyboard.press("Shift+Enter")
    output(page).get_by_text("kurz vor dem Absturz").wait_for(timeout=20_000)
    assert not page.locator(".jp-Dialog").count()


def test_after_a_power_cut_the_work_is_there(page: Any, lab: Lab, chromium: Any, hosts: set[str]):
    page.close()
    before, origin = lab.text(), lab.origin
    left = [lab.process.pid, *family(lab.process.pid)]
    lab.process.kill()
    lab.process.wait()
    wait_for(lambda: not [pid for pid in left if command_line(pid)])
    lab.start()
    assert json.loads(lab.text()) == json.loads(before)
    assert lab.origin == origin
    context = chromium.new_context(viewport=SCREEN)
    page = open_page(context, lab, hosts)
    assert "vor dem Absturz" in page.locator(".jp-CodeCell .cm-content").first.inner_text()
    page.locator(".mw-progress").get_by_text("Geschafft!", exact=True).wait_for()
    write_and_run(page, "print(6 * 7)")
    output(page).get_by_text("42").wait_for(timeout=20_000)
    context.close()


def test_nobody_else_was_asked(lab: Lab, hosts: set[str]):
    others = {host for host in hosts if not host.startswith(("data:", "blob:"))}
    assert others == {lab.origin}
