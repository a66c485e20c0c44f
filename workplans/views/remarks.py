"""Remarks on a plan, its rows and cells: read, written, answered, settled."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.enums import TEAM_ROLES
from teams.models import Post, User
from teams.requests import OfficerRequest, page_asked, sent
from teams.transitions import WrongState

from .. import perms
from ..actions import add_comment, reply_to_comment, see_comment, settle_comment
from ..forms.life import CommentForm, ReplyForm
from ..models import CommentMention, PlanComment, Task, WorkPlan
from .plans import get_plan, row_id


@require_safe
def comment_list(request: OfficerRequest, pk: int) -> HttpResponse:
    """Everything said about a plan, what is open first."""
    plan = get_plan(request, pk)
    threads = threads_of(request.user, PlanComment.objects.filter(plan=plan))
    context = {
        "plan": plan,
        "open": [thread for thread in threads if not thread.comment.settled_at],
        "settled": [thread for thread in threads if thread.comment.settled_at],
        **remark_context(request.user, plan),
    }
    return render(request, "workplans/comment_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say something about the plan, or with ?task= about one of its rows, with &cell= a cell."""
    plan = get_plan(request, pk)
    if not perms.can_comment_workplan(request.user, plan):
        raise PermissionDenied
    task = _task_in(plan, request.GET.get("task", ""))
    form = CommentForm(
        sent(request),
        task=task,
        posts=posts_to_call(request.user, plan),
        initial={"cell": request.GET.get("cell", "")},
    )
    if request.method == "POST" and form.is_valid():
        comment = add_comment(
            workplan=plan,
            by=request.user,
            text=form.cleaned_data["text"],
            task=task,
            cell=form.cleaned_data.get("cell", ""),
            posts=form.called,
            form_key=form.cleaned_data["form_key"],
        )
        draft = f"remark-{plan.pk}-{task.pk if task else ''}"
        messages.success(request, _("মন্তব্য লেখা হয়েছে।"), extra_tags=draft)
        return redirect(page_asked(request) or comment_url(comment))
    status = 422 if form.errors else 200
    context = {"plan": plan, "task": task, "form": form, "next": page_asked(request)}
    return render(request, "workplans/comment_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_reply(request: OfficerRequest, pk: int) -> HttpResponse:
    """Answer a remark."""
    comment = _get_comment(request, pk)
    if not perms.can_comment_workplan(request.user, comment.plan):
        raise PermissionDenied
    posts = posts_to_call(request.user, comment.plan)
    form = ReplyForm(sent(request), posts=posts)
    if request.method == "POST" and form.is_valid():
        reply_to_comment(
            comment=comment,
            by=request.user,
            text=form.cleaned_data["text"],
            posts=form.called,
            form_key=form.cleaned_data["form_key"],
        )
        messages.success(request, _("জবাব লেখা হয়েছে।"), extra_tags=f"reply-{pk}")
        return redirect(page_asked(request) or comment_url(comment))
    status = 422 if form.errors else 200
    context = {
        "plan": comment.plan,
        "comment": comment.parent or comment,
        "form": form,
        "next": page_asked(request),
        **remark_context(request.user, comment.plan),
    }
    return render(request, "workplans/comment_reply.html", context, status=status)


@require_POST
def comment_settle(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that a remark is dealt with; with open=1, that it is not."""
    comment = _get_comment(request, pk)
    try:
        settle_comment(comment=comment, by=request.user, settled="open" not in request.POST)
    except WrongState as reason:
        messages.error(request, str(reason))
    return redirect(page_asked(request) or comment_url(comment))


@require_POST
def comment_seen(request: OfficerRequest, pk: int) -> HttpResponse:
    """Whoever was called to a remark has read it."""
    comment = _get_comment(request, pk)
    see_comment(comment=comment, by=request.user)
    messages.success(request, _("দেখা হয়েছে বলে রাখা হলো; আপনার তালিকায় আর থাকবে না।"))
    return redirect(page_asked(request) or comment_url(comment))


# --- Shared with the pages on which remarks stand -----------------------------------------------
@dataclass(frozen=True)
class Thread:
    """A remark with its answers; `is_waiting` when this person was called to it, unseen."""

    comment: PlanComment
    replies: list[PlanComment]
    is_waiting: bool


def threads_of(user: User, comments: Any) -> list[Thread]:
    """These remarks as far as the person may read them, open ones first (two queries)."""
    found = list(
        comments.filter(pk__in=PlanComment.objects.visible_to(user))
        .select_related("task__subject", "created_by", "by_post__office", "settled_by", "plan")
        .prefetch_related("mentions__post")
        .order_by("created_at", "pk")
    )
    replies: dict[int, list[PlanComment]] = {
        pk: list(of_thread)
        for pk, of_thread in groupby(
            sorted((one for one in found if one.parent_id), key=lambda one: one.parent_id),
            key=lambda one: one.parent_id,
        )
    }
    mine = set(user.scope.post_ids)
    threads = [
        Thread(
            one,
            replies.get(one.pk, []),
            any(_waits(said, mine) for said in (one, *replies.get(one.pk, []))),
        )
        for one in found
        if not one.parent_id
    ]
    return sorted(threads, key=lambda thread: thread.comment.settled_at is not None)


def _waits(comment: PlanComment, posts: set[int]) -> bool:
    mentions: list[CommentMention] = list(comment.mentions.all())
    return any(one.post_id in posts and one.seen_at is None for one in mentions)


def remark_context(user: User, plan: WorkPlan) -> dict[str, Any]:
    """What the partials of remarks ask of the person."""
    return {
        "can_comment": perms.can_comment_workplan(user, plan),
        "can_settle": perms.can_settle_comment(user, plan),
        "reads_removed": perms.can_read_removed(user, plan),
    }


def remark_section(user: User, task: Task) -> dict[str, Any]:
    """What is said about a task, for its page (three queries, four for the team)."""
    context = remark_context(user, task.plan)
    posts = posts_to_call(user, task.plan) if context["can_comment"] else []
    return {
        **context,
        "threads": threads_of(user, PlanComment.objects.filter(task=task)),
        # Its boxes are called otherwise than those of the report on the same page.
        "remark_form": CommentForm(task=task, posts=posts, auto_id="id_remark_%s")
        if context["can_comment"]
        else None,
    }


def posts_to_call(user: User, plan: WorkPlan) -> list[Post]:
    """The posts of the team, for its own people; offices above choose nobody."""
    if not user.scope.is_in_team(plan.office_id):
        return []
    return list(plan.office.posts.active().filter(role__in=TEAM_ROLES).order_by("position", "pk"))


def comment_url(comment: PlanComment) -> str:
    """Where a remark is read: with its row, or among those of the plan."""
    if comment.task and comment.task.deleted_at is None:
        return f"{comment.task.get_absolute_url()}#remarks"
    return f"{reverse('workplans:comments', args=[comment.plan_id])}#comment-{comment.pk}"


def _get_comment(request: OfficerRequest, pk: int) -> PlanComment:
    comments = PlanComment.objects.visible_to(request.user).select_related(
        "plan__office__parent", "task__subject", "parent__task", "created_by", "by_post__office"
    )
    return get_object_or_404(comments, pk=pk)


def _task_in(plan: WorkPlan, text: str) -> Task | None:
    """The row that an address names; 404 for one of another plan."""
    if not text:
        return None
    tasks = Task.everything.filter(plan=plan).kept().select_related("subject")
    return get_object_or_404(tasks, pk=row_id(text) or 0)
