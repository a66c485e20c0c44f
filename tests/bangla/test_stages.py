"""Sub-steps in one cell, and their dates."""

from datetime import date

import pytest

from bangla.dates import DoubtCode, parse_schedule, split_stages

YEAR = {"period_start": date(2026, 7, 1), "period_end": date(2027, 6, 30)}


@pytest.mark.parametrize(
    ("text", "head", "stages"),
    [
        ("ক) প্রস্তুতি খ) আয়োজন", "", [("ক", "প্রস্তুতি"), ("খ", "আয়োজন")]),
        ("প্রশিক্ষণ: (ক) প্রস্তুতি; (খ) আয়োজন।", "প্রশিক্ষণ:", [("ক", "প্রস্তুতি"), ("খ", "আয়োজন")]),
        ("(১) প্রস্তুতি (২) আয়োজন", "", [("১", "প্রস্তুতি"), ("২", "আয়োজন")]),
        ("1) plan 2) do 3) check", "", [("১", "plan"), ("২", "do"), ("৩", "check")]),
        ("a. plan B. do", "", [("a", "plan"), ("b", "do")]),
        ("ক. প্রস্তুতি\nখ. আয়োজন", "", [("ক", "প্রস্তুতি"), ("খ", "আয়োজন")]),
        ("১. প্রস্তুতি\n২. আয়োজন", "", [("১", "প্রস্তুতি"), ("২", "আয়োজন")]),
        ("ক) ১) এক ২) দুই খ) তিন", "", [("ক", "১) এক ২) দুই"), ("খ", "তিন")]),
    ],
)
def test_text_is_cut_at_its_letters(text: str, head: str, stages: list[tuple[str, str]]) -> None:
    found = split_stages(text)
    assert found is not None
    assert (found.head, [(one.letter, one.words) for one in found.stages]) == (head, stages)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ক) একা",
        "ড. রহমানের প্রশিক্ষণ",
        "খ) পরেরটি গ) তারপর",
        "ক) এক গ) তিন",
        "ক) এক খ) দুই ক) আবার",
        "১. ১ মার্চ ২০২৭ ২. ১ এপ্রিল ২০২৭",  # a point behind a number may belong to a date
        "১.৩.২০২৭",
        "১ মার্চ ২০২৭",
    ],
)
def test_what_is_no_list_of_steps_stays_whole(text: str) -> None:
    assert split_stages(text) is None


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "stages"),
    [
        (
            "ক) ১ মার্চ ২০২৭ খ) ১ এপ্রিল ২০২৭",
            "ক) ১৫ মার্চ ২০২৭ খ) ১৫ এপ্রিল ২০২৭",
            date(2027, 3, 1),
            date(2027, 4, 15),
            [
                ("ক", date(2027, 3, 1), date(2027, 3, 15)),
                ("খ", date(2027, 4, 1), date(2027, 4, 15)),
            ],
        ),
        # One cell is for all.
        (
            "১ মার্চ ২০২৭",
            "(১) ১৫/৩/২০২৭ (২) ৩০/৫/২০২৭",
            date(2027, 3, 1),
            date(2027, 5, 30),
            [
                ("১", date(2027, 3, 1), date(2027, 3, 15)),
                ("২", date(2027, 3, 1), date(2027, 5, 30)),
            ],
        ),
        # One column that tells both.
        (
            "ক) ০১/০৯/২০২৬ – ৩০/০৯/২০২৬ খ) ১/১০/২০২৬ থেকে ৩১/১০/২০২৬ পর্যন্ত",
            "",
            date(2026, 9, 1),
            date(2026, 10, 31),
            [
                ("ক", date(2026, 9, 1), date(2026, 9, 30)),
                ("খ", date(2026, 10, 1), date(2026, 10, 31)),
            ],
        ),
    ],
)
def test_each_step_has_its_own_dates_without_a_doubt(
    start: str, end: str, first: date, last: date, stages: list[tuple[str, date, date]]
) -> None:
    read = parse_schedule(start, end, **YEAR)
    assert (read.starts_on, read.ends_on, read.doubts) == (first, last, ())
    assert [(one.letter, one.starts_on, one.ends_on) for one in read.stages] == stages


@pytest.mark.parametrize(
    ("start", "end", "codes"),
    [
        ("ক) ১ মার্চ ২০২৭ খ) ১ এপ্রিল ২০২৭", "ক) ১৫ মার্চ ২০২৭", [DoubtCode.STAGES_DIFFER]),
        ("ক) ১ মার্চ ২০২৭ খ) ১ এপ্রিল ২০২৭", "", [DoubtCode.END_MISSING]),
        ("ক) ৩১ জুন ২০২৭ খ) ১ এপ্রিল ২০২৭", "৩০ জুন ২০২৭", [DoubtCode.IMPOSSIBLE_DATE]),
        ("ক) প্রতি মাসের ১৫ তারিখ খ) ১ মার্চ ২০২৭", "৩০ জুন ২০২৭", [DoubtCode.RECURRENCE_CONFLICT]),
        (
            "ক) ১ মার্চ ২০২৮ খ) ১ এপ্রিল ২০২৭",
            "৩০ জুন ২০২৭",
            [DoubtCode.OUTSIDE_PERIOD, DoubtCode.END_BEFORE_START],
        ),
    ],
)
def test_what_does_not_fit_is_doubted(start: str, end: str, codes: list[DoubtCode]) -> None:
    assert {doubt.code for doubt in parse_schedule(start, end, **YEAR).doubts} == set(codes)
