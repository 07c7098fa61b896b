"""Boards on a cable: the real unix port of MicroPython on a pseudo-terminal, with the boot window of our boards."""

import errno
import fcntl
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from makerwagen.boards.real import find_boards, link, run_on_board
from makerwagen.boards.real.failures import BoardFailureError, Failure
from makerwagen.boards.real.keeping import keep_as_main
from makerwagen.boards.real.link import Link
from makerwagen.boards.real.pretend import PretendBoard
from makerwagen.boards.real.restoring import Patience, enter_patiently, files_for_a_board, restore
from makerwagen.boards.real.running import Wish
from makerwagen.cli import main

ROOT = Path(__file__).resolve().parents[2]
BOOT = ROOT / "microcontroller/boot/boot.py"
UID = "e6614103e7452d2f"
TICKING = "import time\nn = 0\nwhile True:\n    n += 1\n    print('tick', n)\n    time.sleep(0.2)\n"
LOOPING = "import time\nwhile True:\n    time.sleep(0.1)\n"
# Leaves a file behind whose name does not stand in the program.
STARTED = "open('/st' + 'arted.txt', 'w').close()\n"
# Swallows Ctrl+C as well: only a new start helps.
STUBBORN = "import time\nwhile True:\n    try:\n        time.sleep(0.05)\n    except BaseException:\n        pass\n"
FILES = "import os\nprint(sorted(os.listdir('/')))\n"


@pytest.fixture(autouse=True)
def _own_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def board(tmp_path: Path) -> Iterator[PretendBoard]:
    with PretendBoard(ROOT, tmp_path) as plugged_in:
        yield plugged_in


@pytest.fixture
def second(tmp_path: Path) -> Iterator[PretendBoard]:
    with PretendBoard(ROOT, tmp_path, uid="e6614103e7000002") as plugged_in:
        yield plugged_in


@pytest.fixture
def small_root(tmp_path: Path) -> Path:
    """Return a repository with the boot window and two modules for boards."""
    root = tmp_path / "repository"
    (root / "microcontroller/boot").mkdir(parents=True)
    (root / "microcontroller/lib/umqtt").mkdir(parents=True)
    shutil.copy(BOOT, root / "microcontroller/boot/boot.py")
    (root / "microcontroller/lib/greet.py").write_text("HELLO = 'hallo'\n")
    (root / "microcontroller/lib/umqtt/simple.py").write_text("import greet\n")
    return root


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(link, "ENTER_S", 1.5)


@pytest.fixture
def pretender(tmp_path: Path) -> Iterator[Callable[[Callable[[int], None]], str]]:
    """Return a function that gives a port behind which anything may answer; `answer` gets the other end."""
    ends: list[int] = []

    def plug_in(answer: Callable[[int], None]) -> str:
        master, slave = pty.openpty()
        tty.setraw(slave)
        ends.extend((master, slave))
        threading.Thread(target=answer, args=(master,), daemon=True).start()
        return os.ttyname(slave)

    yield plug_in
    for end in ends:
        os.close(end)


def printed_by(board: PretendBoard, source: str) -> str:
    run = run_on_board(board.port, source, 60)
    assert run.error is None, run.error
    return run.printed


def has_started(board: PretendBoard) -> bool:
    """Look into the flash from outside: asking the board would stop its program."""
    return b"started.txt" in board.flash.read_bytes()


def until(true: Callable[[], bool], seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def with_boot_window(board: PretendBoard) -> None:
    restore(board.port, {"/boot.py": BOOT.read_bytes()})


def test_a_board_says_its_firmware_its_version_and_its_id(board):
    (found,) = find_boards([board.port])
    assert found.ok
    assert (found.identity.firmware, found.identity.uid) == ("micropython", UID)
    assert found.identity.version >= (1, 28)


def test_what_a_program_prints_is_heard_while_it_runs(board):
    heard, first = [], threading.Event()

    def hear(text: str) -> None:
        heard.append(text)
        first.set()

    stop = threading.Event()
    wish = Wish(hear=hear, stop=stop)
    runner = threading.Thread(target=lambda: run_on_board(board.port, TICKING, 60, wish=wish))
    runner.start()
    assert first.wait(20)
    assert runner.is_alive()
    stop.set()
    runner.join(20)
    assert not runner.is_alive()
    assert heard[0] == "tick 1\n"


def test_a_program_that_is_stopped_leaves_the_board_at_its_prompt(board):
    stop = threading.Event()
    wish = Wish(hear=lambda text: stop.set(), stop=stop)
    run = run_on_board(board.port, TICKING, 60, wish=wish)
    assert "angehalten" in run.error.message
    assert printed_by(board, "print('da')\n") == "da\n"


def test_the_end_of_the_time_is_no_error(board):
    run = run_on_board(board.port, "print('Grüße')\n" + TICKING, 1.5)
    assert run.error is None
    assert run.ok
    assert run.printed.startswith("Grüße\ntick 1\ntick 2\n")
    assert not run.trace.outputs


def test_endless_printing_is_cut_off_and_ends_in_time(board):
    run = run_on_board(board.port, "while True:\n    print('hallo' * 20)\n", 1)
    assert run.error is None
    assert 0 < len(run.printed) <= 20_000


def test_an_error_is_told_in_german_with_its_line(board):
    run = run_on_board(board.port, "rot = 1\nprint('a')\nprint(rott)\n", 5)
    assert run.printed == "a\n"
    assert run.error.line == 3
    assert "Meinst du „rot“?" in run.error.message
    assert run.error.technical.startswith("NameError")


def test_interrupting_the_notebook_stops_the_program_on_the_board(board):
    def interrupt(text: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_on_board(board.port, TICKING, 60, wish=Wish(hear=interrupt))
    with Link(board.port) as opened:
        opened._hear(0.5)
        assert opened._hear(1.0) == b""


def test_a_program_that_ends_itself_has_no_error(board):
    run = run_on_board(board.port, "import sys\nprint('a')\nsys.exit()\n", 5)
    assert run.error is None
    assert run.printed == "a\n"
    assert printed_by(board, "print('b')\n") == "b\n"


def test_a_program_starts_without_what_an_earlier_one_left_behind(board):
    printed_by(board, "geheim = 1\ndef print(*words):\n    pass\n")
    run = run_on_board(board.port, "print('da')\ngeheim\n", 5)
    assert run.printed == "da\n"
    assert run.error.kind == "NameError"


@pytest.mark.parametrize("name", ["os", "json", "sys", "uid", "file"])
def test_our_questions_leave_no_names_for_a_program_to_find(board, name):
    assert run_on_board(board.port, f"{name}\n", 5).error.kind == "NameError"


def test_a_board_with_raw_paste_runs_and_keeps_programs_too(tmp_path):
    with PretendBoard(ROOT, tmp_path, raw_paste=True) as board:
        assert printed_by(board, "print('x' * 300)\n") == "x" * 300 + "\n"
        keep_as_main(board.port, "print('kept')\n")
        assert printed_by(board, "print(open('/main.py').read())\n") == "print('kept')\n\n"


def test_a_kept_program_is_whole_and_starts_with_the_power(board):
    with_boot_window(board)
    source = f"# {'viele Zeilen ' * 300}\n{STARTED}"
    keep_as_main(board.port, source)
    assert until(lambda: has_started(board))
    assert printed_by(board, "print(len(open('/main.py').read()))\n") == f"{len(source)}\n"
    assert "main.py.new" not in printed_by(board, FILES)


def test_a_looping_main_does_not_keep_us_out(board):
    keep_as_main(board.port, STARTED + LOOPING)
    assert until(lambda: has_started(board))
    assert find_boards([board.port])[0].ok
    with_boot_window(board)
    assert "main.py" not in printed_by(board, FILES)


def test_a_main_that_swallows_ctrl_c_is_got_rid_of_through_the_boot_window(board):
    with_boot_window(board)
    keep_as_main(board.port, STARTED + STUBBORN)
    assert until(lambda: has_started(board))
    asked = []

    def replug(text: str) -> None:
        asked.append(text)
        board.unplug()
        threading.Timer(0.5, board.plug_in).start()

    restore(board.port, {"/boot.py": BOOT.read_bytes()}, patience=Patience(30, replug))
    assert "main.py" not in printed_by(board, FILES)
    assert len(asked) <= 1


def test_ctrl_c_in_the_boot_window_keeps_main_waiting_once(board):
    with_boot_window(board)
    keep_as_main(board.port, STARTED)
    with Link(board.port) as opened:
        opened.enter()
        assert opened.ask("import os\nprint(os.getcwd())") == "/.held\n"
    assert not has_started(board)
    board.reset()
    assert until(lambda: has_started(board))


def test_restoring_wipes_the_childs_files_and_sets_the_number(board, capsys, small_root):
    printed_by(
        board, "import os\nos.mkdir('/bilder')\nopen('/bilder/a.txt', 'w').close()\nopen('/main.py', 'w').close()\n"
    )
    assert main(["--root", str(small_root), "board", "restore", "--port", board.port, "--sticker", "7"]) == 0
    assert "restored" in capsys.readouterr().out
    kept = printed_by(board, FILES)
    assert "bilder" not in kept
    assert "main.py" not in kept
    assert "boot.py" in kept
    assert find_boards([board.port])[0].identity.sticker == 7
    assert printed_by(board, "import umqtt.simple\nprint(umqtt.simple.greet.HELLO)\n") == "hallo\n"
    for path, data in files_for_a_board(small_root).items():
        with Link(board.port) as opened:
            opened.enter()
            opened.fresh()
            assert len(data) == int(opened.ask(f"print(len(open({path!r}, 'rb').read()))"))


STATION = """
import os
for name, text in (("settings.py", "HOST = 1"), ("outbox.txt", "[1]"), ("erde.json", "{}"), ("main.py", ""), ("a.txt", "")):
    with open("/" + name, "w") as file:
        file.write(text)
os.mkdir("/bilder")
with open("/bilder/settings.py", "w") as file:
    file.write("")
"""


def test_restoring_a_station_keeps_its_settings_its_unsent_readings_and_its_calibration(board, capsys, small_root):
    printed_by(board, STATION)
    assert main(["--root", str(small_root), "board", "restore", "--port", board.port, "--sticker", "7"]) == 0
    assert "it is a station, kept: erde.json, outbox.txt, settings.py (see --forget-station)" in capsys.readouterr().out
    kept = printed_by(board, FILES)
    assert all(name in kept for name in ("settings.py", "outbox.txt", "erde.json", "boot.py"))
    assert all(name not in kept for name in ("main.py", "a.txt", "bilder"))
    assert printed_by(board, "print(open('/settings.py').read(), open('/outbox.txt').read())\n") == "HOST = 1 [1]\n"


def test_a_station_is_forgotten_only_when_that_is_asked_for(board, capsys, small_root):
    printed_by(board, STATION)
    words = ["--root", str(small_root), "board", "restore", "--port", board.port, "--sticker", "7", "--forget-station"]
    assert main(words) == 0
    assert "kept" not in capsys.readouterr().out
    kept = printed_by(board, FILES)
    assert all(name not in kept for name in ("settings.py", "outbox.txt", "erde.json"))


def test_a_board_that_lost_its_number_gets_it_back_from_this_computer(board, small_root):
    assert main(["--root", str(small_root), "board", "restore", "--port", board.port, "--sticker", "7"]) == 0
    printed_by(board, "import os\nos.remove('/sticker.txt')\n")
    assert find_boards([board.port])[0].identity.sticker is None
    assert main(["--root", str(small_root), "board", "restore", "--port", board.port]) == 0
    assert find_boards([board.port])[0].identity.sticker == 7


def test_a_number_is_given_once(board, second, capsys, small_root):
    assert main(["--root", str(small_root), "board", "restore", "--port", board.port, "--sticker", "7"]) == 0
    printed_by(second, "open('/mine.txt', 'w').close()\n")
    assert main(["--root", str(small_root), "board", "restore", "--port", second.port, "--sticker", "7"]) == 2
    assert "is on another board" in capsys.readouterr().out
    assert "mine.txt" in printed_by(second, FILES)


def test_two_boards_run_at_once_each_under_its_number(board, second, tmp_path, capsys, small_root):
    for port, number in ((board.port, "7"), (second.port, "8")):
        assert main(["--root", str(small_root), "board", "restore", "--port", port, "--sticker", number]) == 0
    program = tmp_path / "program.py"
    program.write_text("import time, machine\nprint(machine.unique_id()[-1])\ntime.sleep(1)\nprint('Ende')\n")
    capsys.readouterr()
    assert main(["board", "run", str(program), "--port", board.port, "--port", second.port, "--seconds", "20"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sorted(lines[:4]) == ["[7] 47", "[7] Ende", "[8] 2", "[8] Ende"]
    assert re.match(rf"   7  {board.port}  ok: ran to its end", lines[4])
    assert re.match(rf"   8  {second.port}  ok: ran to its end", lines[5])


def test_a_board_that_fails_stops_no_other(board, impatient, pretender, tmp_path, capsys):
    silent = pretender(lambda master: None)
    program = tmp_path / "program.py"
    program.write_text("print('da')\n")
    assert main(["board", "run", str(program), "--port", silent, "--port", board.port]) == 1
    out = capsys.readouterr().out
    assert f"{silent}  FAILED: the board does not answer" in out
    assert f"{board.port}  ok: ran" in out


def test_ctrl_c_at_the_command_stops_the_programs_on_the_boards(board, tmp_path):
    program = tmp_path / "program.py"
    program.write_text(TICKING)
    command = [sys.executable, "-m", "makerwagen.cli", "board", "run", str(program), "--port", board.port]
    runner = subprocess.Popen([*command, "--seconds", "600"], stdout=subprocess.PIPE, text=True)
    assert runner.stdout.readline() == "tick 1\n"
    runner.send_signal(signal.SIGINT)
    runner.communicate(timeout=30)
    assert runner.returncode == 2
    with Link(board.port) as opened:
        assert b"tick" not in opened._hear(1.0)


class CutWhileCopying(PretendBoard):
    """Goes away in the middle of a copy."""

    seen = b""

    def _heard(self, data: bytes) -> None:
        self.seen += data
        if b"main.py.new" in self.seen and self.seen.count(b"w(b") > 3:
            self.seen = b""
            self.unplug()
        else:
            super()._heard(data)


def test_unplugging_in_mid_copy_leaves_the_old_main(tmp_path):
    old = "print('alt')\n"
    with CutWhileCopying(ROOT, tmp_path) as board:
        keep_as_main(board.port, old)
        with pytest.raises(BoardFailureError) as failure:
            keep_as_main(board.port, "print('neu')\n" * 400)
        assert failure.value.kind is Failure.UNPLUGGED
        board.plug_in()
        assert printed_by(board, "print(open('/main.py').read())\n") == old + "\n"


def test_a_copy_cut_short_is_told_by_the_command(tmp_path, capsys):
    program = tmp_path / "program.py"
    program.write_text("print('neu')\n" * 400)
    with CutWhileCopying(ROOT, tmp_path) as board:
        assert main(["board", "run", str(program), "--keep", "--port", board.port]) == 2
    assert "FAILED: the board went away" in capsys.readouterr().out


def test_what_arrives_changed_never_becomes_main(board, monkeypatch):
    keep_as_main(board.port, "print('alt')\n")
    write = Link.write_file
    monkeypatch.setattr(Link, "write_file", lambda one, path, data: write(one, path, data[:-1]))
    with pytest.raises(BoardFailureError) as failure:
        keep_as_main(board.port, "print('neu')\n")
    assert failure.value.kind is Failure.NOT_VERIFIED
    assert printed_by(board, "print(open('/main.py').read())\n") == "print('alt')\n\n"


def test_a_full_board_keeps_its_old_main_and_no_half_file(board):
    keep_as_main(board.port, "print('alt')\n")
    printed_by(board, "f = open('/voll.bin', 'wb')\nfor n in range(57):\n    f.write(bytes(4096))\nf.close()\n")
    with pytest.raises(BoardFailureError) as failure:
        keep_as_main(board.port, "print('neu')\n" * 1800)
    assert failure.value.kind is Failure.FULL
    assert printed_by(board, FILES) == "['main.py', 'voll.bin']\n"
    assert printed_by(board, "print(open('/main.py').read())\n") == "print('alt')\n\n"


def test_unplugging_while_a_program_runs_is_told_to_the_child(board):
    wish = Wish(hear=lambda text: board.unplug())
    run = run_on_board(board.port, TICKING, 60, wish=wish)
    assert run.error.line == 0
    assert "Kabel" in run.error.message
    assert run.error.message == BoardFailureError(Failure.UNPLUGGED).for_a_child


def chatter(master: int) -> None:
    try:
        while True:
            os.read(master, 1000)
            os.write(master, bytes(range(1, 256)))
    except OSError:
        pass


def flood(master: int) -> None:
    try:
        while True:
            os.write(master, b"ok T:21.3 /0.0\n" * 20)
    except OSError:
        pass


def test_a_board_that_is_silent_is_given_up(impatient, pretender):
    (found,) = find_boards([pretender(lambda master: None)])
    assert found.failure.kind is Failure.SILENT


@pytest.mark.parametrize("answer", [chatter, flood])
def test_a_device_that_answers_garbage_is_given_up(impatient, pretender, answer):
    (found,) = find_boards([pretender(answer)])
    assert found.failure.kind is Failure.GARBAGE
    assert "wirr" in found.failure.for_a_child


def half_a_board(answers: bytes) -> Callable[[int], None]:
    def answer(master: int) -> None:
        try:
            while True:
                if b"\x01" in os.read(master, 1000):
                    os.write(master, answers)
        except OSError:
            pass

    return answer


@pytest.mark.parametrize("then", [b"", b">", b">R\x01\x80", b"\xff\xfe" * 100])
def test_a_board_that_dies_or_raves_after_its_prompt_is_given_up(impatient, pretender, then):
    port = pretender(half_a_board(b"raw REPL; CTRL-B to exit\r\n" + then))
    (found,) = find_boards([port])
    assert found.failure.kind in {Failure.SILENT, Failure.GARBAGE}


def test_a_port_that_another_program_locked_is_busy(board):
    descriptor = os.open(board.port, os.O_RDWR | os.O_NOCTTY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        (found,) = find_boards([board.port])
        assert found.failure.kind is Failure.BUSY
    finally:
        os.close(descriptor)


def test_a_program_that_has_the_port_open_without_a_lock_is_named(board):
    holder = subprocess.Popen(
        [sys.executable, "-c", f"f = open({board.port!r}, 'r+b', 0); print(1, flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        holder.stdout.readline()
        (found,) = find_boards([board.port])
        assert found.failure.kind is Failure.BUSY
        assert f"process {holder.pid}" in found.failure.what
    finally:
        holder.kill()
        holder.communicate()
    assert find_boards([board.port])[0].ok


def test_a_port_that_may_not_be_opened_says_how_to_get_the_right(board, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("serial.serialposix.os.open", refuse)
    (found,) = find_boards([board.port])
    assert found.failure.kind is Failure.NO_PERMISSION
    assert "usermod -aG dialout" in found.failure.what


def test_a_program_for_another_board_is_not_run(board, capsys):
    solution = ROOT / "microcontroller/exercises/pedestrian-light/solution.py"
    assert main(["--root", str(ROOT), "board", "run", str(solution), "--port", board.port]) == 2
    assert "the program is for pico-w (rp2), this is" in capsys.readouterr().out
    assert main(["--root", str(ROOT), "board", "run", str(solution), "--keep", "--port", board.port]) == 2
    assert printed_by(board, FILES) == "[]\n"


def test_a_port_that_is_not_there_is_told(capsys):
    assert main(["board", "list", "--port", "/dev/ttyNONE"]) == 1
    assert "no board is there" in capsys.readouterr().out


def test_waiting_for_a_board_ends(tmp_path):
    asked = []
    with pytest.raises(BoardFailureError) as failure:
        enter_patiently(str(tmp_path / "nothing"), Patience(0.3, asked.append))
    assert failure.value.kind is Failure.NO_BOARD
    assert len(asked) == 1


def test_the_recorded_session_in_the_readme_is_what_happens(board, tmp_path, capsys, monkeypatch, small_root):
    (tmp_path / "countdown.py").write_text(
        "import time\nfor n in (3, 2, 1):\n    print(n)\n    time.sleep(0.5)\nprint(stat)\n"
    )
    (tmp_path / "blink.py").write_text(
        "from machine import Pin\nimport time\nwhile True:\n    Pin('LED', Pin.OUT).toggle()\n    time.sleep(1)\n"
    )
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "microcontroller/README.md").read_text(encoding="utf-8")
    recorded = re.search(r"```console\n(.*?)```", text, re.DOTALL)[1]
    happened = ""
    for command in re.findall(r"^\$ makerwagen (.*)$", recorded, re.MULTILINE):
        code = main(["--root", str(small_root), *command.replace("PORT", board.port).split()])
        happened += f"$ makerwagen {command}\n{capsys.readouterr().out}" + (f"(exit {code})\n" if code else "")
    assert happened.replace(board.port, "PORT") == recorded
