from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangla.dates import parse_time
from bangla.digits import to_bangla


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("দুপুর ১:৩০ টায়", time(13, 30)),
        ("সকাল ১১.০০ ঘটিকা", time(11)),
        ("সকাল ১০টায় সম্মেলন কক্ষে", time(10)),
        ("বিকাল ৩টা ৩০ মিনিটে", time(15, 30)),
        ("সাড়ে ১০টায়", time(10, 30)),
        ("পৌনে ১২টা", time(11, 45)),
        ("অপরাহ্ণ ২:১৫ ঘটিকায়", time(14, 15)),
        ("বেলা ১২ টা", time(12)),
        ("রাত ১২:০৫ টায়", time(0, 5)),
        ("11:30 AM", time(11, 30)),
        ("2.45 p.m.", time(14, 45)),
        ("২৬.০৮.২০১৯ সকাল ১১.০০", time(11)),
        ("2026-11-21T13:45:00", time(13, 45)),
        ("১১.৩০", time(11, 30)),
        ("", None),
        ("১:৩০", None),
        ("১০টাকা", None),
        ("সকাল ১০টা থেকে ১১টা", None),
        ("সকাল ১১:৭৫", None),
        ("২৬.০৮.২০১৯", None),
    ],
)
def test_parse_time(words, expected):
    assert parse_time(words) == expected


@given(st.times())
def test_a_clock_of_24_hours_is_read_when_it_cannot_mean_two_times(moment):
    words = to_bangla(f"{moment:%H:%M}")
    expected = None if 1 <= moment.hour < 8 else moment.replace(second=0, microsecond=0)
    assert parse_time(words) == expected


@given(st.text())
def test_any_text_is_answered(text):
    parse_time(text)
