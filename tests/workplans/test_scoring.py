"""What achievements are worth: the examples worked by hand, and what must always hold."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplans.enums import Unit
from workplans.scoring import (
    TargetsOutOfOrder,
    UnreadableValue,
    raw_score,
    read_value,
    scale_of,
    total,
    weighted_score,
)

PERIOD = (date(2026, 7, 1), date(2027, 6, 30))
ADR = Path(__file__).parents[2] / "docs/adr/0024-scores.md"


def examples() -> list[list[str]]:
    """The rows of the table in the ADR, without the number in front."""
    lines = [line for line in ADR.read_text().splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row[1:] for row in rows if row[0].isdecimal()]


def test_adr_has_enough_examples() -> None:
    assert len(examples()) >= 18
    assert {row[0] for row in examples()} == set(Unit.values)


@pytest.mark.parametrize("row", examples(), ids=lambda row: f"{row[0]} {row[6]}")
def test_score_equals_the_one_worked_by_hand(row: list[str]) -> None:
    unit, *targets, achieved, raw, weight, weighted, _how = row
    score = raw_score(unit, targets, achieved, period=PERIOD)
    assert (score.value, score.reason) == (Decimal(raw), "")
    share = weighted_score(read_value(Unit.NUMBER, weight), score.value)
    assert share == Decimal(weighted)


# --- Reading --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        ("number", "১,২০,০০০", Decimal(120_000)),
        ("number", "120,000", Decimal(120_000)),
        ("number", "12,34,567.5", Decimal("1234567.5")),
        ("number", " ৫ টি ", Decimal(5)),
        ("percent", "৯৫%", Decimal(95)),
        ("percent", "৯৫ শতাংশ", Decimal(95)),
        ("percent", "120", Decimal(120)),
        ("date", "৩০/০৬/২০২৭", date(2027, 6, 30)),
        ("date", "30 June 2027", date(2027, 6, 30)),
        ("date", "৩০.০৬.২৭", date(2027, 6, 30)),
        ("date", "৩০ জুন ২০২৭ এর মধ্যে", date(2027, 6, 30)),
        ("date", "৩১ ডিসেম্বর", date(2026, 12, 31)),
        ("date", "৩০ জুন ২০৩০", date(2030, 6, 30)),
        ("yes_no", "হ্যাঁ", True),
        ("yes_no", "Yes", True),
        ("yes_no", "না", False),
        ("number", "", None),
        ("date", "—", None),
        ("percent", " - ", None),
    ],
)
def test_value_is_read_as_officers_write_it(unit: str, text: str, value: object) -> None:
    assert read_value(unit, text, period=PERIOD) == value


@pytest.mark.parametrize(
    ("unit", "text", "mend"),
    [
        ("number", "১,২", "অঙ্কে লিখুন"),
        ("number", "-৫", "অঙ্কে লিখুন"),
        ("number", "২ লক্ষ", "অঙ্কে লিখুন"),
        ("number", "২০ জনের মধ্যে ১৪ জন", "অঙ্কে লিখুন"),
        ("number", "1e5", "অঙ্কে লিখুন"),
        ("number", "৯" * 60, "অঙ্কে লিখুন"),
        ("percent", "৯৫ জন", "৯৫%"),
        ("date", "জুন ২০২৭", "দিন, মাস ও বছর"),
        ("date", "৩১ জুন ২০২৭", "দিন, মাস ও বছর"),
        ("date", "৩০ জুলই ২০২৬", "দিন, মাস ও বছর"),
        ("date", "০৭/২৫/২০২৭", "দিন, মাস ও বছর"),
        ("date", "১ ও ৫ জুন ২০২৭", "দিন, মাস ও বছর"),
        ("yes_no", "হয়তো", "“হ্যাঁ” অথবা “না”"),
    ],
)
def test_what_could_mean_two_things_is_refused_with_the_mend(
    unit: str, text: str, mend: str
) -> None:
    with pytest.raises(UnreadableValue, match=mend):
        read_value(unit, text, period=PERIOD)


def test_day_without_year_needs_a_period() -> None:
    with pytest.raises(UnreadableValue):
        read_value("date", "৩০ জুন")


@pytest.mark.parametrize(
    ("unit", "targets", "grade"),
    [
        ("number", ["১০", "১২", "৮", "", ""], 90),
        ("number", ["১০", "", "৮", "", "৯"], 60),
        ("date", ["৩০/০৬/২০২৭", "৩১/০৫/২০২৭", "", "", ""], 90),
    ],
)
def test_targets_in_no_order_are_refused_at_the_cell(
    unit: str, targets: list[str], grade: int
) -> None:
    with pytest.raises(TargetsOutOfOrder) as caught:
        scale_of(unit, targets)
    assert caught.value.grade == grade
    score = raw_score(unit, targets, "১০" if unit == "number" else "১ জুন ২০২৭")
    assert score.value is None
    assert score.reason == str(caught.value)


@pytest.mark.parametrize(
    ("targets", "achieved", "reason"),
    [
        (["১০", "৯", "৮", "৭", "৬"], "", "জানানো হয়নি"),
        (["১০", "৯", "৮", "৭", "৬"], "অনেক", "সংখ্যা হিসেবে পড়া গেল না"),
        (["", "-", "", "", ""], "৫", "লক্ষ্যমাত্রা লেখা হয়নি"),
        (["দশ", "", "", "", ""], "৫", "সংখ্যা হিসেবে পড়া গেল না"),
    ],
)
def test_no_score_says_why(targets: list[str], achieved: str, reason: str) -> None:
    score = raw_score("number", targets, achieved)
    assert score.value is None
    assert reason in score.reason


def test_without_the_best_target_the_best_given_grade_is_the_most() -> None:
    targets = ["", "", "৮", "৭", ""]
    assert raw_score("number", targets, "২০").value == 80
    assert raw_score("number", targets, "৭.৫").value == 75
    assert raw_score("number", targets, "৬").value == 0


def test_no_is_the_goal_where_the_target_says_so() -> None:
    assert raw_score("yes_no", ["না", "", "", "", ""], "না").value == 100
    assert raw_score("yes_no", ["না", "", "", "", ""], "হ্যাঁ").value == 0


def test_unknown_adds_nothing_to_a_total() -> None:
    assert total([Decimal("4.25"), None, Decimal("0.00")]) == Decimal("4.25")
    assert total([None, None]) is None
    assert weighted_score(None, Decimal(100)) is None


# --- What must always hold --------------------------------------------------------------------
numbers = st.integers(min_value=0, max_value=10_000_000)
places = st.lists(st.one_of(st.none(), numbers), min_size=5, max_size=5).filter(
    lambda drawn: any(one is not None for one in drawn)
)


def in_order(drawn: list[int | None], *, falling: bool) -> list[int | None]:
    """The same places with the numbers sorted: best first where more is better."""
    ordered = iter(sorted((one for one in drawn if one is not None), reverse=falling))
    return [None if one is None else next(ordered) for one in drawn]


def is_more_better(targets: list[int | None], *, falling: bool) -> bool:
    """Equal or lone targets mean more, but for a lone zero."""
    given = [one for one in targets if one is not None]
    if len(set(given)) > 1:
        return falling
    return given[0] != 0


@given(
    places.filter(any_of := lambda drawn: any(one is not None for one in drawn)),
    st.booleans(),
    numbers,
    numbers,
)
def test_better_never_scores_less(
    drawn: list[int | None], falling: bool, one: int, other: int
) -> None:
    targets = in_order(drawn, falling=falling)
    texts = ["" if target is None else str(target) for target in targets]
    worse, better = sorted((one, other), reverse=not is_more_better(targets, falling=falling))
    low, high = (raw_score("number", texts, str(value)).value for value in (worse, better))
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 100


@given(places, st.integers(0, 700), st.integers(0, 700))
def test_earlier_never_scores_less(drawn: list[int | None], one: int, other: int) -> None:
    first = date(2026, 7, 1)
    days = in_order([None if day is None else day % 700 for day in drawn], falling=False)
    texts = ["" if day is None else (first + timedelta(days=day)).isoformat() for day in days]
    early, late = ((first + timedelta(days=day)).isoformat() for day in sorted((one, other)))
    high, low = raw_score("date", texts, early).value, raw_score("date", texts, late).value
    assert high is not None
    assert low is not None
    assert 0 <= low <= high <= 100


@given(places, st.booleans())
def test_each_target_earns_at_least_its_grade(drawn: list[int | None], falling: bool) -> None:
    texts = ["" if one is None else str(one) for one in in_order(drawn, falling=falling)]
    for grade, text in zip((100, 90, 80, 70, 60), texts, strict=True):
        if text:
            score = raw_score("number", texts, text).value
            assert score is not None
            assert score >= grade


@given(st.text(max_size=80), st.sampled_from(Unit.values))
def test_any_text_is_read_or_refused(text: str, unit: str) -> None:
    score = raw_score(unit, [text, "", "", "", ""], text, period=PERIOD)
    assert score.value == 100 or (score.value is None and score.reason)
