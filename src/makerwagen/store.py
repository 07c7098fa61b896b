"""Results kept by the hash of what they were made from, so that nothing unchanged is made twice."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any


class Store:
    """A folder of results; a name is a hash, so an entry is never wrong, only unused."""

    def __init__(self, folder: Path) -> None:
        """Open the store, making the folder if needed."""
        self.folder = folder
        self.used: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str) -> bytes | None:
        """Return what is kept under `key`, or None."""
        self.used.add(key)
        try:
            return (self.folder / key).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, key: str, content: bytes) -> Path:
        """Keep `content` whole or not at all, and return its file."""
        self.used.add(key)
        handle, name = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        target = self.folder / key
        Path(name).replace(target)
        return target

    def path(self, key: str) -> Path:
        """Return the file of an entry."""
        return self.folder / key

    def drop_unused(self) -> None:
        """Forget every entry that was not asked for since the store was opened."""
        for path in self.folder.iterdir():
            if path.name not in self.used:
                path.unlink(missing_ok=True)


def key_of(*parts: Any) -> str:
    """Return the hash of anything that JSON can say."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def digest_files(paths: Iterable[Path], *, below: Path | None = None) -> str:
    """Return the sha256 over the names and contents of files; with `below`, names are paths below that folder."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content, name = path.read_bytes(), path.relative_to(below).as_posix() if below else path.name
        total.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        total.update(content)
    return total.hexdigest()


def digest_folder(folder: Path, pattern: str = "*") -> str:
    """Return the sha256 over all files below `folder` whose name fits `pattern`, and where below it they lie."""
    found = (path for path in folder.rglob(pattern) if path.is_file() and "__pycache__" not in path.parts)
    return digest_files(found, below=folder)
