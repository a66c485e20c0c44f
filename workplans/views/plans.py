"""The list of plans, one plan as a grid, and its way through submission and approval."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.forms import BaseForm
from teams.models import Office, User
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import day
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    DuplicatePlan,
    approve_workplan,
    close_workplan,
    create_workplan,
    return_workplan,
    submit_workplan,
)
from ..enums import FORMS_WITH_INDICATORS, PlanStatus
from ..filters import WorkPlanFilter
from ..forms import ApproveForm, PlanCreateForm, ReturnForm
from ..marks import mark_table, only_changed, open_remarks
from ..models import StandardSubject, WorkPlan
from ..row_filter import RowFilter
from ..score_table import indicator_rows
from ..table import plan_table
from ..versions import being_written

PLANS_PER_PAGE = 30


@require_safe
def workplan_list(request: OfficerRequest) -> HttpResponse:
    """Own plans, and what the offices below have submitted."""
    plans = (
        WorkPlan.objects.visible_to(request.user)
        .select_related("office__parent")
        .with_counts(timezone.localdate())
        .order_by("-starts_on", "office__path", "-revision")
    )
    found = WorkPlanFilter(request.GET, queryset=plans, request=request)
    page = Paginator(found.qs, PLANS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "can_create": bool(request.user.scope.team_offices)}
    return render(request, "workplans/workplan_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_create(request: OfficerRequest) -> HttpResponse:
    """Start a plan; an existing one for the same period is opened instead."""
    offices = request.user.scope.team_offices
    if not offices:
        raise PermissionDenied
    form = PlanCreateForm(request.POST or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        office = get_object_or_404(Office, pk=form.cleaned_data["office"])
        try:
            plan = create_workplan(
                office=office,
                period=form.cleaned_data["period"],
                form=form.cleaned_data["form"],
                by=request.user,
            )
        except DuplicatePlan as duplicate:
            messages.info(request, _("এই সময়ের পরিকল্পনা আগেই খোলা হয়েছে; সেটিই এখানে।"))
            return redirect(duplicate.existing)
        return redirect(plan)
    return render(request, "workplans/workplan_form.html", {"form": form})


@require_safe
def workplan_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """The plan as a grid; with a filter in the address, some of its rows."""
    plan = get_plan(request, pk)
    shown = row_id(request.GET.get("show", ""))
    keep = [] if shown is None else [shown]
    context = grid_context(request.user, plan, view=request.GET, keep=keep)
    if context["plan_marks"].basis and "changed" in request.GET:
        context |= {"table": only_changed(context["table"]), "only_changed": True}
    context["revision"] = None if plan.is_revision else being_written(request.user, plan)
    context["deleted"] = row_id(request.GET.get("deleted", "")) if context["can_edit"] else None
    return render(request, "workplans/workplan_detail.html", context)


@require_POST
def workplan_submit(request: OfficerRequest, pk: int) -> HttpResponse:
    return _step(request, pk, submit_workplan, _("পরিকল্পনা দপ্তর প্রধানের কাছে পেশ করা হয়েছে।"))


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_approve(request: OfficerRequest, pk: int) -> HttpResponse:
    """Approve a submitted plan, with the coordination meeting that agreed to it."""
    plan = get_plan(request, pk)
    if not perms.can_approve_workplan(request.user, plan):
        if request.method == "POST" and plan.status != PlanStatus.SUBMITTED:
            return _too_late(request, plan)
        raise PermissionDenied
    form = ApproveForm(sent(request), initial={"meeting_on": day(timezone.localdate())})
    if _is_decided(request, plan, form):
        return _step(
            request,
            pk,
            lambda workplan, by: approve_workplan(workplan=workplan, by=by, **form.cleaned_data),
            _("পরিকল্পনা অনুমোদিত হয়েছে।"),
        )
    status = 422 if form.errors else 200
    context = {"plan": plan, "form": form}
    return render(request, "workplans/workplan_approve.html", context, status=status)


@require_POST
def workplan_close(request: OfficerRequest, pk: int) -> HttpResponse:
    return _step(request, pk, close_workplan, _("পরিকল্পনা সমাপ্ত ঘোষণা করা হয়েছে।"))


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_return(request: OfficerRequest, pk: int) -> HttpResponse:
    """Send a submitted plan back to the team, with what to mend."""
    plan = get_plan(request, pk)
    if plan.status == PlanStatus.RETURNED and perms.can_edit_workplan(request.user, plan):
        messages.info(request, _("পরিকল্পনা আগেই ফেরত দেওয়া হয়েছে।"))
        return redirect(plan)
    if not perms.can_return_workplan(request.user, plan):
        raise PermissionDenied
    remarks = open_remarks(request.user, plan)
    form = ReturnForm(sent(request), remarks=len(remarks))
    if _is_decided(request, plan, form):
        return _step(
            request,
            pk,
            lambda workplan, by: return_workplan(
                workplan=workplan, by=by, reason=form.cleaned_data["reason"]
            ),
            _("পরিকল্পনা সংশোধনের জন্য ফেরত দেওয়া হয়েছে।"),
        )
    context = {"plan": plan, "form": form, "remarks": remarks}
    status = 422 if form.errors else 200
    return render(request, "workplans/workplan_return.html", context, status=status)


# --- Shared with the other view modules ----------------------------------------------------
def get_plan(request: OfficerRequest, pk: int) -> WorkPlan:
    """The plan if this person may see it; 404 otherwise."""
    plans = WorkPlan.everything.visible_to(request.user).select_related(
        "office__parent", "revises", "approved_by", "submitted_by", "returned_by", "withdrawn_by"
    )
    return get_object_or_404(plans, pk=pk)


def row_id(text: str) -> int | None:
    """The id of a row as an address or a script names it; None for anything else.

    Longer or other digits than an id has never reach `int` (it refuses very long ones) or a URL.
    """
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


def grid_context(
    user: User,
    plan: WorkPlan,
    *,
    view: Mapping[str, Any] | None = None,
    keep: Iterable[int] = (),
) -> dict[str, Any]:
    """Everything the grid and its partials show; the same for the page and for one row.

    `view` is the filter asked for (see RowFilter); rows in `keep` are shown whatever it says.
    """
    today = timezone.localdate()
    table = plan_table(plan, today=today)
    row_filter = RowFilter(view or {}, table=table, my_posts=user.scope.post_ids)
    can_edit = perms.can_edit_workplan(user, plan)
    own = [group.subject.name for group in table.groups]
    marks = mark_table(user, plan, table)
    has_indicators = plan.form in FORMS_WITH_INDICATORS
    return {
        "plan": plan,
        "table": row_filter.narrow(table, keep=keep),
        "row_filter": row_filter,
        "today": today,
        "can_edit": can_edit,
        "can_progress": perms.can_add_progress(user, plan),
        "can_submit": perms.can_submit_workplan(user, plan),
        "can_approve": perms.can_approve_workplan(user, plan),
        "can_return": perms.can_return_workplan(user, plan),
        "can_close": perms.can_close_workplan(user, plan),
        "can_revise": perms.can_revise_workplan(user, plan),
        "can_withdraw": perms.can_withdraw_revision(user, plan),
        "can_comment": perms.can_comment_workplan(user, plan),
        "can_settle": perms.can_settle_comment(user, plan),
        "reads_removed": perms.can_read_removed(user, plan),
        "plan_marks": marks,
        "indicators": indicator_rows(plan, table.rows, today=today) if has_indicators else None,
        "subjects": subject_names(own, today=today) if can_edit else [],
    }


def subject_names(own: Iterable[str], *, today: date) -> list[str]:
    """Offered while typing a subject: the plan's own first, then those in common use."""
    usual = StandardSubject.objects.filter(valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )
    names = [*filter(None, own), *usual.values_list("name", flat=True)]
    return list(dict.fromkeys(names))


def _is_decided(request: OfficerRequest, plan: WorkPlan, form: BaseForm) -> bool:
    """Is the form sent, right, and about the plan as its page showed it?

    A page may have been left open while the plan went back and came again with other words.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    seen = row_id(request.POST.get("plan_version", ""))
    if seen is not None and seen != plan.version:
        form.add_error(
            None,
            _("এর মধ্যে পরিকল্পনাটি ফেরত গিয়ে আবার পেশ হয়েছে। এখনকার লেখা দেখে সিদ্ধান্ত দিন।"),
        )
    return form.is_valid()


def _too_late(request: OfficerRequest, plan: WorkPlan) -> HttpResponse:
    words = _("পরিকল্পনাটির অবস্থা আগেই বদলে গেছে; এখন এটি “%(status)s”।")
    messages.error(request, words % {"status": plan.get_status_display()})
    return redirect(plan)


def _step(request: OfficerRequest, pk: int, action: Callable[..., None], done: str) -> HttpResponse:
    plan = get_plan(request, pk)
    try:
        action(workplan=plan, by=request.user)
    except WrongState as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done)
    return redirect(plan)
