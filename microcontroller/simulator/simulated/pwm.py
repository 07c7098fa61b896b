"""Plays PWM: so many pulses a second, on for a share of the time."""

import simulated_board as board
from simulated.pins import Pin, number_of

active = []
LOWEST, HIGHEST = {"rp2": 8, "esp32": 1}, {"rp2": 62500000, "esp32": 40000000}


class PWM:
    """A pin that pulses, as programs know it from machine.PWM."""

    def __init__(self, dest, freq=None, duty_u16=None, duty_ns=None, *, duty=None, invert=False):
        self._pin = dest if isinstance(dest, Pin) else Pin(dest)
        if number_of(self._pin._name) < 0:
            raise board.BoardError("Das kleine Licht %s kann nur an und aus sein." % self._pin._name)
        if board.pins[self._pin._name]["input_only"]:
            self._pin._only_reads(Pin.OUT, -1)
        state = self._pin._state
        if state.pwm is not None:
            state.pwm.deinit()
        if state.out and state.latch:
            state.latch = 0
            board.changed(self._pin._name, 0)  # from now on the pulses decide
        state.out, state.pwm = True, self
        self._invert = invert
        self._duty, self._width_ns = (0.0, None) if board.port == "rp2" else (0.5, None)
        self._freq = self._freq_of_slice() if board.port == "rp2" else 5000
        self._on = False
        active.append(self)
        self.init(freq=freq, duty_u16=duty_u16, duty_ns=duty_ns, duty=duty)
        if board.port != "rp2" and not self._on:
            self._start()

    def init(self, freq=None, duty_u16=None, duty_ns=None, *, duty=None, invert=None):
        """Set several at once."""
        if invert is not None:
            self._invert = invert
        if freq is not None:
            self.freq(freq)
        if duty_u16 is not None:
            self.duty_u16(duty_u16)
        if duty is not None:
            self.duty(duty)
        if duty_ns is not None:
            self.duty_ns(duty_ns)

    def freq(self, hz=None):
        """Return or set the pulses a second; on the Pico a neighbour on the same slice changes with it."""
        if hz is None:
            return self._freq
        if not LOWEST[board.port] <= hz <= HIGHEST[board.port]:
            text = "PWM geht auf dem %s von %d bis %d Schwingungen in der Sekunde, nicht %s."
            raise board.BoardError(text % (board.title, LOWEST[board.port], HIGHEST[board.port], hz))
        for other in self._neighbours():
            if other._freq and other._freq != hz:
                board.note(self._pin._name, "pwm-shares-frequency")
                other._freq = int(hz)
                other._start()
        self._freq = int(hz)
        if self._on or board.port != "rp2":
            self._start()

    def duty_u16(self, value=None):
        """Return or set the share of the time that the pin is on, of 65535."""
        if value is None:
            return round(self._share() * 65535)
        if not 0 <= value <= 65535:
            raise board.BoardError("duty_u16 geht von 0 bis 65535, nicht %s." % value)
        self._set(value / 65535, None)

    def duty_ns(self, value=None):
        """Return or set how long each pulse is, in nanoseconds."""
        if value is None:
            return round(self._share() * 1e9 / self._freq) if self._freq else 0
        self._set(0.0, max(0, value))

    def _set(self, share, width_ns):
        self._duty, self._width_ns = share, width_ns
        if not self._freq:
            board.note(self._pin._name, "pwm-without-freq")
        self._start()

    def _share(self):
        share = self._duty if self._width_ns is None else min(1.0, self._width_ns * self._freq / 1e9)
        return 1.0 - share if self._invert else share

    def _start(self):
        self._on = True
        board.pulsed(self._pin._name, self._freq, self._share() if self._freq else 0.0)

    def _slice(self):
        return number_of(self._pin._name) // 2 % 8

    def _neighbours(self):
        if board.port != "rp2":
            return []
        return [other for other in active if other is not self and other._slice() == self._slice()]

    def _freq_of_slice(self):
        return max([other._freq for other in self._neighbours()] + [0])

    def deinit(self):
        """Stop the pulses."""
        if self in active:
            active.remove(self)
            self._pin._state.pwm = None
            board.pulsed(self._pin._name, 0, 0.0)
            self._on = False

    def __repr__(self):
        return "<PWM %s freq=%d duty_u16=%d>" % (self._pin._name, self._freq, self.duty_u16())


class PWM10(PWM):
    """The same with ESP32's older duty of 0 to 1023."""

    def duty(self, value=None):
        """Return or set the share of the time that the pin is on, of 1023."""
        if value is None:
            return round(self._share() * 1023)
        if not 0 <= value <= 1023:
            raise board.BoardError("duty geht von 0 bis 1023, nicht %s." % value)
        self._set(value / 1023, None)
