"""Run one command and write what it cost; counts every process the command left behind, too.

Started as `python -I accounting.py RESULT LOG TIMEOUT_S COMMAND…`, so that no cost of the measuring side is counted.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

BECOME_SUBREAPER = 36
GRACE_S = 5.0


def main(result: Path, log: Path, timeout_s: float, command: list[str]) -> None:
    """Run `command` and write wall seconds, CPU seconds, the largest process in MB, and the exit code."""
    # Kernels, servers and browsers that outlive their parent become our children, so their CPU is counted.
    ctypes.CDLL(None, use_errno=True).prctl(BECOME_SUBREAPER, 1, 0, 0, 0)
    start = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            code: int | None = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            code = None
    wall_s = time.monotonic() - start
    reap_orphans()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"wall_s": wall_s, "cpu_s": used.ru_utime + used.ru_stime, "memory_mb": used.ru_maxrss / 1024, "code": code}
    result.write_text(json.dumps(cost))


def reap_orphans() -> None:
    """Wait for every process left behind, and end those that do not go by themselves."""
    deadline = time.monotonic() + GRACE_S
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid:
                continue
            if time.monotonic() > deadline:
                for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
                    os.kill(int(child), signal.SIGKILL)
            time.sleep(0.02)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4:])
