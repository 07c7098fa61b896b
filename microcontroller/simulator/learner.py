"""Runs a learner's program on the simulated board, under the unix port and in the page alike."""

import builtins
import gc
import io
import sys

import simulated_board as board

PROGRAM = "main.py"
NO_NET = "Ins Netz darf dein Programm hier nicht."
ABSENT = {
    "ssl": NO_NET,
    "tls": NO_NET,
    "requests": NO_NET,
    "urequests": NO_NET,
    "websocket": NO_NET,
    "mip": NO_NET,
    "bluetooth": "Bluetooth gibt es auf dem simulierten Board nicht.",
    "espnow": "ESP-NOW gibt es auf dem simulierten Board nicht.",
    "rp2": "Das Modul rp2 (PIO) gibt es auf dem simulierten Board nicht.",
    "esp": "Das Modul esp gibt es auf dem simulierten Board nicht.",
    "esp32": "Das Modul esp32 gibt es auf dem simulierten Board nicht.",
    "_thread": "Einen zweiten Kern hat das simulierte Board nicht. Nimm einen Timer oder asyncio.",
    "vfs": "Das Modul vfs gibt es auf dem simulierten Board nicht.",
    "uctypes": "Das Modul uctypes gibt es auf dem simulierten Board nicht.",
    "ffi": "Das gibt es auf einem Board nicht.",
    "termios": "Das gibt es auf einem Board nicht.",
    "js": "Das gibt es auf einem Board nicht.",
    "jsffi": "Das gibt es auf einem Board nicht.",
}
U_NAMES = ("time", "machine", "asyncio", "os", "io", "sys", "socket")


firmware = {}  # what is loaded before the program's first line, and stays over a reset


class Absent:
    """Stands where a module would be that the simulated board has not; says so when it is used."""

    def __init__(self, text):
        self._text = text

    def __getattr__(self, name):
        raise board.BoardError(self._text)


class Lazy:
    """Stands where a module of ours is, until a program uses it."""

    def __init__(self, load):
        self._load = load

    def __getattr__(self, name):
        return getattr(self._load(), name)


def prepare():
    """Put the board's modules where a program looks for them."""
    import machine
    import time
    from simulated import devices, flash, system

    for name, text in ABSENT.items():
        sys.modules[name] = Absent(text)
    builtins.print, builtins.input = system.say, system.ask
    builtins.open, builtins.execfile = flash.open, flash.execfile
    sys.modules.update({"os": flash.Os, "io": flash.Io, "time": time, "machine": machine})
    sys.modules.update({"sys": system.Sys(), "micropython": system.MicroPython(), "random": system.Random()})
    for name in U_NAMES:
        sys.modules["u" + name] = sys.modules.get(name) or Lazy(lambda wanted=name: __import__(wanted))
    if board.port != "rp2":
        del machine.Pin.high, machine.Pin.low  # the Pico's own
    sys.modules["random"].seed()
    devices.attach_all()
    firmware.update(sys.modules)


def line_of(error):
    """Return the traceback's last line in the program, 0 when there is none."""
    text = io.StringIO()
    sys.print_exception(error, text)
    line = 0
    for row in text.getvalue().split("\n"):
        if 'File "%s"' % PROGRAM in row and " line " in row:
            line = int(row.split(" line ")[1].split(",")[0])
    return line


def report(error):
    """Write the error's type, message and line."""
    board.forget()
    del board.coming[:]
    gc.collect()  # it may have been the memory that ran out
    told = error.args[-1 if isinstance(error, board.DeviceError) else 0] if error.args else ""
    board.write_last("error", board.now_us, type(error).__name__, str(told), line_of(error))


def start(config, sink):
    """Run the config's program; each line of the trace goes to `sink`."""
    board.sink = sink
    board.set_up(config)
    prepare()
    run(config["source"])


def run(source):
    """Run the program until it ends, fails or its time is up; what it started goes on without it."""
    try:
        code = compile(source, PROGRAM, "exec")
        while True:
            try:
                exec(code, {"__name__": "__main__"})
                if board.alive:
                    board.advance(board.end_us)
                break
            except board.Restart:
                _restart()
        board.finish()
    except board.TimeIsUp:
        pass
    except SystemExit:
        board.finish()
    except BaseException as error:
        report(error)


def _restart():
    from simulated import devices, pins

    board.advance(300000)  # a board needs a moment to start
    for state in pins.states.values():
        if state.pwm is not None:
            state.pwm.deinit()
        if state.out and state.latch:
            board.write("out", board.now_us, state.name, 0)
    pins.states.clear()
    board.forget()
    for name in list(sys.modules):
        if name not in firmware and not name.startswith("simulated"):
            del sys.modules[name]
    devices.attach_again()
