"""What falls to the head while a post is vacant: its tasks and its decisions."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from meetings.models import Assignment, AssignmentQuerySet
from teams.models import Post, PostHolding, PostQuerySet, User
from workplans.models import Task, TaskQuerySet, WorkPlan

from .item import DutyItem
from .meetings import assignment_item
from .plans import items_of_task, told_of_parts


def headed_offices(user: User) -> list[int]:
    """The offices whose vacant posts' work falls to this person."""
    return [pk for pk in user.scope.team_office_ids if user.scope.heads(pk)]


def vacant_posts(user: User) -> PostQuerySet:
    """Posts of the offices one heads that nobody holds today, closed ones too: their work stays."""
    held = PostHolding.objects.on(user.scope.on).values("post")
    offices = headed_offices(user)
    return Post.objects.filter(office_id__in=offices).exclude(is_active=True, pk__in=held)


def tasks_of_vacant(user: User, today: date) -> TaskQuerySet:
    """Open tasks of vacant posts, without those that are the head's own as well."""
    open_ones = Task.objects.filter(
        plan__in=WorkPlan.objects.filter(office_id__in=headed_offices(user)).alive(today)
    )
    through = Task.responsible.through.objects
    return (
        open_ones.kept()
        .filter(pk__in=through.filter(post__in=vacant_posts(user)).values("task_id"))
        .exclude(pk__in=through.filter(post_id__in=user.scope.post_ids).values("task_id"))
        .with_progress()
        .undone()
    )


def assignments_of_vacant(user: User) -> AssignmentQuerySet:
    """Decisions that vacant posts owe, once the office could know of them."""
    owed: AssignmentQuerySet = Assignment.objects.visible_to(user).owed()
    return owed.filter(post__in=vacant_posts(user))


def vacancy_items(user: User, today: date) -> Iterator[DutyItem]:
    """For heads; to anybody else nothing falls."""
    if not headed_offices(user):
        return
    open_ones = tasks_of_vacant(user, today).select_related("plan", "subject")
    named = Prefetch("responsible", queryset=vacant_posts(user), to_attr="vacant")
    tasks = list(open_ones.prefetch_related(named))
    told = told_of_parts(tasks)
    for task in tasks:
        for item in items_of_task(task, told, today):
            yield from _marked(item, task.vacant)  # type: ignore[attr-defined]
    owed = assignments_of_vacant(user).with_last_report()
    for assignment in owed.select_related("decision__meeting__office", "office", "post"):
        yield from _marked(assignment_item(user, assignment, today), [assignment.post])


def _marked(item: DutyItem | None, posts: Iterable[Post | None]) -> Iterator[DutyItem]:
    """The item, with the post that nobody is on."""
    if item is not None:
        names = ", ".join(post.designation for post in posts if post)
        detail = _("শূন্য পদ: %(post)s") % {"post": names}
        yield replace(item, detail=f"{detail} · {item.detail}")
