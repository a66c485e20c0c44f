from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.dates import Recurrence, RecurrenceUnit, parse_schedule

WEEK, MONTH, QUARTER, HALF, YEAR = RecurrenceUnit

month_days = st.integers(1, 31)


@st.composite
def recurrences(draw, units=tuple(RecurrenceUnit)):
    unit = draw(st.sampled_from(units))
    weekly = unit is WEEK
    start, end = (draw(st.none() | st.integers(1, 7 if weekly else 31)) for _ in range(2))
    offsets = [0 if weekly or day is None else draw(st.integers(0, 12)) for day in (start, end)]
    return Recurrence(unit, draw(st.integers(1, 120)), start, end, *offsets)


@given(recurrences())
def test_code_round_trip(recurrence):
    code = recurrence.to_code()
    assert Recurrence.from_code(code) == recurrence
    assert len(code) <= 24


def test_code_is_readable():
    assert Recurrence(MONTH, 1, 15, 25, 0, 1).to_code() == "month/1/15/25+1"
    assert Recurrence(QUARTER).to_code() == "quarter/1//"


@pytest.mark.parametrize(
    "code",
    [
        "",
        "month",
        "month/0//",
        "day/1//",
        "month/1/32/",
        "month/1/15",
        "month/১//",
        "month/1/5+13/",
        "week/1/8/",
    ],
)
def test_from_code_refuses_other_strings(code):
    with pytest.raises(ValueError, match=r"."):
        Recurrence.from_code(code)


def test_monthly_into_the_next_month():
    every_month = Recurrence(MONTH, 1, 15, 25, 0, 1)
    listed = every_month.occurrences(date(2016, 1, 1), date(2016, 12, 31))
    assert len(listed) == 12
    assert listed[0] == (date(2016, 1, 15), date(2016, 2, 25))
    assert listed[-1] == (date(2016, 12, 15), date(2017, 1, 25))


def test_occurrences_begin_inside_the_window():
    listed = Recurrence(MONTH, 1, 5, 15, 1, 1).occurrences(date(2016, 1, 10), date(2016, 4, 4))
    assert listed == [
        (date(2016, 2, 5), date(2016, 2, 15)),
        (date(2016, 3, 5), date(2016, 3, 15)),
    ]


def test_a_day_the_month_lacks_becomes_its_last():
    listed = Recurrence(MONTH, end_day=31).occurrences(date(2016, 1, 1), date(2016, 4, 30))
    assert [end for _, end in listed] == [
        date(2016, 1, 31),
        date(2016, 2, 29),
        date(2016, 3, 31),
        date(2016, 4, 30),
    ]
    assert {start for start, _ in listed} == {None}


def test_quarters_without_a_day_are_whole_and_cut_to_the_window():
    listed = Recurrence(QUARTER).occurrences(date(2017, 7, 10), date(2018, 6, 20))
    assert listed == [
        (date(2017, 7, 10), date(2017, 9, 30)),
        (date(2017, 10, 1), date(2017, 12, 31)),
        (date(2018, 1, 1), date(2018, 3, 31)),
        (date(2018, 4, 1), date(2018, 6, 20)),
    ]


def test_an_empty_window_lists_nothing():
    for unit in RecurrenceUnit:
        assert Recurrence(unit).occurrences(date(2026, 11, 2), date(2026, 11, 1)) == []


def test_weeks_by_weekday_and_by_seven_days():
    sundays = Recurrence(WEEK, start_day=7).occurrences(date(2026, 11, 2), date(2026, 11, 22))
    assert sundays == [(date(2026, 11, d), None) for d in (8, 15, 22)]
    pairs = Recurrence(WEEK, 2, 7, 4).occurrences(date(2026, 11, 1), date(2026, 11, 30))
    assert pairs == [
        (date(2026, 11, 1), date(2026, 11, 5)),
        (date(2026, 11, 15), date(2026, 11, 19)),
        (date(2026, 11, 29), date(2026, 12, 3)),
    ]
    assert Recurrence(WEEK).occurrences(date(2026, 11, 1), date(2026, 11, 10)) == [
        (date(2026, 11, 1), date(2026, 11, 7)),
        (date(2026, 11, 8), date(2026, 11, 10)),
    ]


@given(recurrences(), st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(-5, 800))
def test_occurrences_are_in_order_and_in_the_window(recurrence, first, length):
    last = first + timedelta(days=length)
    begins = [start or end for start, end in recurrence.occurrences(first, last)]
    assert begins == sorted(set(begins))
    assert all(first <= day <= last for day in begins)


@pytest.mark.parametrize(
    ("recurrence", "bengali", "english"),
    [
        (
            Recurrence(MONTH, 1, 15, 25, 0, 1),
            "প্রতি মাসের ১৫ তারিখ থেকে পরবর্তী মাসের ২৫ তারিখ",
            "every month, from day 15 to day 25 of the next month",
        ),
        (
            Recurrence(MONTH, 1, 5, 15, 1, 1),
            "প্রতি মাসে পরবর্তী মাসের ৫ তারিখ থেকে ১৫ তারিখ",
            "every month, from day 5 of the next month to day 15 of the next month",
        ),
        (Recurrence(MONTH, end_day=7), "প্রতি মাসের ৭ তারিখের মধ্যে", "every month, by day 7"),
        (Recurrence(MONTH, 3), "প্রতি ৩ মাস অন্তর", "every 3 months"),
        (Recurrence(QUARTER), "প্রতি ত্রৈমাসিকে", "every quarter"),
        (Recurrence(WEEK, start_day=7), "প্রতি সপ্তাহের রবিবার", "every week, on Sunday"),
    ],
)
def test_describe(recurrence, bengali, english):
    assert recurrence.describe() == bengali
    assert recurrence.describe("en") == english


@given(
    st.sampled_from([1, 2, 3, 6]),
    st.none() | month_days,
    st.none() | month_days,
    st.booleans(),
    st.booleans(),
)
def test_a_described_month_is_read_back(every, start, end, start_next, end_next):
    recurrence = Recurrence(
        MONTH,
        every,
        start,
        end,
        int(start_next and start is not None),
        int(end_next and end is not None),
    )
    assert parse_schedule(recurrence.describe()).recurrence == recurrence
