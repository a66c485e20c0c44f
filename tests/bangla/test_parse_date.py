import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.dates import DoubtCode, format_bangla_date, format_date, month_name, parse_date
from bangla.digits import to_ascii, to_bangla
from tests.bangla.words import date_like_text

any_day = st.dates(date(1950, 1, 1), date(2100, 12, 31))

WRITTEN = [
    lambda d: format_date(d),
    lambda d: format_date(d, lang="en"),
    lambda d: format_bangla_date(d),
    lambda d: f"{d.day}{month_name(d.month)} {d.year}",
    lambda d: f"{d.day}ই {month_name(d.month)}, {d.year} খ্রি.",
    lambda d: f"{month_name(d.month, 'en')} {d.day}, {d.year}",
    lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d.day:02}-{d.month:02}-{d.year}",
    lambda d: f"{d.isoformat()} 00:00:00",
    lambda d: f"তারিখঃ\u00a0{d.day}\n{month_name(d.month)}\n{d.year}",
    lambda d: f"{format_bangla_date(d)} বঙ্গাব্দ/{format_date(d)} খ্রিস্টাব্দ",
]


def codes(parsed):
    return [doubt.code for doubt in parsed.doubts]


@given(any_day, st.sampled_from(WRITTEN), st.sampled_from([str, to_bangla, to_ascii]))
def test_what_was_written_is_read(day, write, script):
    parsed = parse_date(script(write(day)))
    assert (parsed.value, parsed.doubts) == (day, ())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("৭ই মার্চ ১৯৭১", date(1971, 3, 7)),
        ("১লা জানুয়ারী ২০১৮", date(2018, 1, 1)),
        ("৩ ফেব্রুয়ারী ২০১৮", date(2018, 2, 3)),
        ("১২ এপ্রীল ২০১৮", date(2018, 4, 12)),
        ("২২শে আগষ্ট ২০১৮", date(2018, 8, 22)),
        ("৫ সেপ্টেম্বার, ২০১৮", date(2018, 9, 5)),
        ("০৯ অক্টোবার ২০১৮ ইং", date(2018, 10, 9)),
        ("১৬ ডিসেম্বার ২০১৮", date(2018, 12, 16)),
        ("18-Nov-2024", date(2024, 11, 18)),
        ("4 Sept. 2024", date(2024, 9, 4)),
        ("২০২৪ সালের ৯ মে", date(2024, 5, 9)),
        ("২৯/০২/২০২৪", date(2024, 2, 29)),
        ("১ ফাল্গুন ১৪৩০", date(2024, 2, 14)),
        ("২১ নভেম্বর ২০২৬, শনিবার, সকাল ১০.৩০ ঘটিকা", date(2026, 11, 21)),
        ("2024/05/09", date(2024, 5, 9)),
    ],
)
def test_usual_spellings_are_no_doubt(words, expected):
    parsed = parse_date(words)
    assert (parsed.value, parsed.doubts) == (expected, ())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("১৪ নভেম্ব র ২০২৪", date(2024, 11, 14)),
        ("১৪ ফেব্রু\nয়ারি ২০২৪", date(2024, 2, 14)),
        ("১৪ সে প্টেম্ব র ২০২৪", date(2024, 9, 14)),
        ("১৪ ডিসম্বর ২০২৪", date(2024, 12, 14)),
        ("14 Febuary 2024", date(2024, 2, 14)),
        ("১৪ জুুন ২০২৪", date(2024, 6, 14)),
    ],
)
def test_a_broken_or_misspelt_month_is_read_with_a_doubt(words, expected):
    parsed = parse_date(words)
    assert parsed.value == expected
    assert codes(parsed) == [DoubtCode.MONTH_REPAIRED]


@pytest.mark.parametrize(
    ("words", "value", "code"),
    [
        ("৩১ জুন ২০২৪", None, DoubtCode.IMPOSSIBLE_DATE),
        ("২৯ ফেব্রুয়ারি ২০২৩", None, DoubtCode.IMPOSSIBLE_DATE),
        ("৩১ কার্তিক ১৪৩০", None, DoubtCode.IMPOSSIBLE_DATE),
        ("১৩/১৩/২০২৪", None, DoubtCode.IMPOSSIBLE_DATE),
        ("১০ মার্চ ০২০২", None, DoubtCode.IMPOSSIBLE_DATE),
        ("09/25/2024", date(2024, 9, 25), DoubtCode.MONTH_FIRST),
        ("৯ মে ২৪", date(2024, 5, 9), DoubtCode.TWO_DIGIT_YEAR),
        ("09/05/71", date(1971, 5, 9), DoubtCode.TWO_DIGIT_YEAR),
        ("৯ মে", None, DoubtCode.YEAR_MISSING),
        ("মে ২০২৪", None, DoubtCode.DAY_MISSING),
        ("২০২৪ সাল", None, DoubtCode.DAY_MISSING),
        ("৯ মে ২০২৪ ও ১০ মে ২০২৪", None, DoubtCode.SEVERAL_DATES),
        ("রবিবার, ৯ মে ২০২৪", date(2024, 5, 9), DoubtCode.WEEKDAY_DISAGREES),
        ("২৭ বৈশাখ ১৪৩১ / ৯ মে ২০২৪", date(2024, 5, 9), DoubtCode.CALENDARS_DISAGREE),
        ("সম্ভাব্য ৯ মে ২০২৪", date(2024, 5, 9), DoubtCode.WORDS_UNREAD),
        ("৯ মে ২০২৪ এর ৩ দিন পর", None, DoubtCode.WORDS_UNREAD),
        ("৯ মে ২০ ২৪", None, DoubtCode.WORDS_UNREAD),
        ("স্মারক ০৫.১২.২৬০০.১৮", None, DoubtCode.UNREADABLE),
        ("প্রতি মাসে", None, DoubtCode.UNREADABLE),
        ("সারা বছর", None, DoubtCode.UNREADABLE),
        ("-", None, DoubtCode.UNREADABLE),
        ("শীঘ্রই", None, DoubtCode.UNREADABLE),
        ("শব্দ " * 200, None, DoubtCode.UNREADABLE),
    ],
)
def test_what_is_doubtful_is_said(words, value, code):
    parsed = parse_date(words)
    assert parsed.value == value
    assert codes(parsed) == [code]


def test_nothing_written_is_no_doubt():
    assert parse_date(" \u200b\n") == parse_date("")
    assert parse_date("").doubts == ()


def test_default_year_fills_a_missing_year_with_a_doubt():
    parsed = parse_date("৯ মে", default_year=2024)
    assert parsed.value == date(2024, 5, 9)
    assert codes(parsed) == [DoubtCode.YEAR_FILLED]
    assert parse_date("৯ মে ২০২৩", default_year=2024).value == date(2023, 5, 9)
    assert parse_date("২৯ ফেব্রুয়ারি", default_year=2023).value is None


@given(st.one_of(st.text(), date_like_text))
def test_a_date_is_never_made_up(text):
    parsed = parse_date(text)
    if parsed.value is None:
        assert parsed.doubts or not parsed.text
        return
    numbers = {int(n) for n in re.findall("[0-9]+", to_ascii(text))}
    bangla = [int(n) for n in re.findall("[0-9]+", to_ascii(format_bangla_date(parsed.value)))]
    day, year = parsed.value.day, parsed.value.year
    gregorian_said = day in numbers and (year in numbers or year % 100 in numbers)
    assert gregorian_said or set(bangla) <= numbers
