"""Pilots: the list, one pilot, its plan and its end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangla.digits import group_lakh
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import day, digits
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    PilotPlan,
    StalePilot,
    finish_pilot,
    move_idea,
    plan_pilot,
    stop_pilot,
    update_pilot,
)
from ..actions.pilots import is_measured, why_closed
from ..enums import OPEN_PILOT, PILOTABLE, START_PILOT
from ..forms.pilots import FinishForm, PilotForm, PilotUpdateForm, StopForm
from ..models import Idea, Pilot
from ..pilots import (
    group_counts,
    group_named,
    history_of,
    lines_of,
    task_lines,
    without_pilot,
)

PILOTS_PER_PAGE = 30
VISITS_PER_PAGE = 10
MOST_UNPLANNED = 20


@require_safe
def pilot_list(request: OfficerRequest) -> HttpResponse:
    """The team's pilots: those running, those planned, those that have ended."""
    pilots = Pilot.objects.visible_to(request.user)
    group = group_named(request.GET.get("show"))
    found = pilots.filter(group.condition).order_by(*group.order)
    page = Paginator(found.select_related("idea__office"), PILOTS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    unplanned = without_pilot(request.user)
    context = {
        "page": page,
        "lines": lines_of([pilot.idea for pilot in page], on=timezone.localdate()),
        "group": group,
        "counts": group_counts(pilots),
        "unplanned": unplanned[:MOST_UNPLANNED],
        "unplanned_count": unplanned.count(),
        "shows_office": len(request.user.scope.team_offices) > 1,
    }
    return render(request, "ideas/pilot_list.html", context)


@require_safe
def pilot_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One pilot: its plan, measures, risks, visits, tasks, and what has happened."""
    pilot = get_pilot(request, pk)
    today = timezone.localdate()
    visits = pilot.visits.select_related("created_by").prefetch_related("files__document")
    context = {
        "pilot": pilot,
        "idea": pilot.idea,
        "line": lines_of([pilot.idea], on=today)[0],
        "risks": pilot.risks.all(),
        "visits": Paginator(visits, VISITS_PER_PAGE).get_page(request.GET.get("page")),
        "tasks": task_lines(pilot, on=today),
        "history": history_of(pilot),
        "can_write": perms.can_write_pilot(request.user, pilot),
        "can_follow": perms.can_follow_pilot(request.user, pilot),
        "can_end": perms.can_end_pilot(request.user, pilot),
        "can_begin": perms.can_begin_pilot(request.user, pilot),
        "leads": request.user.scope.leads(pilot.idea.office_id),
    }
    return render(request, "ideas/pilot_detail.html", context)


# --- The plan ------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_plan(request: OfficerRequest, idea_pk: int) -> HttpResponse:
    """Plan the pilot of an approved idea; one that has a plan already leads to its pilot."""
    ideas = Idea.objects.own_of(request.user).select_related("office")
    idea = get_object_or_404(ideas, pk=idea_pk)
    pilot = Pilot.objects.visible_to(request.user).filter(idea=idea).first()
    if pilot is not None and request.method != "POST":
        return redirect(pilot)
    if pilot is None and idea.status not in PILOTABLE:
        messages.error(request, _("পাইলট পরিকল্পনা করা যায় আইডিয়া অনুমোদিত হওয়ার পরে।"))
        return redirect(idea)
    form = PilotForm(sent(request), office=idea.office)
    if form.is_valid():
        try:
            pilot = plan_pilot(idea=idea, plan=form.plan, by=request.user)
        except StalePilot as stale:
            return _conflict(request, mine=form.plan, current=stale.current)
        except WrongState as reason:
            return refused(request, idea, str(reason))
        done = f"pilot-of-{idea.pk}"
        messages.success(request, _("পাইলটের পরিকল্পনা সংরক্ষিত হয়েছে।"), extra_tags=done)
        return redirect(pilot)
    context = {"form": form, "idea": idea}
    return render(request, "ideas/pilot_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save the plan; a save made from an old copy shows both texts instead."""
    pilot = get_pilot(request, pk)
    if not perms.can_write_pilot(request.user, pilot):
        return refused(request, pilot, why_closed(pilot))
    form = PilotUpdateForm(sent(request), pilot=pilot)
    if not form.is_valid():
        context = {"form": form, "pilot": pilot, "idea": pilot.idea}
        return render(request, "ideas/pilot_form.html", context, status=422 if form.errors else 200)
    version = form.cleaned_data["version"]
    try:
        update_pilot(pilot=pilot, version=version, plan=form.plan, by=request.user)
    except StalePilot as stale:
        if PilotPlan.of(stale.current) != form.plan:
            return _conflict(request, mine=form.plan, current=stale.current)
        # Saved already; the answer was lost on the way.
    except WrongState as reason:
        return refused(request, pilot, str(reason))
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"pilot-{pk}")
    return redirect(pilot)


# --- Its beginning and end -----------------------------------------------------------------
@require_POST
def pilot_begin(request: OfficerRequest, pk: int) -> HttpResponse:
    """Begin a planned pilot: the same step as on the idea's page."""
    pilot = get_pilot(request, pk)
    try:
        move_idea(idea=pilot.idea, step=START_PILOT, by=request.user)
    except WrongState as reason:
        return refused(request, pilot, str(reason))
    messages.success(request, _("পাইলট শুরু হয়েছে।"))
    return redirect(pilot)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_finish(request: OfficerRequest, pk: int) -> HttpResponse:
    """Close a pilot that went well, with its results."""
    pilot = get_pilot(request, pk)
    if not perms.can_move_idea(request.user, pilot.idea):
        raise PermissionDenied
    form = FinishForm(sent(request), is_measured=is_measured(pilot))
    if form.is_valid():
        try:
            finish_pilot(
                pilot=pilot,
                results=form.cleaned_data["results"],
                lessons=form.cleaned_data["lessons"],
                unmeasured_reason=form.cleaned_data.get("unmeasured_reason", ""),
                by=request.user,
            )
        except WrongState as reason:
            return refused(request, pilot, str(reason))
        done = _("পাইলট সফলভাবে শেষ হয়েছে বলে লেখা হয়েছে।")
        messages.success(request, done, extra_tags=f"pilot-finish-{pk}")
        return redirect(pilot)
    return _ending(request, pilot, form, "ideas/pilot_finish.html")


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_stop(request: OfficerRequest, pk: int) -> HttpResponse:
    """End a pilot that did not work, with what was learnt."""
    pilot = get_pilot(request, pk)
    if not perms.can_move_idea(request.user, pilot.idea):
        raise PermissionDenied
    form = StopForm(sent(request))
    if form.is_valid():
        try:
            stop_pilot(pilot=pilot, lessons=form.cleaned_data["lessons"], by=request.user)
        except WrongState as reason:
            return refused(request, pilot, str(reason))
        done = _("পাইলটটি বন্ধ বলে লেখা হয়েছে।")
        messages.success(request, done, extra_tags=f"pilot-stop-{pk}")
        return redirect(pilot)
    return _ending(request, pilot, form, "ideas/pilot_stop.html")


def _ending(
    request: OfficerRequest, pilot: Pilot, form: FinishForm | StopForm, template: str
) -> HttpResponse:
    """The form of an end; a pilot that is not running has none."""
    if not perms.can_end_pilot(request.user, pilot):
        is_early = pilot.status in OPEN_PILOT
        message = _("পাইলটটি এখনো শুরু হয়নি।") if is_early else why_closed(pilot)
        return refused(request, pilot, message)
    context = {"form": form, "pilot": pilot, "idea": pilot.idea}
    return render(request, template, context, status=422 if form.errors else 200)


# --- What the views of a pilot share ---------------------------------------------------------
def get_pilot(request: OfficerRequest, pk: int) -> Pilot:
    pilots = Pilot.objects.visible_to(request.user).select_related(
        "idea__office", "owner_post", "created_by", "updated_by"
    )
    return get_object_or_404(pilots, pk=pk)


def refused(request: OfficerRequest, thing: Pilot | Idea, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(thing)


def plan_words(plan: PilotPlan) -> dict[str, str]:
    """A plan as it is read."""
    return {
        **{name: str(value or "") for name, value in plan.as_fields().items()},
        "starts_on": day(plan.starts_on),
        "ends_on": day(plan.ends_on),
        "budget": "" if plan.budget is None else digits(group_lakh(plan.budget)),
    }


def _conflict(request: OfficerRequest, *, mine: PilotPlan, current: Pilot) -> HttpResponse:
    """Both plans; the officer's own stays in the boxes, ready to be saved over or reworked."""
    theirs = PilotPlan.of(current)
    shown = plan_words(theirs)
    context = {
        "idea": current.idea,
        "pilot": current,
        "form": PilotUpdateForm(pilot=current, plan=mine),
        # The plan is there now, whichever of the two forms met it.
        "action": reverse("ideas:pilot_update", args=[current.pk]),
        "theirs": [
            (field.label, shown[name])
            for name, field in PilotForm.base_fields.items()
            if getattr(theirs, name) != getattr(mine, name)
        ],
    }
    return render(request, "ideas/pilot_conflict.html", context, status=409)
