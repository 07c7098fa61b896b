"""Plays a child at a seat with the board: lights that change, a button pressed by mouse and key, a trace to drag, an error."""

import os
import re
import signal
import sys

import pytest

from tests.browser.test_lab import KERNEL, SCREEN, Lab, open_page, wait_for
from tests.conftest import LESSON, ROOT, cell, notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")

BUTTON = """# %%micropython seconds=6
from machine import Pin
from time import sleep

taster = Pin(15, Pin.IN, Pin.PULL_UP)
gruen = Pin(14, Pin.OUT)
rot = Pin(10, Pin.OUT)
print("Los!")

while True:
    gruen.value(1 - taster.value())
    rot.toggle()
    sleep(0.1)
"""
STOPS = """# %%micropython seconds=6
from machine import Pin
from time import sleep

rot = Pin(10, Pin.OUT)
rot.on()
sleep(0.5)
gelbe.on()
"""
HANGS = """# %%micropython seconds=6
from machine import Pin
from time import sleep

taster = Pin(15, Pin.IN, Pin.PULL_UP)
rot = Pin(10, Pin.OUT)
rot.on()
if rot.value() == 0:
    rot.onn()
while True:
    if taster.value() == 0:
        while True:
            pass
    sleep(0.1)
"""
SHOWN = "print('Grün:', *(round(1000 * one.start_s) for one in board.last.trace.on_intervals('GP14')))"
TILES = """from makerwagen.learn import tiles
tiles(exercise="light-on", tiles=["on", "off", "wait 1", "repeat"])
"""
CELLS = [
    cell("markdown", "## 1. Das Board\n\nStarte das Programm.", id="board"),
    cell("code", "from makerwagen.learn import board", id="import"),
    cell("code", BUTTON, id="button"),
    cell("code", SHOWN, id="shown"),
    cell("code", STOPS, id="stops"),
    cell("code", HANGS, id="hangs"),
    cell("code", TILES, id="tiles"),
    cell("code", "print(board.last.source)", id="source"),
]


@pytest.fixture(scope="module")
def hosts():
    return set()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    root = tmp_path_factory.mktemp("wagon")
    folder = root / "lessons/count-wheels"
    folder.mkdir(parents=True)
    (folder / "lesson.yml").write_text(LESSON.format(title="Räder zählen", more=""), encoding="utf-8")
    (folder / "lesson.de.ipynb").write_text(notebook(*CELLS), encoding="utf-8")
    for name in ("site", "curriculum", "microcontroller"):
        (root / name).symlink_to(ROOT / name)
    running = Lab(root, root / "state")
    yield running
    running.end()


@pytest.fixture(scope="module")
def page(lab, chromium, hosts):
    context = chromium.new_context(viewport=SCREEN)
    page = open_page(context, lab, hosts)
    run_cell(page, 0)
    yield page
    context.close()


def run_cell(page, number):
    page.locator(".jp-CodeCell").nth(number).locator(".jp-Cell-inputWrapper").click()
    page.click("[data-jp-item-name=run] jp-button")


def panel_of(page, number):
    panel = page.locator(".jp-CodeCell").nth(number).locator(".bw-panel").first
    panel.wait_for(timeout=60_000)
    return panel


def state(panel):
    return panel.evaluate("one => one.getRootNode().host.dataset.state")


def card(panel, name):
    return panel.locator(f'[data-device="{name}"]')


def shot(page, panel, name):
    if folder := os.environ.get("MAKERWAGEN_SHOTS"):
        panel.evaluate("one => one.scrollIntoView()")
        page.screenshot(path=f"{folder}/{name}.png")


def green_times(panel):
    """Return in words when the green light was on, as the trace has it for those who do not see it."""
    return panel.locator("details li", has_text="gruen").inner_text()


def test_a_program_plays_on_the_board_under_its_cell(page):
    run_cell(page, 1)
    panel = panel_of(page, 1)
    wait_for(lambda: state(panel) == "playing")
    assert "Raspberry Pi Pico W" in panel.inner_text()
    panel.locator("pre", has_text="Los!").wait_for()
    seen = set()
    wait_for(lambda: seen.add(card(panel, "GP10").get_attribute("data-state")) or len(seen) > 1)
    assert card(panel, "GP14").get_attribute("data-state") == "aus"
    assert "nie an" in panel.locator("details li", has_text="gruen").text_content()
    assert not page.locator(".jp-CodeCell").nth(1).locator(".jp-RenderedSVG").is_visible()


def test_a_button_held_with_the_mouse_changes_the_light_and_the_trace(page):
    panel = panel_of(page, 1)
    panel.get_by_role("button", name="Von vorn").click()
    box = panel.get_by_role("button", name="taster").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    page.mouse.down()
    card(panel, "GP14").locator("text=an").wait_for()
    assert card(panel, "GP15").get_attribute("data-state") == "gedrückt"
    shot(page, panel, "board-pressed")
    page.mouse.up()
    card(panel, "GP14").locator("text=aus").wait_for()
    panel.locator("details summary", has_text="in Worten").click()
    assert "1-mal an" in green_times(panel)


def test_a_button_held_by_the_space_bar_does_the_same(page):
    panel = panel_of(page, 1)
    button = panel.get_by_role("button", name="taster")
    button.focus()
    page.keyboard.down("Space")
    card(panel, "GP14").locator("text=an").wait_for()
    page.keyboard.up("Space")
    card(panel, "GP14").locator("text=aus").wait_for()
    wait_for(lambda: "2-mal an" in green_times(panel))
    wait_for(lambda: len(presses(panel)) == 4)


def presses(panel):
    return panel.evaluate("one => one.getRootNode().host.makerwagen.inputs.list")


def test_the_last_run_is_the_one_with_the_childs_own_presses(page):
    run_cell(page, 2)
    pressed = [us / 1000 for us, _, _, value in presses(panel_of(page, 1)) if value]
    said = page.locator(".jp-CodeCell").nth(2).locator(".jp-OutputArea-output", has_text="Grün:")
    said.wait_for()
    lit = [int(word) for word in said.inner_text().split()[1:]]
    assert len(lit) == 2 and all(0 <= light - press <= 110 for light, press in zip(lit, pressed, strict=True))


def test_the_run_stops_and_can_be_dragged_and_moved_by_keys(page):
    panel = panel_of(page, 1)
    panel.get_by_role("button", name="Von vorn").click()
    panel.get_by_role("button", name="Pause").click()
    assert state(panel) == "paused" and "Pause bei" in panel.locator(".bw-top .bw-say").inner_text()
    slider = panel.get_by_role("slider", name="Zeit")
    start = int(presses(panel)[0][0])
    slider.scroll_into_view_if_needed()
    box, end = slider.bounding_box(), 6e6
    left, span = slider.evaluate(
        "one => { const line = one.getRootNode().host.makerwagen.timeline; return [line.left, line.span] }"
    )
    x = box["x"] + 1 + left
    page.mouse.move(x, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(x + span * (start + 150_000) / end, box["y"] + 20, steps=4)
    page.mouse.up()
    assert card(panel, "GP14").get_attribute("data-state") == "an"
    shot(page, panel, "board-dragged")
    slider.focus()
    page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuetext") == "0,0 s"
    assert card(panel, "GP14").get_attribute("data-state") == "aus"
    page.keyboard.press("PageUp")
    assert slider.get_attribute("aria-valuetext") == "1,0 s"
    panel.get_by_role("button", name="Stopp").click()
    assert state(panel) == "idle" and card(panel, "GP10").get_attribute("data-state") == "aus"


def test_when_the_time_is_used_up_there_is_more(page):
    panel = panel_of(page, 1)
    slider = panel.get_by_role("slider", name="Zeit")
    slider.focus()
    page.keyboard.press("End")
    assert state(panel) == "used"
    panel.get_by_role("button", name="Noch mehr Zeit").click()
    panel.get_by_text("von 16,0 s").wait_for()
    panel.get_by_role("button", name="Eingaben vergessen").click()
    wait_for(lambda: "nie an" in green_times(panel))
    panel.get_by_role("button", name="Stopp").click()


def test_an_error_is_told_with_its_line_when_the_replay_gets_there(page):
    run_cell(page, 3)
    panel = panel_of(page, 3)
    panel.get_by_text("Zeile 8: Den Namen „gelbe“ kenne ich nicht.").wait_for()
    assert state(panel) == "broken" and card(panel, "GP10").get_attribute("data-state") == "an"
    shot(page, panel, "board-error")


def test_a_second_look_tells_what_waits_where_the_run_never_came(page):
    run_cell(page, 4)
    panel = panel_of(page, 4)
    panel.get_by_text("Zeile 9: „.onn“ gibt es hier nicht.").wait_for(timeout=30_000)


def test_a_press_that_makes_the_program_hang_is_explained_and_the_kernel_stays_free(page):
    panel = panel_of(page, 4)
    panel.get_by_role("button", name="Stopp").click()
    panel.get_by_role("button", name="Start").click()
    wait_for(lambda: state(panel) == "playing")
    panel.get_by_role("button", name="taster").focus()
    page.keyboard.down("Enter")
    page.wait_for_timeout(300)  # the program looks at the button ten times a second
    page.keyboard.up("Enter")
    run_cell(page, 2)
    # This program has no green light, and the kernel tells so while the board still hangs.
    page.locator(".jp-CodeCell").nth(2).get_by_text(re.compile(r"^Grün:\s*$")).wait_for(timeout=3000)
    panel.locator("[role=alert] .bw-card").first.wait_for(timeout=20_000)
    assert "stehen geblieben" in panel.locator("[role=alert] .bw-card").first.inner_text()


def test_a_first_program_is_clicked_together_from_tiles(page):
    run_cell(page, 5)
    panel = panel_of(page, 5)
    for tile in ("rote Lampe an", "warte 1 s"):
        panel.get_by_role("button", name=tile, exact=True).click()
    # Pressed at once, Start waits for the program that the last tile makes.
    panel.get_by_role("button", name="Start").click()
    card(panel, "rot").locator("text=an").wait_for()
    assert "sleep(1)" in panel.locator("pre.bw-code").inner_text()
    shot(page, panel, "tiles")
    assert panel.locator(".bw-steps li.bw-now").inner_text().startswith("warte 1 s")


def test_tiles_work_by_keys_and_what_was_taken_away_comes_back(page):
    panel = panel_of(page, 5)
    repeat = panel.get_by_role("button", name="immer wieder", exact=True)
    repeat.focus()
    page.keyboard.press("Enter")
    panel.get_by_text("Was soll sich wiederholen?").wait_for()
    panel.get_by_role("button", name="rote Lampe aus", exact=True).press("Space")
    panel.get_by_text("fehlt noch ein Plättchen mit „warte“").wait_for()
    panel.get_by_role("button", name="warte 1 s", exact=True).press("Enter")
    panel.locator("pre.bw-code", has_text="while True:\n    rote_lampe.off()\n    sleep(1)").wait_for()
    panel.get_by_role("button", name="rote Lampe an weg").press("Enter")
    assert panel.locator(".bw-steps li").count() == 4
    panel.get_by_role("button", name="Zurück").click()
    assert panel.locator(".bw-steps li").first.get_attribute("data-step") == "on"
    for _ in range(2):
        panel.get_by_role("button", name="immer wieder nach oben").click()
    panel.locator("pre.bw-code", has_text="while True:\n    rote_lampe.on()").wait_for()
    run_cell(page, 6)
    page.locator(".jp-CodeCell").nth(6).get_by_text("while True:").wait_for()
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(500)
    shot(page, panel, "tiles-phone")
    page.set_viewport_size(SCREEN)


def test_the_program_of_tiles_is_there_again_for_a_new_run(page):
    run_cell(page, 5)
    panel = panel_of(page, 5)
    panel.get_by_text("Dein Programm von vorhin ist wieder da.").wait_for()
    assert panel.locator(".bw-steps li").count() == 5


def test_without_its_kernel_the_picture_of_the_run_stays(page, lab):
    wait_for(lambda: "image/svg+xml" in lab.text(), 30)
    (kernel,) = lab.pids(KERNEL)
    os.kill(kernel, signal.SIGKILL)
    page.locator(".jp-Dialog .jp-Dialog-header").wait_for(timeout=20_000)
    page.locator(".jp-Dialog-footer button").last.click()
    wait_for(lambda: lab.pids(KERNEL) not in ([], [kernel]))
    page.reload()
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=30_000)
    page.wait_for_timeout(3000)
    shot(page, page.locator(".jp-CodeCell").nth(1), "board-again")
    again = page.locator(".jp-CodeCell").nth(1)
    assert again.locator(".jp-RenderedSVG").is_visible() and again.get_by_text("Los!").last.is_visible()
    assert page.get_by_text("Den Namen „gelbe“ kenne ich nicht").is_visible()


def test_nobody_else_was_asked(lab, hosts):
    assert {host for host in hosts if not host.startswith(("data:", "blob:"))} == {lab.origin}
