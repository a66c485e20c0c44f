"""Indicators of a plan: written, weighed, scored, and reviewed by the superior office."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    StaleIndicator,
    StaleReviews,
    StaleWeights,
    add_indicator,
    delete_indicator,
    restore_indicator,
    review_indicators,
    update_indicator,
    weigh_subjects,
)
from ..enums import Unit
from ..forms.scores import IndicatorForm, ReviewForm, WeightsForm, words_of
from ..models import Indicator, Task
from ..score_table import indicators_of_task, score_table
from ..table import plan_table
from .plans import get_plan, row_id


@require_safe
def score_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Every indicator with its targets, the team's own score and the reviewer's beside it."""
    plan = get_plan(request, pk)
    today = timezone.localdate()
    table = plan_table(plan, today=today)
    context = {
        "plan": plan,
        "table": table,
        "scores": score_table(plan, today=today, table=table),
        "can_edit": perms.can_edit_workplan(request.user, plan),
        "can_progress": perms.can_add_progress(request.user, plan),
        "can_review": perms.can_review_scores(request.user, plan),
    }
    return render(request, "workplans/score_detail.html", context)


# --- Indicators -----------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def indicator_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """Add an indicator to a task."""
    tasks = Task.everything.visible_to(request.user).kept()
    task = get_object_or_404(tasks.select_related("plan__office", "subject"), pk=pk)
    _must_edit(request, task)
    form = IndicatorForm(sent(request), plan=task.plan)
    if not form.is_valid():
        return _form_page(request, form, task)
    try:
        indicator = add_indicator(
            task=task, words=form.words, by=request.user, form_key=form.cleaned_data["form_key"]
        )
    except WrongState as reason:
        return _refused(request, task, str(reason))
    return _saved(request, indicator, draft=f"indicator-new-{task.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save an indicator; a save made from an old copy shows both texts instead."""
    indicator = _get_indicator(request, pk, deleted=request.method == "POST")
    task = indicator.task
    _must_edit(request, task)
    if request.method != "POST":
        form = IndicatorForm(plan=task.plan, indicator=indicator)
        return _form_page(request, form, task, indicator)
    form = IndicatorForm(_with_choices(request, indicator), plan=task.plan)
    if not form.is_valid():
        return _form_page(request, form, task, indicator)
    try:
        indicator = update_indicator(
            indicator=indicator,
            version=form.cleaned_data["version"],
            words=form.words,
            by=request.user,
        )
    except StaleIndicator as stale:
        differences = _differences(form, stale.current)
        if differences or stale.current.deleted_at:
            return _conflict(request, form, stale.current, differences)
        # Saved already; the answer was lost on the way.
        indicator = stale.current
    except WrongState as reason:
        return _refused(request, task, str(reason))
    return _saved(request, indicator, draft=f"indicator-{pk}")


@require_POST
def indicator_delete(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take an indicator out; the task's page offers to bring it back."""
    indicator = _get_indicator(request, pk)
    try:
        delete_indicator(indicator=indicator, by=request.user)
    except WrongState as reason:
        return _refused(request, indicator.task, str(reason))
    return redirect(f"{indicator.task.get_absolute_url()}?deleted_indicator={pk}#indicators")


@require_POST
def indicator_restore(request: OfficerRequest, pk: int) -> HttpResponse:
    indicator = _get_indicator(request, pk, deleted=True)
    try:
        restore_indicator(indicator=indicator, by=request.user)
    except WrongState as reason:
        return _refused(request, indicator.task, str(reason))
    return redirect(f"{indicator.task.get_absolute_url()}#indicators")


# --- Weights of objectives --------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def weight_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """What each objective of the plan counts for, all on one page."""
    plan = get_plan(request, pk)
    if not perms.can_edit_workplan(request.user, plan):
        raise PermissionDenied
    table = score_table(plan, today=timezone.localdate())
    form = WeightsForm(sent(request), subjects=[one.subject for one in table.objectives])
    context = {"plan": plan, "form": form, "scores": table}
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "workplans/weight_form.html", context, status=status)
    try:
        weigh_subjects(workplan=plan, weighings=form.weighings, by=request.user)
    except StaleWeights as stale:
        form.meet(stale.subjects)
        return render(request, "workplans/weight_form.html", context, status=409)
    except WrongState as reason:
        messages.error(request, str(reason))
        return redirect(plan)
    messages.success(request, _("উদ্দেশ্যের মান সংরক্ষিত হয়েছে।"), extra_tags=f"weights-{pk}")
    return redirect("workplans:scores", pk=pk)


# --- The reviewer -----------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def score_review(request: OfficerRequest, pk: int) -> HttpResponse:
    """What the superior office accepts of each indicator, all on one page."""
    plan = get_plan(request, pk)
    if not perms.can_review_scores(request.user, plan):
        raise PermissionDenied
    table = score_table(plan, today=timezone.localdate())
    period = (plan.starts_on, plan.ends_on)
    forms = {
        row.indicator.pk: ReviewForm(sent(request), row=row, period=period)
        for row in table.indicators
    }
    context: dict[str, Any] = {"plan": plan, "scores": table, "forms": forms}
    # Every one is asked, so that each can show what is wrong in it.
    are_valid = [form.is_valid() for form in forms.values()]
    if request.method != "POST" or not all(are_valid):
        status = 422 if request.method == "POST" else 200
        return render(request, "workplans/score_review.html", context, status=status)
    touched = [form.reviewing for form in forms.values() if form.is_touched]
    try:
        review_indicators(workplan=plan, reviewings=touched, by=request.user)
    except StaleReviews as stale:
        for review in stale.reviews:
            forms[review.indicator_id].meet(review)
        context["is_conflict"] = True
        return render(request, "workplans/score_review.html", context, status=409)
    messages.success(request, _("মূল্যায়ন সংরক্ষিত হয়েছে।"), extra_tags=f"review-{pk}")
    return redirect("workplans:scores", pk=pk)


# --- Shared with the page of a task -----------------------------------------------------------
def indicator_context(request: OfficerRequest, task: Task) -> dict[str, Any]:
    """What workplans/_task_indicators.html shows."""
    can_edit = perms.can_edit_workplan(request.user, task.plan)
    deleted = row_id(request.GET.get("deleted_indicator", "")) if can_edit else None
    return {
        "indicators": indicators_of_task(task, today=timezone.localdate()),
        "can_edit": can_edit,
        "deleted_indicator": deleted,
    }


# --- How these views answer -------------------------------------------------------------------
def _get_indicator(request: OfficerRequest, pk: int, *, deleted: bool = False) -> Indicator:
    indicators = Indicator.objects.visible_to(request.user).select_related(
        "task__plan__office", "task__subject", "updated_by", "deleted_by"
    )
    if not deleted:
        indicators = indicators.kept()
    return get_object_or_404(indicators, pk=pk)


def _must_edit(request: OfficerRequest, task: Task) -> None:
    if not perms.can_edit_workplan(request.user, task.plan):
        raise PermissionDenied


def _form_page(
    request: OfficerRequest, form: IndicatorForm, task: Task, indicator: Indicator | None = None
) -> HttpResponse:
    context = {"form": form, "task": task, "plan": task.plan, "indicator": indicator}
    status = 422 if form.errors else 200
    return render(request, "workplans/indicator_form.html", context, status=status)


def _saved(request: OfficerRequest, indicator: Indicator, *, draft: str) -> HttpResponse:
    messages.success(request, _("সূচক সংরক্ষিত হয়েছে।"), extra_tags=draft)
    if "more" in request.POST:
        return redirect("workplans:indicator_create", pk=indicator.task_id)
    return redirect(f"{indicator.task.get_absolute_url()}#indicators")


def _refused(request: OfficerRequest, task: Task, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(task.plan)


# --- Two texts of one indicator ---------------------------------------------------------------
def _differences(form: IndicatorForm, current: Indicator) -> list[dict[str, str]]:
    theirs = words_of(current)
    return [
        {
            "name": name,
            "label": str(form.fields[name].label),
            "mine": _shown(name, words),
            "theirs": _shown(name, theirs.get(name, "")),
        }
        for name, words in form.texts.items()
        if words != theirs.get(name, "")
    ]


def _shown(name: str, words: str) -> str:
    return str(Unit(words).label) if name == "unit" else words


def _conflict(
    request: OfficerRequest,
    form: IndicatorForm,
    current: Indicator,
    differences: list[dict[str, str]],
) -> HttpResponse:
    """Both texts side by side; nothing was written."""
    context = {
        "indicator": current,
        "task": current.task,
        "plan": current.task.plan,
        "mine": form.texts,
        "differences": differences,
    }
    return render(request, "workplans/indicator_conflict.html", context, status=409)


def _with_choices(request: OfficerRequest, indicator: Indicator) -> QueryDict:
    """After a conflict: take the other's text in the cells where the officer chose it."""
    theirs, chosen = words_of(indicator), request.POST.copy()
    for key, choice in request.POST.items():
        if key.startswith("keep_") and choice == "theirs":
            name = key.removeprefix("keep_")
            chosen[name] = theirs.get(name, "")
    return chosen
