"""Questions and commands to a printer over IPP/2.0 (RFC 8010, 8011); `pyipp` makes and reads the bytes.

Not pyipp's own client: it tells a lost answer and an address where nobody is in the same words.
"""

import dataclasses
import urllib.parse
from collections.abc import AsyncIterator
from typing import Any

from pyipp.enums import IppOperation
from pyipp.parser import parse
from pyipp.serializer import encode_dict

from makerwagen.printers import guards
from makerwagen.printers.port import Address, NoAnswerError, OutcomeUnknownError, RefusedError
from makerwagen.printers.wire import Wire

USER, CHUNK = "makerwagen", 64 * 1024
# Status codes of IPP (RFC 8011, appendix B) with which a printer surely took no job.
SURE_REFUSALS = {0x0501, 0x0503, 0x0506, 0x0507, 0x0509}
REFUSALS = {
    0x0401: "is not allowed to",
    0x0402: "wants a password",
    0x0403: "does not accept the password",
    0x0404: "cannot do that any more",
    0x0406: "does not know that queue or job",
    0x0408: "says the file is too large",
    0x040A: "does not take PDF; put a CUPS queue before it",
    0x040B: "cannot do what was asked (both sides, copies); try one side",
    0x0506: "takes no jobs at the moment",
    0x0507: "is busy",
}


class Ipp:
    """The line to one printer or queue, at an address like ipp://127.0.0.1:631/printers/wagon."""

    def __init__(self, address: Address) -> None:
        """Prepare the line."""
        self.name, self.uri, self.seconds = address.name, address.url, address.upload_timeout_s
        headers = {"Content-Type": "application/ipp", "Accept": "application/ipp"}
        self.wire = Wire(dataclasses.replace(address, url=_http(address.url)), headers)

    def ask(self, operation: IppOperation, about: dict[str, Any]) -> dict[str, Any]:
        """Return what the printer answers to a question; raise NotReachedError or NoAnswerError."""
        answer = self.wire.look("", "POST", content=self._message(operation, about, {}, b""))
        if answer.code != 200:
            raise NoAnswerError(f"printer '{self.name}' answered {answer.code}: {answer.text}")
        told = _parsed(answer.body)
        if told is None:
            raise NoAnswerError(f"printer '{self.name}' does not answer in IPP; is its address right?")
        if told["status-code"] >= 0x0400:
            raise NoAnswerError(f"printer '{self.name}' {_refusal(told['status-code'])}")
        return told

    def command(
        self, operation: IppOperation, about: dict[str, Any], wishes: dict[str, Any], data: bytes
    ) -> dict[str, Any]:
        """Send a command once and return the answer, which may be a refusal: see `settle`."""
        message = self._message(operation, about, wishes, data)
        # A document goes in chunks, as from CUPS: that is what printers are tried with.
        content = _chunks(message) if data else message
        answer = self.wire.command("POST", "", timeout_s=self.seconds, content=content)
        guards.settle(self.name, operation.name, answer.code, answer.text)
        told = _parsed(answer.body)
        if told is None:
            raise OutcomeUnknownError(f"the answer of printer '{self.name}' cannot be read")
        return told

    def settle(self, told: dict[str, Any], doing: str) -> None:
        """Return if the answer says yes; raise RefusedError for a no, OutcomeUnknownError for anything else."""
        code = told["status-code"]
        if code < 0x0400:
            return
        if code < 0x0500 or code in SURE_REFUSALS:
            raise RefusedError(f"printer '{self.name}' {_refusal(code)} ({doing}); nothing was done")
        raise OutcomeUnknownError(f"printer '{self.name}' {_refusal(code)} ({doing}); perhaps it was done")

    def _message(self, operation: IppOperation, about: dict[str, Any], wishes: dict[str, Any], data: bytes) -> bytes:
        first = {"attributes-charset": "utf-8", "attributes-natural-language": "en", "printer-uri": self.uri}
        # The order counts (RFC 8011, 4.1.4 and 4.1.5): charset, language, target, then the job, then who asks.
        job = {key: about[key] for key in ("job-id",) if key in about}
        rest = {key: value for key, value in about.items() if key not in job}
        attributes = {**first, **job, "requesting-user-name": USER, **rest}
        message = {"version": (2, 0), "operation": operation, "operation-attributes-tag": attributes, "data": data}
        encoded: bytes = encode_dict(message | ({"job-attributes-tag": wishes} if wishes else {}))
        return encoded


async def _chunks(message: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(message), CHUNK):
        yield message[start : start + CHUNK]


def _http(uri: str) -> str:
    """Return the http address of an ipp address; IPP's port is 631."""
    try:
        url = urllib.parse.urlsplit(uri)
        port = url.port or 631
    except ValueError:
        url, port = urllib.parse.urlsplit(""), 0
    if url.scheme not in ("ipp", "ipps") or not url.hostname:
        raise RefusedError(f"'{uri}' is no address of a printer; it looks like ipp://192.168.8.20:631/ipp/print")
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    return f"{'https' if url.scheme == 'ipps' else 'http'}://{host}:{port}{url.path}"


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        return parse(body)
    except Exception:  # pyipp raises whatever the bytes lead it to; all mean the same
        return None


def _refusal(code: int) -> str:
    return REFUSALS.get(code, f"refused with IPP status 0x{code:04x}")
