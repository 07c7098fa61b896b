"""Rules about what is wired to a board: parts, terminals, pins, supplies, resistors."""

from collections.abc import Iterator
from dataclasses import dataclass

from makerwagen.checks.closest import did_you_mean
from makerwagen.content.exercise import Board, Exercise, Pin, Wire
from makerwagen.content.ohms import ohms_of
from makerwagen.content.part import Part, PartKind, PinUse, Terminal
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.problems import Place, Problem

DRIVEN = {PinUse.OUTPUT, PinUse.BOTH, PinUse.SDA, PinUse.SCL, PinUse.TX}
BUSES = {PinUse.SDA: ("i2c", "sda"), PinUse.SCL: ("i2c", "scl"), PinUse.RX: ("uart", "rx"), PinUse.TX: ("uart", "tx")}
I2C = {PinUse.SDA, PinUse.SCL}
# Below, LED or pin suffer at 5 volts; above, nobody sees the light. A bus of one wire wants a weak pull-up.
PLAUSIBLE = {PartKind.LED: (100, 2200, "220 Ω"), PartKind.DS18X20: (1000, 10_000, "4.7 kΩ")}
GROUNDS = {"GND", "AGND"}


@dataclass(frozen=True)
class Joint:
    """One terminal of a part that is there, at one pin, as an exercise declares it."""

    exercise: Exercise
    board: Board
    number: int
    wire: Wire
    part: Part
    terminal: Terminal
    name: str

    @property
    def pin(self) -> Pin | None:
        """Return the board's pin, if it has it."""
        return self.board.pin(self.name)

    def place(self) -> Place:
        """Return where the pin is written."""
        keys = ("pin",) if self.wire.pin else ("pins", self.terminal.name)
        return self.exercise.at("wiring", self.number, *keys)


def wired_pins_exist(repository: Repository) -> Iterator[Problem]:
    """MCU102: every wired pin is one of the board's.

    Why: A child looks for it on the board, and does not find it.
    Bad:
        wiring: [{id: rot, part: led-red, pin: GP51, value: 220 Ω, …}]
    Good:
        wiring: [{id: rot, part: led-red, pin: GP15, value: 220 Ω, …}]
    """
    for exercise, board, number, wire in wires(repository):
        names = {pin.name for pin in board.pins}
        for keys, name in _named(wire):
            if name not in names:
                own = "the board's own light needs no wire; remove this line"
                remedy = own if name == board.led else did_you_mean(name, names, f"see {board.origin.path}")
                what = f"board '{board.id}' has no pin '{name}'"
                yield Problem(exercise.at("wiring", number, *keys), "MCU102", what, remedy)


def reserved_pins_are_left_alone(repository: Repository) -> Iterator[Problem]:
    """MCU104: nothing is wired to a pin that the board needs for itself.

    Why: The board would lose its Wi-Fi or not start.
    Bad:
        wiring: [{id: rot, part: led-red, pin: GP23, …}]      # belongs to the Wi-Fi chip
    Good:
        wiring: [{id: rot, part: led-red, pin: GP15, …}]
    """
    for exercise, board, number, wire in wires(repository):
        for keys, name in _named(wire):
            if (pin := board.pin(name)) and pin.reserved:
                what = f"pin '{name}' of '{board.id}' is reserved: {text_in(pin.reserved, 'en')}"
                yield Problem(exercise.at("wiring", number, *keys), "MCU104", what.rstrip("."), "take another pin")


def pins_hold_one_part(repository: Repository) -> Iterator[Problem]:
    """MCU105: one part is wired to a pin, unless they share an I2C or one-wire bus.

    Why: Two LEDs on one pin cannot be told apart by the program.
    Bad:
        wiring: [{id: rot, part: led-red, pin: GP15, …}, {id: gruen, part: led-green, pin: GP15, …}]
    Good:
        wiring: [{id: rot, part: led-red, pin: GP15, …}, {id: gruen, part: led-green, pin: GP14, …}]
    """
    first: dict[tuple[str, str], tuple[Wire, object]] = {}
    kinds = {(joint.exercise.slug, joint.number, joint.name): _bus_of(joint) for joint in joints(repository)}
    for exercise, _, number, wire in wires(repository):
        for keys, name in _named(wire):
            bus = kinds.get((exercise.slug, number, name))
            other, others_bus = first.setdefault((exercise.slug, name), (wire, bus))
            if (other is not wire or _first_key(wire, name) != keys) and (bus is None or bus != others_bus):
                what = f"'{wire.id}' is on pin '{name}', where '{other.id}' is already"
                yield Problem(exercise.at("wiring", number, *keys), "MCU105", what, "take another pin")


def parts_have_their_resistor(repository: Repository) -> Iterator[Problem]:
    """MCU106: every wired LED, and whatever else needs one, has a resistor, given as its value.

    Why: Without it too much current flows, and LED or pin break.
    Bad:
        wiring: [{id: rot, part: led-red, pin: GP15, …}]
    Good:
        wiring: [{id: rot, part: led-red, pin: GP15, value: 220 Ω, …}]
    """
    for exercise, _, number, wire, part in parts_wired(repository):
        if part.needs_resistor and not wire.value:
            example = PLAUSIBLE.get(part.kind, PLAUSIBLE[PartKind.LED])[2]
            what = f"'{wire.id}' ({wire.part}) has no resistor"
            yield Problem(exercise.at("wiring", number), "MCU106", what, f"add its value, e.g. 'value: {example}'")


def resistors_fit(repository: Repository) -> Iterator[Problem]:
    """MCU107: a resistor's value can be read, fits its part, and belongs to a part that needs one.

    Why: 3 Ω protect no LED, and with 100 kΩ it stays dark; a value that nobody asks for is in no picture.
    Bad:
        wiring: [{id: rot, part: led-red, pin: GP15, value: 3 Ω, …}]
    Good:
        wiring: [{id: rot, part: led-red, pin: GP15, value: 330 Ω, …}]
    """
    for exercise, _, number, wire, part in parts_wired(repository):
        if wire.value is None:
            continue
        place, ohms = exercise.at("wiring", number, "value"), ohms_of(wire.value)
        least, most, example = PLAUSIBLE.get(part.kind, PLAUSIBLE[PartKind.LED])
        if not part.needs_resistor:
            yield Problem(place, "MCU107", f"'{wire.id}' ({wire.part}) takes no resistor", "remove 'value'")
        elif ohms is None:
            yield Problem(place, "MCU107", f"'{wire.value}' is no resistor", f"write e.g. '{example}'")
        elif not least <= ohms <= most:
            what = f"'{wire.value}' is not plausible for '{wire.part}'"
            yield Problem(place, "MCU107", what, f"take {least} to {most} Ω, e.g. '{example}'")


def analogue_parts_are_on_adc_pins(repository: Repository) -> Iterator[Problem]:
    """MCU108: a part that gives a voltage to measure is wired to a pin that can measure.

    Why: Other pins know only 0 and 1; ADC(Pin(…)) fails on them.
    Bad:
        wiring: [{id: knopf, part: potentiometer, pin: GP15, …}]
    Good:
        wiring: [{id: knopf, part: potentiometer, pin: GP26, …}]
    """
    for joint in joints(repository):
        if joint.terminal.uses is PinUse.ADC and joint.pin and not joint.pin.adc:
            able = ", ".join(pin.name for pin in joint.board.pins if pin.adc and not pin.reserved)
            what = f"pin '{joint.name}' of '{joint.board.id}' cannot measure a voltage"
            yield Problem(joint.place(), "MCU108", what, f"take one of {able}" if able else "take another board")


def input_only_pins_only_listen(repository: Repository) -> Iterator[Problem]:
    """MCU109: a pin that can only listen drives nothing, and holds no button that needs its pull-up.

    Why: GPIO34 to 39 of an ESP32 have no output stage and no pull resistor; the button would read by chance.
    Bad:
        wiring: [{id: rot, part: led-red, pin: GPIO34, value: 220 Ω, …}]
    Good:
        wiring: [{id: rot, part: led-red, pin: GPIO25, value: 220 Ω, …}]
    """
    for joint in joints(repository):
        if not (joint.pin and joint.pin.input_only):
            continue
        if joint.terminal.uses in DRIVEN:
            what = f"pin '{joint.name}' of '{joint.board.id}' can only listen, but drives '{joint.wire.id}'"
        elif joint.part.kind is PartKind.BUTTON:
            what = f"pin '{joint.name}' of '{joint.board.id}' has no pull-up for the button '{joint.wire.id}'"
        else:
            continue
        yield Problem(joint.place(), "MCU109", what, "take another pin")


def buses_are_where_the_board_has_them(repository: Repository) -> Iterator[Problem]:
    """MCU110: I2C and UART are wired to pins that have that bus, and both wires of I2C to the same one.

    Why: I2C(0, sda=…, scl=…) refuses other pins, and SDA of one bus with SCL of another is no bus.
    Bad:
        wiring: [{id: display, part: oled-display, pins: {sda: GP0, scl: GP3}, …}]
    Good:
        wiring: [{id: display, part: oled-display, pins: {sda: GP0, scl: GP1}, …}]
    """
    clocks: dict[tuple[str, int], tuple[str, ...]] = {}
    for joint in joints(repository):
        bus = BUSES.get(joint.terminal.uses)
        if bus is None or joint.pin is None or joint.board.free_buses:
            continue
        found = _buses(joint.pin, *bus)
        what = ""
        if not found:
            what = f"pin '{joint.name}' of '{joint.board.id}' is no {bus[0].upper()} {bus[1].upper()}"
        elif joint.terminal.uses in I2C:
            others = clocks.setdefault((joint.exercise.slug, joint.number), found)
            if not set(others) & set(found):
                what = f"'{joint.wire.id}' is on {others[0]} and on {found[0]}"
        if what:
            able = (pin.name for pin in joint.board.pins if _buses(pin, *bus) and not pin.reserved)
            yield Problem(joint.place(), "MCU110", what, f"{bus[0].upper()} {bus[1].upper()} is on {', '.join(able)}")


def wires(repository: Repository) -> Iterator[tuple[Exercise, Board, int, Wire]]:
    """Yield every wire of an exercise whose board is there."""
    for exercise in repository.exercises.values():
        if board := repository.boards.get(exercise.board):
            for number, wire in enumerate(exercise.wiring):
                yield exercise, board, number, wire


def parts_wired(repository: Repository) -> Iterator[tuple[Exercise, Board, int, Wire, Part]]:
    """Yield every wire whose part is known too."""
    for exercise, board, number, wire in wires(repository):
        if repository.parts and (part := repository.parts.get(wire.part)):
            yield exercise, board, number, wire, part


def joints(repository: Repository) -> Iterator[Joint]:
    """Yield every terminal that is at a pin."""
    for exercise, board, number, wire, part in parts_wired(repository):
        for name, pin in wire.pins_of(part).items():
            if terminal := part.terminal(name):
                yield Joint(exercise, board, number, wire, part, terminal, pin)


def _named(wire: Wire) -> list[tuple[tuple[str, ...], str]]:
    return [(("pin",), wire.pin)] if wire.pin else [(("pins", name), pin) for name, pin in wire.pins.items()]


def _first_key(wire: Wire, name: str) -> tuple[str, ...]:
    return next(keys for keys, pin in _named(wire) if pin == name)


def _buses(pin: Pin, kind: str, wire: str) -> tuple[str, ...]:
    names = (bus.split("-") for bus in pin.buses)
    return tuple(bus for bus, _, end in ((name[0], "", name[-1]) for name in names) if bus[:-1] == kind and end == wire)


def _bus_of(joint: Joint) -> object:
    """Return what several parts may share at a pin: the line of an I2C bus, or the one wire of such sensors."""
    if joint.terminal.uses in I2C:
        return joint.terminal.uses
    return joint.part.kind if joint.part.kind is PartKind.DS18X20 else None
