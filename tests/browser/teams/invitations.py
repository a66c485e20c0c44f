"""Something real on every page of teams.urls.invitations."""

from django.urls import reverse

from teams.actions.invitations import invite_person
from teams.enums import InvitationKind, Role, Tier
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import make_office, make_person, make_post

LONG_ADDRESS = "a.very.long.name.of.an.officer.of.the.department@innovation.department.gov.test"


def of_officer(upazila: Upazila) -> Addresses:
    """A newcomer with a long address, one with a code, and one who has only a mobile number."""
    office = upazila.office
    newcomers = [make_person(f"মোহাম্মদ আবদুল্লাহ আল মামুন চৌধুরী {number}") for number in "১২৩"]
    for newcomer in newcomers:
        newcomer.set_unusable_password()
    newcomers[0].email = newcomers[0].login = LONG_ADDRESS
    newcomers[1].email, newcomers[1].login = "", newcomers[1].mobile
    for newcomer in newcomers:
        newcomer.save()
        make_post(office, Role.STAFF, f"উপ-সহকারী প্রকৌশলী {newcomer.pk}", newcomer)
    invite_person(person=newcomers[2], office=office, kind=InvitationKind.EMAIL, by=upazila.head)
    # Without a head of its own: its people are the business of the head above.
    make_office("union-below", Tier.UPAZILA, office)
    page = reverse("teams:invitation_office", args=[office.code])
    return {
        "teams:invitation_list": [reverse("teams:invitation_list")],
        "teams:invitation_office": [page, f"{page}?show=without"],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_strangers=lambda upazila: {"welcome": [reverse("welcome")]},
    no_pages=frozenset(
        # The password's page opens only after a code; its form is that of the account.
        {"teams:invitation_create", "teams:invitation_revoke", "welcome_password"}
    ),
)
