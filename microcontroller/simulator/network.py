"""Gives programs a WLAN as MicroPython's own module does; it is only played, and says so."""

import simulated_board as board

STA_IF, AP_IF = 0, 1
STAT_IDLE, STAT_CONNECTING, STAT_GOT_IP = 0, 1, 3
STAT_WRONG_PASSWORD, STAT_NO_AP_FOUND, STAT_CONNECT_FAIL = -3, -2, -1
AUTH_OPEN, AUTH_WPA_WPA2_PSK = 0, 4
CONNECTS_US = 2000000
ADDRESS = ("192.168.4.20", "255.255.255.0", "192.168.4.1", "192.168.4.1")

state = {"active": False, "since": None}


def online():
    """Say whether the program has connected, and long enough ago."""
    return state["active"] and state["since"] is not None and board.now_us - state["since"] >= CONNECTS_US


def hostname(name=None):
    """Return the board's name in the network."""
    return name or "makerwagen"


def country(code=None):
    """Return the country whose radio rules hold."""
    return code or "DE"


class WLAN:
    """The board's radio: every network is there, every password is right."""

    IF_STA, IF_AP = STA_IF, AP_IF
    PM_NONE, PM_PERFORMANCE, PM_POWERSAVE = 0, 1, 2

    def __init__(self, interface=STA_IF):
        if interface == AP_IF:
            raise board.BoardError("Ein eigenes WLAN aufmachen kann das simulierte Board nicht. Nimm network.STA_IF.")

    def active(self, on=None):
        """Return whether the radio is on, or switch it."""
        if on is None:
            board.look()
            return state["active"]
        state["active"] = bool(on)
        if on:
            board.note("WLAN", "wifi-simulated")
        else:
            state["since"] = None
        return None

    def connect(self, ssid=None, key=None, **more):
        """Join a network; that takes two seconds."""
        if not state["active"]:
            raise board.BoardError("Das WLAN ist noch aus. Schalte es zuerst ein: wlan.active(True).")
        if not ssid:
            raise board.BoardError("Welches WLAN? Gib seinen Namen an: wlan.connect('Name', 'Passwort').")
        state["since"] = board.now_us

    def disconnect(self):
        """Leave the network."""
        state["since"] = None

    def isconnected(self):
        """Say whether the board is in the network."""
        board.look()
        return online()

    def status(self, what=None):
        """Return how far it is, or with 'rssi' how strong the signal is."""
        board.look()
        if what == "rssi":
            return -60
        return STAT_GOT_IP if online() else STAT_IDLE if state["since"] is None else STAT_CONNECTING

    def ifconfig(self, config=None):
        """Return address, mask, gateway and name server."""
        return ADDRESS if online() else ("0.0.0.0",) * 4

    def ipconfig(self, what=None, **more):
        """Return one part of the address."""
        return {"addr4": self.ifconfig()[:2], "gw4": self.ifconfig()[2]}.get(what)

    def config(self, *names, **values):
        """Return a setting."""
        return {"mac": b"\x02makerw"[:6], "hostname": "makerwagen", "ssid": "gespielt"}.get(names[0]) if names else None

    def scan(self):
        """Return the networks in reach."""
        board.advance(1500000)
        return [(b"gespielt", b"\x02\0\0\0\0\1", 6, -60, 4, False)]
