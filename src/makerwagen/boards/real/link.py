"""The cable to one board: opens its port, gets to MicroPython's raw prompt, runs code there; the home of mpremote."""

import codecs
import contextlib
import errno
import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import serial
from mpremote import transport_serial
from mpremote.transport import TransportError, TransportExecError
from serial.tools import list_ports

from makerwagen.boards.real.failures import BoardFailureError, Failure
from makerwagen.boards.real.holders import holder_of

# mpremote prints what it did not understand; here a message says it, and several boards are spoken to at once.
transport_serial.print = lambda *words, **how: None

GONE = {errno.EIO, errno.ENXIO, errno.ENODEV, errno.EBADF, errno.ENOENT}
BAUD = 115_200
POLL_S = 0.05
WRITE_S = 5.0
ANSWER_S = 10.0
ENTER_S = 4.0
MAX_BYTES = 200_000
LONG_LINE = 500
CHUNK = 512
INTERRUPT, RAW, FRIENDLY, END = b"\x03", b"\x01", b"\x02", b"\x04"
RAW_PROMPT = b"raw REPL; CTRL-B to exit\r\n"
REBOOTED = b"soft reboot\r\n"
# Out of the folder in which the boot window leaves the board when it is interrupted.
GO_HOME = "import os\nif os.getcwd() == '/.held':\n os.chdir('/')\ndel os\n"


@dataclass(frozen=True)
class UsbPort:
    """A serial port of this computer, and what its USB descriptor says."""

    device: str
    vendor: int | None = None
    product: int | None = None
    serial_number: str | None = None


def usb_ports() -> list[UsbPort]:
    """Return the serial ports of this computer that hang on USB."""
    found = sorted(list_ports.comports())
    return [UsbPort(one.device, one.vid, one.pid, one.serial_number) for one in found if one.vid is not None]


class _Deadline:
    """A serial port on which nothing waits for ever: reads and writes end when the time is up or someone says stop."""

    def __init__(self, port: Any, stop: threading.Event) -> None:
        self.port, self.stop, self.until = port, stop, math.inf

    def check(self) -> None:
        if self.stop.is_set():
            raise _StoppedError
        if time.monotonic() >= self.until:
            raise _TimeIsUpError

    def read(self, count: int = 1) -> bytes:
        data = b""
        while len(data) < count:
            data += self.port.read(count - len(data))
            if len(data) < count:
                self.check()
        self.check()
        return data

    def write(self, data: bytes) -> int:
        self.check()
        return int(self.port.write(data))

    def inWaiting(self) -> int:  # noqa: N802 - pyserial's name, which mpremote calls
        self.check()
        return int(self.port.in_waiting)


class _TimeIsUpError(Exception):
    """The deadline of a step has passed."""


class _StoppedError(Exception):
    """Someone said stop."""


class Link:
    """An open port with a board on it."""

    def __init__(self, port: str, *, stop: threading.Event | None = None) -> None:
        self.port = port
        self.stop = stop or threading.Event()
        if not os.path.exists(port) and os.name == "posix":  # noqa: PTH110 - a device, not one of our files
            raise BoardFailureError(Failure.NO_BOARD, port)
        if holder := holder_of(port):
            raise BoardFailureError(Failure.BUSY, port, holder)
        try:
            self._transport = transport_serial.SerialTransport(port, BAUD, timeout=POLL_S)
        except (TransportError, OSError):
            raise _why_closed(port) from None
        self._serial = self._transport.serial
        self._serial.write_timeout = WRITE_S
        self._wire = _Deadline(self._serial, self.stop)
        self._transport.serial = self._wire
        self._transport.is_pty = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            self.stop.set()
        self.close()

    def close(self) -> None:
        """Let go of the port; a board that is gone is let go of too, and what was stopped stops."""
        self._transport.serial = self._serial
        if self.stop.is_set():
            with contextlib.suppress(OSError):
                self._serial.write(b"\r" + INTERRUPT + INTERRUPT + b"\r" + FRIENDLY)
        with contextlib.suppress(OSError):
            self._transport.close()
        with contextlib.suppress(OSError):
            self._serial.close()

    @contextlib.contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Give everything inside that many seconds, and tell what goes wrong in our words."""
        self._wire.until = time.monotonic() + seconds
        try:
            yield
        except _StoppedError:
            raise BoardFailureError(Failure.STOPPED, self.port) from None
        except (_TimeIsUpError, serial.SerialTimeoutException):
            raise BoardFailureError(Failure.SILENT, self.port, f"waited {seconds:g} s") from None
        except TransportExecError as error:
            raise _refused(self.port, error.error_output) from None
        except serial.SerialException as error:
            raise BoardFailureError(Failure.UNPLUGGED, self.port, _short(str(error))) from None
        except OSError as error:  # of the cable, or of the board's own files: mpremote makes one of both
            raise _system_failure(self.port, error) from None
        except (TransportError, ValueError, AssertionError, SyntaxError) as error:
            raise BoardFailureError(Failure.GARBAGE, self.port, _short(str(error))) from None
        finally:
            self._wire.until = math.inf

    def enter(self) -> None:
        """Interrupt whatever runs, again and again, until MicroPython's raw prompt is there."""
        seconds = ENTER_S
        heard, until = b"", time.monotonic() + seconds
        with self._within(seconds + ANSWER_S):
            while time.monotonic() < until:
                self._wire.write(b"\r" + INTERRUPT)
                heard += self._hear(0.1)
                self._wire.write(INTERRUPT)
                heard += self._hear(0.1)
                self._wire.write(b"\r" + RAW)
                answer = self._hear(0.6, ending=RAW_PROMPT)
                heard = (heard + answer)[-2000:]
                if answer.endswith(RAW_PROMPT) and self._at_the_prompt():
                    return
        if heard:
            raise BoardFailureError(Failure.GARBAGE, self.port, f"heard {_short(repr(heard[-40:]))}")
        raise BoardFailureError(Failure.SILENT, self.port, f"waited {seconds:g} s")

    def _at_the_prompt(self) -> bool:
        """Say whether one more Ctrl+A is answered by one prompt alone; older prompts are thrown away."""
        self._hear(0.1)
        self._wire.write(RAW)
        return self._hear(1.0, ending=RAW_PROMPT).endswith(RAW_PROMPT)

    def _hear(self, seconds: float, ending: bytes | None = None) -> bytes:
        """Return what comes within some time, up to `ending`."""
        heard, until = b"", time.monotonic() + seconds
        while time.monotonic() < until and len(heard) < MAX_BYTES and not (ending and heard.endswith(ending)):
            heard += self._serial.read(1 if ending else 4096)
            self._wire.check()
        return heard

    def fresh(self) -> None:
        """Restart MicroPython at the raw prompt: no variables, timers or files of an earlier program are left open."""
        with self._within(ANSWER_S * 2):
            self._wire.write(END)
            if not self._hear(5.0, ending=REBOOTED).endswith(REBOOTED):
                raise TransportError("no soft reboot")
            # Ends the boot window at once, which need not be waited for.
            self._wire.write(INTERRUPT)
            if not self._hear(ANSWER_S, ending=RAW_PROMPT).endswith(RAW_PROMPT):
                raise TransportError("no prompt after the soft reboot")
            if not self._at_the_prompt():
                raise TransportError("no prompt after the soft reboot")
        self.ask(GO_HOME)

    def ask(self, code: str, *, seconds: float = ANSWER_S) -> str:
        """Run code of ours on the board and return what it prints."""
        with self._within(seconds):
            printed: bytes = self._transport.exec(code)
            return printed.decode("utf-8")

    def run(self, source: str, *, seconds: float, hear: Callable[[str], None]) -> str | None:
        """Run a program; what it prints goes to `hear` at once.

        Returns its error as MicroPython tells it, "" when it ended well, None when it was stopped after `seconds`.
        """
        with self._within(ANSWER_S):
            self._transport.exec_raw_no_follow(source)
        until = time.monotonic() + seconds
        with self._within(seconds + ANSWER_S):
            ended = self._listen(until, hear)
            if ended:
                error: bytes = self._transport.read_until(1, END, timeout=ANSWER_S)
                return error.removesuffix(END).decode("utf-8", "replace").strip()
        self.enter()
        return None

    def _listen(self, until: float, hear: Callable[[str], None]) -> bool:
        """Pass on what a program prints; return whether it ended by itself."""
        line, letters = bytearray(), codecs.getincrementaldecoder("utf-8")("replace")
        ended = False
        try:
            while not ended and time.monotonic() < until:
                byte = self._serial.read(1)
                self._wire.check()
                ended = byte == END
                line += b"" if ended else byte
                if line and (ended or not byte or byte == b"\n" or len(line) > LONG_LINE):
                    hear(letters.decode(bytes(line)).replace("\r\n", "\n"))
                    line.clear()
        finally:
            if rest := letters.decode(bytes(line), final=True):
                hear(rest)
        return ended

    def write_file(self, path: str, data: bytes) -> None:
        """Write a file on the board."""
        with self._within(ANSWER_S + len(data) / 1000):
            self._transport.fs_writefile(path, data, chunk_size=CHUNK)

    def sha256(self, path: str) -> str:
        """Return the hash of a file as the board reads it."""
        with self._within(ANSWER_S * 3):
            digest: bytes = self._transport.fs_hashfile(path, "sha256")
            return digest.hex()

    def leave(self, *, restart: bool) -> None:
        """Go back to the friendly prompt; with `restart` the board starts its main.py as after plugging in."""
        with self._within(ANSWER_S):
            self._wire.write(b"\r" + FRIENDLY)
            self._hear(0.3)
            if restart:
                self._wire.write(END)


def _why_closed(port: str) -> BoardFailureError:
    """Say why a port does not open: mpremote only says that it does not."""
    try:
        serial.Serial(port, BAUD, exclusive=True if os.name == "posix" else None).close()
    except (OSError, ValueError) as error:
        return open_failure(port, error)
    return BoardFailureError(Failure.UNPLUGGED, port)


def open_failure(port: str, error: OSError | ValueError) -> BoardFailureError:
    """Return why a port does not open, from the system's error."""
    number = getattr(error, "errno", None)
    if number in {errno.EACCES, errno.EPERM}:
        return BoardFailureError(Failure.NO_PERMISSION, port)
    if number in {errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK}:
        return BoardFailureError(Failure.BUSY, port)
    if number in {errno.ENOENT, errno.ENODEV, errno.ENXIO}:
        return BoardFailureError(Failure.NO_BOARD, port)
    return BoardFailureError(Failure.UNPLUGGED, port, _short(str(error)))


def _refused(port: str, traceback: str) -> BoardFailureError:
    last = (traceback.strip().splitlines() or ["?"])[-1]
    if last in {"OSError: 28", "OSError: [Errno 28] ENOSPC"} or "ENOSPC" in last:
        return BoardFailureError(Failure.FULL, port)
    return BoardFailureError(Failure.REFUSED, port, _short(last))


def _system_failure(port: str, error: OSError) -> BoardFailureError:
    if error.errno == errno.ENOSPC:
        return BoardFailureError(Failure.FULL, port)
    kind = Failure.UNPLUGGED if error.errno in GONE else Failure.REFUSED
    return BoardFailureError(kind, port, _short(str(error)))


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 120 else one_line[:117] + "..."
