"""One rig per kind of printer, so that all are held to the same contract."""

import hashlib
import shutil

from makerwagen.printers.moonraker import Moonraker
from makerwagen.printers.octoprint import OctoPrint
from makerwagen.printers.port import Address
from makerwagen.printers.prusalink import PrusaLink
from makerwagen.printers.simulated import Fault, Simulated
from tests.wagon.printer_front import Front, forward_to
from tests.wagon.printer_octoprint import OctoPrintServer
from tests.wagon.printer_stubs import KEY, MoonrakerStub, PrusaLinkStub

SHORT = "; estimated printing time (normal mode) = 1s\n" + "M117 short\n" * 40
LONG = "; estimated printing time (normal mode) = 10m 0s\n; long\n" + "".join(
    f"G1 X{10 + turn % 2 * 190} Y{10 + turn % 3 * 90} F1200\n" for turn in range(3000)
)


class Rig:
    """A printer to be tested; what only some can do says so by raising."""

    kind = ""
    front = None

    def __init__(self, folder):
        self.folder = folder

    def file(self, name, text):
        """Return path, name and hash of a file to print."""
        path = self.folder / "files to print" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path, name, hashlib.sha256(path.read_bytes()).hexdigest()

    def put(self, name, text=LONG):
        """Upload a file and return its name."""
        self.printer().upload(*self.file(name, text))
        return name

    def close(self):
        pass


class SimulatedRig(Rig):
    kind = "simulated"

    @property
    def place(self):
        return self.folder / "simulated"

    def reset(self):
        shutil.rmtree(self.place, ignore_errors=True)

    def printer(self, **_):
        return Simulated("prusa-1", self.place, identity="the-right-one")

    def cause(self, fault):
        self.printer().cause(Fault(fault))

    def starts(self):
        return self.printer().starts()

    def lose(self, what):
        self.cause(f"lose-{what}")

    def deny(self):
        self.cause("forbid")

    def say_yes_and_do_nothing(self):
        self.cause("ignore")


class HttpRig(Rig):
    adapter = None
    yes = (200, b'{"result": "ok"}')

    def address(self, **changes):
        usual = {"name": "prusa-1", "url": self.front.url, "key": KEY, "identity": "the-right-one", "timeout_s": 5.0}
        return Address(**{**usual, **changes})

    def printer(self, **changes):
        return type(self).adapter(self.address(**changes))

    def lose(self, what):
        self.front.lose(what)

    def say_yes_and_do_nothing(self):
        self.front.say(*self.yes)

    def close(self):
        self.front.close()


class StubRig(HttpRig):
    stub = None

    def __init__(self, folder):
        super().__init__(folder)
        self.machine = type(self).stub()
        self.front = Front(self.machine.answer)

    def reset(self):
        self.machine.reset()
        self.front.commands.clear()
        self.front.next_command = None

    def cause(self, fault):
        self.machine.cause(fault)

    def starts(self):
        return list(self.machine.starts)


class MoonrakerRig(StubRig):
    kind, adapter, stub = "moonraker", Moonraker, MoonrakerStub


class PrusaLinkRig(StubRig):
    kind, adapter, stub, yes = "prusalink", PrusaLink, PrusaLinkStub, (204, b"")


class OctoPrintRig(HttpRig):
    kind, adapter, yes = "octoprint", OctoPrint, (204, b"")

    def __init__(self, folder):
        super().__init__(folder)
        self.server = OctoPrintServer(folder / "octoprint")
        self.front = Front(forward_to(self.server.port))
        self.log = self.server.folder / "logs/octoprint.log"
        try:
            self.server.start()
        except BaseException:
            self.close()
            raise

    def reset(self):
        self.front.next_command = None
        self.server.reset()
        self.front.commands.clear()
        self.from_here = self.log.stat().st_size

    def cause(self, fault):
        if fault == "wrong-file":  # what a person at OctoPrint's own page may do
            self.put("another-file.gcode")
            self.server.ask("POST", "files/local/another-file.gcode", {"command": "select", "print": True})
        else:
            self.server.cause(fault)

    def starts(self):
        """Return what OctoPrint's own log says that it began to print."""
        with self.log.open(encoding="utf-8") as log:
            log.seek(self.from_here)
            return [line for line in log if 'to "Starting"' in line]

    def close(self):
        self.server.kill()
        super().close()


RIGS = {rig.kind: rig for rig in (SimulatedRig, OctoPrintRig, MoonrakerRig, PrusaLinkRig)}
