"""An exercise in a real browser: written, run, judged, mended, stopped; from a folder and without scripts, too."""

import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from makerwagen.boards.messages import NOTES
from makerwagen.wagon.server import app
from tests.browser.test_website import NARROW, TOO_PALE, WIDE, WIDER_THAN_THE_SCREEN, is_complaint
from tests.conftest import ROOT

SLUG = "stair-light"
EXERCISE = ROOT / "microcontroller/exercises" / SLUG
SOLUTION, WRONG = (
    (EXERCISE / name).read_text(encoding="utf-8") for name in ("solution.py", "wrong/only-while-pressed.py")
)
ENDLESS = "zahl = 0\nwhile True:\n    zahl = 1\n"
HEAVY = ("micropython", "exercise", "board-view", "simulator.js", "data.js")


@pytest.fixture(scope="module")
def wagon(website):
    """Return the address of the website as the wagon serves it, with its content security policy."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app(Path(website)), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def visit(chromium):
    """Return a function that opens a page in a browser of its own, which remembers nothing from other tests."""
    contexts = []

    def open_page(url, *, viewport=WIDE, ready=True, **more):
        context = chromium.new_context(viewport=viewport, reduced_motion="reduce", accept_downloads=True, **more)
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.asked = [], []
        page.on("console", lambda said: page.complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(url, wait_until="load")
        if ready:
            page.wait_for_selector("[data-mw-ready=yes]")
        return page

    yield open_page
    for context in contexts:
        context.close()


def write(page, program):
    page.get_by_label("Dein Programm").fill(program)


def check(page):
    page.get_by_role("button", name="Prüfen").click()
    card = page.locator(".ex-verdict .ex-card")
    card.wait_for(timeout=30_000)
    return card.inner_text()


def address(start, slug=SLUG):
    return f"{start}/uebungen/{slug}.html"


def test_a_wrong_program_gets_its_hints_and_the_mended_one_passes(visit, wagon):
    page = visit(address(wagon))
    assert page.get_by_label("Dein Programm").input_value() == (EXERCISE / "main.py").read_text(encoding="utf-8")
    write(page, WRONG)
    said = check(page)
    assert "Noch nicht." in said and "Erwartet:" in said and "Passiert:" in said and said.count("Tipp:") == 1
    assert page.evaluate("document.activeElement.className") == "ex-verdict"
    page.get_by_role("button", name="Noch ein Tipp").click()
    assert page.locator(".ex-verdict").inner_text().count("Tipp:") == 2
    write(page, SOLUTION)
    assert "Geschafft!" in check(page)
    assert page.complaints == []
    assert [url for url in page.asked if not url.startswith(wagon) and not url.startswith(("data:", "blob:"))] == []


def test_a_child_presses_the_button_and_the_light_goes_on(visit, wagon):
    page = visit(address(wagon))
    write(page, SOLUTION)
    page.get_by_role("button", name="Starten").click()
    page.wait_for_selector(".ex-board[data-state=playing]")
    button = page.locator(".ex-board").get_by_role("button", name="Taster")
    button.hover()
    page.mouse.down()
    page.locator(".ex-board").get_by_text("an", exact=True).first.wait_for()
    page.mouse.up()
    assert page.complaints == []


def test_the_board_runs_what_stands_there_now(visit, wagon):
    page = visit(address(wagon))
    board = page.locator(".ex-board")
    for text in ("eins", "zwei"):
        write(page, f'print("{text}")\n')
        board.get_by_role("button", name="Start", exact=False).first.click()
        board.get_by_text(text).first.wait_for()
    assert board.get_by_text("eins").count() == 0 and page.complaints == []


def test_a_mistake_is_explained_in_its_line_and_marked(visit, wagon):
    page = visit(address(wagon))
    write(page, "from machine import Pin\nlicht = Pin(15, Pin.OUT\nlicht.on()\n")
    said = check(page)
    assert "Zeile 2" in said and "Klammer" in said
    assert page.locator(".ex-here").inner_text() == "2"


def test_what_the_board_notices_is_told_in_the_same_words_as_in_the_notebook(visit, wagon):
    page = visit(address(wagon))
    write(page, "from machine import ADC, Pin\nprint(ADC(Pin(26)).read_u16())\n")
    page.locator(".ex-board").get_by_role("button", name="Start", exact=False).first.click()
    page.locator(".ex-board").get_by_text(f"GP26 {NOTES['nothing-to-measure']}").wait_for()


def test_an_endless_loop_is_stopped_and_explained(visit, wagon):
    page = visit(address(wagon))
    write(page, ENDLESS)
    said = check(page)
    assert "dreht sich hier im Kreis" in said and "Zeile 2" in said
    write(page, SOLUTION)
    assert "Geschafft!" in check(page)


def test_a_running_program_can_be_stopped(visit, wagon):
    page = visit(address(wagon))
    write(page, ENDLESS)
    page.get_by_role("button", name="Prüfen").click()
    page.locator(".ex-work").get_by_role("button", name="Stopp").click()
    page.get_by_text("Gestoppt.", exact=True).wait_for()
    assert page.locator(".ex-verdict .ex-card").count() == 0
    write(page, SOLUTION)
    assert "Geschafft!" in check(page)


def test_memory_is_limited_and_nothing_is_left_for_the_next_run(visit, wagon):
    page = visit(address(wagon))
    write(page, "import machine\nmachine.rest = 1\nviel = bytearray(1000000000)\n")
    assert "Der Speicher ist voll" in check(page)
    write(page, "import machine\nprint(machine.rest)\n")
    assert "rest" in check(page) and page.complaints == []


def test_a_program_has_no_way_to_the_page_or_the_net(visit, wagon):
    page = visit(address(wagon))
    before = len([url for url in page.asked if "evil" in url])
    for program in (
        'import js\njs.fetch("/evil")\n',
        "import page_hand\n",
        'import socket\nsocket.socket().connect(("192.0.2.1", 80))\n',
    ):
        write(page, program)
        assert "Geschafft!" not in check(page)
    assert before == len([url for url in page.asked if "evil" in url]) == 0


def test_the_program_is_kept_until_the_child_begins_anew(visit, wagon):
    page = visit(address(wagon))
    write(page, SOLUTION)
    page.reload()
    page.wait_for_selector("[data-mw-ready=yes]")
    assert page.get_by_label("Dein Programm").input_value() == SOLUTION
    page.get_by_role("button", name="Programm von vorn").click()
    page.get_by_role("button", name="Nein, behalten").click()
    assert page.get_by_label("Dein Programm").input_value() == SOLUTION
    page.get_by_role("button", name="Programm von vorn").click()
    page.get_by_role("button", name="Ja, von vorn").click()
    assert page.get_by_label("Dein Programm").input_value() == (EXERCISE / "main.py").read_text(encoding="utf-8")
    assert page.context.cookies() == []


def test_the_program_can_be_taken_along(visit, wagon):
    page = visit(address(wagon))
    write(page, SOLUTION)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="main.py laden").click()
    assert waiting.value.suggested_filename == "main.py"
    assert Path(waiting.value.path()).read_text(encoding="utf-8") == SOLUTION


def test_without_a_store_the_page_works_and_says_so(visit, wagon):
    page = visit(f"{wagon}/index.html", ready=False)
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.goto(address(wagon))
    page.wait_for_selector("[data-mw-ready=yes]")
    assert page.get_by_text("Dein Browser speichert hier nichts.").count() == 1
    write(page, SOLUTION)
    assert "Geschafft!" in check(page)


def test_the_keyboard_indents_and_leaves(visit, wagon):
    page = visit(address(wagon))
    field = page.get_by_label("Dein Programm")
    write(page, "")
    field.press_sequentially("while True:")
    field.press("Enter")
    field.press_sequentially("x = 1")
    field.press("Enter")
    field.press("Backspace")
    field.press_sequentially("y = 2")
    assert field.input_value() == "while True:\n    x = 1\ny = 2"
    field.press("ControlOrMeta+a")
    field.press("Tab")
    assert field.input_value() == "    while True:\n        x = 1\n    y = 2"
    field.press("Shift+Tab")
    assert field.input_value() == "while True:\n    x = 1\ny = 2"
    field.press("Escape")
    field.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Starten"
    field.focus()
    field.press("Escape")
    field.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") != "ex-program"


def test_from_a_folder_everything_but_running_works(visit, website):
    page = visit(f"{website.as_uri()}/uebungen/{SLUG}.html")
    assert page.get_by_text("Diese Seite ist aus einem Ordner geöffnet.").is_visible()
    assert not page.get_by_role("button", name="Prüfen").is_visible()
    write(page, SOLUTION)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="main.py laden").click()
    assert Path(waiting.value.path()).read_text(encoding="utf-8") == SOLUTION
    assert page.locator("article img").first.evaluate("one => one.complete && one.naturalWidth > 0")
    assert page.complaints == []


def test_without_scripts_task_picture_and_program_are_there(visit, website):
    page = visit(f"{website.as_uri()}/uebungen/{SLUG}.html", ready=False, java_script_enabled=False)
    assert page.locator("h1").count() == 1 and page.locator(".lead").inner_text()
    assert "if taster.value() == 0:" in page.locator("article pre").first.inner_text()
    assert page.locator("article img").first.is_visible()


def test_every_exercise_starts_on_its_page_and_the_start_does_not_pass(visit, wagon, website):
    names = sorted(path.stem for path in (website / "uebungen").glob("*.html") if path.stem != "index")
    assert len(names) >= 10
    for name in names:
        page = visit(address(wagon, name))
        # A sensor node's program is complete from the start: there it is read and changed.
        told = "Noch nicht." if (EXERCISE.parent / name / "solution.py").exists() else "Geschafft!"
        assert told in check(page), name
        assert page.complaints == [], name
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_can_be_read_with_a_verdict_on_it(scheme, visit, wagon):
    page = visit(address(wagon), color_scheme=scheme)
    write(page, WRONG)
    check(page)
    page.get_by_role("button", name="Programm von vorn").click()
    assert page.evaluate(TOO_PALE) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []
    small = (
        "[...document.querySelectorAll('.ex-button')].filter(one => one.offsetParent && one.offsetHeight < 44).length"
    )
    assert page.evaluate(small) == 0


def test_on_paper_the_whole_program_stands_and_nothing_to_click(visit, wagon):
    page = visit(address(wagon))
    program = "".join(f"print({number})\n" for number in range(60))
    write(page, program)
    page.emulate_media(media="print")
    assert page.locator(".ex-paper").inner_text().split() == program.split()
    assert not [one for one in page.locator("article").get_by_role("button").all() if one.is_visible()]
    assert not page.get_by_label("Dein Programm").is_visible()


def test_the_policy_holds_on_every_kind_of_page(visit, wagon, website):
    lesson = next(path.stem for path in sorted((website / "lessons").glob("*.html")))
    for name in ("index", "catalogue", f"lessons/{lesson}", "uebungen/index", f"uebungen/{SLUG}"):
        page = visit(f"{wagon}/{name}.html", ready=False)
        page.wait_for_timeout(300)
        assert page.complaints == [], name
        loaded = [url for url in page.asked if any(part in url.rpartition("/")[2] for part in HEAVY)]
        assert bool(loaded) is (name == f"uebungen/{SLUG}"), name
