"""The periods a plan may cover."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplans.periods import Period, PeriodError

FIRST_HALF = "2017-01..2017-06"
SECOND_HALF = "২০১৭-০৭..২০১৭-১২"


@pytest.mark.parametrize(
    ("text", "code", "starts_on", "ends_on", "label"),
    [
        ("2016", "2016", date(2016, 1, 1), date(2016, 12, 31), "২০১৬"),
        (" ২০১৬ ", "2016", date(2016, 1, 1), date(2016, 12, 31), "২০১৬"),
        ("2017-2018", "2017-2018", date(2017, 7, 1), date(2018, 6, 30), "২০১৭–১৮ অর্থবছর"),
        ("২০১৭-১৮", "2017-2018", date(2017, 7, 1), date(2018, 6, 30), "২০১৭–১৮ অর্থবছর"),
        ("২০১৭–১৮", "2017-2018", date(2017, 7, 1), date(2018, 6, 30), "২০১৭–১৮ অর্থবছর"),
        ("1999-00", "1999-2000", date(1999, 7, 1), date(2000, 6, 30), "১৯৯৯–০০ অর্থবছর"),
        (FIRST_HALF, FIRST_HALF, date(2017, 1, 1), date(2017, 6, 30), "জানুয়ারি–জুন ২০১৭"),
        (SECOND_HALF, "2017-07..2017-12", date(2017, 7, 1), date(2017, 12, 31), "জুলাই–ডিসেম্বর ২০১৭"),
    ],
)  # fmt: skip
def test_period_is_read_named_and_coded(text, code, starts_on, ends_on, label):
    period = Period.parse(text)
    assert (period.code, period.starts_on, period.ends_on) == (code, starts_on, ends_on)
    assert period.label == label
    assert Period.parse(period.code) == period


@pytest.mark.parametrize(
    "text",
    [
        "", "16", "20160", "0000", "0001", "9999", "2017-2019", "2017-17", "2017-2017",
        "2017-01..2017-07", "2017-02..2017-07",
        "2017-07..2018-06", "2017-13..2017-18", "²⁰¹⁶", "2016\n2017", "বছর",
    ],
)  # fmt: skip
def test_text_that_is_no_period_is_refused_with_the_accepted_forms(text):
    with pytest.raises(PeriodError, match="২০১৭-২০১৮"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2017, 6, 30), "2016-2017"),
        (date(2017, 7, 1), "2017-2018"),
        (date(2018, 1, 1), "2017-2018"),
    ],
)
def test_fiscal_year_turns_on_the_first_of_july(day, code):
    assert Period.fiscal_year_of(day).code == code


@given(st.dates(min_value=date(2, 7, 1), max_value=date(9998, 6, 30)))
def test_periods_of_a_day_contain_it_and_survive_their_code(day):
    for period in (Period.calendar_year_of(day), Period.fiscal_year_of(day)):
        assert period.contains(day)
        assert Period.parse(period.code) == period


def test_neighbouring_days_lie_outside():
    period = Period.parse("2017-2018")
    assert not period.contains(date(2017, 6, 30))
    assert not period.contains(date(2018, 7, 1))
