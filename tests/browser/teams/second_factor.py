"""Something real on every page of the account: second factor, sessions, single sign-on."""

from django.urls import reverse

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages


def of_officer(upazila: Upazila) -> Addresses:
    return {
        "account": [reverse("account")],
        "mfa_index": [reverse("mfa_index")],
        "mfa_activate_totp": [reverse("mfa_activate_totp")],
        "mfa_add_webauthn": [reverse("mfa_add_webauthn")],
        "usersessions_list": [reverse("usersessions_list")],
        "teams:second_factor_reset": [
            reverse("teams:second_factor_reset", args=[upazila.member.pk])
        ],
    }


def of_strangers(upazila: Upazila) -> Addresses:
    return {"socialaccount_login_cancelled": [reverse("socialaccount_login_cancelled")]}


# Seen only by who has a second factor, and nobody logs in past one by a form alone:
# tests/browser/teams/test_passkeys.py looks at them.
BEHIND_A_SECOND_FACTOR = frozenset(
    {
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_edit_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
    }
)
PAGES = Pages(
    of_officer=of_officer,
    of_strangers=of_strangers,
    no_pages=BEHIND_A_SECOND_FACTOR
    | {
        "mfa_generate_recovery_codes",
        "mfa_login_webauthn",
        "openid_connect_callback",
        "openid_connect_login",
        "session_end",
        "sessions_end_others",
    },
)
