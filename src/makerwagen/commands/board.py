"""The sub-commands `makerwagen board list|run|restore|firmware|pretend`."""

import argparse
import contextlib
import json
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from makerwagen.boards.known import read_board
from makerwagen.boards.program_file import read_program
from makerwagen.boards.real.failures import BoardFailureError, Failure
from makerwagen.boards.real.finding import FoundBoard, Identity, find_boards, places_of
from makerwagen.boards.real.firmware import (
    add_firmware,
    chosen_firmware,
    copy_to_drive,
    find_drive,
    known_firmware,
    usual_cache,
)
from makerwagen.boards.real.keeping import keep_as_main
from makerwagen.boards.real.restoring import Patience, Restored, files_for_a_board, restore
from makerwagen.boards.real.running import Wish, run_from_memory
from makerwagen.boards.real.stickers import read_stickers, remember, usual_place
from makerwagen.errors import MakerwagenError

FINE, SOME_FAILED, NONE_RAN = 0, 1, 2
LONGEST_PROGRAM = 200_000
NOTHING_ANSWERS = (
    "if a Pico answers to nothing: unplug it, hold BOOTSEL, plug it in, let go; a drive RPI-RP2 appears; then: "
    "makerwagen board restore --board pico-w"
)


@dataclass(frozen=True)
class Report:
    """How it went on one board; `ran` is False when the board itself was in the way."""

    port: str
    text: str
    number: int | None = None
    ok: bool = True
    ran: bool = True


class Speaker:
    """Prints what several boards say at once, whole lines with the board's number in front."""

    def __init__(self, several: bool) -> None:
        self._several, self._lock = several, threading.Lock()
        self._begun: dict[str, str] = {}
        self.names: dict[str, str] = {}

    def hear(self, port: str, text: str) -> None:
        """Print a piece of a board's output."""
        with self._lock:
            if not self._several:
                print(text, end="", flush=True)
                self._begun[port] = text
                return
            *lines, self._begun[port] = (self._begun.get(port, "") + text).split("\n")
            for line in lines:
                print(f"[{self.names.get(port, port)}] {line}", flush=True)

    def finish(self, port: str) -> None:
        """End a line that the board did not end."""
        rest = self._begun.pop(port, "")
        if self._several and rest:
            print(f"[{self.names.get(port, port)}] {rest}", flush=True)
        elif rest and not rest.endswith("\n"):
            print(flush=True)


def run_board(options: argparse.Namespace, root: Path) -> int:
    """Do what was asked for."""
    tasks: dict[str, Callable[[argparse.Namespace, Path], int]] = {
        "list": lambda options, root: list_boards(options),
        "run": run_program,
        "restore": restore_boards,
        "firmware": firmware,
        "pretend": lambda options, root: pretend(root),
    }
    return tasks[options.task](options, root)


def list_boards(options: argparse.Namespace) -> int:
    """Print every board with its firmware and number."""
    boards, stickers = find_boards(options.ports), read_stickers(usual_place())
    if options.json:
        print(json.dumps([_as_json(board, stickers) for board in boards], ensure_ascii=False, indent=2))
    elif not boards:
        print("no board is plugged in; a board without a known USB chip is named with --port")
    else:
        print("\n".join(_row(board, stickers) for board in boards))
    return FINE if all(board.ok for board in boards) else SOME_FAILED


def _row(board: FoundBoard, stickers: dict[str, int]) -> str:
    if board.identity is None:
        usb = f"{board.usb}: " if board.usb else ""
        return f"{'?':>4}  {board.port}  {usb}{board.failure.what if board.failure else ''}"
    who, number = board.identity, number_of(board.identity, stickers)
    row = f"{_digits(number)}  {board.port}  {who.firmware} {who.version_text}  {who.machine}  {who.uid}"
    known = stickers.get(who.uid)
    if known is not None and known != number:
        row += f"  (this computer remembers number {known}; which one is on the sticker? see: board restore --sticker)"
    return row


def _digits(number: int | None) -> str:
    return f"{'-' if number is None else number:>4}"


def _as_json(board: FoundBoard, stickers: dict[str, int]) -> dict[str, object]:
    who = board.identity
    found: dict[str, object] = {"port": board.port, "usb": board.usb, "ok": board.ok}
    if who is not None:
        found |= who.model_dump(exclude={"version", "sticker", "port"}) | {"version": who.version_text}
        found |= {"platform": who.port, "sticker": number_of(who, stickers)}
    elif board.failure:
        found |= {"failure": board.failure.kind.value, "message": board.failure.what}
    return found


def number_of(identity: Identity, stickers: dict[str, int]) -> int | None:
    """Return a board's number: as it says itself, else as this computer remembers it."""
    return identity.sticker if identity.sticker is not None else stickers.get(identity.uid)


def run_program(options: argparse.Namespace, root: Path) -> int:
    """Run a program on boards, or install it there."""
    source = read_program(options.file, most=LONGEST_PROGRAM)
    name = options.board or board_of(options.file)
    needs = read_board(root, name).port if name else None
    ports = chosen_ports(options.ports, every=options.all)
    speaker, stickers = Speaker(len(ports) > 1), read_stickers(usual_place())

    def one(port: str, stop: threading.Event) -> Report:
        if options.keep:
            who = keep_as_main(port, source, needs=needs, stop=stop)
            return Report(port, f"{options.file.name} is on the board as main.py, verified", number_of(who, stickers))
        return _run_once(port, source, Wish(options.seconds, needs, name or "", stop=stop), speaker)

    return at_once(ports, one)


def _run_once(port: str, source: str, wish: Wish, speaker: Speaker) -> Report:
    stickers = read_stickers(usual_place())
    met: list[Identity] = []

    def meet(identity: Identity) -> None:
        met.append(identity)
        number = number_of(identity, stickers)
        speaker.names[port] = str(number) if number is not None else port

    heard = replace(wish, hear=lambda text: speaker.hear(port, text), meet=meet)
    try:
        run, ended = run_from_memory(port, source, heard)
    finally:
        speaker.finish(port)
    number = number_of(met[0], stickers)
    if run.error is None:
        return Report(port, "ran to its end" if ended else f"ran for {wish.seconds:g} s, then stopped", number)
    where = f" in line {run.error.line}" if run.error.line else ""
    return Report(port, f"stopped{where} by {run.error.technical}", number, ok=False)


def restore_boards(options: argparse.Namespace, root: Path) -> int:
    """Put boards back in order, firmware first where a Pico waits for it."""
    if options.sticker is not None and (options.all or len(options.ports) > 1):
        raise MakerwagenError("--sticker is one board's number; restore the boards one by one")
    drive = options.drive or (None if options.ports else find_drive())
    ports: Sequence[str] = options.ports
    if drive is not None:
        ports = _put_firmware(options, root, drive)
        if not ports:
            return FINE
    ports = chosen_ports(ports, every=options.all)
    files, memory = files_for_a_board(root), usual_place()

    def number(identity: Identity) -> int | None:
        wanted = options.sticker if options.sticker is not None else number_of(identity, read_stickers(memory))
        if wanted is not None and identity.uid:
            remember(memory, identity.uid, wanted)
        return wanted

    def one(port: str, stop: threading.Event) -> Report:
        patience = Patience(options.wait, lambda text: print(f"{port}: {text}", flush=True), stop)
        done = restore(port, files, number=number, patience=patience, keep=not options.forget_station)
        return Report(port, _told(done), done.sticker)

    code = at_once(ports, one)
    if code != FINE:
        print(NOTHING_ANSWERS, file=sys.stderr)
    return code


def _told(done: Restored) -> str:
    modules = any(path.startswith("/lib/") for path in done.installed)
    text = f"restored: boot.py{' and lib/' if modules else ''} installed and verified"
    if done.kept:
        text += f"; it is a station, kept: {', '.join(done.kept)} (see --forget-station)"
    if done.left:
        text += f"; could not be removed: {', '.join(done.left)}"
    return text if done.sticker is not None else f"{text}; it has no number yet, see --sticker"


def _put_firmware(options: argparse.Namespace, root: Path, drive: Path) -> list[str]:
    """Copy firmware onto the drive and return the port of the board that then appears, if one does."""
    if not options.firmware and not options.board:
        raise MakerwagenError(f"a Pico waits for firmware at '{drive}'; say which board it is, e.g. --board pico-w")
    chosen, file = chosen_firmware(
        root, options.cache or usual_cache(), name=options.firmware, board=options.board or ""
    )
    before = {place.device for place in places_of(())}
    copy_to_drive(file, drive)
    print(f"{chosen.name} ({chosen.sha256[:8]}) is on '{drive}'; the board restarts by itself")
    if options.ports:
        return list(options.ports)
    until = time.monotonic() + options.wait
    while time.monotonic() < until:
        if new := sorted({place.device for place in places_of(())} - before):
            return new[:1]
        time.sleep(0.5)
    print("no new board appeared yet; when it does: makerwagen board restore")
    return []


def chosen_ports(ports: Sequence[str], *, every: bool) -> list[str]:
    """Return the ports to work on; raise when there is no board, or when it is not clear which one is meant."""
    found = [place.device for place in places_of(ports)]
    if not found:
        raise BoardFailureError(Failure.NO_BOARD)
    if len(found) > 1 and not ports and not every:
        raise MakerwagenError(f"there are {len(found)} boards ({', '.join(found)}); name one with --port, or say --all")
    return found


def at_once(ports: Sequence[str], one: Callable[[str, threading.Event], Report]) -> int:
    """Do `one` on all ports at the same time, print how it went, and return the exit code.

    A board that fails stops no other. Ctrl+C stops all of them, and their programs.
    """
    stop = threading.Event()

    def kept_apart(port: str) -> Report:
        try:
            return one(port, stop)
        except MakerwagenError as error:
            text = error.what if isinstance(error, BoardFailureError) else str(error)
            return Report(port, text, ok=False, ran=False)

    with ThreadPoolExecutor(len(ports)) as crew:
        futures = [crew.submit(kept_apart, port) for port in ports]
        try:
            reports = [future.result() for future in futures]
        except KeyboardInterrupt:
            stop.set()
            raise
    for report in reports:
        print(f"{_digits(report.number)}  {report.port}  {'ok' if report.ok else 'FAILED'}: {report.text}", flush=True)
    if all(report.ok for report in reports):
        return FINE
    return SOME_FAILED if any(report.ran for report in reports) else NONE_RAN


def board_of(file: Path) -> str | None:
    """Return the board of the exercise in whose folder a program lies, None when it lies in none."""
    folder = file.resolve().parent
    for place in (folder, folder.parent):
        try:
            found = yaml.safe_load((place / "exercise.yml").read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except yaml.YAMLError:
            raise MakerwagenError(f"'{place / 'exercise.yml'}' cannot be read; try: makerwagen check") from None
        return str(found["board"]) if isinstance(found, dict) and "board" in found else None
    return None


def firmware(options: argparse.Namespace, root: Path) -> int:
    """List firmware or add a file."""
    cache = options.cache or usual_cache()
    if options.step == "add":
        added = add_firmware(options.file, board=options.board, version=options.version, root=root, cache=cache)
        print(f"{cache / added.name}  {added.sha256}")
        return FINE
    known = known_firmware(root, cache)
    if not known:
        print("no firmware is known yet; bring a file, then see: makerwagen board firmware add --help")
    for one in known:
        where = "here" if (cache / one.name).is_file() else "missing"
        print(f"{one.name}  {one.board}  {one.version}  {one.sha256}  {where}")
    return FINE


def pretend(root: Path) -> int:
    """Play a board until Ctrl+C."""
    from makerwagen.boards.real.pretend import PretendBoard

    # Also where the shell started it in the background, with Ctrl+C switched off.
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="makerwagen-pretend-") as folder, PretendBoard(root, Path(folder)) as board:
        print(f"{board.port}\nno board, only the firmware's unix port, and no sandbox; end it with Ctrl+C", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
    return FINE
