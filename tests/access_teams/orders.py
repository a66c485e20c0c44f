"""Who gets what at the addresses of teams.urls.orders."""

from typing import Any

from teams.documents import ORDER_PDF
from teams.enums import Role, TeamStatus
from teams.models import Team, TeamDocument
from tests.access_ideas.parts import Part
from tests.access_rules import DONE, GET_ONLY, GONE, OK, PAGE_FOR_ALL, POST_ONLY, at, get, post
from tests.factories import Country
from tests.prints import printed
from tests.teams.orders import freeze, make_order

# The order of a team is read by all who stand above; a draft, also printed, by its writers.
READ_ABOVE = (get(team=OK, above=OK, others=GONE), GET_ONLY)
WRITERS_ONLY = (get(team=OK, others=GONE), GET_ONLY)


def things(country: Country) -> dict[str, list[Any]]:
    """An order with its print, a print that failed, and one from when it was a draft."""
    head = country["upazila.head"]
    team = make_order(country.upazila, head=head, leader_role=Role.STAFF)
    freeze(team, TeamStatus.REPLACED, by=head)
    done, failed, draft = (
        printed(TeamDocument, ORDER_PDF, done=done, by=head, team=team, is_draft=is_draft)
        for done, is_draft in ((True, False), (False, False), (True, True))
    )
    return {
        "ordered_team": [team.pk],
        "order_print": [done.pk],
        "failed_order_print": [failed.pk],
        "draft_print": [draft.pk],
    }


PART = Part(
    addresses={
        "teams:term_list": at("", *PAGE_FOR_ALL),
        "teams:order_detail": at("ordered_team", *READ_ABOVE),
        "teams:order_docx": at("ordered_team", *READ_ABOVE),
        "teams:order_print": at(
            "ordered_team", POST_ONLY, post(team=DONE, above=DONE, others=GONE)
        ),
        "teams:order_document_detail": at("order_print", *READ_ABOVE),
        "teams:order_document_download": at("draft_print", *WRITERS_ONLY),
        "teams:order_document_retry": at(
            "failed_order_print", POST_ONLY, post(team=DONE, above=DONE, others=GONE)
        ),
    },
    things=things,
    watched=(Team, TeamDocument),
)
