"""Rows of a plan: typed, moved, deleted, restored.

Each address answers twice: with a page for a browser without scripts, and with a piece of the
grid for grid.js (which says so in a header).
"""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.requests import OfficerRequest
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    TEXT_FIELDS,
    StaleSubject,
    StaleTask,
    add_task,
    delete_task,
    duplicate_task,
    move_task,
    rename_subject,
    restore_task,
    settle_doubts,
    step_task,
    tag_task,
    update_task,
)
from ..forms import SubjectForm, TaskForm
from ..forms.terms import TermsForm
from ..models import Subject, Task, WorkPlan
from .answers import from_grid, grid_or_page, locked, refused, row_answer
from .plans import get_plan, row_id, subject_names
from .terms import terms_form

FIELDS_OF_ROW = ("subject", *TEXT_FIELDS)


@require_http_methods(["GET", "HEAD", "POST"])
def task_create(request: OfficerRequest, plan_pk: int) -> HttpResponse:
    """Add a row to a plan."""
    plan = get_plan(request, plan_pk)
    if not perms.can_edit_workplan(request.user, plan):
        return locked(request)
    form = TaskForm(request.POST or None, initial={"subject": request.GET.get("subject", "")})
    boxes = terms_form(request, plan, wanted=request.GET.get("term", ""))
    if request.method == "POST" and all((form.is_valid(), boxes.is_valid())):
        try:
            task = add_task(
                workplan=plan,
                fields=form.words,
                by=request.user,
                form_key=form.cleaned_data["form_key"],
                terms=boxes.chosen or (),
            )
        except WrongState as reason:
            return refused(request, plan, str(reason))
        return grid_or_page(request, plan, focus=task, draft=f"task-new-{plan.pk}")
    return _form_page(request, form, boxes, plan=plan)


@require_http_methods(["GET", "HEAD", "POST"])
def task_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save a row; a save made from an old copy shows both texts instead."""
    task = _get_task(request, pk, deleted=True)
    plan = task.plan
    can_edit = perms.can_edit_workplan(request.user, plan)
    if task.deleted_at and not (can_edit and request.method == "POST"):
        raise Http404
    if not can_edit:
        return locked(request)
    boxes = terms_form(request, plan, task=task)
    if request.method != "POST":
        return _form_page(request, TaskForm(task=task), boxes, plan=plan, task=task)
    form = TaskForm(request.POST)
    if not all((form.is_valid(), boxes.is_valid())):
        return _form_page(request, form, boxes, plan=plan, task=task)
    words = _with_choices(request, form.words, task)
    try:
        task = update_task(
            task=task,
            version=form.cleaned_data["version"],
            fields=words,
            by=request.user,
            terms=boxes.chosen,
        )
    except StaleTask as stale:
        theirs = _words_of(stale.current)
        if theirs | words != theirs or stale.current.deleted_at:
            return _conflict(request, mine=form.words, boxes=boxes, current=stale.current)
        # Saved already; the answer was lost on the way.
        task = stale.current
        if boxes.chosen is not None:
            tag_task(task=task, terms=boxes.chosen, by=request.user)
    except WrongState as reason:
        return refused(request, plan, str(reason))
    # The grid sends no subject with a row that is there already, so its row stays where it is.
    if from_grid(request):
        return row_answer(request, task)
    return grid_or_page(request, plan, focus=task, draft=f"task-{pk}")


@require_POST
def task_delete(request: OfficerRequest, pk: int) -> HttpResponse:
    task = _get_task(request, pk)
    try:
        delete_task(task=task, by=request.user)
    except WrongState as reason:
        return refused(request, task.plan, str(reason))
    if not from_grid(request):
        return redirect(f"{task.plan.get_absolute_url()}?deleted={pk}")
    url = reverse("workplans:task_restore", args=[pk])
    return grid_or_page(request, task.plan, undo={"message": _("কাজটি মুছে ফেলা হয়েছে।"), "url": url})


@require_POST
def task_restore(request: OfficerRequest, pk: int) -> HttpResponse:
    task = _get_task(request, pk, deleted=True)
    try:
        restore_task(task=task, by=request.user)
    except WrongState as reason:
        return refused(request, task.plan, str(reason))
    return grid_or_page(request, task.plan, focus=task)


@require_POST
def task_duplicate(request: OfficerRequest, pk: int) -> HttpResponse:
    task = _get_task(request, pk)
    try:
        copy = duplicate_task(task=task, by=request.user)
    except WrongState as reason:
        return refused(request, task.plan, str(reason))
    return grid_or_page(request, task.plan, focus=copy)


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
        return refused(request, task.plan, str(reason))
    return grid_or_page(request, task.plan, focus=task)


@require_POST
def task_settle(request: OfficerRequest, pk: int) -> HttpResponse:
    """The marked cells were looked at and are right."""
    task = _get_task(request, pk)
    try:
        settle_doubts(task=task, by=request.user)
    except WrongState as reason:
        return refused(request, task.plan, str(reason))
    task.refresh_from_db()
    return row_answer(request, task) if from_grid(request) else redirect(task.plan)


@require_POST
def subject_rename(request: OfficerRequest, pk: int) -> HttpResponse:
    visible = WorkPlan.everything.visible_to(request.user)
    subjects = Subject.objects.filter(plan__in=visible).select_related("plan__office")
    subject = get_object_or_404(subjects, pk=pk)
    form = SubjectForm(request.POST)
    if not form.is_valid():
        return refused(request, subject.plan, " ".join(map(str, form.errors["name"])))
    name = form.cleaned_data["name"]
    was = form.cleaned_data["was"] if "was" in form.data else None
    try:
        rename_subject(subject=subject, name=name, was=was, by=request.user)
    except StaleSubject as stale:
        return _two_names(request, mine=name, current=stale.current)
    except WrongState as reason:
        return refused(request, subject.plan, str(reason))
    return grid_or_page(request, subject.plan)


# --- How these views answer ----------------------------------------------------------------
def _get_task(request: OfficerRequest, pk: int, *, deleted: bool = False) -> Task:
    tasks = Task.everything.visible_to(request.user).select_related("plan__office", "subject")
    if not deleted:
        tasks = tasks.kept()
    return get_object_or_404(tasks.with_progress(), pk=pk)


def _form_page(
    request: OfficerRequest,
    form: TaskForm,
    boxes: TermsForm,
    *,
    plan: WorkPlan,
    task: Task | None = None,
) -> HttpResponse:
    status = 422 if form.errors or boxes.errors else 200
    if from_grid(request):
        errors = {name: " ".join(map(str, texts)) for name, texts in form.errors.items()}
        return JsonResponse({"errors": errors}, status=status)
    own = plan.subjects.values_list("name", flat=True)
    subjects = subject_names(own, today=timezone.localdate())
    context = {"form": form, "boxes": boxes, "plan": plan, "task": task, "subjects": subjects}
    return render(request, "workplans/task_form.html", context, status=status)


def _conflict(
    request: OfficerRequest, *, mine: dict[str, str], boxes: TermsForm, current: Task
) -> HttpResponse:
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
        "boxes": boxes,
    }
    if from_grid(request):
        html = render_to_string("workplans/_conflict.html", context, request)
        return JsonResponse({"conflict": html}, status=409)
    return render(request, "workplans/task_conflict.html", context, status=409)


def _two_names(request: OfficerRequest, *, mine: str, current: Subject) -> HttpResponse:
    """Both names of a subject; neither was written over the other."""
    context = {"subject": current, "plan": current.plan, "mine": mine}
    if from_grid(request):
        html = render_to_string("workplans/_subject_conflict.html", context, request)
        return JsonResponse({"conflict": html}, status=409)
    return render(request, "workplans/subject_conflict.html", context, status=409)


def _with_choices(request: OfficerRequest, words: dict[str, str], task: Task) -> dict[str, str]:
    """After a conflict: take the other's text in the cells where the officer chose it."""
    theirs = _words_of(task)
    return {
        name: theirs[name] if request.POST.get(f"keep_{name}") == "theirs" else text
        for name, text in words.items()
    }


def _words_of(task: Task) -> dict[str, str]:
    return {"subject": task.subject.name, **{name: getattr(task, name) for name in TEXT_FIELDS}}
