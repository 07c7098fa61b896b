"""Keeps the simulated board's clock, its inputs and the trace; machine and time stand on it."""

# Runs on MicroPython. One program, one board: the state is this module's own.
import json

# What a look at a pin or at the clock costs. A loop that waits without sleep() so reaches the end of its time too.
LOOK_US = 100
MOST_CHANGES = 20000


class TimeIsUp(BaseException):
    """Ends the program when its virtual time is used up; not an Exception, so that `except Exception` lets it pass."""


class TooManyChanges(BaseException):
    """Ends a program that switches pins endlessly without waiting."""


class BoardError(ValueError):
    """Tells a child, in German, what this board cannot do."""


title = ""
pins = {}
now_us = 0
end_us = 0
waiting = []
driven = {}
listeners = {}
changes = 0
over = False
trace = None


def set_up(config):
    """Take the pins, the time and the inputs from `config`."""
    global title, end_us, trace
    title, end_us = config["title"], config["end_us"]
    pins.update(config["pins"])
    waiting.extend(config["inputs"])
    trace = open(config["trace"], "w")


def write(*event):
    """Add one line to the trace."""
    trace.write(json.dumps(event) + "\n")


def changed(name, level):
    """Note that an output has a new level."""
    global changes
    changes += 1
    if changes > MOST_CHANGES:
        raise TooManyChanges()
    write("out", now_us, name, level)


def look():
    """Let the little time pass that reading a pin or the clock takes."""
    advance(LOOK_US)


def advance(us):
    """Let `us` microseconds pass; what is pressed or released meanwhile happens in its turn."""
    global now_us, over
    target = now_us + max(int(us), 0)
    while waiting and waiting[0][0] <= min(target, end_us):
        at, name, level = waiting.pop(0)
        now_us = max(now_us, at)
        driven[name] = level
        if name in listeners:
            listeners[name]()
    now_us = min(target, end_us)
    if target >= end_us:
        if not over:
            over = True
            write("end", now_us)
        raise TimeIsUp()
