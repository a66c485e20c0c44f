"""What each part of the room tells the access tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from teams.models import User
from tests.access_ideas.parts import Part
from workplans.models import Task, WorkPlan

# Of the plan in one state: what to make, and the numbers by which addresses name it.
PlanThings = Callable[[WorkPlan, Task, User], dict[str, list[Any]]]


def nothing(_plan: WorkPlan, _task: Task, _by: User) -> dict[str, list[Any]]:
    return {}


@dataclass(frozen=True)
class PlanPart(Part):
    """A part whose addresses may be about something in a plan.

    There is a plan for each state. `while_draft` makes its things before the plan is taken to
    that state, `of_plan` afterwards; each gets the plan, one of its tasks and the office's head.
    """

    while_draft: PlanThings = nothing
    of_plan: PlanThings = nothing
