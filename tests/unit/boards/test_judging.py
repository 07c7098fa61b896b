"""A scenario is validated when it is read, and a verdict names what was expected and what happened."""

import pytest

from makerwagen.boards.judging import judge
from makerwagen.boards.scenario import Scenario, read_scenario
from makerwagen.errors import MakerwagenError

HINTS = {"lit": {"de": "Schalte die LED ein."}}
LED = """
from machine import Pin
from time import sleep
led = Pin(10, Pin.OUT)
sleep(1)
led.on()
sleep({s})
led.off()
"""


def scenario(*steps, **more):
    return Scenario.model_validate({"seconds": 10, "steps": list(steps), "hints": HINTS, **more})


def expect(**more):
    return {"expect-pin": {"pin": "GP10", "level": 1, "hint": "lit", **more}}


def test_a_light_in_time_and_long_enough_passes(pico):
    assert judge(LED.format(s=3), scenario(expect(within=2, lasts=[2.5, 3.5])), on=pico).passed


def test_too_short_a_light_is_told_with_its_length(pico):
    verdict = judge(LED.format(s=2), scenario(expect(within=2, lasts=[2.5, 3.5])), on=pico)
    assert (verdict.passed, verdict.hint_id, verdict.hint) == (False, "lit", "Schalte die LED ein.")
    assert "2,5 bis 3,5 s" in verdict.expected
    assert verdict.happened == "GP10 war 2 s an."


def test_a_light_too_late_is_told(pico):
    verdict = judge(LED.format(s=3), scenario(expect(within=0.5)), on=pico)
    assert verdict.happened == "GP10 blieb aus (ab Sekunde 0)."


def test_an_error_comes_before_all_steps(pico):
    verdict = judge("led.on()\n", scenario(expect()), on=pico)
    assert (verdict.hint_id, verdict.line) == ("error", 1)


def test_what_is_set_when_is_known_before_the_run():
    press = {"set-control": {"pin": "GP15", "pressed": True}}
    release = {"set-control": {"pin": "GP15", "pressed": False}}
    inputs = scenario({"wait": 2}, press, {"wait": 0.5}, release, expect()).inputs
    assert [(each.at_s, each.value) for each in inputs] == [(2, 1), (2.5, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "steps: []",
        "seconds: 5\nhints: {}\nsteps:\n  - {wait: 1, never-together: {pins: [GP1, GP2], hint: a}}",
        "seconds: 5\nhints: {}\nsteps:\n  - expect-pin: {pin: GP1, level: 1, hint: nowhere}",
        "seconds: 5\nhints: {\n",
    ],
)
def test_a_broken_scenario_is_refused(tmp_path, text):
    path = tmp_path / "scenario.yml"
    path.write_text(text)
    with pytest.raises(MakerwagenError, match=r"scenario\.yml"):
        read_scenario(path)
