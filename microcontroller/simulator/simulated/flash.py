"""Plays the board's own small memory for files; nothing of it outlives the run, and nothing else can be opened."""

import io as _io

import simulated_board as board

BYTES = 128 * 1024
ENOENT, EEXIST, ENOTDIR, EISDIR, EINVAL, ENOSPC, ENOTEMPTY = 2, 17, 20, 21, 22, 28, 39
FULL = "Der Speicher des Boards ist voll: Es hat nur Platz für %d KB Dateien." % (BYTES // 1024)
FOLDER, FILE = 0x4000, 0x8000
files = {}  # path -> bytes
folders = {"/"}
place = ["/"]


def path_of(name):
    """Return the whole path of a file or folder, without `.` and `..`."""
    parts = []
    for part in (name if name.startswith("/") else place[0] + "/" + name).split("/"):
        if part == "..":
            if not parts:
                raise OSError(EINVAL)
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


def _parent(path):
    return path[: path.rfind("/")] or "/"


def _must_have_parent(path):
    if _parent(path) in files:
        raise OSError(ENOTDIR)
    if _parent(path) not in folders:
        raise OSError(ENOENT)


class File:
    """An open file; what is written is kept when it is flushed or closed, as on a board."""

    def __init__(self, path, mode):
        self._path, self._binary = path, "b" in mode
        self._reads, self._writes = "r" in mode or "+" in mode, mode.strip("bt") != "r"
        old = b"" if "w" in mode else files.get(path, b"")
        self._size = len(old)
        self._io = _io.BytesIO(old) if self._binary else _io.StringIO(old.decode())
        if "a" in mode:
            self._io.seek(0, 2)
        if self._writes:
            files[path] = old

    def write(self, data):
        """Write a text, or bytes in a binary file."""
        if not self._writes:
            raise OSError(EINVAL)
        self._size += len(data)
        if self._size + sum([len(files[path]) for path in files if path != self._path]) > BYTES:
            raise board.DeviceError(ENOSPC, FULL)
        return self._io.write(data)

    def read(self, size=-1):
        """Return what comes next, all of it or so much."""
        if not self._reads:
            raise OSError(EINVAL)
        return self._io.read(size)

    def readline(self, size=-1):
        """Return the next line."""
        if not self._reads:
            raise OSError(EINVAL)
        return self._io.readline(size)

    def readlines(self):
        """Return all lines that are left."""
        return list(self)

    def readinto(self, buf):
        """Fill a buffer."""
        return self._io.readinto(buf)

    def seek(self, offset, whence=0):
        """Go to a place in the file."""
        return self._io.seek(offset, whence)

    def tell(self):
        """Return the place in the file."""
        return self._io.tell()

    def flush(self):
        """Keep what was written so far."""
        if self._writes:
            value = self._io.getvalue()
            files[self._path] = value if self._binary else value.encode()

    def close(self):
        """Keep what was written."""
        self.flush()
        self._writes = False

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def open(file, mode="r", *more, **rest):
    """Open a file of the board's memory."""
    if not isinstance(file, str):
        raise TypeError("open needs a file's name")
    path = path_of(file)
    kind = mode.replace("b", "").replace("t", "").replace("+", "")
    if kind not in ("r", "w", "a", "x"):
        raise ValueError("invalid mode: '%s'" % mode)
    if path in folders:
        raise OSError(EISDIR)
    _must_have_parent(path)
    if kind == "r" and path not in files:
        raise OSError(ENOENT)
    if kind == "x" and path in files:
        raise OSError(EEXIST)
    return File(path, mode)


def execfile(file):
    """Run a file of the board's memory."""
    exec(open(file).read())


class Io:
    """The module io, as the board has it."""

    open = open
    StringIO, BytesIO, IOBase = _io.StringIO, _io.BytesIO, _io.IOBase


def _ilistdir(path="."):
    path = path_of(path)
    if path not in folders:
        raise OSError(ENOENT if path not in files else ENOTDIR)
    entries = [(name, FOLDER, 0) for name in folders if name != "/" and _parent(name) == path]
    entries += [(name, FILE, 0, len(files[name])) for name in files if _parent(name) == path]
    return iter([(entry[0][entry[0].rfind("/") + 1 :],) + entry[1:] for entry in sorted(entries)])


def _listdir(path="."):
    return [entry[0] for entry in _ilistdir(path)]


def _remove(path):
    path = path_of(path)
    if path in folders:
        raise OSError(EISDIR)
    if path not in files:
        raise OSError(ENOENT)
    del files[path]


def _mkdir(path):
    path = path_of(path)
    if path in folders or path in files:
        raise OSError(EEXIST)
    _must_have_parent(path)
    folders.add(path)


def _rmdir(path):
    path = path_of(path)
    if path not in folders:
        raise OSError(ENOENT if path not in files else ENOTDIR)
    if list(_ilistdir(path)) or path == "/":
        raise OSError(ENOTEMPTY)
    folders.remove(path)


def _rename(old, new):
    old, new = path_of(old), path_of(new)
    _must_have_parent(new)
    if old in files:
        files[new] = files.pop(old)
    elif old in folders and old != "/":
        for table in (files, folders):
            for path in [path for path in table if path == old or path.startswith(old + "/")]:
                if table is files:
                    files[new + path[len(old) :]] = files.pop(path)
                else:
                    folders.remove(path)
                    folders.add(new + path[len(old) :])
    else:
        raise OSError(ENOENT)


def _stat(path):
    path = path_of(path)
    if path not in folders and path not in files:
        raise OSError(ENOENT)
    return (FOLDER if path in folders else FILE, 0, 0, 0, 0, 0, len(files.get(path, b"")), 0, 0, 0)


def _statvfs(path="/"):
    free = (BYTES - sum([len(files[name]) for name in files])) // 4096
    return (4096, 4096, BYTES // 4096, free, free, 0, 0, 0, 0, 255)


def _chdir(path):
    path = path_of(path)
    if path not in folders:
        raise OSError(ENOENT)
    place[0] = path


def _uname():
    return (board.port, board.port, "1.28.0", "v1.28.0", board.title + " (simuliert)")


def _urandom(count):
    import random

    return bytes([random.getrandbits(8) for _ in range(count)])


class Os:
    """The module os, as the board has it."""

    sep = "/"
    listdir, ilistdir, stat, statvfs = _listdir, _ilistdir, _stat, _statvfs
    remove, unlink, rename, mkdir, rmdir, chdir = _remove, _remove, _rename, _mkdir, _rmdir, _chdir
    uname, urandom = _uname, _urandom

    def getcwd():
        """Return the folder in which names without a path lie."""
        return place[0]

    def sync():
        """All is written at once."""
