"""Takes system calls away from this process: starting others, sockets, signals, mounts; Linux' seccomp filters.

https://docs.kernel.org/userspace-api/seccomp_filter.html; numbers from the kernel's syscall tables.
"""

# Imported by a process that must start in a blink of an eye, so it imports next to nothing.
import ctypes
import os
import struct

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # REFUSE: the call fails with EPERM
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE = 0, 4
X32 = 0x40000000
# fork, vfork, clone, clone3, execve, execveat · socket, socketpair, connect, bind, sendto, accept4 · kill, tkill,
# tgkill, rt_sigqueueinfo, pidfd_send_signal, ptrace, process_vm_readv and _writev, pidfd_open · mount, umount2, setns,
# unshare, chroot, open_by_handle_at, bpf, keyctl, io_uring_setup, userfaultfd, perf_event_open
FORBIDDEN = {
    "x86_64": (
        0xC000003E,
        (57, 58, 56, 435, 59, 322, 41, 53, 42, 49, 44, 288, 62, 200, 234, 129, 424, 101, 310, 311, 434)
        + (165, 166, 308, 272, 161, 304, 321, 250, 425, 323, 298),
    ),
    "aarch64": (
        0xC00000B7,
        (220, 435, 221, 281, 198, 199, 203, 200, 206, 242, 129, 130, 131, 138, 424, 117, 270, 271, 434)
        + (40, 39, 268, 97, 51, 265, 280, 219, 425, 282, 241),
    ),
}


def forbid() -> bool:
    """Forbid the calls from now on; False where the system or the processor does not know how."""
    machine = os.uname().machine
    if machine not in FORBIDDEN:
        return False
    program = _program(*FORBIDDEN[machine])
    libc = ctypes.CDLL(None, use_errno=True)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.create_string_buffer(header, len(header)), 0, 0) == 0)


def _program(architecture: int, numbers: tuple[int, ...]) -> bytes:
    """Return the filter: a wrong architecture kills, a forbidden number fails, everything else goes on."""
    steps = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, KILL), (LOAD, 0, 0, NUMBER)]
    steps.append((AT_LEAST, len(numbers) + 1, 0, X32))
    steps += [(EQUAL, len(numbers) - index, 0, number) for index, number in enumerate(numbers)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
