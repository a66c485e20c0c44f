"""Who gets what at the addresses of ideas.urls.register"""

from typing import Any
from uuid import uuid4

from ideas.enums import IdeaStatus
from ideas.models import Idea
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GONE,
    NO,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    TEAM_PAGE,
    at,
    get,
    post,
)
from tests.factories import Country
from tests.ideas.register import make_idea


def idea_form(things: Any) -> dict[str, Any]:
    return {
        "office": things.plan.office_id,
        "form_key": uuid4(),
        "version": 1,
        "title": "নতুন আইডিয়া",
        "description": "সমস্যা ও সমাধান",
        "channel": "staff",
        "received_on": "২০২৬-১০-০১",
    }


# An idea moves on the word of whoever leads its team; outside the team nobody knows of it.
IDEA_STEP = (POST_ONLY, post(member=NO, team=DONE, others=GONE))


def things(country: Country) -> dict[str, list[Any]]:
    """An idea in each state."""
    head = country["upazila.head"]
    ideas = {each: make_idea(country.upazila, by=head, status=each) for each in IdeaStatus}
    return {
        "idea": [ideas[IdeaStatus.RECEIVED].pk],
        **{f"{each}_idea": [idea.pk] for each, idea in ideas.items()},
    }


PART = Part(
    addresses={
        # Each step is asked of an idea that waits for it.
        "ideas:list": at("", *PAGE_FOR_ALL),
        "ideas:create": at(
            "",
            get(team=OK, reviewer=NO, administrator=NO, nobody=NO, others=OK),
            # The others keep a register too, but of their own offices; this form names another.
            post(team=DONE, reviewer=NO, administrator=NO, nobody=NO, others=422),
            sends=idea_form,
        ),
        "ideas:detail": at("idea", *TEAM_PAGE),
        "ideas:update": at(
            "idea", get(team=OK, others=GONE), post(team=DONE, others=GONE), sends=idea_form
        ),
        "ideas:shortlist": at("idea", *IDEA_STEP),
        "ideas:approve": at("shortlisted_idea", *IDEA_STEP),
        "ideas:start_pilot": at("approved_idea", *IDEA_STEP),
        "ideas:showcase": at("piloting_idea", *IDEA_STEP),
        "ideas:replicate": at("showcased_idea", *IDEA_STEP),
        "ideas:decline": at(
            "idea",
            get(member=NO, team=OK, others=GONE),
            post(member=NO, team=DONE, others=GONE),
            sends=lambda t: {"reason": "আগেই চালু আছে"},
        ),
    },
    things=things,
    watched=(Idea,),
)
