"""The 3D view as pages have it: from a folder, without a server, on a phone and on a screen."""

import base64
import json
import shutil
import struct

import pytest

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.conftest import ROOT

SCRIPT = ROOT / "site/theme/assets/javascripts/model-view.js"
WITH_3D = [flag for flag in FLAGS if flag != "--disable-gpu"]
WITH_3D += ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
WITHOUT_3D = [*FLAGS, "--disable-3d-apis"]
PHONE, SCREEN = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
WORDS = "Schild „Jördis“: 60 mm mal 22 mm mal 4 mm."
COLOURS = """one => {
    const canvas = one.makerwagen.canvas, data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
    const found = {yellow: 0, dark: 0, blue: 0}
    for (let i = 0; i < data.length; i += 4) {
        const [r, g, b] = [data[i], data[i + 1], data[i + 2]]
        if (r > 150 && g > 100 && b < 90) found.yellow++
        if (r < 80 && g < 90 && b < 110) found.dark++
        if (r < 60 && g > 60 && g < 120 && b > 130) found.blue++
    }
    return found
}"""


def block(west, east, south, north, low, high):
    """Return the corners and triangles of a box."""
    corners = [(x, y, z) for z in (low, high) for y in (south, north) for x in (west, east)]
    sides = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    return corners, [triangle for a, b, c, d in sides for triangle in ((a, b, c), (a, c, d))]


def mesh_file(**more):
    plate, letter = block(-30, 30, -11, 11, 0, 3), block(-8, 18, -5, 5, 3, 4)
    corners = plate[0] + letter[0]
    triangles = plate[1] + [tuple(8 + corner for corner in triangle) for triangle in letter[1]]
    pack = lambda form, rows: base64.b64encode(b"".join(struct.pack(form, *row) for row in rows)).decode()  # noqa: E731
    data = {"model": "name-tag", "preset": "", "vertices": pack("<3f", corners), "triangles": pack("<3I", triangles)}
    data |= {
        "parts": [["body", 0, 12], ["letters", 12, 12]],
        "words": WORDS,
        "bed_mm": [250, 210],
        "room_mm": [80, 30, 6],
    }
    return f"makerwagenMesh({json.dumps(data | more)})"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """Return a page in a folder with two views of one mesh file, as the website has them."""
    folder = tmp_path_factory.mktemp("view")
    shutil.copy(SCRIPT, folder / "model-view.js")
    arrow = {"from": "left", "to": "right", "label": "Länge", "value": 60, "unit": "mm"}
    (folder / "name-tag.mesh.js").write_text(mesh_file(dimension=arrow), encoding="utf-8")
    (folder / "index.html").write_text(
        "<!doctype html><html lang='de'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        "<title>Schild</title><body style='margin:8px'><h1>Schild</h1>"
        "<div data-mw-model='name-tag' data-mw-mesh='name-tag.mesh.js'><img alt='Zeichnung' src='data:,'></div>"
        "<p>Darunter geht es weiter.</p><script src='model-view.js'></script></body></html>",
        encoding="utf-8",
    )
    return folder / "index.html"


def browser_with(chromium, flags):
    return chromium.browser_type.launch(executable_path=CHROMIUM, args=flags)


@pytest.fixture(scope="module")
def seeing(chromium):
    """Return a Chromium that can draw in 3D."""
    browser = browser_with(chromium, WITH_3D)
    yield browser
    browser.close()


def opened(browser, file, viewport=SCREEN, **context):
    page = browser.new_page(viewport=viewport, **context)
    page.complaints, page.asked = [], []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(file.as_uri(), wait_until="load")
    return page


def drawn(page):
    page.wait_for_function("document.querySelector('[data-mw-model]').makerwagen?.frame.dataset.drawn > 0")
    return page.eval_on_selector("[data-mw-model]", COLOURS)


def heard(page):
    return page.locator(".mw-live").text_content()


@pytest.mark.parametrize("viewport", [PHONE, SCREEN], ids=["phone", "screen"])
def test_a_page_from_a_folder_shows_body_letters_and_arrow_and_asks_nobody(seeing, page_file, viewport, tmp_path):
    page = opened(seeing, page_file, viewport)
    seen = drawn(page)
    assert seen["yellow"] > 2000 and seen["dark"] > 200 and seen["blue"] > 50
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    box = page.locator(".mw-frame").bounding_box()
    assert box["width"] > 0.85 * min(viewport["width"], 700) and box["height"] >= 200
    own = page_file.parent.as_uri()
    assert [url for url in page.asked if not url.startswith((own, "data:", "blob:"))] == []
    assert page.complaints == []
    page.screenshot(path=tmp_path / "view.png")
    page.close()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_keys_turn_the_part_and_say_from_where_one_looks(seeing, page_file, motion):
    page = opened(seeing, page_file, reduced_motion=motion)
    drawn(page)
    page.wait_for_function("document.querySelector('[data-mw-model]').makerwagen.live.textContent")
    assert heard(page) == WORDS
    picture = page.eval_on_selector("[data-mw-model]", "one => one.makerwagen.canvas.toDataURL()")
    page.locator(".mw-frame").focus()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('[data-mw-model]').makerwagen.frame).outlineStyle")
        == "solid"
    )
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(800)
    assert heard(page).startswith("Blick von vorn rechts, 42 Grad von oben. ") and heard(page).endswith(WORDS)
    assert page.eval_on_selector("[data-mw-model]", "one => one.makerwagen.canvas.toDataURL()") != picture
    page.keyboard.press("ArrowDown")
    page.keyboard.press("+")
    page.wait_for_timeout(800)
    assert "27 Grad von oben" in heard(page)
    assert page.eval_on_selector("[data-mw-model]", "one => one.makerwagen.eye.zoom") == pytest.approx(1.2)
    page.keyboard.press("r")
    page.wait_for_timeout(800)
    assert page.eval_on_selector("[data-mw-model]", "one => one.makerwagen.canvas.toDataURL()") == picture
    page.close()


def test_a_finger_turns_sideways_and_still_scrolls_the_page(seeing, page_file):
    page = opened(seeing, page_file, PHONE, has_touch=True, is_mobile=True)
    drawn(page)
    assert (
        page.eval_on_selector("[data-mw-model]", "one => getComputedStyle(one.makerwagen.frame).touchAction") == "pan-y"
    )
    before = page.eval_on_selector("[data-mw-model]", "one => one.makerwagen.eye.azimuth")
    page.eval_on_selector(
        "[data-mw-model]",
        """one => { const fire = (kind, x) => one.makerwagen.frame.dispatchEvent(
            new PointerEvent(kind, {pointerId: 7, pointerType: 'touch', clientX: x, clientY: 150, bubbles: true}))
            fire('pointerdown', 100); fire('pointermove', 160); fire('pointerup', 160) }""",
    )
    assert page.eval_on_selector("[data-mw-model]", "one => one.makerwagen.eye.azimuth") == before - 30
    page.close()


def test_buttons_are_as_big_as_a_finger_and_have_names(seeing, page_file):
    page = opened(seeing, page_file, PHONE)
    drawn(page)
    for button in page.locator(".mw-tool").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44 and button.get_attribute("aria-label")
    page.get_by_role("button", name="Von oben").click()
    page.wait_for_timeout(800)
    assert heard(page).startswith("Blick von oben")
    page.close()


def test_without_3d_the_picture_in_the_page_stays(chromium, page_file):
    browser = browser_with(chromium, WITHOUT_3D)
    page = opened(browser, page_file)
    page.wait_for_function("document.querySelector('[data-mw-model]').dataset.mwReady === 'flat'")
    assert page.get_by_alt_text("Zeichnung").count() == 1
    browser.close()
