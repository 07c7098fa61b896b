"""Plays the board's pins: direction, level, pull, interrupts."""

import simulated_board as board

states = {}
noise = board.seed * 7919 + 12345


def random_bits():
    """Return 15 bits that follow a fixed pattern: the same run gives the same noise."""
    global noise
    noise = (noise * 1103515245 + 12345) & 0x7FFFFFFF
    return noise >> 16


def number_of(name):
    """Return the pin's number on the chip, -1 for the light on the board."""
    return board.pins[name]["number"]


def names():
    """Return the names of all pins that programs may use."""
    return [name for name in board.pins if not board.pins[name]["reserved"]]


def known(wanted):
    """Return the names of the pins for which `wanted(pin)` holds, by number, as a child reads them."""
    found = [name for name in names() if wanted(board.pins[name])]
    found.sort(key=number_of)
    return ", ".join(found)


def name_of(identity):
    """Return the pin's name, or tell the child that this board has no such pin."""
    if isinstance(identity, Pin):
        return identity._name
    name = str(identity)
    if not isinstance(identity, int) and name.isdigit():
        raise board.BoardError("Die Nummer eines Pins steht ohne Anführungszeichen: Pin(%s)" % name)
    if isinstance(identity, int):
        name = ("GPIO%s" if board.port == "esp32" else "GP%s") % name
    if name not in board.pins:
        raise board.BoardError("Der %s hat keinen Pin %s." % (board.title, name))
    if board.pins[name]["reserved"]:
        raise board.BoardError("%s ist auf dem %s vergeben: %s" % (name, board.title, board.pins[name]["reserved"]))
    if board.pins[name].get("strapping"):
        board.note(name, "strapping")
    return name


class State:
    """What the hardware of one pin does; every Pin object of that pin shares it."""

    def __init__(self, name):
        self.name = name
        self.out = False
        self.drain = False
        self.latch = 0
        self.pull = None
        self.seen = None
        self.handler = None
        self.trigger = 0
        self.pwm = None

    def level(self):
        """Return the level at the pin; an input that nothing holds wavers, as on a real board."""
        if self.out and not (self.drain and self.latch):
            return self.latch
        held = board.driven.get(self.name)
        if held is not None:
            return held
        if self.pull is not None:
            return 1 if self.pull == Pin.PULL_UP else 0
        if self.drain:
            return 1
        board.note(self.name, "floating")
        return random_bits() & 1

    def moved(self):
        """Note a new level from outside and call the program's handler."""
        if self.out and not self.drain:
            held = board.driven.get(self.name)
            if held is not None and held != self.latch:
                board.note(self.name, "short")
            return
        if board.driven.get(self.name) is None and self.pull is None and not self.drain:
            level = 0  # nobody asked; the noise is for those who read
        else:
            level = self.level()
        board.write("in", board.now_us, self.name, level, board.held(self.name))
        before, self.seen = self.seen, level
        if self.handler and before != level and self.trigger & (Pin.IRQ_RISING if level else Pin.IRQ_FALLING):
            board.now_us += 1  # what the handler does is later than what called it
            board.call(self.handler, Pin(self.name), self.name)


class Names:
    """Pin.board: the pins by their names."""

    def __getattr__(self, name):
        return Pin(name)


class Pin:
    """A pin, as programs know it from machine.Pin."""

    IN, OUT, OPEN_DRAIN, ALT = 0, 1, 2, 3
    PULL_UP, PULL_DOWN = 1, 2
    IRQ_FALLING, IRQ_RISING = 4, 8
    IRQ_LOW_LEVEL, IRQ_HIGH_LEVEL = 1, 2
    DRIVE_0, DRIVE_1, DRIVE_2, DRIVE_3 = 0, 1, 2, 3
    board = Names()

    def __init__(self, id, mode=-1, pull=-1, *, value=None, drive=None, alt=None):
        self._name = name_of(id)
        if self._name not in states:
            states[self._name] = State(self._name)
        self._state = states[self._name]
        if mode != -1 or pull != -1 or value is not None:
            self.init(mode, pull, value=value)

    def init(self, mode=-1, pull=-1, *, value=None, drive=None, alt=None):
        """Set direction, pull and first level."""
        state, pin = self._state, board.pins[self._name]
        if mode not in (-1, None, Pin.IN, Pin.OUT, Pin.OPEN_DRAIN):
            raise board.BoardError("Diese Betriebsart kennt der simulierte Pin nicht. Nimm Pin.OUT oder Pin.IN.")
        if pin["input_only"]:
            self._only_reads(mode, pull)
        if value is not None:
            state.latch = 1 if value else 0
        if pull != -1:
            state.pull = pull
        if mode in (Pin.OUT, Pin.OPEN_DRAIN):
            self._becomes_output(mode)
        elif mode == Pin.IN:
            self._becomes_input()

    def _only_reads(self, mode, pull):
        if mode in (Pin.OUT, Pin.OPEN_DRAIN):
            text = "%s kann auf dem %s nur lesen. Nimm für einen Ausgang einen anderen Pin."
            raise board.BoardError(text % (self._name, board.title))
        if pull not in (-1, None):
            text = "%s hat auf dem %s keinen eingebauten Pull-Widerstand. Nimm einen anderen Pin."
            raise board.BoardError(text % (self._name, board.title))

    def _becomes_output(self, mode):
        state = self._state
        _end_pwm(state)
        state.out, state.drain = True, mode == Pin.OPEN_DRAIN
        board.listeners[self._name] = state.moved
        board.changed(self._name, state.latch)

    def _becomes_input(self):
        state = self._state
        _end_pwm(state)
        state.out = state.drain = False
        quiet = state.pull is None and board.driven.get(self._name) is None
        state.seen = None if quiet else state.level()
        board.listeners[self._name] = state.moved
        board.write("in", board.now_us, self._name, state.seen or 0, board.held(self._name))

    def value(self, new=None):
        """Return the level, or set it."""
        state = self._state
        if new is None:
            board.look()
            return state.level()
        level = 1 if new else 0
        if not state.out:
            board.note(self._name, "not-an-output")
        elif level != state.latch:
            board.changed(self._name, level)
            held = board.driven.get(self._name)
            if held is not None and held != level and not state.drain:
                board.note(self._name, "short")
        state.latch = level

    def __call__(self, new=None):
        return self.value(new)

    def on(self):
        """Set the level high."""
        self.value(1)

    def off(self):
        """Set the level low."""
        self.value(0)

    high, low = on, off

    def toggle(self):
        """Turn the level over."""
        self.value(1 - self._state.latch)

    def irq(self, handler=None, trigger=IRQ_FALLING | IRQ_RISING, *, priority=1, wake=None, hard=False):
        """Call `handler(pin)` when the level falls or rises."""
        if trigger & (Pin.IRQ_LOW_LEVEL | Pin.IRQ_HIGH_LEVEL):
            raise board.BoardError("Das simulierte Board kennt nur Pin.IRQ_FALLING und Pin.IRQ_RISING.")
        state = self._state
        state.handler, state.trigger = handler, trigger
        if handler and state not in board.alive:
            board.alive.append(state)
        elif not handler and state in board.alive:
            board.alive.remove(state)
        return self

    def __repr__(self):
        return "Pin(%s, mode=%s)" % (self._name, "OUT" if self._state.out else "IN")


def _end_pwm(state):
    if state.pwm is not None:
        state.pwm.deinit()
