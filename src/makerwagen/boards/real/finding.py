"""Finds the boards on this computer's cables and asks each who it is."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from makerwagen.boards.real.failures import BoardFailureError, Failure
from makerwagen.boards.real.link import Link, UsbPort, usb_ports

# USB ids of boards, and of the chips between a board and the cable. Other devices have such chips too, 3D printers for
# one: a port that another program has open is never touched, see holders.py.
KNOWN_USB = {
    (0x2E8A, 0x0005): "Raspberry Pi Pico (MicroPython)",
    (0x2E8A, 0x000B): "Raspberry Pi Pico (CircuitPython)",
    (0x303A, 0x4001): "Espressif board (MicroPython)",
    (0x303A, 0x1001): "Espressif board (built-in USB)",
    (0x10C4, 0xEA60): "CP2102 chip, usual on ESP32 boards",
    (0x1A86, 0x7523): "CH340 chip, usual on ESP32 boards",
    (0x1A86, 0x55D4): "CH9102 chip, usual on ESP32 boards",
    (0x0403, 0x6001): "FT232 chip, on some ESP32 boards",
    (0xF055, 0x9800): "pyboard (MicroPython)",
}
STICKER_FILE = "sticker.txt"
COMPUTERS = {"linux", "darwin", "win32"}
OLDEST = (1, 20)
MARK = "makerwagen:"
# In a function, so that nothing stays behind for the learner's program to find.
WHO = f"""
def _who():
    import sys, json
    uid = sticker = ""
    try:
        import machine, binascii
        uid = binascii.hexlify(machine.unique_id()).decode()
    except Exception:
        pass
    try:
        with open("/{STICKER_FILE}") as file:
            sticker = file.read(20).strip()
    except Exception:
        pass
    print("{MARK}" + json.dumps({{
        "firmware": sys.implementation.name,
        "version": [part for part in sys.implementation.version if isinstance(part, int)][:3],
        "port": sys.platform,
        "machine": getattr(sys.implementation, "_machine", ""),
        "uid": uid,
        "sticker": int(sticker) if sticker.isdigit() else None,
    }}))
_who()
del _who
"""


class Identity(BaseModel):
    """What a board says about itself; a board may say anything, so it is checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    firmware: Annotated[str, Field(max_length=40)]
    version: Annotated[tuple[int, ...], Field(max_length=3)]
    port: Annotated[str, Field(max_length=40)]
    machine: Annotated[str, Field(max_length=120)]
    uid: Annotated[str, Field(max_length=64, pattern="^[0-9a-f]*$")]
    sticker: Annotated[int | None, Field(ge=0, le=9999)] = None

    @property
    def version_text(self) -> str:
        """Return the version as people write it."""
        return ".".join(str(part) for part in self.version)


@dataclass(frozen=True)
class FoundBoard:
    """A port that may have a board on it: who answered there, or why nobody did."""

    port: str
    usb: str = ""
    identity: Identity | None = None
    failure: BoardFailureError | None = field(default=None, compare=False)

    @property
    def ok(self) -> bool:
        """Say whether a board answered."""
        return self.identity is not None


def find_boards(ports: Sequence[str] = ()) -> list[FoundBoard]:
    """Return the boards on `ports`, or on every USB port that may have one; asked all at once.

    Asking interrupts the program that runs on a board and starts it anew afterwards.
    """
    places = places_of(ports)
    if not places:
        return []
    with ThreadPoolExecutor(len(places)) as crew:
        return list(crew.map(_ask, places))


def places_of(ports: Sequence[str]) -> list[UsbPort]:
    """Return the ports to look at: those named, or those with the USB id of a board."""
    known = usb_ports()
    if not ports:
        return [place for place in known if (place.vendor, place.product) in KNOWN_USB]
    by_name = {place.device: place for place in known}
    return [by_name.get(port, UsbPort(port)) for port in dict.fromkeys(ports)]


def identify(link: Link) -> Identity:
    """Return who the board is; raise BoardFailureError when it tells nonsense."""
    answer = link.ask(WHO)
    line = next((line for line in answer.splitlines() if line.startswith(MARK)), "")
    try:
        return Identity.model_validate(json.loads(line.removeprefix(MARK)))
    except (json.JSONDecodeError, ValidationError):
        raise BoardFailureError(Failure.GARBAGE, link.port, f"heard {answer[:60]!r}") from None


def must_have_a_flash(identity: Identity, port: str) -> None:
    """Raise BoardFailureError when this is MicroPython on a computer, whose files are nobody's to change."""
    if identity.port in COMPUTERS and not identity.uid:
        raise BoardFailureError(
            Failure.WRONG_BOARD, port, f"MicroPython on a computer ({identity.machine}), not a board"
        )


def must_suit(identity: Identity, port: str, *, needs: str | None = None, board: str = "") -> None:
    """Raise BoardFailureError when the firmware is not MicroPython, too old, or of another port than `needs`."""
    if identity.firmware != "micropython":
        raise BoardFailureError(Failure.NOT_MICROPYTHON, port, f"{identity.firmware} {identity.version_text}")
    if identity.version[:2] < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise BoardFailureError(Failure.TOO_OLD, port, f"MicroPython {identity.version_text}, needed is {oldest}")
    if needs and identity.port != needs:
        detail = f"the program is for {board or needs} ({needs}), this is {identity.machine} ({identity.port})"
        raise BoardFailureError(Failure.WRONG_BOARD, port, detail)


def _ask(place: UsbPort) -> FoundBoard:
    usb = KNOWN_USB.get((place.vendor or 0, place.product or 0), "")
    try:
        with Link(place.device) as link:
            link.enter()
            link.fresh()
            identity = identify(link)
            link.leave(restart=True)
    except BoardFailureError as failure:
        return FoundBoard(place.device, usb, failure=failure)
    return FoundBoard(place.device, usb, identity)
