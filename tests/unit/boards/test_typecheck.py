"""The type check finds planted mistakes at their place, says them in plain words, and lets correct programs pass."""

import sys
import textwrap
from pathlib import Path

import pytest

from makerwagen.boards import second_look
from makerwagen.boards.programs import board_of_cell, check_types
from makerwagen.boards.second_look import child_findings
from makerwagen.boards.type_words import for_authors, for_children
from makerwagen.boards.typecheck import TypeCheck, open_type_check
from makerwagen.errors import MakerwagenError
from makerwagen.load.repository_loader import load_repository

ROOT = Path(__file__).parents[3]
START = """\
from machine import ADC, PWM, Pin, Timer
from time import sleep, sleep_ms

led = Pin(15, Pin.OUT)
taster = Pin(16, Pin.IN, Pin.PULL_UP)


def print_twice(pin):
    print(pin, pin)
"""
MISTAKES = {
    "led.onn()": "„.onn“ gibt es hier nicht. Meinst du „on“?",
    "led.blinke()": "„.blinke“ gibt es hier nicht. Prüfe, wie das Wort geschrieben wird.",
    "Pin(3, Pin.OUTPUT)": "„.OUTPUT“ gibt es hier nicht.",
    "Pin(3, Pin.IN, Pin.PULLUP)": "„.PULLUP“ gibt es hier nicht.",
    "ledd.on()": "Den Namen „ledd“ kenne ich nicht. Meinst du „led“?",
    "sleeep(1)": "Den Namen „sleeep“ kenne ich nicht. Meinst du „sleep“?",
    "sleep('3')": "In den Klammern von sleep() steht Text, wo eine Zahl hingehört.",
    "sleep_ms(0.5)": "In den Klammern von sleep_ms() muss eine ganze Zahl stehen.",
    "PWM(led).duty_u16(0.5 * 65535)": "In den Klammern von duty_u16() muss eine ganze Zahl stehen.",
    "sleep(1, led)": "In den Klammern von sleep() stehen zu viele Werte.",
    "sleep(0,5)": "Im Programm haben Kommazahlen einen Punkt",
    "sleep()": "In den Klammern von sleep() fehlt ein Wert.",
    "print('Wert: ' + 5)": "Text und Zahl lassen sich nicht mit + verbinden.",
    "led.value = 1": "Hier gehören Klammern hin statt eines Gleichheitszeichens",
    "print(taster.value == 0)": "Hinter dem Wort fehlen die Klammern",
    "led.on": "Hinter „.on“ fehlen die Klammern",
    "while not taster.value: pass": "Hinter „.value“ fehlen die Klammern",
    "from time import slep": "In „time“ gibt es „slep“ nicht. Meinst du „sleep“?",
    "import neopixl": "Ein Modul „neopixl“ gibt es auf diesem Board nicht.",
    "taster.irq(handler=print_twice())": "steht nur der Name, ohne Klammern",
    "taster.irq(handler=lambda: None)": "bekommt genau einen Wert",
}
RIGHT = """\
from machine import ADC, I2C, PWM, Pin, Timer, time_pulse_us
from micropython import const
import random
import time
import dht
import neopixel

GRENZE = const(30)
led = Pin("LED", Pin.OUT)
ring = neopixel.NeoPixel(Pin(2), 12)
fuehler = dht.DHT22(Pin(3))
regler = ADC(26)
ton = PWM(Pin(4), freq=440, duty_u16=0)
zustand = None
werte = []
anzahl = 0


def gedrueckt(pin):
    global zustand, anzahl
    zustand = "an"
    anzahl += 1


def tick(timer):
    led.toggle()


taster = Pin(5, Pin.IN, Pin.PULL_UP)
taster.irq(gedrueckt, Pin.IRQ_FALLING)
Timer(period=500, mode=Timer.PERIODIC, callback=tick)
uhr = Timer()
uhr.init(freq=2, callback=lambda timer: led.toggle())
i2c = I2C(0, sda=Pin(8), scl=Pin(9))
while True:
    fuehler.measure()
    werte.append(fuehler.temperature())
    anzahl = anzahl + 0.5
    ton.duty_u16(int(regler.read_u16() / 2))
    ring[0] = (255, 0, 0)
    ring.write()
    start = time.ticks_ms()
    if taster.value() == 0 and zustand.startswith("a"):
        print("Temperatur:", werte[-1], f"{anzahl:.1f}", random.randint(1, 6))
    if not taster.value() and time_pulse_us(taster, 1, 30000) > GRENZE:
        time.sleep(0.5)
    zustand = 5
    print(time.ticks_diff(time.ticks_ms(), start))
"""


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    return tmp_path_factory.mktemp("types")


@pytest.fixture(scope="module")
def found(memory):
    """Return what one run finds in all programs with a planted mistake, and in a correct one."""
    programs = {mistake: f"{START}\nif led.value() == 7:\n    {mistake}\n" for mistake in MISTAKES}
    return open_type_check(ROOT, "rp2", memory).findings(programs | {"right": RIGHT}), programs


@pytest.mark.parametrize(("mistake", "said"), MISTAKES.items())
def test_a_planted_mistake_is_found_on_its_line_even_if_never_reached(found, mistake, said):
    findings, programs = found
    assert {finding.line for finding in findings[mistake]} == {START.count("\n") + 3}
    assert [s for one in findings[mistake] if said in (s := for_children(one, programs[mistake]))]
    assert all('"' not in what and remedy for what, remedy in map(for_authors, findings[mistake]))


def test_a_correct_program_gives_nothing(found):
    assert found[0]["right"] == []


def test_an_unknown_message_still_reaches_authors_and_spares_children(found):
    strange = type(found[0]["led.onn()"][0])(3, "misc", 'Something "odd".')
    assert for_authors(strange)[0] == "Something 'odd'"
    assert for_children(strange, "") == ""


def test_every_board_is_checked_against_its_own_firmware(memory):
    rp2_only, esp32_only = "import rp2\n", "import esp32\nprint(esp32.raw_temperature())\n"
    on_pico = open_type_check(ROOT, "rp2", memory).findings({"a": rp2_only, "b": esp32_only})
    on_esp = open_type_check(ROOT, "esp32", memory).findings({"a": rp2_only, "b": esp32_only})
    assert not on_pico["a"] and on_pico["b"][0].line == 1
    assert not on_esp["b"] and on_esp["a"][0].line == 1


def test_programs_see_neither_each_other_nor_the_packages_of_this_machine(memory):
    found = open_type_check(ROOT, "rp2", memory).findings(
        {"a": "geheim = 1\n", "b": "print(geheim)\nimport pydantic\n"}
    )
    assert [finding.line for finding in found["b"]] == [1, 2]


def test_a_letter_corrected_within_the_same_second_counts(memory):
    check = open_type_check(ROOT, "rp2", memory)
    wrong, right = f"{START}led.om()\n", f"{START}led.on()\n"
    assert [bool(check.findings({"a": source})["a"]) for source in (wrong, right, wrong)] == [True, False, True]


def test_what_is_no_python_hides_no_other_program(memory):
    found = open_type_check(ROOT, "rp2", memory).findings({"a": "while True print(1)\n", "b": "lde.on()\n"})
    assert "a" not in found and found["b"]


def test_our_own_modules_are_found_and_checked(tmp_path, memory):
    library = tmp_path / "microcontroller/lib/umqtt"
    library.mkdir(parents=True)
    (library / "simple.py").write_text("import time\n\n\ndef warte():\n    time.slep(1)\n")
    found = open_type_check(tmp_path, "rp2", memory).findings({"a": "from umqtt.simple import warte\nwarte(1)\n"})
    assert [finding.line for finding in found["a"]] == [2]
    assert [finding.line for finding in found["umqtt/simple.py"]] == [5]


def test_missing_stubs_are_said_with_what_to_do(tmp_path):
    with pytest.raises(MakerwagenError, match="make setup"):
        TypeCheck(tmp_path, tmp_path, tmp_path).findings({"a": "x = 1\n"})


def test_a_check_that_takes_too_long_is_ended(tmp_path, memory):
    usual = open_type_check(ROOT, "rp2", tmp_path)
    with pytest.raises(MakerwagenError, match="more than 0 s"):
        TypeCheck(usual.stubs, usual.library, usual.memory, timeout_s=0.01).findings({"a": "x = 1\n"})


def test_the_stubs_are_no_packages_of_this_environment():
    stubs = open_type_check(ROOT, "rp2", Path()).stubs
    assert not [entry for entry in sys.path if Path(entry or ".").resolve() == stubs]


@pytest.fixture
def content(tmp_path, memory):
    """Return a function that writes a cell and an exercise's programs and returns what the check of types reports."""

    def checked(cell: str, *tags: str, **programs: str) -> list[str]:
        for folder in ("boards",):
            for path in (ROOT / "microcontroller" / folder).glob("*.yml"):
                write(tmp_path / "microcontroller" / folder / path.name, path.read_text(encoding="utf-8"))
        exercise = tmp_path / "microcontroller/exercises/licht"
        write(exercise / "exercise.yml", "title: {de: Licht}\nboard: esp32\ntask: {de: Mach Licht.}\n")
        for name, source in programs.items():
            write(exercise / f"{name.replace('__', '/')}.py", source)
        lesson = (ROOT / "lessons/pedestrian-light/lesson.yml").read_text(encoding="utf-8")
        write(tmp_path / "lessons/pedestrian-light/lesson.yml", lesson)
        write(tmp_path / "lessons/pedestrian-light/lesson.de.ipynb", notebook(cell, tags))
        repository, _ = load_repository(tmp_path)
        return [str(problem) for problem in check_types(repository)]

    return checked


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def notebook(source: str, tags: tuple[str, ...]) -> str:
    import json

    first = {"cell_type": "markdown", "id": "titel", "metadata": {}, "source": "# Licht"}
    code = {"cell_type": "code", "id": "licht", "metadata": {"tags": list(tags)}, "source": source}
    code |= {"execution_count": None, "outputs": []}
    return json.dumps({"cells": [first, code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


CELL = "# %%micropython seconds=5\nfrom machine import Pin\nled = Pin(15, Pin.OUT)\nif led.value():\n    led.onn()\n"


def test_a_mistake_in_a_cell_is_reported_at_cell_and_line(content):
    assert content(CELL) == [
        "lessons/pedestrian-light/lesson.de.ipynb:cell 2:5: MCU301 a Pin has no .onn on this board; did you mean 'on'?"
    ]


def test_a_mistake_in_a_file_is_reported_at_its_line(content):
    said = content("print(1)", main="import rp2\n", solution="from machine import Pin\nPin(2, Pin.OUTPUT)\n")
    assert [line.partition("; ")[0] for line in said] == [
        "microcontroller/exercises/licht/main.py:1: MCU301 this board has no module rp2",
        "microcontroller/exercises/licht/solution.py:2: MCU301 Pin.OUTPUT does not exist on this board",
    ]


def test_wrong_programs_and_cells_with_a_mistake_on_purpose_are_left_alone(content):
    assert content(CELL, "raises-exception", wrong__typo="lde.on()\n", right__other="print(1)\n") == []
    assert content(CELL, "raises-exception", right__other="lde.on()\n")


def test_what_a_board_runs_first_must_fit_every_board(content, tmp_path):
    write(tmp_path / "microcontroller/boot/boot.py", "import rp2\n")
    write(tmp_path / "microcontroller/boot/pretend/start.py", "import os\nos.fork()\n")
    assert content("print(1)") == [
        "microcontroller/boot/boot.py:1: MCU301 this board has no module rp2; "
        "take one that the firmware has, or put a file into microcontroller/lib"
    ]


def test_the_board_of_a_cell_comes_from_its_first_line():
    repository, _ = load_repository(ROOT)
    assert board_of_cell("# %%micropython seconds=3\n", repository) == "pico-w"
    assert board_of_cell("# %%micropython board=esp32\n", repository) == "esp32"
    assert board_of_cell("# %%micropython exercise=pedestrian-light\n", repository) == "pico-w"


def test_a_child_reads_line_and_sentence():
    source = textwrap.dedent(CELL)
    assert child_findings(source, "rp2", ROOT) == [(5, "„.onn“ gibt es hier nicht. Meinst du „on“?")]
    assert child_findings(RIGHT, "rp2", ROOT) == []


def test_without_stubs_or_with_a_giant_program_the_second_look_is_left_out(monkeypatch):
    assert child_findings("lde.on()\n", "samd", ROOT) == []
    assert child_findings("lde.on()\n" * 10_000, "rp2", ROOT) == []
    monkeypatch.setattr(second_look, "TIMEOUT_S", 0.01)
    second_look._check.cache_clear()
    assert child_findings("lde.on()\n", "rp2", ROOT) == []
    second_look._check.cache_clear()


def test_a_disk_without_room_costs_nothing_but_the_second_look(monkeypatch):
    def no_room(*args, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("makerwagen.boards.typecheck.tempfile.TemporaryDirectory", no_room)
    assert child_findings("lde.on()\n", "rp2", ROOT) == []
