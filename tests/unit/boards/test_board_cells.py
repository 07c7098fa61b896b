"""Cells that start with the board's magic run there, in a plain IPython shell too, and never raise."""

import subprocess
import sys

import pytest

from makerwagen.boards.magic import read_options
from makerwagen.errors import MakerwagenError

CELLS = '''
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shown = []
shell.display_pub.publish = lambda data, *args, **more: shown.append(data)
def cell(source):
    shown.clear()
    result = shell.run_cell(source)
    assert result.success, result
    return shown
cell("from makerwagen.learn import board")
cell("from makerwagen.learn import board")
lit = """# %%micropython seconds=4 press=GP15@1-2
from machine import Pin
from time import sleep
rot = Pin(10, Pin.OUT)
print("hallo")
rot.on()
sleep(9)
"""
first = cell(lit)
assert set(first[0]) >= {"image/svg+xml", "text/plain"}, first
assert "rot (GP10): an von 0 bis 4 s" in first[0]["text/plain"], first
assert cell("assert board.last.ok and board.last.printed.strip() == 'hallo'") == []
assert cell("assert board.last.trace.level_at('GP10', 1) == 1") == []
broken = cell("# %%micropython\\nwhile True\\n    pass")
assert "Zeile 2: Am Ende der Zeile fehlt ein Doppelpunkt" in broken[-1]["text/plain"], broken
assert cell("assert not board.last.ok and board.last.error.line == 2") == []
wrong = cell("# %%micropython speed=9\\nprint(1)")
assert "speed=9" in wrong[-1]["text/plain"], wrong
assert cell("assert not board.last.ok") == []
wired = cell("# %%micropython exercise=pedestrian-light seconds=3 press=GP15@1-2\\nfrom machine import Pin, lightsleep\\nPin(10, Pin.OUT).on()\\nlightsleep(2000)")
assert "Auto rot (GP10): an von 0 bis 2 s" in wired[0]["text/plain"], wired
cell("# %%micropython exercise=night-light seconds=4 set=GP26:0@0 set=GP26:100@2\\nfrom machine import ADC, Pin\\nfrom time import sleep\\nfor _ in range(2):\\n    print(ADC(Pin(26)).read_u16())\\n    sleep(3)")
assert cell("dark, light = map(int, board.last.printed.split()); assert dark < 10000 and light > 50000, (dark, light)") == []
nothing = cell("# %%micropython exercise=night-light set=GP3:5@1\\nprint(1)")
assert "GP3" in nothing[-1]["text/plain"], nothing
other = cell("# %%micropython exercise=night-light set=GP26.heat:5@1\\nprint(1)")
assert "heat" in other[-1]["text/plain"] and "light" in other[-1]["text/plain"], other
missing = cell("# %%micropython exercise=moonwalk\\nprint(1)")
assert "moonwalk" in missing[-1]["text/plain"] and "pedestrian-light" in missing[-1]["text/plain"], missing
alone = cell("# %%micropython on=board\\nprint(1)")
assert "kein Board" in alone[-1]["text/plain"], alone
unknown = cell("# %%micropython board=nano\\nprint(1)")
assert "„nano“ kenne ich nicht. Es gibt: esp32, pico-w" in unknown[-1]["text/plain"], unknown
elsewhere = cell("# %%micropython exercise=light-on board=esp32\\nprint(1)")
assert "GP15 gibt es auf ESP32" in elsewhere[-1]["text/plain"] and "board=esp32" in elsewhere[-1]["text/plain"], elsewhere
at_once = cell("# %%micropython\\nfrom machine import Pin\\nrot = Pin(10, Pin.OUT)\\nrot.onn()")
assert len(at_once) == 1 and "stehen geblieben:\\nZeile 4:" in at_once[0]["text/plain"], at_once  # no empty picture
from makerwagen.boards.real import running
from makerwagen.boards.simulator import Run
from makerwagen.learn import board, board_panel
board_panel.ports_with_boards = lambda: [{"port": f"/dev/ttyACM{number}", "name": f"ttyACM{number}"} for number in (0, 1)]
several = cell("# %%micropython on=board\\nprint(1)")
assert "ttyACM0, ttyACM1" in several[-1]["text/plain"], several
board_panel.ports_with_boards = lambda: [{"port": "/dev/ttyACM0", "name": "ttyACM0"}]
def run_on_board(port, source, seconds, *, wish):
    from types import SimpleNamespace
    wish.meet(SimpleNamespace(sticker=7))
    wish.hear("hallo\\n")
    return Run(source, "hallo\\n")
running.run_on_board = run_on_board
import contextlib, io
said = io.StringIO()
with contextlib.redirect_stdout(said):
    cell("# %%micropython on=board\\nprint('hallo')")
assert said.getvalue() == "Dein Programm läuft auf Board Nr. 7.\\nhallo\\n", said.getvalue()
from makerwagen.boards.messages import RunError
away = RunError(running.BOARD_FAILED, 0, "the board went away", "Das Board ist plötzlich weg.")
running.run_on_board = lambda port, source, seconds, *, wish: Run(source, error=away)
gone = cell("# %%micropython on=board\\nprint(1)")
assert gone[-1]["text/plain"] == "So geht es noch nicht:\\nDas Board ist plötzlich weg.", gone
'''


def test_board_cells_run_in_a_plain_shell():
    ran = subprocess.run([sys.executable, "-c", CELLS], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_importing_outside_ipython_changes_nothing():
    code = "from makerwagen.learn import board; assert board.last.trace.pins == () and not board.last.ok"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_options_are_read_from_the_first_line():
    options = read_options("# %%micropython seconds=20 press=GP15@3.0 press=GP14@4-5.5\n")
    assert options.seconds == 20
    inputs = [(each.at_s, each.device, each.value) for each in options.inputs]
    assert inputs == [(3.0, "GP15", 1), (3.3, "GP15", 0), (4.0, "GP14", 1), (5.5, "GP14", 0)]


def test_the_first_line_sets_sensors_too():
    inputs = read_options("# %%micropython set=GP26:12.5@4 set=GP2.humidity:80 exercise=thermometer").inputs
    told = [(each.at_s, each.device, each.control, each.value) for each in inputs]
    assert told == [(0.0, "GP2", "humidity", 80.0), (4.0, "GP26", "", 12.5)]


@pytest.mark.parametrize(
    "word",
    [
        "seconds=viele",
        "press=GP15",
        "press=GP15@5-4",
        "laut",
        "set=GP26",
        "set=GP26:nass@1",
        "set=GP26:5@-1",
        "set=:5@1",
    ],
)
def test_a_wrong_word_in_the_first_line_is_named(word):
    with pytest.raises(MakerwagenError, match=word):
        read_options(f"# %%micropython {word}")
