"""A desk for tests: a store with an outing, four seats, two printers that do as they are told, and a clock."""

import random
from pathlib import Path

import pytest

from makerwagen.desk import beds, outings, pieces, plates
from makerwagen.desk.printing import Printing
from makerwagen.desk.store import Store
from tests.faults.desk_scene import NOON, OUTING, PRINTERS, outing, slice_and_release
from tests.faults.desk_world import World, WorldPrinter


class Desk:
    """What a test needs at hand."""

    def __init__(self, place: Path | str, folder: Path) -> None:
        self.place, self.gcode = place, folder / "gcode"
        self.gcode.mkdir()
        self.store = Store(place)
        outings.open_outing(self.store, OUTING, outing(), now=NOON)
        self.seats = outings.make_seats(self.store, OUTING, 4)
        self.world = World(PRINTERS, folder / "desk.sqlite", random.Random(1))
        self.world.faults = False
        if self.place != folder / "desk.sqlite":
            self.world._check_start = lambda *_: None
        for machine in self.world.machines.values():
            machine.dirty = False
        self.printing = self.boot()

    def boot(self) -> Printing:
        printers = {name: WorldPrinter(self.world, name) for name in PRINTERS}
        made = type("Clocked", (Printing,), {"steady": staticmethod(lambda: self.world.now)})
        self.printing = made(self.store, printers, gcode=self.gcode, clock=lambda: NOON + self.world.now)
        return self.printing

    def piece(self, key: str = "one", seat: int = 0, *, green: bool = True) -> int:
        order = pieces.Order(key, "name-tag", {"text": key}, "name-tag")
        number = pieces.receive(self.store, self.seats[seat].seat, order, now=NOON)
        pieces.record_check(self.store, number, pieces.Checked(green, 300, 3, () if green else ("zu dünn",)))
        return number

    def plate(self, *keys: str) -> int:
        chosen = []
        for key in keys or ("a", "b"):
            chosen.append(self.piece(key))
            pieces.approve(self.store, chosen[-1], by="educator")
        return plates.pack(self.store, OUTING, chosen, profile="printer-mk3s", now=NOON)

    def release(self, plate: int, printer: str = PRINTERS[0]) -> int:
        return slice_and_release(self.store, plate, printer, self.gcode)

    def clear(self, printer: str = PRINTERS[0]) -> None:
        seen = beds.printer_of(self.store, printer).seen
        self.printing.say_clear(printer, seen=seen, by="educator")

    def bed(self, printer: str = PRINTERS[0]) -> str:
        return beds.printer_of(self.store, printer).bed


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "desk.sqlite", tmp_path)
    yield made
    made.store.close()
