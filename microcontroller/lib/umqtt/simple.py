"""Sends and receives messages over MQTT 3.1.1; for a real board and the simulated one alike."""

# The names are those of micropython-lib's umqtt.simple, so that programs for it run here unchanged.
# http://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html
import socket

CONNECT, PUBLISH, SUBSCRIBE, PING, DISCONNECT = 0x10, 0x30, 0x82, b"\xc0\0", b"\xe0\0"


class MQTTException(Exception):
    """The broker said no."""


def _bytes(text):
    return text.encode() if isinstance(text, str) else bytes(text)


def _field(text):
    data = _bytes(text)
    return len(data).to_bytes(2, "big") + data


def _packet(kind, body):
    size, length = len(body), []
    while True:
        length.append(size & 127 | (128 if size > 127 else 0))
        size >>= 7
        if not size:
            return bytes([kind] + length) + body


class MQTTClient:
    """A connection to a broker."""

    def __init__(self, client_id, server, port=0, user=None, password=None, keepalive=0, ssl=None, ssl_params={}):
        self.client_id, self.server = client_id, server
        self.port = port or (8883 if ssl else 1883)
        self.user, self.pswd, self.keepalive = user, password, keepalive
        self.ssl, self.ssl_params = ssl, ssl_params
        self.sock = self.cb = self.lw = self.timeout = None
        self.pid = 0

    def set_callback(self, f):
        """Set what is called with (topic, message)."""
        self.cb = f

    def set_last_will(self, topic, msg, retain=False, qos=0):
        """Set what the broker says when this board falls silent."""
        self.lw = (topic, msg, retain, qos)

    def connect(self, clean_session=True, timeout=None):
        """Connect; return whether the broker still knew us."""
        address = socket.getaddrinfo(self.server, self.port)[0][-1]
        self.sock = socket.socket()
        self.sock.settimeout(timeout)
        self.timeout = timeout
        self.sock.connect(address)
        if self.ssl:
            self._secure()
        flags, body = 2 if clean_session else 0, _field(self.client_id)
        if self.lw:
            topic, message, retain, qos = self.lw
            flags |= 4 | qos << 3 | (32 if retain else 0)
            body += _field(topic) + _field(message)
        if self.user is not None:
            flags |= 128
            body += _field(self.user)
            if self.pswd is not None:
                flags |= 64
                body += _field(self.pswd)
        head = _field("MQTT") + bytes([4, flags]) + self.keepalive.to_bytes(2, "big")
        self._send(_packet(CONNECT, head + body))
        answer = self._read(4)
        if answer[0] != 0x20 or answer[3]:
            raise MQTTException(answer[3])
        return answer[2] & 1

    def _secure(self):
        if hasattr(self.ssl, "wrap_socket"):
            self.sock = self.ssl.wrap_socket(self.sock, server_hostname=self.server)
        else:
            import ssl

            self.sock = ssl.wrap_socket(self.sock, **self.ssl_params)

    def disconnect(self):
        """Say goodbye."""
        self._send(DISCONNECT)
        self.sock.close()

    def ping(self):
        """Ask the broker for a sign of life."""
        self._send(PING)

    def publish(self, topic, msg, retain=False, qos=0):
        """Send a message; with qos=1 wait until the broker has it."""
        kind = PUBLISH | qos << 1 | (1 if retain else 0)
        number = b""
        if qos:
            self.pid = self.pid % 65535 + 1
            number = self.pid.to_bytes(2, "big")
        self._send(_packet(kind, _field(topic) + number + _bytes(msg)))
        if qos == 1:
            self._until(4, number)
        elif qos:
            raise ValueError("qos 2 is not supported")

    def subscribe(self, topic, qos=0):
        """Ask for all messages of a topic."""
        if self.cb is None:
            raise MQTTException("set_callback() first")
        self.pid = self.pid % 65535 + 1
        number = self.pid.to_bytes(2, "big")
        self._send(_packet(SUBSCRIBE, number + _field(topic) + bytes([qos])))
        if self._until(9, number)[2] == 128:
            raise MQTTException(128)

    def _until(self, wanted, number):
        while True:
            kind, body = self._next(self._read(1))
            if kind == wanted and body[:2] == number:
                return body

    def wait_msg(self):
        """Wait for one packet of the broker, and hand a message on."""
        first = self.sock.read(1)
        self.sock.settimeout(self.timeout)  # a network that falls silent in mid-packet must not hold the program for ever
        if first is None:
            return None
        if first == b"":
            raise OSError(-1)
        return self._next(first)[0]

    def check_msg(self):
        """Hand a message on, if one is there."""
        self.sock.setblocking(False)
        return self.wait_msg()

    def _next(self, first):
        size = shift = 0
        while True:
            byte = self._read(1)[0]
            size |= (byte & 127) << shift
            shift += 7
            if not byte & 128:
                break
        body = self._read(size)
        kind = first[0] >> 4
        if kind == 3:
            self._message(first[0], body)
        return kind, body

    def _message(self, kind, body):
        end = 2 + (body[0] << 8 | body[1])
        topic, rest = body[2:end], body[end:]
        if kind & 6:
            number, rest = rest[:2], rest[2:]
        self.cb(topic, rest)
        if kind & 6 == 2:
            self._send(_packet(0x40, number))

    def _read(self, size):
        data = b""
        while len(data) < size:
            more = self.sock.read(size - len(data))
            if not more:
                raise OSError(-1)
            data += more
        return data

    def _send(self, data):
        while data:
            data = data[self.sock.write(data) :]
