"""A small nation for tests, and its consolidated report in any state."""

import re
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urljoin

from django.test import Client
from django.utils import timezone

from bangla.digits import to_ascii
from jobs.documents import store
from jobs.enums import JobStatus
from jobs.models import Job
from reports.actions.nation import create_national, order_national_pdf, publish_national
from reports.enums import ReportKind
from reports.models import NationalDocument, NationalReport
from reports.nation.seeding import Seeded, seed_nation
from teams.enums import Role, Tier
from teams.models import Office, User
from tests.factories import make_office, make_officer
from tests.pages import find, texts_of
from workplans.periods import Period

YEAR = "2025-2026"  # the last that is over on 21 November 2026


@dataclass(frozen=True)
class Nation:
    """root > two ministries with two agencies each, and a division with two districts of some
    upazilas; a reviewer, and the head of the first district."""

    root: Office
    reviewer: User
    district_head: User
    seeded: Seeded


def make_nation(*, years: int = 5, upazilas: int = 6) -> Nation:
    """Offices with seeded reports of the last years."""
    root = make_office("cabinet-division", Tier.CABINET)
    for ministry in ("land", "health"):
        above = make_office(ministry, Tier.MINISTRY, root)
        for number in (1, 2):
            make_office(f"{ministry}-{number}", Tier.AGENCY, above)
    division = make_office("dhaka-division", Tier.DIVISION, root)
    for district in ("gazipur", "narsingdi"):
        above = make_office(district, Tier.DISTRICT, division)
        for number in range(upazilas):
            make_office(f"{district}-{number}", Tier.UPAZILA, above)
    reviewer = make_officer(root, Role.CABINET_REVIEWER)
    head = make_officer(Office.objects.get(code="gazipur"), Role.HEAD)
    return Nation(root, reviewer, head, seed_nation(teams=1000, years=years))


def ordered_national(report: NationalReport, *, by: User) -> NationalDocument:
    """A print that waits for the worker."""
    return order_national_pdf(report=report, by=by)


def finished(document: NationalDocument) -> NationalDocument:
    """As if a worker had drawn it."""
    file = store(
        f"%PDF-1.7 national {document.pk}".encode(),
        content_type="application/pdf",
        filename="paper.pdf",
    )
    Job.objects.filter(pk=document.job_id).update(
        status=JobStatus.DONE, finished_at=timezone.now(), document=file
    )
    return NationalDocument.objects.select_related("report", "job").get(pk=document.pk)


def published_national(period: str, *, by: User) -> NationalReport:
    """The report of a year, printed and laid open."""
    report = create_national(kind=ReportKind.ANNUAL, period=Period.parse(period), by=by)
    document = finished(order_national_pdf(report=report, by=by))
    publish_national(document=document, by=by)
    report.refresh_from_db()
    return report


# --- Reading its pages ---------------------------------------------------------------------------
def numbers(text: str) -> list[Decimal]:
    """The numbers of a text, without their grouping."""
    return [
        Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*\.?\d*", to_ascii(text))
    ]


def listed(client: Client, url: str) -> tuple[set[str], int, Decimal | None]:
    """The offices of a whole list through all its pages, the count and the sum it tells."""
    names: list[str] = []
    page = client.get(url)
    told = numbers(texts_of(page, "main .head b")[0])
    sums = texts_of(page, "main .head b")[1:]
    while True:
        names += texts_of(page, "main tbody th")
        following = find(page, "a[rel='next']")
        if not following:
            break
        page = client.get(urljoin(url, following[0].get("href")))
    assert len(names) == len(set(names))
    return set(names), int(told[0]), numbers(sums[0])[0] if sums else None
