"""Plays the analog-to-digital converter: volts at a pin become a number."""

import simulated_board as board
from simulated.pins import Pin, known, name_of, random_bits

volts_at = {}  # pin -> function that returns volts; the parts put themselves in
CORE_PIN = "core"
CORE_DEGREES = 27.0


class ADC:
    """A pin that measures volts, as programs know it from machine.ADC."""

    FULL = None

    def __init__(self, id):
        self._name = self._pin_of(id)
        self._full = self.FULL or board.volts

    def _pin_of(self, id):
        name = name_of(id)
        if not board.pins[name]["adc"]:
            can = known(lambda pin: pin["adc"])
            text = "%s kann auf dem %s keine Spannung messen. Messen können: %s."
            raise board.BoardError(text % (name, board.title, can))
        return name

    def _volts(self):
        board.look()
        if self._name == CORE_PIN:
            return 0.706 - (CORE_DEGREES - 27) * 0.001721  # RP2040 datasheet 4.9.5
        if self._name in volts_at:
            return volts_at[self._name]()
        state = Pin(self._name)._state
        if state.out or board.driven.get(self._name) is not None:
            return state.level() * board.volts
        board.note(self._name, "nothing-to-measure")
        return random_bits() / 32768 * board.volts

    def _steps(self):
        most = (1 << board.adc_bits) - 1
        volts = self._volts()
        wobble = random_bits() % 5 - 2
        if volts > self._full * 1.02:
            self._too_much()
        return max(0, min(most, round(volts / self._full * most) + wobble))

    def _too_much(self):
        return None

    def read_u16(self):
        """Return 0 to 65535."""
        value, bits = self._steps(), board.adc_bits
        return value << 16 - bits | value >> 2 * bits - 16

    def __repr__(self):
        return "<ADC %s>" % self._name


class PicoADC(ADC):
    """The Pico's: channels 0 to 2 are pins, 4 is the chip's own temperature."""

    CORE_TEMP = 4

    def _pin_of(self, id):
        if isinstance(id, int) and 0 <= id <= 3:
            return name_of(id + 26)
        return CORE_PIN if id == self.CORE_TEMP and isinstance(id, int) else ADC._pin_of(self, id)


class EspADC(ADC):
    """The ESP32's: without atten() it measures up to about 1 volt only."""

    ATTN_0DB, ATTN_2_5DB, ATTN_6DB, ATTN_11DB = 0, 1, 2, 3
    WIDTH_9BIT, WIDTH_10BIT, WIDTH_11BIT, WIDTH_12BIT = 9, 10, 11, 12
    RANGES = (1.1, 1.5, 2.2, 3.3)
    FULL = 1.1

    def __init__(self, id, *, atten=0):
        ADC.__init__(self, id)
        self._bits = 12
        self.atten(atten)

    def atten(self, atten):
        """Set up to how many volts it measures."""
        self._full = self.RANGES[atten]

    def width(self, bits):
        """Set how many bits `read` returns."""
        self._bits = bits

    def _too_much(self):
        board.note(self._name, "adc-range")

    def read(self):
        """Return 0 to 4095."""
        return self._steps() >> board.adc_bits - self._bits

    def read_uv(self):
        """Return microvolts."""
        return round(self._steps() / ((1 << board.adc_bits) - 1) * self._full * 1000000)


def volts_of(curve, value):
    """Return the volts that a part gives at a control's value: straight lines between the curve's points."""
    before = curve[0]
    if value <= before[0]:
        return before[1]
    for point in curve[1:]:
        if value <= point[0]:
            share = (value - before[0]) / (point[0] - before[0])
            return before[1] + share * (point[1] - before[1])
        before = point
    return before[1]
