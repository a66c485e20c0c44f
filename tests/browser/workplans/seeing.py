"""Something real on every page of workplans.urls.seeing."""

from django.urls import reverse

from teams.models import TermOfReference
from tests.access_meeting_world import post_of
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import make_plan, make_progress, make_task
from workplans.actions import make_feed, tag_task


def of_officer(upazila: Upazila) -> Addresses:
    plan = make_plan(upazila.office, by=upazila.head, tasks=0, period="2024")
    for number in (1, 2):
        make_task(
            plan, by=upazila.head, number=number, start_text="১ মার্চ ২০২৪", end_text="৩০ জুন ২০২৪"
        )
    make_task(
        plan, by=upazila.head, number=9, title="ইনোভেশন শোকেসিং", start_text="প্রতি মাসের ১৫ তারিখ",
        end_text="",
    )  # fmt: skip
    task = plan.tasks.in_order()[0]
    make_progress(task, by=upazila.head, percent=60)
    terms = TermOfReference.objects.covering(plan.starts_on).filter(number__in=(1, 16))
    tag_task(task=task, terms=terms, by=upazila.head)
    make_feed(post=post_of(upazila.head), by=upazila.head)
    timeline, coverage, tagging = (
        reverse(f"workplans:{name}", args=[plan.pk])
        for name in ("timeline", "coverage", "plan_terms")
    )
    detail = plan.get_absolute_url()
    return {
        "workplans:detail": [f"{detail}?state=late&term=1", f"{detail}?mine=1"],
        "workplans:timeline": [timeline],
        "workplans:coverage": [coverage],
        "workplans:plan_terms": [tagging],
        "workplans:task_terms": [reverse("workplans:task_terms", args=[task.pk])],
        "workplans:calendar": [reverse("workplans:calendar")],
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        {
            "workplans:timeline_print",
            "workplans:feed_make",
            "workplans:feed_end",
            "workplans:feed",
        }
    ),
)
