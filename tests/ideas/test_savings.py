"""The sums behind every saving that is shown, against the same sums done in whole numbers."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from ideas.enums import UNITS_OF, MeasureKind, MeasureUnit
from ideas.savings import (
    NO_MEASURES,
    NOT_MEASURED,
    PEOPLE_UNKNOWN,
    change,
    totals,
    yearly,
)
from ideas.templatetags.savings_tags import quantity, saved_amount

MINUTES_IN = {"minute": 1, "hour": 60, "day": 1440, "taka": 1, "visit": 1}


@dataclass(frozen=True)
class Row:
    kind: str
    unit: str
    before: Decimal
    after: Decimal | None


figures = st.decimals(0, Decimal("9999999999.99"), places=2)
people = st.none() | st.integers(0, 2**63 - 1)
rows = st.sampled_from(MeasureKind).flatmap(
    lambda kind: st.builds(
        Row,
        st.just(kind),
        st.sampled_from(UNITS_OF[kind]),
        figures,
        st.none() | figures,
    )
)


def days(before: str, after: str | None) -> Row:
    return Row("time", "day", Decimal(before), None if after is None else Decimal(after))


def test_thirty_days_become_seven():
    changed = change(days("30", "7"))

    assert (changed.saved, changed.percent) == (Decimal(23), Decimal("76.7"))
    assert yearly(days("30", "7"), 12_000) == 23 * 24 * 60 * 12_000


def test_a_service_that_got_worse_counts_with_its_minus():
    worse = Row("cost", "taka", Decimal(50), Decimal(80))

    assert change(worse).percent == Decimal("-60.0")
    assert yearly(worse, 100) == -3_000
    assert totals([("এক", [worse], 100)]).cost.amount == -3_000


def test_what_cost_nothing_before_has_no_percentage():
    assert change(Row("cost", "taka", Decimal(0), Decimal(5))).percent is None


@given(rows, people)
def test_a_year_is_the_difference_times_the_people(row: Row, served: int | None):
    found = yearly(row, served)

    if row.after is None or served is None:
        assert found is None
    else:
        expected = (Fraction(row.before) - Fraction(row.after)) * MINUTES_IN[row.unit] * served
        assert Fraction(found) == expected


@given(st.lists(st.tuples(st.integers(1, 9), st.lists(rows, max_size=3), people), max_size=8))
def test_totals_are_the_sum_of_their_terms_and_nothing_is_lost(sources):
    found = totals(sources)

    for total in found:
        expected = sum(
            (Fraction(row.before) - Fraction(row.after)) * MINUTES_IN[row.unit] * served
            for _source, measures, served in sources
            for row in measures
            if row.kind == total.kind and row.after is not None and served is not None
        )
        assert Fraction(total.amount) == expected
        assert all(
            Fraction(term.in_unit) * MINUTES_IN[term.change.unit] == Fraction(term.amount)
            for term in total.terms
        )
    counted = sum(len(total.terms) for total in found)
    assert counted + len(found.uncounted) == sum(len(m) or 1 for _s, m, _p in sources)


@given(st.lists(st.tuples(st.integers(1, 4), st.lists(rows, max_size=3), people), max_size=8))
def test_parts_of_a_total_add_up_to_it(sources):
    whole = totals(sources)
    odd, even = (whole.where(lambda source, rest=rest: source % 2 == rest) for rest in (1, 0))

    for one, two, both in zip(odd, even, whole, strict=True):
        assert Fraction(one.amount) + Fraction(two.amount) == Fraction(both.amount)
    assert len(odd.uncounted) + len(even.uncounted) == len(whole.uncounted)


def test_what_is_not_counted_is_named_with_its_reason():
    found = totals(
        [
            ("পরে নেই", [days("30", None)], 100),
            ("লোক নেই", [days("30", "7")], None),
            ("কিছু নেই", [], 100),
        ]
    )

    assert [(one.source, one.reason) for one in found.uncounted] == [
        ("পরে নেই", NOT_MEASURED),
        ("লোক নেই", PEOPLE_UNKNOWN),
        ("কিছু নেই", NO_MEASURES),
    ]
    assert not found.is_known


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("30.00", "৩০"),
        ("2.50", "২.৫"),
        ("1200000", "১২,০০,০০০"),
        ("-0.25", "\N{MINUS SIGN}০.২৫"),
        ("1E+3", "১,০০০"),
    ],
)
def test_figures_stand_without_idle_zeros(value: str, words: str):
    with override("bn"):
        assert quantity(Decimal(value)) == words


@pytest.mark.parametrize(
    ("amount", "kind", "words"),
    [
        (23 * 1440, "time", "২৩ দিন"),
        (1441, "time", "১ দিন"),
        (90, "time", "১.৫ ঘণ্টা"),
        (59, "time", "৫৯ মিনিট"),
        (-2880, "time", "\N{MINUS SIGN}২ দিন"),
        (1234567, "cost", "১২,৩৪,৫৬৭ টাকা"),
        (90, "visits", "৯০ বার"),
        (0, "time", "০ মিনিট"),
    ],
)
def test_a_yearly_amount_is_told_in_the_unit_one_grasps(amount: int, kind: str, words: str):
    with override("bn"):
        assert saved_amount(Decimal(amount), kind) == words


def test_every_unit_has_its_worth_in_the_base():
    assert {unit for units in UNITS_OF.values() for unit in units} == set(MeasureUnit)
