"""Each kind of step is met by a program that does it and told of one that does not, on the simulated board."""

from pathlib import Path

import pytest
import yaml

from makerwagen.boards.devices import devices_of
from makerwagen.boards.exercises import open_exercise
from makerwagen.boards.judging import judge, judged_run
from makerwagen.boards.known import read_content
from makerwagen.boards.scenario import for_judge
from makerwagen.boards.simulator import Limits
from makerwagen.content.exercise import Exercise
from makerwagen.content.part import Parts
from makerwagen.content.scenario import Scenario
from makerwagen.errors import MakerwagenError

ROOT = Path(__file__).resolve().parents[3]
PARTS = Parts.model_validate(yaml.safe_load((ROOT / "microcontroller/parts.yml").read_text(encoding="utf-8")))
HINTS = {"lit": {"de": "Schalte die LED ein."}}
WIRES = {
    "rot": {"part": "led-red", "label": {"de": "rot"}, "pin": "GP10", "value": "330 Ω"},
    "gelb": {"part": "led-yellow", "label": {"de": "gelb"}, "pin": "GP11", "value": "330 Ω"},
    "umgekehrt": {"part": "led-red", "label": {"de": "umgekehrt"}, "pin": "GP9", "value": "330 Ω", "other_leg": "3V3"},
    "taster": {"part": "push-button", "label": {"de": "Taster"}, "pin": "GP15"},
    "summer": {"part": "buzzer", "label": {"de": "Summer"}, "pin": "GP16"},
    "servo": {"part": "servo", "label": {"de": "Servo"}, "pin": "GP17", "power": "VBUS"},
    "ring": {"part": "neopixel-ring", "label": {"de": "Ring"}, "pin": "GP2", "count": 8, "power": "VBUS"},
    "fuehler": {"part": "dht22", "label": {"de": "Fühler"}, "pin": "GP4", "power": "3V3"},
}
LED = """
from machine import Pin
from time import sleep
led = Pin(10, Pin.OUT)
sleep(1)
led.on()
sleep({s})
led.off()
"""
REACTION = """
from machine import Pin
from time import sleep, ticks_ms, ticks_diff
from random import uniform
led, b = Pin(10, Pin.OUT), Pin(15, Pin.IN, Pin.PULL_UP)
for runde in range(3):
    sleep(uniform(1, 3))
    if b.value() == 0:
        print("zu früh")
    led.on()
    start = ticks_ms()
    while b.value() == 1:
        pass
    print("Zeit:", ticks_diff(ticks_ms(), start), "ms")
    led.off()
"""


def devices(*ids):
    wiring = [{"id": id, **WIRES[id]} for id in ids]
    exercise = {"title": {"de": "x"}, "board": "pico-w", "task": {"de": "x"}, "wiring": wiring}
    return devices_of(Exercise.model_validate(exercise), PARTS)


def scenario(*steps, **more):
    return Scenario.model_validate({"seconds": 10, "steps": list(steps), "hints": HINTS, **more})


def expect(kind="expect-pin", **more):
    usual = {"part": "rot", "level": 1} if kind == "expect-pin" else {}
    return {kind: usual | {"hint": "lit"} | more}


def verdict_on(pico, source, *steps, on=("rot",), **more):
    return judge(source, scenario(*steps, **more), on=pico, devices=devices(*on), limits=Limits(wall_s=2))


def test_a_light_in_time_and_long_enough_passes(pico):
    assert verdict_on(pico, LED.format(s=3), expect(within=2, lasts=[2.5, 3.5])).passed


def test_too_short_a_light_is_told_with_its_length_and_the_programs_own_name(pico):
    verdict = verdict_on(pico, LED.format(s=2), expect(within=2, lasts=[2.5, 3.5]))
    assert (verdict.passed, verdict.hint_id, verdict.hint) == (False, "lit", "Schalte die LED ein.")
    assert verdict.expected == "„rot“ (GP10, bei dir led) ist an, und zwar 2,5 bis 3,5 s lang."
    assert verdict.happened == "„rot“ (GP10, bei dir led) war 2 s an, ab Sekunde 1."


def test_a_range_that_reaches_to_the_end_of_the_run_is_told_as_at_least(pico):
    verdict = verdict_on(pico, LED.format(s=2), expect(within=2, lasts=[2.5, 10]))
    assert "mindestens 2,5 s lang" in verdict.expected


def test_a_light_too_late_is_told_with_the_moment(pico):
    verdict = verdict_on(pico, LED.format(s=3), expect(within=0.5))
    assert verdict.happened == "„rot“ (GP10, bei dir led) war ab Sekunde 0 aus und ging erst bei Sekunde 1 an."


def test_a_pin_that_the_program_never_uses_is_told(pico):
    verdict = verdict_on(pico, "from machine import Pin\nled = Pin(12, Pin.OUT)\nled.on()\n", expect())
    assert verdict.happened == "GP10 kommt in deinem Programm noch nicht dran."
    assert verdict.line == 2


def test_the_only_line_that_sets_a_pin_is_named_else_the_one_that_makes_it(pico):
    once = "from machine import Pin\nled = Pin(10, Pin.OUT)\n\nled.off()\n"
    assert verdict_on(pico, once, expect()).line == 4
    assert verdict_on(pico, once + "led.value(0)\n", expect()).line == 2


def test_switching_on_and_off_at_once_is_told_as_no_time(pico):
    source = "from machine import Pin\nled = Pin(10, Pin.OUT)\nled.on()\nled.off()\n"
    assert "war 0 s an" in verdict_on(pico, source, expect(lasts=[1, 10])).happened


def test_a_light_stays_on_after_the_program_is_over(pico):
    source = "from machine import Pin\nPin(10, Pin.OUT).on()\n"
    assert verdict_on(pico, source, {"wait": 5}, expect(lasts=[4, 10])).passed


def test_an_led_from_the_supply_shines_at_0(pico):
    source = "from machine import Pin\nled = Pin(9, Pin.OUT)\nled.on()\n"
    verdict = verdict_on(pico, source, expect(part="umgekehrt", level=0), on=["umgekehrt"])
    assert "ist an" in verdict.expected
    assert "blieb aus" in verdict.happened


def test_an_error_comes_before_all_steps_and_keeps_micropythons_words(pico):
    verdict = verdict_on(pico, "led.on()\n", expect())
    assert (verdict.hint_id, verdict.line) == ("error", 1)
    assert "MicroPython sagt dazu: NameError: name 'led' isn't defined" in str(verdict)


def test_lights_that_may_never_shine_together_are_told_with_the_moment(pico):
    source = "from machine import Pin\nfrom time import sleep\na, b = Pin(10, Pin.OUT), Pin(11, Pin.OUT)\n"
    source += "a.on()\nsleep(2)\nb.on()\nsleep(1)\na.off()\nsleep(9)\n"
    verdict = verdict_on(
        pico, source, {"never-together": {"parts": ["rot", "gelb"], "hint": "lit"}}, on=["rot", "gelb"]
    )
    assert verdict.happened.endswith("waren 1 s zugleich an, zuerst bei Sekunde 2.")


@pytest.mark.parametrize(
    ("body", "on", "step", "wrong"),
    [
        (
            "p = PWM(Pin(16))\np.freq({v})\np.duty_u16(30000)\nsleep(1)\np.duty_u16(0)\n",
            "summer",
            ("expect-frequency", {"hz": [430, 450], "for": 0.5}),
            ("440", "880", "880 Hz"),
        ),
        (
            "p = Pin(10, Pin.OUT)\nwhile True:\n    p.toggle()\n    sleep({v})\n",
            "rot",
            ("expect-frequency", {"hz": [0.9, 1.1], "for": 3}),
            ("0.5", "2", "0,25 Hz"),
        ),
        (
            "p = PWM(Pin(10))\np.freq(1000)\np.duty_u16({v})\n",
            "rot",
            ("expect-duty", {"percent": [40, 60]}),
            ("32768", "6553", "10 Prozent"),
        ),
        (
            "print('Es sind', {v}, 'Grad')\n",
            None,
            ("expect-text", {"contains": "grad", "number": [20, 25]}),
            ("24.5", "30", "„Es sind 30 Grad“"),
        ),
        (
            "n = NeoPixel(Pin(2), 8)\nn[3] = {v}\nn.write()\n",
            "ring",
            ("expect-pixels", {"pixel": 3, "colour": [255, 0, 0]}),
            ("(40, 2, 0)", "(0, 40, 0)", "Licht 3 war grün"),
        ),
        (
            "n = NeoPixel(Pin(2), 8)\nfor i in range({v}):\n    n[i] = (0, 0, 90)\nn.write()\n",
            "ring",
            ("expect-pixels", {"lit": [4, 5], "colour": [0, 0, 255]}),
            ("4", "7", "7 Lichter leuchteten"),
        ),
        (
            "p = PWM(Pin(17))\np.freq(50)\np.duty_ns({v})\nsleep(1)\n",
            "servo",
            ("expect-angle", {"degrees": [80, 100], "within": 1}),
            ("1500000", "500000", "stand auf"),
        ),
    ],
    ids=["pwm", "blinking", "duty", "text", "pixel", "lit", "angle"],
)
def test_each_kind_of_step_is_met_or_told(pico, body, on, step, wrong):
    start = "from machine import Pin, PWM\nfrom neopixel import NeoPixel\nfrom time import sleep\n"
    kind, asked = step
    right, slip, told = wrong
    wanted = expect(kind, **asked, **({"part": on} if on else {}))
    good = verdict_on(pico, start + body.format(v=right), wanted, on=[on] if on else [])
    assert good.passed, str(good)
    bad = verdict_on(pico, start + body.format(v=slip), wanted, on=[on] if on else [])
    assert not bad.passed
    assert told in bad.happened


def test_a_sensors_value_can_be_set_and_its_reading_expected(pico):
    source = "from machine import Pin\nfrom dht import DHT22\nfrom time import sleep\nf = DHT22(Pin(4))\n"
    source += "while True:\n    f.measure()\n    print(f.temperature())\n    sleep(2)\n"
    steps = [
        {"wait": 3},
        {"set-control": {"part": "fuehler", "control": "temperature", "value": 31.5}},
        expect("expect-text", number=[31, 32], within=5),
    ]
    assert verdict_on(pico, source, *steps, on=["fuehler"]).passed
    steps[1]["set-control"]["value"] = 12
    verdict = verdict_on(pico, source, *steps, on=["fuehler"])
    assert "Eine Zahl von 31 bis 32" in verdict.expected.replace("eine", "Eine")
    assert "12" in verdict.happened


def reactions(*delays):
    for delay in delays:
        yield expect(within=4)
        yield {"wait": delay}
        yield {"set-control": {"part": "taster", "value": True}}
        yield {"wait": 0.1}
        yield {"set-control": {"part": "taster", "value": False}}
        yield expect("expect-text", number=[delay * 1000, delay * 1000 + 20], within=0.5)


def test_a_button_is_pressed_so_long_after_a_light_that_comes_by_chance(pico):
    steps = list(reactions(0.4, 0.25, 1))
    wanted = scenario(*steps, seconds=20, seed=7)
    verdict, run = judged_run(REACTION, wanted, on=pico, devices=devices("rot", "taster"))
    assert verdict.passed, str(verdict)
    assert run.printed.splitlines() == ["Zeit: 400 ms", "Zeit: 250 ms", "Zeit: 1000 ms"]


def test_the_same_scenario_gives_the_same_verdict_again(pico):
    wanted = scenario(*reactions(0.4, 0.25), seconds=20, seed=3)
    late = REACTION.replace("start = ticks_ms()", "start = ticks_ms() + 50")
    first, second = (judge(late, wanted, on=pico, devices=devices("rot", "taster")) for _ in range(2))
    assert first == second
    assert "Zeit: 350 ms" in first.happened


def test_an_endless_program_is_told_in_the_verdict(pico):
    verdict = verdict_on(pico, "x = 1\nwhile True:\n    x = 1 - x\n", expect())
    assert verdict.hint_id == "error"
    assert "sleep()" in verdict.happened


def test_brackets_that_a_child_forgot_come_before_the_scenarios_hint(pico):
    source = "from machine import Pin\nled = Pin(10, Pin.OUT)\nled.on\n"
    verdict = verdict_on(pico, source, expect())
    assert (verdict.hint_id, verdict.line) == ("no-brackets", 3)
    assert "led.on()" in verdict.hint


def test_the_ladder_of_hints_tells_more_from_rung_to_rung(pico):
    ladder = {"lit": [{"de": "Eins."}, {"de": "Zwei."}, {"de": "Drei."}]}
    verdict = verdict_on(pico, LED.format(s=1), expect(), hints=ladder)
    assert verdict.hints == ("Eins.", "Zwei.", "Drei.")
    assert [rung for rung in (1, 2, 3) if f"Tipp: {verdict.hints[rung - 1]}" in verdict.said(rung)] == [1, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "steps: []",
        "seconds: 5\nhints: {}\nsteps:\n  - {wait: 1, never-together: {pins: [GP1, GP2], hint: a}}",
        "seconds: 5\nhints: {a: {de: x}}\nsteps:\n  - expect-pin: {pin: GP1, part: rot, level: 1, hint: a}",
        "seconds: 5\nhints: {a: {de: x}}\nsteps:\n  - expect-text: {within: 1, hint: a}",
        "seconds: 5\nhints: {a: {de: x}}\nsteps:\n  - expect-pixels: {part: ring, pixel: 1, hint: a}",
        "seconds: 5\nhints: {a: {de: x}}\nsteps:\n  - expect-duty: {pin: GP1, percent: [60, 40], hint: a}",
        "seconds: 5\nhints: {a: []}\nsteps:\n  - wait: 1",
        "seconds: 5\nhints: {\n",
    ],
)
def test_a_broken_scenario_is_refused(tmp_path, text):
    path = tmp_path / "scenario.yml"
    path.write_text(text)
    with pytest.raises(MakerwagenError, match=r"scenario\.yml"):
        read_content(path, Scenario)


@pytest.mark.parametrize(
    ("step", "word"),
    [
        (expect(part="blau"), "blau"),
        (expect(hint="nowhere"), "nowhere"),
        ({"set-control": {"part": "rot", "value": True}}, "rot"),
    ],
)
def test_a_scenario_that_names_what_is_not_there_is_refused(step, word):
    with pytest.raises(MakerwagenError, match=word):
        for_judge(scenario(step), devices("rot"))


AT_ONCE = {
    "a loop that never sleeps": """
while True:
    if taster.value() == 0:
        licht.on()
        sleep(4)
        licht.off()
""",
    "an interrupt": """
bis = 0
def gedrueckt(pin):
    global bis
    licht.on()
    bis = ticks_ms() + 4000
taster.irq(handler=gedrueckt, trigger=Pin.IRQ_FALLING)
while True:
    if bis and ticks_ms() >= bis:
        licht.off()
        bis = 0
    sleep(0.01)
""",
}


@pytest.mark.parametrize("way", AT_ONCE)
def test_a_light_that_answers_a_press_at_once_is_on_after_it_and_not_before(way):
    head = "from machine import Pin\nfrom time import sleep, ticks_ms\n"
    head += "licht = Pin(15, Pin.OUT)\ntaster = Pin(14, Pin.IN, Pin.PULL_UP)\n"
    ready = open_exercise(ROOT, "stair-light")
    assert judge(head + AT_ONCE[way], ready.scenario, on=ready.board, devices=ready.devices).passed
