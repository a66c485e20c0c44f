"""Invented reports of a whole country over years, to see how the nation's page bears them.

Everything follows from the office's code and the year, so that two machines make the same nation.
Rows are written in bulk, past the actions: five thousand sendings one by one would take an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from teams.actions import load_offices
from teams.enums import DueKind, Role
from teams.models import Extension, Office, PostHolding, User
from teams.offices import read_offices
from workplans.periods import Period

from ...enums import ReportKind
from ...models import Report
from ..periods import Calendar
from .fates import fate_of
from .lots import BATCH
from .people import exempt_some, people_of
from .rows import write_figures, write_reviews, write_sections, write_submissions


class AlreadyReal(Exception):
    """The database holds what somebody has written."""


@dataclass(slots=True)
class Seeded:
    """How much was added."""

    people: int = 0
    reports: int = 0
    submissions: int = 0
    figures: int = 0
    reviews: int = 0


def refuse_real_data() -> None:
    """Raises AlreadyReal unless everybody has an invented address, and every report was begun by
    one of them."""
    if User.objects.exclude(email__endswith=".test").exists():
        raise AlreadyReal("There are people in this database who may be real.")
    if Report.objects.exclude(created_by__email__endswith=".test").exists():
        raise AlreadyReal("There are reports in this database that may be real.")


@transaction.atomic
def seed_nation(*, teams: int, years: int, today: date | None = None) -> Seeded:
    """Add reports of so many offices over so many years up to the last that is over.

    Offices are loaded if there are none; offices and years that have a report are passed by.
    """
    today = today or timezone.localdate()
    seeded = Seeded()
    if not Office.objects.exists():
        load_offices(rows=read_offices())
    offices = _spread(list(Office.objects.active().order_by("path")), teams)
    known = User.objects.count()
    heads, reviewers = people_of(offices)
    seeded.people = User.objects.count() - known
    calendar = Calendar(ReportKind.ANNUAL)
    periods = calendar.beside(calendar.last_over(today), years)
    for age, period in enumerate(periods):
        exempt_some(offices, period, by=reviewers[0])
        _year(offices, period, age, heads, reviewers, today, seeded)
    return seeded


def _spread(offices: Sequence[Office], count: int) -> list[Office]:
    """So many of them, evenly over the tree, so that every tier and division is there."""
    if count >= len(offices):
        return list(offices)
    return [offices[number * len(offices) // count] for number in range(count)]


def _year(
    offices: Sequence[Office],
    period: Period,
    age: int,
    heads: dict[int, User],
    reviewers: Sequence[User],
    today: date,
    seeded: Seeded,
) -> None:
    """The reports of one year; `age` is how many years it lies back, 0 for the last."""
    taken = set(
        Report.objects.filter(kind=ReportKind.ANNUAL)
        .for_period(period)
        .values_list("office_id", flat=True)
    )
    granted = dict(
        Extension.objects.in_force()
        .filter(kind=DueKind.ANNUAL_REPORT, starts_on=period.starts_on, office__isnull=False)
        .values_list("office_id", "new_due_on")
    )
    usual = date(period.ends_on.year, 7, 31)
    posts = {
        holding.person_id: holding.post_id
        for holding in PostHolding.objects.filter(
            person__in=reviewers, post__role=Role.CABINET_REVIEWER, ends_on__isnull=True
        )
    }
    fates = [
        fate
        for office in offices
        if office.pk not in taken
        and granted.get(office.pk, usual) is not None
        and (
            fate := fate_of(
                office,
                period,
                age,
                granted.get(office.pk) or usual,
                heads[office.pk],
                reviewers,
                posts,
                today,
            )
        )
    ]
    Report.objects.bulk_create((fate.report for fate in fates), batch_size=BATCH)
    seeded.reports += len(fates)
    write_sections([fate.report for fate in fates])
    submissions = write_submissions(fates)
    seeded.submissions += len(submissions)
    seeded.figures += write_figures(submissions)
    seeded.reviews += write_reviews(fates, submissions)
