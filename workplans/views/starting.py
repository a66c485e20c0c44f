"""A plan begun from an earlier one, or from tasks that many offices plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from teams.filters import LONGEST_SEARCH
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState

from .. import perms
from ..actions import add_common_tasks, bring_tasks
from ..forms.starting import BringForm, LibraryForm
from ..models import WorkPlan
from ..starting import earlier_plans, library_groups, library_of, offers_of, tasks_to_bring
from .plans import get_plan, row_id

PLANS_OFFERED = 12


@require_http_methods(["GET", "HEAD", "POST"])
def task_bring(request: OfficerRequest, pk: int) -> HttpResponse:
    """Choose rows of an earlier plan of the office; those left unfinished are ticked."""
    plan = _open_plan(request, pk)
    plans = earlier_plans(plan, request.user)
    chosen = row_id(request.GET.get("from", ""))
    source = get_object_or_404(plans, pk=chosen) if chosen else plans.first()
    form = None
    if source is not None:
        form = BringForm(sent(request), tasks=tasks_to_bring(source))
        if request.method == "POST" and form.is_valid():
            return _bring(request, plan, form)
    context = {
        "plan": plan,
        "source": source,
        "plans": plans[:PLANS_OFFERED],
        "form": form,
        "offers": offers_of(plan, source, today=timezone.localdate()) if source else None,
        "ticked": _ticked(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workplans/task_bring.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def library(request: OfficerRequest, pk: int) -> HttpResponse:
    """Choose ready tasks for an office of this tier."""
    plan = _open_plan(request, pk)
    form = LibraryForm(sent(request), offered=library_of(plan))
    if request.method == "POST" and form.is_valid():
        try:
            count = add_common_tasks(
                workplan=plan, chosen=form.cleaned_data["chosen"], by=request.user
            )
        except WrongState as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _count_told(count), extra_tags=f"library-{plan.pk}")
        return redirect(plan)
    words = request.GET.get("q", "")[:LONGEST_SEARCH]
    context = {
        "plan": plan,
        "form": form,
        "groups": library_groups(plan, words=words),
        "words": words,
        "ticked": set(request.POST.getlist("chosen")),
    }
    return render(request, "workplans/library.html", context, status=422 if form.errors else 200)


def _open_plan(request: OfficerRequest, pk: int) -> WorkPlan:
    plan = get_plan(request, pk)
    if not perms.can_edit_workplan(request.user, plan):
        raise PermissionDenied
    return plan


def _ticked(request: OfficerRequest) -> set[str] | None:
    """The rows ticked in a form that comes back; None when the page is looked at first."""
    if request.method != "POST":
        return None
    return {*request.POST.getlist("carried"), *request.POST.getlist("copied")}


def _bring(request: OfficerRequest, plan: WorkPlan, form: BringForm) -> HttpResponse:
    try:
        count = bring_tasks(workplan=plan, by=request.user, **form.cleaned_data)
    except WrongState as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _count_told(count), extra_tags=f"bring-{plan.pk}")
    return redirect(plan)


def _count_told(count: int) -> str:
    text = ngettext(
        "%(count)sটি কাজ পরিকল্পনায় নেওয়া হয়েছে।", "%(count)sটি কাজ পরিকল্পনায় নেওয়া হয়েছে।", count
    )
    return text % {"count": digits(count)}
