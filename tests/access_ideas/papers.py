"""Who gets what at the addresses of ideas.urls.papers"""

from datetime import date
from typing import Any

from django.utils import timezone

from ideas.actions import keep_import, office_names
from ideas.enums import RegisterKind
from ideas.importers import read_list
from ideas.models import Idea, IdeaImport, RegisterDocument
from ideas.registers import REGISTER_PDF
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GET_ONLY,
    GONE,
    NO,
    OK,
    POST_ONLY,
    TEAM_PAGE,
    at,
    get,
    post,
)
from tests.factories import Country
from tests.ideas.importers.lists import lines
from tests.prints import printed

LIST = lines("ধারণার শিরোনাম | বিবরণ | অবস্থা | সাল", "এক | ক | বাছাইকৃত | ২০১৮")
# Who has a team of their own may choose among their own offices; the form names another.
CHOSEN = {"team": OK, "reviewer": NO, "administrator": NO, "nobody": NO}
LED = {"member": NO, "team": OK, "division_member": NO, "reviewer": NO}


def register_form(things: Any) -> dict[str, Any]:
    return {"office": things.plan.office_id, "kind": "register", "year": "2026-2027"}


def list_form(things: Any) -> dict[str, Any]:
    return {"office": things.plan.office_id, "pasted": LIST}


def rows_form(things: Any) -> dict[str, Any]:
    row = {"take": "on", "title": "এক", "description": "ক", "status": "shortlisted"}
    return {
        "rows-TOTAL_FORMS": 1,
        "rows-INITIAL_FORMS": 1,
        **{f"rows-0-{name}": words for name, words in row.items()},
        "rows-0-received_text": "২০১৮",
    }


def things(country: Country) -> dict[str, list[Any]]:
    """A printed register, one whose printing failed, and a list that waits to be looked over."""
    office, head = country.upazila, country["upazila.head"]
    span = {"starts_on": date(2026, 7, 1), "ends_on": date(2027, 6, 30)}
    done, failed = (
        printed(
            RegisterDocument,
            REGISTER_PDF,
            done=done,
            by=head,
            office=office,
            kind=RegisterKind.REGISTER.value,
            **{name: day.isoformat() for name, day in span.items()},
        )
        for done in (True, False)
    )
    found = read_list(LIST, names=office_names(office), today=timezone.localdate())
    kept = keep_import(office=office, found=found, filename="", by=head)
    return {
        "register_document": [done.pk],
        "failed_register_document": [failed.pk],
        "idea_import": [kept.pk],
    }


PART = Part(
    addresses={
        # Without a question everybody who has a team is shown their own.
        "ideas:register_papers": at("", get(**CHOSEN, others=OK), GET_ONLY),
        "ideas:register_print": at(
            "",
            POST_ONLY,
            post(**{**CHOSEN, "team": DONE}, others=422),
            sends=register_form,
        ),
        "ideas:register_docx": at("", get(**CHOSEN, others=OK), GET_ONLY),
        "ideas:register_xlsx": at("", get(**CHOSEN, others=OK), GET_ONLY),
        "ideas:register_document_detail": at("register_document", *TEAM_PAGE),
        "ideas:register_document_retry": at(
            "failed_register_document", POST_ONLY, post(team=DONE, others=GONE)
        ),
        "ideas:register_document_download": at("register_document", *TEAM_PAGE),
        "ideas:import_create": at(
            "",
            get(**LED, administrator=NO, nobody=NO, others=OK),
            post(**{**LED, "team": DONE}, administrator=NO, nobody=NO, others=422),
            sends=list_form,
        ),
        "ideas:import_detail": at(
            "idea_import",
            get(member=NO, team=OK, others=GONE),
            post(member=NO, team=DONE, others=GONE),
            sends=rows_form,
        ),
    },
    things=things,
    watched=(Idea, IdeaImport, RegisterDocument),
)
