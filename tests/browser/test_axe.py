"""axe-core finds nothing on exercise pages and on the board's panel: light, dark, on a screen and on a phone."""

import pytest

from tests.browser.test_board_view import RESULT, until
from tests.browser.test_board_view import page_file as page_file  # noqa: PLC0414, a fixture
from tests.browser.test_exercise_page import WRONG, address, check, write
from tests.browser.test_exercise_page import visit as visit  # noqa: PLC0414, a fixture
from tests.browser.test_exercise_page import wagon as wagon  # noqa: PLC0414, a fixture
from tests.conftest import ROOT

AXE = ROOT / "site/widgets/node_modules/axe-core/axe.min.js"
FOUND = """async () => (await axe.run()).violations.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)"""
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 360)]
pytestmark = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed; try: npm ci in site/widgets")


def violations(page):
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    return page.evaluate(FOUND)


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_an_exercise_page_with_a_verdict(scheme, width, visit, wagon):
    page = visit(address(wagon), viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    assert violations(page) == []
    write(page, WRONG)
    check(page)
    page.get_by_role("button", name="Programm von vorn").click()
    for folded in page.locator("summary").all():
        folded.click()
    assert violations(page) == []


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_list_of_exercises(scheme, width, visit, wagon):
    page = visit(
        f"{wagon}/uebungen/index.html",
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
        ready=False,
    )
    assert violations(page) == []


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_panel_with_every_kind_of_part_a_note_and_an_error(scheme, width, chromium, page_file):
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert violations(page) == []
    page.get_by_role("button", name="Start").click()
    until(page, "panel.state === 'playing'")
    page.evaluate("() => panel.seek(3e6)")
    for folded in page.locator("summary").all():
        folded.click()
    assert violations(page) == []
    error = {"line": 3, "message": "Die Klammer fehlt.", "technical": "SyntaxError"}
    verdict = {"passed": False, "line": 3, "expected": "Licht", "happened": "nichts", "hint": "Schau hin."}
    page.evaluate(
        "told => panel.replace(told)",
        {**RESULT, "events": [["error", 0, "SyntaxError", "", 3]], "error": error, "verdict": verdict},
    )
    page.get_by_text("Die Klammer fehlt.").wait_for()
    assert violations(page) == []
    context.close()
