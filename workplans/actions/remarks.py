"""Remarks on a plan, its rows and cells; answers to them; posts named in them."""

import json
from collections.abc import Iterable
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.enums import TEAM_ROLES
from teams.models import Post, User
from teams.transitions import WrongState

from .. import perms
from ..models import CommentMention, PlanComment, Task, WorkPlan
from ..responsible import mentioned_posts
from .writing import key_in


@transaction.atomic
def add_comment(
    *,
    workplan: WorkPlan,
    by: User,
    text: str,
    task: Task | None = None,
    cell: str = "",
    posts: Iterable[Post] = (),
    form_key: UUID | None = None,
) -> PlanComment:
    """Say something about the plan, about `task`, or about one cell of it.

    What the team says stays with it; a remark from an office above is shared. `posts` are called
    to it, with those named by an @ in the text. The same `form_key` with the same words returns
    the remark it made. Raises PermissionDenied.
    """
    if not perms.can_comment_workplan(by, workplan):
        raise PermissionDenied
    return _write(
        workplan,
        by,
        {"task": task, "cell": cell, "text": text, "is_shared": not _is_of_team(by, workplan)},
        posts,
        form_key,
    )


@transaction.atomic
def reply_to_comment(
    *,
    comment: PlanComment,
    by: User,
    text: str,
    posts: Iterable[Post] = (),
    form_key: UUID | None = None,
) -> PlanComment:
    """Answer a remark; whoever could read the remark reads the answer. Raises PermissionDenied."""
    plan = comment.plan
    if not perms.can_comment_workplan(by, plan):
        raise PermissionDenied
    thread = comment.parent or comment
    about = {"task": thread.task, "cell": thread.cell, "parent": thread, "text": text}
    reply = _write(plan, by, {**about, "is_shared": thread.is_shared}, posts, form_key)
    see_comment(comment=thread, by=by)
    return reply


@transaction.atomic
def settle_comment(*, comment: PlanComment, by: User, settled: bool = True) -> None:
    """A remark is dealt with, or after all not. Raises WrongState, PermissionDenied."""
    if not perms.can_settle_comment(by, comment.plan):
        raise PermissionDenied
    waiting = PlanComment.objects.filter(
        pk=comment.pk, parent__isnull=True, settled_at__isnull=settled
    )
    now = {"settled_at": timezone.now(), "settled_by": by}
    if not waiting.update(**(now if settled else dict.fromkeys(now))):
        raise WrongState(_("কাজটি আগেই হয়ে গেছে; নিচে এখনকার অবস্থা দেখুন।"))
    name = "plancomment.settle" if settled else "plancomment.unsettle"
    record(name, comment, by=by, office=comment.plan.office)
    see_comment(comment=comment, by=by)


def see_comment(*, comment: PlanComment, by: User) -> None:
    """Whoever was called to a remark, or to an answer to it, has seen it."""
    thread = comment.parent_id or comment.pk
    CommentMention.objects.filter(post__in=by.scope.post_ids, seen_at__isnull=True).filter(
        comment__in=PlanComment.objects.of_thread(thread)
    ).update(seen_at=timezone.now(), seen_by=by)


def _write(
    plan: WorkPlan,
    by: User,
    fields: dict[str, object],
    posts: Iterable[Post],
    form_key: UUID | None,
) -> PlanComment:
    fields |= {
        "plan": plan,
        "created_by": by,
        "by_post": next((one for one in by.scope.posts if one.office_id == plan.office_id), None)
        or by.scope.main_post,
    }
    if form_key is None:
        comment = PlanComment.objects.create(**fields)
    else:
        comment, made = PlanComment.objects.get_or_create(
            form_key=_key(plan, form_key, fields), defaults=fields
        )
        if not made:
            return comment
    called = _called(plan, by, str(fields["text"]), posts)
    for post in called:
        CommentMention.objects.create(comment=comment, post=post)
    record(
        "plancomment.reply" if comment.parent_id else "plancomment.add",
        comment,
        by=by,
        office=plan.office,
        after={
            "task": comment.task_id,
            "cell": comment.cell,
            "text": comment.text,
            "posts": [post.pk for post in called],
        },
    )
    return comment


def _called(plan: WorkPlan, by: User, text: str, posts: Iterable[Post]) -> list[Post]:
    """The posts of the team that are chosen or named; an office above calls nobody by choice."""
    team = list(plan.office.posts.active().filter(role__in=TEAM_ROLES))
    chosen = {post.pk for post in posts} if _is_of_team(by, plan) else set()
    named = {post.pk for post in mentioned_posts(text, team)}
    return [post for post in team if post.pk in chosen | named]


def _is_of_team(user: User, plan: WorkPlan) -> bool:
    return user.scope.is_in_team(plan.office_id)


def _key(plan: WorkPlan, form_key: UUID, fields: dict[str, object]) -> UUID:
    """A form's key bound to the plan and to what was said about what."""
    about = [getattr(fields.get(name), "pk", None) for name in ("task", "parent")]
    return uuid5(key_in(plan, form_key), json.dumps([*about, fields["cell"], fields["text"]]))
