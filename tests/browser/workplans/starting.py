"""Something real on every page of workplans.urls.starting."""

from django.urls import reverse

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import make_plan, make_progress


def of_officer(upazila: Upazila) -> Addresses:
    last, plan = (
        make_plan(upazila.office, by=upazila.head, tasks=tasks, period=period)
        for period, tasks in (("2012-2013", 3), ("2013-2014", 0))
    )
    for percent, task in zip((60, 100), last.tasks.all(), strict=False):
        make_progress(task, by=upazila.head, percent=percent)
    bring, library = (reverse(f"workplans:{name}", args=[plan.pk]) for name in ("bring", "library"))
    return {
        "workplans:bring": [f"{bring}?from={last.pk}"],
        "workplans:library": [library, f"{library}?q=নেই"],
    }


PAGES = Pages(of_officer=of_officer)
