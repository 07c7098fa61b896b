"""Plays a board on a pseudo-terminal with the real unix port of MicroPython, for trying and testing without hardware.

It is no sandbox: a program on it is a process of yours, with your network. Its flash is a littlefs of 256 KiB in a
file, so that it fills up, and loses half-written files, as a board's does.
"""

import fcntl
import os
import pty
import resource
import select
import signal
import subprocess
import sys
import termios
import threading
import time
import tty
from pathlib import Path
from types import TracebackType
from typing import Self

from makerwagen.errors import MakerwagenError

# The real port, without the start of a whole Python environment around it.
LAUNCH = (
    "import sys; sys.path.append(sys.argv.pop(1)); sys.argv[0] = 'micropython'; "
    "from micropython_unix import main; sys.exit(main())"
)
PRETEND = Path("microcontroller/boot/pretend")
RAW_TEXT, FRIENDLY_TEXT = b"raw REPL; CTRL-B to exit", b">>> "
CTRL_A = b"\x01"
ASK_RAW_PASTE, NO_RAW_PASTE = b"\x05A\x01", b"R\x00"
# A board hears nothing while it starts; neither does the interpreter.
DEAF_S = 0.25
HEAP = "heapsize=512K"
MEMORY_BYTES, FILE_BYTES = 512_000_000, 4_000_000


class PretendBoard:
    """A board that can be unplugged, plugged in again and reset; `port` is where it is found."""

    def __init__(self, root: Path, folder: Path, *, uid: str = "e6614103e7452d2f", raw_paste: bool = False) -> None:
        # On a terminal the unix port hears no Ctrl+C while it runs what came in raw-paste mode; a board does.
        self._raw_paste = raw_paste
        self._modules = (root / PRETEND).resolve()
        self.flash = folder / f"{uid}.img"
        self.port = str(folder / f"tty-{uid}")
        self._process: subprocess.Popen[bytes] | None = None
        self._inner = self._outer = -1
        self._lock = threading.RLock()
        self._ending = False
        self._raw, self._returning, self._tail = False, False, b""
        self._out, self._in = b"", b""
        self._deaf_until = 0.0
        self._thread = threading.Thread(target=self._pump, daemon=True)

    def __enter__(self) -> Self:
        self.plug_in()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending = True
        self._thread.join()
        self.unplug()

    def plug_in(self) -> None:
        """Give it power: a new terminal appears under the same name, and it boots."""
        with self._lock:
            self._outer, slave = pty.openpty()
            os.set_blocking(self._outer, False)
            tty.setraw(slave)
            link = Path(self.port)
            link.unlink(missing_ok=True)
            link.symlink_to(os.ttyname(slave))
            os.close(slave)
            self._raw = False
            self._boot()

    def unplug(self) -> None:
        """Take the power away in the middle of whatever it does."""
        with self._lock:
            self._kill()
            Path(self.port).unlink(missing_ok=True)
            if self._outer >= 0:
                os.close(self._outer)
            self._outer = -1

    def reset(self) -> None:
        """Press its reset button."""
        with self._lock:
            self._raw = False
            self._boot()

    def _boot(self) -> None:
        self._kill()
        self._inner, slave = pty.openpty()
        os.set_blocking(self._inner, False)
        tty.setraw(slave)
        settings = termios.tcgetattr(slave)
        settings[3] |= termios.ISIG  # Ctrl+C interrupts a program, as the firmware does it
        termios.tcsetattr(slave, termios.TCSANOW, settings)
        self._process = subprocess.Popen(
            [*_interpreter(), "-i", str(self._modules / "start.py"), str(self.flash), *(["raw"] if self._raw else [])],
            cwd=self.flash.parent,
            env={"MICROPYPATH": f"{self._modules}:.frozen", "HOME": str(self.flash.parent), "PATH": ""},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            preexec_fn=_own_terminal,
        )
        os.close(slave)
        self._tail = self._out = self._in = b""
        self._returning = self._raw
        self._deaf_until = time.monotonic() + DEAF_S

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._inner >= 0:
            os.close(self._inner)
            self._inner = -1

    def _pump(self) -> None:
        while not self._ending:
            with self._lock:
                busy = self._outer >= 0 and self._carry()
            if not busy:
                time.sleep(0.005)

    def _carry(self) -> bool:
        """Carry bytes both ways; return whether there were any."""
        if self._process is not None and self._process.poll() is not None:
            return self._restart()
        waiting = [self._inner] if not self._out else []
        listening = [self._outer] if not self._in and time.monotonic() >= self._deaf_until else []
        ready, _, _ = select.select([*waiting, *listening], [], [], 0)
        heard = _read(self._outer) if self._outer in ready else b""
        said = _read(self._inner) if self._inner in ready else b""
        if heard:
            self._heard(heard)
        if said:
            self._said(said)
        if self._out and self._outer >= 0:
            self._out = self._out[_write(self._outer, self._out) :]
        if self._in:
            self._in = self._in[_write(self._inner, self._in) :]
        return bool(heard or said)

    def _heard(self, data: bytes) -> None:
        if data == ASK_RAW_PASTE and not self._raw_paste:
            self._out += NO_RAW_PASTE
        else:
            self._in += data

    def _said(self, data: bytes) -> None:
        self._out += data
        self._tail = (self._tail + data)[-200:]
        if self._returning and self._tail.endswith(FRIENDLY_TEXT):
            self._returning = False
            self._in += CTRL_A  # a board that restarts at the raw prompt comes back there
        elif RAW_TEXT in self._tail or FRIENDLY_TEXT in self._tail:
            self._raw = self._tail.rfind(RAW_TEXT) > self._tail.rfind(FRIENDLY_TEXT)

    def _restart(self) -> bool:
        """Do what a board does when MicroPython ends: say so and start it again."""
        rest = _read(self._inner)
        self._boot()
        self._out = rest + b"MPY: soft reboot\r\n"
        return True


def _interpreter() -> list[str]:
    from importlib.util import find_spec

    found = find_spec("micropython_unix")
    if found is None or found.origin is None:
        raise MakerwagenError("MicroPython is not installed; try: pip install 'makerwagen[lab]' (Linux only)")
    return [sys.executable, "-I", "-S", "-c", LAUNCH, str(Path(found.origin).parent), "-X", HEAP]


def _own_terminal() -> None:
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # until the interpreter listens
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:
        return b""  # nobody at the other end


def _write(descriptor: int, data: bytes) -> int:
    try:
        return os.write(descriptor, data)
    except BlockingIOError:
        return 0
    except OSError:
        return len(data)  # nobody at the other end: lost, as on a cable
