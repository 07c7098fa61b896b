"""A trace answers what the pins did, and draws it."""

import xml.etree.ElementTree as ET

import pytest

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


@pytest.mark.parametrize(
    "line",
    [
        '["GP15", 1]',
        '["out", "GP15", 1]',
        '["out", -1, "GP15", 1]',
        '["out", 1.5, "GP15", 1]',
        '["out", 0, "GP15", "an"]',
        '["pwm", 0, "GP15", null, 1]',
        '["pixels", 0, "ring", [[1, 2]]]',
        '["pixels", 0, "ring", [7]]',
        '["display", 0, "display", {"texts": [[0, 0]], "bits": ""}]',
        '["display", 0, "display", {"texts": [], "bits": "xy"}]',
        '["display", 0, "display", {}]',
        '["note", 0, "GP15", ["floating"]]',
        '["error", 0, "ValueError", "", "7"]',
        '["end"]',
        '["end", NaN]',
        '[["out"], 0]',
        '{"out": 1}',
        "7",
        "null",
        "[]",
    ],
)
def test_what_a_program_wrote_into_the_trace_itself_is_left_out(line):
    assert read_events(f'{line}\n["end", 5]') == [["end", 5]]


def test_a_trace_too_deep_to_read_ends_there():
    assert read_events('["end", 5]\n' + "[" * 100_000) == [["end", 5]]


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
    assert names_of_pins("arm = PWM(Pin(23), freq=50)\n", prefix="GPIO") == {"GPIO23": "arm"}
    assert colour_of("rot_gruen") == colour_of("gruen") != colour_of("rot")
    assert german(2.50) == "2,5"


PULSES = [
    ["pwm", 0, "GP15", 1000, 0.25],
    ["control", 500_000, "knopf", "position", 80],
    ["pwm", 1_000_000, "GP15", 1000, 1.0],
    ["pixels", 1_000_000, "ring", [[255, 0, 0], [0, 0, 9]]],
    ["display", 1_500_000, "bild", {"texts": [[0, 8, "unten"], [0, 0, "oben"]], "bits": "00ff"}],
    ["angle", 1_600_000, "arm", 90.0],
    ["message", 1_700_000, "klima/t", "21.5"],
    ["print", 1_800_000, "hallo\n"],
    ["pwm", 2_000_000, "GP15", 0, 0.0],
    ["note", 2_100_000, "GP15", "pwm-without-freq"],
    ["end", 3_000_000],
]


def test_every_event_finds_its_place_in_the_trace():
    trace = read_trace(PULSES)
    assert [(i.start_s, i.end_s, tone.duty) for i, tone in trace.tones_of("GP15")] == [(0, 1, 0.25), (1, 2, 1.0)]
    assert (trace.controls[0].control, trace.controls[0].value) == ("position", 80)
    assert trace.pixels[0].colours == ((255, 0, 0), (0, 0, 9))
    assert (trace.displays[0].texts, trace.displays[0].bits) == (("oben", "unten"), b"\0\xff")
    assert (trace.angles[0].degrees, trace.messages[0].payload, trace.prints[0].text) == (90.0, "21.5", "hallo\n")
    assert (trace.notes, trace.pins, trace.end_s) == ((("GP15", "pwm-without-freq"),), ("GP15",), 3)


def test_bars_of_pulses_are_as_high_as_their_share_and_are_told_in_words():
    picture = draw_timeline(read_trace(PULSES), {"GP15": "rot"})
    boxes = ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}rect")
    assert [float(box.get("height")) for box in boxes][1:] == [5.0, 20.0]
    assert "Pulse von 0 bis 1 s: 25 % bei 1000 Hz, von 1 bis 2 s: 100 % bei 1000 Hz" in describe(read_trace(PULSES), {})
