"""Becomes MicroPython: loads the real port into a bare Python, shuts itself in, and runs the simulated board.

python -I -S launch.py SITE PACKAGE MODULES LIB TRACE_HANDLE HEAP_KIB MEMORY_BYTES FILE_BYTES CPU_S; config on stdin.
"""

# No word of the program is read before everything below is in force. On stderr it says what the system lacks.
import ctypes
import os
import resource
import signal
import sys

CLONE_NEWUSER, CLONE_NEWNET, PR_SET_PDEATHSIG = 0x10000000, 0x40000000, 1
STARTER = "start.py"
LACKS = "lacks: "


def main(arguments: list[str]) -> int:
    """Run the board; return MicroPython's exit code."""
    site, package, modules, library, trace, heap, *limits = arguments
    sys.path[:] = [*sys.path, site, package]
    from micropython_unix import run_main

    # The port looks for modules in these folders, in this order.
    os.environ.update({"MICROPYPATH": f"{modules}:.frozen:{library}", "HOME": "/"})
    os.chdir(modules)
    _shut_in([modules, library], *map(int, limits))
    return int(run_main(["micropython", "-X", f"heapsize={heap}K", STARTER, trace]))


def _shut_in(readable: list[str], memory: int, file: int, cpu_s: int) -> None:
    from makerwagen.boards.seccomp import forbid
    from makerwagen.landlock import shut_in

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    lacking = []
    if libc.unshare(CLONE_NEWNET) != 0 and libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        lacking.append("network-namespace")
    if not shut_in(readable):
        lacking.append("landlock")
    if not forbid():
        lacking.append("seccomp")
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    os.write(2, f"{LACKS}{' '.join(lacking)}\n".encode())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
