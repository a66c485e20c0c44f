import unicodedata
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.dates import (
    format_bangla_date,
    format_date,
    format_time,
    month_name,
    parse_time,
    weekday_name,
)

any_day = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def test_both_calendars():
    day = date(2019, 8, 26)
    assert format_date(day) == "২৬ আগস্ট ২০১৯"
    assert format_date(day, lang="en") == "26 August 2019"
    assert format_bangla_date(day) == "১১ ভাদ্র ১৪২৬"
    assert format_bangla_date(day, lang="en") == "11 Bhadro 1426"
    assert weekday_name(day) == "সোমবার"
    assert weekday_name(day, "en") == "Monday"


def test_month_names_run_from_january():
    assert [month_name(n) for n in (1, 2, 12)] == ["জানুয়ারি", "ফেব্রুয়ারি", "ডিসেম্বর"]
    assert month_name(5, "en") == "May"


@pytest.mark.parametrize("number", [0, 13])
def test_month_name_refuses_other_numbers(number):
    with pytest.raises(ValueError, match="no month"):
        month_name(number)


@given(any_day)
def test_what_is_written_is_nfc_with_digits_of_one_script(day):
    for words in (format_date(day), format_bangla_date(day), weekday_name(day)):
        assert unicodedata.is_normalized("NFC", words)
        assert not any(c in "0123456789" for c in words)


@pytest.mark.parametrize("lang", ["bn", "en"])
def test_a_formatted_time_is_read_back_as_the_same_minute(lang):
    for hour in range(24):
        for minute in (0, 5, 59):
            moment = time(hour, minute)
            assert parse_time(format_time(moment, lang=lang)) == moment


def test_a_time_names_its_part_of_the_day():
    assert format_time(time(13, 30)) == "দুপুর ১:৩০ টা"
    assert format_time(time(9, 5), lang="en") == "9:05 AM"
