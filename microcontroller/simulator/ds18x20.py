"""Gives programs the DS18B20 temperature sensor as MicroPython's own module does, on the simulated board."""

import simulated_board as board
from onewire import CONVERT, READ_SCRATCH, OneWire, OneWireError

KINDS = (0x10, 0x22, 0x28)


class DS18X20:
    """All temperature sensors on one bus."""

    def __init__(self, onewire):
        self.ow = onewire
        self.buf = bytearray(9)

    def scan(self):
        """Return the sensors' numbers."""
        return [rom for rom in self.ow.scan() if rom[0] in KINDS]

    def convert_temp(self):
        """Let all sensors measure; they take 0.75 seconds."""
        self.ow.reset(True)
        self.ow.writebyte(OneWire.SKIP_ROM)
        self.ow.writebyte(CONVERT)

    def read_scratch(self, rom):
        """Return a sensor's nine bytes."""
        self.ow.reset(True)
        self.ow.select_rom(rom)
        self.ow.writebyte(READ_SCRATCH)
        self.ow.readinto(self.buf)
        if self.ow.crc8(self.buf[:8]) != self.buf[8]:
            raise Exception("CRC error")
        return self.buf

    def read_temp(self, rom):
        """Return degrees Celsius."""
        data = self.read_scratch(rom)
        raw = data[1] << 8 | data[0]
        value = (raw - 65536 if raw > 32767 else raw) / 16
        if value == 85:
            board.note(self.ow.pin._name, "ds18x20-too-soon")
        return value
