"""How the offices below one stand: team, posts, log-ins, plan and report, to be read only.

Everything is told from what was ordered or sent. A team, plan or report that is still being
written looks here like one that nobody has begun.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.enums import ReportKind
from reports.nation.ground import Ground
from reports.nation.periods import Calendar
from reports.nation.standing import Standing as ReportStanding
from reports.nation.standing import standings
from teams.models import Office, PostHolding, Team, User
from workplans.enums import SENT, PlanStatus
from workplans.models import WorkPlan

from .seats import Seats

QUIET_AFTER = timedelta(days=30)


class Show(TextChoices):
    """Which of the offices below are listed."""

    ALL = "", _("ঠিক নিচের সব দপ্তর")
    NO_TEAM = "no_team", _("টিম গঠিত হয়নি")
    DEVIATING = "deviating", _("টিমে নিয়মের ব্যতিক্রম")
    VACANT = "vacant", _("শূন্য পদ আছে")
    HEADLESS = "headless", _("দপ্তর প্রধানের পদ শূন্য")
    QUIET = "quiet", _("৩০ দিন কেউ লগ-ইন করেননি")
    NO_PLAN = "no_plan", _("পরিকল্পনা জমা হয়নি")
    NO_REPORT = "no_report", _("প্রতিবেদন পাঠায়নি")


@dataclass(frozen=True, slots=True)
class TeamNote:
    """The team in force: its number, the day of its order, how often it leaves its rule."""

    pk: int
    formed_on: date
    deviations: int


@dataclass(frozen=True, slots=True)
class OfficeStanding:
    """How one office stands. `last_login` is the latest of whoever holds a post there today.

    `plan` is the state of the plan that today falls in, None when none was submitted; `report`
    that of the last annual report, None where nothing asks for one.
    """

    office: Office
    team: TeamNote | None
    posts: int
    vacant: int
    has_head: bool
    last_login: datetime | None
    plan_id: int | None
    plan: PlanStatus | None
    report: ReportStanding | None

    @property
    def has_report(self) -> bool:
        return self.report is not None and (self.report.is_sent or not self.report.must_report)

    def is_quiet(self, now: datetime) -> bool:
        return self.last_login is None or now - self.last_login > QUIET_AFTER


# Of each question the offices that it asks for.
ANSWERS: dict[str, Callable[[OfficeStanding, datetime], bool]] = {
    Show.NO_TEAM: lambda one, now: one.team is None,
    Show.DEVIATING: lambda one, now: bool(one.team and one.team.deviations),
    Show.VACANT: lambda one, now: one.vacant > 0,
    Show.HEADLESS: lambda one, now: not one.has_head,
    Show.QUIET: lambda one, now: one.is_quiet(now),
    Show.NO_PLAN: lambda one, now: one.plan is None,
    Show.NO_REPORT: lambda one, now: not one.has_report,
}


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts over some offices."""

    offices: int
    with_team: int
    deviating: int
    vacant: int
    with_plan: int
    with_report: int

    @classmethod
    def of(cls, several: Iterable[OfficeStanding]) -> Sums:
        found = list(several)
        return cls(
            offices=len(found),
            with_team=sum(one.team is not None for one in found),
            deviating=sum(bool(one.team and one.team.deviations) for one in found),
            vacant=sum(one.vacant for one in found),
            with_plan=sum(one.plan is not None for one in found),
            with_report=sum(one.has_report for one in found),
        )


class Below:
    """All working offices below one, with how each stands: ten queries, however many offices."""

    def __init__(self, user: User, base: Office, now: datetime) -> None:
        self.base, self._now, today = base, now, timezone.localdate(now)
        offices = (
            Office.objects.active()
            .filter(user.scope.below(), path__startswith=base.path)
            .exclude(pk=base.pk)
            .order_by("path")
        )
        self._offices = list(offices)
        self.year = Calendar(ReportKind.ANNUAL).last_over(today)
        self._found = self._standings(user, base, today)

    @property
    def sums(self) -> Sums:
        return Sums.of(self._found)

    def offices(self, *, show: str = "", words: str = "", tier: str = "") -> list[OfficeStanding]:
        """The offices asked for, in the order of the tree.

        Without a question those directly below; with one all below that answer to it. `show` is
        a Show, `words` are of the office's name in either language.
        """
        if not (show or words or tier):
            return [one for one in self._found if one.office.parent_id == self.base.pk]
        answers = ANSWERS.get(show, lambda one, now: True)
        named = self._named(words) if words else None
        return [
            one
            for one in self._found
            if answers(one, self._now)
            and (not tier or one.office.tier == tier)
            and (named is None or one.office.pk in named)
        ]

    def sums_under(self, office: Office) -> Sums:
        """Over what stands below one of the offices, itself left out."""
        return Sums.of(
            one
            for one in self._found
            if one.office.path.startswith(office.path) and one.office.pk != office.pk
        )

    def _named(self, words: str) -> set[int]:
        offices = Office.objects.filter(path__startswith=self.base.path).search(words)
        return set(offices.order_by().values_list("pk", flat=True))

    def _standings(self, user: User, base: Office, today: date) -> list[OfficeStanding]:
        ids = [office.pk for office in self._offices]
        teams, plans = _teams(base), _plans(base, today)
        logins, seats = _logins(base, today), Seats(today)
        reports = {
            one.place.pk: one
            for one in standings(Ground.of(user), ReportKind.ANNUAL, [self.year])[self.year]
        }
        posts = _posts(seats, ids)
        return [
            OfficeStanding(
                office=office,
                team=teams.get(office.pk),
                posts=posts[office.pk][0],
                vacant=posts[office.pk][1],
                has_head=_has_head(seats, office.pk),
                last_login=logins.get(office.pk),
                plan_id=plans[office.pk][0] if office.pk in plans else None,
                plan=plans[office.pk][1] if office.pk in plans else None,
                report=reports.get(office.pk),
            )
            for office in self._offices
        ]


def _teams(base: Office) -> dict[int, TeamNote]:
    rows = (
        Team.objects.in_force()
        .filter(office__path__startswith=base.path)
        .order_by()
        .values_list("office_id", "pk", "formed_on", "deviations")
    )
    return {office: TeamNote(pk, formed_on, len(found)) for office, pk, formed_on, found in rows}


def _plans(base: Office, today: date) -> dict[int, tuple[int, PlanStatus]]:
    """Of each office the submitted plan that today falls in; the newest of several."""
    rows = (
        WorkPlan.objects.filter(
            office__path__startswith=base.path,
            status__in=SENT,
            starts_on__lte=today,
            ends_on__gte=today,
        )
        .order_by("starts_on", "revision", "pk")
        .values_list("office_id", "pk", "status")
    )
    return {office: (pk, PlanStatus(status)) for office, pk, status in rows}


def _logins(base: Office, today: date) -> dict[int, datetime]:
    rows = (
        PostHolding.objects.on(today)
        .filter(post__is_active=True, post__office__path__startswith=base.path)
        .order_by()
        .values_list("post__office_id")
        .annotate(last=Max("person__last_login"))
    )
    return {office: last for office, last in rows if last is not None}


def _posts(seats: Seats, offices: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Of each office how many posts it has, and how many of them nobody holds today."""
    all_, vacant = Counter[int](), Counter[int]()
    for seat in seats:
        all_[seat.office_id] += 1
        vacant[seat.office_id] += seat.person_id is None
    return defaultdict(lambda: (0, 0), {pk: (all_[pk], vacant[pk]) for pk in offices})


def _has_head(seats: Seats, office: int) -> bool:
    head = seats.head(office)
    return head is not None and head.person_id is not None
