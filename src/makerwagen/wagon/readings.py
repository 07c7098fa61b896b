"""The wagon's page of readings, their downloads, and the interface for notebooks."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.export import csv_lines, sensemap_csv, sensemap_json, sensemap_rows
from makerwagen.sensors.findings import LOOKED_AT, findings
from makerwagen.sensors.properties import PROPERTIES
from makerwagen.sensors.protocol import MOST_BYTES
from makerwagen.sensors.running import Sensors
from makerwagen.sensors.store import Datastream
from makerwagen.sensors.words import read_since
from makerwagen.wagon.readings_page import SPANS, part_of_page, whole_page

MOST_READINGS = 500
MOST_BODY = MOST_READINGS * (MOST_BYTES + 200)
MOST_OBSERVATIONS = 100_000
# A class of thirty boards that send ten times a minute, and a burst after the WLAN was away.
REQUESTS_PER_S, BURST = 5.0, 40.0
# However many look at the page, it is made this seldom.
FRESH_FOR_S = 2.0
FULL = "Die Messwerte lassen sich gerade nicht speichern. Ist der Speicher voll?"


class Forwarded(BaseModel):
    """What a laptop forwards for a simulated board: a message as its program sent it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    topic: str = Field(max_length=200)
    payload: str = Field(max_length=4 * MOST_BYTES)


MESSAGES = TypeAdapter(list[Forwarded])


class Readings:
    """Answers everything below /messwerte/ and the two interfaces for notebooks."""

    def __init__(self, sensors: Sensors, frame: str, *, clock: Callable[[], float] = time.time) -> None:
        """`frame` is a page of the website whose content is put aside for ours."""
        self.sensors, self.frame, self._clock = sensors, frame, clock
        self._parts: dict[str, tuple[float, str]] = {}
        self._allowed: dict[str, tuple[float, float]] = {}

    def routes(self) -> list[BaseRoute]:
        """Return the addresses."""
        return [
            Route("/messwerte/", self.page),
            Route("/messwerte/teil", self.part),
            Route("/messwerte/live.js", self.script),
            Route("/messwerte/messwerte.csv", self.table),
            Route("/messwerte/opensensemap.csv", self.sensemap),
            Route("/messwerte/opensensemap.json", self.sensemap),
            Route("/api/stations", self.stations),
            Route("/api/observations", self.observations),
            Route("/api/readings", self.take, methods=["POST"]),
        ]

    def page(self, request: Request) -> Response:
        """Return the page; it needs no script."""
        span = _span(request)
        return HTMLResponse(whole_page(self.frame, self._part(span), span))

    def part(self, request: Request) -> Response:
        """Return what changes of the page."""
        return HTMLResponse(self._part(_span(request)), headers={"Cache-Control": "no-store"})

    def script(self, _request: Request) -> Response:
        """Return the script that fetches the part again and again."""
        text = (files("makerwagen.wagon") / "readings.js").read_text(encoding="utf-8")
        return Response(text, media_type="text/javascript")

    def table(self, request: Request) -> Response:
        """Return readings as CSV: all, or one station's, or one datastream's."""
        try:
            streams, since = self._wanted(request)
        except MakerwagenError as error:
            return _problem(404, str(error))
        return _download(csv_lines(self.sensors.store, streams, since), _name("messwerte", streams, request), "csv")

    def sensemap(self, request: Request) -> Response:
        """Return readings in the shapes that openSenseMap takes."""
        try:
            streams, since = self._wanted(request)
        except MakerwagenError as error:
            return _problem(404, str(error))
        rows = sensemap_rows(self.sensors.store, streams, since)
        if request.url.path.endswith(".json"):
            return _download(sensemap_json(rows), _name("opensensemap", streams, request), "json")
        return _download(sensemap_csv(rows), _name("opensensemap", streams, request), "csv")

    def stations(self, _request: Request) -> Response:
        """Return every datastream with its last value and what is odd about it."""
        now = self._clock()
        return JSONResponse({"trouble": self.sensors.trouble, "streams": [self._told(s, now) for s in self._streams()]})

    def observations(self, request: Request) -> Response:
        """Return one datastream's values since a moment."""
        try:
            streams, since = self._wanted(request)
        except MakerwagenError as error:
            known = [{"thing": one.thing, "observed": one.observed} for one in self._streams()]
            return JSONResponse({"message": str(error), "known": known}, status_code=404)
        if len(streams) != 1:
            known = [{"thing": one.thing, "observed": one.observed} for one in streams]
            return JSONResponse({"message": "Welche Messgröße?", "known": known}, status_code=404)
        (stream,) = streams
        values = self.sensors.store.observations(stream.id, since, MOST_OBSERVATIONS)
        rows = [[one.phenomenon_time, one.result, one.possible, one.clock, one.simulated] for one in values]
        return JSONResponse(self._told(stream, self._clock()) | {"now": self._clock(), "observations": rows})

    async def take(self, request: Request) -> Response:
        """Store what a laptop forwards for simulated boards; say what was stored and what was refused, and why."""
        if not self._may(request.client.host if request.client else ""):
            return _problem(429, "Zu viele Nachrichten auf einmal. Später noch einmal.", {"Retry-After": "5"})
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            return _problem(415, "Erwartet wird JSON.")
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BODY:
                return _problem(413, f"Höchstens {MOST_READINGS} Messwerte auf einmal.")
        try:
            messages = MESSAGES.validate_json(body)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            return _problem(422, f"Das ist keine Liste von Nachrichten: {first['msg']}")
        if len(messages) > MOST_READINGS:
            return _problem(413, f"Höchstens {MOST_READINGS} Messwerte auf einmal.")
        try:
            stored, refused = await run_in_threadpool(
                self.sensors.take, [(one.topic, one.payload.encode()) for one in messages]
            )
        except sqlite3.Error:
            return _problem(503, FULL, {"Retry-After": "10"})
        told = [{"key": error.sender, "topic": topic, "reason": str(error)} for topic, error in refused]
        return JSONResponse({"stored": [(one.node, one.boot, one.number) for one in stored], "refused": told})

    def _part(self, span: str) -> str:
        now = self._clock()
        made, part = self._parts.get(span, (0.0, ""))
        if not 0 <= now - made < FRESH_FOR_S:
            part = part_of_page(self.sensors, span, now)
            self._parts[span] = (now, part)
        return part

    def _streams(self) -> list[Datastream]:
        return self.sensors.store.datastreams()

    def _wanted(self, request: Request) -> tuple[list[Datastream], float]:
        """Return the datastreams and the moment that are asked for; raise MakerwagenError when there are none."""
        thing, observed = request.query_params.get("station", ""), request.query_params.get("property", "")
        since = request.query_params.get("since", "")
        found = [s for s in self._streams() if thing in ("", s.thing) and observed in ("", s.observed)]
        if (thing or observed) and not found:
            raise MakerwagenError(f"Von „{' '.join([thing, observed]).strip()[:80]}“ gibt es hier keine Messwerte.")
        return found, read_since(since, self._clock()) if since else 0.0

    def _told(self, stream: Datastream, now: float) -> dict[str, object]:
        newest = self.sensors.store.observations(stream.id, most=LOOKED_AT)
        told = {name: getattr(stream, name) for name in ("thing", "name", "place", "observed", "unit", "simulated")}
        told |= {"title": PROPERTIES[stream.observed].title, "count": stream.count}
        last = newest[-1]
        return told | {"last": [last.phenomenon_time, last.result], "findings": findings(stream, newest, now)}

    def _may(self, host: str) -> bool:
        """Say whether this laptop may ask again so soon."""
        now = time.monotonic()
        left, at = self._allowed.pop(host, (BURST, now))
        left = min(BURST, left + (now - at) * REQUESTS_PER_S)
        if len(self._allowed) > 500:
            self._allowed.pop(next(iter(self._allowed)))
        self._allowed[host] = (max(left - 1, 0.0), now)
        return left >= 1


def _span(request: Request) -> str:
    asked = request.query_params.get("zeit", "")
    return asked if asked in SPANS else next(iter(SPANS))


def _problem(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"message": message}, status_code=status, headers=headers)


def _name(kind: str, streams: Iterable[Datastream], request: Request) -> str:
    """Return a download's name; that something in it is simulated stands there too."""
    thing, observed = request.query_params.get("station", ""), request.query_params.get("property", "")
    simulated = "simuliert" if any(stream.simulated for stream in streams) else ""
    return "-".join(word for word in (kind, thing, observed, simulated) if word)


def _download(lines: Iterator[str], name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    media = {"csv": "text/csv; charset=utf-8", "json": "application/json"}[kind]
    return StreamingResponse(lines, media_type=media, headers=headers)
