"""A trace answers what the pins did, and draws it."""

import xml.etree.ElementTree as ET

from makerwagen.boards.timeline import colour_of, describe, draw_timeline, german, names_of_pins
from makerwagen.boards.trace import Trace, read_events, read_trace

EVENTS = [
    ["out", 0, "GP10", 1],
    ["out", 3_000_000, "GP11", 1],
    ["in", 0, "GP15", 1, 0],
    ["in", 2_000_000, "GP15", 0, 1],
    ["in", 2_300_000, "GP15", 1, 0],
    ["out", 4_000_000, "GP10", 0],
    ["out", 4_000_500, "GP11", 0],
    ["end", 5_000_000],
]


def test_levels_and_intervals_are_read_from_the_events():
    trace = read_trace(EVENTS)
    assert trace.level_at("GP10", 3.5) == 1
    assert trace.level_at("GP10", 4.5) == 0
    assert trace.level_at("GP99", 1) == 0
    assert [(i.start_s, i.end_s) for i in trace.on_intervals("GP10")] == [(0, 4)]
    assert trace.both_on("GP10", "GP11") == 1
    assert trace.held_intervals("GP15")[0].start_s == 2


def test_phases_leave_out_the_moment_of_switching():
    phases = read_trace(EVENTS).phases("GP10", "GP11")
    assert [sorted(phase.on) for phase in phases] == [["GP10"], ["GP10", "GP11"], []]


def test_a_cut_off_last_line_is_left_out():
    assert read_events('["out", 0, "GP10", 1]\n["out", 3, "G') == [["out", 0, "GP10", 1]]


def test_an_empty_trace_has_no_pins_and_can_be_drawn():
    assert Trace().pins == ()
    ET.fromstring(draw_timeline(Trace(), {}))


def test_the_picture_names_every_row_and_says_it_is_simulated():
    picture = draw_timeline(read_trace(EVENTS), {"GP10": "rot", "GP15": "<taster>"})
    ET.fromstring(picture)
    for word in ("rot (GP10)", "GP11", "&lt;taster&gt; (GP15)", "Zeit in Sekunden", "simuliert"):
        assert word in picture


def test_the_description_is_german():
    words = describe(read_trace(EVENTS), {"GP10": "rot"})
    assert "rot (GP10): an von 0 bis 4 s." in words
    assert "GP15: gedrückt von 2 bis 2,3 s." in words


def test_names_and_colours_come_from_the_program():
    assert names_of_pins("auto_rot = Pin(10, Pin.OUT)\nx = Pin('LED')\n") == {"GP10": "auto_rot", "LED": "x"}
    assert colour_of("rot_gruen") == colour_of("gruen") != colour_of("rot")
    assert german(2.50) == "2,5"
