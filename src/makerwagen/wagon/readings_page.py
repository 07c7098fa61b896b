"""The page of readings in the website's frame: HTML for children, complete without a script."""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlencode

from makerwagen.sensors.findings import LOOKED_AT, findings
from makerwagen.sensors.plot import Window, draw
from makerwagen.sensors.properties import PROPERTIES
from makerwagen.sensors.running import Sensors
from makerwagen.sensors.store import Datastream
from makerwagen.sensors.words import DAY, HOUR, age, amount, clock_time

# What the address says, what the page says, and how many seconds that is; 0 = all there is.
SPANS = {
    "1h": ("1 Stunde", HOUR),
    "10min": ("10 Minuten", 600.0),
    "6h": ("6 Stunden", 6 * HOUR),
    "1d": ("1 Tag", DAY),
    "7d": ("1 Woche", 7 * DAY),
    "alles": ("alles", 0.0),
}
SHOWN = ("10min", "1h", "6h", "1d", "7d", "alles")
REFUSED_FOR_S, MOST_REFUSED = HOUR, 8
SIMULATED = '<strong class="mw-sim">simuliert</strong>'
ARTICLE = re.compile(r"(<article\b[^>]*>).*?(</article>)", re.DOTALL)
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
PLAIN = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title></title></head><body style="font:1rem sans-serif;margin:0 auto;max-width:60rem;padding:0 1rem">
<article></article></body></html>"""
STYLE = """<style>
.mw-spans{display:flex;flex-wrap:wrap;gap:.3rem .5rem;margin:.6rem 0}
.mw-spans a,.mw-spans strong{padding:.25rem .7rem;border:1px solid var(--edge,#888);border-radius:1rem}
.mw-spans strong{background:var(--yellow,#ffcb3d);color:#17222b}
.mw-cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr));gap:.8rem}
#mw-part{--mw-red:#b3261e}
[data-md-color-scheme=slate] #mw-part{--mw-red:#ff9d94}
.md-typeset .mw-card{margin:0;width:auto;max-width:none;text-align:left;padding:.6rem .7rem;
border:1px solid var(--edge,#888);border-radius:.5rem;background:var(--card,#fff);
--plot-line:var(--smart-city,#1b559c);--plot-wrong:var(--mw-red)}
.md-typeset .mw-card figcaption{margin:0 0 .3rem;max-width:none;font-style:normal;color:inherit}
.mw-value{font-size:1.5em;font-weight:700;margin-right:.4rem;white-space:nowrap}
.mw-sim{color:var(--mw-red);border:2px solid;border-radius:.3rem;padding:0 .35rem;font-size:.8rem;white-space:nowrap}
.md-typeset .mw-note{border-left:.4rem solid var(--mw-red);background:var(--wash,#fbf3dd);margin:.4rem 0;
padding:.4rem .7rem}
.md-typeset h2.mw-station{margin-bottom:.2rem}
.mw-where{margin:0 0 .5rem}
.mw-small{font-size:.85em}
</style>"""


def whole_page(frame: str, part: str, span: str) -> str:
    """Return the page in the website's frame, else in a plain one."""
    body = (
        '<h1>Messwerte</h1><p id="mw-state" class="mw-small" role="status">Zum Auffrischen die Seite neu laden.</p>'
        f'{STYLE}<div id="mw-part" data-from="/messwerte/teil?{urlencode({"zeit": span})}">{part}</div>'
        '<script src="/messwerte/live.js"></script>'
    )
    frame = frame if ARTICLE.search(frame) else PLAIN
    frame = TITLE.sub("<title>Messwerte – Makerwagen</title>", frame, count=1)
    return ARTICLE.sub(lambda found: found[1] + body + found[2], frame, count=1)


def part_of_page(sensors: Sensors, span: str, now: float) -> str:
    """Return what changes: troubles, stations with values and pictures, refused messages, downloads."""
    streams = sensors.store.datastreams()
    parts = [_note(trouble) for trouble in sensors.trouble]
    parts += [
        f"<p>Stand: {clock_time(now, day=True, seconds=True)} Uhr. Gezeigt wird die letzte Zeit:</p>",
        _spans(span),
    ]
    if not streams:
        parts.append("<p>Noch ist kein Messwert angekommen. Sobald eine Station sendet, steht sie hier.</p>")
    for _, group in groupby(streams, key=lambda stream: stream.thing):
        parts += _station(sensors, list(group), span, now)
    parts += _refused(sensors, now)
    if streams:
        parts += _downloads(streams)
    return "".join(parts)


def _spans(chosen: str) -> str:
    links = (
        f"<strong>{SPANS[name][0]}</strong>" if name == chosen else f'<a href="?zeit={name}">{SPANS[name][0]}</a>'
        for name in SHOWN
    )
    return f'<nav class="mw-spans" aria-label="Zeitraum">{"".join(links)}</nav>'


def _station(sensors: Sensors, streams: list[Datastream], span: str, now: float) -> Iterator[str]:
    first = streams[0]
    mark = f" {SIMULATED}" if any(stream.simulated for stream in streams) else ""
    name = html.escape(first.name)
    yield f'<h2 class="mw-station" id="{html.escape(first.thing)}">{name}{mark}</h2>'
    place = html.escape(first.place) if first.place else "Ort noch nicht eingetragen"
    station = f" · Station <code>{html.escape(first.thing)}</code>" if first.name != first.thing else ""
    yield f'<p class="mw-where">{place}{station}</p><div class="mw-cards">'
    yield from (_card(sensors, stream, span, now) for stream in streams)
    yield "</div>"


def _card(sensors: Sensors, stream: Datastream, span: str, now: float) -> str:
    newest = sensors.store.observations(stream.id, most=LOOKED_AT)
    last, known = newest[-1], PROPERTIES[stream.observed]
    seconds = SPANS[span][1]
    window = Window(now - seconds if seconds else _first(sensors, stream, now), now)
    columns = sensors.store.columns(stream.id, window.since, window.until, window.column_s)
    title = f"{known.title} von {stream.name}"
    picture = draw(columns, window, title=title, unit=stream.unit, simulated=stream.simulated)
    odd = "".join(_note(sentence) for sentence in findings(stream, newest, now))
    wrong = "" if last.possible else " (kann nicht stimmen)"
    sensor = f" · Sensor {html.escape(stream.sensor)}" if stream.sensor else ""
    address = urlencode({"station": stream.thing, "property": stream.observed})
    return (
        f'<figure class="mw-card"><figcaption>{known.title}{sensor}<br>'
        f'<span class="mw-value">{html.escape(amount(last.result, stream.unit))}</span>'
        f"{age(now - last.phenomenon_time)}{wrong}</figcaption>{picture}{odd}"
        f'<a class="mw-small" href="/messwerte/messwerte.csv?{address}">Werte als CSV</a></figure>'
    )


def _first(sensors: Sensors, stream: Datastream, now: float) -> float:
    first = next(iter(sensors.store.every(stream.id)), None)
    return min(first.phenomenon_time if first else now, now - 60) - 1


def _refused(sensors: Sensors, now: float) -> Iterator[str]:
    recent = [entry for entry in sensors.store.rejected() if now - entry[0] < REFUSED_FOR_S]
    if not recent:
        return
    yield "<h2>Nicht angenommen</h2><p>Diese Nachrichten waren keine Messwerte:</p><ul>"
    for (topic, reason), group in list(_together(recent).items())[:MOST_REFUSED]:
        times = f" ({len(group)}-mal)" if len(group) > 1 else ""
        yield f"<li><code>{html.escape(topic)}</code>: {html.escape(reason)} – {age(now - group[0])}{times}</li>"
    yield "</ul>"


def _together(entries: Iterable[tuple[float, str, str]]) -> dict[tuple[str, str], list[float]]:
    found: dict[tuple[str, str], list[float]] = {}
    for at, topic, reason in entries:
        found.setdefault((topic, reason), []).append(at)
    return found


def _downloads(streams: Iterable[Datastream]) -> Iterator[str]:
    yield "<h2>Herunterladen</h2><ul>"
    yield '<li><a href="/messwerte/messwerte.csv">Alle Messwerte als Tabelle (CSV)</a></li>'
    yield (
        '<li>Für openSenseMap: <a href="/messwerte/opensensemap.csv">CSV</a>, '
        '<a href="/messwerte/opensensemap.json">JSON</a>; ohne unmögliche Werte</li></ul>'
    )
    if any(stream.simulated for stream in streams):
        yield (
            f"<p>{SIMULATED} heißt: ausgedacht vom Computer, nicht gemessen. "
            "Das steht auch in den Dateien, und openSenseMap nimmt solche Werte nicht an.</p>"
        )


def _note(sentence: str) -> str:
    return f'<p class="mw-note">{html.escape(sentence)}</p>'
