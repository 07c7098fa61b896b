"""What files a process may touch from now on, itself and all it starts: Linux' Landlock, which needs no special rights.

The kernel's rules: https://docs.kernel.org/userspace-api/landlock.html
"""

# Imported by processes that must start in a blink of an eye, so it imports next to nothing.
import ctypes
import os
import struct
from collections.abc import Iterable, Mapping

StrPath = str | os.PathLike[str]
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same number on every processor
ASK_VERSION, PATH_BENEATH, PR_SET_NO_NEW_PRIVS = 1, 1, 38
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_ANYTHING = sum(1 << bit for bit in range(6, 13))
MOVE_ELSEWHERE, TRUNCATE, DEVICE_COMMANDS = 1 << 13, 1 << 14, 1 << 15
READ = READ_FILE | READ_DIR
FOR_FOLDERS_ONLY = READ_DIR | REMOVE_DIR | REMOVE_FILE | MAKE_ANYTHING | MOVE_ELSEWHERE
TCP, SCOPE_SOCKETS_AND_SIGNALS = 0b11, 0b11
LIBC = ctypes.CDLL(None, use_errno=True)


def confine(folder: StrPath, *, forbid_tcp: bool) -> bool:
    """Let this process and all it starts change files below `folder` only, from now on; False where Linux cannot.

    With `forbid_tcp` there is no TCP either. From Linux 6.12 on it cannot send signals to others. It may still read.
    """
    change = _changes(_version())
    return _restrict(change, {folder: change, os.devnull: WRITE_FILE}, forbid_tcp=forbid_tcp)


def shut_in(readable: Iterable[StrPath]) -> bool:
    """Let this process read below `readable` only, change and start nothing, and use no TCP; False where Linux cannot.

    What is already open stays usable.
    """
    version = _version()
    handled = _changes(version) | READ | EXECUTE | (DEVICE_COMMANDS if version >= 5 else 0)
    return _restrict(handled, dict.fromkeys(readable, READ), forbid_tcp=True)


def _version() -> int:
    return int(LIBC.syscall(CREATE_RULESET, None, 0, ASK_VERSION))


def _changes(version: int) -> int:
    change = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_ANYTHING
    return change | (MOVE_ELSEWHERE if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)


def _restrict(handled: int, allowed: Mapping[StrPath, int], *, forbid_tcp: bool) -> bool:
    version = _version()
    if version < 1:
        return False
    wanted = [handled]
    wanted += [TCP if forbid_tcp else 0] if version >= 4 else []
    wanted += [SCOPE_SOCKETS_AND_SIGNALS] if version >= 6 else []
    attributes = struct.pack(f"={len(wanted)}Q", *wanted)
    rules = LIBC.syscall(CREATE_RULESET, attributes, len(attributes), 0)
    if rules < 0:
        return False
    try:
        done = [_allow(rules, path, rights) for path, rights in allowed.items()]
        LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return all(done) and LIBC.syscall(RESTRICT_SELF, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, path: StrPath, rights: int) -> bool:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rights &= ~0 if os.path.isdir(path) else ~FOR_FOLDERS_ONLY  # noqa: PTH112
    try:
        return bool(LIBC.syscall(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", rights, place), 0) == 0)
    finally:
        os.close(place)
