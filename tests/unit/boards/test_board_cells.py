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
missing = cell("# %%micropython exercise=moonwalk\\nprint(1)")
assert "moonwalk" in missing[-1]["text/plain"] and "pedestrian-light" in missing[-1]["text/plain"], missing
alone = cell("# %%micropython on=board\\nprint(1)")
assert "kein Board" in alone[-1]["text/plain"], alone
unknown = cell("# %%micropython board=nano\\nprint(1)")
assert "nano" in unknown[-1]["text/plain"], unknown
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


@pytest.mark.parametrize("word", ["seconds=viele", "press=GP15", "press=GP15@5-4", "laut"])
def test_a_wrong_word_in_the_first_line_is_named(word):
    with pytest.raises(MakerwagenError, match=word):
        read_options(f"# %%micropython {word}")
