"""Which adapter speaks with which kind of printer: a new kind is a new line here."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from makerwagen.printers.moonraker import Moonraker
from makerwagen.printers.octoprint import OctoPrint
from makerwagen.printers.port import Address, Printer
from makerwagen.printers.prusalink import PrusaLink
from makerwagen.printers.simulated import Simulated


class PrinterKind(StrEnum):
    """What a printer is spoken to through."""

    SIMULATED = "simulated"
    OCTOPRINT = "octoprint"
    MOONRAKER = "moonraker"
    PRUSALINK = "prusalink"


ADAPTERS: dict[PrinterKind, Callable[[Address], Printer]] = {
    PrinterKind.OCTOPRINT: OctoPrint,
    PrinterKind.MOONRAKER: Moonraker,
    PrinterKind.PRUSALINK: PrusaLink,
}


def open_printer(kind: PrinterKind, address: Address, *, state: Path, speed: float = 1.0) -> Printer:
    """Return the printer at `address`; a simulated one lives in `state`/its name and needs no address."""
    if kind is PrinterKind.SIMULATED:
        return Simulated(address.name, state / address.name, speed=speed, identity=address.identity)
    return ADAPTERS[kind](address)
