"""The kernel's limits, held by a real kernel."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec

from makerwagen.lab.settings import kernel_spec
from tests.conftest import ROOT

SECONDS = 2


class Kernel:
    def __init__(self, seconds: int = SECONDS) -> None:
        spec = kernel_spec()
        self.manager = KernelManager()
        self.manager._kernel_spec = KernelSpec(**spec)
        env = os.environ | {
            "MAKERWAGEN_CELL_SECONDS": str(seconds),
            "MALLOC_ARENA_MAX": "2",
            "MAKERWAGEN_ROOT": str(ROOT),
        }
        self.manager.start_kernel(env=env)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=30)

    def run(self, source: str) -> str:
        said: list[str] = []

        def hear(message: dict) -> None:
            content = message["content"]
            said.append(content.get("text") or content.get("data", {}).get("text/plain") or "")

        self.client.execute_interactive(source, timeout=20, output_hook=hear)
        return "".join(said).strip()


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    started = Kernel()
    yield started
    started.client.stop_channels()
    started.manager.shutdown_kernel(now=True)


def test_two_gigabytes_at_once_are_refused_kindly_and_the_kernel_lives(kernel: Kernel):
    kernel.run("vorher = 41")
    assert "Der Speicher ist voll" in kernel.run("zu_viel = bytearray(2_000_000_000)")
    assert kernel.run("vorher + 1") == "42"


def test_an_endless_loop_is_stopped_and_the_kernel_lives(kernel: Kernel):
    start = time.monotonic()
    assert "zu lange gedauert" in kernel.run("while True:\n    pass")
    assert time.monotonic() - start < 15
    assert kernel.run("1 + 1") == "2"


def test_waiting_is_not_computing(kernel: Kernel):
    assert kernel.run(f"import time; time.sleep({SECONDS + 0.5}); print('da')") == "da"


def test_stopping_is_answered_in_german(kernel: Kernel):
    threading.Timer(1, kernel.manager.interrupt_kernel).start()
    assert kernel.run("import time\ntime.sleep(15)").startswith("Angehalten")
    assert kernel.run("2 + 2") == "4"


def test_errors_of_a_child_are_still_shown_as_errors(kernel: Kernel):
    reply = kernel.client.execute_interactive("1 / 0", timeout=10, output_hook=lambda _message: None)
    assert reply["content"]["ename"] == "ZeroDivisionError"


def test_memory_that_stays_full_ends_this_kernel_alone():
    kernel = Kernel(seconds=15)  # on a busy machine filling the memory takes longer than a cell may compute
    said = ""
    try:
        said = kernel.run("alles = []\nwhile True:\n    alles.append(bytearray(20_000_000))")
    finally:
        deadline = time.monotonic() + 10
        while kernel.manager.is_alive() and time.monotonic() < deadline:
            time.sleep(0.1)
        ended = not kernel.manager.is_alive()
        kernel.client.stop_channels()
        kernel.manager.shutdown_kernel(now=True)
    assert "Der Speicher ist voll" in said
    assert ended


def test_a_kernel_ends_with_its_server():
    starter = (
        "import subprocess, sys, time\n"
        "one = subprocess.Popen([sys.executable, '-m', 'makerwagen.lab.kernel', '--log-level=ERROR'], stdout=subprocess.DEVNULL)\n"
        "time.sleep(4); print(one.pid, one.poll(), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid, code = parent.stdout.readline().split()
        assert code == "None"
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 5
    while _alive(int(pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _alive(int(pid))


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
