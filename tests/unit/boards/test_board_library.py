"""The drivers in microcontroller/lib are for real boards too: here umqtt speaks to a real socket, on the plain port."""

import re
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from makerwagen.boards.messages import NOTES

ROOT = Path(__file__).parents[3]
PLAIN = "import sys; sys.argv[0] = 'micropython'; from micropython_unix import main; sys.exit(main())"
CLIENT = """
from umqtt.simple import MQTTClient
c = MQTTClient("knoten-1", "127.0.0.1", port={port}, user="u", password="geheim", keepalive=30)
c.set_last_will("status", "weg", retain=True)
c.set_callback(lambda topic, message: print(topic, message))
print(c.connect())
c.publish("klima", "21.5")
c.publish(b"klima", b"22", qos=1)
c.subscribe("licht/#")
c.wait_msg()
c.ping()
c.check_msg()
c.disconnect()
print("fertig")
"""


def take(connection):
    """Return (first byte, body) of the next MQTT packet."""
    first, size, shift = connection.recv(1)[0], 0, 0
    while True:
        byte = connection.recv(1)[0]
        size |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            break
    body = b""
    while len(body) < size:
        body += connection.recv(size - len(body))
    return first, body


def text(word):
    return struct.pack(">H", len(word)) + word


@pytest.fixture
def broker():
    """A server that answers as MQTT 3.1.1 demands and remembers what it got."""
    got = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = server.accept()
        with connection:
            while True:
                first, body = take(connection)
                got.append((first, body))
                if first == 0x10:
                    connection.sendall(b"\x20\x02\0\0")
                elif first == 0x32:
                    connection.sendall(b"\x40\x02" + body[7:9])
                elif first == 0x82:
                    connection.sendall(b"\x90\x03" + body[:2] + b"\0")
                    message = text(b"licht/rot") + b"an" * 100
                    connection.sendall(b"\x30" + bytes([len(message) & 127 | 128, len(message) >> 7]) + message)
                elif first == 0xC0:
                    connection.sendall(b"\xd0\0")
                elif first == 0xE0:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1], got
    server.close()
    thread.join(5)


def test_umqtt_speaks_mqtt_to_a_real_socket(broker, tmp_path):
    port, got = broker
    program = tmp_path / "client.py"
    program.write_text(CLIENT.format(port=port))
    ran = subprocess.run(
        [sys.executable, "-c", PLAIN, str(program)],
        env={"MICROPYPATH": f".frozen:{ROOT / 'microcontroller/lib'}"},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert ran.stdout == "0\nb'licht/rot' b'" + "an" * 100 + "'\nfertig\n", ran.stderr
    connect = text(b"MQTT") + b"\x04\xe6\x00\x1e" + text(b"knoten-1") + text(b"status") + text(b"weg")
    assert got == [
        (0x10, connect + text(b"u") + text(b"geheim")),
        (0x30, text(b"klima") + b"21.5"),
        (0x32, text(b"klima") + b"\0\x01" + b"22"),
        (0x82, b"\0\x02" + text(b"licht/#") + b"\0"),
        (0xC0, b""),
        (0xE0, b""),
    ]


def test_every_word_the_board_notes_is_explained_to_children():
    words = set()
    for path in (ROOT / "microcontroller/simulator").rglob("*.py"):
        words |= set(re.findall(r"\bnote\([^\n]*?\"([a-z0-9-]+)\"\)", path.read_text(encoding="utf-8")))
    assert len(words) > 15
    assert words <= set(NOTES)


def test_what_a_real_board_has_already_is_not_in_the_library():
    """dht, neopixel, onewire, ds18x20, network and asyncio are part of the firmware."""
    names = {
        path.relative_to(ROOT / "microcontroller/lib").as_posix()
        for path in (ROOT / "microcontroller/lib").rglob("*.py")
    }
    assert names == {
        "ssd1306.py",
        "bme280.py",
        "hcsr04.py",
        "sds011.py",
        "calibration.py",
        "settings_example.py",
        "station.py",
        "umqtt/__init__.py",
        "umqtt/simple.py",
        "umqtt/robust.py",
    }
