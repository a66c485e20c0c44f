"""What the person who logged in owes, gathered from every room."""

from datetime import date, timedelta

from meetings.models import Assignment
from teams.models import User

from ..matters import Matter, matters
from .handovers import handover_items
from .ideas import idea_items
from .item import MOST_ITEMS, NEXT_DAYS, DutyItem
from .meetings import assignment_items, call_items, decision_items, minutes_items
from .owed import owed_items
from .plans import open_tasks, plan_items, task_items
from .remarks import remark_items
from .reports import report_items
from .teams import team_items
from .vacancies import assignments_of_vacant, headed_offices, tasks_of_vacant, vacancy_items

__all__ = ["DutyItem", "duty_items", "late_count"]


def duty_items(user: User, *, today: date) -> list[DutyItem]:
    """Late first, then this week, then what comes next (a fixed number of queries)."""
    owed = _owed(user, today)
    items = [
        *plan_items(user, today),
        *report_items(user, owed, today),
        *task_items(user, today),
        *remark_items(user, today),
        *assignment_items(user, today),
        *idea_items(user, today),
        *handover_items(user, today),
        *vacancy_items(user, today),
        *team_items(user),
    ]
    if led := user.scope.led_offices:
        items += [*decision_items(led), *minutes_items(led, today), *call_items(led, today)]
        items += owed_items(led, owed, today)
    return sorted(items, key=lambda item: item.order)[:MOST_ITEMS]


def _owed(user: User, today: date) -> list[Matter]:
    """What the calendar asks of the person's teams, by the days on which it is due."""
    own = user.scope.team_office_ids
    until = today + timedelta(days=NEXT_DAYS)
    return matters(today=today, until=until, offices=own) if own else []


def late_count(user: User, *, today: date) -> int:
    """How many tasks and decisions of this person's posts are overdue, for heads those of vacant
    posts as well (one query)."""
    decisions = [Assignment.objects.owed_by(user)]
    tasks = [open_tasks(user, today).late(today)]
    if headed_offices(user):  # every page asks: put together only what can find something
        decisions.append(assignments_of_vacant(user))
        tasks.append(tasks_of_vacant(user, today).late(today))
    late = [
        *(found.order_by().values_list("pk") for found in tasks),
        *(
            found.filter(decision__due_on__lt=today).order_by().values_list("pk")
            for found in decisions
        ),
    ]
    return late[0].union(*late[1:], all=True).count()
