"""Who gets what at the addresses of teams.urls.record.

Those who stand above an office learn nothing of it here: not even that there is an entry. The
system administrator finds every entry, and no words (tests/teams/test_record.py).
"""

from typing import Any

from teams.models import AuditEntry
from tests.access_ideas.parts import Part
from tests.access_rules import GET_ONLY, GONE, NO, OK, at, get
from tests.factories import Country, make_plan, make_task
from workplans.actions import update_task
from workplans.actions.writing import texts_of

SEARCH = (
    get(
        head=OK,
        district_head=OK,
        sibling_head=OK,
        elsewhere_head=OK,
        administrator=OK,
        others=NO,
    ),
    GET_ONLY,
)


def things(country: Country) -> dict[str, list[Any]]:
    """A row of a draft that was changed once."""
    head = country["upazila.head"]
    plan = make_plan(country.upazila, by=head, period="2007")
    task = make_task(plan, by=head)
    fields = {**texts_of(task), "subject": "", "title": "বদলানো কাজ"}
    update_task(task=task, version=task.version, fields=fields, by=head)
    entry = AuditEntry.objects.filter(action="task.update", object_id=task.pk).get()
    return {
        "record_file": ["csv"],
        "record_entry": [entry.pk],
        "record_row": ["workplans.task", task.pk],
        "record_paper": ["workplans.workplan", plan.pk],
    }


PART = Part(
    addresses={
        "teams:record_list": at("", *SEARCH),
        "teams:record_export": at("record_file", *SEARCH),
        "teams:record_entry": at(
            "record_entry", get(team=OK, administrator=OK, others=GONE), GET_ONLY
        ),
        "teams:record_row": at("record_row", get(team=OK, others=GONE), GET_ONLY),
        "teams:record_timeline": at("record_paper", get(team=OK, others=GONE), GET_ONLY),
    },
    things=things,
)
