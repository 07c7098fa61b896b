"""After a run without an error, the child reads what waits in a branch that was never reached."""

import pytest

from makerwagen.boards.magic import Options
from makerwagen.boards.simulator import open_board
from makerwagen.learn import board_second_look
from makerwagen.learn.board_setup import Setup
from makerwagen.learn.home import content_root

WAITING = "# %%micropython\nfrom machine import Pin\nled = Pin(15, Pin.OUT)\nif led.value():\n    led.onn()\n"
FAILING = WAITING.replace("if led", "if not led")


@pytest.fixture
def notes():
    """Return a function that runs a cell's program and returns what the panel notes about it."""

    def noted(source: str) -> list[list[str]]:
        setup = Setup(source, Options(), open_board(content_root()))
        return setup.result(setup.run((), 1), 1)["notes"]

    return noted


def test_a_misspelt_word_that_was_not_reached_is_told_with_its_line(notes):
    assert notes(WAITING) == [["Zeile 5:", "„.onn“ gibt es hier nicht. Meinst du „on“?"]]


def test_a_run_that_stopped_and_a_correct_program_get_no_note(notes):
    assert notes(FAILING) == []
    assert notes(WAITING.replace("onn", "on")) == []


def test_two_notes_are_enough(notes):
    assert len(notes(WAITING + "    lde.on()\n    Led.on()\n    sleep(1)\n")) == board_second_look.MOST


def test_the_same_program_is_looked_at_once(notes, monkeypatch):
    notes(WAITING)
    monkeypatch.setattr(board_second_look, "child_findings", lambda *asked: pytest.fail("looked again"))
    assert notes(WAITING)
