"""Puts files on a board so that they are whole or not there: write beside, verify, rename."""

import hashlib
import threading

from makerwagen.boards.real.failures import BoardFailureError, Failure
from makerwagen.boards.real.finding import Identity, identify, must_have_a_flash, must_suit
from makerwagen.boards.real.link import Link

MAIN = "/main.py"
RENAME = "import os\nos.rename({new!r}, {path!r})\nif hasattr(os, 'sync'):\n os.sync()\n"
MAKE_FOLDER = "import os\ntry:\n os.mkdir({path!r})\nexcept OSError:\n pass\n"
FORGET = "import os\ntry:\n os.remove({path!r})\nexcept OSError:\n pass\n"


def put(link: Link, path: str, data: bytes) -> None:
    """Write `data` to `path` on the board; until it is proved to be whole there, the file that was there stays.

    Raises BoardFailureError: FULL, NOT_VERIFIED, or whatever happens to the cable.
    """
    new = f"{path}.new"
    try:
        link.write_file(new, data)
    except BoardFailureError as failure:
        if failure.kind is Failure.FULL:
            # The half file is still open in MicroPython; only a fresh start lets go of it.
            link.enter()
            link.fresh()
            link.ask(FORGET.format(path=new))
        raise
    verify(link, new, data)
    link.ask(RENAME.format(new=new, path=path))
    verify(link, path, data)


def verify(link: Link, path: str, data: bytes) -> None:
    """Raise BoardFailureError when the board reads anything but `data` in `path`."""
    if link.sha256(path) != hashlib.sha256(data).hexdigest():
        raise BoardFailureError(Failure.NOT_VERIFIED, link.port, path)


def keep_as_main(port: str, source: str, *, needs: str | None = None, stop: threading.Event | None = None) -> Identity:
    """Install `source` as main.py on the board at `port`, verified, and start it; return who the board is."""
    with Link(port, stop=stop) as link:
        link.enter()
        link.fresh()
        identity = identify(link)
        must_suit(identity, port, needs=needs)
        must_have_a_flash(identity, port)
        put(link, MAIN, source.encode("utf-8"))
        link.leave(restart=True)
    return identity
