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

API = "/api/explore/v2.1/catalog/datasets"
USER_AGENT = "makerwagen-data-refresh/1 (school project, one snapshot by hand)"
MOST_BYTES = 5_000_000
SILENCE_S, WHOLE_S = 20.0, 60.0
UNCHANGED = "nothing was changed"


class Portal:
    """One portal of the Explore API v2.1."""

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
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
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

    def _get(self, path: str, asked: Mapping[str, str]) -> dict[str, Any]:
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
        return _object(data, url, answer.status_code)

    def _read(self, answer: httpx.Response, url: str) -> bytes:
        deadline = time.monotonic() + self._whole_s
        data = bytearray()
        for piece in answer.iter_bytes():
            data += piece
            if len(data) > MOST_BYTES:
                raise MakerwagenError(
                    f"{url}: more than {MOST_BYTES // 1_000_000} MB; {UNCHANGED}; "
                    "a lesson needs less: set real.rows or real.where in pack.yml"
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
        raise MakerwagenError(
            f"{url}: a web page (HTML) came instead of data; {UNCHANGED}; "
            "open the address in a browser: a filter or a login page may stand in between"
        )
    if not isinstance(found, dict):
        raise MakerwagenError(f"{url}: what came is not JSON, it may be cut off; {UNCHANGED}; try again")
    return found


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
