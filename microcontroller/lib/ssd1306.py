"""Draws on the small SSD1306 display over I2C; for a real board and the simulated one alike."""

# Commands: Solomon Systech SSD1306 datasheet, section 10. Copy this file to the board.
import framebuf
from micropython import const

SET_MODE = const(0x20)
SET_COLUMNS, SET_PAGES = const(0x21), const(0x22)
SET_CONTRAST = const(0x81)
NORMAL = const(0xA6)
OFF, ON = const(0xAE), const(0xAF)
COMMANDS, POINTS = const(0x00), b"\x40"


class SSD1306(framebuf.FrameBuffer):
    """A picture of points that show() brings to the display."""

    def __init__(self, width, height, external_vcc=False):
        self.width, self.height = width, height
        self.pages = height // 8
        self.buffer = bytearray(width * self.pages)
        super().__init__(self.buffer, width, height, framebuf.MONO_VLSB)
        self._start(external_vcc)

    def _start(self, external_vcc):
        self.poweroff()
        wide = 0x02 if self.width > 2 * self.height else 0x12
        self.write_cmds(SET_MODE, 0, 0x40, 0xA1, 0xA8, self.height - 1, 0xC8, 0xD3, 0, 0xDA, wide)
        self.write_cmds(0xD5, 0x80, 0xD9, 0x22 if external_vcc else 0xF1, 0xDB, 0x30, SET_CONTRAST, 0xFF, 0xA4, NORMAL)
        self.write_cmds(0x8D, 0x10 if external_vcc else 0x14)
        self.fill(0)
        self.show()
        self.poweron()

    def poweroff(self):
        """Switch the points off; the picture stays in memory."""
        self.write_cmds(OFF)

    def poweron(self):
        """Switch the points on."""
        self.write_cmds(ON)

    def contrast(self, contrast):
        """Set the brightness, 0 to 255."""
        self.write_cmds(SET_CONTRAST, contrast)

    def invert(self, invert):
        """Swap light and dark."""
        self.write_cmds(NORMAL | (1 if invert else 0))

    def show(self):
        """Bring the picture to the display."""
        left = (128 - self.width) // 2
        self.write_cmds(SET_COLUMNS, left, left + self.width - 1, SET_PAGES, 0, self.pages - 1)
        self.write_data(self.buffer)

    def write_cmds(self, *commands):
        """Send commands; how, the class for the bus says."""
        raise NotImplementedError

    def write_data(self, points):
        """Send points."""
        raise NotImplementedError


class SSD1306_I2C(SSD1306):
    """The display with two wires, SDA and SCL."""

    def __init__(self, width, height, i2c, addr=0x3C, external_vcc=False):
        self.i2c, self.addr = i2c, addr
        super().__init__(width, height, external_vcc)

    def write_cmds(self, *commands):
        """Send commands."""
        self.i2c.writeto(self.addr, bytes((COMMANDS,) + commands))

    def write_cmd(self, command):
        """Send one command."""
        self.write_cmds(command)

    def write_data(self, points):
        """Send points."""
        self.i2c.writevto(self.addr, (POINTS, points))
