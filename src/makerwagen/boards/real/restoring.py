"""Puts a board back in order: gets in, wipes it, installs the boot window and our modules, sets its number."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from makerwagen.boards.known import LIBRARY
from makerwagen.boards.real.failures import BoardFailureError, Failure
from makerwagen.boards.real.finding import STICKER_FILE, Identity, identify, must_have_a_flash, must_suit
from makerwagen.boards.real.keeping import MAKE_FOLDER, put
from makerwagen.boards.real.link import Link, usb_ports

BOOT = Path("microcontroller/boot/boot.py")
# What may come right by plugging the board out and in again.
PASSING = {
    Failure.NO_BOARD,
    Failure.UNPLUGGED,
    Failure.SILENT,
    Failure.GARBAGE,
    Failure.NO_PERMISSION,  # just after plugging in, the system has not yet given the right
}
REPLUG = "the board does not let us in; unplug it and plug it in again now, its boot window will be used"
# Other storage may be mounted there, read-only or of a card: none of it is the board's own.
NOT_OURS = ("rom", "remote", "sd")
# What makes a station of a board: its name and password, readings that nobody has yet, its calibration (any .json).
SETTINGS, OF_A_STATION, CALIBRATION = "settings.py", ("settings.py", "outbox.txt"), ".json"
WIPE = f"""
def _wipe(folder, left, kept):
    import os
    for entry in list(os.ilistdir(folder or "/")):
        path = folder + "/" + entry[0]
        if not folder and (entry[0] in {NOT_OURS!r} or entry[0] in kept):
            continue
        try:
            if entry[1] == 0x4000:
                _wipe(path, left, ())
                os.rmdir(path)
            else:
                os.remove(path)
        except OSError:
            left.append(path)
    return left
def _station():
    import os
    names = [entry[0] for entry in os.ilistdir("/") if entry[1] != 0x4000]
    if {SETTINGS!r} not in names:
        return []
    return sorted(name for name in names if name in {OF_A_STATION!r} or name.endswith({CALIBRATION!r}))
import json
_kept = _station() if %(keep)r else []
print(json.dumps([_wipe("", [], _kept), _kept]))
del _wipe, _station, _kept
"""


@dataclass(frozen=True)
class Patience:
    """How long to go on trying to get in, whom to tell what to do meanwhile, and who can stop it."""

    seconds: float = 30.0
    say: Callable[[str], None] = print
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Restored:
    """What was done: the board, its number, the files installed, what could not be removed, and what was kept."""

    identity: Identity
    sticker: int | None
    installed: tuple[str, ...]
    left: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def files_for_a_board(root: Path) -> dict[str, bytes]:
    """Return path on the board -> content: the boot window, and the modules of microcontroller/lib."""
    boot = root / BOOT
    if not boot.is_file():
        raise FileNotFoundError(2, "the boot window is missing", str(boot))
    files = {"/boot.py": boot.read_bytes()}
    library = root / LIBRARY
    for path in sorted(library.rglob("*.py")):
        files[f"/lib/{path.relative_to(library).as_posix()}"] = path.read_bytes()
    return files


def restore(
    port: str,
    files: Mapping[str, bytes],
    *,
    number: Callable[[Identity], int | None] = lambda identity: identity.sticker,
    patience: Patience | None = None,
    keep: bool = True,
) -> Restored:
    """Put the board at `port` back in order; `number` says which sticker it gets, before anything is wiped.

    With `keep`, a board that is a station (it has a settings.py) stays one, with what it has measured and not yet sent.
    """
    patience = patience or Patience()
    with enter_patiently(port, patience) as link:
        link.fresh()
        identity = identify(link)
        must_suit(identity, link.port)
        must_have_a_flash(identity, link.port)
        sticker = number(identity)
        left, kept = _wipe(link, keep=keep)
        for path, data in files.items():
            _make_folders(link, path)
            put(link, path, data)
        if sticker is not None:
            put(link, f"/{STICKER_FILE}", f"{sticker}\n".encode())
        link.leave(restart=True)
    return Restored(identity, sticker, tuple(files), left, kept)


def enter_patiently(port: str, patience: Patience) -> Link:
    """Return a link at the raw prompt; a board that does not let us in is asked for to be plugged out and in again.

    Raises BoardFailureError with what was last in the way.
    """
    serial_number = next((place.serial_number for place in usb_ports() if place.device == port), None)
    try:
        return _entered(port, patience.stop)
    except BoardFailureError as failure:
        if failure.kind not in PASSING or patience.seconds <= 0:
            raise
        last = failure
    patience.say(REPLUG)
    until = time.monotonic() + patience.seconds
    while time.monotonic() < until:
        time.sleep(0.05)
        try:
            return _entered(_name_now(port, serial_number), patience.stop)
        except BoardFailureError as failure:
            if failure.kind not in PASSING:
                raise
            # That the port is away for a moment says less than what was wrong before.
            last = last if failure.kind is Failure.NO_BOARD else failure
    raise last


def _entered(port: str, stop: threading.Event) -> Link:
    link = Link(port, stop=stop)
    try:
        link.enter()
    except BoardFailureError:
        link.close()
        raise
    return link


def _name_now(port: str, serial_number: str | None) -> str:
    """Return the board's port after plugging it in again: the system may have given it another name."""
    if not serial_number:
        return port
    return next((place.device for place in usb_ports() if place.serial_number == serial_number), port)


def _wipe(link: Link, *, keep: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    answer = link.ask(WIPE % {"keep": keep}, seconds=60)
    try:
        left, kept = json.loads(answer)
        return tuple(str(path) for path in left), tuple(str(name) for name in kept)
    except (json.JSONDecodeError, TypeError, ValueError):
        raise BoardFailureError(Failure.GARBAGE, link.port, f"heard {answer[:60]!r}") from None


def _make_folders(link: Link, path: str) -> None:
    folders = [parent for parent in reversed(Path(path).parents) if parent != Path("/")]
    for folder in folders:
        link.ask(MAKE_FOLDER.format(path=folder.as_posix()))
