"""The queue: which offices owe a report on a period, what each has sent, and where it stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    Prefetch,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from teams.deadlines import Grants, Rules
from teams.enums import DueKind, Role
from teams.models import Extension, Office, OfficeQuerySet, Post, User
from workplans.enums import PeriodKind
from workplans.periods import Period, PeriodError

from .. import perms
from ..actions.sending import DUE_KINDS
from ..enums import SENT_ONCE, SETTLED, ReportKind, ReportStatus
from ..models import Report, ReportingYear
from .standing import UNSENT, QueueState, Standing, standing_of

MOST_PAPERS = 24
# In which order the states ask for somebody's attention.
RANKS = {state: rank for rank, state in enumerate(QueueState)}


@dataclass(frozen=True, slots=True)
class Paper:
    """One report that offices owe: a kind and the period it is on."""

    kind: ReportKind
    period: Period

    @classmethod
    def parse(cls, code: str) -> Self | None:
        """Read "annual:2025-2026"; None for anything else."""
        kind, _, period = code.partition(":")
        try:
            return cls(ReportKind(kind), Period.parse(period))
        except (ValueError, PeriodError):
            return None

    @property
    def code(self) -> str:
        return f"{self.kind}:{self.period.code}"

    @property
    def label(self) -> str:
        return f"{self.kind.label}, {self.period.label}"

    @property
    def due_kind(self) -> DueKind:
        return DUE_KINDS[self.kind]


def latest_papers(today: date) -> list[Paper]:
    """Of each kind the report on the last period that is over; the annual one first."""
    years = ReportingYear.objects.in_force(today)
    kinds = {year.kind: year.period_kind for year in years}
    return [
        Paper(kind, _last_over(PeriodKind(kinds[kind]), today))
        for kind in ReportKind
        if kind in kinds
    ]


def papers_for(user: User, today: date) -> list[Paper]:
    """The latest ones, and all that an office in sight has sent, the newest first."""
    sent = (
        Report.objects.filter(office__in=queue_offices(user), status__in=SENT_ONCE)
        .order_by("-ends_on", "kind")
        .values_list("kind", "period_kind", "starts_on", "ends_on")
        .distinct()[:MOST_PAPERS]
    )
    latest = latest_papers(today)
    known = [
        Paper(ReportKind(kind), Period(period_kind, starts_on, ends_on))  # type: ignore[arg-type]
        for kind, period_kind, starts_on, ends_on in sent
    ]
    return [*latest, *(paper for paper in known if paper not in latest)]


# --- Which offices -----------------------------------------------------------------------------
def queue_offices(user: User) -> OfficeQuerySet:
    """The offices whose reports this person looks at: a reviewer all, others those below."""
    offices = Office.objects.active().filter(user.scope.below())
    if perms.is_reviewer(user):
        return offices
    return offices.exclude(pk__in=user.scope.team_office_ids)


@dataclass(frozen=True, slots=True)
class Owed:
    """Who owes a paper by when, worked out from the rules and grants of today (two queries)."""

    paper: Paper
    today: date
    due_on: date | None
    grants: Grants
    extensions: tuple[Extension, ...]
    review_days: int | None

    @classmethod
    def load(cls, paper: Paper, today: date) -> Self:
        rules = Rules()
        period = paper.period
        extensions = tuple(
            Extension.objects.in_force().filter(kind=paper.due_kind, starts_on=period.starts_on)
        )
        return cls(
            paper=paper,
            today=today,
            due_on=rules.due_of(paper.due_kind, period.starts_on, period.ends_on),
            grants=Grants(extensions),
            extensions=extensions,
            review_days=rules.days_after(DueKind.REVIEW, today),
        )

    def due_for(self, office_id: int) -> date | None:
        """By when the office owes it; None when it does not."""
        grant = self.grants.of(self.paper.due_kind, office_id, self.paper.period.starts_on)
        return grant.new_due_on if grant else self.due_on

    @property
    def _of_all(self) -> date | None:
        """By when an office without a grant of its own owes it."""
        general = next((one for one in self.extensions if one.office_id is None), None)
        return general.new_due_on if general else self.due_on

    def owing(self) -> Q:
        """Offices that owe it at all."""
        own = {one.office_id: one.new_due_on for one in self.extensions if one.office_id}
        asked = Q(pk__in=[pk for pk, due in own.items() if due])
        return asked | ~Q(pk__in=list(own)) if self._of_all else asked

    def overdue(self) -> Q:
        """Offices for which the day is over."""
        own = {one.office_id: one.new_due_on for one in self.extensions if one.office_id}
        past = Q(pk__in=[pk for pk, due in own.items() if due and due < self.today])
        is_past = self._of_all is not None and self._of_all < self.today
        return past | ~Q(pk__in=list(own)) if is_past else past


def with_paper(offices: OfficeQuerySet, owed: Owed) -> OfficeQuerySet:
    """The offices that owe or have sent the paper, each with `state` (a QueueState), `since`
    and the columns of its report as `report__…`."""
    period = owed.paper.period
    return (
        offices.annotate(
            report=FilteredRelation(
                "reports",
                condition=Q(
                    reports__kind=owed.paper.kind,
                    reports__starts_on=period.starts_on,
                    reports__ends_on=period.ends_on,
                    reports__status__in=sorted(SENT_ONCE),
                ),
            )
        )
        .annotate(
            state=Coalesce("report__status", Value(UNSENT)),
            since=Case(
                When(report__status=ReportStatus.SUBMITTED, then="report__submitted_at"),
                When(report__status=ReportStatus.RETURNED, then="report__returned_at"),
            ),
            rank=Case(
                *(When(state=state, then=Value(rank)) for state, rank in RANKS.items()),
                default=Value(len(RANKS)),
                output_field=IntegerField(),
            ),
        )
        .filter(~Q(state=UNSENT) | owed.owing())
    )


def of_posts(posts: Sequence[int]) -> Q:
    """Rows whose report one of the posts is answerable for."""
    return Q(report__reviewer__in=posts)


def is_untaken() -> Q:
    """Rows whose report no reviewer has taken."""
    return Q(report__pk__isnull=False, report__reviewer__isnull=True)


def is_late(owed: Owed) -> Q:
    """Rows that came late, are late, or whose correction is."""
    sent_late = Q(report__first_sent_at__date__gt=F("report__due_on"))
    mending_late = Q(state=ReportStatus.RETURNED, report__resubmit_by__lt=owed.today)
    return sent_late | mending_late | (Q(state=UNSENT) & owed.overdue())


ORDERS = {
    "": ("rank", F("since").asc(nulls_last=True), "path"),
    "age": (F("since").asc(nulls_last=True), "rank", "path"),
    "-age": (F("since").desc(nulls_last=True), "rank", "path"),
    "sent": (F("report__submitted_at").desc(nulls_last=True), "path"),
    "office": ("path",),
}


# --- Figures and rows --------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Figures:
    """How a set of offices stands: how many must send, have sent, were on time, and so on."""

    must: int
    sent: int
    on_time: int
    accepted: int
    returned: int
    states: dict[QueueState, int]

    @classmethod
    def of(cls, offices: OfficeQuerySet) -> Self:
        """One query; `offices` as `with_paper` gives them."""
        on_time = Q(report__first_sent_at__isnull=False) & (
            Q(report__due_on__isnull=True) | Q(report__first_sent_at__date__lte=F("report__due_on"))
        )
        counts = offices.order_by().aggregate(
            on_time=Count("pk", filter=on_time),
            **{state.name: Count("pk", filter=Q(state=state)) for state in QueueState},
        )
        states = {state: counts[state.name] for state in QueueState}
        must = sum(states.values())
        return cls(
            must=must,
            sent=must - states[QueueState.UNSENT],
            on_time=counts["on_time"],
            accepted=sum(states[QueueState(status)] for status in SETTLED),
            returned=states[QueueState.RETURNED],
            states=states,
        )

    @property
    def sent_percent(self) -> int:
        return _percent(self.sent, self.must)

    @property
    def on_time_percent(self) -> int:
        return _percent(self.on_time, self.must)


@dataclass(frozen=True, slots=True)
class Row:
    """An office with its report, if it sent one, and where it stays. `submission_id` is that of
    the newest sending."""

    office: Office
    report: Report | None
    submission_id: int | None
    standing: Standing


def rows_of(offices: Sequence[Office], owed: Owed) -> list[Row]:
    """The rows of one page, in the given order; five queries however many there are."""
    reports = {report.office_id: report for report in _reports(offices, owed)}
    heads = _heads(offices, owed.today)
    return [
        Row(
            office,
            report := reports.get(office.pk),
            getattr(report, "newest_submission_id", None),
            standing_of(
                report,
                head=heads.get(office.pk),
                due_on=owed.due_for(office.pk),
                review_days=owed.review_days,
                today=owed.today,
            ),
        )
        for office in offices
    ]


def reviewer_posts(today: date) -> list[Post]:
    """The posts that review, with their holders of today."""
    posts = Post.objects.active().filter(role=Role.CABINET_REVIEWER)
    return list(posts.select_related("office").with_holders(today).order_by("position", "pk"))


def _reports(offices: Sequence[Office], owed: Owed) -> list[Report]:
    reviewers = Post.objects.with_holders(owed.today)
    return list(
        Report.objects.for_period(owed.paper.period)
        .filter(office__in=[office.pk for office in offices], kind=owed.paper.kind)
        .filter(status__in=SENT_ONCE)
        .with_newest_submission()
        .prefetch_related(Prefetch("reviewer", queryset=reviewers))
    )


def _heads(offices: Sequence[Office], today: date) -> dict[int, Post]:
    posts = Post.objects.active().filter(role=Role.HEAD, office__in=[one.pk for one in offices])
    return {post.office_id: post for post in posts.with_holders(today)}


def _last_over(kind: PeriodKind, today: date) -> Period:
    """The last period of the kind that ended before today."""
    if kind == PeriodKind.CALENDAR:
        return Period.calendar_year_of(date(today.year - 1, 1, 1))
    if kind == PeriodKind.FISCAL:
        return Period.fiscal_year_of(Period.fiscal_year_of(today).starts_on - timedelta(days=1))
    if today.month > 6:
        return Period.parse(f"{today.year}-01..{today.year}-06")
    return Period.parse(f"{today.year - 1}-07..{today.year - 1}-12")


def _percent(part: int, whole: int) -> int:
    return round(part * 100 / whole) if whole else 0
