"""Tiles become MicroPython that runs, are kept in the seat, and say what is missing."""

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.learn import board, tile_program
from makerwagen.learn.kept import Kept
from makerwagen.learn.tile_program import tiles

BLINK = ["repeat", "on", "wait 1", "off", "wait 0.5"]


@pytest.fixture
def seat(tmp_path, monkeypatch):
    kept = Kept(tmp_path / "kept.json")
    monkeypatch.setattr(tile_program, "kept_for", lambda slug: kept)
    return kept


def blinking(**more):
    return tiles("light-on", ["on", "off", "wait 1", "wait 0.5", "repeat"], **more)


def test_steps_become_a_program_that_the_board_runs(seat):
    made = blinking(steps=["on", "wait 1", "off"])
    assert made.source.endswith("rote_lampe = Pin(15, Pin.OUT)\n\nrote_lampe.on()\nsleep(1)\nrote_lampe.off()\n")
    assert made.words == "1. rote Lampe an\n2. warte 1 s\n3. rote Lampe aus"
    assert board.last is made.run and made.run.ok
    assert [(one.start_s, one.end_s) for one in made.run.trace.on_intervals("GP15")] == [(0, 1)]


def test_what_follows_repeat_is_done_again_and_again(seat):
    made = blinking(steps=BLINK)
    assert "while True:\n    rote_lampe.on()\n    sleep(1)\n" in made.source
    lines = made.source.split("\n")
    assert [lines[row - 1].strip() for row in made.program.rows] == [
        "while True:",
        "rote_lampe.on()",
        "sleep(1)",
        "rote_lampe.off()",
        "sleep(0.5)",
    ]
    assert len(made.run.trace.on_intervals("GP15")) >= 10


@pytest.mark.parametrize(
    ("steps", "said"), [(["on", "repeat"], "Was soll sich wiederholen?"), (["repeat", "on"], "fehlt noch")]
)
def test_a_loop_without_a_wait_is_told_and_does_not_run(seat, steps, said):
    made = blinking()
    made.choose(steps)
    assert said in made.message and not board.last.ok
    compile(made.source, "program", "exec")


def test_no_tiles_are_no_program(seat):
    made = blinking()
    assert made.source == "" and not board.last.ok and made.message == ""
    assert made.words == (
        "Noch leer. Im Notebook klickst du hier Plättchen an: "
        "rote Lampe an · rote Lampe aus · warte 1 s · warte 0,5 s · immer wieder"
    )


def test_the_seat_keeps_what_was_clicked(seat):
    blinking().choose(["on", "wait 1"])
    again = blinking(steps=["off"])
    assert again.restored and [step.key for step in again.steps] == ["on", "wait 1"]
    seat.store({"steps": ["on", "gone"]})
    assert [step.key for step in blinking(steps=["off"]).steps] == ["off"]
    seat.store({"steps": 7})
    assert not blinking().restored


def test_a_browser_cannot_choose_what_is_not_there(seat):
    made = blinking(steps=["on"])
    for keys in (["on", "format"], ["on"] * 31):
        with pytest.raises(MakerwagenError):
            made.choose(keys)
    assert [step.key for step in made.steps] == ["on"]


@pytest.mark.parametrize("key", ["dance", "wait 0", "wait 99", "wait -1", "on:nobody", "press", "ON"])
def test_a_tile_that_cannot_be_is_named(seat, key):
    with pytest.raises(MakerwagenError, match=key):
        tiles("light-on", ["on", key])


def test_parts_are_chosen_by_id_and_a_button_is_waited_for(seat):
    made = tiles("pedestrian-light", ["press", "on:fuss-gruen"], steps=["press", "on:fuss-gruen"])
    assert "while taster.value() == 1:\n    sleep(0.01)\nfussgaenger_gruen.on()" in made.source
    assert made.run.ok and made.run.trace.on_intervals("GP14") == ()


def test_the_panel_answers_a_click_with_program_and_run(seat):
    pytest.importorskip("anywidget")
    from makerwagen.learn.tiles_panel import TilesPanel

    panel = TilesPanel(blinking())
    answers = []
    panel.send = answers.append
    assert [tile["words"] for tile in panel.tiles["palette"]][:2] == ["rote Lampe an", "rote Lampe aus"]
    for steps, problem in ((["on", "wait 1"], None), (["format"], "gibt es hier nicht"), (None, None)):
        panel.hear({"kind": "steps", "number": "n", "steps": steps}).join(20)
        told = answers[-1]
        assert problem in told["problem"] if problem else told["result"]["source"] == panel.made.source
    assert seat.load() == {"steps": []}


def test_without_a_kernel_steps_program_and_picture_are_shown(seat, capsys, monkeypatch):
    shown = []
    monkeypatch.setattr(tile_program, "display", lambda data, raw: shown.append(data))
    blinking(steps=BLINK)._ipython_display_()
    printed = capsys.readouterr().out
    assert printed.startswith("1. immer wieder\n2. rote Lampe an") and "while True:" in printed
    (data,) = shown
    assert data["image/svg+xml"].startswith("<svg") and "rote Lampe (GP15): 14-mal an" in data["text/plain"]
