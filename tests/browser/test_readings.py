"""Readings in a real Chromium: the wagon's page freshens itself, the notebook's live picture goes on, nobody else is asked."""

import os
import time
import urllib.request

import pytest

from tests.browser.test_axe import AXE, LOOKS
from tests.browser.test_lab import SCREEN, Lab, open_page, wait_for
from tests.conftest import LESSON, ROOT, cell, notebook
from tests.unit.learn.wagons import Wagon

PROGRAM = """# %%micropython seconds=60
import settings
from station import from_settings

station = from_settings(settings)
for i in range(20):
    station.send("temperature", 20 + i / 10, "°C")
    station.wait(2)
"""
CELLS = [
    cell("markdown", "## 1. Messen\n\nMiss die Temperatur.", id="messen"),
    cell("code", "from makerwagen.learn import board, live, observations, plot", id="bringt"),
    cell("code", PROGRAM, id="programm"),
    cell("code", 'live("sim-fuchs")', id="live"),
    cell("code", 'werte = observations("sim-fuchs")\nplot(werte, "time", "temperature")', id="werte"),
    cell("code", 'observations("sim-fuch")', id="falsch"),
]
FOUND = """async () => (await axe.run("article")).violations.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html).join(", ")}`)"""


@pytest.fixture(scope="module")
def wagon(tmp_path_factory, website):
    made = Wagon(tmp_path_factory.mktemp("wagon-server"))
    made.site = website
    made.up()
    yield made
    made.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory, wagon):
    root = tmp_path_factory.mktemp("wagon")
    folder = root / "lessons/count-wheels"
    folder.mkdir(parents=True)
    (folder / "lesson.yml").write_text(LESSON.format(title="Wärme messen", more=""), encoding="utf-8")
    (folder / "lesson.de.ipynb").write_text(notebook(*CELLS), encoding="utf-8")
    for name in ("site", "curriculum", "microcontroller"):
        (root / name).symlink_to(ROOT / name)
    os.environ["MAKERWAGEN_WAGON"] = wagon.address
    try:
        running = Lab(root, root / "state")
    finally:
        del os.environ["MAKERWAGEN_WAGON"]
    yield running
    running.end()


@pytest.fixture(scope="module")
def hosts():
    return set()


@pytest.fixture(scope="module")
def notebook_page(lab, chromium, hosts):
    context = chromium.new_context(viewport={**SCREEN, "height": 1000})
    yield open_page(context, lab, hosts)
    context.close()


def run_cell(page, number):
    box = page.locator(".jp-CodeCell").nth(number)
    box.scroll_into_view_if_needed()
    box.locator(".jp-Cell-inputWrapper").click()
    page.click("[data-jp-item-name=run] jp-button")
    return box


def shot(page, name):
    if folder := os.environ.get("MAKERWAGEN_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_program_on_the_board_is_heard_by_the_wagon_and_seen_live(notebook_page, wagon, hosts, lab):
    page = notebook_page
    run_cell(page, 0)
    told = run_cell(page, 1)
    told.get_by_text("20 Messwerte für „sim-fuchs“ sind beim Wagen angekommen, als simuliert.").wait_for(timeout=60_000)
    assert wagon.sensors.store.count() == 20
    live = run_cell(page, 2)
    picture = live.locator("svg[role=img]").first
    picture.wait_for(timeout=30_000)
    assert "simuliert" in picture.text_content()
    assert "21,9" in live.inner_text() and "Simulierte Daten" in live.inner_text()
    wagon.fill("sim-fuchs", values=(27.0,), simulated=True)
    wait_for(lambda: "27\N{NO-BREAK SPACE}°C" in live.inner_text())
    live.scroll_into_view_if_needed()
    shot(page, "live-in-notebook")
    run_cell(page, 2)
    wait_for(lambda: live.locator("svg[role=img]:visible").count() == 1)
    assert {host.removeprefix("blob:") for host in hosts} == {lab.origin}


def test_a_table_and_a_plot_say_that_they_are_simulated(notebook_page):
    table = run_cell(notebook_page, 3)
    table.locator(".jp-RenderedSVG img").first.wait_for(timeout=60_000)
    table.scroll_into_view_if_needed()
    shot(notebook_page, "plot-in-notebook")


def test_a_wrong_name_gets_a_sentence_and_no_trace(notebook_page):
    said = run_cell(notebook_page, 4)
    said.get_by_text("Meinst du „sim-fuchs“?").wait_for(timeout=30_000)
    assert "Traceback" not in said.inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_wagons_page_freshens_itself_and_fits(chromium, wagon, width):
    wagon.fill("pico-07", values=(20.0, 20.5, -127.0, 21.0))
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    asked, errors = set(), []
    page.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{wagon.address}/messwerte/")
    card = page.locator("figure.mw-card", has_text="Temperatur").last
    wagon.fill("pico-07", values=(33.5 + width / 1000,), ago=width / 1e6)
    expected = f"{33.5 + width / 1000:.2f}".rstrip("0").replace(".", ",")
    wait_for(lambda: expected in page.locator("#mw-part").inner_text())
    assert card.locator("svg").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == {wagon.address} and errors == []
    shot(page, f"messwerte-{width}")
    wagon.down()
    page.get_by_text("Der Wagen antwortet gerade nicht.").wait_for(timeout=30_000)
    wagon.up()
    page.get_by_text("frischt sich von selbst auf").wait_for(timeout=30_000)
    context.close()


def test_without_a_script_everything_is_there(chromium, wagon):
    wagon.fill("pico-07")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{wagon.address}/messwerte/")
    assert "Zum Auffrischen die Seite neu laden." in page.locator("#mw-state").inner_text()
    assert page.locator("figure.mw-card svg").count() >= 1
    page.get_by_text("6 Stunden").click()
    assert page.url.endswith("zeit=6h")
    link = page.get_by_text("Werte als CSV").first.get_attribute("href")
    with urllib.request.urlopen(wagon.address + link, timeout=10) as answer:
        assert answer.read().startswith(b"station,name,place")
    context.close()


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed; try: npm ci in site/widgets")
def test_axe_finds_nothing_on_the_page_of_readings(chromium, wagon, scheme, width):
    wagon.fill("pico-12", values=(20.0, -127.0, 21.0))
    wagon.fill("sim-axe", values=(20.0, 21.0), simulated=True)
    wagon.sensors.store.reject(time.time(), "makerwagen/pico-09/temperature", "Temperatur kommt in „F“")
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{wagon.address}/messwerte/")
    page.wait_for_timeout(500)
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    # Ours is the article; what is around it is on every page of the website.
    assert page.evaluate(FOUND) == []
    context.close()
