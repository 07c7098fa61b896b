"""Parts that children write: shown with their sizes, and an answer in a sentence when there is nothing to show."""

import base64

import cadquery as cq
import pytest

from makerwagen.learn import show
from makerwagen.models.refusal import RefusedError


def test_a_part_is_shown_with_its_sizes(capsys):
    shown = show(cq.Workplane().box(60, 30, 20.5))
    assert capsys.readouterr().out == "Das Teil ist 60 × 30 × 20,5 mm groß.\n"
    assert base64.b64decode(shown._repr_mimebundle_()["image/png"]).startswith(b"\x89PNG")


def test_the_same_part_gives_the_same_picture():
    part = cq.Workplane().box(10, 10, 10)
    assert show(part)._repr_mimebundle_() == show(part)._repr_mimebundle_()


def test_pieces_that_fell_apart_are_counted():
    part = cq.Workplane().pushPoints([(0, 0), (30, 0)]).box(5, 5, 5)
    assert "aus 2 Stücken" in show(part).sentence


def test_a_second_part_changes_the_picture_and_not_the_sizes():
    box, lid = cq.Workplane().box(10, 10, 10), cq.Workplane().box(30, 30, 1)
    assert show(box, lid).size_mm == (10, 10, 10)
    assert show(box, lid)._repr_mimebundle_() != show(box)._repr_mimebundle_()


@pytest.mark.parametrize("thing", [7, "Kasten", cq.Workplane()])
def test_what_is_no_part_is_refused_in_a_sentence(thing):
    with pytest.raises(RefusedError, match="kein Teil"):
        show(thing)


def test_a_part_that_was_cut_away_is_refused_in_a_sentence():
    box = cq.Workplane().box(10, 10, 10)
    with pytest.raises(RefusedError, match="nichts mehr übrig"):
        show(box.cut(cq.Workplane().box(20, 20, 20)))
