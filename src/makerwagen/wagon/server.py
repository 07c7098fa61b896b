"""The wagon's server: the website and the readings of sensors over HTTP, with a strict content security policy."""

import base64
import contextlib
import hashlib
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from makerwagen.commands.sensors import settings_text
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.explore_app import explore_app
from makerwagen.sensors.running import Sensors
from makerwagen.wagon.readings import Readings

INLINE = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
ANSWER_WITHIN_S = 10
# MicroPython compiles WebAssembly: allowed on exercise pages and in their worker, which may load nothing else at all.
EXERCISES, WORKER = "/uebungen/", "/assets/javascripts/exercise-worker.js"
WASM = "'wasm-unsafe-eval'"
WORKER_POLICY = f"default-src 'none'; script-src 'self' {WASM}; connect-src 'self'"


def app(site: Path, sensors: Sensors | None = None) -> Starlette:
    """Return the application that serves the website below `site`, and what sensors measured."""
    headers = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
    usual = policy(site)
    with_wasm = usual.replace("script-src 'self'", f"script-src 'self' {WASM}")

    def policy_of(path: str) -> str:
        if path == WORKER:
            return WORKER_POLICY
        return with_wasm if path.startswith(EXERCISES) else usual

    async def add_headers(request: Request, answer: RequestResponseEndpoint) -> Response:
        response = await answer(request)
        response.headers.update(headers | {"Content-Security-Policy": policy_of(request.url.path)})
        return response

    files = StaticFiles(directory=site, html=True)
    # build/site lies in the checkout, whose data packs laptops ask for like those of a city's portal.
    packs = Mount("/opendata", explore_app(site.parent.parent))
    routes = [*_readings(site, sensors), packs, Mount("/", files)]
    return Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, dispatch=add_headers)])


def _readings(site: Path, sensors: Sensors | None) -> list[BaseRoute]:
    # The one page of the website whose links hold wherever it is shown; without it the page is plain.
    frame = site / "404.html"
    return Readings(sensors, frame.read_text(encoding="utf-8") if frame.exists() else "").routes() if sensors else []


def policy(site: Path) -> str:
    """Return the content security policy: our own files, and the theme's inline scripts by their hash."""
    hashes = {inline for page in site.rglob("*.html") for inline in inline_hashes(page.read_bytes())}
    scripts = " ".join(["'self'", *sorted(hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


def inline_hashes(page: bytes) -> Iterator[str]:
    """Yield the hash of each inline script of a page, in the policy's form."""
    for script in INLINE.findall(page):
        yield f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def serve(site: Path, host: str, port: int, *, sensors: Sensors | None = None) -> None:
    """Serve until interrupted, and say where; then end what `sensors` started."""
    # The server ends upon SIGTERM and then raises it once more: as with Ctrl+C, what comes after must still be done.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server = _server(site, host, port, sensors)
        print(f"Makerwagen: {_address(host, port)}  (stop with Ctrl+C)", flush=True)
        if sensors and (text := settings_text(sensors)):
            print(text, flush=True)
        # Ctrl+C is how a day on the wagon ends, not a failure.
        with contextlib.suppress(KeyboardInterrupt):
            server.run()
    finally:
        if sensors:
            sensors.stop()


def serve_app(application: Starlette, host: str, port: int, *, said: str) -> None:
    """Serve an application of its own until interrupted, and say where and what."""
    _must_be_free(host, port)
    server = uvicorn.Server(uvicorn.Config(application, host=host, port=port, log_level="warning"))
    print(f"{_address(host, port)}: {said}  (stop with Ctrl+C)", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.run()


def prove(site: Path, host: str, port: int) -> int:
    """Start the server, ask it for every page once, print what answered, stop; return 1 if a page did not answer."""
    server = _server(site, host, port)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + ANSWER_WITHIN_S
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise MakerwagenError(f"the server did not start on {host}:{port}; is another program using the port?")
        time.sleep(0.05)
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    silent = [page for page in pages if not _answers(_address(host, port) + quote(page))]
    server.should_exit = True
    thread.join(ANSWER_WITHIN_S)
    print(f"Makerwagen: {_address(host, port)} answered for {len(pages) - len(silent)} of {len(pages)} pages")
    for page in silent:
        print(f"no answer: {page}")
    return 1 if silent else 0


def _server(site: Path, host: str, port: int, sensors: Sensors | None = None) -> uvicorn.Server:
    _must_be_free(host, port)
    return uvicorn.Server(uvicorn.Config(app(site, sensors), host=host, port=port, log_level="warning"))


def _must_be_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            why = f"cannot listen on {host}:{port} ({getattr(error, 'strerror', None) or error})"
            raise MakerwagenError(f"{why}; stop the other program or choose another --port") from error


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _answers(address: str) -> bool:
    # A school's proxy, named in the environment, does not know this machine.
    browser = build_opener(ProxyHandler({}))
    try:
        with browser.open(address, timeout=ANSWER_WITHIN_S) as response:
            return bool(response.status == 200 and response.read())
    except (OSError, HTTPException):
        return False
