"""Who gets what at the addresses of teams.urls.constituting."""

from typing import Any

from django.utils import timezone

from bangla.dates import format_date
from teams.enums import TeamStatus
from teams.models import Membership, Team
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GET_ONLY,
    GONE,
    KEPT,
    NO,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    Outcome,
    at,
    get,
    post,
)
from tests.factories import Country
from tests.teams.build import REASON, make_team_order

# An office without a draft is that of the other district; whoever only sees it is told so.
ELSEWHERE: dict[str, Outcome] = {
    "division_member": NO,
    "reviewer": NO,
    "administrator": NO,
    "others": GONE,
}
MADE: dict[str, Any] = {}


def team_form(things: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "formed_on": format_date(timezone.localdate()),
        "issuing_office": MADE["office"].pk,
        "deviation_reason": REASON,
    }


def new_team_form(things: Any) -> dict[str, Any]:
    return {**team_form(things), "issuing_office": MADE["elsewhere"].pk}


def things(country: Country) -> dict[str, list[Any]]:
    """The team of the upazila, and the draft of its next one."""
    MADE.update(office=country.upazila, elsewhere=country.elsewhere)
    issued, draft = (
        make_team_order(country.upazila, by=country["upazila.head"], status=status)
        for status in (TeamStatus.ISSUED, TeamStatus.DRAFT)
    )
    return {
        "issued_team": [issued.pk],
        "draft_team": [draft.pk],
        "office_without_team": [country.elsewhere.code],
    }


PART = Part(
    addresses={
        "teams:team_list": at("", *PAGE_FOR_ALL),
        "teams:team_create": at(
            "office_without_team",
            get(elsewhere_head=OK, **ELSEWHERE),
            post(elsewhere_head=DONE, **ELSEWHERE),
            sends=new_team_form,
        ),
        "teams:team_check": at(
            "office_without_team",
            POST_ONLY,
            post(elsewhere_head=KEPT, **ELSEWHERE),
            sends=new_team_form,
        ),
        "teams:team_detail": at("issued_team", get(team=OK, above=OK, others=GONE), GET_ONLY),
        "teams:team_update": at(
            "draft_team",
            get(member=NO, team=OK, others=GONE),
            post(member=NO, team=DONE, others=GONE),
            sends=team_form,
        ),
        "teams:team_issue": at(
            "draft_team",
            get(head=OK, team=NO, others=GONE),
            post(head=DONE, team=NO, others=GONE),
            sends=lambda things: {"version": 1, "reason": REASON},
        ),
        "teams:team_delete": at("draft_team", POST_ONLY, post(member=NO, team=DONE, others=GONE)),
        "teams:team_dissolve": at(
            "issued_team",
            get(head=OK, team=NO, above=NO, others=GONE),
            post(head=DONE, team=NO, above=NO, others=GONE),
            sends=lambda things: {"reason": "দপ্তর একীভূত হয়েছে"},
        ),
    },
    things=things,
    watched=(Team, Membership),
)
