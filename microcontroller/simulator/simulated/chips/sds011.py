"""Plays the SDS011 dust sensor: ten bytes each second, by itself (Nova SDS011 protocol 1.3)."""

from simulated.devices import value_of


def frame(device):
    """Return the bytes of one measurement."""
    data = []
    for control in ("pm25", "pm10"):
        tenths = round(value_of(device, control) * 10)
        data += [tenths & 255, tenths >> 8 & 255]
    data += [0xA1, 0x60]
    return bytes([0xAA, 0xC0] + data + [sum(data) & 255, 0xAB])
