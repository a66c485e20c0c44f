"""Who gets what at the addresses of teams.urls.administration."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from teams.actions.office_changes import plan_change
from teams.actions.rules import fingerprint
from teams.actions.staff import keep_staff
from teams.enums import ChangeKind
from teams.models import OfficeChange, OfficeName, StaffImport, TermOfReference
from teams.office_changes import Wanted
from teams.rule_kinds import KINDS
from tests.access_ideas.parts import Part
from tests.access_rules import DONE, GET_ONLY, GONE, NO, OK, POST_ONLY, at, get, post
from tests.factories import Country

SOON = timedelta(days=40)
NAMES = {
    "name_bn": "নতুন নামের কার্যালয়",
    "name_en": "Office by its new name",
    "place_bn": "নতুন এলাকা",
    "place_en": "New place",
}
ADMINISTRATORS_PAGE = (get(administrator=OK, others=NO), GET_ONLY)
ADMINISTRATORS_FORM = (get(administrator=OK, others=NO), post(administrator=DONE, others=NO))
# Of an office with a head of its own: the office is seen from above, its list only by heads.
MANAGERS = {"head": OK, "team": NO, "above": NO, "administrator": OK, "others": GONE}
WRITING = {name: DONE if outcome == OK else outcome for name, outcome in MANAGERS.items()}
HEADS_LIST = {"head": OK, "district_head": NO, "administrator": OK, "others": GONE}
TAKING = {name: DONE if outcome == OK else outcome for name, outcome in HEADS_LIST.items()}


def soon() -> date:
    return timezone.localdate() + SOON


def term_form(things: Any) -> dict[str, Any]:
    """A duty that the gazette does not have yet."""
    return {
        "number": "97",
        "text_bn": "নতুন কাজ",
        "text_en": "A new duty",
        "valid_from": soon().strftime("%d/%m/%Y"),
        "source": "পরিপত্র",
    }


def correction_form(things: Any) -> dict[str, Any]:
    rule = TermOfReference.objects.get(pk=things.addresses["coming_rule"][1])
    return {**term_form(things), "number": "98", "seen": fingerprint(KINDS["terms"], rule)}


def rename_form(things: Any) -> dict[str, Any]:
    day = soon().strftime("%d/%m/%Y")
    return {**NAMES, "effective_on": day, "source": "প্রজ্ঞাপন", "confirmed": "1"}


def staff_rows() -> list[dict[str, str]]:
    cells = ("designation_en", "name_en", "email", "joined", "kind", "role")
    row = {"designation_bn": "হিসাবরক্ষক", "name_bn": "রহিম উদ্দিন", "mobile": "01999888777"}
    return [{**dict.fromkeys(cells, ""), **row}]


def list_form(things: Any) -> dict[str, Any]:
    return {"pasted": "পদবি\tনাম\tমোবাইল\nহিসাবরক্ষক\tরহিম উদ্দিন\t01999888777"}


def rows_form(things: Any) -> dict[str, Any]:
    (row,) = staff_rows()
    boxes = {f"rows-0-{cell}": words for cell, words in row.items()}
    return {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "1", "rows-0-take": "on", **boxes}


def things(country: Country) -> dict[str, list[Any]]:
    """A rule and a change whose days have not come, and a list that waits."""
    administrator = country["administrator"]
    rule = TermOfReference.objects.create(
        number=98, text_bn="কাজ", text_en="Duty", valid_from=soon(), source="প্রজ্ঞাপন"
    )
    change = plan_change(
        wanted=Wanted(
            kind=ChangeKind.RENAME,
            office=country.sibling,
            effective_on=soon(),
            source="প্রজ্ঞাপন",
            details=NAMES,
        ),
        by=administrator,
    )
    kept = keep_staff(
        office=country.upazila,
        rows=staff_rows(),
        filename="জনবল.xlsx",
        by=country["upazila.head"],
    )
    return {
        "rule_kind": ["terms"],
        "coming_rule": ["terms", rule.pk],
        "planned_change": [change.pk],
        "renamed_office": [country.upazila.code, "rename"],
        "staff_import": [kept.pk],
    }


PART = Part(
    addresses={
        "teams:administration": at("", *ADMINISTRATORS_PAGE),
        "teams:rule_kinds": at("", *ADMINISTRATORS_PAGE),
        "teams:rule_list": at("rule_kind", *ADMINISTRATORS_PAGE),
        "teams:rule_create": at("rule_kind", *ADMINISTRATORS_FORM, sends=term_form),
        "teams:rule_update": at("coming_rule", *ADMINISTRATORS_FORM, sends=correction_form),
        "teams:rule_delete": at("coming_rule", *ADMINISTRATORS_FORM),
        "teams:staff_upload": at("office", get(**MANAGERS), post(**WRITING), sends=list_form),
        "teams:staff_template": at("office", get(**MANAGERS), GET_ONLY),
        "teams:staff_import": at(
            "staff_import", get(**HEADS_LIST), post(**TAKING), sends=rows_form
        ),
        "teams:change_list": at("", *ADMINISTRATORS_PAGE),
        "teams:change_choose": at("office", *ADMINISTRATORS_PAGE),
        "teams:change_create": at("renamed_office", *ADMINISTRATORS_FORM, sends=rename_form),
        "teams:change_detail": at("planned_change", *ADMINISTRATORS_PAGE),
        "teams:change_cancel": at("planned_change", POST_ONLY, post(administrator=DONE, others=NO)),
    },
    things=things,
    watched=(OfficeChange, OfficeName, StaffImport, TermOfReference),
)
