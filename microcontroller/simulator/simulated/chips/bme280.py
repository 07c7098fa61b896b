"""Plays the BME280 weather sensor: its registers, so that a usual driver gets the set weather out of them."""

# Formulas and registers: Bosch BST-BME280-DS002, sections 4.2.2, 4.2.3 and 5.3. The calibration is that of a made-up sensor.
import struct

from simulated.devices import value_of

T = (27504, 26435, -1000)
P = (36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000)
H = (75, 362, 0, 324, 50, 30)


class Chip:
    """256 registers and a pointer to the next one."""

    def __init__(self, device):
        self._device = device
        self._at = 0
        self._registers = bytearray(256)
        self._registers[0xD0] = 0x60
        self._registers[0x88:0xA0] = struct.pack("<HhhHhhhhhhhh", *(T + P))
        self._registers[0xA1] = H[0]
        self._registers[0xE1:0xE3] = struct.pack("<h", H[1])
        self._registers[0xE3] = H[2]
        self._registers[0xE4:0xE8] = bytes([H[3] >> 4 & 255, H[3] & 15 | (H[4] & 15) << 4, H[4] >> 4 & 255, H[5] & 255])
        self._registers[0xF7:0xFF] = b"\x80\0\0\x80\0\0\x80\0"

    def write(self, data):
        """Take a register's number, then pairs of value and next register."""
        self._at = data[0]
        for index in range(1, len(data), 2):
            self._registers[self._at] = data[index]
            if index + 1 < len(data):
                self._at = data[index + 1]

    def read(self, count):
        """Return registers from the pointer on; measuring has a mode other than sleep."""
        if self._at <= 0xF7 < self._at + count and self._registers[0xF4] & 3:
            self._measure()
        data = bytes(self._registers[self._at : self._at + count])
        self._at += count
        return data

    def _measure(self):
        temperature = _raw(20, lambda raw: fine(raw) / 5120, value_of(self._device, "temperature"))
        warm = fine(temperature)
        pressure = _raw(20, lambda raw: hectopascal(raw, warm), value_of(self._device, "pressure"), falls=True)
        humidity = _raw(16, lambda raw: percent(raw, warm), value_of(self._device, "humidity"))
        control = self._registers[0xF4]
        pressure = pressure if control >> 2 & 7 else 0x80000
        temperature = temperature if control >> 5 else 0x80000
        humidity = humidity if self._registers[0xF2] & 7 else 0x8000
        for at, raw in ((0xF7, pressure), (0xFA, temperature)):
            self._registers[at : at + 3] = bytes([raw >> 12, raw >> 4 & 255, (raw & 15) << 4])
        self._registers[0xFD:0xFF] = bytes([humidity >> 8, humidity & 255])


def _raw(bits, formula, wanted, falls=False):
    """Return the raw number for which the sensor's own formula comes nearest to what is wanted."""
    low, high = 0, (1 << bits) - 1
    while low < high:
        middle = (low + high) // 2
        if (formula(middle) < wanted) != falls:
            low = middle + 1
        else:
            high = middle
    return low


def fine(raw):
    """Return the temperature as the other formulas need it: 5120 for a degree."""
    first = (raw / 16384 - T[0] / 1024) * T[1]
    second = (raw / 131072 - T[0] / 8192) ** 2 * T[2]
    return first + second


def hectopascal(raw, warm):
    """Return the air pressure."""
    one = warm / 2 - 64000
    two = one * one * P[5] / 32768 + one * P[4] * 2
    two = two / 4 + P[3] * 65536
    one = (P[2] * one * one / 524288 + P[1] * one) / 524288
    one = (1 + one / 32768) * P[0]
    value = (1048576 - raw - two / 4096) * 6250 / one
    return (value + (P[8] * value * value / 2147483648 + value * P[7] / 32768 + P[6]) / 16) / 100


def percent(raw, warm):
    """Return the humidity, not yet cut to 0 to 100."""
    value = warm - 76800
    value = (raw - (H[3] * 64 + H[4] / 16384 * value)) * (
        H[1] / 65536 * (1 + H[5] / 67108864 * value * (1 + H[2] / 67108864 * value))
    )
    return value * (1 - H[0] * value / 524288)
