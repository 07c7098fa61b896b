"""What the pretend board has of `machine`: pins that remember their level, and an id. It plays no devices."""

import binascii

unique = ""


def unique_id():
    """Return the board's id."""
    return binascii.unhexlify(unique)


def freq():
    """Return a clock rate, which programs like to print."""
    return 125_000_000


class Pin:
    """A pin that remembers its level."""

    IN, OUT, PULL_UP, PULL_DOWN = 0, 1, 1, 2
    IRQ_RISING, IRQ_FALLING = 1, 2
    _levels = {}

    def __init__(self, id, mode=-1, pull=-1, value=None):
        self._id = id
        if value is not None:
            self.value(value)

    def value(self, level=None):
        """Return the level, or set it."""
        if level is None:
            return Pin._levels.get(self._id, 0)
        Pin._levels[self._id] = 1 if level else 0

    __call__ = value

    def on(self):
        """Set the level to 1."""
        self.value(1)

    def off(self):
        """Set the level to 0."""
        self.value(0)

    high, low = on, off

    def toggle(self):
        """Change the level."""
        self.value(1 - self.value())

    def irq(self, handler=None, trigger=0, **more):
        """Accept a handler; nothing ever changes these pins from outside."""
