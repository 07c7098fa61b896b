"""What is checked before a command goes out to a printer, and what its answer means."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from makerwagen.printers.port import Kind, NoAnswerError, NotReachedError, OutcomeUnknownError, RefusedError, Status

# Lower case, no dots or slashes: the same on FAT, on OctoPrint (which changes other names) and in a URL.
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\.gcode")
MOST_BYTES = 256 * 1024 * 1024
KEY_WORDS = "does not accept our key; enter the printer's key anew"


def checked_name(name: str) -> str:
    """Return `name` if it can be a file on every printer."""
    if not NAME.fullmatch(name):
        raise RefusedError(f"'{name}' is no name for a print file; use small letters, digits, '-' and end with .gcode")
    return name


def checked_bytes(path: Path, sha256: str) -> bytes:
    """Return the bytes of `path`, which are exactly those that were released."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RefusedError(f"{path.name} is larger than {MOST_BYTES // 1024 // 1024} MB; slice fewer parts")
        data = path.read_bytes()
    except OSError as error:
        raise RefusedError(f"cannot read {path.name}: {error.strerror}; slice the plate again") from None
    if hashlib.sha256(data).hexdigest() != sha256.lower():
        raise RefusedError(f"{path.name} is not the file that was released; slice and release the plate again")
    return data


def refuse_unless_idle(printer: str, status: Status) -> None:
    """Raise unless the printer says that it is idle."""
    if status.kind is Kind.IDLE:
        return
    away = {Kind.OFFLINE: NotReachedError, Kind.UNKNOWN: NoAnswerError}.get(status.kind, RefusedError)
    if status.message.startswith(f"printer '{printer}'"):
        raise away(f"{status.message} Nothing was started")
    doing = f" '{status.file}'" if status.file else ""
    why = f" ({status.message})" if status.message else ""
    raise away(f"printer '{printer}' is {status.kind}{doing}{why}; nothing was started, wait until it is idle")


def refuse_unless_printing(printer: str, status: Status) -> None:
    """Raise unless there is a print to cancel."""
    if status.kind not in (Kind.PRINTING, Kind.PAUSED):
        raise RefusedError(f"printer '{printer}' is {status.kind}: there is nothing to cancel")


def refuse_a_stranger(printer: str, *, expected: str, found: str) -> None:
    """Raise if another printer answers at this address, or the printer was given another name."""
    if expected and expected != found:
        raise RefusedError(
            f"printer '{printer}' calls itself '{found}', expected '{expected}': was it renamed, or is another one at "
            "its address? Look at it, then correct the name in the printer's settings"
        )


def settle(printer: str, doing: str, code: int, text: str) -> None:
    """Return if the answer says yes; 4xx is a no for sure, anything else may have been done."""
    if 200 <= code < 300:
        return
    said = f": {text}" if text else ""
    if code == 401:
        raise RefusedError(f"printer '{printer}' {KEY_WORDS} ({doing}, 401{said})")
    if code == 403:  # OctoPrint means the key, Moonraker a file that is in use
        raise RefusedError(f"printer '{printer}' refused, is its key right? ({doing}, 403{said}); nothing was done")
    if code == 415:
        raise RefusedError(f"printer '{printer}' does not take this type of file ({doing}, 415{said})")
    if 400 <= code < 500 and code != 408:
        raise RefusedError(f"printer '{printer}' refused ({doing}, {code}{said}); nothing was done")
    raise OutcomeUnknownError(
        f"printer '{printer}' answered {code}{said} ({doing}): perhaps it was done; look at it, do not repeat"
    )


def said_or_why(printer: str, ask: Callable[[], Status]) -> Status:
    """Return what `ask` learns, or a status that says why nothing was learnt; never raises."""
    try:
        return ask()
    except NotReachedError as error:
        return Status(Kind.OFFLINE, message=str(error))
    except NoAnswerError as error:
        return Status(Kind.UNKNOWN, message=str(error))
    except (AttributeError, TypeError, ValueError, KeyError):
        # JSON, but not the printer's: something else answers at its address.
        return Status(Kind.UNKNOWN, message=f"printer '{printer}' answers in an unknown shape; is its address right?")
