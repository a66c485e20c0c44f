"""Who gets what at the addresses of workplans.urls.starting."""

from datetime import date
from typing import Any

from tests.access_rules import DONE, GONE, NO, OK, OPEN, SENT, at, get, post
from tests.access_workplans.parts import PlanPart
from tests.factories import Country
from workplans.models import CommonTask, WorkPlan

ANCIENT = "সব বছরের কাজ"
# Rows are brought by the team while the text is open.
WHILE_OPEN = (
    get(OPEN, team=OK, others=GONE),
    get(SENT, team=NO, above=NO, others=GONE),
    post(OPEN, team=DONE, others=GONE),
    post(SENT, team=NO, above=NO, others=GONE),
)


def earlier_row(things: Any) -> dict[str, Any]:
    """A row of the plan that the page offers first: the office's newest other one."""
    others = WorkPlan.objects.filter(office=things.plan.office_id).exclude(pk=things.plan.pk)
    return {"copied": [others.latest("starts_on").tasks.kept().first().pk]}


def common_task(things: Any) -> dict[str, Any]:
    return {"chosen": [CommonTask.objects.get(title=ANCIENT).pk]}


def things(country: Country) -> dict[str, list[Any]]:
    """A ready task of the years in which the world's plans are."""
    CommonTask.objects.create(
        subject="বিষয়", title=ANCIENT, valid_from=date(2000, 1, 1), source="সূত্র"
    )
    return {}


PART = PlanPart(
    addresses={
        "workplans:bring": at("plan", *WHILE_OPEN, sends=earlier_row),
        "workplans:library": at("plan", *WHILE_OPEN, sends=common_task),
    },
    things=things,
)
