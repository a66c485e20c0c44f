"""Something real on every page of teams.urls.administration."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from teams.actions.office_changes import plan_change
from teams.actions.staff import keep_staff
from teams.enums import ChangeKind
from teams.models import TermOfReference
from teams.office_changes import Wanted
from tests.access_teams.administration import NAMES, staff_rows
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages


def of_administrator(upazila: Upazila) -> Addresses:
    """Rules and offices; a rule and a change that wait for their day."""
    soon = timezone.localdate() + timedelta(days=40)
    rule = TermOfReference.objects.create(
        number=98, text_bn="কাজ", text_en="Duty", valid_from=soon, source="প্রজ্ঞাপন"
    )
    change = plan_change(
        wanted=Wanted(
            kind=ChangeKind.RENAME,
            office=upazila.office,
            effective_on=soon,
            source="প্রজ্ঞাপন",
            details=NAMES,
        ),
        by=upazila.administrator,
    )
    code = upazila.office.code
    return {
        "teams:administration": [reverse("teams:administration")],
        "teams:rule_kinds": [reverse("teams:rule_kinds")],
        "teams:rule_list": [reverse("teams:rule_list", args=["terms"])],
        "teams:rule_create": [
            reverse("teams:rule_create", args=[kind]) for kind in ("due-dates", "composition")
        ],
        "teams:rule_update": [reverse("teams:rule_update", args=["terms", rule.pk])],
        "teams:rule_delete": [reverse("teams:rule_delete", args=["terms", rule.pk])],
        "teams:change_list": [reverse("teams:change_list") + "?q=upazila"],
        "teams:change_choose": [reverse("teams:change_choose", args=[code])],
        "teams:change_create": [
            reverse("teams:change_create", args=[code, kind]) for kind in ("split", "merge")
        ],
        "teams:change_detail": [reverse("teams:change_detail", args=[change.pk])],
    }


def of_officer(upazila: Upazila) -> Addresses:
    """The list of staff, which the head of the office brings in."""
    # One cell to be mended, one with a doubt, one with a word on what will happen.
    wrong = {**staff_rows()[0], "mobile": "০১২", "designation_bn": "সহকারী প্রোগ্রামার"}
    kept = keep_staff(
        office=upazila.office,
        rows=[*staff_rows(), wrong],
        filename="জনবল.xlsx",
        by=upazila.head,
    )
    return {
        "teams:staff_upload": [reverse("teams:staff_upload", args=[upazila.office.code])],
        "teams:staff_import": [reverse("teams:staff_import", args=[kept.pk])],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_administrator=of_administrator,
    no_pages=frozenset({"teams:staff_template", "teams:change_cancel"}),
)
