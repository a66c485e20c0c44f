"""Rows of a plan: typed, moved, deleted, restored; and the progress reported on them.

Each address answers twice: with a page for a browser without scripts, and with a piece of the
grid for grid.js (which says so in a header).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.requests import OfficerRequest
from teams.templatetags.bangla_tags import clock, day
from teams.transitions import WrongState
from teams.uploads import serve_evidence

from .. import perms
from ..actions import (
    TEXT_FIELDS,
    StaleTask,
    add_progress,
    add_task,
    delete_task,
    duplicate_task,
    move_task,
    rename_subject,
    restore_task,
    settle_doubts,
    step_task,
    update_task,
)
from ..forms import ProgressForm, SubjectForm, TaskForm
from ..models import ProgressEntry, Subject, Task, WorkPlan
from .plans import get_plan, grid_context, row_id, subject_names

FIELDS_OF_ROW = ("subject", *TEXT_FIELDS)


@require_http_methods(["GET", "HEAD", "POST"])
def task_create(request: OfficerRequest, plan_pk: int) -> HttpResponse:
    """Add a row to a plan."""
    plan = get_plan(request, plan_pk)
    if not perms.can_edit_workplan(request.user, plan):
        return _locked(request, plan)
    form = TaskForm(request.POST or None, initial={"subject": request.GET.get("subject", "")})
    if request.method == "POST" and form.is_valid():
        try:
            task = add_task(
                workplan=plan,
                fields=form.words,
                by=request.user,
                form_key=form.cleaned_data["form_key"],
            )
        except WrongState as reason:
            return _refused(request, plan, str(reason))
        return _grid_or_page(request, plan, focus=task, draft=f"task-new-{plan.pk}")
    return _form_page(request, form, plan=plan)


@require_http_methods(["GET", "HEAD", "POST"])
def task_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save a row; a save made from an old copy shows both texts instead."""
    task = _get_task(request, pk, deleted=True)
    plan = task.plan
    can_edit = perms.can_edit_workplan(request.user, plan)
    if task.deleted_at and not (can_edit and request.method == "POST"):
        raise Http404
    if not can_edit:
        return _locked(request, plan)
    if request.method != "POST":
        return _form_page(request, TaskForm(task=task), plan=plan, task=task)
    form = TaskForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, plan=plan, task=task)
    words = _with_choices(request, form.words, task)
    try:
        task = update_task(
            task=task, version=form.cleaned_data["version"], fields=words, by=request.user
        )
    except StaleTask as stale:
        theirs = _words_of(stale.current)
        if theirs | words != theirs or stale.current.deleted_at:
            return _conflict(request, mine=form.words, current=stale.current)
        # Saved already; the answer was lost on the way.
        task = stale.current
    except WrongState as reason:
        return _refused(request, plan, str(reason))
    # The grid sends no subject with a row that is there already, so its row stays where it is.
    if _from_grid(request):
        return _row(request, task)
    return _grid_or_page(request, plan, focus=task, draft=f"task-{pk}")


@require_POST
def task_delete(request: OfficerRequest, pk: int) -> HttpResponse:
    task = _get_task(request, pk)
    try:
        delete_task(task=task, by=request.user)
    except WrongState as reason:
        return _refused(request, task.plan, str(reason))
    if not _from_grid(request):
        return redirect(f"{task.plan.get_absolute_url()}?deleted={pk}")
    url = reverse("workplans:task_restore", args=[pk])
    return _grid_or_page(request, task.plan, undo={"message": _("কাজটি মুছে ফেলা হয়েছে।"), "url": url})


@require_POST
def task_restore(request: OfficerRequest, pk: int) -> HttpResponse:
    task = _get_task(request, pk, deleted=True)
    try:
        restore_task(task=task, by=request.user)
    except WrongState as reason:
        return _refused(request, task.plan, str(reason))
    return _grid_or_page(request, task.plan, focus=task)


@require_POST
def task_duplicate(request: OfficerRequest, pk: int) -> HttpResponse:
    task = _get_task(request, pk)
    try:
        copy = duplicate_task(task=task, by=request.user)
    except WrongState as reason:
        return _refused(request, task.plan, str(reason))
    return _grid_or_page(request, task.plan, focus=copy)


@require_POST
def task_move(request: OfficerRequest, pk: int) -> HttpResponse:
    """Move a row: `to` is "up" or "down", or `before` names the row it is dropped above."""
    task = _get_task(request, pk)
    before = row_id(request.POST.get("before", ""))
    try:
        if before is not None:
            target = get_object_or_404(task.plan.tasks.kept(), pk=before)
            move_task(task=task, by=request.user, subject=target.subject, before=target)
        else:
            step_task(task=task, by=request.user, up=request.POST.get("to") == "up")
    except WrongState as reason:
        return _refused(request, task.plan, str(reason))
    return _grid_or_page(request, task.plan, focus=task)


@require_POST
def task_settle(request: OfficerRequest, pk: int) -> HttpResponse:
    """The marked cells were looked at and are right."""
    task = _get_task(request, pk)
    try:
        settle_doubts(task=task, by=request.user)
    except WrongState as reason:
        return _refused(request, task.plan, str(reason))
    task.refresh_from_db()
    return _row(request, task) if _from_grid(request) else redirect(task.plan)


@require_POST
def subject_rename(request: OfficerRequest, pk: int) -> HttpResponse:
    visible = WorkPlan.everything.visible_to(request.user)
    subjects = Subject.objects.filter(plan__in=visible).select_related("plan__office")
    subject = get_object_or_404(subjects, pk=pk)
    form = SubjectForm(request.POST)
    if not form.is_valid():
        return _refused(request, subject.plan, " ".join(map(str, form.errors["name"])))
    try:
        rename_subject(subject=subject, name=form.cleaned_data["name"], by=request.user)
    except WrongState as reason:
        return _refused(request, subject.plan, str(reason))
    return _grid_or_page(request, subject.plan)


# --- Progress ------------------------------------------------------------------------------
@require_safe
def task_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One task: what is planned, what has been reported, and the form to report more."""
    task = _get_task(request, pk)
    return _task_page(request, task, _progress_form(request, task))


@require_POST
def progress_create(request: OfficerRequest, pk: int) -> HttpResponse:
    task = _get_task(request, pk)
    if not perms.can_add_progress(request.user, task.plan):
        raise PermissionDenied
    form = ProgressForm(request.POST, request.FILES)
    if not form.is_valid():
        return _task_page(request, task, form, status=422)
    add_progress(task=task, by=request.user, **form.cleaned_data)
    messages.success(request, _("অগ্রগতি সংরক্ষিত হয়েছে।"), extra_tags=f"progress-{pk}")
    return redirect(task)


@require_safe
def evidence_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The file that proves an entry, to whoever may see the plan."""
    entries = ProgressEntry.objects.visible_to(request.user).exclude(evidence="")
    entry = get_object_or_404(entries, pk=pk)
    return serve_evidence(entry.evidence, filename=entry.evidence_name)


# --- How these views answer ----------------------------------------------------------------
def _get_task(request: OfficerRequest, pk: int, *, deleted: bool = False) -> Task:
    tasks = Task.everything.visible_to(request.user).select_related("plan__office", "subject")
    if not deleted:
        tasks = tasks.kept()
    return get_object_or_404(tasks.with_progress(), pk=pk)


def _from_grid(request: OfficerRequest) -> bool:
    return request.headers.get("X-Requested-With") == "grid"


def _grid_or_page(
    request: OfficerRequest,
    plan: WorkPlan,
    *,
    focus: Task | None = None,
    undo: dict[str, str] | None = None,
    draft: str = "",
) -> HttpResponse:
    """The whole grid anew for grid.js, or back to the plan's page at the row.

    `draft` names the words kept by the browser that have arrived with a page's form.
    """
    if not _from_grid(request):
        if draft:
            messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=draft)
        return redirect(f"{plan.get_absolute_url()}{f'#task-{focus.pk}' if focus else ''}")
    context = grid_context(request.user, plan)
    return JsonResponse(
        {
            "grid": render_to_string("workplans/_grid.html", context, request),
            "summary": render_to_string("workplans/_summary.html", context, request),
            "saved": _saved(),
            "focus": focus.pk if focus else None,
            "undo": undo,
        }
    )


def _row(request: OfficerRequest, task: Task) -> HttpResponse:
    context = grid_context(request.user, task.plan)
    row = next(row for row in context["table"].rows if row.task.pk == task.pk)
    return JsonResponse(
        {
            "row": render_to_string("workplans/_row.html", {**context, "row": row}, request),
            "summary": render_to_string("workplans/_summary.html", context, request),
            "saved": _saved(),
        }
    )


def _saved() -> str:
    return _("%(time)s-এ সংরক্ষিত") % {"time": clock(timezone.now())}


def _form_page(
    request: OfficerRequest, form: TaskForm, *, plan: WorkPlan, task: Task | None = None
) -> HttpResponse:
    status = 422 if form.errors else 200
    if _from_grid(request):
        errors = {name: " ".join(map(str, texts)) for name, texts in form.errors.items()}
        return JsonResponse({"errors": errors}, status=status)
    own = plan.subjects.values_list("name", flat=True)
    subjects = subject_names(own, today=timezone.localdate())
    context = {"form": form, "plan": plan, "task": task, "subjects": subjects}
    return render(request, "workplans/task_form.html", context, status=status)


def _conflict(request: OfficerRequest, *, mine: dict[str, str], current: Task) -> HttpResponse:
    """Both texts side by side; nothing was written."""
    theirs = _words_of(current)
    labels = {name: field.label for name, field in TaskForm.base_fields.items()}
    context = {
        "task": current,
        "plan": current.plan,
        "differences": [
            {"name": name, "label": labels[name], "mine": mine[name], "theirs": theirs[name]}
            for name in FIELDS_OF_ROW
            if name in mine and mine[name] != theirs[name]
        ],
        "mine": mine,
    }
    if _from_grid(request):
        html = render_to_string("workplans/_conflict.html", context, request)
        return JsonResponse({"conflict": html}, status=409)
    return render(request, "workplans/task_conflict.html", context, status=409)


def _with_choices(request: OfficerRequest, words: dict[str, str], task: Task) -> dict[str, str]:
    """After a conflict: take the other's text in the cells where the officer chose it."""
    theirs = _words_of(task)
    return {
        name: theirs[name] if request.POST.get(f"keep_{name}") == "theirs" else text
        for name, text in words.items()
    }


def _words_of(task: Task) -> dict[str, str]:
    return {"subject": task.subject.name, **{name: getattr(task, name) for name in TEXT_FIELDS}}


def _refused(request: OfficerRequest, plan: WorkPlan, message: str) -> HttpResponse:
    if _from_grid(request):
        return JsonResponse({"message": message}, status=422)
    messages.error(request, message)
    return redirect(plan)


def _locked(request: OfficerRequest, plan: WorkPlan) -> HttpResponse:
    """The plan is visible to this person but its text is not theirs to write."""
    if _from_grid(request):
        return JsonResponse(
            {"message": _("এই পরিকল্পনার লেখা এখন বদলানো যায় না। পাতাটি আবার খুলে দেখুন।")}, status=403
        )
    raise PermissionDenied


def _progress_form(request: OfficerRequest, task: Task) -> ProgressForm | None:
    if not perms.can_add_progress(request.user, task.plan):
        return None
    return ProgressForm(initial={"on": day(timezone.localdate())})


def _task_page(
    request: OfficerRequest, task: Task, form: ProgressForm | None, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "task": task,
        "plan": task.plan,
        "state": task.state(today),
        "entries": task.progress.select_related("created_by", "by_post"),
        "posts": task.responsible.with_holders(today),
        "form": form,
        "today": today,
        "next_occurrence": task.next_occurrence(today),
    }
    return render(request, "workplans/task_detail.html", context, status=status)
