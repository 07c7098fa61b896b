"""What children get wrong, run on the real MicroPython, is explained in German with the line to look at."""

import pytest

from makerwagen.boards.judging import events_of
from makerwagen.boards.messages import explain
from makerwagen.boards.portable.notes import MISTAKES, SLIPS, slip_in
from makerwagen.boards.simulator import Limits
from makerwagen.content.scenario import USUAL_HINTS

PIN = "from machine import Pin\nled = Pin(10, Pin.OUT)\n"
SLEEP = "from time import sleep\n"
# program, line, words of the message
SYNTAX = [
    ("if 1\n    pass\n", 1, "Doppelpunkt"),
    ("for i in range(3)\n    print(i)\n", 1, "Doppelpunkt"),
    ("def blinke()\n    pass\n", 1, "Doppelpunkt"),
    ("def blinke:\n    pass\n", 1, "def blinke():"),
    ("while True;\n    pass\n", 1, "Strichpunkt"),
    ("x = 1\nif x = 1:\n    pass\n", 2, "=="),
    ("While True:\n    pass\n", 1, "while statt While"),
    ("If 1:\n    pass\n", 1, "if statt If"),
    ("wenn True:\n    pass\n", 1, "if statt wenn"),
    ("if 1 then:\n    pass\n", 1, "kein then"),
    ("if 1:\n    pass\nelse if 2:\n    pass\n", 3, "elif"),
    ("x = 3\nif x => 1:\n    pass\n", 2, ">= statt =>"),
    ("x = 3\nx++\n", 2, "zahl = zahl + 1"),
    ("for i range(3):\n    pass\n", 1, "Wort in"),
    ("print('a'\nx = 1\n", 1, "nicht wieder zu"),
    ("x = [1, 2\ny = 3\n", 1, "nicht wieder zu"),
    ("lichter = [\n    1,\n    2\n\ny = 3\n", 1, "nicht wieder zu"),
    ("print('a'))\n", 1, "keine ging auf"),
    ("if (1 == 1:\n    pass\n", 1, "nicht wieder zu"),
    ("print('hallo)\n", 1, "Anführungszeichen fehlt"),
    ("print('''hallo)\n", 1, "Anführungszeichen fehlt"),
    ("print(„hallo“)\n", 1, "die geraden"),
    ("print(“hallo”)\n", 1, "die geraden"),
    ('print("hallo“)\n', 1, "die geraden"),
    ("print 'hallo'\n", 1, "print(…)"),
    ("sleep 5\n", 1, "sleep(5)"),
    ("rot.value 1\n", 1, "rot.value(1)"),
    ("time.sleep 0,5\n", 1, "time.sleep(0.5)"),
    ("print(hallo welt)\n", 1, "Komma"),
    ("from machine import Pin\nled = Pin(10 Pin.OUT)\n", 2, "Komma"),
    ("from machine import Pin\nled = Pin(10; Pin.OUT)\n", 2, "Strichpunkt"),
    ("auto-rot = 3\n", 1, "auto_rot"),
    ("auto rot = 3\n", 1, "auto_rot"),
    ("2rot = 3\n", 1, "Ziffer"),
    ("import = 3\n", 1, "Wort von Python"),
    ("if 1:\nprint(1)\n", 2, "vier Leerzeichen"),
    ("while True:\n\n# hier fehlt etwas\n", 1, "Nach dem Doppelpunkt"),
    ("x = 1\n  y = 2\n", 2, "zu weit eingerückt"),
    ("if 1:\n    x = 1\n  y = 2\nx = 3\n", 3, "falsch eingerückt"),
    ("if 1:\n\tx = 1\n    y = 2\n", 3, "Tabulatoren"),
    ("x = 1\nelse:\n    x = 2\n", 2, "fehlt das if"),
    ("return 3\n", 1, "return"),
    ("break\n", 1, "Schleife"),
]
NAMES = [
    ("print(rott)\nrot = 1\n", 1, "„rot“"),
    (PIN + "ledd.on()\n", 3, "„led“"),
    ("Print('hallo')\n", 1, "„print“? Groß und klein zählt"),
    ("x = true\n", 1, "„True“? Groß und klein zählt"),
    ("übung = 3\nprint(Übung)\n", 2, "„übung“"),
    ("Größe = 3\nprint(Große)\n", 2, "„Größe“"),
    ("led = Pin(10)\n", 1, "from machine import Pin"),
    ("sleep(1)\n", 1, "from time import sleep"),
    ("time.sleep(1)\n", 1, "import time"),
    ("print(randint(1, 6))\n", 1, "from random import randint"),
    ("zahl == 3\nprint(zahl)\n", 1, "zahl = …"),
    ("x = 0\ndef mehr():\n    x += 1\nmehr()\n", 3, "global"),
    (PIN + "led.onn()\n", 3, "„on“"),
    (PIN + "led.On()\n", 3, "„on“? Groß und klein zählt"),
    ("import time\ntime.slep(1)\n", 2, "„sleep“"),
    ("from machin import Pin\n", 1, "„machine“"),
    ("from machine import Pinn\n", 1, "„Pin“"),
    ("import dth\n", 1, "„dht“"),
    ("x = None\nx.append(3)\n", 2, "None"),
]
VALUES = [
    (SLEEP + "sleep('0.5')\n", 2, "ohne Anführungszeichen"),
    (SLEEP + "sleep(0,5)\n", 2, "0.5 statt 0,5"),
    (SLEEP + "pause = 0,5\nsleep(pause)\n", 2, "0.5 statt 0,5"),
    ("print('Grad: ' + 23)\n", 1, "Komma"),
    ("print(23 + ' Grad')\n", 1, "Komma"),
    ("'a'.startswith(23.5)\n", 1, "gehört Text hin"),
    (PIN + "def an(pin):\n    led.on()\nled.irq(handler=an())\n", 5, "ohne Klammern"),
    ("def f(a):\n    pass\nf()\n", 3, "zu viele oder zu wenige"),
    ("x = 3\nx()\n", 2, "kein Befehl"),
    ("for i in 5:\n    pass\n", 1, "range(…)"),
    ("x = 3\nprint(x[0])\n", 2, "Eckige Klammern"),
    ("a, b = 1, 2, 3\n", 1, "nicht gleich viele"),
    ("a, b = [1]\n", 1, "nicht gleich viele"),
    ("x = int('drei')\n", 1, "„drei“"),
    ("x = float('0,5')\n", 1, "keine Zahl"),
    ("x = [1, 2]\nprint(x[2])\n", 2, "Gezählt wird ab 0"),
    ("x = []\nx.pop()\n", 2, "leer"),
    ("x = {'rot': 1}\nprint(x['blau'])\n", 2, "„blau“"),
    ("print(1 / 0)\n", 1, "Durch 0"),
    ("print(max([]))\n", 1, "leer"),
    ("def f():\n    f()\nf()\n", 2, "sich selbst"),
    ("input('Name? ')\n", 1, "Tastatur"),
]
BOARD = [
    ("from machine import Pin\nPin(40, Pin.OUT)\n", 2, "GP40"),
    ("from machine import Pin\nPin(25, Pin.OUT)\n", 2, "WLAN-Chip"),
    ("from machine import ADC, Pin\nADC(Pin(15))\n", 2, "GP15"),
    ("from machine import Pin\nfrom dht import DHT22\nf = DHT22(Pin(4))\nf.measure()\n", 4, "antwortet kein Temp"),
    ("viel = bytearray(1_000_000_000)\n", 1, "Speicher ist voll"),
    ("viel = []\nwhile True:\n    viel.append('x' * 1000)\n", 3, "Speicher ist voll"),
    (PIN + "while True:\n    led.toggle()\n", 4, "zu schnell"),
    ("open('/etc/passwd').read()\n", 1, "Diese Datei"),
    ("import socket\nsocket.socket().connect(('1.1.1.1', 80))\n", 2, "Netz"),
]


@pytest.mark.parametrize(("source", "line", "words"), SYNTAX + NAMES + VALUES + BOARD)
def test_a_childs_error_is_explained_with_its_line(pico, source, line, words):
    error = pico.run(source).error
    assert error is not None
    assert words in error.message, f"{error.line}: {error.message} ({error.technical})"
    assert error.line == line, error.message
    assert "Traceback" not in error.said


@pytest.mark.parametrize(
    "source",
    [
        "größe = 3\nprint(größe)\n",
        "x = [\n    1,\n    2,\n]\nprint(x)\n",
        "print('es ist „schön“')  # „ja“\n",
        "text = '''\nwhile True\n'''\n",
    ],
)
def test_what_only_looks_wrong_runs(pico, source):
    assert pico.run(source).ok


@pytest.mark.parametrize(
    ("source", "wall_s", "words"),
    [
        ("x = 0\nwhile True:\n    x = 1 - x\n", 0.5, "im Kreis"),
        ("while True:\n    print('hallo')\n", 2, "zu viel"),
    ],
)
def test_a_program_that_is_stopped_from_outside_is_explained(pico, source, wall_s, words):
    run = pico.run(source, limits=Limits(wall_s=wall_s))
    assert words in run.error.message
    assert [event[0] for event in events_of(run)].count("error") == 1


@pytest.mark.parametrize(
    ("source", "slip", "line"),
    [
        (PIN + "led.on\n", "no-brackets", 3),
        (PIN + "led.on  # jetzt\n", "no-brackets", 3),
        (PIN + "while True:\n    if led.value == 1:\n        pass\n", "no-brackets", 4),
        (PIN + "led.value = 1\n", "value-set", 3),
        ("zustand = 1\nzustand == 2\n", "compared", 2),
    ],
)
def test_a_line_that_does_nothing_is_found_in_the_text(source, slip, line):
    assert slip_in(source)[:2] == (line, slip)


@pytest.mark.parametrize(
    "source",
    [
        PIN + "led.on()\nx = led.value() == 1\n",
        "s = 'led.on'\n# led.on\nif s == 'led.value == 1':\n    pass\n",
        "zeige(zustand == 2)\nwhile (a ==\n   b):\n    pass\n",
        "x = led.value\nprint(rot.on)\n",
    ],
)
def test_lines_that_do_something_are_no_slips(source):
    assert slip_in(source) is None


def test_the_usual_hints_are_those_that_the_judge_can_give():
    assert {"error", *MISTAKES, *SLIPS} == USUAL_HINTS


@pytest.mark.parametrize("kinds", ["'bound_method', 'int'", "'function', 'int'", "'str', 'bound_method'"])
def test_a_command_without_its_brackets_in_a_calculation_is_told(kinds):
    said = explain("TypeError", f"unsupported types for __lt__: {kinds}", line=1, source="if a.read_u16 < 5:\n")
    assert said.line == 1 and "fehlen Klammern" in said.message
