"""Plays UART: bytes that parts send by themselves, and bytes that nobody hears."""

import simulated_board as board
from simulated import devices
from simulated.buses import must_do, pin_of

USUAL = {"rp2": {0: ("GP0", "GP1"), 1: ("GP4", "GP5")}, "esp32": {1: ("GPIO5", "GPIO4"), 2: ("GPIO17", "GPIO16")}}
SENDS_BAUD = 9600
EVERY_US = 1000000


class UART:
    """A serial line, as programs know it from machine.UART."""

    INV_TX, INV_RX, RTS, CTS = 1, 2, 4, 8

    def __init__(self, id, baudrate=115200, bits=8, parity=None, stop=1, *, tx=None, rx=None, timeout=0, timeout_char=0,
                 rxbuf=256, txbuf=256, flow=0, invert=0, rts=None, cts=None):
        usual = USUAL.get(board.port, USUAL["rp2"])
        if id not in usual:
            can = " und ".join(["UART(%d)" % each for each in sorted(usual)])
            raise board.BoardError("Auf dem %s gibt es %s, nicht UART(%s)." % (board.title, can, id))
        self._tx = usual[id][0] if tx is None else pin_of(tx)
        self._rx = usual[id][1] if rx is None else pin_of(rx)
        must_do(self._tx, "uart%d-tx" % id, "TX von UART(%d)" % id)
        if not board.free_buses:
            must_do(self._rx, "uart%d-rx" % id, "RX von UART(%d)" % id)
        self._most = rxbuf
        self._got = b""
        self.init(baudrate, timeout=timeout)
        if self._rx in devices.uart:
            self._await()

    def init(self, baudrate=None, bits=8, parity=None, stop=1, *, timeout=None, **more):
        """Change speed and patience."""
        self._baudrate = baudrate or self._baudrate
        self._timeout = self._timeout if timeout is None else timeout

    def _await(self):
        board.at(board.now_us // EVERY_US * EVERY_US + EVERY_US, self._receive)

    def _receive(self):
        frame = devices.uart[self._rx]()
        if self._baudrate != SENDS_BAUD:
            board.note(self._rx, "wrong-baudrate")
            frame = bytes([byte * 37 + 91 & 255 for byte in frame[: len(frame) // 2]])
        self._got = (self._got + frame)[-self._most :]
        self._await()

    def _wait(self, enough):
        """Let time pass until `enough()` or the timeout is over."""
        until = board.now_us + self._timeout * 1000
        while not enough() and board.now_us < until:
            coming = board.coming[0][0] if board.coming else until
            board.advance(max(1, min(coming, until) - board.now_us))

    def any(self):
        """Return how many bytes wait."""
        board.look()
        return len(self._got)

    def read(self, nbytes=None):
        """Return the bytes that came, None when there are none."""
        board.look()
        self._wait(lambda: len(self._got) >= (nbytes or 1))
        count = len(self._got) if nbytes is None else nbytes
        taken, self._got = self._got[:count], self._got[count:]
        return taken or None

    def readinto(self, buf, nbytes=None):
        """Fill a buffer; return how many bytes came."""
        taken = self.read(min(len(buf), nbytes or len(buf)))
        if taken is None:
            return None
        buf[: len(taken)] = taken
        return len(taken)

    def readline(self):
        """Return the bytes up to a line's end."""
        board.look()
        self._wait(lambda: b"\n" in self._got)
        end = self._got.find(b"\n")
        return self.read(end + 1 if end >= 0 else None)

    def write(self, buf):
        """Send bytes; none of the wagon's parts listens."""
        board.advance(len(buf) * 10 * 1000000 // self._baudrate)
        return len(buf)

    def flush(self):
        """Wait until all is sent."""

    def txdone(self):
        """Say whether all is sent."""
        return True

    def deinit(self):
        """Give the pins back."""

    _timeout = _baudrate = 0
