"""Who gets what at the addresses of teams.urls.invitations."""

from typing import Any

from teams.actions.invitations import invite_person
from teams.enums import InvitationKind, Role
from teams.models import Invitation
from tests.access_ideas.parts import Part
from tests.access_rules import DONE, GET_ONLY, GONE, NO, OK, POST_ONLY, at, get, post
from tests.factories import Country, make_officer

PUBLIC_FORM = (get(anonymous=OK, others=OK), post(anonymous=422, others=422))
# Whom the form names; made with the world.
MADE: dict[str, Any] = {}


def invite_form(things: Any) -> dict[str, Any]:
    return {"person": [MADE["person"]], "kind": InvitationKind.EMAIL}


def things(country: Country) -> dict[str, list[Any]]:
    """A code given to the officer; somebody outside the team is the one to be invited."""
    officer, head = country["upazila.innovation_officer"], country["upazila.head"]
    MADE["person"] = make_officer(country.upazila, Role.STAFF, "খাদ্য কর্মকর্তা").pk
    issued = invite_person(
        person=officer, office=country.upazila, kind=InvitationKind.SLIP, by=head
    )
    return {"invitation": [issued.invitation.pk]}


PART = Part(
    addresses={
        "teams:invitation_list": at(
            "",
            get(
                **dict.fromkeys(("head", "district_head", "sibling_head", "elsewhere_head"), OK),
                administrator=OK,
                others=NO,
            ),
            GET_ONLY,
        ),
        "teams:invitation_office": at(
            "office", get(head=OK, administrator=OK, team=NO, above=NO, others=GONE), GET_ONLY
        ),
        "teams:invitation_create": at(
            "office",
            POST_ONLY,
            post(head=DONE, administrator=DONE, team=NO, above=NO, others=GONE),
            sends=invite_form,
        ),
        "teams:invitation_revoke": at(
            "invitation",
            POST_ONLY,
            # Of those above only a head learns of it: the one who would give it, were there none.
            post(head=DONE, administrator=DONE, district_head=NO, others=GONE),
        ),
        "welcome": at("", *PUBLIC_FORM, sends=lambda things: {"code": "1234 5678 9012 3456"}),
        # Without a code typed before it leads back to the code.
        "welcome_password": at("", get(anonymous=OK, others=OK), post(anonymous=OK, others=OK)),
    },
    things=things,
    public=frozenset({"welcome", "welcome_password"}),
    watched=(Invitation,),
)
