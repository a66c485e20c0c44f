"""Something real on every page of workplans.urls.scores."""

from django.urls import reverse

from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import make_plan, make_task, take_plan_to
from tests.workplans.indicators import achieve, make_indicator
from workplans.models import Indicator, WorkPlan

LONG = "ইনোভেশন বিষয়ে দুই দিনের প্রশিক্ষণ শেষে পরীক্ষায় উত্তীর্ণ কর্মকর্তা ও কর্মচারীর সংখ্যা"
LONGEST_WORD = "জনপ্রশাসনমন্ত্রণালয়সংশ্লিষ্টকার্যালয়সমূহেরতথ্যব্যবস্থাপনা"


def scored_plan(upazila: Upazila, *, period: str, status: str) -> WorkPlan:
    """A scored plan with indicators of every unit, some of them reported on."""
    plan = make_plan(upazila.office, by=upazila.head, tasks=0, period=period, form="scored")
    for number in (1, 2, 3):
        task = make_task(plan, by=upazila.head, number=number)
        counted = make_indicator(task, by=upazila.head, name=LONG, weight="2.5")
        achieve(counted, "৮৫ জন")
        dated = make_indicator(
            task,
            by=upazila.head,
            name=LONGEST_WORD,
            unit="date",
            targets=("৩০ সেপ্টেম্বর ২০১৯", "", "৩১ অক্টোবর ২০১৯", "", "৩০ নভেম্বর ২০১৯"),
            quarters={1: "৩০ সেপ্টেম্বর ২০১৯"},
        )
        achieve(dated, "অক্টোবরের শেষে")
    plan.subjects.update(weight=30)
    return take_plan_to(plan, status, by=upazila.head)


def of_officer(upazila: Upazila) -> Addresses:
    plan = scored_plan(upazila, period="2020-2021", status="draft")
    indicator = Indicator.objects.filter(task__plan=plan).first()
    assert indicator is not None
    return {
        # Among them the grid and the task with indicators.
        "workplans:scores": [
            reverse("workplans:scores", args=[plan.pk]),
            plan.get_absolute_url(),
            indicator.task.get_absolute_url(),
        ],
        "workplans:weight_update": [reverse("workplans:weight_update", args=[plan.pk])],
        "workplans:indicator_create": [
            reverse("workplans:indicator_create", args=[indicator.task_id])
        ],
        "workplans:indicator_update": [reverse("workplans:indicator_update", args=[indicator.pk])],
    }


def of_reviewer(upazila: Upazila) -> Addresses:
    plan = scored_plan(upazila, period="2018-2019", status="approved")
    return {"workplans:score_review": [reverse("workplans:score_review", args=[plan.pk])]}


PAGES = Pages(
    of_officer=of_officer,
    of_reviewer=of_reviewer,
    no_pages=frozenset({"workplans:indicator_delete", "workplans:indicator_restore"}),
)
