"""Judging: a difference against the sensors' error, a rule against a lazy guess on rows it did not know."""

import math

import numpy as np
import pandas as pd
import pytest

from makerwagen.learn import compare, judge, split
from makerwagen.learn.seeing.errors import SeeingError
from makerwagen.learn.seeing.judge import sign_test


@pytest.fixture
def trees():
    """Two trees over 60 days: each dries by 2 a day from its own level, and rain lifts both on known days."""
    rows = []
    for tree, start in (("Linde", 60.0), ("Ahorn", 40.0)):
        value = start
        for day in range(60):
            rain = 8.0 if day % 5 == 0 else 0.0
            value = value - 2 + (10 if rain else 0)
            rows.append({"tag": pd.Timestamp("2027-06-01") + pd.Timedelta(days=day), "baum": tree, "regen": rain})
            rows[-1] |= {"feuchte": value, "gestern": value + 2 - (10 if rain else 0)}
    table = pd.DataFrame(rows)
    table.attrs["units"] = {"feuchte": "%"}
    return table


def good_rule(row):
    return row["gestern"] - 2 + (10 if row["regen"] > 0 else 0)


def test_the_last_days_are_held_out_and_no_day_is_on_both_sides(trees, capsys):
    learn, test = split(trees, "tag", share=0.25)
    assert (len(learn), len(test)) == (90, 30)
    assert learn["tag"].max() < test["tag"].min()
    assert "90 Zeilen zum Lernen, 30 spätere Zeilen zum Prüfen." in capsys.readouterr().out


def test_a_good_rule_beats_the_lazy_one_and_luck(trees, capsys):
    verdict = judge(good_rule, *split(trees, "tag"), "feuchte", by="baum")
    assert verdict.error == pytest.approx(0)
    assert verdict.naive_error == pytest.approx(np.mean([2, 2, 2, 2, 8]), abs=0.5)
    assert verdict.won == verdict.rows == 36
    assert verdict.is_better
    assert "„wie beim letzten Mal“" in verdict.words
    assert "Glück allein erklärt das kaum" in capsys.readouterr().out


def test_the_lazy_guess_is_the_value_before_of_the_same_tree(trees):
    learn, test = split(trees, "tag")
    mixed = judge(good_rule, learn, test, "feuchte")
    own = judge(good_rule, learn, test, "feuchte", by="baum")
    assert mixed.naive_error > 2 * own.naive_error


def test_the_mean_of_the_learned_rows_is_the_other_lazy_guess(trees):
    learn, test = split(trees, "tag")
    verdict = judge(good_rule, learn, test, "feuchte", naive="mean")
    assert verdict.naive_error == pytest.approx((test["feuchte"] - learn["feuchte"].mean()).abs().mean())


def test_a_rule_that_is_worse_is_told_so_without_shame(trees):
    verdict = judge(lambda row: 0, *split(trees, "tag"), "feuchte", by="baum")
    assert not verdict.is_better
    assert "nicht besser als die einfache. Auch das ist ein Ergebnis." in verdict.words


def test_a_rule_that_wins_by_luck_is_not_called_better(trees):
    learn, test = split(trees, "tag", share=0.1)
    test = test[test["baum"] == "Linde"].head(4)
    verdict = judge(good_rule, learn, test, "feuchte", by="baum")
    assert verdict.won == 4
    assert not verdict.is_better
    assert "kommt auch beim Münzwurf vor" in verdict.words


def test_rows_with_gaps_do_not_count(trees):
    learn, test = split(trees, "tag")
    holes = test.copy()
    holes.loc[holes.index[:5], "feuchte"] = np.nan
    assert judge(good_rule, learn, holes, "feuchte", by="baum").rows == 31


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (lambda row: row["feuchte"], "Das soll sie ja gerade vorhersagen"),
        (lambda row: row["sonne"], "sucht die Spalte 'sonne'"),
        (lambda row: None, "gibt None zurück, keine Zahl. Steht am Ende return?"),
        (lambda row: math.nan, "rechnet mit einer Lücke"),
    ],
)
def test_a_rule_that_peeks_or_forgets_is_told_so(trees, rule, says):
    with pytest.raises(SeeingError, match="Deine Regel") as caught:
        judge(rule, *split(trees, "tag"), "feuchte")
    assert says in str(caught.value)


@pytest.mark.parametrize("share", [0, 1, -3])
def test_a_share_that_leaves_nothing_is_refused(trees, share):
    with pytest.raises(SeeingError, match="share ist der Anteil"):
        split(trees, "tag", share=share)


def test_too_few_moments_are_refused(trees):
    with pytest.raises(SeeingError, match="nur 3 verschiedene Zeiten"):
        split(trees[trees["tag"] < "2027-06-04"], "tag")


@pytest.mark.parametrize(("won", "lost", "chance"), [(5, 5, 1.0), (9, 1, 22 / 1024), (0, 0, 1.0), (4, 0, 0.125)])
def test_the_chance_is_that_of_tossing_coins(won, lost, chance):
    assert sign_test(won, lost) == pytest.approx(chance)


def test_a_difference_counts_only_beyond_the_error_of_both_sensors():
    warm, cool = pd.Series([21.0] * 9, name="asphalt"), pd.Series([20.2] * 9, name="wiese")
    near = compare(warm, cool, band=0.5, unit="°C")
    assert near.words == (
        "asphalt liegt im Mittel 0,8 °C über wiese (21 gegen 20,2). "
        "Zwei Fühler können zusammen um 1 °C danebenliegen: Der Unterschied kann auch von ihnen kommen."
    )
    assert near.difference == pytest.approx(0.8)
    assert "Das ist mehr, als zwei Fühler" in compare(warm + 1, cool, band=0.5, unit="°C").words


def test_overlap_and_few_values_are_said():
    words = compare([1, 2, 9], [2, 3, math.nan]).words
    assert "Die einzelnen Werte überschneiden sich: 1 bis 9 und 2 bis 3." in words
    assert "wenige Werte: 3 und 2" in words


@pytest.mark.parametrize("bad", [["warm"], [math.nan], pd.DataFrame({"a": [1]})])
def test_what_cannot_be_compared_is_answered(bad):
    with pytest.raises(SeeingError):
        compare(bad, [1, 2, 3])
