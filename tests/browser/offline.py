"""A network namespace with nothing but the loopback in it: a lab and a browser started inside can reach each other only."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ONLY_LOOPBACK = "ip link set lo up && echo ready && exec sleep 3600"


class Offline:
    """How to start a program without a network; `why_not` says why that is not allowed here."""

    def __init__(self, inside: list[str], why_not: str = "") -> None:
        self.inside, self.why_not = inside, why_not

    def wrapped(self, program: str, folder: Path) -> str:
        """Return a program that starts another one without a network."""
        if not self.inside:
            return program
        path = folder / "offline"
        path.write_text(f'#!/bin/sh\nexec {" ".join(self.inside)} {program} "$@"\n', encoding="utf-8")
        path.chmod(0o755)
        return str(path)


@contextmanager
def offline() -> Iterator[Offline]:
    """Keep a namespace as long as it is needed."""
    root = os.geteuid() == 0
    command = ["unshare", "-n"] if root else ["unshare", "-r", "-n"]
    try:
        keeper = subprocess.Popen(
            [*command, "sh", "-c", ONLY_LOOPBACK], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    except OSError as error:
        yield Offline([], f"unshare: {error}")
        return
    assert keeper.stdout and keeper.stderr
    if keeper.stdout.readline().strip() != "ready":
        yield Offline([], f"no network namespace: {keeper.stderr.read().strip()}")
        return
    try:
        user = [] if root else ["-U", "--preserve-credentials"]
        yield Offline(["nsenter", *user, "-n", "-t", str(keeper.pid)])
    finally:
        keeper.kill()
        keeper.wait()
