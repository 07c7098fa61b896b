"""A notebook's process may change files in its own folder only: Linux' Landlock, which needs no special rights.

The kernel's rules: https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import os
import struct
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same number on every processor
ASK_VERSION, PATH_BENEATH, PR_SET_NO_NEW_PRIVS = 1, 1, 38
WRITE_FILE, REMOVE_DIR, REMOVE_FILE = 1 << 1, 1 << 4, 1 << 5
MAKE_ANYTHING = sum(1 << bit for bit in range(6, 13))
MOVE_ELSEWHERE, TRUNCATE = 1 << 13, 1 << 14
TCP, SCOPE_SOCKETS_AND_SIGNALS = 0b11, 0b11
LIBC = ctypes.CDLL(None, use_errno=True)


def confine(folder: Path, *, forbid_tcp: bool) -> bool:
    """Let this process and all it starts change files below `folder` only, from now on; False where Linux cannot.

    With `forbid_tcp` there is no TCP either. From Linux 6.12 on it cannot send signals to others. It may still read.
    """
    version = LIBC.syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    if version < 1:
        return False
    change = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_ANYTHING
    change |= MOVE_ELSEWHERE if version >= 2 else 0
    change |= TRUNCATE if version >= 3 else 0
    wanted = [change]
    wanted += [TCP if forbid_tcp else 0] if version >= 4 else []
    wanted += [SCOPE_SOCKETS_AND_SIGNALS] if version >= 6 else []
    attributes = struct.pack(f"={len(wanted)}Q", *wanted)
    rules = LIBC.syscall(CREATE_RULESET, attributes, len(attributes), 0)
    if rules < 0:
        return False
    try:
        allowed = [_allow(rules, folder, change), _allow(rules, Path(os.devnull), WRITE_FILE)]
        LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return all(allowed) and LIBC.syscall(RESTRICT_SELF, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, change: int) -> bool:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        return bool(LIBC.syscall(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", change, place), 0) == 0)
    finally:
        os.close(place)
