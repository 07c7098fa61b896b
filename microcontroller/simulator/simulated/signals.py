"""Plays Signal, a pin that may be upside down, and time_pulse_us, which measures how long a level lasts."""

import simulated_board as board
from simulated.pins import Pin


class Signal:
    """A pin whose on may be a low level, as programs know it from machine.Signal."""

    def __init__(self, pin, *more, invert=False, **rest):
        self._pin = pin if isinstance(pin, Pin) else Pin(pin, *more, **rest)
        self._invert = invert

    def value(self, new=None):
        """Return whether it is on, or set it."""
        if new is None:
            return self._pin.value() ^ self._invert
        return self._pin.value(bool(new) ^ self._invert)

    def __call__(self, new=None):
        return self.value(new)

    def on(self):
        """Switch it on."""
        self.value(1)

    def off(self):
        """Switch it off."""
        self.value(0)


def time_pulse_us(pin, pulse_level, timeout_us=1000000):
    """Return how long the pin has this level; -2 when it does not come, -1 when it does not end in time."""
    state = pin._state
    if not _until(state, pulse_level, board.now_us + timeout_us):
        return -2
    start = board.now_us
    if not _until(state, 1 - pulse_level, start + timeout_us):
        return -1
    return board.now_us - start


def _until(state, level, limit):
    while state.level() != level:
        if board.now_us >= limit:
            return False
        board.advance(max(1, min(board.coming[0][0] if board.coming else limit, limit) - board.now_us))
    return True
