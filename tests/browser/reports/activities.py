"""Something real on every page of reports.urls.activities."""

from datetime import date

from django.urls import reverse

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.reports.activities import make_activity, make_activity_picture

# Words that do not break at a blank.
ENDLESS = "https://www.bangladesh.gov.bd/innovation/2026/training/participants/certificates"


def of_officer(upazila: Upazila) -> Addresses:
    office, head = upazila.office, upazila.head
    full = make_activity(
        office,
        by=head,
        title=f"নাগরিক সেবায় উদ্ভাবন {ENDLESS}",
        held_on=date(2026, 3, 10),
        ends_on=date(2026, 3, 12),
        place="উপজেলা পরিষদ সম্মেলন কক্ষ",
        batches=2,
        participants=64,
        women=29,
        result="সব ইউনিয়নের উদ্যোক্তা অংশ নেন।\nদুটি নতুন ধারণা এসেছে।",
    )
    make_activity_picture(full, by=head)
    bare = make_activity(office, by=head, kind="circle", title="সকালের আড্ডা")
    create = reverse("reports:activity_create")
    return {
        "reports:activity_list": [f"{reverse('reports:activity_list')}?year=2025-2026"],
        "reports:activity_create": [create, f"{create}?kind=training", f"{create}?kind=funding"],
        "reports:activity_detail": [full.get_absolute_url(), bare.get_absolute_url()],
        "reports:activity_update": [reverse("reports:activity_update", args=[full.pk])],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        {
            "reports:activity_remove",
            "reports:activity_restore",
            "reports:activity_pictures",
            "reports:activity_picture",
            "reports:activity_picture_update",
            "reports:activity_picture_remove",
        }
    ),
)
