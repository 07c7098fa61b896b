"""Keeps the simulated board's clock, what is about to happen, and the trace; all other modules stand on it."""

# Runs on MicroPython, under the unix port and in the page. One program, one board: the state is this module's own.
import json
from heapq import heappop, heappush

# What a look at a pin or at the clock costs, so that a loop that waits without sleep() comes to an end too: little after
# something happened, so that such a loop can measure an echo, then 1/512 of the time since. It never jumps over what is
# about to happen.
LOOK_US, SHARE_BITS, MOST_LOOK_US = 5, 9, 1000
MOST_EVENTS = 100000
MOST_TRACE = 5000000
MOST_PRINTED = 100000
MOST_CALLS = 100000
MOST_LATE = 8
MOST_COMING, MOST_ALIVE = 1500, 500


class TimeIsUp(BaseException):
    """Ends the program when its virtual time is used up; not an Exception, so that `except Exception` lets it pass."""


class TooManyChanges(BaseException):
    """Ends a program that switches pins endlessly without waiting."""


class TooMuchPrinted(BaseException):
    """Ends a program that prints endlessly without waiting."""


class TooManyCalls(BaseException):
    """Ends a program whose timers or interrupts come so often that nothing else runs."""


class Restart(BaseException):
    """Starts the program again, as machine.reset() does."""


class BoardError(ValueError):
    """Tells a child, in German, what this board cannot do."""


class DeviceError(OSError):
    """Tells a child, in German, why a part does not answer; args are the number a real board gives, and the text."""


title = port = led = ""
volts = 3.3
adc_bits = 12
free_buses = False
pins = {}
devices = []
now_us = 0
end_us = 0
seed = 0
sink = None
over = False

coming = []  # (us, number, call), a heap
driven = {}  # pin -> the level that something outside gives it, None = nothing does
sensors = set()  # pins with a part that always gives a level; for the others a level means: pressed
listeners = {}  # pin -> called when `driven` changed
watchers = {}  # pin -> called with (level) when the program sets an output
pulses = {}  # pin -> called with (freq, duty) when the program sets a PWM
controls = {}  # device -> {control: value}
on_control = {}  # device -> called with (control, value)
alive = []  # what goes on after the program's last line: timers, handlers

busy = False
masked = False
late = []
told = set()
_number = _events = _written = _printed = _calls = _since = 0


def set_up(config):
    """Take the board, its devices, the time and the inputs from `config`."""
    global title, port, led, volts, adc_bits, free_buses, end_us, seed
    board = config["board"]
    title, port, led = board["title"], board["port"], board["led"] or ""
    volts, adc_bits, free_buses = board["volts"], board["adc_bits"], board["free_buses"]
    end_us, seed = config["end_us"], config["seed"]
    pins.update(board["pins"])
    devices.extend(config["devices"])
    for device in devices:
        controls[device["id"]] = dict(device["controls"])
    for at_us, device, control, value in config["inputs"]:
        _plan(at_us, lambda d=device, c=control, v=value: set_control(d, c, v))


def forget():
    """Put the board back to how it is after a reset; the clock, the outside and the trace go on."""
    global busy, masked
    busy = masked = False
    for table in (listeners, watchers, pulses):
        table.clear()
    del alive[:], late[:]


def write(*event):
    """Add one event to the trace."""
    global _events, _written
    line = json.dumps(event)
    _events += 1
    _written += len(line)
    if _events > MOST_EVENTS or _written > MOST_TRACE:
        raise TooManyChanges()
    sink(line)


def write_last(*event):
    """Add an event that must not be missing, however much there is already."""
    sink(json.dumps(event))


def note(pin, word):
    """Note a mistake that makes no error, once for each pin."""
    if (pin, word) not in told:
        told.add((pin, word))
        write("note", now_us, pin, word)


def printed(text):
    """Note what the program prints."""
    global _printed
    _printed += len(text)
    if _printed > MOST_PRINTED:
        raise TooMuchPrinted()
    write("print", now_us, text)


def changed(name, level):
    """Note that an output has a new level, and tell the part there."""
    global _since
    _since = now_us
    write("out", now_us, name, level)
    if name in watchers:
        watchers[name](level)


def pulsed(name, freq, duty):
    """Note that an output gives so many pulses a second, on for this share of the time, and tell the part there."""
    write("pwm", now_us, name, freq, round(duty, 5))
    if name in pulses:
        pulses[name](freq, duty)


def drive(name, level):
    """Give a pin a level from outside; None lets go of it."""
    global _since
    if driven.get(name) == level:
        return
    driven[name] = level
    _since = now_us
    if name in listeners:
        listeners[name]()


def held(name):
    """Say whether a part does something at the pin: a pressed button, a sensor that found something."""
    level = driven.get(name)
    return 0 if level is None or (name in sensors and not level) else 1


def set_control(device, control, value):
    """Let a press, a turned knob or a new temperature take effect."""
    write("control", now_us, device, control, value)
    if device in controls:
        controls[device][control] = value
    if device in on_control:
        on_control[device](control, value)
    elif device in pins:  # a pin's name instead of a device: a button that nobody wired, to GND
        drive(device, 0 if value else None)


def at(us, call):
    """Have something happen at a moment of the board's clock; return its number, which `cancel` takes."""
    if len(coming) > MOST_COMING or len(alive) > MOST_ALIVE:
        raise TooManyCalls()
    return _plan(us, call)


def _plan(us, call):
    global _number
    _number += 1
    heappush(coming, (us, _number, call))
    return _number


def cancel(number):
    """Have something not happen after all."""
    for index, entry in enumerate(coming):
        if entry[1] == number:
            coming[index] = (entry[0], entry[1], _nothing)


def _nothing():
    return None


def call(handler, argument, name=""):
    """Call a handler of the program; while another one runs or interrupts are off, it waits its turn."""
    global busy, _calls
    _calls += 1
    if _calls > MOST_CALLS:
        raise TooManyCalls()
    if not busy and not masked:
        busy = True
        try:
            handler(argument)
            while late and not masked:
                handler, argument = late.pop(0)
                handler(argument)
        finally:
            busy = False
    elif len(late) < MOST_LATE:
        late.append((handler, argument))
    else:
        note(name, "handler-too-slow")


def look():
    """Let the little time pass that reading a pin or the clock takes."""
    us = min(LOOK_US + (now_us - _since >> SHARE_BITS), MOST_LOOK_US)
    if coming and now_us < coming[0][0] < now_us + us:
        us = coming[0][0] - now_us + 1  # what is seen is later than what caused it
    _pass(us)


def rest(us):
    """Let the program sleep; in a handler that is a mistake."""
    if busy and us > 1000:
        note("sleep()", "sleep-in-handler")
    advance(us)


def advance(us):
    """Let `us` microseconds pass for what the program or a part does."""
    global _since
    _pass(us)
    _since = now_us


def _pass(us):
    """Let time pass; what happens meanwhile happens in its turn."""
    global now_us
    target = now_us + max(int(us), 0)
    last = min(target, end_us)
    while coming and coming[0][0] <= last:
        at_us, _, happen = heappop(coming)
        now_us = max(now_us, at_us)
        happen()
    now_us = max(now_us, last)
    if target >= end_us:
        finish()
        raise TimeIsUp()


def finish():
    """Note the end, once."""
    global over
    if not over:
        over = True
        write_last("end", now_us)
