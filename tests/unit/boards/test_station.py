"""The station's library on the simulated board: what is kept, what is sent again, what is told."""

import json
import re
from pathlib import Path

import pytest

from makerwagen.sensors.properties import PROPERTIES
from makerwagen.sensors.protocol import read_message

LIBRARY = Path(__file__).parents[3] / "microcontroller/lib/station.py"
ONLINE = "import settings, time\nfrom station import Station, from_settings\ns = from_settings(settings)\n"
OFFLINE = "import time\nfrom station import Station\n"


def readings(run):
    return [read_message(message.topic, message.payload.encode()) for message in run.trace.messages]


def test_every_message_is_one_that_the_hub_takes_and_none_is_sent_twice(pico):
    run = pico.run(
        ONLINE + "for i in range(9):\n    s.send('temperature', 20 + i, '°C')\n    s.wait(2)\nprint(s.waiting)\n",
        seconds=60,
    )
    assert run.error is None and run.printed == "0\n"
    found = readings(run)
    assert [(one.number, one.value) for one in found] == [(i, 20.0 + i) for i in range(9)]
    assert {one.node for one in found} == {"simuliert"}


def test_what_was_measured_before_the_wlan_was_there_comes_with_its_age(pico):
    run = pico.run(
        ONLINE + "for i in range(3):\n    s.send('count', i)\n    time.sleep(1)\ns.wait(3)\nprint(s.waiting)\n",
        seconds=60,
    )
    assert run.printed == "0\n"
    first = readings(run)[0]
    assert first.value == 0 and 1.9 < first.age_s < 2.3


def test_nothing_goes_to_flash_while_the_hub_answers(pico):
    program = (
        ONLINE
        + "s.wait(3)\nfor i in range(3):\n    s.send('count', i)\n    s.wait(1)\nimport os\nprint(os.listdir())\n"
    )
    assert "outbox" not in pico.run(program, seconds=60).printed


def test_what_could_not_be_sent_outlives_a_reset_and_its_age_is_called_a_guess(pico):
    program = (
        "import machine, settings, time\nfrom station import Station, from_settings\n"
        "if time.ticks_ms() < 100:\n"
        "    s = Station('simuliert')\n    s.send('count', 41)\n    s.send('count', 42)\n    machine.reset()\n"
        "s = from_settings(settings)\ns.wait(5)\nprint(s.waiting, open('outbox.txt').read())\n"
    )
    run = pico.run(program, seconds=30)
    assert run.error is None, run.error
    assert run.printed == "0 \n"
    found = readings(run)
    assert [(one.value, one.guessed) for one in found] == [(41, True), (42, True)]
    assert 1.9 < found[0].age_s < 4


def test_half_a_line_costs_itself_alone(pico):
    program = OFFLINE + (
        "with open('outbox.txt', 'w') as f:\n    f.write('[1, 1, \"count\", 5, 0]\\n[1, 2, \"cou')\n"
        "s = Station('a')\nprint(s.waiting)\ns.send('count', 6)\nprint(Station('a').waiting)\n"
    )
    assert pico.run(program).printed == "1\n2\n"


def test_a_full_outbox_loses_the_oldest_counts_them_and_stays_small(pico):
    program = OFFLINE + (
        "s = Station('a', most=20)\nfor i in range(200):\n    s.send('count', i)\n"
        "print(s.waiting, s.dropped, len(open('outbox.txt').read().split('\\n')) < 70)\n"
        "t = Station('a', most=20)\nprint(t.waiting, [r.value for r in t._waiting][-1])\n"
    )
    run = pico.run(program)
    assert run.printed.splitlines() == [
        "Station: Der Platz ist voll. Die ältesten Messwerte gehen verloren.",
        "20 180 True",
        "20 199",
    ]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("s.send('temperature', 70, 'F')", "„temperature“ wird in „°C“ gesendet, nicht in „F“."),
        ("s.send('temperature', 20)", "„temperature“ wird in „°C“ gesendet, nicht in „“."),
        ("s.send('count', 20, '%')", "„count“ wird ohne Einheit gesendet, nicht in „%“."),
        ("s.send('voice', 1)", "Die Messgröße „voice“ gibt es nicht. Es gibt: count, "),
        ("s.send('temperature', '20', '°C')", "braucht eine Zahl, nicht '20'."),
        ("Station('Pico 7')", "Eine Station heißt zum Beispiel schulhof-1"),
    ],
)
def test_mistakes_are_told_in_german_on_their_line(pico, call, words):
    error = pico.run(OFFLINE + "s = Station('a')\n" + call + "\n").error
    assert words in error.message and error.line == 4 and error.technical == ""


def test_a_sensor_that_says_nothing_is_told_once_and_stops_nothing(pico):
    run = pico.run(
        OFFLINE
        + "s = Station('a')\nfor i in range(3):\n    s.send('temperature', None, '°C')\ns.send('temperature', float('inf'), '°C')\nprint(s.missed, s.waiting)\n"
    )
    assert run.printed.splitlines() == ["Station: Der Sensor für „temperature“ hat keinen Wert geliefert.", "4 0"]


def test_without_a_wlan_it_says_so_after_a_while_and_goes_on(pico):
    program = (
        "import network\nnetwork.CONNECTS_US = 10 ** 12\nfrom station import Station\n"
        "s = Station('a', '192.168.4.1', wifi='Wagen')\nfor i in range(5):\n    s.send('count', i)\n    s.wait(10)\nprint(s.waiting)\n"
    )
    run = pico.run(program, seconds=120)
    assert run.printed.splitlines() == ["Station: Das WLAN „Wagen“ ist nicht zu erreichen. Ich hebe alles auf.", "5"]


def test_units_are_those_of_the_hub():
    found = re.search(r"^UNITS = (\{.*?^\})", LIBRARY.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert json.loads(found[1].replace(",\n}", "\n}")) == {name: one.unit for name, one in PROPERTIES.items()}
