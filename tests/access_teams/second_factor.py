"""Who gets what at the addresses of the account: second factor, sessions, single sign-on."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.test import Client

from teams.enums import Role
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GONE,
    METHOD,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    at,
    get,
    post,
)
from tests.factories import Country, make_officer
from tests.teams.second_proof import give_passkey

OWN_FORM = (get(others=OK), post(others=OK))
OFFICERS_FORM = (get(officer=OK, others=GONE), post(officer=DONE, others=GONE))
# Pages on the way in; who has no log-in that waits for its second step is led to the first.
ENTRANCE = (get(others=OK, anonymous=OK), post(others=OK, anonymous=OK))
NOT_SET_UP = (get(others=GONE, anonymous=GONE), post(others=METHOD, anonymous=METHOD))


def things(country: Country) -> dict[str, list[Any]]:
    """The innovation officer has every proof; somebody outside the team has lost them."""
    officer = country["upazila.innovation_officer"]
    TOTP.activate(officer, generate_totp_secret())
    RecoveryCodes.activate(officer)
    elsewhere = Client()
    elsewhere.force_login(officer)
    session = UserSession.objects.create(
        user=officer, ip="10.1.2.3", session_key=elsewhere.session.session_key, user_agent="Firefox"
    )
    return {
        "officers_passkey": [give_passkey(officer).pk],
        "officers_session": [session.pk],
        "lost_person": [make_officer(country.upazila, Role.STAFF, "বন কর্মকর্তা").pk],
    }


PART = Part(
    addresses={
        "account": at("", *PAGE_FOR_ALL),
        "mfa_index": at("", *PAGE_FOR_ALL),
        "mfa_authenticate": at("", *ENTRANCE),
        "mfa_reauthenticate": at("", *OWN_FORM, sends=lambda things: {"code": "000000"}),
        "mfa_activate_totp": at("", *OWN_FORM, sends=lambda things: {"code": "000000"}),
        "mfa_deactivate_totp": at("", *OFFICERS_FORM),
        "mfa_view_recovery_codes": at("", get(others=OK), post(officer=DONE, others=OK)),
        "mfa_generate_recovery_codes": at("", POST_ONLY, post(officer=DONE, others=OK)),
        "mfa_add_webauthn": at("", *OWN_FORM, sends=lambda things: {"credential": "{}"}),
        "mfa_login_webauthn": at(
            "",
            *ENTRANCE,
            sends=lambda things: {"credential": "{}"},
        ),
        "mfa_reauthenticate_webauthn": at("", *OWN_FORM, sends=lambda things: {"credential": "{}"}),
        "mfa_edit_webauthn": at(
            "officers_passkey", *OFFICERS_FORM, sends=lambda things: {"name": "ফোন"}
        ),
        "mfa_remove_webauthn": at("officers_passkey", *OFFICERS_FORM),
        "usersessions_list": at("", *PAGE_FOR_ALL),
        "session_end": at("officers_session", POST_ONLY, post(officer=DONE, others=OK)),
        "sessions_end_others": at("", POST_ONLY, post(officer=DONE, others=OK)),
        "openid_connect_login": at("", *NOT_SET_UP),
        "openid_connect_callback": at("", *NOT_SET_UP),
        "socialaccount_login_cancelled": at(
            "", get(others=OK, anonymous=OK), post(others=METHOD, anonymous=METHOD)
        ),
        "teams:second_factor_reset": at(
            "lost_person",
            get(head=OK, administrator=OK, others=GONE),
            post(head=DONE, administrator=DONE, others=GONE),
        ),
    },
    things=things,
    public=frozenset(
        {
            "mfa_authenticate",
            "mfa_login_webauthn",
            "openid_connect_login",
            "openid_connect_callback",
            "socialaccount_login_cancelled",
        }
    ),
    watched=(Authenticator, UserSession, SocialAccount),
)
