"""Reads the BME280 weather sensor over I2C; for a real board and the simulated one alike."""

# Registers and formulas: Bosch BST-BME280-DS002, sections 4.2.2, 4.2.3 and 5.3. Copy this file to the board.
import struct
import time


class BME280:
    """A sensor for temperature, humidity and air pressure: measure() first, then ask."""

    def __init__(self, i2c, address=0x76):
        self.i2c, self.address = i2c, address
        if self._read(0xD0, 1)[0] != 0x60:
            raise OSError("no BME280 at address 0x%02x" % address)
        first, second = self._read(0x88, 26), self._read(0xE1, 7)
        numbers = struct.unpack("<HhhHhhhhhhhh", first)
        self._t, self._p = numbers[:3], numbers[3:]
        h2, h3, e4, e5, e6, h6 = struct.unpack("<hBbBbb", second)
        self._h = (first[25], h2, h3, e4 * 16 | e5 & 15, e6 * 16 | e5 >> 4, h6)
        self._values = (None, None, None)

    def _read(self, register, count):
        return self.i2c.readfrom_mem(self.address, register, count)

    def measure(self):
        """Measure once; this takes 10 milliseconds."""
        self.i2c.writeto_mem(self.address, 0xF2, b"\x01")
        self.i2c.writeto_mem(self.address, 0xF4, b"\x25")  # each value once, then sleep
        time.sleep_ms(10)
        data = self._read(0xF7, 8)
        raw_p = data[0] << 12 | data[1] << 4 | data[2] >> 4
        raw_t = data[3] << 12 | data[4] << 4 | data[5] >> 4
        warm = self._warm(raw_t)
        self._values = (warm / 5120, self._humidity(data[6] << 8 | data[7], warm), self._pressure(raw_p, warm))

    def temperature(self):
        """Return degrees Celsius."""
        return round(self._values[0], 1)

    def humidity(self):
        """Return percent."""
        return round(self._values[1], 1)

    def pressure(self):
        """Return hectopascal."""
        return round(self._values[2], 1)

    def _warm(self, raw):
        t1, t2, t3 = self._t
        return (raw / 16384 - t1 / 1024) * t2 + (raw / 131072 - t1 / 8192) ** 2 * t3

    def _pressure(self, raw, warm):
        p1, p2, p3, p4, p5, p6, p7, p8, p9 = self._p
        one = warm / 2 - 64000
        two = one * one * p6 / 32768 + one * p5 * 2
        two = two / 4 + p4 * 65536
        one = (p3 * one * one / 524288 + p2 * one) / 524288
        one = (1 + one / 32768) * p1
        if not one:
            return 0
        value = (1048576 - raw - two / 4096) * 6250 / one
        return (value + (p9 * value * value / 2147483648 + value * p8 / 32768 + p7) / 16) / 100

    def _humidity(self, raw, warm):
        h1, h2, h3, h4, h5, h6 = self._h
        value = warm - 76800
        value = (raw - (h4 * 64 + h5 / 16384 * value)) * (
            h2 / 65536 * (1 + h6 / 67108864 * value * (1 + h3 / 67108864 * value))
        )
        return max(0, min(100, value * (1 - h1 * value / 524288)))
