"""Steps in words, numbered like the wires, and lists of parts."""

import re

import pytest
from wired import PARTS, REPOSITORY, WIRED

from makerwagen.boards.wiring.holes import Hole
from makerwagen.boards.wiring.layout import lay_out
from makerwagen.boards.wiring.words import parts_list, wiring_in_words, wiring_steps

CASES = pytest.mark.parametrize("wired", WIRED.values(), ids=WIRED)


def told(wired, lang="de"):
    return REPOSITORY.boards[wired.board], wired, PARTS, lang


@CASES
@pytest.mark.parametrize(("lang", "wire"), [("de", "Kabel"), ("en", "Wire")])
def test_every_wire_has_a_step_with_its_number_in_order(wired, lang, wire):
    numbers = [
        int(found) for found in re.findall(rf"^{wire} (\d+), ", wiring_in_words(*told(wired, lang)), re.MULTILINE)
    ]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == len(lay_out(*told(wired, lang)).cables)


@CASES
def test_the_words_name_the_very_holes_of_the_picture(wired):
    layout, text = lay_out(*told(wired)), wiring_in_words(*told(wired))
    for cable in layout.cables:
        line = next(line for line in text.split("\n") if line.startswith(f"Kabel {cable.number}, "))
        for end in (cable.start, cable.end):
            if not isinstance(end, Hole):
                assert f"Bein {end.name} am Board" in line
            elif end.line in "-+":
                assert ("zur Minus-Reihe" if end.line == "-" else "zur Plus-Reihe") in line
            else:
                assert f"Reihe {end.row}, Loch {end.line}" in line
    for placed in layout.placed:
        step = next(line for line in text.split("\n") if line.startswith(placed.wire.label["de"]))
        assert all(re.search(rf"\b{leg.hole.row}\b", step) for leg in placed.legs)


def test_the_traffic_light_is_told_so_that_nobody_needs_to_see():
    steps = wiring_steps(*told(REPOSITORY.exercises["pedestrian-light"]))
    assert steps[0] == "Das USB-Kabel ist ab."
    assert steps[2] == "Kabel 1, schwarz: von Reihe 18, Loch a (GND), zur Minus-Reihe."
    assert steps[-1] == "Erst jetzt kommt das USB-Kabel dran."
    assert any(step.startswith("Kabel 2, blau: von Reihe 20, Loch a (GP15), nach Reihe 22, Loch a.") for step in steps)
    assert "Hat die Minus-Reihe in der Mitte eine Lücke? Dann steck ein kurzes Kabel über die Lücke." in steps


def test_a_light_at_a_supply_has_its_short_leg_at_the_pin():
    layout, text = lay_out(*told(WIRED["a light at 3V3"])), wiring_in_words(*told(WIRED["a light at 3V3"]))
    (light,) = layout.placed
    pin, other = (leg.hole.row for leg in light.legs)
    assert f"langes Bein in Reihe {other}, kurzes Bein in Reihe {pin}" in text
    assert layout.plus == "3V3"


@CASES
def test_the_parts_list_counts_what_is_on_the_picture_and_the_register_has_it_all(wired):
    board, _, _, _ = told(wired)
    layout, counts = lay_out(*told(wired)), parts_list(board, wired, PARTS)
    known = {entry.id for entry in REPOSITORY.register.equipment}
    assert counts.keys() <= known
    assert sum(count for ref, count in counts.items() if ref.startswith("resistor-")) == len(layout.resistors)
    own = sum(len(p.legs) for p in layout.placed if p.part.kind.value in {"servo", "sds011"})
    assert sum(count for ref, count in counts.items() if ref.startswith("jumper-wire-")) == len(layout.cables) + own
    assert counts[board.id] == counts["usb-cable"] == 1


def test_the_parts_of_the_parking_helper():
    assert parts_list(*told(WIRED["parking"])[:3]) == {
        "pico-w": 1,
        "usb-cable": 1,
        "breadboard": 1,
        "buzzer": 1,
        "hcsr04": 1,
        "led-red": 1,
        "led-yellow": 1,
        "led-green": 1,
        "resistor-1k": 1,
        "resistor-2k": 1,
        "resistor-330": 3,
        "jumper-wire-mm": 10,
    }
