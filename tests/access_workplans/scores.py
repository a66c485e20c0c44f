"""Who gets what at the addresses of workplans.urls.scores."""

from typing import Any

from teams.models import User
from tests.access_rules import (
    DONE,
    GET_ONLY,
    GONE,
    KEPT,
    NO,
    OK,
    OPEN,
    POST_ONLY,
    SENT,
    at,
    get,
    post,
)
from tests.access_workplans.parts import PlanPart
from tests.workplans.indicators import TYPED, make_indicator
from workplans.actions import delete_indicator
from workplans.models import Indicator, IndicatorReview, QuarterTarget, Task, WorkPlan

# Written by the team while the text is open.
FORM = (
    get(OPEN, team=OK, others=GONE),
    get(SENT, team=NO, above=NO, others=GONE),
    post(OPEN, team=DONE, others=GONE),
    post(SENT, team=NO, above=NO, others=GONE),
)
ACTION = (
    POST_ONLY,
    post(OPEN, team=DONE, others=GONE),
    post(SENT, team=KEPT, above=NO, others=GONE),
)


def indicator_form(things: Any) -> dict[str, Any]:
    return {**TYPED, "version": 1}


def weights_form(things: Any) -> dict[str, Any]:
    return {f"weight_{things.task.subject_id}": "৩০"}


def review_form(things: Any) -> dict[str, Any]:
    """The reviewer accepts something of the plan's indicator."""
    (pk,) = things.addresses["indicator"]
    return {f"i{pk}-achieved": "৮০", f"i{pk}-remark": "প্রমাণ দেখা হয়েছে"}


def while_draft(plan: WorkPlan, task: Task, by: User) -> dict[str, list[Any]]:
    """An indicator of the task, and one that was deleted."""
    indicator, deleted = (make_indicator(task, by=by) for _ in range(2))
    delete_indicator(indicator=deleted, by=by)
    return {"indicator": [indicator.pk], "deleted_indicator": [deleted.pk]}


PART = PlanPart(
    addresses={
        "workplans:scores": at(
            "plan",
            get(OPEN, team=OK, others=GONE),
            get(SENT, team=OK, above=OK, others=GONE),
            GET_ONLY,
        ),
        "workplans:score_review": at(
            "plan",
            get(OPEN, team=NO, others=GONE),
            get(("submitted",), team=NO, above=NO, others=GONE),
            get(("approved", "closed"), team=NO, division_member=NO, above=OK, others=GONE),
            post(OPEN, team=NO, others=GONE),
            post(("submitted",), team=NO, above=NO, others=GONE),
            post(("approved", "closed"), team=NO, division_member=NO, above=DONE, others=GONE),
            sends=review_form,
        ),
        "workplans:weight_update": at("plan", *FORM, sends=weights_form),
        "workplans:indicator_create": at("task", *FORM, sends=indicator_form),
        "workplans:indicator_update": at("indicator", *FORM, sends=indicator_form),
        "workplans:indicator_delete": at("indicator", *ACTION),
        "workplans:indicator_restore": at("deleted_indicator", *ACTION),
    },
    while_draft=while_draft,
    watched=(Indicator, IndicatorReview, QuarterTarget),
)
