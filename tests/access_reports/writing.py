"""Who gets what at the addresses of reports.urls.writing"""

from typing import Any

from reports.documents import REPORT_PDF
from reports.models import Report, ReportDocument, Section
from tests.access_ideas.parts import Part
from tests.access_rules import DONE, GONE, PAGE_FOR_ALL, POST_ONLY, TEAM_PAGE, at, post
from tests.factories import Country
from tests.prints import printed
from tests.reports.build import make_report


def new_report(things: Any) -> dict[str, Any]:
    return {"office": things.plan.office_id, "kind": "annual", "period": "2019-2020"}


def things(country: Country) -> dict[str, list[Any]]:
    head = country["upazila.head"]
    report = make_report(country.upazila, by=head)
    done, failed = (
        printed(ReportDocument, REPORT_PDF, done=done, by=head, report=report)
        for done in (True, False)
    )
    return {
        "draft_report": [report.pk],
        "report_document": [done.pk],
        "failed_report_document": [failed.pk],
    }


PART = Part(
    addresses={
        "reports:list": at("", *PAGE_FOR_ALL),
        "reports:create": at("", POST_ONLY, post(team=DONE, others=GONE), sends=new_report),
        "reports:detail": at("draft_report", *TEAM_PAGE),
        "reports:print": at("draft_report", POST_ONLY, post(team=DONE, others=GONE)),
        "reports:document_detail": at("report_document", *TEAM_PAGE),
        "reports:document_retry": at(
            "failed_report_document", POST_ONLY, post(team=DONE, others=GONE)
        ),
        "reports:document_download": at("report_document", *TEAM_PAGE),
    },
    things=things,
    watched=(Report, ReportDocument, Section),
)
