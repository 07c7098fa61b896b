import pytest

from makerwagen.exporters.third_parties import third_party_requests


@pytest.mark.parametrize(
    "page",
    [
        "<script defer src='https://cdn.example.org/a.js'></script>",
        '<img alt="" src="//cdn.example.org/a.png">',
        '<link rel="stylesheet" href="https://cdn.example.org/a.css">',
        '<link rel="preconnect" href="https://cdn.example.org">',
        '<div style="background: url(https://cdn.example.org/a.png)">',
        "<style>@import 'https://cdn.example.org/a.css'</style>",
        '<iframe title="x" src=https://cdn.example.org/map></iframe>',
    ],
)
def test_what_a_page_loads_from_elsewhere_is_reported(page):
    (problem,) = third_party_requests("a.html", f"<p>\n{page}".encode())
    assert str(problem) == (
        "build/site/a.html:2: SIT102 the page asks cdn.example.org; keep a copy of our own in site/theme"
    )


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://example.org">dort</a>',
        '<link rel="canonical" href="https://example.org/a.html">',
        '<img src="images/a.png">',
        '<img src="data:image/png;base64,aa//bb">',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    ],
)
def test_links_and_our_own_files_are_fine(page):
    assert not third_party_requests("a.html", page.encode())
