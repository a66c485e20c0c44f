"""Every write to a report."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from teams.audit import record
from teams.models import User
from teams.prints import order_print
from workplans.enums import PeriodKind
from workplans.models import WorkPlan

from . import perms
from .documents import REPORT_PDF, report_content
from .enums import ReportKind
from .models import Report, ReportDocument


class StaleReport(Exception):
    """Somebody saved the texts after this copy was opened; `current` is the report as it is."""

    def __init__(self, current: Report) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def create_report(*, plan: WorkPlan, by: User | None) -> Report:
    """The report on a plan's period; asking twice gives the same one.

    `by` is None only on the command line. Raises PermissionDenied.
    """
    if by is not None and not perms.can_create_report(by, plan.office_id):
        raise PermissionDenied
    kind = ReportKind.HALF_YEARLY if plan.period_kind == PeriodKind.HALF else ReportKind.ANNUAL
    report, created = Report.objects.get_or_create(
        plan=plan, defaults={"office": plan.office, "kind": kind, "created_by": by}
    )
    if created:
        record("report.create", report, by=by, office=plan.office)
    return report


@transaction.atomic
def update_report(
    *, report: Report, version: int, introduction: str, closing: str, by: User
) -> Report:
    """Save the report's own words. Raises StaleReport when they have moved on."""
    if not perms.can_edit_report(by, report):
        raise PermissionDenied
    before = {"introduction": report.introduction, "closing": report.closing}
    after = {"introduction": introduction, "closing": closing}
    saved = Report.objects.filter(pk=report.pk, version=version).update(
        **after, version=F("version") + 1
    )
    report.refresh_from_db()
    if not saved:
        raise StaleReport(report)
    record("report.update", report, by=by, office=report.office, before=before, after=after)
    return report


def order_report_pdf(*, report: Report, by: User) -> ReportDocument:
    """Freeze the report as it stands and have the worker print it; the same content only once."""
    if not perms.can_edit_report(by, report):
        raise PermissionDenied
    return order_print(
        ReportDocument.objects.all(),
        job_kind=REPORT_PDF,
        content=report_content(report),
        by=by,
        report=report,
    )
