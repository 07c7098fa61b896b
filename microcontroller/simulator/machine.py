"""Gives programs the board's hardware as MicroPython does on the Raspberry Pi Pico and the ESP32, on the simulated board."""

# What a program does not ask for is not loaded, for a start takes a blink of an eye.
import simulated_board as _board
from simulated.pins import Pin as _Pin

PWRON_RESET, WDT_RESET = 1, 3
PARTS = {
    "I2C": "buses",
    "SoftI2C": "buses",
    "SPI": "buses",
    "SoftSPI": "buses",
    "UART": "serial",
    "Timer": "timers",
    "WDT": "timers",
    "RTC": "timers",
    "Signal": "signals",
    "time_pulse_us": "signals",
}
MISSING = "machine.%s gibt es auf dem simulierten Board nicht."
NOT_HERE = ("mem8", "mem16", "mem32", "I2S", "SDCard", "TouchPad", "DAC", "PIO", "bitstream", "dht_readinto", "Counter",
            "Encoder", "USBDevice", "bootloader")


def __getattr__(name):
    made = None
    if name == "Pin":
        made = _Pin
    elif name == "PWM":
        from simulated import pwm

        made = pwm.PWM if _board.port == "rp2" else pwm.PWM10
    elif name == "ADC":
        from simulated import analog

        made = analog.PicoADC if _board.port == "rp2" else analog.EspADC
    elif name in PARTS:
        made = getattr(__import__("simulated." + PARTS[name], None, None, (name,)), name)
    elif name in NOT_HERE:
        raise _board.BoardError(MISSING % name)
    if made is None:
        raise AttributeError("'module' object has no attribute '%s'" % name)
    globals()[name] = made
    return made


def freq(hz=None):
    """Return the processor's clock in hertz."""
    return 125000000 if _board.port == "rp2" else 160000000


def unique_id():
    """Return the board's own number; every simulated board has the same one."""
    return b"makerwag"


def reset():
    """Start the program again."""
    raise _board.Restart()


soft_reset = reset


def reset_cause():
    """Say why the program was started."""
    return PWRON_RESET


def idle():
    """Wait a little."""
    _board.advance(1000)


def lightsleep(ms=None):
    """Sleep; without a time, until something happens at a pin."""
    if ms is None:
        _board.advance(_board.coming[0][0] - _board.now_us if _board.coming else _board.end_us)
    else:
        _board.advance(ms * 1000)


def deepsleep(ms=None):
    """Sleep, then start the program again."""
    _board.advance(_board.end_us if ms is None else ms * 1000)
    raise _board.Restart()


def disable_irq():
    """Keep handlers waiting; return what enable_irq takes."""
    before, _board.masked = _board.masked, True
    return before


def enable_irq(state=False):
    """Let handlers run again."""
    _board.masked = bool(state)
    if not _board.masked and _board.late:
        handler, argument = _board.late.pop(0)
        _board.call(handler, argument)
