"""Gives programs the network's time as MicroPython's own module does; on the simulated board it is always the same."""

import network
import simulated_board as board
import time

host = "pool.ntp.org"
timeout = 1
# A school morning: Tuesday, 3 March 2026, 8:00 UTC, when the program starts.
MOMENT = (2026, 3, 3, 8, 0, 0)


def settime():
    """Set the board's clock."""
    if not network.online():
        raise board.DeviceError(-2, "Das Board ist noch nicht im WLAN. Warte, bis wlan.isconnected() True ist.")
    board.note("WLAN", "wifi-simulated")
    board.advance(50000)
    time.set_time(MOMENT)
    time._set_to += board.now_us // 1000000
