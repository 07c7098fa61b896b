"""The picture of an exercise's wiring on a breadboard, made from exercise.yml alone."""

from makerwagen.boards.wiring.layout import lay_out
from makerwagen.boards.wiring.nets import assert_true
from makerwagen.boards.wiring.picture import picture_of
from makerwagen.boards.wiring.words import words_of
from makerwagen.content.exercise import Board, Exercise
from makerwagen.content.part import Parts
from makerwagen.content.typed import text_in

TITLE = {"de": "Schaltung auf dem Steckbrett: {title}", "en": "Wiring on the breadboard: {title}"}


def draw_breadboard(board: Board, exercise: Exercise, parts: Parts, lang: str = "de") -> str:
    """Return the picture as SVG, its description in words included; raise WiringError when it cannot be drawn."""
    layout = lay_out(board, exercise, parts, lang)
    assert_true(layout, exercise, parts)
    title = TITLE.get(lang, TITLE["en"]).format(title=text_in(exercise.title, lang))
    return picture_of(layout, title=title, description=" ".join(words_of(layout, lang)), lang=lang)
