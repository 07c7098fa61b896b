"""`makerwagen wagon` in a process of its own, with its real mosquitto."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.faults.hub_kills import free_port

needs_mosquitto = pytest.mark.skipif(
    shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin") is None, reason="mosquitto is not installed"
)


def soon(question, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
    except OSError:
        return False
    return True


class Wagon:
    """A wagon in a process of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.port, self.sensors_port = free_port(), free_port()
        site = folder / "build/site"
        site.mkdir(parents=True)
        (site / "index.html").write_text("Hallo", encoding="utf-8")
        self.process = None

    def start(self, *more, **environment):
        command = [sys.executable, "-m", "makerwagen.cli", "--root", str(self.folder), "wagon"]
        places = ["--port", str(self.port), "--state", str(self.folder / "state")]
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [*command, *places, "--sensors-port", str(self.sensors_port), *more],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment},
            )
        assert soon(lambda: answers(self.port)), self.log

    @property
    def log(self):
        return (self.folder / "log").read_text(encoding="utf-8")

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def end(self, how):
        self.process.send_signal(how)
        return self.process.wait(20)


def password_in(log):
    return log.split('password="')[1].split('"')[0]
