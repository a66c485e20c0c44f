"""What the person who logged in owes, gathered from every room."""

from datetime import date

from meetings.models import Assignment
from teams.models import User

from .ideas import idea_items
from .item import MOST_ITEMS, DutyItem
from .meetings import assignment_items, call_items, decision_items, minutes_items
from .plans import open_tasks, plan_items, task_items

__all__ = ["DutyItem", "duty_items", "late_count"]


def duty_items(user: User, *, today: date) -> list[DutyItem]:
    """Late first, then this week, then what comes next (a fixed number of queries)."""
    items = [
        *plan_items(user, today),
        *task_items(user, today),
        *assignment_items(user, today),
        *idea_items(user, today),
    ]
    if led := user.scope.led_offices:
        items += [*decision_items(led), *minutes_items(led, today), *call_items(led, today)]
    return sorted(items, key=lambda item: item.order)[:MOST_ITEMS]


def late_count(user: User, *, today: date) -> int:
    """How many tasks and decisions of this person's posts are overdue (one query)."""
    tasks = open_tasks(user, today).late(today)
    decisions = Assignment.objects.owed_by(user).filter(decision__due_on__lt=today)
    late = tasks.order_by().values_list("pk")
    return late.union(decisions.order_by().values_list("pk"), all=True).count()
