"""How each office stands with its report on a period: a fixed number of queries for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.deadlines import Grants, Rules, due_for
from workplans.periods import Period

from ..actions.sending import DUE_KINDS
from ..enums import SETTLED, ReportKind, ReportStatus, Verdict
from ..models import Report, Review, Submission
from .ground import Ground, Place

Key = tuple[int, date, date]  # the office, the first and the last day of the period


class State(TextChoices):
    """Where a report stays. What is still being written is nobody's business but the team's."""

    UNSENT = "unsent", _("পাঠায়নি")
    WAITING = "waiting", _("পর্যালোচক ঠিক হয়নি")
    REVIEW = "review", _("পর্যালোচনায়")
    RETURNED = "returned", _("সংশোধনের জন্য ফেরত")
    ACCEPTED = "accepted", _("গৃহীত, প্রকাশ বাকি")
    PUBLISHED = "published", _("প্রকাশিত")
    WITHDRAWN = "withdrawn", _("প্রত্যাহৃত")
    EXEMPT = "exempt", _("অব্যাহতি পেয়েছে")


# Whose move it is next; "" where nothing more is waited for.
OWNERS = {
    State.UNSENT: _("দপ্তর"),
    State.WAITING: _("মন্ত্রিপরিষদ বিভাগ"),
    State.REVIEW: _("মন্ত্রিপরিষদ বিভাগ"),
    State.RETURNED: _("দপ্তর"),
    State.ACCEPTED: _("দপ্তর বা মন্ত্রিপরিষদ বিভাগ"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One office and one period. Days are those of Dhaka.

    `due_on` is frozen with the first sending, and until then what the rules say today; None when
    nothing asks for the report. `since` is the day the present state began. `score` is what the
    last acceptance gave, in per cent.
    """

    place: Place
    state: State
    due_on: date | None
    sent_on: date | None = None
    since: date | None = None
    report: int | None = None
    score: Decimal | None = None

    @property
    def must_report(self) -> bool:
        return self.state != State.EXEMPT

    @property
    def is_sent(self) -> bool:
        return self.sent_on is not None

    @property
    def is_on_time(self) -> bool:
        return self.sent_on is not None and (self.due_on is None or self.sent_on <= self.due_on)

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED_STATES

    def days_late(self, today: date) -> int:
        """How late it was sent, or is by now; 0 while there is time."""
        if self.due_on is None or not self.must_report:
            return 0
        return max(0, ((self.sent_on or today) - self.due_on).days)

    def age(self, today: date) -> int:
        """Days in the present state; what was never sent ages from the day it was due."""
        if self.state == State.UNSENT:
            return self.days_late(today)
        return (today - self.since).days if self.since else 0


SETTLED_STATES = frozenset({State.ACCEPTED, State.PUBLISHED})


def standings(
    ground: Ground, kind: ReportKind, periods: Sequence[Period]
) -> dict[Period, list[Standing]]:
    """How every office of the ground stands with each period, in the order of the tree.

    Offices that must report are the working ones that were not let off, and those that sent a
    report all the same. Four queries, however many offices and periods.
    """
    reports = _reports(kind, periods)
    rules, grants = Rules(), Grants()
    return {
        period: [
            standing
            for place in ground.places
            if (standing := _standing(place, kind, period, reports, rules, grants))
        ]
        for period in periods
    }


def _standing(
    place: Place,
    kind: ReportKind,
    period: Period,
    reports: dict[Key, Standing],
    rules: Rules,
    grants: Grants,
) -> Standing | None:
    """None for an office that is closed and had sent nothing."""
    sent = reports.get((place.pk, period.starts_on, period.ends_on))
    if sent is not None:
        return Standing(
            place, sent.state, sent.due_on, sent.sent_on, sent.since, sent.report, sent.score
        )
    if not place.is_active:
        return None
    due = due_for(
        kind=DUE_KINDS[kind],
        office_id=place.pk,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        rules=rules,
        grants=grants,
    )
    return Standing(place, State.EXEMPT if due.is_exempt else State.UNSENT, due.on)


_NOWHERE = Place(0, "", "", "", "", "", is_active=False, above={})


def _reports(kind: ReportKind, periods: Sequence[Period]) -> dict[Key, Standing]:
    """The reports that were sent at least once, with their scores; their place is filled in later.

    Rows are read as plain values: a nation's five years are some five thousand of them.
    """
    wanted = Report.objects.filter(
        kind=kind,
        starts_on__in=[period.starts_on for period in periods],
        first_sent_at__isnull=False,
    )
    scores = dict(
        Review.objects.filter(
            submission__report__in=wanted, verdict=Verdict.ACCEPTED, score__isnull=False
        )
        # Of a report that was accepted twice the later score counts.
        .order_by("submission__number")
        .values_list("submission__report_id", "score")
    )
    zone = timezone.get_current_timezone()

    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    rows = wanted.values_list(
        "pk", "office_id", "starts_on", "ends_on", "status", "reviewer_id", "due_on",
        "first_sent_at", "submitted_at", "returned_at", "accepted_at", "published_at",
        "withdrawn_at",
    )  # fmt: skip
    found = {}
    for pk, office, starts_on, ends_on, status, reviewer, due_on, first_sent, *stamps in rows:
        moments: dict[str, datetime | None] = dict(zip(_STAMPED, stamps, strict=True))
        found[office, starts_on, ends_on] = Standing(
            _NOWHERE,
            _state(status, reviewer),
            due_on,
            day(first_sent),
            day(moments[status]),
            pk,
            scores.get(pk) if status in SETTLED else None,
        )
    return found


# The stamps in the order they are read, each by the state it began.
_STAMPED = (
    ReportStatus.SUBMITTED,
    ReportStatus.RETURNED,
    ReportStatus.ACCEPTED,
    ReportStatus.PUBLISHED,
    ReportStatus.WITHDRAWN,
)


def _state(status: str, reviewer: int | None) -> State:
    if status == ReportStatus.SUBMITTED:
        return State.WAITING if reviewer is None else State.REVIEW
    return State(status)


def newest_submissions(reports: Iterable[int | None]) -> dict[int, int]:
    """Of each of the reports the submission that was sent last; None is no report (one query)."""
    wanted = [report for report in reports if report is not None]
    sent = Submission.objects.filter(report__in=wanted).order_by("number")
    return dict(sent.values_list("report_id", "pk"))
