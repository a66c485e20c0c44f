"""Taking over: the lists, a proven initiative taken, one replication and its way into use."""

from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.models import Office
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import day
from teams.transitions import WrongState
from workplans.models import WorkPlan

from .. import perms
from ..actions import (
    ReplicationText,
    StaleMeasures,
    StaleReplication,
    adopt_replication,
    begin_replication,
    drop_replication,
    save_measures,
    take_initiative,
    update_replication,
)
from ..enums import ADOPT, Answer, ReplicationStatus
from ..forms.measures import MeasuresForm
from ..forms.replications import (
    AdoptForm,
    CopiedTasks,
    DropForm,
    ReplicationForm,
    ReplicationUpdateForm,
    TakeForm,
    posts_to_choose,
)
from ..models import Initiative, Replication
from ..national import savings_of
from ..pilots import plans_for_tasks, task_lines
from ..replications import (
    initiatives_to_take,
    offered_tasks,
    offices_to_take,
    parts_of,
    sources_of,
)
from ..spread import rows_of_idea, tree_of

ROWS_PER_PAGE = 30
T = TypeVar("T", Office, Replication)


@require_safe
def replication_list(request: OfficerRequest) -> HttpResponse:
    """Ours, our ideas elsewhere, what we are asked to take, what we recommended."""
    parts = parts_of(request.user)
    asked = request.GET.get("show")
    # Unless one is asked for, the first that has something in it.
    shown = next((part for part in parts if part.name == asked), None)
    shown = shown or next((part for part in parts if part.count), parts[0])
    context = {
        "parts": parts,
        "shown": shown,
        "page": Paginator(shown.rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "led": {office.pk for office in request.user.scope.led_offices},
        "waiting": Answer.WAITING,
        "can_take": bool(request.user.scope.led_offices),
    }
    return render(request, "ideas/replication_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def replication_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take over the published initiative `pk`: ?office= for whom, ?from= learnt from whom."""
    initiative = get_object_or_404(initiatives_to_take(), pk=pk)
    offices = offices_to_take(request.user, initiative.idea)
    if not offices:
        raise PermissionDenied
    office = _chosen(offices, request.GET.get("office")) or offices[0]
    taken = Replication.objects.kept().filter(idea=initiative.idea_id, office=office).first()
    if taken is not None and request.method != "POST":
        return redirect(taken)
    sources = sources_of(initiative, but=offices)
    source = _chosen(sources, request.GET.get("from"))
    plan = plans_for_tasks(request.user, office.pk, on=timezone.localdate()).first()
    form = TakeForm(sent(request), initial={"starts_on": timezone.localdate()})
    rows = CopiedTasks(
        sent(request),
        initial=_rows_offered(initiative, source),
        form_kwargs={"posts": posts_to_choose(office)},
    )
    if form.is_valid() and (plan is None or rows.is_valid()):
        return _take(request, initiative, office, source, plan, form, rows)
    context = {
        **_source_context(initiative, source),
        "form": form,
        "rows": rows,
        "office": office,
        "offices": offices,
        "sources": sources,
        "plan": plan,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "ideas/replication_form.html", context, status=status)


@require_safe
def replication_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One replication: its facts and lineage; its tasks for the team that carries it out."""
    replication = _get(request, pk)
    is_ours = request.user.scope.is_in_team(replication.office_id)
    is_origin = request.user.scope.is_in_team(replication.idea.office_id)
    rows = rows_of_idea(replication.idea_id)
    dropped = [row.pk for row in rows if row.status == ReplicationStatus.DROPPED]
    context = {
        "replication": replication,
        "initiative": _page_of(replication),
        "is_ours": is_ours,
        "tasks": task_lines(replication, on=timezone.localdate()) if is_ours else [],
        "measures": list(replication.measures.all()),
        "totals": savings_of([replication]),
        "branches": tree_of(rows, shown=dropped if is_origin else [pk]),
        "origin_team": is_origin,
        "can_write": perms.can_write_replication(request.user, replication),
        "can_move": perms.can_move_replication(request.user, replication.office_id),
        "can_measure": perms.can_measure(request.user, replication),
    }
    return render(request, "ideas/replication_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def replication_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save the words; a save made from an old copy shows both texts instead."""
    replication = _get(request, pk)
    if not perms.can_write_replication(request.user, replication):
        return _closed(request, replication)
    form = ReplicationUpdateForm(sent(request), replication=replication)
    if not form.is_valid():
        return _page(request, "ideas/replication_update.html", replication, form=form)
    version = form.cleaned_data["version"]
    try:
        update_replication(
            replication=replication, version=version, text=form.text, by=request.user
        )
    except StaleReplication as stale:
        if ReplicationText.of(stale.current) != form.text:
            return _conflict(request, mine=form.text, current=stale.current)
        # Saved already; the answer was lost on the way.
    except WrongState as reason:
        return refused(request, replication, str(reason))
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"replication-{pk}")
    return redirect(replication)


@require_http_methods(["GET", "HEAD", "POST"])
def replication_measures(request: OfficerRequest, pk: int) -> HttpResponse:
    """The table of measures; a save made from an old copy shows both tables."""
    replication = _get(request, pk)
    if not perms.can_measure(request.user, replication):
        return _closed(request, replication)
    form = MeasuresForm(sent(request), of=replication)
    if not form.is_valid():
        return _page(request, "ideas/replication_measures.html", replication, form=form)
    try:
        save_measures(
            of=replication, rows=form.rows, people=form.people, was=form.opened_on, by=request.user
        )
    except StaleMeasures as stale:
        return _two_tables(request, "ideas/replication_measures.html", replication, form, stale)
    except WrongState as reason:
        return refused(request, replication, str(reason))
    messages.success(request, _("পরিমাপ সংরক্ষিত হয়েছে।"), extra_tags=f"measures-of-{pk}")
    return redirect(replication)


# --- The steps -----------------------------------------------------------------------------
@require_POST
def replication_begin(request: OfficerRequest, pk: int) -> HttpResponse:
    replication = _get(request, pk)
    try:
        begin_replication(replication=replication, by=request.user)
    except WrongState as reason:
        return refused(request, replication, str(reason))
    messages.success(request, _("বাস্তবায়ন শুরু হয়েছে বলে লেখা হয়েছে।"))
    return redirect(replication)


@require_http_methods(["GET", "HEAD", "POST"])
def replication_adopt(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say that it is in use, with what was measured."""
    replication = _get(request, pk)
    if not perms.can_move_replication(request.user, replication.office_id):
        raise PermissionDenied
    if replication.status not in ADOPT.sources:
        return refused(request, replication, _where_it_stands(replication))
    form, later = MeasuresForm(sent(request), of=replication), AdoptForm(sent(request))
    template = "ideas/replication_adopt.html"
    if not (form.is_valid() and later.is_valid()):
        return _page(request, template, replication, form=form, later=later)
    try:
        adopt_replication(
            replication=replication,
            rows=form.rows,
            people=form.people,
            was=form.opened_on,
            is_unmeasured=later.cleaned_data["is_unmeasured"],
            by=request.user,
        )
    except StaleMeasures as stale:
        return _two_tables(request, template, replication, form, stale, later=later)
    except WrongState as reason:
        replication.refresh_from_db()
        if replication.status not in ADOPT.sources:  # somebody was faster
            return refused(request, replication, str(reason))
        form.add_error(None, str(reason))
        return _page(request, template, replication, form=form, later=later)
    done = _("উদ্যোগটি আপনার দপ্তরে চালু হয়েছে বলে লেখা হয়েছে।")
    messages.success(request, done, extra_tags=f"adopt-{pk}")
    return redirect(replication)


@require_http_methods(["GET", "HEAD", "POST"])
def replication_drop(request: OfficerRequest, pk: int) -> HttpResponse:
    """End it, with the reason."""
    replication = _get(request, pk)
    if not perms.can_move_replication(request.user, replication.office_id):
        raise PermissionDenied
    if replication.status == ReplicationStatus.DROPPED and request.method != "POST":
        return refused(request, replication, _where_it_stands(replication))
    form = DropForm(sent(request))
    if not form.is_valid():
        return _page(request, "ideas/replication_drop.html", replication, form=form)
    try:
        drop_replication(
            replication=replication, reason=form.cleaned_data["reason"], by=request.user
        )
    except WrongState as reason:
        return refused(request, replication, str(reason))
    messages.success(request, _("রেপ্লিকেশনটি বাদ দেওয়া হয়েছে।"), extra_tags=f"drop-{pk}")
    return redirect(replication)


# --- How these views answer ------------------------------------------------------------------
def refused(request: OfficerRequest, replication: Replication, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(replication)


def _get(request: OfficerRequest, pk: int) -> Replication:
    rows = Replication.objects.visible_to(request.user).select_related(
        "office", "idea__office", "idea__initiative", "taken_from__office", "taken_by", "dropped_by"
    )
    return get_object_or_404(rows, pk=pk)


def _page_of(replication: Replication) -> Initiative | None:
    """The initiative's page, as long as it is on show."""
    page: Initiative | None = getattr(replication.idea, "initiative", None)
    return page if page and page.is_public else None


def _closed(request: OfficerRequest, replication: Replication) -> HttpResponse:
    """For the own team the reason why nothing can be written; for others a refusal."""
    if not request.user.scope.is_in_team(replication.office_id):
        raise PermissionDenied
    return refused(request, replication, _where_it_stands(replication))


def _where_it_stands(replication: Replication) -> str:
    return _("রেপ্লিকেশনটি এখন “%(status)s”, তাই কাজটি করা যায় না।") % {
        "status": replication.get_status_display()
    }


def _chosen(rows: list[T], number: str | None) -> T | None:
    """The row with the number asked for; None for one that is not offered."""
    return next((row for row in rows if str(row.pk) == number), None)


def _rows_offered(initiative: Initiative, source: Replication | None) -> list[dict[str, Any]]:
    today = timezone.localdate()
    offered = offered_tasks(initiative.idea, source)
    return [task.row(begins_on=today, responsible="") for task in offered]


def _source_context(initiative: Initiative, source: Replication | None) -> dict[str, Any]:
    """What is public of the source: the page, and the measures taken there."""
    pilot = getattr(initiative.idea, "pilot", None)
    thing = source or pilot
    return {
        "initiative": initiative,
        "source": source,
        "source_office": source.office if source else initiative.idea.office,
        "measures": list(thing.measures.all()) if thing else [],
    }


def _take(
    request: OfficerRequest,
    initiative: Initiative,
    office: Office,
    source: Replication | None,
    plan: WorkPlan | None,
    form: TakeForm,
    rows: Any,
) -> HttpResponse:
    chosen = [row.row for row in rows if row.row] if plan else []
    try:
        replication = take_initiative(
            idea=initiative.idea,
            office=office,
            taken_from=source,
            text=form.text,
            plan=plan,
            tasks=chosen,
            form_key=form.cleaned_data["form_key"],
            by=request.user,
        )
    except WrongState as reason:
        messages.error(request, str(reason))
        taken = Replication.objects.kept().filter(idea=initiative.idea_id, office=office).first()
        return redirect(taken or request.get_full_path())
    if plan is None:
        said = _("উদ্যোগটি নেওয়া হয়েছে। কাজ যোগ করার মতো কর্মপরিকল্পনা নেই, তাই কোনো কাজ যোগ হয়নি।")
    elif chosen:
        said = _("উদ্যোগটি নেওয়া হয়েছে, কাজগুলো কর্মপরিকল্পনায় যোগ হয়েছে।")
    else:
        said = _("উদ্যোগটি নেওয়া হয়েছে।")
    messages.success(request, said, extra_tags=f"take-{initiative.pk}")
    return redirect(replication)


def _page(
    request: OfficerRequest, template: str, replication: Replication, **context: Any
) -> HttpResponse:
    """A form about a replication; 422 when something in it has to be mended."""
    wrong = any(form.errors for form in context.values() if hasattr(form, "errors"))
    shown = {"replication": replication, "initiative": _page_of(replication), **context}
    return render(request, template, shown, status=422 if wrong else 200)


def _two_tables(
    request: OfficerRequest,
    template: str,
    replication: Replication,
    form: MeasuresForm,
    stale: StaleMeasures,
    **context: Any,
) -> HttpResponse:
    """The saved table above; the person's own figures stay in the boxes."""
    replication.refresh_from_db()
    shown = {
        "replication": replication,
        "form": MeasuresForm(of=replication, words=form.rows, people=form.people),
        "theirs": list(replication.measures.all()),
        "their_people": stale.people,
        **context,
    }
    return render(request, template, shown, status=409)


def _conflict(
    request: OfficerRequest, *, mine: ReplicationText, current: Replication
) -> HttpResponse:
    """Both texts; the officer's own stays in the boxes, ready to be saved over or reworked."""
    theirs = ReplicationText.of(current)
    shown = {
        "starts_on": day(theirs.starts_on),
        "ends_on": day(theirs.ends_on),
        "adaptations": theirs.adaptations,
    }
    context = {
        "replication": current,
        "form": ReplicationUpdateForm(replication=current, words=mine),
        "theirs": [
            (field.label, shown[name])
            for name, field in ReplicationForm.base_fields.items()
            if getattr(theirs, name) != getattr(mine, name)
        ],
    }
    return render(request, "ideas/replication_conflict.html", context, status=409)
