"""Who gets what at the addresses of reports.urls.nation"""

from typing import Any

from reports.actions.nation import create_national
from reports.enums import NationalPart, NationalStatus, ReportKind
from reports.models import NationalDocument, NationalReport, Publication
from reports.nation.papers import NATIONAL_PDF
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GET_ONLY,
    GONE,
    METHOD,
    NO,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    at,
    get,
    post,
)
from tests.factories import Country
from tests.prints import printed
from tests.reports.nation_world import published_national
from workplans.periods import Period

# Whoever has offices below sees the figures of those.
SUPERIORS_PAGE = (get(above=OK, elsewhere_head=OK, others=GONE), post(others=METHOD))
REVIEWER_ACTION = (POST_ONLY, post(reviewer=DONE, others=GONE))


def things(country: Country) -> dict[str, list[Any]]:
    reviewer = country["reviewer"]
    draft = create_national(kind=ReportKind.ANNUAL, period=Period.parse("2024-2025"), by=reviewer)
    published = published_national("2023-2024", by=reviewer)
    done, failed = (
        printed(NationalDocument, NATIONAL_PDF, done=done, by=reviewer, report=draft)
        for done in (True, False)
    )
    NationalDocument.objects.filter(pk=done.pk).update(content=published.documents.get().content)
    assert published.status == NationalStatus.PUBLISHED
    return {
        "national": [draft.pk],
        "national_part": [draft.pk, NationalPart.INTRODUCTION.value],
        "published_national": [published.pk],
        "national_document": [done.pk],
        "failed_national_document": [failed.pk],
        "published_national_document": [published.documents.get().pk],
    }


PART = Part(
    addresses={
        "reports:nation": at("", *SUPERIORS_PAGE),
        "reports:nation_reports": at("", *SUPERIORS_PAGE),
        "reports:national_list": at("", *PAGE_FOR_ALL),
        "reports:national_create": at(
            "",
            POST_ONLY,
            post(reviewer=DONE, others=NO),
            sends=lambda things: {"kind": "annual", "period": "2022-2023"},
        ),
        "reports:national_detail": at("published_national", *PAGE_FOR_ALL),
        "reports:national_section": at(
            "national_part",
            get(reviewer=OK, others=GONE),
            post(reviewer=DONE, others=GONE),
            sends=lambda things: {"version": 0, "words": "নিজের কথা"},
        ),
        "reports:national_print": at("national", *REVIEWER_ACTION),
        "reports:national_word": at("published_national", *PAGE_FOR_ALL),
        "reports:national_reopen": at(
            "published_national", POST_ONLY, post(reviewer=DONE, others=NO)
        ),
        "reports:national_document": at(
            "national_document", get(reviewer=OK, others=GONE), GET_ONLY
        ),
        "reports:national_document_retry": at("failed_national_document", *REVIEWER_ACTION),
        "reports:national_document_download": at("published_national_document", *PAGE_FOR_ALL),
        "reports:national_publish": at("national_document", *REVIEWER_ACTION),
    },
    things=things,
    watched=(NationalReport, NationalDocument, Publication),
)
