"""Plays the board's own small memory for files; nothing of it outlives the run, and nothing else can be opened."""

import io as _io
import os as _os
import vfs as _vfs

import simulated_board as board

BLOCK, BLOCKS = 512, 256
PAGE_FOLDER = "/flash"
_memory = None


class Disk:
    """A block device in memory; its blocks come into being when they are written."""

    def __init__(self):
        self._blocks = {}

    def readblocks(self, number, buf, offset=0):
        """Read part of a block, or whole blocks."""
        for at in range(0, len(buf), BLOCK):
            have = self._blocks.get(number + at // BLOCK)
            size = min(BLOCK, len(buf) - at)
            buf[at : at + size] = have[offset : offset + size] if have else bytes(size)

    def writeblocks(self, number, buf, offset=0):
        """Write part of a block, or whole blocks."""
        for at in range(0, len(buf), BLOCK):
            have = self._blocks.setdefault(number + at // BLOCK, bytearray(BLOCK))
            size = min(BLOCK, len(buf) - at)
            have[offset : offset + size] = buf[at : at + size]

    def ioctl(self, op, arg):
        """Answer how many blocks there are and how big they are."""
        return {4: BLOCKS, 5: BLOCK}.get(op, 0)


def memory():
    """Return the file system, made when it is first needed: in memory on the laptop, a folder of the worker in the page."""
    global _memory
    if _memory is None:
        if hasattr(_vfs, "VfsLfs2"):
            disk = Disk()
            _vfs.VfsLfs2.mkfs(disk)
            _memory = _vfs.VfsLfs2(disk)
        else:
            _empty(PAGE_FOLDER)
            _memory = _vfs.VfsPosix(PAGE_FOLDER)
    return _memory


def _empty(folder):
    try:
        entries = [entry[0] for entry in _os.ilistdir(folder)]
    except OSError:
        _os.mkdir(folder)
        return
    for name in entries:
        path = folder + "/" + name
        try:
            _os.remove(path)
        except OSError:
            _empty(path)
            _os.rmdir(path)


def open(file, mode="r", *more, **rest):
    """Open a file of the board's memory."""
    if not isinstance(file, str):
        raise TypeError("open needs a file's name")
    return memory().open(file, mode)


def execfile(file):
    """Run a file of the board's memory."""
    exec(open(file).read())


class Io:
    """The module io, as the board has it."""

    open = open
    StringIO, BytesIO, IOBase = _io.StringIO, _io.BytesIO, _io.IOBase


def _of_memory(name):
    return lambda *arguments: getattr(memory(), name)(*arguments)


def _listdir(path=""):
    return [entry[0] for entry in memory().ilistdir(path)]


def _uname():
    machine = board.title + " (simuliert)"
    return (board.port, board.port, "1.28.0", "v1.28.0", machine)


def _urandom(count):
    import random

    return bytes([random.getrandbits(8) for _ in range(count)])


class Os:
    """The module os, as the board has it."""

    sep = "/"
    listdir, uname, urandom = _listdir, _uname, _urandom
    ilistdir, mkdir, rmdir = _of_memory("ilistdir"), _of_memory("mkdir"), _of_memory("rmdir")
    remove, unlink, rename = _of_memory("remove"), _of_memory("remove"), _of_memory("rename")
    stat, statvfs = _of_memory("stat"), _of_memory("statvfs")
    chdir, getcwd = _of_memory("chdir"), _of_memory("getcwd")

    def sync():
        """All is written at once."""
