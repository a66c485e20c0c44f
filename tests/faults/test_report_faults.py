"""Workers killed in the middle of real annual reports: all are made, each once."""

import pytest
from django.conf import settings
from django.db.models import Sum

from bangla.pdf.check import missing_words
from jobs.documents import open_document
from jobs.models import Job
from reports.actions import order_report_pdf
from reports.documents import report_html
from reports.models import ReportDocument
from teams.enums import Role, Tier
from teams.papers import texts_of
from tests.factories import make_office, make_officer, make_plan
from tests.faults.house import House
from tests.reports.build import report_of

pytestmark = pytest.mark.faults

# As in test_job_faults: many in the room that production has.
REPORTS = KILLS = 20 if settings.REDIS_URL else 8


def order_reports() -> None:
    """A report each for as many small offices."""
    root = make_office("root", Tier.CABINET)
    for number in range(REPORTS):
        office = make_office(f"office-{number}", Tier.MINISTRY, root)
        head = make_officer(office, Role.HEAD)
        report = report_of(make_plan(office, by=head, tasks=6), by=head)
        order_report_pdf(report=report, by=head)


def attempts() -> int:
    return int(Job.objects.aggregate(attempts=Sum("attempts"))["attempts"])


def test_kills_in_the_middle_give_every_report_once(house: House) -> None:
    order_reports()
    for number in range(KILLS):
        before = attempts()
        worker = house.start_worker(concurrency=1)
        house.wait_until(lambda before=before: attempts() > before, f"worker {number} draws")
        worker.kill()
    house.start_worker()
    house.wait_until_over()

    house.assert_each_done_once()
    assert attempts() >= REPORTS + KILLS / 2, "the kills did not hit reports being drawn"
    for printed in ReportDocument.objects.select_related("job__document"):
        with open_document(printed.ordered_job.document) as file:
            pdf = file.read()
        texts = texts_of(report_html(printed.content))
        assert missing_words(pdf, texts, reader="poppler") == []
