"""An outing at random: educators who click, hands that clear beds, children who hand in, a desk that starts anew."""

import hashlib
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from makerwagen.content.outing import Outing
from makerwagen.desk import attempts, beds, outings, pieces, plates
from makerwagen.desk.printing import Answer, Printing
from makerwagen.desk.refusals import Reason, RefusalError
from makerwagen.desk.states import Attempt, Bed, Piece, Plate
from makerwagen.desk.store import Store
from makerwagen.errors import MakerwagenError

PRINTERS = ["prusa-1", "prusa-2"]
OUTING = "2026-09-01-schule"
NOON = 1_800_000_000.0


def outing() -> Outing:
    printers = [
        {"printer": "printer-mk3s", "name": name, "profile": "printer-mk3s", "grams_left": 900} for name in PRINTERS
    ]
    # Without a date its clock stands: no trial ends because the day does.
    words = {"place": "Schule", "start": "08:00", "end": "14:00", "lessons": ["name-tag"], "seats": 4}
    return Outing(**words, printers=printers)


def prepare(folder: Path) -> tuple[Path, list[str]]:
    """Make what a trial begins with: an outing, four seats, six pieces, three released plates."""
    path = folder / "template.sqlite"
    store = Store(path)
    outings.open_outing(store, OUTING, outing(), now=NOON)
    tokens = [made.token for made in outings.make_seats(store, OUTING, 4)]
    (folder / "gcode").mkdir(exist_ok=True)
    seat = outings.seat_of(store, tokens[0])
    for number in range(3):
        chosen = []
        for copy in range(2):
            order = pieces.Order(f"first-{number}-{copy}", "name-tag", {"text": f"{number}{copy}"})
            piece = pieces.receive(store, seat, order, now=NOON)
            pieces.record_check(store, piece, pieces.Checked(True, 300, 3))
            pieces.approve(store, piece, by="educator")
            chosen.append(piece)
        plate = plates.pack(store, OUTING, chosen, profile="printer-mk3s", now=NOON)
        slice_and_release(store, plate, PRINTERS[number % 2], folder / "gcode")
    store.close()
    return path, tokens


def slice_and_release(store: Store, plate: int, printer: str, gcode: Path) -> int:
    """Slice a plate (to a few bytes) and release it."""
    found = plates.plate_of(store, plate)
    if found.state is Plate.PACKED:
        data = f"; plate {plate} version {found.version}\n".encode()
        sha256 = hashlib.sha256(data).hexdigest()
        (gcode / f"{sha256}.gcode").write_bytes(data)
        plates.record_slices(store, plate, plates.Sliced(found.version, sha256, 600, 6))
        found = plates.plate_of(store, plate)
    return plates.release(store, plates.Wish(plate, printer, found.sha256), by="educator", now=NOON)


@dataclass
class Memory:
    """What people know whatever the desk forgets: keys sent, keys answered, words said, beds they saw."""

    sent: list[str] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    releases: list[int] = field(default_factory=lambda: [1, 2, 3])
    seen_beds: list[tuple[str, int]] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)


class Scene:
    """One desk and everybody around it, until it crashes; then another Scene goes on."""

    def __init__(self, printing: Printing, world, memory: Memory, *, tokens: list[str], chance: random.Random) -> None:
        self.printing, self.store, self.world = printing, printing.store, world
        self.memory, self.tokens, self.chance = memory, tokens, chance
        self.refused: Counter[Reason] = Counter()

    def act(self) -> None:
        """Do one thing, as anybody might at any moment; a refusal is an answer like any other."""
        todo = {
            self.start: 9,
            self.look: 6,
            self.wait: 4,
            self.go_round: 6,
            self.hand_in: 2,
            self.cancel: 3,
            self.change_a_plate: 1,
            self.pack_new: 3,
            self.release_again: 2,
            self.click_late: 1,
            self.cut_a_printer: 1,
            self.spoil_a_file: 1,
        }
        self.dare(self.chance.choices(list(todo), weights=list(todo.values()))[0])

    def dare(self, act) -> None:
        try:
            act()
        except RefusalError as error:
            self.refused[error.reason] += 1

    def start(self) -> None:
        newest = self.memory.releases[-4:] if self.chance.random() < 0.7 else self.memory.releases
        self.printing.start(self.chance.choice(newest), by="educator")

    def look(self) -> None:
        for name in PRINTERS:
            self.printing.look(name)

    def wait(self) -> None:
        self.world.tick(self.chance.choice([1.0, 10.0, 40.0, 130.0]))

    def go_round(self) -> None:
        """Go from printer to printer and tell the desk the truth."""
        for name in PRINTERS:
            self.dare(lambda name=name: self.tend(name))

    def tend(self, name: str) -> None:
        attempt = attempts.open_attempt(self.store, name)
        if attempt is None:
            # The page first, then the hand, then the click: what happens between is what `seen` is for.
            here = beds.printer_of(self.store, name)
            if here.bed is not Bed.CLEAR and self.world.take_off(name):
                self.memory.seen_beds.append((name, here.seen))
                self.printing.say_clear(name, seen=here.seen, by="educator")
        elif attempt.state is Attempt.UNKNOWN:
            self.printing.settle(attempt.id, Answer(self.world.truth(name, attempt.file)), by="educator")
        elif attempt.state in (Attempt.ENDED_REPORTED, Attempt.CANCELLED, Attempt.INTERRUPTED):
            good = Piece.DONE if self.world.truth(name, attempt.file) == "finished" else Piece.FAILED
            words = {piece: good for piece in plates.plate_of(self.store, attempt.plate).pieces}
            if self.world.take_off(name):
                self.memory.words.update({piece: str(good) for piece in words})
                self.world.say({piece: str(good) for piece in words})
                self.printing.judge(attempt.id, words, by="educator")

    def hand_in(self) -> None:
        """Send a new piece, or one again whose answer got lost."""
        lost = [key for key in self.memory.sent if key not in self.memory.answered]
        key = self.chance.choice(lost) if lost and self.chance.random() < 0.7 else f"key-{self.chance.getrandbits(60)}"
        if key not in self.memory.sent:
            self.memory.sent.append(key)
        seat = outings.seat_of(self.store, self.tokens[len(key) % len(self.tokens)])
        order = pieces.Order(key, "name-tag", {"text": key})
        piece = pieces.receive(self.store, seat, order, now=NOON)
        self.memory.answered.add(key)
        self.world.answered(key)
        pieces.record_check(self.store, piece, pieces.Checked(True, 300, 3))
        pieces.approve(self.store, piece, by="educator")

    def cancel(self) -> None:
        held = [found for name in PRINTERS if (found := attempts.open_attempt(self.store, name))]
        going = [attempt for attempt in held if attempt.state in (Attempt.PRINTING, Attempt.UPLOADED, Attempt.CLAIMED)]
        if going:
            self.printing.cancel(self.chance.choice(going).id, by="educator")

    def pack_new(self) -> None:
        """Put what is approved on a plate of its own and release it."""
        waiting = pieces.pieces_of_outing(self.store, OUTING, Piece.APPROVED)
        if waiting:
            chosen = [piece.id for piece in waiting[:2]]
            plate = plates.pack(self.store, OUTING, chosen, profile="printer-mk3s", now=NOON)
            self.release(plate)

    def change_a_plate(self) -> None:
        found = self.chance.choice(plates.plates_of_outing(self.store, OUTING))
        if len(found.pieces) > 1:
            plates.take_off(self.store, found.id, self.chance.choice(found.pieces), now=NOON)

    def release_again(self) -> None:
        """Release what waits for it: changed plates, and those of which a person said that they never started."""
        for found in plates.plates_of_outing(self.store, OUTING):
            if found.state is not Plate.RELEASED:
                self.release(found.id)

    def release(self, plate: int) -> None:
        printer = self.chance.choice(PRINTERS)
        self.memory.releases.append(slice_and_release(self.store, plate, printer, self.printing.gcode))

    def click_late(self) -> None:
        """Let a click on CLEAR arrive that was made some time ago."""
        if self.memory.seen_beds:
            name, seen = self.chance.choice(self.memory.seen_beds)
            self.printing.say_clear(name, seen=seen, by="educator")

    def cut_a_printer(self) -> None:
        self.world.restart(self.chance.choice(PRINTERS))

    def spoil_a_file(self) -> None:
        path = self.chance.choice(sorted(self.printing.gcode.glob("*.gcode")))
        path.write_bytes(b"; another plate\n" if self.chance.random() < 0.5 else self.right_bytes(path))

    def right_bytes(self, path: Path) -> bytes:
        for plate in range(1, 60):
            for version in range(1, 10):
                data = f"; plate {plate} version {version}\n".encode()
                if hashlib.sha256(data).hexdigest() == path.stem:
                    return data
        raise MakerwagenError(f"nobody made {path}")

    def finish(self, rounds: int = 30) -> bool:
        """Go on without faults until every printer is free and clear; return whether that was possible."""
        for _ in range(rounds):
            self.world.tick(130.0)
            self.dare(self.look)
            self.go_round()
            if all(
                attempts.open_attempt(self.store, name) is None and beds.printer_of(self.store, name).bed is Bed.CLEAR
                for name in PRINTERS
            ):
                return True
        return False
