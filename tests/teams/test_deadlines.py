"""When something is due: dated rules, and what was granted."""

from datetime import UTC, date, datetime

import pytest

from teams.deadlines import Due, Grants, Rules, due_for
from teams.enums import DueKind
from teams.models import DueRule, Extension

ANNUAL, HALF = DueKind.ANNUAL_REPORT, DueKind.HALF_YEAR
MEETING, PLAN, REVIEW = DueKind.MEETING, DueKind.PLAN, DueKind.REVIEW
GAZETTED = date(2023, 11, 16)
YEAR = (date(2026, 7, 1), date(2027, 6, 30))


def rule(
    kind: str,
    month: int | None = None,
    day: int | None = None,
    *,
    since: date = GAZETTED,
    until: date | None = None,
    after: int | None = None,
) -> DueRule:
    return DueRule(
        kind=kind, month=month, day=day, days_after=after, valid_from=since, valid_to=until
    )


def grant(new: date | None, *, office: int | None = 7, kind: str = ANNUAL) -> Extension:
    return Extension(
        kind=kind,
        office_id=office,
        starts_on=YEAR[0],
        new_due_on=new,
        granted_at=datetime(2027, 7, 20, 18, 30, tzinfo=UTC),
    )


def due(rules: list[DueRule], grants: list[Extension], *, office: int = 7) -> Due:
    return due_for(
        kind=ANNUAL,
        office_id=office,
        starts_on=YEAR[0],
        ends_on=YEAR[1],
        rules=Rules(rules),
        grants=Grants(grants),
    )


# --- The days a rule names -----------------------------------------------------------------------
def test_yearly_rule_names_its_day_each_year() -> None:
    rules = Rules([rule(ANNUAL, 7, 31)])
    days = rules.dues(ANNUAL, date(2024, 7, 31), date(2026, 7, 30))
    assert days == [date(2024, 7, 31), date(2025, 7, 31)]
    assert rules.next_due(ANNUAL, date(2026, 8, 1)) == date(2027, 7, 31)


@pytest.mark.parametrize(
    ("day", "february", "leap", "april"),
    [(31, 28, 29, 30), (30, 28, 29, 30), (29, 28, 29, 29), (28, 28, 28, 28), (5, 5, 5, 5)],
)
def test_monthly_rule_takes_the_last_day_of_shorter_months(
    day: int, february: int, leap: int, april: int
) -> None:
    rules = Rules([rule(MEETING, day=day)])
    for first, length, wanted in (
        (date(2027, 2, 1), 28, february),
        (date(2028, 2, 1), 29, leap),
        (date(2027, 4, 1), 30, april),
        (date(2027, 12, 1), 31, day),
    ):
        wanted_on = first.replace(day=wanted)
        assert rules.due_of(MEETING, first, first.replace(day=length)) == wanted_on
        assert rules.next_due(MEETING, first) == wanted_on
    assert len(rules.dues(MEETING, date(2027, 1, 1), date(2027, 12, 31))) == 12


def test_days_after_count_from_what_brought_it_about() -> None:
    rules = Rules(
        [
            rule(REVIEW, after=15, until=date(2027, 12, 31)),
            rule(REVIEW, after=10, since=date(2027, 8, 1)),
        ]
    )
    assert rules.days_after(REVIEW, date(2023, 11, 15)) is None
    assert rules.days_after(REVIEW, date(2027, 7, 31)) == 15
    assert rules.days_after(REVIEW, date(2027, 8, 1)) == 10
    assert rules.days_after(ANNUAL, date(2027, 8, 1)) is None
    assert rules.next_due(REVIEW, date(2027, 8, 1)) is None


def test_newer_rule_takes_the_place_of_an_older_one_that_was_left_open() -> None:
    rules = Rules([rule(ANNUAL, 7, 31), rule(ANNUAL, 8, 15, since=date(2027, 1, 1))])
    assert rules.dues(ANNUAL, date(2026, 1, 1), date(2028, 12, 31)) == [
        date(2026, 7, 31),
        date(2027, 8, 15),
        date(2028, 8, 15),
    ]
    assert rules.known_on(ANNUAL, date(2026, 7, 31)) == GAZETTED
    assert rules.known_on(ANNUAL, date(2027, 8, 15)) == date(2027, 1, 1)


def test_rules_that_start_together_count_side_by_side() -> None:
    rules = Rules([rule(HALF, 1, 31), rule(HALF, 7, 31)])
    assert rules.due_of(HALF, date(2026, 7, 1), date(2026, 12, 31)) == date(2027, 1, 31)
    assert rules.due_of(HALF, date(2027, 1, 1), date(2027, 6, 30)) == date(2027, 7, 31)


def test_rule_counts_for_due_days_on_which_it_is_in_force() -> None:
    rules = Rules([rule(ANNUAL, 7, 31, since=date(2025, 7, 31), until=date(2026, 7, 31))])
    days = rules.dues(ANNUAL, date(2020, 1, 1), date(2030, 1, 1))
    assert days == [date(2025, 7, 31), date(2026, 7, 31)]
    assert Rules([rule(ANNUAL, 7, 31, until=date(2026, 7, 30))]).next_due(ANNUAL, YEAR[0]) is None


# --- What belongs to a period -------------------------------------------------------------------
def test_report_is_due_after_its_period_and_plan_and_meeting_within() -> None:
    rules = Rules([rule(ANNUAL, 7, 31), rule(PLAN, 7, 31), rule(MEETING, day=31)])
    assert rules.due_of(ANNUAL, *YEAR) == date(2027, 7, 31)
    assert rules.due_of(ANNUAL, date(2026, 1, 1), date(2026, 12, 31)) == date(2027, 7, 31)
    assert rules.due_of(PLAN, *YEAR) == date(2026, 7, 31)
    assert rules.due_of(MEETING, date(2026, 9, 1), date(2026, 9, 30)) == date(2026, 9, 30)


def test_period_that_was_over_before_the_rule_is_not_owed_by_it() -> None:
    """The first due day after a rule belongs to the period then under way, not to all before."""
    rules = Rules(
        [rule(kind, 7, 31, since=date(2026, 7, 1)) for kind in (PLAN, ANNUAL)]
        + [rule(MEETING, day=31, since=date(2026, 7, 1))]
    )
    assert rules.due_of(PLAN, date(2025, 7, 1), date(2026, 6, 30)) is None
    assert rules.due_of(ANNUAL, date(2024, 7, 1), date(2025, 6, 30)) is None
    assert rules.due_of(ANNUAL, date(2025, 7, 1), date(2026, 6, 30)) == date(2026, 7, 31)
    assert rules.due_of(MEETING, date(2026, 6, 1), date(2026, 6, 30)) is None
    assert rules.due_of(MEETING, date(2026, 7, 1), date(2026, 7, 31)) == date(2026, 7, 31)


# --- Grants -------------------------------------------------------------------------------------
def test_due_day_of_an_office_is_the_rules_unless_something_was_granted() -> None:
    rules = [rule(ANNUAL, 7, 31)]
    assert due(rules, []) == Due(date(2027, 7, 31), known_on=GAZETTED)
    more = grant(date(2027, 8, 31))
    # 18:30 in UTC is the next day in Dhaka.
    assert due(rules, [more]) == Due(date(2027, 8, 31), extension=more, known_on=date(2027, 7, 21))
    assert due(rules, [more], office=8).on == date(2027, 7, 31)
    other = Extension(kind=HALF, office_id=7, starts_on=YEAR[0], new_due_on=date(2028, 1, 1))
    assert due(rules, [other]).on == date(2027, 7, 31)


def test_exemption_leaves_no_due_day() -> None:
    off = grant(None)
    found = due([rule(ANNUAL, 7, 31)], [off])
    assert (found.on, found.is_exempt, found.extension) == (None, True, off)


def test_own_grant_goes_before_one_for_all() -> None:
    rules = [rule(ANNUAL, 7, 31)]
    grants = [grant(date(2027, 8, 31), office=None), grant(None)]
    assert due(rules, grants).is_exempt
    assert due(rules, grants, office=8).on == date(2027, 8, 31)


def test_nothing_is_due_without_a_rule() -> None:
    assert due([], []) == Due(None)
    assert due([], [grant(date(2027, 8, 31))]).on == date(2027, 8, 31)


@pytest.mark.django_db
def test_rules_that_come_with_the_system_and_grants_are_read_once(
    django_assert_num_queries,
) -> None:
    with django_assert_num_queries(2):
        found = due_for(kind=ANNUAL, office_id=1, starts_on=YEAR[0], ends_on=YEAR[1])
    assert found.on == date(2027, 7, 31)
    rules, grants = Rules(), Grants()
    with django_assert_num_queries(0):
        for office in range(100):
            due_for(
                kind=ANNUAL,
                office_id=office,
                starts_on=YEAR[0],
                ends_on=YEAR[1],
                rules=rules,
                grants=grants,
            )
    assert {rule.kind for rule in DueRule.objects.all()} == set(DueKind) - {
        DueKind.DECISION,
        DueKind.TASK,
    }
    assert all(rule.source for rule in DueRule.objects.all())
