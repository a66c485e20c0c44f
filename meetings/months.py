"""A team's year as a list of months: which had their meeting, which did not, and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from teams.models import Office
from teams.templatetags.bangla_tags import month_label
from workplans.periods import Period

from .enums import MeetingKind, MeetingStatus
from .models import Decision, Meeting, MeetingQuerySet, NoMeeting

MONTHS_AHEAD = 2  # how far ahead of its month a meeting may be called


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a team's year.

    `first` is its first day; `meetings` are in the order of their days, cancelled ones too,
    each with invited_count, attending_count and open_count; `unmet` says why there was none.
    """

    first: date
    meetings: tuple[Meeting, ...]
    unmet: NoMeeting | None
    this_month: date

    @property
    def label(self) -> str:
        """ "নভেম্বর ২০২৬" """
        return month_label(self.first)

    @property
    def code(self) -> str:
        """How an address names it: "2026-11"."""
        return f"{self.first:%Y-%m}"

    @property
    def is_present(self) -> bool:
        return self.first == self.this_month

    @property
    def is_past(self) -> bool:
        return self.first < self.this_month

    @property
    def is_missing(self) -> bool:
        """The month's regular meeting is neither there nor explained."""
        return self.unmet is None and not any(
            meeting.kind == MeetingKind.MONTHLY and meeting.status != MeetingStatus.CANCELLED
            for meeting in self.meetings
        )


@dataclass(frozen=True, slots=True)
class TeamYear:
    """The months of one office's year, the latest first."""

    office: Office
    months: tuple[Month, ...]

    @property
    def present(self) -> Month | None:
        """This month, while it waits for its meeting."""
        return next((month for month in self.months if month.is_present and month.is_missing), None)


def team_years(offices: Sequence[Office], year: Period, *, today: date) -> list[TeamYear]:
    """The year of each office (two queries).

    Of the months to come only the next is listed, and those that have a meeting already.
    """
    this_month = today.replace(day=1)
    found = Meeting.objects.filter(office__in=offices).in_year(year.starts_on)
    meetings: defaultdict[tuple[int, date], list[Meeting]] = defaultdict(list)
    for meeting in with_open_decisions(found.with_attendance()).order_by("held_on", "pk"):
        meetings[meeting.office_id, meeting.month].append(meeting)
    unmet = {
        (reason.office_id, reason.month): reason
        for reason in NoMeeting.objects.filter(
            office__in=offices, month__range=(year.starts_on, year.ends_on)
        )
    }

    def months(office: Office) -> Iterable[Month]:
        for first in reversed(_first_days(year)):
            key = (office.pk, first)
            if first <= month_after(this_month) or key in meetings:
                yield Month(first, tuple(meetings[key]), unmet.get(key), this_month)

    return [TeamYear(office, tuple(months(office))) for office in offices]


def years_to_choose(offices: Sequence[Office], asked: Period, *, today: date) -> list[Period]:
    """The fiscal years with a meeting, this one, the coming one when it is near, and the one
    asked for; the latest first (one query)."""
    held = Meeting.objects.filter(office__in=offices).order_by().values_list("year_starts_on")
    starts = {asked.starts_on, *(start for (start,) in held.distinct())}
    starts |= {Period.fiscal_year_of(day).starts_on for day in (today, month_after(today))}
    return [Period.fiscal_year_of(start) for start in sorted(starts, reverse=True)]


def with_open_decisions(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Annotate open_count: decisions of the settled minutes that are still followed."""
    followed = Decision.objects.followed().filter(meeting=OuterRef("pk")).order_by()
    count = followed.values("meeting").annotate(n=Count("pk")).values("n")
    return meetings.annotate(open_count=Coalesce(Subquery(count), 0))


def month_after(day: date, count: int = 1) -> date:
    """The first day of the month that comes `count` months after the month of `day`."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def last_day_of(month: date) -> date:
    """The last day of the month that begins on `month`."""
    return month_after(month) - timedelta(days=1)


def _first_days(year: Period) -> list[date]:
    return [month_after(year.starts_on, count) for count in range(12)]
