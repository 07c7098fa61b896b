"""After a run without an error, the child reads what waits in a branch that was never reached."""

import pytest

from makerwagen.boards.simulator import open_board
from makerwagen.learn import board_second_look
from makerwagen.learn.board_second_look import show_second_look
from makerwagen.learn.board_setup import Setup
from makerwagen.learn.home import content_root

WAITING = "# %%micropython\nfrom machine import Pin\nled = Pin(15, Pin.OUT)\nif led.value():\n    led.onn()\n"
FAILING = WAITING.replace("if led", "if not led")


@pytest.fixture
def cards(monkeypatch):
    """Return a function that runs a cell's program and returns the cards of the second look."""

    def shown(source: str, kernel: bool = True) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        monkeypatch.setattr(board_second_look, "has_kernel", lambda: kernel)
        board = open_board(content_root())
        run = board.run(source, seconds=1)
        show_second_look(run, Setup(source, None, board), lambda head, text: found.append((head, text)))
        return found

    return shown


def test_a_misspelt_word_that_was_not_reached_is_told_with_its_line(cards):
    assert cards(WAITING) == [("Das fällt auf", "Zeile 5: „.onn“ gibt es hier nicht. Meinst du „on“?")]


def test_a_run_that_stopped_and_a_correct_program_get_no_card(cards):
    assert cards(FAILING) == []
    assert cards(WAITING.replace("onn", "on")) == []


def test_a_build_without_a_child_does_not_look(cards):
    assert cards(WAITING, kernel=False) == []


def test_two_cards_are_enough(cards):
    assert len(cards(WAITING + "    lde.on()\n    Led.on()\n    sleep(1)\n")) == board_second_look.MOST
