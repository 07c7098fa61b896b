"""No page of the finished website may ask anybody else for anything: scripts, pictures and fonts are our own."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from makerwagen.problems import Place, Problem

ELSEWHERE = r"[\"']?\s*(?:https?:)?//(?P<host>[^/\"'\s>)]+)"
# A link that a reader follows asks nobody before it is followed; what a page loads by itself does.
LOADED = (
    re.compile(rf"<(?:script|img|iframe|source|video|audio|embed|track|input)\b[^>]*?\ssrc(?:set)?={ELSEWHERE}", re.I),
    re.compile(rf"<object\b[^>]*?\sdata={ELSEWHERE}", re.I),
    re.compile(rf"<link\b(?![^>]*rel=[\"']?(?:canonical|license|alternate|next|prev))[^>]*?\shref={ELSEWHERE}", re.I),
    re.compile(rf"(?:url\(|@import)\s*{ELSEWHERE}", re.I),
)


def third_party_requests(name: str, content: bytes) -> list[Problem]:
    """Return a problem for each place of a page or style sheet that loads something from another host."""
    return list(_requests(name, content)) if PurePath(name).suffix in {".html", ".css"} else []


def _requests(name: str, content: bytes) -> Iterator[Problem]:
    text = content.decode("utf-8", "replace")
    for pattern in LOADED:
        for found in pattern.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            place = Place(f"build/site/{name}", line=line)
            yield Problem(place, "SIT102", f"the page asks {found['host']}", "keep a copy of our own in site/theme")
