"""Who gets what at the addresses of ideas.urls.similar."""

from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from ideas.enums import IdeaStatus
from ideas.guard import new_ticket
from ideas.models import Idea, Support
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GONE,
    KEPT,
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
from tests.ideas.register import make_idea


def aged_ticket() -> str:
    """The ticket of a form that was opened half a minute ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=30), tick=False):
        return new_ticket()


def things(country: Country) -> dict[str, list[Any]]:
    """An idea to merge, one to go on with, one that is merged, one that all may know of."""
    head = country["upazila.head"]
    survivor = make_idea(country.upazila, by=head)
    return {
        "double": [make_idea(country.upazila, by=head).pk],
        "survivor": [survivor.pk],
        "joined": [make_idea(country.upazila, by=head, status=IdeaStatus.MERGED).pk],
        "open_idea": [make_idea(country.upazila, by=head, status=IdeaStatus.SHORTLISTED).pk],
    }


PART = Part(
    addresses={
        "ideas:duplicates": at("", *PAGE_FOR_ALL),
        "ideas:merge": at(
            "double",
            get(member=NO, team=OK, others=GONE),
            post(member=NO, team=DONE, others=GONE),
            sends=lambda t: {"into": t.addresses["survivor"][0]},
        ),
        "ideas:unmerge": at("joined", POST_ONLY, post(member=NO, team=DONE, others=GONE)),
        "public:similar": at(
            "",
            get(anonymous=METHOD, others=METHOD),
            post(anonymous=KEPT, others=KEPT),
            sends=lambda t: {"description": "হাটের দিনে ভ্রাম্যমাণ আবেদন সহায়তা"},
        ),
        "public:support": at(
            "open_idea",
            get(anonymous=OK, others=OK),
            post(anonymous=DONE, others=DONE),
            sends=lambda t: {"note": "আমাদের এলাকায়ও দরকার", "ticket": aged_ticket()},
        ),
    },
    things=things,
    public=frozenset({"public:similar", "public:support"}),
    watched=(Idea, Support),
)
