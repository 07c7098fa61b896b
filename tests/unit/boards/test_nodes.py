"""Sensor nodes on the simulated board: calibration that lasts, cables that come off, sound as a level, readings judged."""

import json
import runpy

import pytest

from makerwagen.boards.devices import Input, devices_of
from makerwagen.boards.exercises import open_exercise, read_exercise
from makerwagen.boards.messages import explain
from makerwagen.boards.portable.judge import judge
from makerwagen.boards.portable.readings import readings_in
from makerwagen.content.exercise import ExerciseKind
from makerwagen.load.repository_loader import load_repository
from tests.conftest import ROOT
from tests.unit.boards.test_portable import SOURCE, scenario, step

S = 1_000_000
LEARN = """
import machine, os
from calibration import TwoPoints, percent
t = TwoPoints("t.json")
print(t.ready(), t.zero, t.hundred)
"""


def printed(board, source, **more):
    run = board.run(source, **more)
    assert run.error is None, run.error
    return run.printed.split("\n")[:-1]


def test_a_calibration_outlives_a_reset(pico):
    source = (
        LEARN
        + "if not t.ready():\n    print(t.learn(48000), t.learn(22000))\n    machine.reset()\nprint(t.percent(35000))\n"
    )
    assert printed(pico, source) == ["False None None", "0 100", "True 48000 22000", "50.0"]


@pytest.mark.parametrize("kept", ["", "[480", "[1]", '{"a": 1}', "[48000, 47900]", "null", '["a", "b"]'])
def test_half_a_calibration_is_none_and_stops_nothing(pico, kept):
    source = f"with open('t.json', 'w') as f:\n    f.write({kept!r})\n" + LEARN
    assert printed(pico, source) == ["False None None"]


def test_two_states_that_are_nearly_the_same_are_no_calibration(pico):
    source = LEARN + "print(t.learn(48000), t.learn(47000), t.ready(), t.learn(22000), os.listdir())\n"
    assert printed(pico, source)[1] == "0 None False 100 ['t.json']"


def test_a_new_calibration_begins_with_the_next_press(pico):
    source = (
        LEARN + "print(t.learn(48000), t.learn(22000), t.learn(40000), t.ready(), t.learn(20000), t.percent(30000))\n"
    )
    assert printed(pico, source)[1] == "0 100 0 False 100 50.0"


def test_a_little_beyond_is_the_end_and_far_beyond_shows(pico):
    source = LEARN + "print([percent(raw, 48000, 22000) for raw in (48500, 21500, 60000, 9000)])\n"
    assert printed(pico, source)[1] == "[0.0, 100.0, -46.2, 150.0]"


UNPLUGGED = {
    "dht22": (
        ["GP2"],
        "from dht import DHT22\nd = DHT22(Pin(2))\ndef ask():\n    d.measure()\n    return d.temperature()\n",
    ),
    "bme280": (
        ["GP4", "GP5"],
        "from bme280 import BME280\ndef ask():\n    b = BME280(I2C(0, sda=Pin(4), scl=Pin(5)))\n    b.measure()\n    return b.temperature()\n",
    ),
    "hcsr04": (["GP2", "GP3"], "from hcsr04 import HCSR04\nh = HCSR04(2, 3)\ndef ask():\n    return h.distance_cm()\n"),
    "sds011": (
        ["GP1"],
        "from sds011 import SDS011\ns = SDS011(UART(0, 9600, tx=Pin(0), rx=Pin(1)))\ndef ask():\n    return s.read()\n",
    ),
}


@pytest.mark.parametrize("part", UNPLUGGED)
def test_a_sensor_says_nothing_while_its_cable_is_off_and_comes_back(pico, wired, part):
    pins, source = UNPLUGGED[part]
    source = "from machine import Pin, I2C, UART\nimport time\n" + source
    source += "for _ in range(3):\n    time.sleep(3)\n    try:\n        print(ask() is not None)\n    except OSError as e:\n        print(e)\n"
    inputs = [Input(4, part, "unplugged", 1), Input(6.5, part, "unplugged", 0)]
    said = printed(pico, source, devices=[wired(part, *pins)], inputs=inputs, seconds=12)
    assert (said[0], said[2]) == ("True", "True")
    assert said[1] == "False" or "Kabel ist ab" in said[1]


def test_only_nodes_have_cables_that_come_off():
    repository, _ = load_repository(ROOT)
    for exercise in repository.exercises.values():
        controls = {c.name for device in devices_of(exercise, repository.parts) for c in device.part.controls}
        assert ("unplugged" in controls) <= (exercise.kind is ExerciseKind.NODE)
    assert "unplugged" in {c.name for device in open_exercise(ROOT, "node-air").devices for c in device.part.controls}
    assert read_exercise(ROOT, "node-air").cannot_tell


@pytest.mark.parametrize("loudness", [0, 30, 100])
def test_sound_swings_around_the_middle_and_the_louder_the_wider(pico, wired, loudness):
    source = """
from machine import ADC
from time import sleep_us
a = ADC(26)
found = []
for _ in range(200):
    found.append(a.read_u16() * 3.3 / 65535)
    sleep_us(333)
print(sum(found) / 200, max(found) - min(found))
"""
    inputs = [Input(0, "microphone", "loudness", loudness)]
    middle, swing = map(float, printed(pico, source, devices=[wired("microphone", "GP26")], inputs=inputs)[0].split())
    assert middle == pytest.approx(1.65, abs=0.06)
    assert swing == pytest.approx(0.05 + loudness * 0.0295, abs=0.03)


def test_the_simulated_board_plays_settings_and_a_real_one_without_them_is_told_where_the_template_is(pico):
    assert printed(pico, "import settings\nprint(settings.STATION)\n") == ["simuliert"]
    error = explain("ImportError", "no module named 'settings'", line=1, source="import settings\n")
    assert error.said.endswith("Die Vorlage heißt settings_example.py.")


def test_the_template_has_every_setting_that_is_played_and_no_password():
    template, played = (
        runpy.run_path(str(ROOT / "microcontroller" / name))
        for name in ("lib/settings_example.py", "simulator/settings.py")
    )
    names = {name for name in played if name.isupper()}
    assert names == {name for name in template if name.isupper()}
    assert template["PASSWORD"] == template["WIFI_PASSWORD"] == ""


def sent(number, value, *, observed="temperature", unit="°C", boot=7):
    data = {"b": boot, "n": number, "v": value, "u": unit, "a": 0.1}
    return [f"makerwagen/hof-1/{observed}", json.dumps(data, ensure_ascii=False)]


def test_a_reading_that_is_sent_again_counts_once_and_what_is_no_reading_not_at_all():
    heard = [(1, *sent(0, 21)), (2, *sent(0, 21)), (3, *sent(0, 21, boot=8)), (4, *sent(1, 22.5))]
    heard += [(5, None, "21"), (6, "makerwagen/hof-1/temperature", "[21]"), (7, "makerwagen/hof-1/temperature", "{")]
    heard += [(8, "andere/hof-1/temperature", sent(2, 1)[1]), (9, *sent(3, "warm")), (10, *sent(4, True))]
    assert [(us, value) for us, _, _, value in readings_in(heard)] == [(1, 21), (3, 21), (4, 22.5)]


def messages(*readings):
    return [["message", us, *told] for us, told in readings] + [["end", 10 * S]]


TOLD = [
    (
        step("expect-reading", property="temperature", unit="°C", number=[20, 22], within=5),
        ((S, sent(0, 30.55)),),
        "Gesendet wurde 30,55 °C.",
    ),
    (
        step("expect-reading", property="temperature", unit="°C", within=5),
        ((S, sent(0, 21, unit="C")),),
        "Gesendet wurde 21 in „C“ statt in „°C“.",
    ),
    (
        step("expect-reading", property="count", unit="", within=5),
        ((S, sent(0, 3, observed="count", unit="Stück")),),
        "Gesendet wurde 3 in „Stück“ statt ohne Einheit.",
    ),
    (
        step("expect-reading", property="humidity", unit="%", within=5),
        ((S, sent(0, 21)),),
        "Gesendet wurde nur „temperature“.",
    ),
    (
        step("expect-reading", property="humidity", unit="%", within=5),
        ((6 * S, sent(0, 21)),),
        "Nichts wurde gesendet, ab Sekunde 0.",
    ),
    (
        step("count-readings", property="temperature", times=[0, 0], within=5),
        ((S, sent(0, 21)),),
        "Es war 1, ab Sekunde 0.",
    ),
    (
        step("count-readings", property="temperature", times=[2, 3], within=5),
        ((S, sent(0, 21)), (2 * S, sent(0, 21))),
        "Es war 1, ab Sekunde 0.",
    ),
]


@pytest.mark.parametrize(("asked", "readings", "happened"), TOLD, ids=[told[2] for told in TOLD])
def test_what_a_node_sent_instead_is_told(asked, readings, happened):
    verdict = judge(scenario(asked), messages(*readings), SOURCE)
    assert not verdict["passed"]
    assert verdict["happened"] == happened


def test_readings_in_range_and_in_number_pass():
    steps = [
        step("expect-reading", property="temperature", unit="°C", number=[20, 22], within=2),
        step("count-readings", property="temperature", times=[1, 2], within=5),
    ]
    assert judge(scenario(*steps), messages((S, sent(0, 21)), (3 * S, sent(1, 99))), SOURCE)["passed"]


DUST = """
from sds011 import SDS011
good = bytes([0xAA, 0xC0, 125, 0, 48, 1, 0xA1, 0x60, (125 + 48 + 1 + 0xA1 + 0x60) & 255, 0xAB])
wrong = good[:4] + bytes([99]) + good[5:]
class Line:
    def read(self):
        return pieces.pop(0) if pieces else None
pieces = {pieces}
s = SDS011(Line())
print([s.read() for _ in range({count})])
"""


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ("[good]", [(12.5, 30.4)]),
        ("[wrong, good]", [None, (12.5, 30.4)]),
        ("[good[:6], good[6:]]", [None, (12.5, 30.4)]),
        ("[good[3:] + good, b'', wrong + good]", [(12.5, 30.4), None, (12.5, 30.4)]),
        ("[bytes(range(256)), bytes(300), good]", [None, None, (12.5, 30.4)]),
    ],
)
def test_a_dust_frame_counts_only_with_its_checksum_and_the_next_one_is_found_again(pico, pieces, said):
    source = DUST.replace("{pieces}", pieces).replace("{count}", str(len(said)))
    assert printed(pico, source) == [str(said)]
