"""Reads the dust sensor SDS011 over UART; for a real board and the simulated one alike."""

# Nova SDS011 protocol 1.3: ten bytes each second, 9600 baud. Copy this file to the board.


class SDS011:
    """A sensor that sends by itself."""

    def __init__(self, uart):
        self.uart = uart
        self._waiting = b""

    def read(self):
        """Return (PM2.5, PM10) in micrograms per cubic metre, the newest that came, or None."""
        self._waiting += self.uart.read() or b""
        newest = None
        while len(self._waiting) >= 10:
            frame = self._waiting[:10]
            if frame[0] == 0xAA and frame[9] == 0xAB and sum(frame[2:8]) & 255 == frame[8]:
                newest = ((frame[2] | frame[3] << 8) / 10, (frame[4] | frame[5] << 8) / 10)
                self._waiting = self._waiting[10:]
            else:
                self._waiting = self._waiting[1:]
        return newest
