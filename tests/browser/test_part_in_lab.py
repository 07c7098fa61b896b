"""Plays a child at a seat with a part: types a name, breaks it, mends it, saves, loses the kernel, finds the part again.

The network is switched off where that is allowed: lab and browser live in a network namespace of their own.
"""

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.browser.conftest import CHROMIUM
from tests.browser.offline import offline
from tests.browser.test_lab import KERNEL, SCREEN, Lab, open_page, wait_for
from tests.browser.test_view import WITH_3D
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


@pytest.fixture(scope="module")
def hosts():
    return set()


@pytest.fixture(scope="module")
def no_network():
    with offline() as found:
        yield found


@pytest.fixture(scope="module")
def lab(tmp_path_factory, no_network):
    running = Lab(ROOT, tmp_path_factory.mktemp("seats"), no_network.inside)
    yield running
    running.end()


@pytest.fixture(scope="module")
def page(lab, chromium, hosts, no_network, tmp_path_factory):
    program = no_network.wrapped(CHROMIUM, tmp_path_factory.mktemp("browser"))
    browser = chromium.browser_type.launch(executable_path=program, args=WITH_3D)
    context = browser.new_context(viewport=SCREEN, accept_downloads=True)
    yield open_page(context, lab, hosts)
    browser.close()


def run_first_part(page):
    # The cell's input, since a click on the panel below belongs to the panel.
    page.locator(".jp-CodeCell .jp-Cell-inputWrapper").first.click()
    page.click("[data-jp-item-name=run] jp-button")
    page.locator(".mw-panel").first.wait_for(timeout=90_000)
    page.wait_for_function(
        "[...document.querySelectorAll('.jp-OutputArea-output div')].some(one => one.makerwagen?.view.frame.dataset.drawn > 0)",
        timeout=30_000,
    )


def shot(page, name):
    if folder := os.environ.get("MAKERWAGEN_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def test_the_network_is_off(lab, no_network):
    if no_network.why_not:
        pytest.skip(no_network.why_not)
    look = "import socket; print([name for _, name in socket.if_nameindex()]); socket.create_connection(('192.0.2.1', 80), 3)"
    tried = subprocess.run([*no_network.inside, sys.executable, "-c", look], capture_output=True, text=True)
    assert tried.stdout.strip() == "['lo']" and "Network is unreachable" in tried.stderr
    (server,) = lab.pids("makerwagen.lab.process")
    assert Path(f"/proc/{server}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()


def test_moving_a_slider_changes_the_part(page):
    run_first_part(page)
    slider = page.get_by_label("Länge", exact=True).first
    slider.focus()
    page.keyboard.press("End")
    page.locator(".mw-words", has_text="80 mm mal").first.wait_for(timeout=20_000)
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    page.locator(".mw-words", has_text="60 mm mal").first.wait_for(timeout=20_000)


def test_a_name_with_an_umlaut_becomes_a_part(page, lab):
    page.get_by_role("textbox", name="Text").first.fill("Jördis")
    page.locator(".mw-words", has_text="„Jördis“").first.wait_for(timeout=20_000)
    shot(page, "part")


def test_what_cannot_be_built_is_told_and_mended(page):
    for name, key in (("Höhe", "Home"), ("Loch", "End"), ("Loch bis Rand", "End")):
        page.get_by_label(name, exact=True).first.focus()
        page.keyboard.press(key)
    page.locator(".mw-card", has_text="Das Loch hat keinen Platz.").first.wait_for(timeout=20_000)
    shot(page, "refused")
    page.get_by_role("button", name="Zurück zum letzten guten Teil").first.click()
    page.locator(".mw-card").first.wait_for(state="hidden", timeout=20_000)


def test_saving_puts_a_file_into_the_seats_folder(page, lab):
    page.locator(".mw-panel").first.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_text("Gespeichert: name-tag-1.stl").first.wait_for(timeout=20_000)
    (saved,) = lab.seat.glob("*/name-tag-1.stl")
    assert saved.stat().st_size > 10_000


def test_mitnehmen_gives_notebook_part_and_picture(page, tmp_path):
    with page.expect_download(timeout=30_000) as begun:
        page.click("[data-jp-item-name=take-away] jp-button")
    assert begun.value.suggested_filename.startswith("makerwagen-fuchs-")
    begun.value.save_as(tmp_path / "taken.zip")
    with zipfile.ZipFile(tmp_path / "taken.zip") as taken:
        names = {name.rsplit("/", 1)[-1] for name in taken.namelist()}
        assert {"LIES-MICH.txt", "name-tag-1.stl", "name-tag-1.3mf", "name-tag-1.png"} <= names
        assert [name for name in names if name.endswith(".ipynb")] == ["Dein Schild, dein Name.ipynb"]


def test_a_piece_waits_for_a_desk_that_is_not_there(page, lab):
    page.locator(".mw-panel").first.get_by_role("button", name="An den Drucker").click()
    page.get_by_text("Dein Teil liegt bereit.").first.wait_for(timeout=20_000)
    (kept,) = (lab.seat / ".makerwagen/outbox").glob("*.json")
    text = kept.read_text(encoding="utf-8")
    assert "Jördis" in text and '"lesson": "name-tag"' in text


def test_after_a_killed_kernel_the_part_is_as_it_was(page, lab):
    (kernel,) = lab.pids(KERNEL)
    os.kill(kernel, signal.SIGKILL)
    page.locator(".jp-Dialog .jp-Dialog-header").wait_for(timeout=20_000)
    page.locator(".jp-Dialog-footer button").last.click()
    wait_for(lambda: lab.pids(KERNEL) not in ([], [kernel]))
    run_first_part(page)
    page.get_by_text("Deine Werte von vorhin sind wieder da.").first.wait_for(timeout=90_000)
    assert page.get_by_role("textbox", name="Text").first.input_value() == "Jördis"
    shot(page, "again")


def test_nobody_else_was_asked(lab, hosts):
    assert {host for host in hosts if not host.startswith(("data:", "blob:"))} == {lab.origin}
