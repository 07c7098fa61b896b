"""Where each kind of part has its legs, in rows from its first one, and how wide its body is."""

from dataclasses import dataclass

from makerwagen.content.exercise import Board, Through, Wire
from makerwagen.content.part import Part, PartKind, PinUse

SUPPLY, GROUND, OTHER = "supply", "ground", "other"
# Modules as they are mostly sold; the picture says that the printing on the part counts.
GROUND_FIRST = {PartKind.SSD1306, PartKind.BME280}
# They lie beside the breadboard; only the ends of their wires stick in it.
HANGING = {PartKind.SERVO, PartKind.NEOPIXEL, PartKind.DS18X20, PartKind.SDS011}
HANGING_SENSORS = {"soil-moisture"}
# Wide enough that a neighbour two rows further does not bump into the module as it is sold.
BODY_ROWS = {
    PartKind.LED: 2,
    PartKind.BUTTON: 3,
    PartKind.BUZZER: 4,
    PartKind.HCSR04: 14,
    PartKind.SSD1306: 7,
    PartKind.BME280: 4,
    PartKind.DS18X20: 5,
    PartKind.NEOPIXEL: 5,
}
PRINTED = {"trigger": "TRIG", "data": "DATA", SUPPLY: "VCC", GROUND: "GND", "signal": "SIG"}


@dataclass(frozen=True)
class LegPlan:
    """The legs of a part as (role, row from the first leg), and the rows its body covers."""

    legs: tuple[tuple[str, int], ...]
    body_rows: int

    @property
    def span(self) -> int:
        """Return how many rows the legs cover."""
        return self.legs[-1][1] + 1


def leg_plan(part: Part) -> LegPlan:
    """Return where a part has its legs."""
    names = [terminal.name for terminal in part.terminals]
    if part.kind is PartKind.LED:
        legs = [(names[0], 0), (OTHER, 1)]
    elif part.kind is PartKind.BUTTON:
        legs = [(names[0], 0), (OTHER, 2)]
    elif part.kind is PartKind.BUZZER and not part.supply_volts:
        legs = [(names[0], 0), (OTHER, 3)]
    elif not part.supply_volts:
        legs = [(name, number) for number, name in enumerate([*names, OTHER])]
    elif part.kind is PartKind.DS18X20:
        # The resistor lies flat between data and supply, in line d: clear of the wire to a next sensor.
        legs = [(GROUND, 0), (names[0], 1), (SUPPLY, 4)]
    elif part.kind is PartKind.SERVO:
        legs = [(name, number) for number, name in enumerate([GROUND, SUPPLY, *names])]
    elif part.kind in GROUND_FIRST:
        legs = [(name, number) for number, name in enumerate([GROUND, SUPPLY, *reversed(names)])]
    else:
        pitch = 2 if is_knob(part) else 1
        legs = [(name, number * pitch) for number, name in enumerate([SUPPLY, *names, GROUND])]
    return LegPlan(tuple(legs), max(BODY_ROWS.get(part.kind, 4), legs[-1][1] + 1))


def hangs(part: Part) -> bool:
    """Say whether a part lies beside the breadboard, and only the ends of its wires stick in it."""
    return part.kind in HANGING or part.id in HANGING_SENSORS


def is_knob(part: Part) -> bool:
    """Say whether an analogue part is turned by hand: its legs stand two rows apart."""
    return part.kind is PartKind.ANALOG and any(control.name == "position" for control in part.controls)


def printed(role: str) -> str:
    """Return what stands beside such a leg on most modules."""
    return PRINTED.get(role, role.upper())


def divided(wire: Wire, part: Part, board: Board, supply_volts: float) -> tuple[str, ...]:
    """Return the terminals that come to their pin through a voltage divider: those that give more than it bears."""
    if wire.through is not Through.DIVIDER:
        return ()
    listening = (terminal for terminal in part.terminals if terminal.uses in {PinUse.INPUT, PinUse.ADC, PinUse.RX})
    return tuple(terminal.name for terminal in listening if (terminal.gives_volts or supply_volts) > board.volts)
