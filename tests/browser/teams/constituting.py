"""Something real on every page of teams.urls.constituting."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.teams.build import make_team_order
from tests.teams.orders import DESIGNATIONS, make_order


def of_officer(upazila: Upazila) -> Addresses:
    office, head = upazila.office, upazila.head
    create = reverse("teams:team_create", args=[office.code])
    earlier = timezone.localdate() - timedelta(days=40)
    old = make_team_order(office, by=head, formed_on=earlier)
    # With posts whose names are long, and a vacant one.
    draft = make_order(office, head=head, designations=DESIGNATIONS[3:])
    return {
        "teams:team_list": [
            reverse("teams:team_list"),
            f"{reverse('teams:team_list')}?office={office.code}",
        ],
        "teams:team_create": [create],
        "teams:team_detail": [old.get_absolute_url(), draft.get_absolute_url()],
        "teams:team_update": [reverse("teams:team_update", args=[draft.pk])],
        "teams:team_issue": [reverse("teams:team_issue", args=[draft.pk])],
        "teams:team_dissolve": [reverse("teams:team_dissolve", args=[old.pk])],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset({"teams:team_check", "teams:team_delete"}),
)
