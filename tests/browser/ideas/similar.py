"""Something real on every page of ideas.urls.similar."""

from django.urls import reverse

from ideas.actions import support_idea
from ideas.enums import IdeaStatus
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.ideas.register import make_idea

LONG = "আবেদনেরঅগ্রগতিমুঠোফোনেজানানো: https://kaliganj.gazipur.gov.bd/innovation/idea-box/2026-07-12"


def of_officer(upazila: Upazila) -> Addresses:
    head, office = upazila.head, upazila.office
    first, second = (make_idea(office, by=head, title=LONG) for _number in range(2))
    merged = make_idea(office, by=head, status=IdeaStatus.MERGED)
    merge = reverse("ideas:merge", args=[second.pk])
    return {
        "ideas:duplicates": [reverse("ideas:duplicates")],
        "ideas:merge": [merge, f"{merge}?into={first.pk}", f"{merge}?q=nothing"],
        "ideas:detail": [
            second.get_absolute_url(),
            merged.get_absolute_url(),
            merged.merged_into.get_absolute_url(),
        ],
    }


def of_strangers(upazila: Upazila) -> Addresses:
    idea = make_idea(upazila.office, by=upazila.head, status=IdeaStatus.SHORTLISTED, title=LONG)
    support_idea(idea=idea, by=None, note=LONG, name=LONG)
    return {"public:support": [reverse("public:support", args=[idea.pk])]}


PAGES = Pages(
    of_officer=of_officer,
    of_strangers=of_strangers,
    no_pages=frozenset({"ideas:unmerge", "public:similar"}),
)
