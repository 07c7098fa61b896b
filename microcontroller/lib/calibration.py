"""Turns raw numbers into per cent between two states that were measured, and keeps them; for real and simulated boards."""

import json
import os

# So far beyond 0 or 100 a value is the sensor's trembling; further out the calibration no longer fits, and that must show.
TREMBLES = 5


def percent(raw, zero, hundred):
    """Return where a raw number lies between the one that is 0 and the one that is 100 per cent."""
    value = (raw - zero) * 100 / (hundred - zero)
    if -TREMBLES <= value <= 100 + TREMBLES:
        value = max(0.0, min(100.0, value))
    return round(value, 1)


def median(values):
    """Return the middle one of some numbers: a single wild one does not move it."""
    return sorted(values)[len(values) // 2]


class TwoPoints:
    """The raw numbers of 0 and 100 per cent, in a file of the board, so that they outlive the night without power."""

    def __init__(self, file="calibration.json", apart=3000):
        """Take up what was kept; `apart` is how far from each other the two must be at least."""
        self.file, self.apart = file, apart
        self.zero = self.hundred = None
        try:
            with open(file) as kept:
                zero, hundred = json.loads(kept.read())
            if abs(hundred - zero) >= apart:
                self.zero, self.hundred = zero, hundred
        except (OSError, ValueError, TypeError):
            pass  # none yet, or half a file: then it is calibrated anew

    def ready(self):
        """Say whether both are known."""
        return self.zero is not None and self.hundred is not None

    def learn(self, raw):
        """Take the next of the two: first 0 per cent, then 100; return which it was, None for one too near the other."""
        if self.zero is None or self.ready():
            self.zero, self.hundred = raw, None
            return 0
        if abs(raw - self.zero) < self.apart:
            return None
        self.hundred = raw
        self._keep()
        return 100

    def percent(self, raw):
        """Return a raw number in per cent."""
        return percent(raw, self.zero, self.hundred)

    def _keep(self):
        # Beside the old one and then in its place: a cut cable in between costs nothing.
        with open(self.file + ".new", "w") as kept:
            kept.write(json.dumps([self.zero, self.hundred]))
        os.rename(self.file + ".new", self.file)
