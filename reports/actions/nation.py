"""The consolidated report of the nation: begun, written, printed, laid open."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.enums import JobStatus
from teams.audit import record
from teams.models import Office, User
from teams.prints import order_print
from teams.transitions import WrongState, apply_transition
from workplans.periods import Period

from .. import perms
from ..enums import PUBLISH_NATIONAL, REOPEN_NATIONAL, NationalPart, PublicationKind, ReportKind
from ..models import NationalDocument, NationalReport, Publication
from ..nation.compiling import national_content, version_of, words_of
from ..nation.papers import NATIONAL_PDF
from ..publishing.contacts import open_content
from ..publishing.contents import Release
from .publications import lay_open


class StaleWords(Exception):
    """Somebody saved the part after this copy was opened; `current` is what stands now."""

    def __init__(self, current: NationalReport) -> None:
        super().__init__("stale")
        self.current = current


@transaction.atomic
def create_national(*, kind: ReportKind, period: Period, by: User) -> NationalReport:
    """The nation's report of that kind on a period; asking twice gives the same one.

    Raises PermissionDenied.
    """
    if not perms.can_publish_national(by):
        raise PermissionDenied
    report, created = NationalReport.objects.get_or_create(
        kind=kind,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        defaults={"period_kind": period.kind, "created_by": by},
    )
    if created:
        record("nationalreport.create", report, by=by, office=root_office())
    return report


@transaction.atomic
def save_national_words(
    *, report: NationalReport, part: NationalPart, version: int, words: str, by: User
) -> NationalReport:
    """Keep the words of one part, typed on its copy `version`; "" brings back the generated ones.

    Parts have versions of their own, so that two people may write at once. Raises StaleWords,
    PermissionDenied.
    """
    current = NationalReport.objects.select_for_update().get(pk=report.pk)
    if not perms.can_write_national(by, current):
        raise PermissionDenied
    before = words_of(current, part)
    if version_of(current, part) != version:
        raise StaleWords(current)
    current.words = {**current.words, part.value: {"text": words, "version": version + 1}}
    current.updated_at, current.updated_by = timezone.now(), by
    current.version = F("version") + 1
    current.save(update_fields=["words", "updated_at", "updated_by", "version"])
    current.refresh_from_db()
    record(
        "nationalreport.update",
        current,
        by=by,
        office=root_office(),
        before={part.value: before},
        after={part.value: words},
    )
    return current


def order_national_pdf(*, report: NationalReport, by: User) -> NationalDocument:
    """Count everything, freeze it and have the worker print it; the same content only once.

    Raises PermissionDenied.
    """
    if not perms.can_write_national(by, report):
        raise PermissionDenied
    return order_print(
        NationalDocument.objects.all(),
        job_kind=NATIONAL_PDF,
        content=national_content(report),
        by=by,
        report=report,
    )


@transaction.atomic
def publish_national(*, document: NationalDocument, by: User) -> Publication:
    """Lay a print open to everybody; the print before it says that it was replaced.

    Raises PermissionDenied, WrongState (also while there is no PDF of it yet).
    """
    report = document.report
    if document.ordered_job.status != JobStatus.DONE:
        raise WrongState(_("PDF এখনো তৈরি হয়নি। তৈরি হলে দেখে নিয়ে প্রকাশ করুন।"))
    root = root_office()
    apply_transition(
        report, PUBLISH_NATIONAL, by=by, allowed=perms.can_publish_national(by), office=root
    )
    report.documents.filter(is_published=True).update(is_published=False)
    document.is_published = True
    document.save(update_fields=["is_published"])
    content, withheld = open_content(document.content)
    release = Release(
        office=root,
        kind=PublicationKind.NATIONAL,
        title=f"{content['title']}, {content['period']}",
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        content=content,
        withheld=withheld,
        about={"national": document},
    )
    return lay_open(release, by=by)


@transaction.atomic
def reopen_national(*, report: NationalReport, by: User) -> NationalReport:
    """Work on it again; what is public stays so until the next print takes its place.

    Raises PermissionDenied, WrongState.
    """
    apply_transition(
        report,
        REOPEN_NATIONAL,
        by=by,
        allowed=perms.can_publish_national(by),
        office=root_office(),
    )
    return report


def root_office() -> Office:
    """The Cabinet Division, in whose name the nation's report is given."""
    return Office.objects.order_by("path").get(parent=None)
