"""Circuit diagrams: standard symbols, every pin and value, the same bytes every time."""

import xml.etree.ElementTree as ET

import pytest
from wired import PARTS, REPOSITORY, WIRED, exercise, part

from makerwagen.boards.wiring.circuit import circuit_in_words, draw_circuit
from makerwagen.boards.wiring.holes import WiringError

SVG = "{http://www.w3.org/2000/svg}"


def told(wired):
    return REPOSITORY.boards[wired.board], wired, PARTS


def words(svg: str) -> list[str]:
    return ["".join(text.itertext()).strip() for text in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("wired", WIRED.values(), ids=WIRED)
def test_a_diagram_names_each_pin_at_the_board_and_is_the_same_every_time(wired):
    svg = draw_circuit(*told(wired))
    assert svg == draw_circuit(*told(wired))
    shown = words(svg)
    for wire in wired.wiring:
        assert wire.label["de"] in shown
        assert set(wire.pins_of(PARTS.get(wire.part)).values()) <= set(shown)


def test_a_divider_a_value_and_a_pull_up_are_shown():
    shown = words(draw_circuit(*told(WIRED["parking"])))
    assert {"1 kΩ", "2 kΩ", "VBUS"} <= set(shown)
    assert shown.count("330 Ω") == 3
    assert "Pull-up im Board" in words(draw_circuit(*told(WIRED["light and button"])))
    assert "Pull-down im Board" in words(draw_circuit(*told(WIRED["a button at 3V3"])))


def test_a_shared_pin_is_drawn_once_and_named_at_the_second_part():
    shown = words(draw_circuit(*told(WIRED["two on one bus"])))
    assert shown.count("GP4") == shown.count("GP5") == 2


def test_a_diagram_is_told_in_words():
    text = circuit_in_words(*told(WIRED["parking"]))
    assert "Green: von GP10 über einen Widerstand mit 330 Ω und eine LED zu GND." in text
    assert "ECHO: von dort über 1 kΩ zu GP15, und von GP15 über 2 kΩ zu GND." in text
    assert text in ET.fromstring(draw_circuit(*told(WIRED["parking"]))).find(f"{SVG}desc").text


def test_what_is_not_wired_properly_is_refused():
    with pytest.raises(WiringError, match="is not wired properly; see: makerwagen check"):
        draw_circuit(*told(exercise("pico-w", part("x", "oled-display", {"sda": "GP4"}))))
