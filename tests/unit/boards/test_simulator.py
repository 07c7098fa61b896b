"""The simulated board runs real MicroPython on a virtual clock and stops whatever does not stop."""

import os
import time
from pathlib import Path

import pytest

from makerwagen.boards.devices import Input
from makerwagen.boards.simulator import Limits, open_board
from makerwagen.errors import MakerwagenError

BLINK = """
from machine import Pin
from time import sleep

led = Pin(10, Pin.OUT)
while True:
    led.on()
    sleep(2)
    led.off()
    sleep(1)
"""
QUICK = Limits(wall_s=0.6)


def press(pin, from_s, to_s):
    return [Input(from_s, pin, "pressed", 1), Input(to_s, pin, "pressed", 0)]


def test_thirty_seconds_of_blinking_take_less_than_a_second(pico):
    started = time.monotonic()
    run = pico.run(BLINK, seconds=30)
    assert time.monotonic() - started < 1
    assert run.ok
    assert run.trace.end_s == 30
    assert [(i.start_s, i.end_s) for i in run.trace.on_intervals("GP10")][:2] == [(0, 2), (3, 5)]


def test_a_pressed_button_reads_zero_with_a_pull_up(pico):
    source = (
        "from machine import Pin\nfrom utime import sleep_ms\n"
        "led = Pin(10, Pin.OUT)\nb = Pin(15, Pin.IN, Pin.PULL_UP)\n"
        "while True:\n    led.value(1 - b.value())\n    sleep_ms(50)\n"
    )
    run = pico.run(source, seconds=6, inputs=press("GP15", 2, 3))
    (lit,) = run.trace.on_intervals("GP10")
    assert lit.start_s == pytest.approx(2, abs=0.1)
    assert lit.seconds == pytest.approx(1, abs=0.1)
    assert run.trace.held_intervals("GP15")[0].start_s == 2


def test_an_interrupt_is_called_when_the_button_falls(pico):
    source = (
        "from machine import Pin\nimport time\nled = Pin(10, Pin.OUT)\nb = Pin(15, Pin.IN, Pin.PULL_UP)\n"
        "b.irq(lambda pin: led.toggle(), Pin.IRQ_FALLING)\ntime.sleep(10)\n"
    )
    run = pico.run(source, inputs=press("GP15", 2, 3) + press("GP15", 5, 6))
    # A moment after the press: what follows from it is never at the same time.
    assert [(i.start_s, i.end_s) for i in run.trace.on_intervals("GP10")] == [(2.000001, 5.000001)]


def test_waiting_for_a_button_without_sleep_ends_too(pico):
    source = "from machine import Pin\nb = Pin(15, Pin.IN, Pin.PULL_UP)\nwhile b.value():\n    pass\nprint('da')\n"
    run = pico.run(source, seconds=10, inputs=press("GP15", 3, 4))
    assert run.printed == "da\n"
    assert run.trace.end_s == pytest.approx(3, abs=0.01)


def test_an_input_that_nothing_holds_is_noticed(pico):
    run = pico.run("from machine import Pin\nb = Pin(15, Pin.IN)\nfor i in range(20):\n    print(b.value(), end='')\n")
    assert ("GP15", "floating") in run.trace.notes
    assert set(run.printed) == {"0", "1"}


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("from machine import Pin\nrot = Pin(10, Pin.OUT)\nrott.on()\n", 3, "Meinst du „rot“?"),
        ("while True\n    pass\n", 1, "Doppelpunkt"),
        ("if True:\nprint(1)\n", 2, "rückst du ein|eingerückt"),
        ("x = 1\n  y = 2\n", 2, "eingerückt"),
        ("print('a'\nx = 1\n", 1, "Klammer"),
        ("from machine import Pin\nPin(40, Pin.OUT)\n", 2, "keinen Pin GP40"),
        ("from machine import Pin\nPin(25, Pin.OUT)\n", 2, "WLAN-Chip"),
        ("from machine import Pin\nPin(10, Pin.OUT).onn()\n", 2, "Meinst du „on“?"),
        ("from machin import Pin\n", 1, "Meinst du „machine“?"),
        ("from time import sleep\nsleep('3')\n", 2, "Zahl"),
        ("viel = bytearray(1_000_000_000)\n", 1, "Speicher"),
        ("viel = []\nwhile True:\n    viel.append('x' * 1000)\n", 3, "Speicher"),
        ("from machine import Pin\nled = Pin(10, Pin.OUT)\nwhile True:\n    led.toggle()\n", 4, "zu schnell"),
        ("import socket\nsocket.getaddrinfo('example.org', 80)\n", 2, "Netz"),
        ("import requests\nrequests.get('http://example.org')\n", 2, "Netz"),
        ("print(input())\n", 1, "Tastatur"),
        ("def f():\n    f()\nf()\n", 2, "Schleife"),
    ],
)
def test_each_error_is_told_in_german_with_its_line(pico, source, line, words):
    error = pico.run(source).error
    assert error is not None
    assert error.line == line
    assert any(word in error.message for word in words.split("|"))
    assert "Traceback" not in error.said


def test_an_endless_loop_is_stopped_and_told_with_its_line(pico):
    started = time.monotonic()
    error = pico.run("x = 0\nwhile True:\n    x = 1 - x\n", limits=QUICK).error
    assert time.monotonic() - started < 2
    assert error is not None
    assert error.line in (2, 3)
    assert "sleep()" in error.message


def test_a_program_that_swallows_every_error_still_ends(pico):
    source = "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except:\n        pass\n"
    run = pico.run(source, limits=QUICK)
    assert run.error is None
    assert run.trace.end_s == 10


def test_endless_printing_is_cut_off(pico):
    run = pico.run("while True:\n    print('hallo')\n", limits=QUICK)
    assert run.error is not None
    assert len(run.printed) <= 20_000


def test_the_board_has_a_memory_of_its_own_for_files(pico):
    before = sorted(Path().iterdir())
    source = (
        "import os\nwith open('/notiz.txt', 'w') as f:\n    f.write('x')\n"
        "os.mkdir('tage')\nopen('tage/1.txt', 'w').close()\n"
        "print(sorted(os.listdir('/')), os.listdir('tage'), open('notiz.txt').read(), os.getcwd())\n"
    )
    assert pico.run(source).printed == "['notiz.txt', 'tage'] ['1.txt'] x /\n"
    assert pico.run("import os\nprint(os.listdir())\n").printed == "[]\n"
    assert sorted(Path().iterdir()) == before


def test_files_of_the_board_can_be_written_read_and_sorted(pico):
    source = (
        "import os\nos.mkdir('daten')\nos.chdir('daten')\n"
        "for zeile in ('Größe,1', 'b,2'):\n    with open('log.csv', 'a') as f:\n        f.write(zeile + '\\n')\n"
        "print(';'.join([z.strip() for z in open('log.csv')]), os.stat('log.csv')[6], os.getcwd())\n"
        "os.rename('log.csv', '../alt.csv')\nprint(os.listdir(), os.listdir('..'))\n"
        "with open('/x.bin', 'wb') as f:\n    f.write(b'\\x00\\xff')\nprint(open('/x.bin', 'rb').read())\n"
        "os.remove('/x.bin')\nos.chdir('/')\nos.rmdir('daten')\nprint(os.listdir())\n"
        "for wrong in (lambda: open('nie'), lambda: os.mkdir('a/b'), lambda: open('/'), lambda: os.remove('nie')):\n"
        "    try:\n        wrong()\n    except OSError as e:\n        print(e.errno, end=' ')\n"
    )
    assert pico.run(source).printed.splitlines() == [
        "Größe,1;b,2 14 /daten",
        "[] ['alt.csv', 'daten']",
        "b'\\x00\\xff'",
        "['alt.csv']",
        "2 2 21 2 ",
    ]


def test_no_process_is_left_behind(pico):
    pico.run("while True:\n    pass\n", limits=QUICK)
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    running = children.read_text().split() if children.exists() else []
    assert not [pid for pid in running if "micropython" in Path(f"/proc/{pid}/cmdline").read_text()]


def test_everything_printed_is_in_the_trace_with_its_moment(pico):
    source = (
        "import sys, time\nprint('a', 1, sep='-')\ntime.sleep(1)\nsys.stdout.write('roh\\n')\n"
        "print('Fehler', file=sys.stderr)\ntry:\n    1 / 0\nexcept ZeroDivisionError as e:\n    sys.print_exception(e)\n"
        "print(sys.platform)\n"
    )
    run = pico.run(source)
    assert run.printed == "".join(printed.text for printed in run.trace.prints)
    assert [(printed.at_s, printed.text) for printed in run.trace.prints][:3] == [
        (0, "a-1\n"),
        (1, "roh\n"),
        (1, "Fehler\n"),
    ]
    assert "ZeroDivisionError" in run.printed
    assert run.printed.endswith("rp2\n")


def test_random_numbers_follow_the_seed_also_when_the_program_starts_them_anew(pico):
    source = "import random\nrandom.seed()\nprint([random.randint(1, 100) for i in range(5)])\n"
    assert pico.run(source).printed == pico.run(source).printed != pico.run(source, seed=2).printed


def test_an_unknown_board_names_the_known_ones():
    with pytest.raises(MakerwagenError, match="pico-w"):
        open_board(Path(__file__).resolve().parents[3], "arduino")
