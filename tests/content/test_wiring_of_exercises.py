"""The wiring of every exercise can be drawn and told, joins what is declared, and lessons that quote it are right."""

import re
from pathlib import Path

import pytest

from makerwagen.boards.wiring.breadboard import draw_breadboard
from makerwagen.boards.wiring.circuit import draw_circuit
from makerwagen.boards.wiring.layout import lay_out
from makerwagen.boards.wiring.words import parts_list, wiring_in_words
from makerwagen.content.exercise import ExerciseKind
from makerwagen.load.repository_loader import load_repository

REPOSITORY, _ = load_repository(Path(__file__).parents[2])
WIRED = {slug: exercise for slug, exercise in REPOSITORY.exercises.items() if exercise.wiring}
ROW = re.compile(r"^\| (.+?) \| (\w+) \| (\d+) \| (\d+)a \| (\d+)a \| (\d+)c \| (\d+)c \| (\d+)a \|", re.MULTILINE)


@pytest.mark.parametrize("exercise", WIRED.values(), ids=WIRED)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_wiring_can_be_drawn_and_told(exercise, lang):
    told = (REPOSITORY.boards[exercise.board], exercise, REPOSITORY.parts)
    assert draw_breadboard(*told, lang).startswith("<svg ")
    assert "<title>" in draw_circuit(*told, lang)
    assert len(wiring_in_words(*told, lang).split("\n")) > len(exercise.wiring) + 3


@pytest.mark.parametrize("exercise", WIRED.values(), ids=WIRED)
def test_the_wagon_carries_the_parts_for_two_groups(exercise):
    if exercise.kind is not ExerciseKind.PROGRAM:
        return
    counts = parts_list(REPOSITORY.boards[exercise.board], exercise, REPOSITORY.parts)
    for ref, count in counts.items():
        assert REPOSITORY.register.find(ref).count >= 2 * count, ref


def test_the_table_of_the_traffic_light_lesson_says_what_the_picture_shows():
    exercise = REPOSITORY.exercises["pedestrian-light"]
    layout = lay_out(REPOSITORY.boards["pico-w"], exercise, REPOSITORY.parts)
    text = "\n".join(cell.source for cell in REPOSITORY.lessons["pedestrian-light"].notebooks["de"].cells)
    rows = {row[0]: row[1:] for row in ROW.findall(text)}
    lights = [placed for placed in layout.placed if placed.part.kind == "led"]
    assert rows.keys() == {light.wire.label["de"] for light in lights}
    for light in lights:
        long, short = (leg.hole.row for leg in light.legs)
        (cable,) = (cable for cable in layout.cables if cable.owner == light.wire.id)
        told = (cable.carries, cable.number, cable.start.row, long, long, short, short)
        assert rows[light.wire.label["de"]] == tuple(map(str, told))
    assert "Kabel 1: von 18a (GND) zur Minus-Reihe\n" in text
    button = next(placed for placed in layout.placed if placed.part.kind == "button")
    first, last = (leg.hole.row for leg in button.legs)
    assert f"in den Reihen 1 bis 20. Der Taster sitzt über der Rinne in {first} und {last}." in text
    assert f"Kabel 2: von 20a (GP15) nach {first}a\n" in text
    assert f"Kabel 3: von {last}a zur Minus-Reihe\n" in text
