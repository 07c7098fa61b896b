"""Gives programs the time of the simulated board: sleeping takes no real time."""

import simulated_board as board

PERIOD = 1 << 30


def _number(value):
    if not isinstance(value, (int, float)):
        raise TypeError("sleep needs a number")
    return value


def sleep(seconds):
    """Let seconds pass."""
    board.advance(max(_number(seconds) * 1000000, board.LOOK_US))


def sleep_ms(ms):
    """Let milliseconds pass."""
    board.advance(max(_number(ms) * 1000, board.LOOK_US))


def sleep_us(us):
    """Let microseconds pass."""
    board.advance(max(_number(us), 1))


def ticks_us():
    """Return a counter of microseconds that wraps around."""
    board.look()
    return board.now_us % PERIOD


def ticks_ms():
    """Return a counter of milliseconds that wraps around."""
    board.look()
    return board.now_us // 1000 % PERIOD


def ticks_add(ticks, delta):
    """Return the counter `delta` later."""
    return (ticks + delta) % PERIOD


def ticks_diff(end, start):
    """Return how far `end` lies after `start`."""
    return (end - start + PERIOD // 2) % PERIOD - PERIOD // 2


def time():
    """Return seconds since the board was switched on; a board without a clock battery knows no date."""
    board.look()
    return board.now_us // 1000000
