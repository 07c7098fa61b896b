"""The desk keeps its promises through crashes and kills, and the trials would notice if it did not."""

import random

import pytest

from tests.faults import desk_crashes, desk_kills
from tests.faults.desk_mutants import MUTANTS, CommandBeforeIntent


def test_three_hundred_crashed_outings_break_no_promise(capsys):
    found = desk_crashes.run(300, random.randrange(10**6))
    with capsys.disabled():
        print(f"\n{found}")
    assert found.whole, str(found)
    # Every kind of boundary was a crash's at least once, and enough was printed to mean something.
    assert all(any(label.startswith(kind) for label in found.crashes) for kind in desk_crashes.WHERE)
    assert found.happened["prints started"] > 300 and found.happened["second educator clicked"] > 300


def test_twenty_killed_desks_break_no_promise(capsys):
    found = desk_kills.run(20, random.randrange(10**6))
    with capsys.disabled():
        print(f"\n{found}")
    assert found.whole, str(found)
    assert sum(found.crashes.values()) == 20 and found.happened["prints started"] > 0


def test_the_kills_catch_a_desk_that_tells_the_printer_first():
    assert not desk_kills.run(4, 1, desk=CommandBeforeIntent).whole


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_desk_with_one_rule_left_out_is_caught(mutant):
    found = desk_crashes.run(600, 20, desk=mutant, stop_at_first=True)
    assert not found.whole, f"{mutant.__doc__} was not noticed in {found.trials} trials"
