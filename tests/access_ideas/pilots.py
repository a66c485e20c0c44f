"""Who gets what at the addresses of ideas.urls.pilots"""

from typing import Any
from uuid import uuid4

from ideas.actions import People, add_risk, add_visit, plan_pilot
from ideas.actions.measures import state_of
from ideas.actions.pilots import PilotPlan
from ideas.actions.risks import RiskText
from ideas.enums import IdeaStatus
from ideas.models import IdeaFile, LinkedTask, Measure, Pilot, Risk, Visit
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
from tests.factories import Country, make_plan
from tests.ideas.pilots import VISIT, picture
from tests.ideas.register import make_idea

# The whole team writes; how it ends is for those who lead it.
WRITTEN = (get(team=OK, others=GONE), post(team=DONE, others=GONE))
TEAM_STEP = (POST_ONLY, post(team=DONE, others=GONE))
LEAD_STEP = (POST_ONLY, post(member=NO, team=DONE, others=GONE))
LEAD_FORM = (get(member=NO, team=OK, others=GONE), post(member=NO, team=DONE, others=GONE))


def plan_form(things: Any) -> dict[str, Any]:
    return {"version": 2, "place": "বক্তারপুর ইউনিয়ন", "starts_on": "১/১২/২০২৬", "budget": "৫০,০০০"}


def visit_form(things: Any) -> dict[str, Any]:
    return {
        "form_key": uuid4(),
        "visited_on": "১০/১১/২০২৬",
        "visitor": "তানিয়া আক্তার",
        "notes": "তিনটি আবেদন দেখা হলো",
    }


def tasks_form(things: Any) -> dict[str, Any]:
    return {
        "form_key": uuid4(),
        "plan": things.addresses["open_plan"][0],
        "subject": "পাইলটিং",
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-chosen": "on",
        "form-0-title": "প্রশিক্ষণ",
        "form-0-starts_on": "১/১২/২০২৬",
    }


def things(country: Country) -> dict[str, list[Any]]:
    """A running pilot with a risk and a visit, a planned one, and an idea that waits for one."""
    head = country["upazila.head"]
    running, planned, bare = (
        make_idea(country.upazila, by=head, status=status)
        for status in (IdeaStatus.PILOTING, IdeaStatus.APPROVED, IdeaStatus.APPROVED)
    )
    pilot = running.pilot
    risk = add_risk(pilot=pilot, words=RiskText("বিদ্যুৎ থাকে না"), by=head)
    # Each visit is mended by its author alone; this one is the member's.
    visit = add_visit(pilot=pilot, words=VISIT, pictures=[picture()], by=country["upazila.member"])
    return {
        "pilot": [pilot.pk],
        "planned_pilot": [plan_pilot(idea=planned, plan=PilotPlan(), by=head).pk],
        "unplanned_idea": [bare.pk],
        # The other plans of this country ended long ago.
        "open_plan": [make_plan(country.upazila, by=head, period="2031").pk],
        "risk": [risk.pk],
        "visit": [visit.pk],
        "visit_picture": [visit.files.get().pk],
    }


PART = Part(
    addresses={
        "ideas:pilot_list": at("", *PAGE_FOR_ALL),
        "ideas:pilot_detail": at("pilot", *TEAM_PAGE),
        "ideas:pilot_plan": at("unplanned_idea", *WRITTEN, sends=plan_form),
        "ideas:pilot_update": at("pilot", *WRITTEN, sends=plan_form),
        "ideas:pilot_begin": at("planned_pilot", *LEAD_STEP),
        "ideas:pilot_finish": at(
            "pilot",
            *LEAD_FORM,
            sends=lambda t: {"results": "অপেক্ষা কমেছে", "unmeasured_reason": "মাপা বাকি"},
        ),
        "ideas:pilot_stop": at("pilot", *LEAD_FORM, sends=lambda t: {"lessons": "যন্ত্র লাগে"}),
        "ideas:pilot_measures": at(
            "pilot",
            *WRITTEN,
            sends=lambda t: {
                "was": state_of([], People()),
                "time_before": "১২.৫",
                "time_unit": "day",
            },
        ),
        "ideas:pilot_tasks": at("pilot", *WRITTEN, sends=tasks_form),
        "ideas:risk_create": at(
            "pilot", *WRITTEN, sends=lambda t: {"form_key": uuid4(), "text": "লোকবল কম"}
        ),
        "ideas:risk_update": at(
            "risk", *WRITTEN, sends=lambda t: {"version": 1, "text": "লোকবল কম"}
        ),
        "ideas:risk_settle": at("risk", *TEAM_STEP, sends=lambda t: {"over": "1"}),
        "ideas:risk_remove": at("risk", *TEAM_STEP),
        "ideas:visit_create": at("pilot", *WRITTEN, sends=visit_form),
        # The head and the officer are told that only the author mends it.
        "ideas:visit_update": at(
            "visit",
            get(team=OK, others=GONE),
            post(member=DONE, team=OK, others=GONE),
            sends=visit_form,
        ),
        "ideas:visit_picture_remove": at("visit_picture", *TEAM_STEP),
    },
    things=things,
    watched=(Pilot, Measure, Risk, Visit, LinkedTask, IdeaFile),
)
