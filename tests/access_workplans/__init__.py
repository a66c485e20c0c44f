"""Who gets what at the addresses of work plans, one module for each part of the room."""

from typing import Any

from teams.models import User
from tests.access_workplans import forms, life, reporting, scores, seeing, starting, together
from tests.factories import Country
from workplans.models import Task, WorkPlan

PARTS = tuple(
    module.PART for module in (life, scores, forms, reporting, seeing, together, starting)
)
ADDRESSES = {name: address for part in PARTS for name, address in part.addresses.items()}


def workplan_things(country: Country) -> dict[str, list[Any]]:
    """What these addresses are about beside the plan in each state, made once."""
    return {name: args for part in PARTS for name, args in part.things(country).items()}


def things_while_draft(plan: WorkPlan, task: Task, by: User) -> dict[str, list[Any]]:
    return {name: args for part in PARTS for name, args in part.while_draft(plan, task, by).items()}


def things_of_plan(plan: WorkPlan, task: Task, by: User) -> dict[str, list[Any]]:
    return {name: args for part in PARTS for name, args in part.of_plan(plan, task, by).items()}
