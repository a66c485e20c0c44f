"""Who gets what at the addresses of ideas.urls.intake"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from ideas.actions import add_file
from ideas.enums import FilePurpose, IdeaStatus
from ideas.guard import new_ticket
from ideas.models import Appeal, Contact, Idea, IdeaFile, Support
from teams.uploads import CleanFile
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
    TEAM_PAGE,
    at,
    get,
    post,
)
from tests.factories import PNG, Country
from tests.ideas.register import make_idea

LEAD_FORM = (get(member=NO, team=OK, others=GONE), post(member=NO, team=DONE, others=GONE))
LEAD_STEP = (POST_ONLY, post(member=NO, team=DONE, others=GONE))
# Anybody.
HAND_IN = (get(anonymous=OK, others=OK), post(anonymous=422, others=DONE))
# Whoever has the code, with or without a log-in.
BY_CODE = (get(anonymous=OK, others=OK), post(anonymous=METHOD, others=METHOD))


def box_form(things: Any) -> dict[str, Any]:
    return {
        "office": things.plan.office_id,
        "form_key": uuid4(),
        "channel": "paper_box",
        "received_on": "২০২৬-১০-০১",
        "slips-TOTAL_FORMS": 1,
        "slips-INITIAL_FORMS": 0,
        "slips-0-title": "দরজায় র‍্যাম্প",
    }


def hand_in_form(office: str) -> Callable[[Any], dict[str, Any]]:
    """An idea for that office, sent at once: by a program, unless somebody is logged in."""
    return lambda t: {
        "office": t.addresses[office][0],
        "description": "বিদ্যালয়ের ছাদে বৃষ্টির পানি ধরে রাখা",
        "ticket": new_ticket(),
    }


def things(country: Country) -> dict[str, list[Any]]:
    """A declined idea that can be appealed, and an attachment."""
    head = country["upazila.head"]
    declined = make_idea(country.upazila, by=head, status=IdeaStatus.DECLINED)
    file = add_file(
        idea=declined,
        clean=CleanFile(PNG, "image/png", "png"),
        purpose=FilePurpose.ATTACHMENT,
        by=head,
    )
    return {
        "declined_code": [declined.code],
        "idea_file": [file.pk],
        "other_office": [country.sibling.pk],
        "root_office": [country.root.pk],
        "box_office": [country.upazila.pk],
        "office_with_box": [country.upazila.code],
    }


PART = Part(
    addresses={
        "ideas:held_list": at("", *PAGE_FOR_ALL),
        "ideas:held_admit": at(
            "", *LEAD_STEP, sends=lambda t: {"idea": t.addresses["held_idea"][0]}
        ),
        "ideas:held_discard": at(
            "", *LEAD_STEP, sends=lambda t: {"idea": t.addresses["held_idea"][0]}
        ),
        "ideas:held_readmit": at(
            "", *LEAD_STEP, sends=lambda t: {"idea": t.addresses["discarded_idea"][0]}
        ),
        "ideas:box_create": at(
            "",
            get(team=OK, reviewer=NO, administrator=NO, nobody=NO, others=OK),
            # The others empty boxes too, but of their own offices; this form names another.
            post(team=DONE, reviewer=NO, administrator=NO, nobody=NO, others=422),
            sends=box_form,
        ),
        # Without the ideas it is about (?idea=…) there is nothing to print; tests/ideas/test_box.py
        # asks with them.
        "ideas:slips": at("", get(others=GONE), GET_ONLY),
        "ideas:forward": at(
            "idea", *LEAD_FORM, sends=lambda t: {"office": t.addresses["other_office"][0]}
        ),
        "ideas:contact": at(
            "idea",
            get(team=OK, others=GONE),
            post(team=DONE, others=GONE),
            sends=lambda t: {"email": "shahinur@example.com"},
        ),
        "ideas:forwarded_list": at("", *PAGE_FOR_ALL),
        "ideas:mine": at("", *PAGE_FOR_ALL),
        "ideas:file": at("idea_file", *TEAM_PAGE),
        # --- Anybody: but the form of somebody whose session has ended is shown once more -------
        "public:idea_create": at("", *HAND_IN, sends=hand_in_form("root_office")),
        "public:office_idea_create": at(
            "office_with_box", *HAND_IN, sends=hand_in_form("box_office")
        ),
        "public:office_list": at("", get(anonymous=OK, others=OK), BY_CODE[1]),
        # Shown to the browser that has just handed something in (tests/ideas/test_hand_in.py).
        "public:idea_received": at("", get(anonymous=GONE, others=GONE), BY_CODE[1]),
        # --- Whoever has the code ------------------------------------------------------------
        "public:track": at(
            "",
            get(anonymous=OK, others=OK),
            post(anonymous=OK, others=OK),
            sends=lambda t: {"code": t.addresses["declined_code"][0]},
        ),
        "public:follow": at("declined_code", *BY_CODE),
        "public:appeal": at(
            "declined_code",
            get(anonymous=OK, others=OK),
            post(anonymous=DONE, others=DONE),
            sends=lambda t: {"text": "জেলা কার্যালয়ে সেবাটি এখন বন্ধ"},
        ),
    },
    things=things,
    public=frozenset(
        {
            "public:idea_create",
            "public:office_idea_create",
            "public:office_list",
            "public:idea_received",
            "public:track",
            "public:follow",
            "public:appeal",
        }
    ),
    watched=(Idea, Appeal, Contact, Support, IdeaFile),
)
