"""Plays the SSD1306 display chip: commands and bytes of the picture in, an event for each new picture out."""

import binascii
import sys

import simulated_board as board

# Commands that are followed by so many more bytes (SSD1306 datasheet, table 9-1).
FOLLOWED = {0x20: 1, 0x21: 2, 0x22: 2, 0x81: 1, 0x8D: 1, 0xA3: 2, 0xA8: 1, 0xD3: 1, 0xD5: 1, 0xD9: 1, 0xDA: 1, 0xDB: 1,
            0x26: 6, 0x27: 6, 0x29: 5, 0x2A: 5}
WIDTH, PAGES = 128, 8
NO_LETTER = 127
frames = []


class Chip:
    """The display's memory: 8 pages of 128 columns, a byte is 8 points from top to bottom."""

    def __init__(self, device):
        self._device = device["id"]
        self._memory = bytearray(WIDTH * PAGES)
        self._window = [0, WIDTH - 1, 0, PAGES - 1]
        self._column = self._page = 0
        self._mode = 2
        self._on = self._inverted = False
        self._shown = None
        self._open = []
        _watch_framebuf()

    def write(self, data):
        """Take what the program sends: a control byte, then commands or points."""
        index = 0
        while index < len(data):
            control = data[index]
            if control & 0x80:  # one byte, then another control byte
                self._take(control, data[index + 1 : index + 2])
                index += 2
            else:
                self._take(control, data[index + 1 :])
                return

    def read(self, count):
        """Return the chip's status."""
        return bytes([0 if self._on else 0x40]) * count

    def _take(self, control, data):
        if control & 0x40:
            self._draw(data)
        else:
            for byte in data:
                self._command(byte)

    def _command(self, byte):
        self._open.append(byte)
        first, given = self._open[0], self._open[1:]
        if len(given) < FOLLOWED.get(first, 0):
            return
        self._open = []
        if first == 0x20:
            self._mode = given[0] & 3
        elif first == 0x21:
            self._window[0], self._window[1] = given[0] & 127, given[1] & 127
            self._column = self._window[0]
        elif first == 0x22:
            self._window[2], self._window[3] = given[0] & 7, given[1] & 7
            self._page = self._window[2]
        elif 0xB0 <= first <= 0xB7:
            self._page = first & 7
        elif first < 0x10:
            self._column = self._column & 0xF0 | first
        elif first < 0x20:
            self._column = self._column & 0x0F | (first & 7) << 4
        elif first in (0xAE, 0xAF):
            self._on = first == 0xAF
            self._show()
        elif first in (0xA6, 0xA7):
            self._inverted = first == 0xA7
            self._show()

    def _draw(self, data):
        if self._mode == 0 and len(data) == len(self._memory) and self._window == [0, WIDTH - 1, 0, PAGES - 1]:
            if self._column == self._page == 0:
                self._memory[:] = data
                self._show()
                return
        for byte in data:
            self._memory[self._page * WIDTH + self._column] = byte
            self._next()

    def _next(self):
        left, right, top, bottom = (0, WIDTH - 1, 0, PAGES - 1) if self._mode == 2 else self._window
        across, down = self._column >= right, self._page >= bottom
        if self._mode == 1:
            self._page = top if down else self._page + 1
            if down:
                self._column = left if across else self._column + 1
        else:
            self._column = left if across else self._column + 1
            if across and self._mode == 0:
                self._page = top if down else self._page + 1
        if across and down:
            self._show()

    def _show(self):
        bits = self._memory if self._on else bytes(len(self._memory))
        if self._inverted and self._on:
            bits = bytes([byte ^ 255 for byte in bits])
        if bits == self._shown or (self._shown is None and not any(bits)):
            return
        self._shown = bytes(bits)
        texts = texts_in(self._memory) if self._on else []
        picture = {"texts": texts, "bits": binascii.hexlify(bits).decode()}
        board.write("display", board.now_us, self._device, picture)


def texts_in(memory):
    """Return [x, y, text] of every text that can be read in the picture."""
    for frame in frames:
        if frame.holds(memory):
            return [found for found in [frame.readable(*text) for text in frame.texts] if found]
    return []


def _watch_framebuf():
    """Let programs draw with a framebuf that remembers its texts."""
    import framebuf

    if isinstance(framebuf, Module):
        return

    class FrameBuffer(framebuf.FrameBuffer):
        """A picture that remembers which texts were written into it, and where."""

        def __init__(self, buffer, width, height, format, *stride):
            super().__init__(buffer, width, height, format, *stride)
            self.texts = []
            self._bytes, self._across, self._down = buffer, width, height
            if format == framebuf.MONO_VLSB:
                frames.append(self)

        def fill(self, colour):
            """Fill the whole picture."""
            super().fill(colour)
            self.texts.clear()

        def text(self, text, x, y, colour=1):
            """Write a text, 8 by 8 points a letter."""
            super().text(text, x, y, colour)
            if any(byte > 126 for byte in text.encode()):
                board.note("text()", "no-umlauts")
            self.texts[:] = [old for old in self.texts if old[0:2] != (x, y) or len(old[2]) > len(text)]
            self.texts.append((x, y, text, colour))

        def holds(self, memory):
            """Say whether the display shows this picture."""
            shown = self._across * self._down // 8
            return len(self._bytes) >= shown and self._bytes[:shown] == memory[:shown]

        def readable(self, x, y, text, colour):
            """Return [x, y, text] as far as its letters stand whole and undisturbed in the picture, or None."""
            letters, start = "", x
            for byte in text.encode():
                if not self._stands(byte if 32 <= byte < NO_LETTER else NO_LETTER, x, y, colour):
                    break
                letters += chr(byte) if 32 <= byte < NO_LETTER else "\u25af"
                x += 8
            return [start, y, letters] if letters.strip() else None

        def _stands(self, letter, x, y, colour):
            if x < 0 or y < 0 or x + 8 > self._across or y + 8 > self._down:
                return False
            glyph = _glyph(letter)
            shift, at = y % 8, y // 8 * self._across + x
            for index in range(8):
                seen = self._bytes[at + index] >> shift
                if shift:
                    seen |= self._bytes[at + index + self._across] << 8 - shift
                if (seen & 255 ^ (0 if colour else 255)) != glyph[index]:
                    return False
            return True

    def _glyph(letter):
        if letter not in glyphs:
            glyphs[letter] = bytearray(8)
            framebuf.FrameBuffer(glyphs[letter], 8, 8, framebuf.MONO_VLSB).text(chr(letter), 0, 0, 1)
        return glyphs[letter]

    glyphs = {}
    sys.modules["framebuf"] = Module(framebuf, FrameBuffer)


class Module:
    """framebuf with our FrameBuffer."""

    def __init__(self, real, frame_buffer):
        self._real = real
        self.FrameBuffer = frame_buffer

    def __getattr__(self, name):
        return getattr(self._real, name)
