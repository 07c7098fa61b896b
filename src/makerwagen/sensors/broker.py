"""The wagon's MQTT broker: mosquitto with passwords and persistence, restarted when it dies."""

import contextlib
import errno
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.protocol import ACKNOWLEDGED, ROOT

HUB, NODE = "hub", "node"
STARTS_WITHIN_S = 10.0
SECRETS = "broker.json"
NOT_AUTHORISED = "not authorised"
# mosquitto hears SIGTERM, upon which it saves what it keeps, when we end, however we end.
MORTAL = """
import ctypes, os, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGTERM)
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
os.execv(sys.argv[2], sys.argv[2:])
"""
CONFIG = """# Written by makerwagen at every start.
listener {port} {host}
# As root mosquitto would turn into a user of its own, who may not enter this folder; nobody else is ever meant.
user {user}
allow_anonymous false
password_file {folder}/passwords
acl_file {folder}/rights
persistence true
persistence_location {folder}/
autosave_interval 1
autosave_on_changes true
max_queued_messages 100000
max_packet_size 1024
max_inflight_messages 200
log_dest stderr
log_type error
log_type notice
"""
# The hub reads everything and answers; a node writes readings and reads answers. Nobody else is let in.
RIGHTS = f"""user {HUB}
topic read {ROOT}/#
topic write {ACKNOWLEDGED}/#

user {NODE}
topic write {ROOT}/#
topic read {ACKNOWLEDGED}/#
"""


@dataclass(frozen=True)
class Access:
    """Where the broker listens, and the passwords of hub and nodes."""

    host: str
    port: int
    hub_password: str
    node_password: str


class Broker:
    """A mosquitto of our own below `folder`."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", port: int = 1883) -> None:
        """Prepare files and passwords; passwords stay the same from one day to the next."""
        self.folder = folder
        hub, node = _passwords(folder)
        self.access = Access(host, port, hub, node)
        self.restarts = 0
        # When somebody came with a wrong password, newest last; and what mosquitto said last.
        self.turned_away: deque[float] = deque(maxlen=20)
        self._said: deque[str] = deque(maxlen=5)
        self._process: subprocess.Popen[str] | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start the broker and wait until it answers; raise MakerwagenError saying what is missing."""
        self._port_is_free()
        self._write_files()
        # mosquitto ends with the thread that started it, so that is one which lives as long as the broker.
        threading.Thread(target=self._keep_running, args=(_program("mosquitto"),), name="broker", daemon=True).start()
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self._answers():
            if self.restarts or time.monotonic() > deadline:
                self.stop()
                raise MakerwagenError(f"mosquitto does not start: {' / '.join(self._said) or 'it says nothing'}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End the broker; what it was keeping is on disk."""
        self._stopping.set()
        if self._process and self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        """Return the process id, 0 when it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else 0

    def _keep_running(self, program: str) -> None:
        """Start mosquitto, hear what it says, and start it again whenever it ended by itself."""
        command = [sys.executable, "-I", "-S", "-c", MORTAL, str(os.getpid()), program]
        while not self._stopping.is_set():
            self._process = subprocess.Popen(
                [*command, "-c", str(self.folder / "mosquitto.conf")],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                text=True,
                errors="replace",
            )
            for line in self._process.stdout or ():
                self._hear(line.strip())
            self._process.wait()
            self.restarts += 1
            self._stopping.wait(0.1)

    def _hear(self, line: str) -> None:
        if NOT_AUTHORISED in line:
            self.turned_away.append(time.time())
        elif "rror" in line:
            self._said.append(line)

    def _port_is_free(self) -> None:
        """Raise MakerwagenError when another program listens there, or when the address is not this machine's."""
        where = f"{self.access.host}:{self.access.port}"
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                self.access.host, self.access.port, type=socket.SOCK_STREAM
            )[0]
            with socket.socket(family, kind, protocol) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                why = f"another program listens on {where}; stop it, or choose another --sensors-port"
            elif error.errno == errno.EACCES:
                why = f"{where} is not for everybody to listen on; choose another --sensors-port"
            else:
                why = f"'{self.access.host}' is no address of this machine; choose another --sensors-host"
            raise MakerwagenError(why) from error

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection((self.access.host, self.access.port), timeout=0.5):
            return True
        return False

    def _write_files(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        user = pwd.getpwuid(os.geteuid()).pw_name
        config = CONFIG.format(host=self.access.host, port=self.access.port, folder=self.folder.resolve(), user=user)
        (self.folder / "mosquitto.conf").write_text(config, encoding="utf-8")
        _write_privately(self.folder / "rights", RIGHTS)
        passwords = f"{HUB}:{self.access.hub_password}\n{NODE}:{self.access.node_password}\n"
        _write_privately(self.folder / "passwords", passwords)
        hashed = subprocess.run(
            [_program("mosquitto_passwd"), "-U", str(self.folder / "passwords")], capture_output=True, check=False
        )
        if hashed.returncode:
            raise MakerwagenError(f"the broker's passwords cannot be written to '{self.folder}'")


def _passwords(folder: Path) -> tuple[str, str]:
    path = folder / SECRETS
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        # An empty password would let everybody in.
        if all(isinstance(kept[user], str) and kept[user].strip() for user in (HUB, NODE)):
            return kept[HUB], kept[NODE]
    made = {HUB: secrets.token_urlsafe(24), NODE: secrets.token_hex(4)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_privately(path, json.dumps(made))
    except OSError as error:
        raise MakerwagenError(f"'{path}': {error.strerror}; choose another --state folder") from error
    return made[HUB], made[NODE]


def _write_privately(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if not found:
        raise MakerwagenError(f"'{name}' is not installed; try: apt-get install mosquitto")
    return found
