"""Who gets what at the addresses of duties."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from duties.actions import grant_extension
from teams.enums import DueKind
from teams.models import Extension
from tests.access_rules import DONE, GONE, NO, OK, PAGE_FOR_ALL, POST_ONLY, Address, at, get, post
from tests.factories import Country


def extension_form(things: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "matter": f"{DueKind.MEETING}:{today.replace(day=1)}",
        "way": "extend",
        "new_due_on": f"{today + timedelta(days=60):%d/%m/%Y}",
        "reason": "বন্যা",
    }


def duty_things(country: Country) -> dict[str, list[Any]]:
    """More time for the upazila."""
    extension = grant_extension(
        kind=DueKind.ANNUAL_REPORT,
        office=country.upazila,
        starts_on=date(2025, 7, 1),
        new_due_on=timezone.localdate() + timedelta(days=20),
        reason="নদীভাঙন",
        by=country["reviewer"],
    )
    return {"extension": [extension.pk]}


WATCHED = (Extension,)
DUTY_ADDRESSES: dict[str, Address] = {
    "duties:home": at("", *PAGE_FOR_ALL),
    "duties:deadline_list": at("", *PAGE_FOR_ALL),
    "duties:rule_list": at("", *PAGE_FOR_ALL),
    "duties:extension_list": at("", *PAGE_FOR_ALL),
    "duties:extension_create": at(
        "", get(reviewer=OK, others=NO), post(reviewer=DONE, others=NO), sends=extension_form
    ),
    # Who may read of it is told that only the Cabinet Division takes it back.
    "duties:extension_revoke": at(
        "extension", POST_ONLY, post(team=NO, reviewer=DONE, above=NO, others=GONE)
    ),
}
