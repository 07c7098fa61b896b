"""Gives programs the DHT sensors as MicroPython's own module does, on the simulated board."""

import simulated_board as board
from simulated import devices

REST_US = 2000000


class DHTBase:
    """A sensor that answers with five bytes on one pin."""

    def __init__(self, pin):
        self.pin = pin
        self.buf = bytearray(5)
        self._last = None

    def measure(self):
        """Ask the sensor; temperature() and humidity() then return what it said."""
        name = self.pin._name
        board.advance(25000)
        if name in devices.dht and devices.unplugged(devices.dht[name]):
            raise board.DeviceError(110, devices.NO_CABLE)
        if name not in devices.dht:
            where = "".join([" Angeschlossen ist er an %s." % pin for pin in devices.dht])
            raise board.DeviceError(110, "An %s antwortet kein Temperaturfühler.%s" % (name, where))
        if self._last is not None and board.now_us - self._last < REST_US:
            board.note(name, "dht-too-soon")
            return
        self._last = board.now_us
        device = devices.dht[name]
        if device["kind"] != self.KIND:
            board.note(name, "other-dht")
        temperature, humidity = devices.value_of(device, "temperature"), devices.value_of(device, "humidity")
        if device["kind"] == "dht11":
            data = [round(humidity), 0, round(temperature), 0]
        else:
            tenths, wet = round(abs(temperature) * 10), round(humidity * 10)
            data = [wet >> 8, wet & 255, tenths >> 8 | (128 if temperature < 0 else 0), tenths & 255]
        self.buf[:] = bytes(data + [sum(data) & 255])


class DHT11(DHTBase):
    """The blue one: whole degrees and percents."""

    KIND = "dht11"

    def humidity(self):
        """Return percent."""
        return self.buf[0]

    def temperature(self):
        """Return degrees Celsius."""
        return self.buf[2]


class DHT22(DHTBase):
    """The white one: tenths."""

    KIND = "dht22"

    def humidity(self):
        """Return percent."""
        return round((self.buf[0] << 8 | self.buf[1]) * 0.1, 1)

    def temperature(self):
        """Return degrees Celsius."""
        value = round(((self.buf[2] & 0x7F) << 8 | self.buf[3]) * 0.1, 1)
        return -value if self.buf[2] & 0x80 else value
