"""The board's panel as pages have it: from a folder, under a strict policy, with every kind of part, on a phone too."""

import json
import os
import shutil

import pytest

from tests.browser.test_lab import wait_for
from tests.conftest import ROOT

SCRIPT = ROOT / "site/theme/assets/javascripts/board-view.js"
PHONE, SCREEN = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
POLICY = "default-src 'none'; img-src data:; script-src 'unsafe-inline' file:"
# The page's own "board" answers a press of the button with a change of the red light, as a program would.
ANSWER = """async (inputs, seconds) => {
    calls.push([inputs, seconds])
    if (window.refuse) throw new Error('Das Board ist weg.')
    await new Promise((done) => setTimeout(done, 100))
    const events = RESULT.events.slice()
    for (const [us, device, , value] of inputs) if (device === 'taster') events.push(['out', us + 1000, 'GP10', value])
    events.sort((a, b) => a[1] - b[1])
    return {...RESULT, events, seconds}
}"""


def device(id, kind, pin, *controls, colour=None, count=1):
    told = {"id": id, "kind": kind, "part": id, "label": id, "colour": colour, "pins": {"signal": pin}, "count": count}
    return told | {"controls": list(controls)}


def control(name, *, unit="", most=1, step=1, default=0, least=0):
    return {"name": name, "label": name, "unit": unit, "min": least, "max": most, "step": step, "default": default}


DEVICES = [
    device("rot", "led", "GP10", colour="red"),
    device("gelb", "led", "GP11", colour="yellow"),
    device("summer", "buzzer", "GP12"),
    device("ring", "neopixel", "GP13", count=12),
    device("schranke", "servo", "GP14"),
    device("display", "ssd1306", "GP4"),
    device("taster", "button", "GP15", control("pressed")),
    device("luft", "dht22", "GP16", control("Temperatur", unit="°C", least=-20, most=60, step=0.1, default=21)),
    device("pir", "digital", "GP17", control("Bewegung")),
]
BITS = "ff" + "00" * 1023
EVENTS = [
    ["out", 0, "GP10", 0],
    ["pwm", 0, "GP11", 1000, 0.4],
    ["pwm", 0, "GP12", 440, 0.5],
    ["pixels", 0, "ring", [[0, 0, 0]] * 12],
    ["angle", 0, "schranke", 0],
    ["print", 0, "eins\n"],
    ["pwm", 2_000_000, "GP12", 0, 0],
    ["pixels", 2_000_000, "ring", [[0, 40, 0], [0, 0, 9], *[[0, 0, 0]] * 10]],
    ["angle", 2_000_000, "schranke", 135],
    ["display", 2_000_000, "display", {"texts": [[0, 0, "Hallo"]], "bits": BITS}],
    ["print", 2_000_000, "zwei\n"],
]
RESULT = {
    "events": EVENTS,
    "printed": "eins\nzwei\n",
    "seconds": 4,
    "error": None,
    "notes": [["GP15", "hängt in der Luft."]],
}


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("board")
    shutil.copy(SCRIPT, folder / "board-view.js")
    board = {"id": "pico-w", "title": "Raspberry Pi Pico W", "led": "LED", "volts": 3.3}
    description = {"board": board, "devices": DEVICES, "seconds": 4}
    (folder / "index.html").write_text(
        f"""<!doctype html><html lang="de"><meta charset="utf-8"><title>Board</title>
        <meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="viewport" content="width=device-width">
        <main><h1>Übung</h1><div id="board"></div></main><script src="board-view.js"></script><script>
        const calls = [], DESCRIPTION = {json.dumps(description)}, RESULT = {json.dumps(RESULT)}
        const panel = new makerwagenBoard.BoardPanel(board, DESCRIPTION, {ANSWER}, {{level: 2}})
        </script>""",
        encoding="utf-8",
    )
    return folder / "index.html"


@pytest.fixture
def page(chromium, page_file):
    context = chromium.new_context(viewport=SCREEN)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(page_file.as_uri())
    yield page
    assert page.complaints == []
    context.close()


def started(page):
    page.get_by_role("button", name="Start").click()
    until(page, "panel.state === 'playing'")
    return page


def until(page, what):
    # The page's policy forbids the evaluation that Playwright's own waiting needs.
    wait_for(lambda: page.evaluate(what))


def seek(page, second):
    page.evaluate("us => panel.seek(us)", second * 1e6)


def states(page):
    return {one: page.locator(f'[data-device="{one}"] .bw-state').inner_text() for one in ALL_WITH_STATE}


ALL_WITH_STATE = ("rot", "gelb", "summer", "ring", "schranke", "display", "taster")


def test_every_part_says_its_state_in_words(page):
    assert set(states(page).values()) == {"aus", "still", "losgelassen"}
    started(page)
    seek(page, 1)
    assert states(page) == {
        "rot": "aus",
        "gelb": "an, 40 %",
        "summer": "440 Hz (A4)",
        "ring": "aus",
        "schranke": "0°",
        "display": "aus",
        "taster": "losgelassen",
    }
    assert page.get_by_role("region", name="Ausgabe").inner_text() == "eins\n"
    seek(page, 3)
    now = states(page)
    assert (now["summer"], now["ring"]) == ("still", "2 von 12 an: grün, blau")
    assert (now["schranke"], now["display"]) == ("135°", "zeigt: Hallo")
    assert page.get_by_role("region", name="Ausgabe").inner_text() == "eins\nzwei\n"
    dots = "one => [...one.getContext('2d').getImageData(0, 0, 2, 9).data].filter((_, index) => index % 4 === 0)"
    dots = page.locator("canvas").evaluate(dots)
    assert [dots[0], dots[14]] == [0xD8, 0xD8] and dots[1] == dots[16] == 0x0A  # column 0, rows 0–7
    page.get_by_text("GP15 hängt in der Luft").wait_for()


def test_it_is_silent_until_somebody_wants_to_hear(page):
    started(page)
    assert page.evaluate("panel.sound.context === undefined")
    page.get_by_role("button", name="Ton an").click()
    assert page.evaluate("panel.sound.context instanceof AudioContext")
    page.get_by_role("button", name="Ton aus").wait_for()


def test_a_knob_that_is_turned_asks_now_and_then_not_at_each_step(page):
    started(page)
    page.evaluate("panel.clock.speed = 0.1")
    slider = page.get_by_role("slider", name="Temperatur")
    slider.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "22,2 °C"
    until(page, "!panel.asking")
    last = page.evaluate("panel.inputs.list")
    assert last[-1][1:3] == ["luft", "Temperatur"] and abs(last[-1][3] - 22.2) < 0.01
    assert len(last) < 12 and page.evaluate("calls.length") < 12
    assert page.evaluate("calls.at(-1)[0]") == last


def test_a_press_while_it_is_played_back_replaces_what_was_pressed_later(page):
    started(page)
    seek(page, 2)
    page.evaluate("panel.inputs.set(2e6, 'taster', 'pressed', 1), panel.inputs.set(3e6, 'taster', 'pressed', 0)")
    seek(page, 1)
    button = page.get_by_role("button", name="taster")
    button.focus()
    page.keyboard.down("Space")
    until(page, "panel.state === 'playing'")
    page.locator('[data-device="rot"]', has_text="an").wait_for()
    page.keyboard.up("Space")
    until(page, "!panel.asking")
    list_ = page.evaluate("panel.inputs.list")
    assert [one[3] for one in list_] == [1, 0] and 1e6 <= list_[0][0] < list_[1][0] < 2.5e6


def test_a_switch_is_a_checkbox(page):
    started(page)
    page.get_by_role("checkbox", name="Bewegung").check()
    until(page, "!panel.asking")
    assert page.evaluate("calls.at(-1)[0].at(-1).slice(1)") == ["pir", "Bewegung", 1]


def test_twice_as_fast_takes_half_the_time(page):
    page.get_by_role("radio", name="5×").check(force=True)
    started(page)
    until(page, "panel.state === 'used'")
    page.get_by_role("button", name="Noch mehr Zeit").click()
    page.get_by_text("von 14,0 s").wait_for()


def test_a_board_that_does_not_answer_is_told_and_the_replay_goes_on(page):
    started(page)
    page.evaluate("window.refuse = true")
    page.get_by_role("checkbox", name="Bewegung").check()
    page.get_by_text("Das Board ist weg.").wait_for()
    assert page.evaluate("panel.state") == "playing"
    page.evaluate("window.refuse = false")
    page.get_by_role("checkbox", name="Bewegung").uncheck()
    page.get_by_text("Das Board ist weg.").wait_for(state="hidden")


def test_error_and_verdict_are_cards(page):
    error = {"line": 3, "message": "Die Klammer fehlt.", "technical": "SyntaxError: invalid syntax"}
    verdict = {
        "passed": False,
        "line": 3,
        "expected": "Rot ist an.",
        "happened": "Rot ist aus.",
        "hint": "Lies Zeile 3.",
    }
    page.evaluate("told => panel.load(told)", {**RESULT, "events": [], "error": error, "verdict": verdict})
    page.get_by_text("Zeile 3: Die Klammer fehlt.").wait_for()
    page.get_by_text("Tipp: Lies Zeile 3.").wait_for()
    page.evaluate("told => panel.replace(told)", {**RESULT, "verdict": {"passed": True}})
    page.get_by_text("Geschafft!").wait_for()
    assert not page.get_by_text("Die Klammer fehlt.").count()


def test_on_a_phone_nothing_sticks_out_and_all_is_big_enough_to_press(page):
    page.set_viewport_size(PHONE)
    started(page)
    seek(page, 3)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box is None or (box["width"] >= 44 and box["height"] >= 44), button.inner_text()
    if folder := os.environ.get("MAKERWAGEN_SHOTS"):
        page.screenshot(path=f"{folder}/board-phone.png", full_page=True)


def test_who_wants_no_motion_starts_it_by_hand(chromium, page_file):
    context = chromium.new_context(viewport=SCREEN, reduced_motion="reduce")
    page = context.new_page()
    page.goto(page_file.as_uri())
    other = "told => new makerwagenBoard.BoardPanel(board.parentNode.appendChild(document.createElement('p')), DESCRIPTION, null, told).state"
    assert page.evaluate(other, {"result": RESULT, "autoplay": True}) == "idle"
    context.close()


CABLES = """(plugged) => {
    const host = document.querySelector('main').appendChild(document.createElement('div'))
    const linkTo = (name) => {
        const link = {name, run: (hear) => { window.link = link; link.hear = hear; return new Promise((done) => { link.done = done }) }, stop: () => link.done({error: null, printed: 'Hallo\\n'})}
        return link
    }
    window.plug = (names) => { window.boards = names.map(linkTo) }
    plug(plugged)
    window.second = new makerwagenBoard.BoardPanel(host, DESCRIPTION, null, {result: RESULT, real: {boards, find: async () => boards}})
}"""


def test_a_board_that_is_plugged_in_later_is_found(page):
    page.evaluate(CABLES, [])
    second = page.locator("#board + div")
    look = second.get_by_role("button", name="Board suchen")
    assert not second.get_by_role("radio", name="Echtes Board").count()
    look.press("Enter")
    second.get_by_text("Ich finde kein Board.").wait_for()
    assert second.get_by_role("button", name="taster").is_visible()
    page.evaluate("plug(['ttyACM0', 'ttyACM1'])")
    look.press("Enter")
    second.get_by_text("Gefunden!").wait_for()
    second.get_by_role("radio", name="Echtes Board (ttyACM1)").check(force=True)
    second.get_by_role("button", name="Start").click()
    until(page, "window.link?.name === 'ttyACM1'")
    page.evaluate("link.hear('', 'Board Nr. 7')")
    second.get_by_text("Dein Programm läuft auf Board Nr. 7.").wait_for()
    second.get_by_role("radio", name="Simuliert").check(force=True)  # stops it: the simulated board may answer again
    until(page, "!document.querySelector('#board + div').shadowRoot.querySelector('.bw-look').disabled")
    assert second.get_by_role("button", name="taster").is_visible()


def test_with_a_real_board_plugged_in_a_child_chooses_and_sees_what_it_prints(page):
    page.evaluate(CABLES, ["ttyACM0"])
    second = page.locator("#board + div")
    assert not page.locator("#board").get_by_text("Echtes Board").count()
    second.get_by_role("radio", name="Echtes Board").check(force=True)
    assert not second.get_by_role("button", name="taster").is_visible()
    second.get_by_role("button", name="Start").click()
    until(page, "window.link")
    page.evaluate("link.hear('', 'dem Board an ttyACM0')")
    second.get_by_text("läuft auf dem Board an ttyACM0. Schau auf die Lichter dort!").wait_for()
    page.evaluate("link.hear('Hallo\\n')")
    second.get_by_role("region", name="Ausgabe").get_by_text("Hallo").wait_for()
    second.get_by_role("button", name="Stopp").last.click()
    second.get_by_role("button", name="Start").wait_for()
    second.get_by_role("radio", name="Simuliert").check(force=True)
    assert second.get_by_role("button", name="taster").is_visible()
