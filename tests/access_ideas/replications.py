"""Who gets what at the addresses of ideas.urls.replications.

The upazila carries out an initiative of the office elsewhere, and the district has recommended
another one to it. The office elsewhere reads what the upazila made of its initiative and writes
nothing; whoever stands above the upazila reads only what everybody does.
"""

from typing import Any
from uuid import uuid4

from ideas.actions import People, recommend_idea
from ideas.actions.measures import state_of
from ideas.models import LinkedTask, Measure, Recommendation, Replication
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
from tests.ideas.spreading import make_initiative, measures_form, take

PUBLIC_PAGE = (get(anonymous=OK, others=OK), post(anonymous=METHOD, others=METHOD))
# Of an office's own replication: whoever leads moves it; the first office (here elsewhere's) reads.
STEP_FORM = (
    get(member=NO, team=OK, elsewhere_head=NO, others=GONE),
    post(member=NO, team=DONE, elsewhere_head=NO, others=GONE),
)
WRITTEN = (
    get(team=OK, elsewhere_head=NO, others=GONE),
    post(team=DONE, elsewhere_head=NO, others=GONE),
)


def table_form(things: Any) -> dict[str, Any]:
    """The table of measures, sent from a page on which it was empty."""
    return {**measures_form(), "was": state_of([], People())}


def take_form(things: Any) -> dict[str, Any]:
    """The form of taking over, with no task of the source to copy."""
    no_tasks = {"form-TOTAL_FORMS": 0, "form-INITIAL_FORMS": 0}
    return {"form_key": uuid4(), "adaptations": "নিজের মতো", **no_tasks}


def things(country: Country) -> dict[str, list[Any]]:
    """An initiative of the office elsewhere, taken by the upazila; and one it is asked to take."""
    head, there = country["upazila.head"], country["elsewhere.head"]
    taken = make_initiative(country.elsewhere, by=there, title="নেওয়া উদ্যোগ")
    offered = make_initiative(country.elsewhere, by=there, title="নেওয়ার মতো উদ্যোগ")
    replication = take(taken, country.upazila, by=head, adaptations="নিজের মতো")
    (asked,) = recommend_idea(
        idea=offered.idea,
        offices=[country.upazila],
        made_for=country.district,
        reference="সভার সিদ্ধান্ত",
        by=country["district.head"],
    )
    return {
        "replication": [replication.pk],
        "offered_initiative": [offered.pk],
        "recommendation": [asked.pk],
    }


PART = Part(
    addresses={
        "ideas:replication_list": at("", *PAGE_FOR_ALL),
        # Whoever leads an office other than the first one takes it, for their own.
        "ideas:replication_create": at(
            "offered_initiative",
            get(
                **{"head": OK, "officer": OK, "district_head": OK, "sibling_head": OK, "others": NO}
            ),
            post(
                **{
                    "head": DONE,
                    "officer": DONE,
                    "district_head": DONE,
                    "sibling_head": DONE,
                    "others": NO,
                }
            ),
            sends=take_form,
        ),
        "ideas:replication_detail": at(
            "replication", get(team=OK, elsewhere_head=OK, others=GONE), GET_ONLY
        ),
        "ideas:replication_update": at(
            "replication", *WRITTEN, sends=lambda t: {"version": 1, "adaptations": "নতুন কথা"}
        ),
        "ideas:replication_measures": at("replication", *WRITTEN, sends=table_form),
        "ideas:replication_begin": at(
            "replication",
            POST_ONLY,
            post(member=NO, team=DONE, elsewhere_head=NO, others=GONE),
        ),
        "ideas:replication_adopt": at("replication", *STEP_FORM, sends=table_form),
        "ideas:replication_drop": at(
            "replication", *STEP_FORM, sends=lambda t: {"reason": "জনবল নেই"}
        ),
        "ideas:recommendation_refuse": at(
            "recommendation",
            get(member=NO, team=OK, district_head=NO, others=GONE),
            post(member=NO, team=DONE, district_head=NO, others=GONE),
            sends=lambda t: {"reason": "এখানে এই সেবা নেই"},
        ),
        "public:spread": at("offered_initiative", *PUBLIC_PAGE),
        "public:savings": at("", *PUBLIC_PAGE),
    },
    things=things,
    public=frozenset({"public:spread", "public:savings"}),
    watched=(Replication, Recommendation, Measure, LinkedTask),
)
