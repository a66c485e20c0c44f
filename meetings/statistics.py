"""How a team's year of meetings stands, in numbers: its own, and those of the offices below.

The gazette of 16 November 2023 asks every innovation team for a meeting a month (duty 2). What
counts is settled minutes: of one's own team all of them, of the offices below those sent out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Aggregate, Avg, Count, F, Q, QuerySet
from django.db.models import TextChoices as Choices
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from bangla.collation import sort_key
from teams.models import Office, OfficeQuerySet, Post, User
from workplans.periods import Period

from .enums import ATTENDING, FOLLOWED, SENT, DecisionStatus, MeetingKind, MeetingStatus
from .models import Attendance, Decision, Meeting, MeetingQuerySet, MinutesImport
from .months import Month, team_years

MONTHS_IN_YEAR = 12


# --- An office's year ----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Figures:
    """What the settled meetings of one or more offices come to in a year.

    `months_due` are the months that are over, `months_met` those of them that had their regular
    meeting; `meetings` counts special ones too, and those of the running month. `invited` and
    `attending` are members' seats, added up over the meetings. Of the decisions `decided`,
    `late` ones are still followed after their day; `time_taken` is from the meeting to the day
    a decision was found carried out, on average (None while none was).
    """

    months_due: int = 0
    months_met: int = 0
    meetings: int = 0
    invited: int = 0
    attending: int = 0
    decided: int = 0
    done: int = 0
    done_on_time: int = 0
    late: int = 0
    time_taken: timedelta | None = None

    @property
    def months_unmet(self) -> int:
        return self.months_due - self.months_met

    @property
    def met_rate(self) -> int | None:
        return percent(self.months_met, self.months_due)

    @property
    def attendance_rate(self) -> int | None:
        return percent(self.attending, self.invited)

    @property
    def done_rate(self) -> int | None:
        return percent(self.done, self.decided)

    @property
    def days_taken(self) -> int | None:
        """`time_taken` in whole days, half a day rounded up."""
        return None if self.time_taken is None else int(self.time_taken / timedelta(days=1) + 0.5)


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """The year of one office below."""

    office: Office
    figures: Figures


def percent(part: int, whole: int) -> int | None:
    """`part` of `whole` in whole per cent, a half rounded up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def months_due(year: Period, *, today: date) -> int:
    """How many months of the year are over: 0 to 12."""
    over = (today.year - year.starts_on.year) * 12 + today.month - year.starts_on.month
    return max(0, min(over, MONTHS_IN_YEAR))


def figures_of(
    offices: OfficeQuerySet, counted: MeetingQuerySet, year: Period, *, today: date
) -> dict[int, Figures]:
    """The figures of those offices that have any, by their id (three queries).

    `counted` are the meetings that count for these offices, of any year.
    """
    due = months_due(year, today=today)
    meetings = counted.filter(office__in=offices).in_year(year.starts_on)
    of_meeting = Q(meeting__in=meetings)
    by_office: dict[int, dict[str, Any]] = {}
    for path, rows, totals in (
        ("office", meetings, _meeting_totals(today)),
        ("meeting__office", Attendance.objects.members().filter(of_meeting), _attendance_totals()),
        ("meeting__office", Decision.objects.kept().filter(of_meeting), _decision_totals(today)),
    ):
        for row in _grouped(rows, path, **totals):
            by_office.setdefault(row.pop(path), {}).update(row)
    return {office: Figures(months_due=due, **row) for office, row in by_office.items()}


def _grouped(rows: QuerySet[Any], *paths: str, **totals: Aggregate) -> Iterable[dict[str, Any]]:
    """The totals for each value of the columns, in one query."""
    return rows.order_by().values(*paths).annotate(**totals)


def _meeting_totals(today: date) -> dict[str, Aggregate]:
    regular = Q(kind=MeetingKind.MONTHLY, month__lt=today.replace(day=1))
    return {"meetings": Count("pk"), "months_met": Count("pk", filter=regular)}


def _attendance_totals() -> dict[str, Aggregate]:
    came = Q(presence__in=sorted(ATTENDING))
    return {"invited": Count("pk"), "attending": Count("pk", filter=came)}


def _decision_counts(today: date) -> dict[str, Aggregate]:
    done = Q(status=DecisionStatus.DONE)
    in_time = done & Q(completed_at__date__lte=F("due_on"))
    late = Q(status__in=sorted(FOLLOWED), due_on__lt=today)
    return {
        "decided": Count("pk"),
        "done": Count("pk", filter=done),
        "done_on_time": Count("pk", filter=in_time),
        "late": Count("pk", filter=late),
    }


def _decision_totals(today: date) -> dict[str, Aggregate]:
    taken = TruncDate("completed_at") - F("meeting__held_on")
    done = Q(status=DecisionStatus.DONE)
    # Those were closed when they came in, however long ago they had been carried out.
    old = Q(meeting__in=MinutesImport.objects.unfollowed().values("meeting"))
    return {**_decision_counts(today), "time_taken": Avg(taken, filter=done & ~old)}


# --- One's own team ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting of the year that was not called off; `figures` only of its decisions."""

    meeting: Meeting
    figures: Figures


@dataclass(frozen=True, slots=True)
class MonthRow:
    month: Month
    rows: tuple[MeetingRow, ...]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """How often a member's seat was taken in the held meetings of the year."""

    post: Post
    invited: int
    attending: int

    @property
    def rate(self) -> int | None:
        return percent(self.attending, self.invited)


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """One team's whole year: the sum, the months from the first on, the members' seats."""

    office: Office
    figures: Figures
    months: tuple[MonthRow, ...]
    seats: tuple[SeatRow, ...]

    @property
    def months_explained(self) -> int:
        """Of the months that are over without a meeting, those with a reason written down."""
        return sum(row.month.is_past and row.month.unmet is not None for row in self.months)


def team_figures(offices: Sequence[Office], year: Period, *, today: date) -> list[TeamFigures]:
    """The year of each of one's own teams (a fixed number of queries)."""
    own = Office.objects.filter(pk__in=[office.pk for office in offices])
    held = Meeting.objects.held()
    figures = figures_of(own, held, year, today=today)
    in_year = held.filter(office__in=own).in_year(year.starts_on)
    decided = _decisions_by_meeting(in_year, today=today)
    seats = _seats_by_office(in_year, today=today)
    nothing = Figures(months_due=months_due(year, today=today))
    return [
        TeamFigures(
            office=team.office,
            figures=figures.get(team.office.pk, nothing),
            months=tuple(_month_row(month, decided) for month in _told_months(team.months)),
            seats=tuple(seats.get(team.office.pk, ())),
        )
        for team in team_years(offices, year, today=today)
    ]


def _told_months(months: Iterable[Month]) -> list[Month]:
    """The months there is something to say of, the first first: none to come without a meeting."""
    told = [month for month in months if month.is_past or month.is_present or month.meetings]
    return sorted(told, key=lambda month: month.first)


def _month_row(month: Month, decided: dict[int, Figures]) -> MonthRow:
    kept = [one for one in month.meetings if one.status != MeetingStatus.CANCELLED]
    rows = (MeetingRow(meeting, decided.get(meeting.pk, Figures())) for meeting in kept)
    return MonthRow(month, tuple(rows))


def _decisions_by_meeting(meetings: MeetingQuerySet, *, today: date) -> dict[int, Figures]:
    decisions = Decision.objects.kept().filter(meeting__in=meetings)
    rows = _grouped(decisions, "meeting", **_decision_counts(today))
    return {row.pop("meeting"): Figures(**row) for row in rows}


def _seats_by_office(meetings: MeetingQuerySet, *, today: date) -> dict[int, list[SeatRow]]:
    """The seats of each office in the order of its posts, with whoever holds them today."""
    marks = Attendance.objects.members().filter(meeting__in=meetings)
    of_post: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in _grouped(marks, "meeting__office", "post", **_attendance_totals()):
        of_post[row["post"]].append(row)
    seats: defaultdict[int, list[SeatRow]] = defaultdict(list)
    for post in Post.objects.filter(pk__in=list(of_post)).with_holders(today):
        for row in of_post[post.pk]:
            seat = SeatRow(post, row["invited"], row["attending"])
            seats[row["meeting__office"]].append(seat)
    return seats


# --- The offices below ---------------------------------------------------------------------
class Sorting(Choices):
    """In which order the offices below are listed; a minus sign puts the highest first."""

    NAME = "name", _("দপ্তরের নাম")
    FEWEST_MEETINGS = "met_rate", _("সভার হার: কম আগে")
    MOST_MEETINGS = "-met_rate", _("সভার হার: বেশি আগে")
    LOWEST_ATTENDANCE = "attendance_rate", _("উপস্থিতির হার: কম আগে")
    HIGHEST_ATTENDANCE = "-attendance_rate", _("উপস্থিতির হার: বেশি আগে")
    LEAST_DONE = "done_rate", _("বাস্তবায়নের হার: কম আগে")
    MOST_DONE = "-done_rate", _("বাস্তবায়নের হার: বেশি আগে")
    MOST_LATE = "-late", _("দেরি: বেশি আগে")


def offices_below(user: User) -> OfficeQuerySet:
    """The working offices whose minutes this person reads once they are sent, one's own apart."""
    below = Office.objects.active().filter(user.scope.below())
    return below.exclude(pk__in=user.scope.team_office_ids)


def figures_below(
    offices: OfficeQuerySet, year: Period, *, today: date, sorting: str = Sorting.NAME
) -> list[OfficeFigures]:
    """What these offices have sent out in the year, in the order asked for (four queries)."""
    sent = Meeting.objects.filter(status__in=SENT)
    figures = figures_of(offices, sent, year, today=today)
    nothing = Figures(months_due=months_due(year, today=today))
    rows = [OfficeFigures(office, figures.get(office.pk, nothing)) for office in offices]
    return _sorted(rows, sorting)


def total(rows: Sequence[OfficeFigures]) -> Figures:
    """All these offices together; how long a decision took is not added up."""
    names = [field.name for field in fields(Figures) if field.name != "time_taken"]
    return Figures(**{name: sum(getattr(row.figures, name) for row in rows) for name in names})


def _sorted(rows: list[OfficeFigures], sorting: str) -> list[OfficeFigures]:
    """Equal ones by name; those without such a figure last, whichever end comes first."""
    by_name = sorted(rows, key=lambda row: sort_key(row.office.name))
    if sorting == Sorting.NAME:
        return by_name
    name = sorting.removeprefix("-")
    known = [row for row in by_name if getattr(row.figures, name) is not None]
    unknown = [row for row in by_name if getattr(row.figures, name) is None]
    known.sort(key=lambda row: getattr(row.figures, name), reverse=sorting.startswith("-"))
    return known + unknown
