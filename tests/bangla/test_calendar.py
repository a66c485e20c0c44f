from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.calendar import BanglaDate, from_gregorian, month_length, to_gregorian

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("gregorian", "bangla"),
    [
        (date(2019, 8, 26), BanglaDate(1426, 5, 11)),
        (date(2019, 10, 16), BanglaDate(1426, 6, 31)),
        (date(2019, 10, 17), BanglaDate(1426, 7, 1)),
        (date(2020, 2, 21), BanglaDate(1426, 11, 8)),
        (date(2020, 3, 14), BanglaDate(1426, 11, 30)),
        (date(2020, 3, 15), BanglaDate(1426, 12, 1)),
        (date(2020, 12, 16), BanglaDate(1427, 9, 1)),
        (date(2021, 3, 26), BanglaDate(1427, 12, 12)),
        (date(2018, 10, 16), BanglaDate(1425, 7, 1)),
        (date(2016, 3, 13), BanglaDate(1422, 11, 30)),
        (date(2016, 3, 14), BanglaDate(1422, 11, 31)),
        (date(2016, 12, 16), BanglaDate(1423, 9, 2)),
        (date(2019, 2, 21), BanglaDate(1425, 11, 9)),
        (date(2019, 4, 13), BanglaDate(1425, 12, 30)),
        (date(2025, 4, 15), BanglaDate(1432, 1, 2)),
    ],
)
def test_known_days(gregorian, bangla):
    assert from_gregorian(gregorian) == bangla
    assert to_gregorian(bangla) == gregorian


@given(days)
def test_round_trip(day):
    assert to_gregorian(from_gregorian(day)) == day


@given(days)
def test_days_follow_each_other(day):
    today, tomorrow = from_gregorian(day), from_gregorian(day + timedelta(days=1))
    assert tomorrow > today
    if tomorrow.day > 1:
        assert (tomorrow.year, tomorrow.month) == (today.year, today.month)
        assert tomorrow.day == today.day + 1
    else:
        assert today.day == month_length(today.year, today.month)
        assert (tomorrow.year - today.year) * 12 + tomorrow.month - today.month == 1


@pytest.mark.parametrize("year", range(1950, 2101))
def test_14_april_begins_a_year_of_the_right_months(year):
    first = from_gregorian(date(year, 4, 14))
    assert (first.month, first.day) == (1, 1)
    assert from_gregorian(date(year, 4, 13)).year == first.year - 1
    lengths = [month_length(first.year, month) for month in range(1, 13)]
    leap = isleap(year + 1)
    assert sum(lengths) == 365 + leap
    if first.year < 1426:
        assert lengths == [31] * 5 + [30] * 5 + [30 + leap, 30]
    else:
        assert lengths == [31] * 6 + [30] * 4 + [29 + leap, 30]


@pytest.mark.parametrize(
    "day", [(1426, 0, 1), (1426, 13, 1), (1426, 7, 31), (1427, 11, 30), (0, 1, 1)]
)
def test_days_that_do_not_exist_are_refused(day):
    with pytest.raises(ValueError, match=r"no (day|Bangla month)|out of range"):
        BanglaDate(*day)


def test_a_day_before_the_first_bangla_year_is_refused():
    with pytest.raises(ValueError, match="out of range"):
        from_gregorian(date(593, 4, 14))
