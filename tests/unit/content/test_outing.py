"""The outing and the fair share of a seat."""

import datetime

import pytest
from pydantic import ValidationError

from makerwagen.content.outing import Outing, fair_share, minutes_left

DAY = datetime.date(2026, 11, 23)


def outing(**fields) -> Outing:
    printer = {"printer": "printer-mk3s", "profile": "printer-mk3s", "grams_left": 600}
    printers = [printer | {"name": f"prusa-{number}"} for number in range(4)]
    usual = {"place": "Schule", "date": DAY, "start": "10:00", "end": "11:30", "lessons": ["name-tag"], "seats": 12}
    return Outing.model_validate(usual | {"printers": printers} | fields)


def at(time: str, day: datetime.date = DAY) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(time))


def test_a_share_is_printers_times_minutes_by_seats():
    share = fair_share(outing(), at("10:20"))
    assert share.minutes == pytest.approx(4 * (70 - 10) / 12)
    assert share.grams == pytest.approx(4 * 600 / 12)
    assert share.each.minutes == pytest.approx(share.minutes / 2)


def test_before_the_start_the_whole_outing_is_left():
    assert minutes_left(outing(), at("07:00")) == 80 == minutes_left(outing())


@pytest.mark.parametrize("time", ["11:20", "11:29", "11:30", "23:00"])
def test_when_the_outing_is_over_nothing_is_left(time):
    assert fair_share(outing(), at(time)).minutes == 0


def test_days_later_nothing_is_left():
    assert minutes_left(outing(), at("10:00", DAY + datetime.timedelta(days=2))) == 0


def test_without_printers_there_is_no_share():
    share = fair_share(outing(printers=[]), at("10:20"))
    assert (share.minutes, share.grams) == (0, 0)


def test_an_outing_may_go_past_midnight():
    late = outing(start="22:30", end="00:30")
    assert late.minutes == 120
    assert minutes_left(late, at("23:50")) == 30
    assert minutes_left(late, at("00:10", DAY + datetime.timedelta(days=1))) == 10
    assert minutes_left(late, at("00:25", DAY + datetime.timedelta(days=1))) == 0


def test_a_reserve_longer_than_the_outing_leaves_nothing():
    assert fair_share(outing(reserve_minutes=120)).minutes == 0


def test_the_clock_of_an_example_stands():
    assert minutes_left(outing(date=None), at("23:00")) == 80


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"end": "10:00"}, "the same"),
        ({"start": "10:00+01:00"}, "without a zone"),
        ({"seats": 0}, "greater than or equal to 1"),
        ({"lessons": []}, "at least 1"),
        ({"printers": [{"printer": "a", "name": "x", "profile": "a", "grams_left": -1}]}, "greater than or equal to 0"),
        ({"printers": [{"printer": "a", "name": "x", "profile": "a", "grams_left": 1}] * 2}, "two printers are called"),
    ],
)
def test_what_cannot_be_is_refused(fields, message):
    with pytest.raises(ValidationError, match=message):
        outing(**fields)
