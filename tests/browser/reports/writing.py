"""Something real on every page of reports.urls.writing."""

from django.urls import reverse

from reports.actions import order_report_pdf
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.reports.build import make_report


def of_officer(upazila: Upazila) -> Addresses:
    report = make_report(upazila.office, by=upazila.head)
    paper = order_report_pdf(report=report, by=upazila.head)
    return {
        "reports:list": [reverse("reports:list")],
        "reports:detail": [report.get_absolute_url()],
        "reports:document_detail": [reverse("reports:document_detail", args=[paper.pk])],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        {
            "reports:create",
            "reports:document_download",
            "reports:document_retry",
            "reports:print",
        }
    ),
)
