"""Runs a seat's JupyterLab on this machine only and starts it again at the same address when it dies.

The address is ours, not the server's: what an open page asks while a new server starts waits in line and is answered,
so that a child is not shown an error that nobody can do anything about.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from makerwagen.errors import MakerwagenError
from makerwagen.lab.seat import Seat, write_whole
from makerwagen.lab.settings import address_path, write_settings

HOST = "127.0.0.1"
START_WITHIN_S = 60
SOCKET, AGAIN = "MAKERWAGEN_SOCKET", "MAKERWAGEN_AGAIN"
IN_LINE = 128  # requests that may wait for a new server
RESTARTS, RESTARTS_WITHIN_S = 5, 120


@dataclass(frozen=True)
class Order:
    """What to serve: whose seat, from which checkout, opened on which notebook, at which port (0 = any)."""

    seat: Seat
    root: Path
    notebook: str = ""
    port: int = 0


def serve(order: Order, *, opened: Callable[[str], object] | None = None) -> None:
    """Serve until interrupted; a server that dies is started again, so that an open page finds it back."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Being told to end means to end the server too, even where a background job ignores Ctrl+C.
        signal.signal(number, signal.default_int_handler)
    env = os.environ | write_settings(order.seat, order.root, notebook=order.notebook)
    env |= {"JUPYTER_TOKEN": (token := remembered_token(order.seat))}
    with own_socket(order.seat, order.port) as held:
        address = f"http://{HOST}:{held.getsockname()[1]}{address_path(order.notebook)}?token={token}"
        ends: list[float] = []
        while True:
            server = start(held, env | {AGAIN: "1" if ends else ""}, cwd=order.seat.folder)
            try:
                wait_until_it_answers(server, held.getsockname()[1])
                if not ends:
                    print(f"Makerwagen: {address}  (seat: {order.seat.animal}; stop with Ctrl+C)", flush=True)
                    (opened or webbrowser.open)(address)
                code = server.wait()
            except BaseException:
                stop(server)
                raise
            if code == 0:
                return
            ends = [end for end in ends if time.monotonic() - end < RESTARTS_WITHIN_S] + [time.monotonic()]
            if len(ends) > RESTARTS:
                raise MakerwagenError(f"JupyterLab ended {RESTARTS} times in a row (code {code}); restart the laptop")
            print("Makerwagen: JupyterLab ended and is started again; nothing is lost", flush=True)


def start(held: socket.socket, env: Mapping[str, str], *, cwd: Path) -> subprocess.Popen[bytes]:
    """Start a server in a process group of its own; it dies with us, and its kernels with it."""
    command = [sys.executable, "-m", "makerwagen.lab.process", f"--ServerApp.port={held.getsockname()[1]}"]
    if sys.platform == "win32":  # there a socket is not handed on so simply: the server opens the port itself
        held.close()
        return subprocess.Popen(command, env=dict(env), cwd=cwd, stdin=subprocess.DEVNULL)
    return subprocess.Popen(
        command,
        env={**env, SOCKET: str(held.fileno())},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=(held.fileno(),),
    )


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server and its kernels; by force when it does not listen."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when the server answers; raise when it ends or stays silent."""
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            # Until the server takes it, a question only waits in line.
            with urlopen(f"http://{HOST}:{port}/api", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise MakerwagenError(f"JupyterLab did not start on port {port}; is it installed? try: pip install makerwagen[lab]")


def remembered_token(seat: Seat) -> str:
    """Return the seat's token, made once, so that a page that is still open stays valid after a restart."""
    path = seat.runtime / "jupyter/token"
    if path.exists() and (known := path.read_text().strip()):
        return known
    token = secrets.token_hex(24)
    write_whole(path, token.encode())
    path.chmod(0o600)
    return token


def own_socket(seat: Seat, wanted: int) -> socket.socket:
    """Return a listening socket at the wanted port; when none is wanted, at the seat's last one or any that is free."""
    path = seat.runtime / "jupyter/port"
    known = path.read_text().strip() if path.exists() else ""
    last = int(known) if known.isdigit() else 0
    for port in [wanted] if wanted else [last, 0]:
        held = socket.socket()
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((HOST, port))
            held.listen(IN_LINE)
        except OSError:
            held.close()
            continue
        write_whole(path, str(held.getsockname()[1]).encode())
        return held
    raise MakerwagenError(f"port {wanted or 'any'} is taken; close the other program or choose another --port")
