"""Something real on every page of teams.urls.record."""

from django.urls import reverse

from teams.models import AuditEntry, RowVersion
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import make_plan


def of_officer(upazila: Upazila) -> Addresses:
    plan = make_plan(upazila.office, by=upazila.head, period="2019-2020")
    task = plan.tasks.get()
    version = RowVersion.objects.filter(object_type="workplans.task", object_id=task.pk).get()
    return {
        "teams:record_entry": [reverse("teams:record_entry", args=[version.entry_id])],
        "teams:record_row": [reverse("teams:record_row", args=["workplans.task", task.pk])],
        "teams:record_timeline": [
            reverse("teams:record_timeline", args=["workplans.workplan", plan.pk])
        ],
    }


def of_administrator(upazila: Upazila) -> Addresses:
    entry = AuditEntry.objects.filter(office=upazila.office).latest("pk")
    return {
        "teams:record_list": [
            reverse("teams:record_list"),
            f"{reverse('teams:record_list')}?action=task.create&since=২১/১১/২০২৬",
        ],
        "teams:record_entry": [reverse("teams:record_entry", args=[entry.pk])],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_administrator=of_administrator,
    no_pages=frozenset({"teams:record_export"}),
)
