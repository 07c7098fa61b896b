"""What the hub notices about a station is said in words a child can act on, and silence about the rest."""

import pytest

from makerwagen.sensors.findings import findings
from makerwagen.sensors.store import Datastream, Observation

NOW = 1_795_500_000.0


def stream(observed="temperature", unit="°C"):
    return Datastream(1, "pico-07", "Hochbeet", "Schulhof", observed, unit, "", "", False, 9, NOW)


def values(results, *, every=10.0, until=NOW, clock="none", possible=True):
    count = len(results)
    return [
        Observation(until - (count - 1 - i) * every, until, value, possible, clock, False)
        for i, value in enumerate(results)
    ]


def test_a_station_that_does_its_work_is_left_in_peace():
    assert findings(stream(), values([20 + i % 5 / 10 for i in range(100)]), NOW) == []


def test_a_silent_station_is_noticed_after_some_of_its_usual_intervals():
    assert findings(stream(), values([20.0, 20.1, 20.2, 20.1], until=NOW - 55), NOW) == []
    (said,) = findings(stream(), values([20.0, 20.1, 20.2, 20.1], until=NOW - 240), NOW)
    assert said == "Seit 4 min kommt nichts mehr. Hat die Station Strom und WLAN?"
    seldom = values([20.0, 20.1, 20.2, 20.1], every=900, until=NOW - 1800)
    assert findings(stream(), seldom, NOW) == []


def test_the_same_value_for_ever_is_noticed_except_where_that_is_usual():
    same = values([21.0] + [12.5] * 40)
    (said,) = findings(stream(), same, NOW)
    assert said.startswith("Seit 6 min immer derselbe Wert: 12,5\N{NO-BREAK SPACE}°C.") or "7 min" in said
    assert "mindestens" in findings(stream(), values([12.5] * 40), NOW)[0]
    assert findings(stream(), values([12.5] * 20), NOW) == []
    assert findings(stream("count", ""), same, NOW) == []


def test_impossible_values_are_counted_with_the_last_one_and_the_limits():
    wrong = values([-127.0], possible=False, until=NOW - 20)
    said = findings(stream(), [*values([20.0], until=NOW - 30), *wrong, *values([20.1])], NOW)
    assert len(said) == 1
    assert "Ein Wert kann nicht stimmen (zuletzt −127" in said[0] and "−40 bis 100" in said[0]


@pytest.mark.parametrize(
    ("clock", "words"),
    [("wrong", "Uhr der Station geht falsch"), ("guessed", "Bei 3 Werten ist die Zeit nur geschätzt")],
)
def test_an_odd_clock_is_told(clock, words):
    assert words in findings(stream(), values([20.0, 20.1, 20.2], clock=clock), NOW)[0]


def test_nothing_is_said_about_nothing():
    assert findings(stream(), [], NOW) == []
