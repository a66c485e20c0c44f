"""Everything that offices owe, found for all of them at once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from meetings.enums import SENT
from meetings.models import Assignment
from reports.actions.sending import DUE_KINDS
from reports.enums import ReportKind, ReportStatus
from reports.models import Report
from teams.deadlines import Grants, Rules, due_for
from teams.enums import DueKind
from teams.models import Office

from .done import done_of
from .matter import Matter, assignment_key, period_key, thing_key
from .spans import Span, Spans

# Nothing that was due longer ago is asked for any more.
YEAR = timedelta(days=365)


class Paper(NamedTuple):
    """A report that somebody has to do something with."""

    pk: int
    office_id: int
    kind: str
    starts_on: date
    ends_on: date
    status: str
    resubmit_by: date | None
    returned_at: datetime | None
    submitted_at: datetime | None
    reviewer_id: int | None


def matters(
    *,
    today: date,
    until: date,
    offices: Collection[int] | None = None,
    kind: str = "",
    with_done: bool = False,
) -> list[Matter]:
    """What working offices owe, due from a year ago to the day `until`; decisions excepted.

    `offices` None means all, `kind` "" every kind. With `with_done` also what was done and what
    somebody was let off; without it only what is open. Nine queries, however many offices.
    """
    working = Office.objects.active().order_by("path")
    if offices is not None:
        working = working.filter(pk__in=offices)
    working_ids = list(working.values_list("pk", flat=True))
    papers = _papers(offices)
    spans = Spans()
    days = (today - YEAR, until)
    due = [span for span in spans.due_between(*days) if kind in ("", span.kind)]
    found = [*_of_spans(due, spans, working_ids, offices, papers, days, with_done)]
    alive = set(working_ids)
    hanging = (
        *(_resubmission(paper, spans.grants) for paper in papers if paper.office_id in alive),
        *(_review(paper, spans.rules) for paper in papers if paper.office_id in alive),
    )
    found += [
        matter
        for matter in hanging
        if matter and kind in ("", matter.kind) and _is_within(matter, *days)
    ]
    return found


def _is_within(matter: Matter, since: date, until: date) -> bool:
    return matter.due_on is not None and since <= matter.due_on <= until


# --- What belongs to a period ---------------------------------------------------------------
def _of_spans(
    due: list[Span],
    spans: Spans,
    working: list[int],
    offices: Collection[int] | None,
    papers: Iterable[Paper],
    days: tuple[date, date],
    with_done: bool,
) -> Iterator[Matter]:
    done = done_of(due, offices=offices, with_moments=with_done)
    begun = {
        (str(DUE_KINDS[ReportKind(paper.kind)]), paper.office_id, paper.starts_on): paper.pk
        for paper in papers
    }
    for span in due:
        ended = done.get((span.kind, span.starts_on), {})
        for office in working:
            if office in ended and not with_done:
                continue
            matter = _of_span(span, office, spans, ended)
            if _is_shown(matter, span, days, with_done):
                yield _with_thing(matter, begun.get((span.kind, office, span.starts_on)))


def _of_span(span: Span, office: int, spans: Spans, ended: dict[int, datetime | None]) -> Matter:
    due = due_for(
        kind=span.kind,
        office_id=office,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        rules=spans.rules,
        grants=spans.grants,
    )
    return Matter(
        kind=span.kind,
        key=period_key(span.kind, office, span.starts_on),
        office_id=office,
        due_on=due.on,
        known_on=due.known_on,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        is_done=office in ended,
        done_at=ended.get(office),
        is_exempt=due.is_exempt,
    )


def _is_shown(matter: Matter, span: Span, days: tuple[date, date], with_done: bool) -> bool:
    """Whether its own due day lies in the stretch; of what an office was let off, the usual one."""
    due_on = span.due_on if matter.is_exempt else matter.due_on
    if due_on is None or not days[0] <= due_on <= days[1]:
        return False
    return with_done or not matter.is_exempt


def _with_thing(matter: Matter, thing_id: int | None) -> Matter:
    return replace(matter, thing_id=thing_id) if thing_id else matter


# --- What hangs on a report -----------------------------------------------------------------
def _papers(offices: Collection[int] | None) -> list[Paper]:
    """Reports that are being written, mended or reviewed."""
    found = Report.objects.filter(
        status__in=(ReportStatus.DRAFT, ReportStatus.RETURNED, ReportStatus.SUBMITTED)
    )
    if offices is not None:
        found = found.filter(office_id__in=offices)
    return [Paper(*row) for row in found.order_by().values_list(*Paper._fields)]


def _resubmission(paper: Paper, grants: Grants) -> Matter | None:
    """A returned report, until it is sent again."""
    if paper.status != ReportStatus.RETURNED or not (paper.resubmit_by and paper.returned_at):
        return None
    returned_on = timezone.localdate(paper.returned_at)
    grant = grants.of(DueKind.RESUBMISSION, paper.office_id, paper.starts_on)
    # A grant is for the return it was asked for, not for a later one of the same report.
    if grant is not None and timezone.localdate(grant.granted_at) < returned_on:
        grant = None
    return _of_paper(
        DueKind.RESUBMISSION,
        paper,
        due_on=grant.new_due_on if grant else paper.resubmit_by,
        known_on=timezone.localdate(grant.granted_at) if grant else returned_on,
    )


def _review(paper: Paper, rules: Rules) -> Matter | None:
    """A report that was sent, until it is accepted or returned."""
    if paper.status != ReportStatus.SUBMITTED or not paper.submitted_at:
        return None
    sent_on = timezone.localdate(paper.submitted_at)
    days = rules.days_after(DueKind.REVIEW, sent_on)
    if days is None:
        return None
    due_on = sent_on + timedelta(days=days)
    return _of_paper(
        DueKind.REVIEW, paper, due_on=due_on, known_on=sent_on, post_id=paper.reviewer_id
    )


def _of_paper(kind: str, paper: Paper, **fields: Any) -> Matter:
    return Matter(
        kind=kind,
        key=thing_key(kind, paper.pk),
        office_id=paper.office_id,
        starts_on=paper.starts_on,
        ends_on=paper.ends_on,
        thing_id=paper.pk,
        **fields,
    )


# --- Decisions ------------------------------------------------------------------------------
def decisions_owed(*, until: date, offices: Collection[int] | None = None) -> list[Matter]:
    """Decisions due by a day, once their implementers could know of them (one query)."""
    known = Q(decision__meeting__status__in=SENT) | Q(decision__meeting__office=F("office"))
    owed = Assignment.objects.owed().filter(known, decision__due_on__lte=until)
    if offices is not None:
        owed = owed.filter(office_id__in=offices)
    rows = owed.order_by("decision__due_on", "pk").values_list(
        "pk",
        "office_id",
        "post_id",
        "assigned_on",
        "decision__due_on",
        "decision__meeting__office_id",
        "decision__meeting__finalised_at",
        "decision__meeting__circulated_at",
    )
    return [_decision(*row) for row in rows]


def _decision(
    pk: int,
    office_id: int,
    post_id: int | None,
    assigned_on: date,
    due_on: date | None,
    decided_by: int,
    finalised_at: datetime | None,
    circulated_at: datetime | None,
) -> Matter:
    """Its own office could know of it once the minutes were final, another once they were sent."""
    known_at = finalised_at if decided_by == office_id else circulated_at
    return Matter(
        kind=DueKind.DECISION,
        key=assignment_key(pk),
        office_id=office_id,
        due_on=due_on,
        known_on=timezone.localdate(known_at) if known_at else assigned_on,
        thing_id=pk,
        post_id=post_id,
    )
