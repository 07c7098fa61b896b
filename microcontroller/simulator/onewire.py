"""Gives programs the one-wire bus as MicroPython's own module does, on the simulated board."""

import simulated_board as board
from simulated import devices

SEARCH_ROM, MATCH_ROM, SKIP_ROM = 0xF0, 0x55, 0xCC
CONVERT, READ_SCRATCH, WRITE_SCRATCH = 0x44, 0xBE, 0x4E
CONVERTS_US = 750000
POWER_ON = 85.0  # what a DS18B20 says before its first measurement


class OneWireError(Exception):
    """Nobody answers on the bus."""


class OneWire:
    """A bus on one pin with at most one sensor, byte by byte."""

    SEARCH_ROM, MATCH_ROM, SKIP_ROM = SEARCH_ROM, MATCH_ROM, SKIP_ROM

    def __init__(self, pin):
        self.pin = pin
        pin.init(pin.OPEN_DRAIN, pin.PULL_UP)
        self._reply = b""
        self._skip = 0
        self._since, self._known = None, POWER_ON

    def _device(self):
        return devices.onewire.get(self.pin._name)

    def reset(self, required=False):
        """Start anew; return whether somebody answers."""
        board.advance(960)
        self._reply, self._skip = b"", 0
        if self._device() is None and required:
            raise OneWireError()
        return self._device() is not None

    def writebyte(self, value):
        """Send a byte."""
        board.advance(560)
        if self._skip:
            self._skip -= 1
        elif value == MATCH_ROM:
            self._skip = 8
        elif value == WRITE_SCRATCH:
            self._skip = 3
        elif value == CONVERT and self._device():
            self._since = board.now_us
            self._coming = devices.value_of(self._device(), "temperature")
        elif value == READ_SCRATCH and self._device():
            self._reply = self._scratch()

    def _scratch(self):
        if self._since is not None and board.now_us - self._since >= CONVERTS_US:
            self._known = self._coming
        raw = round(self._known * 16) & 0xFFFF
        data = bytes([raw & 255, raw >> 8, 0x4B, 0x46, 0x7F, 0xFF, 0x0C, 0x10])
        return data + bytes([self.crc8(data)])

    def readbyte(self):
        """Return a byte; 255 when nobody sends."""
        board.advance(560)
        byte, self._reply = (self._reply[0], self._reply[1:]) if self._reply else (255, b"")
        return byte

    def write(self, buf):
        """Send bytes."""
        for byte in buf:
            self.writebyte(byte)

    def readinto(self, buf):
        """Fill a buffer."""
        for index in range(len(buf)):
            buf[index] = self.readbyte()

    def select_rom(self, rom):
        """Speak to one sensor."""
        self.reset()
        self.writebyte(MATCH_ROM)
        self.write(rom)

    def scan(self):
        """Return the numbers of the sensors on the bus."""
        board.advance(15000)
        if self._device() is None:
            return []
        rom = b"\x28" + (self._device()["id"] + "------")[:6].encode()
        return [bytearray(rom + bytes([self.crc8(rom)]))]

    def crc8(self, data):
        """Return the checksum (Maxim application note 27)."""
        crc = 0
        for byte in data:
            for _ in range(8):
                odd = (crc ^ byte) & 1
                crc = crc >> 1 ^ (0x8C if odd else 0)
                byte >>= 1
        return crc
