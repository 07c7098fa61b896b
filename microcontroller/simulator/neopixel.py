"""Gives programs strips of colour lights as MicroPython's own module does, on the simulated board."""

import simulated_board as board
from simulated import devices

shown = {}  # device -> its colours


class NeoPixel:
    """A strip of lights; they change with write()."""

    ORDER = (1, 0, 2, 3)

    def __init__(self, pin, n, bpp=3, timing=1):
        pin.init(pin.OUT)
        self.pin, self.n, self.bpp = pin, n, bpp
        self.buf = bytearray(n * bpp)

    def __len__(self):
        return self.n

    def __setitem__(self, i, v):
        if not -self.n <= i < self.n:
            raise board.BoardError("Licht %d gibt es nicht: Die Lichter heißen 0 bis %d." % (i, self.n - 1))
        offset = i % self.n * self.bpp
        for colour in range(self.bpp):
            if not 0 <= v[colour] <= 255:
                raise board.BoardError("Eine Farbe geht von 0 bis 255, nicht %s." % v[colour])
            self.buf[offset + self.ORDER[colour]] = v[colour]

    def __getitem__(self, i):
        offset = i % self.n * self.bpp
        return tuple([self.buf[offset + self.ORDER[colour]] for colour in range(self.bpp)])

    def fill(self, v):
        """Give all lights one colour."""
        for i in range(self.n):
            self[i] = v

    def write(self):
        """Send the colours to the lights."""
        name = self.pin._name
        board.advance(self.n * self.bpp * 10 + 60)
        device = devices.pixels.get(name)
        identity, count = (device["id"], device["count"]) if device else (name, self.n)
        lights = shown.setdefault(identity, [[0, 0, 0] for _ in range(count)])
        for i in range(min(self.n, count)):
            lights[i] = list(self[i][:3])
        board.write("pixels", board.now_us, identity, lights)
