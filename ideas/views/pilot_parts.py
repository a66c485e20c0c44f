"""What hangs on a pilot: measures, risks, visits with pictures, tasks of the plan."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    RiskText,
    StaleMeasures,
    StaleRisk,
    add_linked_tasks,
    add_risk,
    add_visit,
    remove_risk,
    remove_visit_picture,
    save_measures,
    settle_risk,
    update_risk,
    update_visit,
)
from ..actions.pilots import why_closed
from ..enums import FilePurpose
from ..forms.measures import MeasuresForm
from ..forms.pilots import RiskForm, RiskUpdateForm, TaskRows, TasksForm, VisitForm
from ..models import IdeaFile, Pilot, Risk, Visit
from ..pilots import USUAL_SUBJECT, plans_for_tasks, usual_tasks
from .pilots import get_pilot, refused


# --- Measures ------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_measures(request: OfficerRequest, pk: int) -> HttpResponse:
    """The TCV table, all rows at once; a save made from an old copy shows both tables."""
    pilot = get_pilot(request, pk)
    if not perms.can_measure(request.user, pilot):
        return refused(request, pilot, why_closed(pilot))
    form = MeasuresForm(sent(request), of=pilot)
    context: dict[str, Any] = {"form": form, "pilot": pilot, "idea": pilot.idea}
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "ideas/pilot_measures.html", context, status=status)
    try:
        save_measures(
            of=pilot, rows=form.rows, people=form.people, was=form.opened_on, by=request.user
        )
    except StaleMeasures as stale:
        # The person's own figures stay in the boxes; the saved table stands above them.
        pilot.refresh_from_db()
        context["form"] = MeasuresForm(of=pilot, words=form.rows, people=form.people)
        context["theirs"] = pilot.measures.all()
        context["their_people"] = stale.people
        return render(request, "ideas/pilot_measures.html", context, status=409)
    except WrongState as reason:
        return refused(request, pilot, str(reason))
    messages.success(request, _("পরিমাপ সংরক্ষিত হয়েছে।"), extra_tags=f"measures-{pk}")
    return redirect(pilot)


# --- Risks ---------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def risk_create(request: OfficerRequest, pilot_pk: int) -> HttpResponse:
    pilot = get_pilot(request, pilot_pk)
    if not perms.can_write_pilot(request.user, pilot):
        return refused(request, pilot, why_closed(pilot))
    form = RiskForm(sent(request))
    if form.is_valid():
        key = form.cleaned_data["form_key"]
        try:
            add_risk(pilot=pilot, words=form.words, form_key=key, by=request.user)
        except WrongState as reason:
            return refused(request, pilot, str(reason))
        done = f"risk-of-{pilot.pk}"
        messages.success(request, _("ঝুঁকিটি যোগ হয়েছে।"), extra_tags=done)
        return redirect(pilot)
    return _risk_page(request, pilot, form)


@require_http_methods(["GET", "HEAD", "POST"])
def risk_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mend a risk; a save made from an old copy shows both texts instead."""
    risk = _get_risk(request, pk)
    if not perms.can_write_pilot(request.user, risk.pilot):
        return refused(request, risk.pilot, why_closed(risk.pilot))
    form = RiskUpdateForm(sent(request), risk=risk)
    if not form.is_valid():
        return _risk_page(request, risk.pilot, form, risk)
    version = form.cleaned_data["version"]
    try:
        update_risk(risk=risk, version=version, words=form.words, by=request.user)
    except StaleRisk as stale:
        if RiskText.of(stale.current) != form.words:
            return _risk_conflict(request, mine=form.words, current=stale.current)
    except WrongState as reason:
        return refused(request, risk.pilot, str(reason))
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"risk-{pk}")
    return redirect(risk.pilot)


@require_POST
def risk_settle(request: OfficerRequest, pk: int) -> HttpResponse:
    """A risk is over (over=1), or back (anything else)."""
    risk = _get_risk(request, pk)
    try:
        settle_risk(risk=risk, is_over=request.POST.get("over") == "1", by=request.user)
    except WrongState as reason:
        return refused(request, risk.pilot, str(reason))
    return redirect(risk.pilot)


@require_POST
def risk_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    risk = _get_risk(request, pk)
    try:
        remove_risk(risk=risk, by=request.user)
    except WrongState as reason:
        return refused(request, risk.pilot, str(reason))
    messages.success(request, _("ঝুঁকিটি তালিকা থেকে বাদ গেছে।"))
    return redirect(risk.pilot)


# --- Visits --------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def visit_create(request: OfficerRequest, pilot_pk: int) -> HttpResponse:
    """Write down a visit, with pictures."""
    pilot = get_pilot(request, pilot_pk)
    if not perms.can_follow_pilot(request.user, pilot):
        return refused(request, pilot, why_closed(pilot))
    form = VisitForm(
        sent(request), request.FILES or None, initial={"visitor": _as_visitor(request, pilot)}
    )
    if form.is_valid():
        try:
            add_visit(
                pilot=pilot,
                words=form.words,
                pictures=form.cleaned_data["pictures"],
                form_key=form.cleaned_data["form_key"],
                by=request.user,
            )
        except WrongState as reason:
            return refused(request, pilot, str(reason))
        done = f"visit-of-{pilot.pk}"
        messages.success(request, _("পরিদর্শন লেখা হয়েছে।"), extra_tags=done)
        return redirect(pilot)
    return _visit_page(request, pilot, form)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """The author mends what was written, or adds pictures."""
    visit = _get_visit(request, pk)
    if not perms.can_update_visit(request.user, visit):
        return refused(request, visit.pilot, _("পরিদর্শনের লেখা শুধু যিনি লিখেছেন, তিনিই বদলাতে পারেন।"))
    form = VisitForm(sent(request), request.FILES or None, visit=visit)
    if form.is_valid():
        try:
            pictures = form.cleaned_data["pictures"]
            update_visit(visit=visit, words=form.words, pictures=pictures, by=request.user)
        except WrongState as reason:
            return refused(request, visit.pilot, str(reason))
        messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"visit-{pk}")
        return redirect(visit.pilot)
    return _visit_page(request, visit.pilot, form, visit)


@require_POST
def visit_picture_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    file = _get_picture(request, pk)
    pilot = file.visit.pilot  # type: ignore[union-attr]
    remove_visit_picture(file=file, by=request.user)
    messages.success(request, _("ছবিটি মুছে ফেলা হয়েছে।"))
    return redirect(pilot)


# --- Tasks ---------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_tasks(request: OfficerRequest, pk: int) -> HttpResponse:
    """Choose from the usual tasks, mend them, and write them into the work plan."""
    pilot = get_pilot(request, pk)
    if not perms.can_follow_pilot(request.user, pilot):
        return refused(request, pilot, why_closed(pilot))
    plans = plans_for_tasks(request.user, pilot.idea.office_id, on=timezone.localdate())
    if not plans:
        message = _(
            "কাজ যোগ করার মতো কর্মপরিকল্পনা নেই: খসড়া পরিকল্পনায় টিমের যে কেউ, আর অনুমোদিত পরিকল্পনায় "
            "দপ্তরপ্রধান বা ইনোভেশন অফিসার কাজ যোগ করতে পারেন।"
        )
        return refused(request, pilot, message)
    form = TasksForm(
        sent(request), plans=plans, initial={"plan": plans[0].pk, "subject": USUAL_SUBJECT}
    )
    rows = TaskRows(sent(request), initial=_offered(pilot))
    if form.is_valid() and rows.is_valid():
        chosen = [row.row for row in rows if row.row]
        if chosen:
            return _add_tasks(request, pilot, form, chosen)
        form.add_error(None, _("অন্তত একটি কাজে টিক দিন।"))
    context = {"form": form, "rows": rows, "pilot": pilot, "idea": pilot.idea}
    status = 422 if request.method == "POST" else 200
    return render(request, "ideas/pilot_tasks.html", context, status=status)


def _add_tasks(
    request: OfficerRequest, pilot: Pilot, form: TasksForm, chosen: list[Any]
) -> HttpResponse:
    try:
        add_linked_tasks(
            of=pilot,
            plan=form.cleaned_data["plan"],
            subject=form.cleaned_data["subject"],
            rows=chosen,
            form_key=form.cleaned_data["form_key"],
            by=request.user,
        )
    except WrongState as reason:
        return refused(request, pilot, str(reason))
    done = f"tasks-of-{pilot.pk}"
    messages.success(request, _("কাজগুলো কর্মপরিকল্পনায় যোগ হয়েছে।"), extra_tags=done)
    return redirect(pilot)


def _offered(pilot: Pilot) -> list[dict[str, Any]]:
    """The usual rows, ticked while the pilot has no tasks yet, and an empty one."""
    is_first = not pilot.linked_tasks.filter(task__deleted_at__isnull=True).exists()
    rows: list[dict[str, Any]] = [
        {
            "chosen": is_first,
            "title": row.title,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "responsible_text": row.responsible_text,
        }
        for row in usual_tasks(pilot)
    ]
    return [*rows, {}]


# --- How these views answer ----------------------------------------------------------------
def _get_risk(request: OfficerRequest, pk: int) -> Risk:
    pilots = Pilot.objects.visible_to(request.user)
    risks = Risk.objects.filter(pilot__in=pilots).select_related("pilot__idea__office")
    return get_object_or_404(risks, pk=pk)


def _get_visit(request: OfficerRequest, pk: int) -> Visit:
    pilots = Pilot.objects.visible_to(request.user)
    visits = Visit.objects.filter(pilot__in=pilots).select_related("pilot__idea__office")
    return get_object_or_404(visits, pk=pk)


def _get_picture(request: OfficerRequest, pk: int) -> IdeaFile:
    files = IdeaFile.objects.visible_to(request.user).filter(purpose=FilePurpose.VISIT)
    return get_object_or_404(
        files.select_related("document", "idea__office", "visit__pilot__idea"), pk=pk
    )


def _as_visitor(request: OfficerRequest, pilot: Pilot) -> str:
    """The person and the post held in the pilot's office, as a visitor is written."""
    held = [one for one in request.user.scope.posts if one.office_id == pilot.idea.office_id]
    return ", ".join([request.user.name, *(post.designation for post in held[:1])])


def _risk_page(
    request: OfficerRequest, pilot: Pilot, form: RiskForm, risk: Risk | None = None
) -> HttpResponse:
    context = {"form": form, "pilot": pilot, "idea": pilot.idea, "risk": risk}
    return render(request, "ideas/risk_form.html", context, status=422 if form.errors else 200)


def _risk_conflict(request: OfficerRequest, *, mine: RiskText, current: Risk) -> HttpResponse:
    theirs = RiskText.of(current)
    shown = {**theirs.as_json(), "is_over": _("হ্যাঁ") if theirs.is_over else _("না")}
    form = RiskUpdateForm(risk=current, words=mine)
    context = {
        "idea": current.pilot.idea,
        "pilot": current.pilot,
        "form": form,
        "action": request.path,
        "theirs": [
            (form.fields[name].label, text)
            for name, text in shown.items()
            if getattr(theirs, name) != getattr(mine, name)
        ],
    }
    return render(request, "ideas/pilot_conflict.html", context, status=409)


def _visit_page(
    request: OfficerRequest, pilot: Pilot, form: VisitForm, visit: Visit | None = None
) -> HttpResponse:
    context = {"form": form, "pilot": pilot, "idea": pilot.idea, "visit": visit}
    return render(request, "ideas/visit_form.html", context, status=422 if form.errors else 200)
