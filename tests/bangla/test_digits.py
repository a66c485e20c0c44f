from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.digits import format_number, group_lakh, to_ascii, to_bangla


@pytest.mark.parametrize(
    ("number", "grouped"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (99999, "99,999"),
        (100000, "1,00,000"),
        (1234567, "12,34,567"),
        (1000000000, "1,00,00,00,000"),
        (-1234567, "-12,34,567"),
        (Decimal("1234567.50"), "12,34,567.50"),
        (Decimal("-0.5"), "-0.5"),
        (Decimal("1E+6"), "10,00,000"),
    ],
)
def test_group_lakh_groups_by_thousand_then_by_hundred(number, grouped):
    assert group_lakh(number) == grouped


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity")])
def test_group_lakh_refuses_what_has_no_digits(number):
    with pytest.raises(ValueError, match="not a finite number"):
        group_lakh(number)


def test_format_number_follows_language():
    assert format_number(1234567) == "১২,৩৪,৫৬৭"
    assert format_number(1234567, lang="en") == "12,34,567"


def test_to_bangla_takes_any_object_and_leaves_letters():
    assert to_bangla(2024) == "২০২৪"
    assert to_bangla("কক্ষ 12/৩") == "কক্ষ ১২/৩"


@given(st.integers())
def test_grouping_keeps_the_number(number):
    assert int(group_lakh(number).replace(",", "")) == number
    assert int(to_ascii(format_number(number)).replace(",", "")) == number


@given(st.text())
def test_digits_survive_a_round_trip(text):
    assert to_ascii(to_bangla(text)) == to_ascii(text)
