"""The board's panel answers whatever a browser asks with a run, and checks look at the run with the child's presses."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from makerwagen.boards.magic import read_options
from makerwagen.boards.messages import RunError
from makerwagen.boards.simulator import Run
from makerwagen.learn.board_setup import set_up
from tests.conftest import ROOT

pytest.importorskip("anywidget")
from makerwagen.learn import board_panel  # noqa: E402
from makerwagen.learn.board_panel import BoardPanel  # noqa: E402

LIGHT = """
from machine import Pin
from time import sleep
taster = Pin(15, Pin.IN, Pin.PULL_UP)
fuss_gruen = Pin(14, Pin.OUT)
summer = Pin(13, Pin.OUT)
while True:
    fuss_gruen.value(1 - taster.value())
    sleep(0.1)
"""
PLUGGED = {"port": "/dev/ttyACM0", "name": "ttyACM0"}
PRESS = [[1_000_000, "GP15", "pressed", 1], [2_000_000, "GP15", "pressed", 0]]


def set_up_cell(line, source=LIGHT):
    return set_up(ROOT, f"{line}\n{source}", read_options(line))


def open_panel(line="# %%micropython seconds=4", source=LIGHT, told=None):
    setup = set_up_cell(line, source)
    run = setup.run(setup.inputs, setup.options.seconds)
    panel = BoardPanel(setup, run, changed=(told if told is not None else []).append)
    panel.answers = []
    panel.send = panel.answers.append
    return panel


def ask(panel, **wish):
    if asked := panel.hear(wish):
        asked.join(20)
    return panel.answers[-1] if panel.answers else None


def test_pins_of_a_plain_program_become_lights_and_buttons_with_its_own_names():
    devices = {one["id"]: one for one in open_panel().description["devices"]}
    assert devices["GP14"]["kind"] == "led" and devices["GP14"]["label"] == "fuss_gruen"
    assert devices["GP14"]["colour"] == "green" and devices["GP13"]["kind"] == "buzzer"
    assert devices["GP15"]["kind"] == "button" and devices["GP15"]["controls"][0]["name"] == "pressed"


@pytest.mark.parametrize(
    ("line", "source", "device"),
    [
        ("# %%micropython board=esp32", "lampe_blau = Pin(4, Pin.OUT)", ("GPIO4", "led", "lampe_blau", "blue")),
        ("# %%micropython", "summer = PWM(Pin(9), freq=440, duty_u16=9)", ("GP9", "buzzer", "summer", None)),
        ("# %%micropython", "licht = Pin('LED', Pin.OUT)", ("LED", "led", "licht", None)),
    ],
)
def test_a_part_has_the_programs_name_on_every_board(line, source, device):
    (found,) = open_panel(line, f"from machine import Pin, PWM\n{source}\n").description["devices"]
    assert (found["id"], found["kind"], found["label"], found["colour"]) == device


def test_an_exercise_gives_its_parts_and_its_picture():
    panel = open_panel("# %%micropython exercise=pedestrian-light seconds=4 press=GP15@1-2")
    devices = {one["id"]: one for one in panel.description["devices"]}
    assert devices["auto-rot"]["label"] == "Auto rot" and devices["taster"]["kind"] == "button"
    assert [one["id"] for one in panel.result["devices"] if one["id"].startswith("GP")] == []
    assert panel.description["inputs"] == [[1_000_000, "taster", "pressed", 1], [2_000_000, "taster", "pressed", 0]]
    assert panel.description["picture"].startswith("<svg") and "Kabel" in panel.description["picture_words"]


def test_a_press_changes_the_future_and_is_the_run_that_checks_look_at():
    told = []
    panel = open_panel(told=told)
    assert panel.result["error"] is None and not [
        e for e in panel.result["events"] if e[:1] == ["out"] and e[3:] == [1]
    ]
    answer = ask(panel, kind="run", number="a:1", inputs=PRESS, seconds=4)
    assert answer["number"] == "a:1" and answer["result"]["seconds"] == 4
    (run,) = told
    (lit,) = run.trace.on_intervals("GP14")
    assert 1 <= lit.start_s <= 1.11 and 2 <= lit.end_s <= 2.11


def test_the_same_presses_give_the_same_run():
    panel = open_panel()
    first = ask(panel, kind="run", inputs=PRESS, seconds=4)
    assert ask(panel, kind="run", inputs=PRESS, seconds=4) == first


def test_more_seconds_leave_the_past_as_it_was():
    panel = open_panel()
    short = ask(panel, kind="run", inputs=PRESS, seconds=4)["result"]["events"]
    long = ask(panel, kind="run", inputs=PRESS, seconds=8)["result"]["events"]
    before = [event for event in short if event[1] < 4_000_000]
    assert before == [event for event in long if event[1] < 4_000_000] and before


@pytest.mark.parametrize(
    "wish",
    [
        {"kind": "run"},
        {"kind": "run", "inputs": [[1, 2]], "seconds": 4},
        {"kind": "run", "inputs": "alle", "seconds": 4},
        {"kind": "run", "inputs": [["bald", "GP15", "pressed", 1]], "seconds": 4},
        {"kind": "run", "inputs": [[0, "GP15", "pressed", 1]] * 6000, "seconds": 4},
        {"kind": "real", "port": "/dev/null", "seconds": 4},
    ],
)
def test_a_senseless_question_is_answered_in_words(wish):
    told = []
    panel = open_panel(told=told)
    answer = ask(panel, number="x", **wish)
    assert answer["number"] == "x" and answer["problem"].endswith(("einmal.", "Laptop?")) and told == []


@pytest.mark.parametrize("wish", [{}, {"kind": "dance"}, {"kind": "steps"}])
def test_what_this_panel_does_not_know_changes_nothing(wish):
    panel = open_panel()
    before = panel.result
    ask(panel, **wish)
    assert panel.result == before


def test_a_program_that_hangs_after_a_press_ends_with_its_line():
    source = LIGHT.replace(
        "    sleep(0.1)", "    if taster.value() == 0:\n        while True:\n            pass\n    sleep(0.1)"
    )
    panel = open_panel(source=source)
    answer = ask(panel, kind="run", inputs=PRESS[:1], seconds=4)
    assert answer["result"]["error"]["line"] > 0 and "sleep" in answer["result"]["error"]["message"]


def test_the_second_look_comes_after_the_panel():
    panel = open_panel(source="from machine import Pin\nrot = Pin(10, Pin.OUT)\nif rot.value():\n    rot.onn()\n")
    assert panel.result["notes"] == panel.later == []
    panel.look_again(lambda do, *what: do(*what))
    ((line, sentence),) = panel.later
    assert line == "Zeile 5:" and "„on“" in sentence


def test_it_plays_by_itself_only_once():
    panel = open_panel()
    assert panel.fresh
    ask(panel, kind="seen")
    assert not panel.fresh


def test_the_real_board_gets_the_program_and_what_it_prints_comes_at_once(monkeypatch):
    from makerwagen.boards.real import running

    heard = threading.Event()

    def run_on_board(port, source, *, wish):
        assert port == "/dev/ttyACM0" and source.endswith(LIGHT) and wish.needs == "rp2" and wish.seconds == 3
        wish.meet(SimpleNamespace(sticker=7))
        wish.hear("Hallo\n")
        heard.set()
        return Run(source, "Hallo\n")

    monkeypatch.setattr(running, "run_on_board", run_on_board)
    monkeypatch.setattr(board_panel, "ports_with_boards", lambda: [PLUGGED])
    told = []
    panel = open_panel(told=told)
    assert panel.real == [PLUGGED]
    answer = ask(panel, kind="real", port="/dev/ttyACM0", number="r", seconds=3)
    assert heard.is_set()
    assert panel.answers[0] == {"number": "r", "heard": True, "text": "", "met": "Board Nr. 7"}
    assert panel.answers[1] == {"number": "r", "heard": True, "text": "Hallo\n"}
    assert answer["result"]["printed"] == "Hallo\n" and told[0].ok


def test_what_goes_wrong_with_the_board_is_no_error_of_the_program(monkeypatch):
    from makerwagen.boards.real import running

    failed = RunError(running.BOARD_FAILED, 0, "/dev/ttyACM0: the board went away", "Das Board ist plötzlich weg.")
    monkeypatch.setattr(running, "run_on_board", lambda port, source, *, wish: Run(source, error=failed))
    monkeypatch.setattr(board_panel, "ports_with_boards", lambda: [PLUGGED])
    answer = ask(open_panel(), kind="real", port="/dev/ttyACM0", number=1, seconds=3)
    assert answer == {"number": 1, "problem": "Das Board ist plötzlich weg."}


def test_a_board_that_is_plugged_in_later_is_found_when_asked_for(monkeypatch):
    monkeypatch.setattr(board_panel, "ports_with_boards", list)
    panel = open_panel()
    assert panel.real == [] and ask(panel, kind="boards", number=1) == {"number": 1, "result": []}
    monkeypatch.setattr(board_panel, "ports_with_boards", lambda: [PLUGGED])
    assert ask(panel, kind="boards", number=2) == {"number": 2, "result": [PLUGGED]}


def test_every_exercise_can_be_set_up_with_a_picture():
    for path in sorted(Path(ROOT).glob("microcontroller/exercises/*/exercise.yml")):
        setup = set_up_cell(f"# %%micropython exercise={path.parent.name}")
        description = setup.description(Run())
        assert description["devices"] and description["picture"].startswith("<svg"), path
