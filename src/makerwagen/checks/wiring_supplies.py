"""Rules about what feeds wired parts, and about the parts themselves."""

from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.wiring import GROUNDS, Joint, joints, parts_wired, wires
from makerwagen.content.exercise import Board, Wire
from makerwagen.content.part import Part, PinUse
from makerwagen.content.repository import Repository
from makerwagen.content.supply import supply_of
from makerwagen.content.typed import text_in
from makerwagen.problems import Problem

# A divider passes one way only: towards the pin.
TO_THE_PIN = {PinUse.INPUT, PinUse.ADC, PinUse.RX}


def pins_get_no_more_than_they_bear(repository: Repository) -> Iterator[Problem]:
    """MCU111: no part puts more volts on a pin than the board bears.

    Why: A pin for 3.3 V breaks at 5 V. A part fed with 5 V mostly answers with 5 V, as the echo of an HC-SR04 does.
    Bad:
        wiring: [{id: abstand, part: hcsr04, pins: {trigger: GP14, echo: GP15}, …}]
    Good:
        wiring: [{id: abstand, part: hcsr04, pins: {trigger: GP14, echo: GP15}, through: voltage-divider, …}]
    """
    for joint in joints(repository):
        volts = _volts_at(joint)
        if volts <= joint.board.volts:
            continue
        one_way = joint.terminal.uses in TO_THE_PIN
        if joint.wire.through is None or not one_way:
            remedy = "add 'through: voltage-divider'" if one_way else "feed it with less: this leg speaks both ways"
            if volts == joint.board.supplies.get(joint.wire.other_leg):
                remedy = "put the other leg to GND"
            what = f"'{joint.wire.id}' puts {volts:g} V on pin '{joint.name}', which bears {joint.board.volts:g} V"
            yield Problem(joint.place(), "MCU111", what, remedy)


def supplies_exist(repository: Repository) -> Iterator[Problem]:
    """MCU112: the legs that feed a part are supply legs that the board has, or GND.

    Why: A child looks for it on the board, and does not find it.
    Bad:
        wiring: [{id: knopf, part: potentiometer, pin: GP26, power: 3V, …}]
    Good:
        wiring: [{id: knopf, part: potentiometer, pin: GP26, power: 3V3, …}]
    """
    for exercise, board, number, wire in wires(repository):
        for key, name in (("power", wire.power), ("other_leg", wire.other_leg)):
            known = {*board.supplies, *(GROUNDS if key == "other_leg" else ())}
            if name is not None and name not in known:
                remedy = did_you_mean(name, known, f"see {board.origin.path}")
                what = f"board '{board.id}' has no supply '{name}'"
                yield Problem(exercise.at("wiring", number, key), "MCU112", what, remedy)


def parts_get_the_volts_they_take(repository: Repository) -> Iterator[Problem]:
    """MCU113: a part is fed with a voltage it takes, and one without supply legs is not fed.

    Why: Too little and it gives nonsense, too much and it breaks.
    Bad:
        wiring: [{id: abstand, part: hcsr04, power: 3V3, …}]
    Good:
        wiring: [{id: abstand, part: hcsr04, power: VBUS, …}]
    """
    for exercise, board, number, wire, part in parts_wired(repository):
        wants = " or ".join(f"{volts:g} V" for volts in part.supply_volts)
        if wire.power is not None and not part.supply_volts:
            what, remedy = f"'{wire.part}' has no supply leg", "remove 'power'"
        elif part.supply_volts and supply_of(wire, part, board) is None:
            what, remedy = f"'{wire.part}' wants {wants}, which '{board.id}' has not", "take another part or board"
        elif wire.power in board.supplies and board.supplies[wire.power] not in part.supply_volts:
            what = f"'{wire.id}' is fed with {board.supplies[wire.power]:g} V, but '{wire.part}' takes {wants}"
            able = [name for name, volts in board.supplies.items() if volts in part.supply_volts]
            remedy = f"feed it from {' or '.join(able)}" if able else "take another part"
        else:
            continue
        yield Problem(exercise.at("wiring", number, "power"), "MCU113", what, remedy)


def terminals_are_wired(repository: Repository) -> Iterator[Problem]:
    """MCU114: each terminal of a part has its pin, and no other is named.

    Why: A display with SDA and no SCL stays dark; a terminal that the part has not cannot be found.
    Bad:
        wiring: [{id: display, part: oled-display, pins: {sda: GP0}, …}]
    Good:
        wiring: [{id: display, part: oled-display, pins: {sda: GP0, scl: GP1}, …}]
    """
    for exercise, _, number, wire, part in parts_wired(repository):
        names = [terminal.name for terminal in part.terminals]
        given = wire.pins_of(part)
        for name in given:
            if name not in names:
                remedy = did_you_mean(name, names, f"it has {', '.join(names)}")
                what = f"'{wire.part}' has no terminal '{name}'"
                yield Problem(exercise.at("wiring", number, "pins", name), "MCU114", what, remedy)
        if missing := [name for name in names if name not in given]:
            example = ", ".join(f"{name}: …" for name in names)
            what = f"nothing is wired to {' and '.join(missing)} of '{wire.id}' ({wire.part})"
            yield Problem(exercise.at("wiring", number), "MCU114", what, f"write 'pins: {{{example}}}'")


def parts_are_known(repository: Repository) -> Iterator[Problem]:
    """MCU115: every wired part is in microcontroller/parts.yml.

    Why: From there come its picture, its place in the list of parts, and how the simulated board plays it.
    Bad:
        wiring: [{id: rot, part: led-rot, pin: GP15, …}]
    Good:
        wiring: [{id: rot, part: led-red, pin: GP15, …}]
    """
    known = {part.id for part in repository.parts.parts} if repository.parts else set()
    if "microcontroller/parts.yml" in repository.broken:
        return
    for exercise, _, number, wire in wires(repository):
        if wire.part not in known:
            remedy = did_you_mean(wire.part, known, "add it to microcontroller/parts.yml")
            yield Problem(exercise.at("wiring", number, "part"), "MCU115", f"no part '{wire.part}' is known", remedy)


def parts_are_in_the_register(repository: Repository) -> Iterator[Problem]:
    """MCU116: every part says what it is in the register, and the register has it.

    Why: Otherwise it is in no list of parts, and at school it is missing in the box.
    Bad:
        - {id: buzzer, kind: buzzer, equipment: buzer, …}
    Good:
        - {id: buzzer, kind: buzzer, equipment: buzzer, …}
    """
    if not (repository.parts and repository.register):
        return
    known = {entry.id for entry in repository.register.equipment}
    for number, part in enumerate(repository.parts.parts):
        place = repository.parts.at("parts", number, "equipment")
        if part.equipment is None:
            yield Problem(place, "MCU116", f"'{part.id}' has no equipment", "name its id in curriculum/equipment.yml")
        elif part.equipment not in known:
            remedy = did_you_mean(part.equipment, known, "add it to curriculum/equipment.yml")
            yield Problem(place, "MCU116", f"the register has no '{part.equipment}'", remedy)


def delicate_pins_are_avoided(repository: Repository) -> Iterator[Problem]:
    """MCU117: nothing is wired to a pin that asks for caution, where another one would do (a warning).

    Why: Some pins decide how the board starts; with a part pulling at them it does not start.
    Bad:
        wiring: [{id: rot, part: led-red, pin: GPIO12, …}]
    Good:
        wiring: [{id: rot, part: led-red, pin: GPIO25, …}]
    """
    for joint in joints(repository):
        if joint.pin and joint.pin.caution:
            what = f"pin '{joint.name}' of '{joint.board.id}': {text_in(joint.pin.caution, 'en')}"
            yield Problem(joint.place(), "MCU117", what.rstrip("."), "take another pin").as_warning()


def _volts_at(joint: Joint) -> float:
    """Return the most that can come to the pin from outside; nothing comes to one that only drives."""
    if joint.terminal.uses in {PinUse.OUTPUT, PinUse.TX}:
        return 0.0
    if joint.terminal.gives_volts is not None:
        return joint.terminal.gives_volts
    return _supply_volts(joint.wire, joint.part, joint.board)


def _supply_volts(wire: Wire, part: Part, board: Board) -> float:
    if not part.supply_volts:
        return board.supplies.get(wire.other_leg, 0.0)
    return board.supplies.get(supply_of(wire, part, board) or "", 0.0)
