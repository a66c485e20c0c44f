"""Something real on every page of reports.urls.nation."""

from django.urls import reverse

from reports.actions.nation import create_national, save_national_words
from reports.enums import NationalPart, ReportKind, ReportStatus
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.reports.build import make_report
from tests.reports.nation_world import ordered_national, published_national
from workplans.periods import Period

# Words that do not break at a blank.
ENDLESS = "https://www.bangladesh.gov.bd/innovation/2026/reports/national/consolidated/annual"


def of_reviewer(upazila: Upazila) -> Addresses:
    for year in ("2021-2022", "2020-2021"):
        make_report(upazila.office, by=upazila.head, period=year, status=ReportStatus.SUBMITTED)
    draft = create_national(
        kind=ReportKind.ANNUAL, period=Period.parse("2021-2022"), by=upazila.reviewer
    )
    save_national_words(
        report=draft,
        part=NationalPart.INTRODUCTION,
        version=0,
        words=f"নিজের লেখা ভূমিকা {ENDLESS}",
        by=upazila.reviewer,
    )
    waiting = ordered_national(draft, by=upazila.reviewer)
    published = published_national("2020-2021", by=upazila.reviewer)
    nation, lists = reverse("reports:nation"), reverse("reports:nation_reports")
    return {
        "reports:nation": [
            nation,
            f"{nation}?year=2021-2022&by=district",
            f"{nation}?kind=half_yearly",
        ],
        "reports:nation_reports": [
            f"{lists}?year=2021-2022&show=sent",
            f"{lists}?year=2021-2022&show=unsent",
            f"{lists}?show=withdrawn",
        ],
        "reports:national_list": [reverse("reports:national_list")],
        "reports:national_detail": [draft.get_absolute_url(), published.get_absolute_url()],
        "reports:national_section": [
            reverse("reports:national_section", args=[draft.pk, part])
            for part in ("introduction", "meetings")
        ],
        "reports:national_document": [
            reverse("reports:national_document", args=[waiting.pk]),
            reverse("reports:national_document", args=[published.documents.get().pk]),
        ],
    }


PAGES = Pages(
    of_reviewer=of_reviewer,
    no_pages=frozenset(
        {
            "reports:national_create",
            "reports:national_document_download",
            "reports:national_document_retry",
            "reports:national_print",
            "reports:national_publish",
            "reports:national_reopen",
            "reports:national_word",
        }
    ),
)
