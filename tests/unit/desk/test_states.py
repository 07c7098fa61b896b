"""Every pair of states of piece, plate, attempt and bed."""

import itertools

import pytest

from makerwagen.desk.refusals import RefusalError
from makerwagen.desk.states import Attempt, Bed, IllegalMoveError, Piece, Plate, move

# Written down once more, by hand and from the design: a table that is compared with itself proves nothing.
DESIGN = {
    Piece: """draft checked, checked submitted, submitted approved, submitted returned, approved plated, plated done,
        plated failed, plated approved, draft expired, checked expired, submitted expired, approved expired,
        plated expired""",
    Plate: "packed sliced, sliced released, sliced packed, released packed, released sliced",
    Attempt: """claimed uploaded, uploaded start-intent, start-intent printing, printing ended-reported,
        ended-reported judged, claimed cancelled, uploaded cancelled, start-intent unknown, printing cancelled,
        printing interrupted, printing unknown, unknown printing, unknown ended-reported, unknown cancelled,
        unknown interrupted, cancelled judged, interrupted judged""",
    Bed: "unknown clear, unknown occupied, clear occupied, clear unknown, occupied clear, occupied unknown",
}
ALLOWED = {kind: {tuple(pair.split()) for pair in words.split(",")} for kind, words in DESIGN.items()}
PAIRS = [pair for kind in DESIGN for pair in itertools.product(kind, repeat=2)]


@pytest.mark.parametrize(("at", "to"), PAIRS, ids=lambda state: f"{type(state).__name__}.{state}")
def test_a_state_follows_another_only_as_the_design_says(at, to):
    if (str(at), str(to)) in ALLOWED[type(at)]:
        assert move(at, to) is to
    else:
        with pytest.raises(IllegalMoveError, match=f"is {at}, it cannot become {to}"):
            move(at, to)


def test_an_illegal_move_is_a_refusal_that_a_page_can_word():
    with pytest.raises(RefusalError) as caught:
        move(Attempt.UNKNOWN, Attempt.START_INTENT)
    assert caught.value.reason == "wrong-state"
