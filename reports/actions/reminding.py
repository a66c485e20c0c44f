"""Reminding offices whose report is awaited."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation

from teams.audit import record
from teams.deadlines import Grants, Rules, due_for
from teams.models import Office, User
from workplans.periods import Period

from .. import perms
from ..enums import SENT_ONCE, ReportKind, ReportStatus
from ..models import Report
from ..review.letters import readers_of, remind_office
from .sending import DUE_KINDS


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many offices were written to, and how many there was nobody to write to."""

    offices: int
    without_address: int


def remind_offices(
    *, offices: Sequence[Office], kind: ReportKind, period: Period, by: User
) -> Reminded:
    """Write to the head and the innovation officer of each office that has not sent the report,
    or has not sent it again. An office hears of it once a day, however often this is asked.

    What was sent, or is not owed, is passed over. Each office is a transaction of its own: a
    thousand letters must not hold up whoever sends a report meanwhile. Raises PermissionDenied.
    """
    if not perms.can_assign_review(by):
        raise PermissionDenied
    today, rules, grants = timezone.localdate(), Rules(), Grants()
    reports = Report.objects.for_period(period).filter(kind=kind, status__in=SENT_ONCE)
    sent = {report.office_id: report for report in reports.filter(office__in=offices)}
    readers = readers_of(offices)
    with translation.override("bn"):
        paper = f"{kind.label}, {period.label}"
    written = without = 0
    for office in offices:
        report = sent.get(office.pk)
        if report is None:
            due_on = due_for(
                kind=DUE_KINDS[kind],
                office_id=office.pk,
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                rules=rules,
                grants=grants,
            ).on
        else:
            due_on = report.resubmit_by if report.status == ReportStatus.RETURNED else None
        if due_on is None:
            continue
        reached = [reader for reader in readers.get(office.pk, []) if reader.address]
        written += bool(reached)
        without += not reached
        with transaction.atomic():
            is_new = remind_office(
                office,
                reached,
                paper=paper,
                code=f"{kind}:{period.code}",
                due=due_on,
                today=today,
                by=by,
            )
            if is_new:
                record("report.remind", office, by=by, office=office, after={"paper": paper})
    return Reminded(written, without)
