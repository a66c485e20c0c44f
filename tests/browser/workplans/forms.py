"""Something real on every page of workplans.urls.forms."""

from django.urls import reverse

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from workplans.models import WorkPlan


def of_officer(upazila: Upazila) -> Addresses:
    plan = WorkPlan.objects.filter(office=upazila.office, tasks__isnull=False).latest("pk")
    table = reverse("workplans:progress_table", args=[plan.pk])
    return {
        "workplans:papers": [reverse("workplans:papers", args=[plan.pk])],
        "workplans:progress_table": [table, f"{table}?span=all"],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        {
            "workplans:docx",
            "workplans:switch_form",
            "workplans:progress_print",
            "workplans:progress_docx",
            "workplans:progress_xlsx",
        }
    ),
)
