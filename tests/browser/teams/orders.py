"""Something real on every page of teams.urls.orders."""

from django.urls import reverse

from teams.documents import order_order_pdf
from teams.enums import TeamStatus
from teams.models import Team
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.teams.orders import DESIGNATIONS, make_order


def of_officer(upazila: Upazila) -> Addresses:
    # Posts that the office does not have yet; one has no holder.
    waiting = Team.objects.filter(office=upazila.office, status=TeamStatus.DRAFT).first()
    team = waiting or make_order(upazila.office, head=upazila.head, designations=DESIGNATIONS[3:])
    document = order_order_pdf(team, by=upazila.head)
    terms = reverse("teams:term_list")
    return {
        "teams:order_detail": [reverse("teams:order_detail", args=[team.pk])],
        "teams:order_document_detail": [reverse("teams:order_document_detail", args=[document.pk])],
        "teams:term_list": [terms, f"{terms}?on=2015-01-01", f"{terms}?on=2012-01-01"],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        {
            "teams:order_docx",
            "teams:order_document_download",
            "teams:order_document_retry",
            "teams:order_print",
        }
    ),
)
