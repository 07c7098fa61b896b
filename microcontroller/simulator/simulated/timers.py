"""Plays timers, the watchdog and the clock that knows the date."""

import simulated_board as board
import time


class Timer:
    """Calls a function once or again and again, as programs know it from machine.Timer."""

    ONE_SHOT, PERIODIC = 0, 1

    def __init__(self, id=None, *, mode=PERIODIC, freq=-1, period=-1, tick_hz=1000, callback=None, hard=False):
        if board.port == "esp32":
            if id not in (0, 1, 2, 3):
                raise board.BoardError("Auf dem %s hat jeder Timer eine Nummer von 0 bis 3, zum Beispiel Timer(0)." % board.title)
            for other in [each for each in board.alive if isinstance(each, Timer) and each._id == id]:
                other.deinit()
        elif id not in (None, -1):
            raise board.BoardError("Auf dem %s haben Timer keine Nummer. Schreibe Timer()." % board.title)
        self._id = id
        self._next = 0
        if freq != -1 or period != -1:
            self.init(mode=mode, freq=freq, period=period, tick_hz=tick_hz, callback=callback)

    def init(self, *, mode=PERIODIC, freq=-1, period=-1, tick_hz=1000, callback=None, hard=False):
        """Start it: `period` in milliseconds or `freq` calls a second."""
        us = 1000000 / freq if freq != -1 and freq > 0 else period * 1000000 / tick_hz
        if us <= 0:
            raise board.BoardError("Ein Timer braucht eine Zeit, die größer als 0 ist: period=500 sind 500 Millisekunden.")
        self.deinit()
        self._every, self._mode, self._callback = us, mode, callback
        self._due = board.now_us + us
        board.alive.append(self)
        self._plan()

    def _plan(self):
        self._next = board.at(round(self._due), self._tick)

    def _tick(self):
        if self not in board.alive:
            return
        if self._mode == Timer.PERIODIC:
            self._due += self._every
            self._plan()
        else:
            board.alive.remove(self)
        if self._callback:
            board.call(self._callback, self, "Timer")

    def deinit(self):
        """Stop it."""
        if self in board.alive:
            board.alive.remove(self)
            board.cancel(self._next)

    def value(self):
        """Return how far it has come, in milliseconds."""
        board.look()
        return round(max(0, self._every - (self._due - board.now_us)) / 1000)


class WDT:
    """Restarts the board when nobody feeds it in time."""

    def __init__(self, id=0, timeout=5000):
        if board.port == "rp2" and timeout > 8388:
            raise board.BoardError("Auf dem %s wartet der Wachhund höchstens 8388 Millisekunden." % board.title)
        self._ms = timeout
        board.alive.append(self)
        self._next = 0
        self.feed()

    def feed(self):
        """Say that all is well."""
        board.cancel(self._next)
        self._next = board.at(board.now_us + self._ms * 1000, self._bite)

    def _bite(self):
        if self in board.alive:
            board.note("WDT", "watchdog")
            raise board.Restart()


class RTC:
    """The date, as (year, month, day, weekday, hour, minute, second, fraction); a battery is not there."""

    def __init__(self, id=0):
        pass

    def datetime(self, moment=None):
        """Return or set it."""
        if moment is not None:
            time.set_time((moment[0], moment[1], moment[2], moment[4], moment[5], moment[6]))
            return None
        year, month, day, hour, minute, second, weekday, _ = time.localtime()
        return (year, month, day, weekday, hour, minute, second, board.now_us % 1000000)

    def init(self, moment):
        """Set it."""
        self.datetime(moment)
