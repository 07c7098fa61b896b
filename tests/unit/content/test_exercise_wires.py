"""What an exercise may declare as wired is what can be drawn."""

import pytest
from pydantic import ValidationError

from makerwagen.content.exercise import Wire

WIRE = {"id": "abstand", "part": "hcsr04", "label": {"de": "Abstand"}, "pins": {"trigger": "GP14", "echo": "GP15"}}


def test_a_voltage_divider_stands_between_5_volts_and_a_pin():
    assert Wire.model_validate(WIRE | {"through": "voltage-divider"}).through == "voltage-divider"


def test_what_nobody_can_draw_is_refused():
    with pytest.raises(ValidationError, match="voltage-divider"):
        Wire.model_validate(WIRE | {"through": "level-shifter"})
