from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.dates import (
    DateDoubt,
    DoubtCode,
    Recurrence,
    RecurrenceUnit,
    format_date,
    parse_schedule,
)
from tests.bangla.words import date_like_text

WEEK, MONTH, QUARTER, HALF, YEAR = RecurrenceUnit
FISCAL = {"period_start": date(2024, 7, 1), "period_end": date(2025, 6, 30)}
CALENDAR = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}

any_day = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def dates(schedule):
    return schedule.starts_on, schedule.ends_on


def codes(schedule):
    return [(doubt.field, doubt.code) for doubt in schedule.doubts]


@given(any_day, any_day)
def test_two_cells_are_read(one, other):
    start, end = sorted((one, other))
    schedule = parse_schedule(format_date(start), format_date(end))
    assert (*dates(schedule), schedule.doubts) == (start, end, ())
    assert dates(parse_schedule(schedule.text)) == (start, end)


@given(
    any_day,
    any_day,
    st.sampled_from(["{} হতে {}", "{} - {} পর্যন্ত", "{}\nথেকে {} এর মধ্যে", "{} to {}"]),
)
def test_two_dates_in_one_cell_are_read(one, other, pattern):
    start, end = sorted((one, other))
    for cells in ([pattern.format(format_date(start), format_date(end))] * n for n in (1, 2)):
        schedule = parse_schedule(*cells)
        assert (*dates(schedule), schedule.doubts) == (start, end, ())
        assert schedule.text == cells[0]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("জানুয়ারি-জুন ২০২৪ এর মধ্যে", date(2024, 1, 1), date(2024, 6, 30)),
        ("জুলাই ২০২৪ হতে ফেব্রুয়ারি ২০২৫", date(2024, 7, 1), date(2025, 2, 28)),
        ("মার্চ ২০২৪", date(2024, 3, 1), date(2024, 3, 31)),
        ("মার্চ ২০২৪ এর মধ্যে", None, date(2024, 3, 31)),
        ("৯ মে ২০২৪ পর্যন্ত", None, date(2024, 5, 9)),
        ("৯ মে ২০২৪ হতে", date(2024, 5, 9), None),
        ("৯ মে ২০২৪ থেকে চলমান", date(2024, 5, 9), None),
        ("১-১০ মে ২০২৪", date(2024, 5, 1), date(2024, 5, 10)),
        ("৫ থেকে ৯ই মে, ২০২৪", date(2024, 5, 5), date(2024, 5, 9)),
        ("১ মার্চ থেকে ৩১ মে ২০২৪", date(2024, 3, 1), date(2024, 5, 31)),
        ("০১-০৩-২০২৪-৩১-০৫-২০২৪", date(2024, 3, 1), date(2024, 5, 31)),
        ("২০২৪-২৫ অর্থবছর", date(2024, 7, 1), date(2025, 6, 30)),
        ("২০২৪ সালের জুন মাসের মধ্যে", None, date(2024, 6, 30)),
        ("বৈশাখ ১৪৩১", date(2024, 4, 14), date(2024, 5, 14)),
    ],
)
def test_what_one_cell_says_for_certain(words, start, end):
    schedule = parse_schedule(words)
    assert (*dates(schedule), schedule.doubts) == (start, end, ())


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("১ম ত্রৈমাসিক", date(2024, 7, 1), date(2024, 9, 30)),
        ("চতুর্থ ত্রৈমাসিক", date(2025, 4, 1), date(2025, 6, 30)),
        ("২য় ষান্মাসিক", date(2025, 1, 1), date(2025, 6, 30)),
        ("Q3", date(2025, 1, 1), date(2025, 3, 31)),
        ("সারা বছর", date(2024, 7, 1), date(2025, 6, 30)),
        ("১ম ত্রৈমাসিক (জুলাই-সেপ্টেম্বর ২০২৪)", date(2024, 7, 1), date(2024, 9, 30)),
    ],
)
def test_parts_of_the_year_are_those_of_the_period(words, start, end):
    schedule = parse_schedule(words, **FISCAL)
    assert (*dates(schedule), schedule.doubts) == (start, end, ())


def test_a_quarter_needs_a_period_of_a_year():
    half = {"period_start": date(2024, 1, 1), "period_end": date(2024, 6, 30)}
    for period in ({}, half):
        schedule = parse_schedule("২য় ত্রৈমাসিক", **period)
        assert dates(schedule) == (None, None)
        assert codes(schedule) == [("schedule", DoubtCode.PERIOD_NEEDED)]


def test_a_quarter_that_contradicts_its_months_is_a_doubt():
    schedule = parse_schedule("১ম ত্রৈমাসিক (জুলাই-সেপ্টেম্বর ২০২৪)", **CALENDAR)
    assert dates(schedule) == (date(2024, 7, 1), date(2024, 9, 30))
    assert schedule.doubts == (DateDoubt("schedule", DoubtCode.WORDS_UNREAD, "১ম ত্রৈমাসিক"),)


@pytest.mark.parametrize("words", ["চলমান", "সারা বছর", "বছরব্যাপী", "-"])
def test_words_without_dates_are_understood(words):
    schedule = parse_schedule(words)
    assert (*dates(schedule), schedule.recurrence, schedule.doubts) == (None, None, None, ())
    assert schedule.text == words


@pytest.mark.parametrize(
    ("cells", "recurrence"),
    [
        (["প্রতি মাসের ১০ তারিখ"], Recurrence(MONTH, start_day=10)),
        (["প্রতিমাসের ৭ তারিখের মধ্যে"], Recurrence(MONTH, end_day=7)),
        (["প্রতি মাসের শেষ দিন"], Recurrence(MONTH, start_day=31)),
        (["প্রতি মাসের ১ থেকে ৫ তারিখ"], Recurrence(MONTH, 1, 1, 5)),
        (["প্রতি মাসের ১০ তারিখ", "পরবর্তী মাসের ৫ তারিখ"], Recurrence(MONTH, 1, 10, 5, 0, 1)),
        (["প্রতি মাসের ১০ তারিখ", "প্রতি মাসের ২০ তারিখ"], Recurrence(MONTH, 1, 10, 20)),
        (["প্রতি মাসের ১০ তারিখ", "একই মাসের ২০ তারিখ"], Recurrence(MONTH, 1, 10, 20)),
        (["প্রতি ৩ মাস অন্তর"], Recurrence(MONTH, 3)),
        (["প্রতি ছয় মাস অন্তর অন্তর", "প্রতি ছয় মাস অন্তর অন্তর"], Recurrence(MONTH, 6)),
        (["৪ মাস পর পর"], Recurrence(MONTH, 4)),
        (["প্রতি ত্রৈমাসিকে"], Recurrence(QUARTER)),
        (["অর্ধ-বার্ষিক"], Recurrence(HALF)),
        (["প্রতি সপ্তাহে"], Recurrence(WEEK)),
        (["পাক্ষিক"], Recurrence(WEEK, 2)),
        (["প্রতি রবিবার"], Recurrence(WEEK, start_day=7)),
        (["প্রতি সপ্তাহের বৃহস্পতিবার"], Recurrence(WEEK, start_day=4)),
        (["প্রতি বছর"], Recurrence(YEAR)),
        (["Quarterly"], Recurrence(QUARTER)),
    ],
)
def test_recurring_words_give_a_recurrence_and_no_dates(cells, recurrence):
    schedule = parse_schedule(*cells)
    assert (*dates(schedule), schedule.recurrence) == (None, None, recurrence)
    assert schedule.doubts == ()


@pytest.mark.parametrize(
    ("cells", "recurrence", "code"),
    [
        (
            ["পরবর্তী মাসের ৩ তারিখ", "পরবর্তী মাসের ৯ তারিখ"],
            Recurrence(MONTH, 1, 3, 9, 1, 1),
            DoubtCode.RECURRENCE_INFERRED,
        ),
        (["প্রতি মাসের ৩ তারিখ", "৯ তারিখ"], Recurrence(MONTH, 1, 3, 9), DoubtCode.RECURRENCE_INFERRED),
        (
            ["প্রতি মাসের ৯ তারিখ", "প্রতি মাসের ৩ তারিখ"],
            Recurrence(MONTH, 1, 9, 3),
            DoubtCode.END_BEFORE_START,
        ),
        (["প্রতি মাসের ১ম সপ্তাহে"], Recurrence(MONTH), DoubtCode.WORDS_UNREAD),
        (["প্রতি মাসে ২ বার"], Recurrence(MONTH), DoubtCode.WORDS_UNREAD),
        (["প্রতি মাসে", "প্রতি সপ্তাহে"], None, DoubtCode.RECURRENCE_CONFLICT),
        (["প্রতি সপ্তাহে", "১৫ তারিখ"], None, DoubtCode.RECURRENCE_CONFLICT),
        (["১৫ তারিখ"], None, DoubtCode.UNREADABLE),
        (["প্রতি ১৫ দিন অন্তর"], None, DoubtCode.UNREADABLE),
    ],
)
def test_a_recurrence_not_said_plainly_is_a_doubt(cells, recurrence, code):
    schedule = parse_schedule(*cells)
    assert (*dates(schedule), schedule.recurrence) == (None, None, recurrence)
    assert codes(schedule) == [("schedule", code)]


def test_recurring_work_can_have_a_certain_end():
    schedule = parse_schedule("প্রতি মাসে", "৩১ ডিসেম্বর ২০২৪", **CALENDAR)
    assert dates(schedule) == (None, date(2024, 12, 31))
    assert (schedule.recurrence, schedule.doubts) == (Recurrence(MONTH), ())


@pytest.mark.parametrize(
    ("cells", "expected", "doubts"),
    [
        (["৯ মে ২০২৪"], (date(2024, 5, 9), None), [("ends_on", DoubtCode.END_MISSING)]),
        (["", "৯ মে ২০২৪"], (None, date(2024, 5, 9)), []),
        (["৯ মে ২০২৪", "চলমান"], (date(2024, 5, 9), None), []),
        (["৯ মে ২০২৪", "৯ মে ২০২৪"], (date(2024, 5, 9), date(2024, 5, 9)), []),
        (
            ["৯ মে ২০২৪", "৮ মে ২০২৪"],
            (date(2024, 5, 9), date(2024, 5, 8)),
            [("ends_on", DoubtCode.END_BEFORE_START)],
        ),
        (
            ["৯ মে ২০২৩", "৮ জানুয়ারি ২০২৫"],
            (date(2023, 5, 9), date(2025, 1, 8)),
            [("starts_on", DoubtCode.OUTSIDE_PERIOD), ("ends_on", DoubtCode.OUTSIDE_PERIOD)],
        ),
        (
            ["৯ মে", "৩১ জুন ২০২৪"],
            (date(2024, 5, 9), None),
            [("starts_on", DoubtCode.YEAR_FILLED), ("ends_on", DoubtCode.IMPOSSIBLE_DATE)],
        ),
        (
            ["৯ মে ২০২৪ এর মধ্যে", "৯ জুন ২০২৪"],
            (None, date(2024, 6, 9)),
            [("starts_on", DoubtCode.WORDS_UNREAD)],
        ),
        (
            ["৯ মে ২০২৪", "৯ জুন ২০২৪ হতে"],
            (date(2024, 5, 9), None),
            [("ends_on", DoubtCode.WORDS_UNREAD)],
        ),
        (
            ["১ মে ২০২৪ হতে ৫ মে ২০২৪", "৯ জুন ২০২৪"],
            (None, date(2024, 6, 9)),
            [("starts_on", DoubtCode.SEVERAL_DATES)],
        ),
        (
            ["০১/০৫/২০২৪\n০৯/০৫/২০২৪"],
            (date(2024, 5, 1), date(2024, 5, 9)),
            [("schedule", DoubtCode.RANGE_INFERRED)],
        ),
        (["১ মে ২০২৪ ও ৯ মে ২০২৪"], (None, None), [("schedule", DoubtCode.SEVERAL_DATES)]),
        (
            ["১ মে ২০২৪, ৫ মে ২০২৪, ৯ মে ২০২৪"],
            (None, None),
            [("schedule", DoubtCode.SEVERAL_DATES)],
        ),
        (
            ["১৫ নভেম্ব র ২০২৪", "১৬/১২/২৪"],
            (date(2024, 11, 15), date(2024, 12, 16)),
            [("starts_on", DoubtCode.MONTH_REPAIRED), ("ends_on", DoubtCode.TWO_DIGIT_YEAR)],
        ),
        (["দ্রুত", "৯ মে ২০২৪"], (None, date(2024, 5, 9)), [("starts_on", DoubtCode.UNREADABLE)]),
        (
            ["নভেম্বর-ফেব্রুয়ারি ২০২৪"],
            (date(2023, 11, 1), date(2024, 2, 29)),
            [("starts_on", DoubtCode.YEAR_FILLED), ("starts_on", DoubtCode.OUTSIDE_PERIOD)],
        ),
    ],
)
def test_what_is_doubtful_is_said_of_the_right_cell(cells, expected, doubts):
    schedule = parse_schedule(*cells, **CALENDAR)
    assert dates(schedule) == expected
    assert codes(schedule) == doubts


def test_a_doubt_quotes_the_words():
    schedule = parse_schedule("৯ মে ২০২৪", "১৪  নভেম্ব\nর ২০২৪")
    assert schedule.doubts == (DateDoubt("ends_on", DoubtCode.MONTH_REPAIRED, "১৪  নভেম্ব\nর ২০২৪"),)


@pytest.mark.parametrize(
    ("period", "expected", "code"),
    [
        (FISCAL, date(2025, 5, 9), DoubtCode.YEAR_FILLED),
        (CALENDAR, date(2024, 5, 9), DoubtCode.YEAR_FILLED),
        (
            {"period_start": date(2024, 1, 1), "period_end": date(2025, 12, 31)},
            None,
            DoubtCode.YEAR_MISSING,
        ),
        (
            {"period_start": date(2024, 7, 1), "period_end": date(2024, 12, 31)},
            None,
            DoubtCode.YEAR_MISSING,
        ),
        ({}, None, DoubtCode.YEAR_MISSING),
    ],
)
def test_a_missing_year_is_filled_only_if_one_date_fits(period, expected, code):
    schedule = parse_schedule("", "৯ মে", **period)
    assert schedule.ends_on == expected
    assert codes(schedule) == [("ends_on", code)]


def test_a_missing_year_can_come_from_the_other_cell():
    schedule = parse_schedule("১ ডিসেম্বর", "১০ জানুয়ারি ২০২৫")
    assert dates(schedule) == (date(2024, 12, 1), date(2025, 1, 10))
    assert codes(schedule) == [("starts_on", DoubtCode.YEAR_FILLED)]


def test_the_other_cell_lends_its_year_before_the_period_does():
    schedule = parse_schedule("১ মে", "৯ মে ২০২৩", **CALENDAR)
    assert dates(schedule) == (date(2023, 5, 1), date(2023, 5, 9))


def test_a_bangla_date_takes_its_year_from_the_period():
    schedule = parse_schedule("", "২৬ বৈশাখ", **CALENDAR)
    assert schedule.ends_on == date(2024, 5, 9)
    assert codes(schedule) == [("ends_on", DoubtCode.YEAR_FILLED)]


def test_nothing_written_gives_nothing():
    assert parse_schedule("\ufeff", " \n") == parse_schedule("")
    assert parse_schedule("").text == ""


@given(
    st.one_of(st.text(), date_like_text),
    st.one_of(st.text(), date_like_text),
    any_day,
    st.integers(0, 800),
)
def test_any_words_are_answered_and_kept(start, end, first, length):
    period = {"period_start": first, "period_end": first + timedelta(days=length)}
    schedule = parse_schedule(start, end, **period)
    plain = parse_schedule(start, end)
    assert plain.text == schedule.text
    assert plain.recurrence == schedule.recurrence
    # A period adds dates where a year or a quarter was missing; it never changes one.
    assert plain.starts_on in (None, schedule.starts_on)
    for doubt in schedule.doubts:
        assert doubt.words
    outside = {d.field for d in schedule.doubts if d.code is DoubtCode.OUTSIDE_PERIOD}
    for field, day in (("starts_on", schedule.starts_on), ("ends_on", schedule.ends_on)):
        inside = day is None or period["period_start"] <= day <= period["period_end"]
        assert inside == (field not in outside)
