from pathlib import Path

import pytest

NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
WIDER_THAN_THE_SCREEN = """() => [...document.querySelectorAll('body *')].filter(one => {
    const box = one.getBoundingClientRect(), limit = document.documentElement.clientWidth + 1
    if (!box.width || box.right <= limit || one.closest('.md-sidebar, .md-search, .md-header__title')) return false
    for (let up = one.parentElement; up && !up.matches('main, body'); up = up.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX) && up.getBoundingClientRect().right <= limit)
            return false
    return true
}).map(one => one.tagName + '.' + one.className)"""
# The contrast of every text with the nearest background below it, by WCAG 2; pictures are left out.
TOO_PALE = """() => {
    const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number)
    const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
    const light = color => color.slice(0, 3).map(v => linear(v / 255))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
    const ground = one => {
        for (let up = one; up; up = up.parentElement) {
            const color = rgb(getComputedStyle(up).backgroundColor)
            if (color.length === 3 || color[3] > 0.9) return color
        }
        return rgb(getComputedStyle(document.body).backgroundColor)
    }
    const found = new Set()
    for (const one of document.querySelectorAll('article *, header *, .md-tabs *, footer *, .md-nav--secondary *')) {
        const own = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
        const style = getComputedStyle(one)
        if (!own || !one.getClientRects().length || style.visibility === 'hidden') continue
        if (one.closest('.headerlink')) continue
        const [a, b] = [light(rgb(style.color)), light(ground(one))].sort((x, y) => y - x)
        const ratio = (a + 0.05) / (b + 0.05)
        const what = one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 20)
        if (ratio < 4.5) found.add(what + ' ' + ratio.toFixed(2))
    }
    return [...found]
}"""


def is_complaint(message):
    """Say whether a console message is about our pages; how fast a machine without a graphics card draws is not."""
    return message.type in {"error", "warning"} and "GL Driver Message" not in message.text


@pytest.fixture(scope="session")
def names(website):
    """Return every page of the website, without the error page, which needs a server."""
    return sorted(path.relative_to(website).as_posix() for path in website.rglob("*.html") if path.name != "404.html")


@pytest.fixture(scope="session")
def lesson(names):
    return next(name for name in names if name.startswith("lessons/"))


@pytest.fixture
def visit(chromium):
    """Return a function that opens an address and gives the page, what it complained about, and whom it asked."""
    opened = []

    def open_page(url, *, viewport=WIDE, scheme="light"):
        page = chromium.new_page(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
        opened.append(page)
        page.complaints, page.asked = [], []
        page.on(
            "console",
            lambda message: page.complaints.append(message.text) if is_complaint(message) else None,
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(url, wait_until="load")
        page.wait_for_timeout(50)
        return page

    yield open_page
    for page in opened:
        page.close()


def elsewhere(page, start):
    return [url for url in page.asked if not url.startswith((start, "data:", "about:", "blob:"))]


def assert_loaded(page, start, name):
    assert page.complaints == [], name
    assert elsewhere(page, start) == [], name
    assert page.locator("h1").count() == 1, name
    assert page.context.cookies() == [], name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_loads_from_a_folder_fits_a_phone_and_can_be_read(scheme, visit, website, names):
    for name in names:
        page = visit(f"{website.as_uri()}/{name}", scheme=scheme)
        assert_loaded(page, website.as_uri(), name)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate(TOO_PALE) == [], name
        broken = "[...document.images].filter(one => !one.complete || !one.naturalWidth).map(one => one.src)"
        assert page.evaluate(broken) == [], name
        assert page.locator("article img:not([alt])").count() == 0, name
        page.set_viewport_size(NARROW)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], name
        assert page.evaluate(WIDER_THAN_THE_SCREEN) == [], name
        page.close()


def test_pages_load_from_a_server(visit, address, lesson):
    for name in ("index.html", "catalogue.html", "coverage.html", lesson):
        assert_loaded(visit(f"{address}/{name}"), address, name)


def test_what_is_too_wide_or_too_pale_is_found(visit, website):
    page = visit(f"{website.as_uri()}/index.html", viewport=NARROW)
    page.evaluate("""document.querySelector('article').insertAdjacentHTML('beforeend',
        '<p style="width:500px">breit</p><p style="color:#999;background:#fff">blass</p>')""")
    assert any(found.startswith("P.") for found in page.evaluate(WIDER_THAN_THE_SCREEN))
    assert any("blass" in found for found in page.evaluate(TOO_PALE))


@pytest.mark.parametrize("how", ["file", "http"])
def test_the_search_finds_a_word_of_a_lesson(how, visit, website, address, lesson):
    start = website.as_uri() if how == "file" else address
    title = visit(f"{start}/{lesson}").locator("h1").inner_text().replace("¶", "").strip()
    page = visit(f"{start}/index.html")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(max(title.split(), key=len).strip("?!.,"))
    page.locator(".md-search-result__item a").first.wait_for(timeout=10_000)
    targets = page.locator(".md-search-result__item a").evaluate_all("all => all.map(one => one.href)")
    assert any(Path(lesson).name in target for target in targets)
    assert elsewhere(page, start) == [] and page.complaints == []


def test_where_the_keyboard_is_can_be_seen(visit, website, lesson):
    page = visit(f"{website.as_uri()}/{lesson}")
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        seen.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 30)"))
        boxed = page.evaluate("!!document.activeElement.closest('.md-search, label, form')")
        assert boxed or (outline == "solid" and width >= 3), seen[-1]
    assert len(set(seen)) > 10


def test_colours_can_be_switched_and_are_remembered(visit, website):
    page = visit(f"{website.as_uri()}/index.html")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    page.locator("label[title='Dunkle Farben']").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_a_lesson_works_without_scripts(chromium, website, lesson):
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{website.as_uri()}/{lesson}")
    assert page.locator("h1").count() == 1
    assert page.locator(".at-a-glance-facts dt").count() >= 3
    page.close()
