"""Gives programs the board's pins as MicroPython does on a Raspberry Pi Pico, on the simulated board."""

import simulated_board as board

states = {}
noise = 1


class State:
    """What the hardware of one pin does; every Pin object of that pin shares it."""

    def __init__(self, name):
        self.name = name
        self.out = False
        self.latch = 0
        self.pull = None
        self.seen = None
        self.handler = None
        self.trigger = 0
        self.warned = False

    def level(self):
        """Return the level at the pin; an input that nothing holds wavers, as on a real board."""
        global noise
        if self.out:
            return self.latch
        held = board.driven.get(self.name)
        if held is not None:
            return held
        if self.pull is not None:
            return 1 if self.pull == Pin.PULL_UP else 0
        self.warn("floating")
        noise = (noise * 1103515245 + 12345) & 0x7FFFFFFF
        return noise >> 16 & 1

    def warn(self, what):
        """Note a mistake that makes no error, once for each pin."""
        if not self.warned:
            self.warned = True
            board.write("note", board.now_us, self.name, what)

    def moved(self):
        """Note a new level from outside and call the program's handler."""
        held = board.driven.get(self.name)
        level = self.level()
        board.write("in", board.now_us, self.name, level, 0 if held is None else 1)
        before, self.seen = self.seen, level
        if self.handler and before != level:
            if self.trigger & (Pin.IRQ_RISING if level else Pin.IRQ_FALLING):
                self.handler(Pin(self.name))


def name_of(identity):
    """Return the pin's name, or tell the child that this board has no such pin."""
    name = "GP%d" % identity if isinstance(identity, int) else str(identity)
    if name not in board.pins:
        raise board.BoardError("Der %s hat keinen Pin %s." % (board.title, name))
    if board.pins[name]:
        raise board.BoardError("%s ist auf dem %s vergeben: %s" % (name, board.title, board.pins[name]))
    return name


class Pin:
    """A pin, with the names and numbers of the rp2 port."""

    IN, OUT, OPEN_DRAIN = 0, 1, 2
    PULL_UP, PULL_DOWN = 1, 2
    IRQ_FALLING, IRQ_RISING = 4, 8

    def __init__(self, id, mode=-1, pull=-1, *, value=None):
        self._name = name_of(id)
        if self._name not in states:
            states[self._name] = State(self._name)
        self._state = states[self._name]
        if mode != -1 or pull != -1 or value is not None:
            self.init(mode, pull, value=value)

    def init(self, mode=-1, pull=-1, *, value=None):
        """Set direction, pull and first level."""
        state = self._state
        if value is not None:
            state.latch = 1 if value else 0
        if pull != -1:
            state.pull = pull
        if mode == Pin.OUT:
            state.out = True
            board.changed(self._name, state.latch)
        elif mode == Pin.IN:
            state.out = False
            state.seen = None if state.pull is None else state.level()
            board.listeners[self._name] = state.moved
            held = board.driven.get(self._name)
            board.write("in", board.now_us, self._name, state.seen or 0, 0 if held is None else 1)
        elif mode != -1:
            raise board.BoardError("Diese Betriebsart kennt der simulierte Pin noch nicht. Nimm Pin.OUT oder Pin.IN.")

    def value(self, new=None):
        """Return the level, or set it."""
        state = self._state
        if new is None:
            board.look()
            return state.level()
        level = 1 if new else 0
        if not state.out:
            state.warn("not-an-output")
        elif level != state.latch:
            board.changed(self._name, level)
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

    def irq(self, handler=None, trigger=IRQ_FALLING | IRQ_RISING):
        """Call `handler(pin)` when the level falls or rises."""
        self._state.handler, self._state.trigger = handler, trigger

    def __repr__(self):
        return "Pin(%s, mode=%s)" % (self._name, "OUT" if self._state.out else "IN")
