"""Gives programs the time of the simulated board: sleeping takes no real time."""

import simulated_board as board

PERIOD = 1 << 30
# A board without a clock battery starts at the same moment every time: rp2 and esp32 count from different years.
STARTS = {"rp2": (1970, 1609459200), "esp32": (2000, 0)}


def _number(value):
    if not isinstance(value, (int, float)):
        raise TypeError("sleep needs a number")
    return value


def sleep(seconds):
    """Let seconds pass."""
    board.rest(max(_number(seconds) * 1000000, 5))


def sleep_ms(ms):
    """Let milliseconds pass."""
    board.rest(max(_number(ms) * 1000, 5))


def sleep_us(us):
    """Let microseconds pass."""
    board.rest(max(_number(us), 1))


def ticks_us():
    """Return a counter of microseconds that wraps around."""
    board.look()
    return board.now_us % PERIOD


def ticks_ms():
    """Return a counter of milliseconds that wraps around."""
    board.look()
    return board.now_us // 1000 % PERIOD


def ticks_cpu():
    """Return a counter that is as fine as it gets: here microseconds too."""
    return ticks_us()


def ticks_add(ticks, delta):
    """Return the counter `delta` later."""
    return (ticks + delta) % PERIOD


def ticks_diff(end, start):
    """Return how far `end` lies after `start`."""
    return (end - start + PERIOD // 2) % PERIOD - PERIOD // 2


def time():
    """Return the board's seconds; without a clock battery they start anew whenever it is switched on."""
    board.look()
    return _start() + board.now_us // 1000000


def time_ns():
    """Return the board's time in nanoseconds."""
    board.look()
    return _start() * 1000000000 + board.now_us * 1000


def localtime(seconds=None):
    """Return (year, month, day, hour, minute, second, weekday from Monday = 0, day of the year)."""
    total = time() if seconds is None else int(seconds)
    days, rest = total // 86400, total % 86400
    days += _days(_epoch(), 1, 1)
    year = 1970 + days // 365
    while _days(year, 1, 1) > days:
        year -= 1
    month = 12
    while _days(year, month, 1) > days:
        month -= 1
    day = days - _days(year, month, 1) + 1
    of_year = days - _days(year, 1, 1) + 1
    return (year, month, day, rest // 3600, rest // 60 % 60, rest % 60, (days + 3) % 7, of_year)


gmtime = localtime


def mktime(moment):
    """Return the seconds of such a tuple."""
    days = _days(moment[0], moment[1], moment[2]) - _days(_epoch(), 1, 1)
    return days * 86400 + moment[3] * 3600 + moment[4] * 60 + moment[5]


def set_time(moment):
    """Set the board's clock, for machine.RTC."""
    global _set_to
    _set_to = mktime(moment) - board.now_us // 1000000


_set_to = None


def _epoch():
    return STARTS.get(board.port, STARTS["rp2"])[0]


def _start():
    return STARTS.get(board.port, STARTS["rp2"])[1] if _set_to is None else _set_to


def _days(year, month, day):
    """Return the days since 1 January 1970; http://howardhinnant.github.io/date_algorithms.html#days_from_civil."""
    year -= month <= 2
    era, month = year // 400, (month + 9) % 12
    of_year = (153 * month + 2) // 5 + day - 1
    of_era = (year - era * 400) * 365 + (year - era * 400) // 4 - (year - era * 400) // 100 + of_year
    return era * 146097 + of_era - 719468
