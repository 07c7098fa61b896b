"""Asks an open-data portal, carefully: a time and size for everything, no redirects, and errors in plain words."""

import ipaddress
import json
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.reading import PACK_FILE

API = "/api/explore/v2.1/catalog/datasets"
USER_AGENT = "makerwagen-data-refresh/1 (school project, one snapshot by hand)"
MOST_BYTES = 5_000_000
SILENCE_S, WHOLE_S = 20.0, 60.0
UNCHANGED = "nothing was changed"
A_WEB_PAGE = (
    f"a web page (HTML) came instead of data; {UNCHANGED}; "
    "open the address in a browser: a filter or a login page may stand in between"
)


class NotFoundError(MakerwagenError):
    """The portal has no such file."""


class Portal:
    """One portal: of the Explore API v2.1, or one that hands out files."""

    def __init__(self, address: str, *, silence_s: float = SILENCE_S, whole_s: float = WHOLE_S) -> None:
        """Open a client for `address`, e.g. https://open-data.dortmund.de."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            raise MakerwagenError(f"'{address}' is no address of a portal; write it like https://open-data.dortmund.de")
        self.address = address.rstrip("/")
        self._whole_s = whole_s
        # A school's proxy, named in the environment, leads to the internet but does not know this machine.
        self._client = httpx.Client(
            timeout=silence_s,
            follow_redirects=False,
            headers={"User-Agent": USER_AGENT, "Accept": "application/json, */*;q=0.5"},
            trust_env=not _is_here(parts.hostname),
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Close the client."""
        self._client.close()

    def metadata(self, dataset: str) -> dict[str, Any]:
        """Return what the portal says about a data set."""
        return self._get(f"{API}/{dataset}", {})

    def records(self, dataset: str, asked: Mapping[str, str]) -> dict[str, Any]:
        """Return one page of records."""
        return self._get(f"{API}/{dataset}/records", asked)

    def file(self, path: str, asked: Mapping[str, str]) -> bytes:
        """Return a file that is no web page and no message; raise NotFoundError where the portal has none."""
        url = self.address + path
        data, status = self._fetch(path, asked)
        start = data[:2000].decode("utf-8", errors="replace").lstrip("\ufeff \r\n\t")
        if status == 404:
            raise NotFoundError(f"{url}: there is no such file{_told(start)} (status 404); {UNCHANGED}")
        if status != 200:
            raise MakerwagenError(
                f"{url}: the portal answers {status}{_told(start)} (status {status}); {UNCHANGED}; try again later"
            )
        if start[:1] == "<":
            raise MakerwagenError(f"{url}: {A_WEB_PAGE}")
        if start[:1] == "{" and (told := _told(start)):
            raise MakerwagenError(f"{url}: no file came{told}; {UNCHANGED}; look into {PACK_FILE}")
        if not data:
            raise MakerwagenError(f"{url}: the file is empty; {UNCHANGED}; try again later")
        return data

    def _get(self, path: str, asked: Mapping[str, str]) -> dict[str, Any]:
        data, status = self._fetch(path, asked)
        return _object(data, self.address + path, status)

    def _fetch(self, path: str, asked: Mapping[str, str]) -> tuple[bytes, int]:
        url = self.address + path
        try:
            with self._client.stream("GET", url, params=dict(asked)) as answer:
                if answer.is_redirect:
                    _say_redirect(url, answer.headers.get("location", "?"))
                data = self._read(answer, url)
        except httpx.TimeoutException:
            raise MakerwagenError(f"{url}: did not answer in time; {UNCHANGED}; try again later") from None
        except httpx.RemoteProtocolError as error:
            raise MakerwagenError(f"{url}: the answer was cut off ({error}); {UNCHANGED}; try again") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            why = str(error) or type(error).__name__
            raise MakerwagenError(
                f"{url}: cannot be reached ({why}); {UNCHANGED}; is this machine online, and is the address right?"
            ) from None
        return data, answer.status_code

    def _read(self, answer: httpx.Response, url: str) -> bytes:
        deadline = time.monotonic() + self._whole_s
        data = bytearray()
        for piece in answer.iter_bytes():
            data += piece
            if len(data) > MOST_BYTES:
                raise MakerwagenError(
                    f"{url}: more than {MOST_BYTES // 1_000_000} MB; {UNCHANGED}; "
                    "a lesson needs less: set real.rows, real.where or another file in pack.yml"
                )
            if time.monotonic() > deadline:
                raise MakerwagenError(
                    f"{url}: still sending after {self._whole_s:.0f} s; {UNCHANGED}; try again on a faster line"
                )
        return bytes(data)


def _say_redirect(url: str, location: str) -> None:
    raise MakerwagenError(
        f"{url}: sends us on to '{location}'; {UNCHANGED}; log in to the school's network if it asks for that, "
        "or, if the portal has moved, name the new address with --portal"
    )


def _object(data: bytes, url: str, status: int) -> dict[str, Any]:
    """Return the JSON object of an answer; raise MakerwagenError for everything else."""
    text = data.decode("utf-8", errors="replace").lstrip("\ufeff")
    is_page = text.lstrip()[:1] == "<"
    try:
        found = None if is_page else json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        found = None
    told = str(found.get("message", ""))[:300] if isinstance(found, dict) else ""
    if status != 200 or (told and "error_code" in (found or {})):
        words = f"the portal says '{told}'" if told else f"the portal answers {status}"
        todo = "look for the data set in the portal, it may have been renamed" if status == 404 else "try again later"
        raise MakerwagenError(f"{url}: {words} (status {status}); {UNCHANGED}; {todo}")
    if is_page:
        raise MakerwagenError(f"{url}: {A_WEB_PAGE}")
    if not isinstance(found, dict):
        raise MakerwagenError(f"{url}: what came is not JSON, it may be cut off; {UNCHANGED}; try again")
    return found


def _told(start: str) -> str:
    """Return what a portal's message says, as words to go on with."""
    try:
        found = json.loads(start)
    except (json.JSONDecodeError, RecursionError):
        return ""
    words = found.get("message") if isinstance(found, dict) else None
    return f": the portal says '{str(words)[:300]}'" if words else ""


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
