"""Questions and commands to a printer over HTTP: each is sent once, and ends within its time."""

import asyncio
import json
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from makerwagen.printers.port import Address, NoAnswerError, NotReachedError, OutcomeUnknownError

MOST_ANSWER_BYTES = 2 * 1024 * 1024
CONNECT_S = 3.0
NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


@dataclass(frozen=True)
class Answer:
    """What came back: status code, JSON (None if it is none), and words for people."""

    code: int
    body: bytes

    @property
    def data(self) -> Any:
        """Return the body as JSON, None if it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def text(self) -> str:
        """Return what the printer says is wrong, in one short line."""
        said: Any = self.data
        for key in ("error", "message", "text"):
            if isinstance(said, dict) and key in said:
                said = said[key] if not isinstance(said[key], dict) else said[key].get("message", "")
        words = said if isinstance(said, str) else self.body.decode("utf-8", "replace")
        return " ".join(words.split())[:200]


class Wire:
    """The line to one printer."""

    def __init__(self, address: Address, headers: dict[str, str]) -> None:
        """Remember where the printer is; nothing is opened before it is needed."""
        self.address, self.headers = address, headers

    def look(self, path: str, method: str = "GET", **content: Any) -> Answer:
        """Return the answer to a question; raise NotReachedError or NoAnswerError."""
        try:
            return self._ask(method, path, self.address.timeout_s, content)
        except OutcomeUnknownError as error:
            raise NoAnswerError(str(error)) from None

    def fact(self, path: str) -> dict[str, Any]:
        """Return the JSON object at `path`; raise NoAnswerError if it is something else."""
        answer = self.look(path)
        if answer.code in (401, 403):
            raise NoAnswerError(f"printer '{self.address.name}' does not accept our key; enter the printer's key anew")
        if answer.code != 200 or not isinstance(answer.data, dict):
            raise NoAnswerError(f"printer '{self.address.name}' answered {answer.code} to {path}: {answer.text}")
        return answer.data

    def command(self, method: str, path: str, *, timeout_s: float | None = None, **content: Any) -> Answer:
        """Send a command once; raise NotReachedError if it was not sent, OutcomeUnknownError if no answer came."""
        return self._ask(method, path, timeout_s or self.address.timeout_s, content)

    def _ask(self, method: str, path: str, seconds: float, content: dict[str, Any]) -> Answer:
        name = self.address.name
        try:
            # In a thread of its own, so that it works wherever an event loop runs already.
            with ThreadPoolExecutor(max_workers=1) as pool:
                return pool.submit(asyncio.run, self._exchange(method, path, seconds, content)).result()
        except NOTHING_SENT as error:
            raise NotReachedError(
                f"printer '{name}' cannot be reached ({error}); is it on, and in the network?"
            ) from None
        except (TimeoutError, httpx.TimeoutException):
            raise OutcomeUnknownError(f"printer '{name}' did not answer within {seconds:g} s; is it on?") from None
        except httpx.HTTPError as error:
            raise OutcomeUnknownError(f"the answer of printer '{name}' got lost ({error})") from None

    async def _exchange(self, method: str, path: str, seconds: float, content: dict[str, Any]) -> Answer:
        # A client for each request: no connection lies about and none is reused after a printer's restart. The
        # environment's proxies are not asked, for they would be told the key.
        limits = httpx.Timeout(seconds, connect=min(seconds, CONNECT_S))
        headers = self.headers | content.pop("headers", {})
        async with (
            asyncio.timeout(seconds),
            httpx.AsyncClient(verify=_certificates(), trust_env=False, timeout=limits) as client,
            client.stream(method, self.address.url.rstrip("/") + path, headers=headers, **content) as response,
        ):
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > MOST_ANSWER_BYTES:
                    raise httpx.DecodingError("it is longer than any printer's answer")
            return Answer(response.status_code, bytes(body))


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()
