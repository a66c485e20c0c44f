"""Something real on every page of teams.urls.record."""

from django.urls import reverse

from teams.models import AuditEntry, RowVersion
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages


def of_officer(upazila: Upazila) -> Addresses:
    entries = AuditEntry.objects.filter(office=upazila.office, object_type="workplans.task")
    entry = entries.latest("pk")
    version = RowVersion.objects.filter(entry__in=entries).latest("pk")
    plan = entries.model.objects.filter(
        office=upazila.office, object_type="workplans.workplan"
    ).latest("pk")
    return {
        "teams:record_entry": [reverse("teams:record_entry", args=[entry.pk])],
        "teams:record_row": [
            reverse("teams:record_row", args=[version.object_type, version.object_id])
        ],
        "teams:record_timeline": [
            reverse("teams:record_timeline", args=[plan.object_type, plan.object_id])
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
