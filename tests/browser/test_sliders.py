"""The panel of a notebook in a real browser, with a stand-in for the kernel that answers when the test says so."""

import base64
import struct

import pytest

from makerwagen.learn.panel import declaration_of
from makerwagen.learn.part import Part
from makerwagen.models.declaration import read_model
from tests.browser.test_view import PHONE, SCREEN, WITH_3D, block, browser_with
from tests.conftest import ROOT
from tests.unit.learn.test_part import FakeBench

WIDGET = (ROOT / "src/makerwagen/learn/static/view.mjs").read_text(encoding="utf-8")
START = """async ([code, declaration, values, state, mesh]) => {
    const bytes = text => new DataView(Uint8Array.from(atob(text), one => one.charCodeAt(0)).buffer)
    const traits = {declaration, values, state, mesh: {...mesh, vertices: bytes(mesh.vertices), triangles: bytes(mesh.triangles)}}
    const reacts = []
    window.sent = []
    const model = {get: name => traits[name], send: wish => sent.push(wish), on: (_, react) => reacts.push(react), off: () => {}}
    window.answer = (state, values) => {
        traits.state = {...traits.state, beat: Math.random(), ...state}
        Object.assign(traits.values, values || {})
        reacts.forEach(react => react())
    }
    const widget = await import(URL.createObjectURL(new Blob([code], {type: 'text/javascript'})))
    widget.default.render({model, el: document.querySelector('#cell')})
}"""
STATE = {
    "number": "",
    "beat": 1,
    "message": "",
    "names": [],
    "sentence": "Schild „NAME“: 60 mm mal 22 mm mal 4 mm.",
    "findings": [],
}
STATE |= {
    "blocked": False,
    "exact": True,
    "drawing": "",
    "note": "",
    "waiting": 0,
    "minutes": 12.4,
    "grams": 3.9,
    "measured": False,
}
STATE |= {"share": {"minutes": 10, "grams": 100}, "restored": False}


@pytest.fixture(scope="module")
def seeing(chromium):
    browser = browser_with(chromium, WITH_3D)
    yield browser
    browser.close()


@pytest.fixture(params=[PHONE, SCREEN], ids=["phone", "screen"])
def page(seeing, request):
    page = seeing.new_page(viewport=request.param, reduced_motion="reduce")
    page.set_content("<!doctype html><html lang='de'><body style='margin:4px'><div id='cell'></div></body></html>")
    part = Part(read_model(ROOT, "name-tag"), ROOT, bench=FakeBench())
    corners, triangles = block(-30, 30, -11, 11, 0, 3)
    pack = lambda form, rows: base64.b64encode(b"".join(struct.pack(form, *row) for row in rows)).decode()  # noqa: E731
    mesh = {"vertices": pack("<3f", corners), "triangles": pack("<3I", triangles), "parts": [["body", 0, 12]]}
    page.evaluate(START, [WIDGET, declaration_of(part, (250, 210)), part.values, STATE, mesh])
    yield page
    page.close()


def slide(page, name, *values):
    page.evaluate(
        """([name, values]) => { const panel = document.querySelector('#cell div').makerwagen
            const input = panel.fields.find(field => field.parameter.name === name).element.querySelector('input')
            for (const value of values) { input.value = value; input.dispatchEvent(new Event('input')) } }""",
        [name, [str(value) for value in values]],
    )


def sent(page):
    return page.evaluate("sent.map(wish => ({...wish}))")


def test_while_one_preview_is_made_only_the_newest_value_waits(page):
    slide(page, "length_mm", 61, 62, 63, 70)
    assert [wish["values"] for wish in sent(page)] == [{"length_mm": 61}]
    page.evaluate("answer({number: sent[0].number, exact: false}, {length_mm: 61})")
    assert [wish["values"] for wish in sent(page)] == [{"length_mm": 61}, {"length_mm": 70}]
    assert page.get_by_label("Länge", exact=True).input_value() == "70"
    page.evaluate("answer({number: sent[1].number, exact: false}, {length_mm: 70})")
    page.wait_for_function("sent.length === 3")
    assert sent(page)[2]["kind"] == "settle"
    page.evaluate("answer({number: sent[2].number, exact: true})")
    page.wait_for_timeout(600)
    assert len(sent(page)) == 3


def test_values_are_said_with_a_comma_and_their_unit(page):
    slide(page, "hole_mm", 2.5)
    slider = page.get_by_label("Loch", exact=True)
    assert slider.get_attribute("aria-valuetext") == "2,5 mm"
    page.get_by_role("button", name="Loch: mehr").click()
    assert slider.get_attribute("aria-valuetext") == "3 mm"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_letters_are_counted_as_a_child_counts_them(page):
    page.get_by_role("textbox", name="Text").fill("Jo\u0308rdis")
    assert page.get_by_text("6 von 10 Zeichen").is_visible()
    page.wait_for_function("sent.length === 1")


def test_a_refusal_says_what_to_do_and_keeps_the_part(page):
    slide(page, "hole_mm", 10)
    page.evaluate("answer({number: sent[0].number, message: 'Das Loch hat keinen Platz.', names: ['hole_mm']})")
    assert page.get_by_role("alert").get_by_text("Das Loch hat keinen Platz.").is_visible()
    assert page.get_by_role("button", name="Speichern").is_disabled()
    page.get_by_role("button", name="Zurück zum letzten guten Teil").click()
    assert sent(page)[-1] == {"kind": "back"}
    page.evaluate("answer({message: '', names: []}, {hole_mm: 2})")
    assert page.get_by_label("Loch", exact=True).input_value() == "2"
    assert not page.get_by_role("alert").is_visible()


def test_the_meter_says_in_words_what_its_colour_says(page):
    time = page.get_by_role("meter", name="Druckzeit")
    assert time.get_attribute("aria-valuetext") == "12 von 10 Minuten: zu viel"
    page.evaluate("answer({minutes: 9, measured: true})")
    assert time.get_attribute("aria-valuetext") == "9 von 10 Minuten: passt"
    assert page.get_by_text("vom Druckprogramm").is_visible()


def test_marks_are_numbered_like_the_list_of_what_was_found(page):
    page.evaluate(
        "answer({findings: [{message: 'Hier ist es zu dünn.', place_mm: [0, 0, 3], blocks: true}], blocked: true})"
    )
    assert page.get_by_role("listitem").all_text_contents() == ["Hier ist es zu dünn."]
    assert page.get_by_role("button", name="An den Drucker").is_disabled()


def test_saving_takes_what_still_waits_along(page):
    slide(page, "length_mm", 61, 62)
    page.get_by_role("button", name="Speichern").click()
    assert sent(page)[-1] == {"kind": "save", "values": {"length_mm": 62}}
    page.evaluate("answer({note: 'Gespeichert: name-tag-1.stl'})")
    assert page.get_by_text("Gespeichert: name-tag-1.stl").is_visible()


def test_the_notebooks_own_keys_do_not_reach_through(page):
    page.evaluate("document.body.addEventListener('keydown', event => { window.heard = event.key })")
    page.locator(".mw-frame").focus()
    page.keyboard.press("r")
    page.keyboard.press("d")
    assert page.evaluate("window.heard") is None
    assert page.locator("#cell").get_attribute("data-lm-suppress-shortcuts") == "true"
