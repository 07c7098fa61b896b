"""Plays I2C and SPI: which pins can do it, who is on the bus, and how long it takes."""

import simulated_board as board
from simulated import devices
from simulated.pins import Pin, known

NOBODY = {"rp2": 5, "esp32": 19}  # EIO, ENODEV: what a real board says when no chip answers
USUAL = {
    "rp2": {0: ("GP4", "GP5"), 1: ("GP6", "GP7")},
    "esp32": {0: ("GPIO19", "GPIO18"), 1: ("GPIO26", "GPIO25")},
}


def must_do(name, role, what):
    """Tell the child when this pin cannot play this role on this bus; on boards with free buses each pin can."""
    pin = board.pins[name]
    if pin["input_only"]:
        raise board.BoardError("%s kann auf dem %s nur lesen. Nimm für %s einen anderen Pin." % (name, board.title, what))
    if role and not board.free_buses and role not in pin["buses"]:
        text = "%s kann auf dem %s nicht %s sein. Das können: %s."
        raise board.BoardError(text % (name, board.title, what, known(lambda each: role in each["buses"])))


def pin_of(pin):
    """Return the pin's name, of a Pin, a number or a name."""
    return (pin if isinstance(pin, Pin) else Pin(pin))._name


class SoftI2C:
    """An I2C bus on any two pins, as programs know it from machine.SoftI2C."""

    def __init__(self, scl, sda, *, freq=400000, timeout=50000):
        self._connect(None, pin_of(sda), pin_of(scl), freq)

    def _connect(self, id, sda, scl, freq):
        for name, line in ((sda, "sda"), (scl, "scl")):
            role = "" if id is None else "i2c%d-%s" % (id, line)
            must_do(name, role, "%s von I2C%s" % (line.upper(), "" if id is None else "(%d)" % id))
        if sda == scl:
            raise board.BoardError("SDA und SCL brauchen zwei verschiedene Pins.")
        self._sda, self._scl, self._freq = sda, scl, freq

    def init(self, scl=None, sda=None, *, freq=None):
        """Change the speed."""
        self._freq = freq or self._freq

    def deinit(self):
        """Give the pins back."""

    def _chips(self):
        found = {}
        for sda, scl, address, chip, device in devices.i2c:
            if devices.unplugged(device):
                continue
            if (sda, scl) == (self._sda, self._scl):
                found[address] = chip
            elif (scl, sda) == (self._sda, self._scl):
                board.note(self._sda, "display-swapped")
        return found

    def _chip(self, address):
        chips = self._chips()
        if address in chips:
            return chips[address]
        self._takes(1)
        text = "Auf dem Bus an SDA %s und SCL %s antwortet niemand mit der Adresse 0x%02x."
        text %= (self._sda, self._scl, address)
        for sda, scl, other, _, device in devices.i2c:
            if other == address and devices.unplugged(device):
                text = devices.NO_CABLE
            elif other == address:
                text += " Angeschlossen ist das Teil an SDA %s und SCL %s." % (sda, scl)
        raise board.DeviceError(NOBODY.get(board.port, 5), text)

    def _takes(self, count):
        board.advance((count + 1) * 9 * 1000000 // self._freq)

    def scan(self):
        """Return the addresses that answer."""
        self._takes(112)
        return sorted(self._chips())

    def writeto(self, addr, buf, stop=True):
        """Send bytes; return how many the chip took."""
        return self.writevto(addr, (buf,), stop)

    def writevto(self, addr, vector, stop=True):
        """Send several buffers as one."""
        chip = self._chip(addr)
        data = vector[0] if len(vector) == 1 else b"".join([bytes(each) for each in vector])
        self._takes(len(data))
        chip.write(bytes(data))
        return len(data)

    def readfrom(self, addr, nbytes, stop=True):
        """Return bytes of the chip."""
        chip = self._chip(addr)
        self._takes(nbytes)
        return chip.read(nbytes)

    def readfrom_into(self, addr, buf, stop=True):
        """Fill a buffer with bytes of the chip."""
        buf[:] = self.readfrom(addr, len(buf))

    def readfrom_mem(self, addr, memaddr, nbytes, *, addrsize=8):
        """Return bytes from a register on."""
        self._chip(addr).write(_register(memaddr, addrsize))
        return self.readfrom(addr, nbytes)

    def readfrom_mem_into(self, addr, memaddr, buf, *, addrsize=8):
        """Fill a buffer with bytes from a register on."""
        buf[:] = self.readfrom_mem(addr, memaddr, len(buf), addrsize=addrsize)

    def writeto_mem(self, addr, memaddr, buf, *, addrsize=8):
        """Send bytes to a register."""
        self.writeto(addr, _register(memaddr, addrsize) + bytes(buf))

    def __repr__(self):
        return "I2C(scl=%s, sda=%s, freq=%d)" % (self._scl, self._sda, self._freq)


class I2C(SoftI2C):
    """One of the board's own I2C buses, as programs know it from machine.I2C."""

    def __init__(self, id, *, scl=None, sda=None, freq=400000, timeout=50000):
        usual = USUAL.get(board.port, USUAL["rp2"])
        if id not in usual:
            raise board.BoardError("Der %s hat I2C(0) und I2C(1), nicht I2C(%s)." % (board.title, id))
        sda = usual[id][0] if sda is None else pin_of(sda)
        scl = usual[id][1] if scl is None else pin_of(scl)
        self._connect(id, sda, scl, freq)


def _register(address, size):
    return address.to_bytes(size // 8, "big")


class SoftSPI:
    """An SPI bus on any pins; none of the wagon's parts speaks it, so nobody answers."""

    MSB, LSB = 0, 1

    def __init__(self, baudrate=1000000, *, polarity=0, phase=0, bits=8, firstbit=0, sck=None, mosi=None, miso=None):
        self._wire(None, sck, mosi, miso)
        self._baudrate = baudrate

    def _wire(self, id, sck, mosi, miso):
        for pin, role in ((sck, "sck"), (mosi, "tx"), (miso, "rx")):
            if pin is not None:
                name = pin_of(pin)
                kind = "" if id is None else "spi%d-%s" % (id, role)
                if role == "rx" and board.free_buses:
                    continue
                must_do(name, kind, "%s von SPI%s" % (role.upper(), "" if id is None else "(%d)" % id))

    def init(self, baudrate=None, **more):
        """Change the speed."""
        self._baudrate = baudrate or self._baudrate

    def deinit(self):
        """Give the pins back."""

    def write(self, buf):
        """Send bytes."""
        board.advance(len(buf) * 8 * 1000000 // self._baudrate)

    def read(self, nbytes, write=0):
        """Return bytes; nobody drives the line."""
        board.note("SPI", "nobody-answers")
        board.advance(nbytes * 8 * 1000000 // self._baudrate)
        return b"\xff" * nbytes

    def readinto(self, buf, write=0):
        """Fill a buffer with bytes."""
        buf[:] = self.read(len(buf))

    def write_readinto(self, write_buf, read_buf):
        """Send and fill a buffer at once."""
        read_buf[:] = self.read(len(read_buf))


class SPI(SoftSPI):
    """One of the board's own SPI buses."""

    def __init__(self, id, baudrate=1000000, *, polarity=0, phase=0, bits=8, firstbit=0, sck=None, mosi=None, miso=None):
        most = (0, 1) if board.port == "rp2" else (1, 2)
        if id not in most:
            raise board.BoardError("Der %s hat SPI(%d) und SPI(%d), nicht SPI(%s)." % (board.title, most[0], most[1], id))
        self._wire(id, sck, mosi, miso)
        self._baudrate = baudrate
