"""Gives programs a socket that reaches one thing only: a played MQTT broker, with a hub that has every reading at once."""

import json

import network
import simulated_board as board

AF_INET, SOCK_STREAM, SOCK_DGRAM, SOL_SOCKET, SO_REUSEADDR = 2, 1, 2, 1, 2
MQTT_PORTS = (1883, 8883)
NO_NET = "Ins Netz darf dein Programm hier nicht: Das simulierte Board erreicht nur einen gespielten MQTT-Broker (Port 1883)."
NO_WLAN = "Das Board ist noch nicht im WLAN. Warte, bis wlan.isconnected() True ist."
INPUTS = "mqtt"  # inputs with this device's name are messages: control is the topic
# As src/makerwagen/sensors/protocol.py has them.
ROOT, ACKNOWLEDGED = "makerwagen", "makerwagen-ack"
EHOSTUNREACH, ENOTCONN = 113, 107


def getaddrinfo(host, port, *more):
    """Return where to connect to."""
    if port not in MQTT_PORTS:
        raise board.BoardError(NO_NET)
    if not network.online():
        raise board.DeviceError(-2, NO_WLAN)
    return [(AF_INET, SOCK_STREAM, 0, "", (host, port))]


class socket:
    """A connection to the played broker, which understands MQTT 3.1.1."""

    def __init__(self, family=AF_INET, kind=SOCK_STREAM, proto=0):
        if kind != SOCK_STREAM:
            raise board.BoardError(NO_NET)
        self._answers, self._asked, self._topics = b"", b"", {}
        self._open, self._wait_us = False, None

    def connect(self, address):
        """Connect."""
        if address[1] not in MQTT_PORTS:
            raise board.BoardError(NO_NET)
        if not network.online():
            raise board.DeviceError(EHOSTUNREACH, NO_WLAN)
        self._open = True
        board.advance(20000)
        board.on_control[INPUTS] = self._news

    def _elsewhere(self, *more, **rest):
        raise board.BoardError(NO_NET)

    bind = listen = accept = sendto = recvfrom = makefile = _elsewhere

    def setsockopt(self, *more):
        """Nothing to set here."""

    def setblocking(self, wait):
        """Say whether reading waits."""
        self._wait_us = None if wait else 0

    def settimeout(self, seconds):
        """Say how long reading waits."""
        self._wait_us = None if seconds is None else int(seconds * 1000000)

    def close(self):
        """End the connection."""
        self._open = False

    def write(self, data, size=None):
        """Send bytes to the broker."""
        if not self._open:
            raise OSError(ENOTCONN)
        self._asked += bytes(data if size is None else data[:size])
        board.advance(1000)
        while self._take():
            pass
        return len(data)

    send = sendall = write

    def read(self, size=1):
        """Return bytes of the broker; without any, None or after the waiting time an error, as on a board."""
        board.look()
        until = board.end_us if self._wait_us is None else board.now_us + self._wait_us
        while len(self._answers) < size and self._open and board.now_us < until:
            coming = board.coming[0][0] if board.coming else until
            board.advance(max(1, min(coming, until) - board.now_us))
        if not self._answers and self._open:
            if self._wait_us:
                raise OSError(110)
            return None
        taken, self._answers = self._answers[:size], self._answers[size:]
        return taken

    recv = read

    def _take(self):
        """Answer the first whole packet; say whether there was one."""
        size, at = 0, 1
        while True:
            if at >= len(self._asked) or at > 4:
                return False
            size |= (self._asked[at] & 127) << 7 * (at - 1)
            at += 1
            if not self._asked[at - 1] & 128:
                break
        if len(self._asked) < at + size:
            return False
        kind, body = self._asked[0], self._asked[at : at + size]
        self._asked = self._asked[at + size :]
        self._answer(kind, body)
        return True

    def _answer(self, kind, body):
        packet = kind >> 4
        if packet == 1:
            self._answers += b"\x20\x02\0\0"
        elif packet == 3:
            self._published(kind, body)
        elif packet == 8:
            self._topics[_text(body, 2)] = True
            self._answers += b"\x90\x03" + body[:2] + b"\0"
        elif packet == 10:
            self._topics.pop(_text(body, 2), None)
            self._answers += b"\xb0\x02" + body[:2]
        elif packet == 12:
            self._answers += b"\xd0\0"
        elif packet == 14:
            self._open = False

    def _published(self, kind, body):
        topic = _text(body, 0)
        at = 2 + len(topic.encode())
        if kind & 6:
            self._answers += b"\x40\x02" + body[at : at + 2]
            at += 2
        payload = body[at:]
        board.write("message", board.now_us, topic, _said(payload))
        self._deliver(topic, payload)
        self._acknowledge(topic, payload)

    def _acknowledge(self, topic, payload):
        """Answer a station as the wagon's hub does; whether the hub would refuse the value, the hub says later."""
        parts = topic.split("/")
        if len(parts) != 3 or parts[0] != ROOT:
            return
        try:
            data = json.loads(payload)
            answer = {"b": data["b"], "n": [data["n"]]}
        except (ValueError, KeyError, TypeError):
            return
        self._deliver(ACKNOWLEDGED + "/" + parts[1], json.dumps(answer).encode())

    def _news(self, topic, value):
        self._deliver(topic, (str(int(value)) if value == int(value) else str(value)).encode())

    def _deliver(self, topic, payload):
        if self._open and any(_fits(wanted, topic) for wanted in self._topics):
            body = len(topic.encode()).to_bytes(2, "big") + topic.encode() + payload
            self._answers += b"\x30" + _length(len(body)) + body


def _length(size):
    data = []
    while True:
        data.append(size & 127 | (128 if size > 127 else 0))
        size >>= 7
        if not size:
            return bytes(data)


def _text(body, at):
    size = body[at] << 8 | body[at + 1]
    return body[at + 2 : at + 2 + size].decode()


def _said(payload):
    try:
        return payload.decode()
    except UnicodeError:
        return repr(payload)


def _fits(wanted, topic):
    wanted, topic = wanted.split("/"), topic.split("/")
    for index, word in enumerate(wanted):
        if word == "#":
            return True
        if index >= len(topic) or word not in ("+", topic[index]):
            return False
    return len(wanted) == len(topic)
