"""Beginning a report, laying it before the head, printing the draft."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from teams.audit import record
from teams.models import Office, User
from teams.prints import order_print
from workplans.periods import Period

from .. import perms
from ..documents import REPORT_PDF, report_content
from ..enums import ReportKind
from ..models import Report, ReportDocument
from ..sections import begin_sections, plan_of


class StaleReport(Exception):
    """Somebody saved after this copy was opened; `current` is what stands now."""

    def __init__(self, current: object) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def create_report(*, office: Office, kind: ReportKind, period: Period, by: User | None) -> Report:
    """The office's report of that kind on a period; asking twice gives the same one.

    Its parts are filled from the records of today. `by` is None only on the command line.
    Raises PermissionDenied.
    """
    if by is not None and not perms.can_create_report(by, office.pk):
        raise PermissionDenied
    report, created = Report.objects.get_or_create(
        office=office,
        kind=kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        defaults={
            "period_kind": period.kind,
            "plan": plan_of(office, period.starts_on, period.ends_on),
            "created_by": by,
        },
    )
    if created:
        begin_sections(report)
        record("report.create", report, by=by, office=office, rows=list(report.sections.all()))
    return report


@transaction.atomic
def present_report(*, report: Report, by: User) -> Report:
    """Tell the head that the report is ready to be approved. Raises PermissionDenied."""
    if not perms.can_present_report(by, report):
        raise PermissionDenied
    report.presented_at, report.presented_by = timezone.now(), by
    report.save(update_fields=["presented_at", "presented_by"])
    record("report.present", report, by=by, office=report.office)
    return report


def order_report_pdf(*, report: Report, by: User) -> ReportDocument:
    """Freeze the draft as it stands and have the worker print it; the same content only once."""
    if not perms.can_print_report(by, report):
        raise PermissionDenied
    return order_print(
        ReportDocument.objects.all(),
        job_kind=REPORT_PDF,
        content=report_content(report),
        by=by,
        report=report,
    )
