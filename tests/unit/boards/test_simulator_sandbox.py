"""A learner's program cannot harm the laptop nor look at other children's work, by mistake or on purpose."""

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from makerwagen.boards.simulator import Limits

QUICK = Limits(wall_s=1.5)
# How a program gets at the port's own modules, behind those that the simulated board gives it.
BREAK_OUT = """
import sys
for name in ("sys", "os", "io", "vfs", "socket", "machine", "uctypes", "_thread", "termios"):
    sys.modules.pop(name, None)
sys.path[:] = [".frozen"]
import sys, os, io, vfs, machine, socket, uctypes, _thread, termios
assert hasattr(os, "system") and hasattr(machine, "mem8")
"""


def said(board, source):
    """Run a program that broke out, and return what its attempt came to."""
    lines = "".join(f"    {line}\n" for line in source.splitlines())
    run = board.run(
        f"{BREAK_OUT}try:\n{lines}    print('GELUNGEN')\nexcept Exception as e:\n    print(type(e).__name__, e)\n",
        limits=QUICK,
    )
    return run.printed


def test_nothing_of_the_sandbox_is_missing_on_this_system(pico):
    run = pico.run("print('da')\n")
    assert (run.printed, run.lacking) == ("da\n", ())


def test_an_honest_program_sees_the_boards_files_only(pico):
    for path, told in (("/etc/passwd", "Datei"), ("/proc/self/environ", "Datei"), ("../../etc/passwd", "")):
        error = pico.run(f"print(open('{path}').read())\n").error
        assert (error.kind, error.line) == ("OSError", 1)
        assert told in error.message
    assert "system" in pico.run("import os\nos.system('ls')\n").error.message


@pytest.mark.parametrize(
    "way",
    [
        "io.open({!r}).read()",
        "vfs.VfsPosix('/').open({!r}, 'r').read()",
        "import builtins\nvfs.mount(vfs.VfsPosix('/'), '/x')\nio.open('/x' + {!r}).read()",
    ],
)
def test_a_program_that_breaks_out_reads_no_file_of_anybody(pico, tmp_path, way):
    neighbour = tmp_path / "gruppe-rot" / "geheim.txt"
    neighbour.parent.mkdir()
    neighbour.write_text("mein Tagebuch")
    for path in (str(neighbour), "/etc/passwd", "/proc/self/environ"):
        told = said(pico, f"print({way.format(path)})" if "\n" not in way else way.format(path))
        assert told.startswith("OSError"), told
        assert "GELUNGEN" not in told


def test_it_lists_no_folder_and_writes_none(pico, tmp_path):
    assert "GELUNGEN" not in said(pico, f"print(os.listdir({str(tmp_path)!r}))")
    assert "GELUNGEN" not in said(pico, f"io.open({str(tmp_path / 'neu')!r}, 'w').write('x')")
    assert "GELUNGEN" not in said(pico, f"os.mkdir({str(tmp_path / 'neu')!r})")
    modules = Path(pico.modules)
    before = {path: path.stat().st_mtime for path in modules.rglob("*.py")}
    assert "GELUNGEN" not in said(pico, f"io.open({str(modules / 'machine.py')!r}, 'w').write('x')")
    assert "GELUNGEN" not in said(pico, f"os.remove({str(modules / 'machine.py')!r})")
    assert {path: path.stat().st_mtime for path in modules.rglob("*.py")} == before
    assert list(tmp_path.iterdir()) == []


def test_it_starts_no_other_program(pico, tmp_path):
    proof = tmp_path / "proof"
    told = said(pico, f"assert os.system('echo x > {proof}; touch {proof}') != 0\nraise OSError('nicht gestartet')")
    assert "nicht gestartet" in told
    assert not proof.exists()
    assert "GELUNGEN" not in said(pico, "_thread.start_new_thread(print, ('zwei',))")


def test_it_opens_no_socket(pico):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        told = said(pico, f"s = socket.socket()\ns.connect(socket.getaddrinfo('127.0.0.1', {port})[0][-1])")
        assert told.startswith("OSError"), told
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_program_that_writes_into_the_trace_itself_breaks_nothing(pico):
    run = pico.run(
        'import simulated_board\nsimulated_board.write("out", "GP15", 1)\nsimulated_board.write(7)\nprint(1)\n'
    )
    assert run.ok and run.printed == "1\n" and run.trace.pins == ()


def test_a_crash_is_told_like_an_error(pico):
    error = pico.run(BREAK_OUT + "print(machine.mem8[8])\n", limits=QUICK).error
    assert error is not None
    assert error.message


ENDLESS = {
    "a loop": "while True:\n    pass\n",
    "a loop that catches everything": "while True:\n    try:\n        while True:\n            pass\n    except:\n        pass\n",
    "a loop that sleeps and catches everything": "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except BaseException:\n        pass\n",
    "no Ctrl-C": "import micropython\nmicropython.kbd_intr(-1)\nwhile True:\n    pass\n",
    "a huge power": "x = 10 ** 10 ** 7\n",
    "a generator": "list(iter(int, 1))\n",
}


@pytest.mark.parametrize("what", ENDLESS)
def test_whatever_never_ends_is_stopped(pico, what):
    started = time.monotonic()
    run = pico.run(ENDLESS[what], limits=Limits(wall_s=0.7))
    assert time.monotonic() - started < 5
    assert run.error is not None or run.trace.end_s == 10


GREEDY = {
    "1 GB at once": ("x = bytearray(1_000_000_000)\n", "Speicher"),
    "more and more": ("x = []\nwhile True:\n    x.append(bytearray(1000))\n", "Speicher"),
    "a text that doubles": ("x = 'a'\nwhile True:\n    x += x\n", "Speicher"),
    "recursion": ("def f(n):\n    return f(n + 1) + 1\nf(0)\n", "Schleife"),
    "printing without end": ("while True:\n    print('x' * 1000)\n", "schreibt|zu viel"),
    "one giant text": ("print('x' * 100_000_000)\n", "Speicher"),
    "a timer storm": (
        "from machine import Timer\nimport time\nTimer(freq=100000, callback=lambda t: None)\ntime.sleep(100)\n",
        "oft",
    ),
    "an interrupt that calls itself": (
        "from machine import Timer\nimport time\ndef f(t):\n    Timer(mode=Timer.ONE_SHOT, period=1, callback=f)\n"
        "    Timer(mode=Timer.ONE_SHOT, period=1, callback=f)\nf(None)\ntime.sleep(100)\n",
        "oft|Speicher",
    ),
    "a full flash": ("f = open('a', 'w')\nwhile True:\n    f.write('x' * 1000)\n", "Speicher|passt|voll"),
    "asking the keyboard": ("input('Name?')\n", "Tastatur"),
}


@pytest.mark.parametrize("what", GREEDY)
def test_whoever_wants_too_much_is_stopped_and_told_why(pico, what):
    source, words = GREEDY[what]
    run = pico.run(source, seconds=200)
    assert run.error is not None
    assert any(word in run.error.message for word in words.split("|")), run.error
    assert run.error.line
    assert len(run.printed) <= 20_000


def test_writing_past_the_boards_own_print_fills_no_disk(pico):
    run = pico.run(BREAK_OUT + "while True:\n    sys.stdout.write('x' * 10000)\n", limits=Limits(wall_s=3))
    assert run.error is not None
    assert len(run.printed) <= 20_000


def test_no_process_is_left_and_no_file(pico, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    pico.run("while True:\n    pass\n", limits=Limits(wall_s=0.4))
    assert list(tmp_path.iterdir()) == []
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    running = children.read_text().split() if children.exists() else []
    assert not [pid for pid in running if "launch.py" in Path(f"/proc/{pid}/cmdline").read_text()]


def test_boards_run_side_by_side_without_mixing(pico):
    found = {}

    def run(number):
        found[number] = pico.run(
            f"import time\nfor i in range(3):\n    print({number}, i)\n    time.sleep(1)\n"
        ).printed

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: f"{number} 0\n{number} 1\n{number} 2\n" for number in range(6)}


OLD_LINUX = """
import ctypes, os, struct, sys
from pathlib import Path
from makerwagen.boards import seccomp
numbers = {"x86_64": (272, 444), "aarch64": (97, 444)}[os.uname().machine]
program = seccomp._program(seccomp.FORBIDDEN[os.uname().machine][0], numbers)
buffer = ctypes.create_string_buffer(program, len(program))
libc = ctypes.CDLL(None)
libc.prctl(38, 1, 0, 0, 0)
assert libc.prctl(22, 2, struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer)), 0, 0) == 0
from makerwagen.boards.simulator import open_board
run = open_board(Path(sys.argv[1])).run("import socket\\nprint('da')\\n" + sys.argv[2])
print(run.lacking, repr(run.printed), run.error)
"""


def test_where_linux_lacks_landlock_and_namespaces_the_board_runs_and_says_so(tmp_path):
    root = Path(__file__).parents[3]
    command = [
        sys.executable,
        "-c",
        OLD_LINUX,
        str(root),
        BREAK_OUT + "print(os.system('true') != 0)\nsocket.socket()\n",
    ]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ran.stdout.startswith("('network-namespace', 'landlock') 'da\\nTrue\\n'"), ran.stdout + ran.stderr
    assert "OSError" in ran.stdout  # sockets are forbidden by seccomp all the same
