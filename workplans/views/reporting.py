"""A task's own page: what is planned, where each part stands, and the form to report more.

The form's address answers twice: with the task's page, and with plain data for evidence.js, which
sends pictures again on a bad line and says so in a header.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teams.requests import OfficerRequest
from teams.transitions import WrongState
from teams.uploads import serve_evidence

from .. import perms
from ..actions import report_progress
from ..forms.reporting import ProgressForm
from ..models import Indicator, ProgressEntry, Task
from ..parts import PartLine, first_undone, parts_of, standing
from ..starting import earlier_entries
from .remarks import remark_section
from .scores import indicator_context


@require_safe
def task_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One task: what is planned, what has been reported, and the form to report more.

    `?part=` names the occurrence or sub-step to report on.
    """
    task = _get_task(request, pk)
    lines = lines_of(task)
    form = None
    if perms.can_add_progress(request.user, task.plan):
        part = request.GET.get("part", "")
        form = ProgressForm(task=task, lines=lines, indicators=_indicators(task), part=part)
    return _task_page(request, task, lines, form)


@require_POST
def progress_create(request: OfficerRequest, pk: int) -> HttpResponse:
    task = _get_task(request, pk)
    if not perms.can_add_progress(request.user, task.plan):
        raise PermissionDenied
    lines = lines_of(task)
    form = ProgressForm(
        request.POST,
        request.FILES,
        task=task,
        lines=lines,
        indicators=_indicators(task),
        part=request.POST.get("part", ""),
    )
    if form.is_valid():
        try:
            report_progress(
                task=task,
                report=form.report,
                by=request.user,
                form_key=form.cleaned_data["form_key"],
            )
        except WrongState as reason:
            form.add_error(None, str(reason))
    if form.errors:
        return _refused(request, task, lines, form)
    messages.success(request, _("অগ্রগতি সংরক্ষিত হয়েছে।"), extra_tags=f"progress-{pk}")
    if _from_script(request):
        return JsonResponse({"url": task.get_absolute_url()})
    return redirect(task)


@require_safe
def evidence_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The file that proves an entry, to whoever may see the plan."""
    entries = ProgressEntry.objects.visible_to(request.user).exclude(evidence="")
    entry = get_object_or_404(entries, pk=pk)
    return serve_evidence(entry.evidence, filename=entry.evidence_name)


# --- How these views answer ----------------------------------------------------------------
def lines_of(task: Task) -> list[PartLine]:
    """The parts of a task and where they stand; needs with_progress()."""
    if not task.part_count:
        return []
    told = ProgressEntry.objects.filter(task=task).latest_of_parts()
    return standing(parts_of(task), told.get(task.pk, {}), task.whole_percent)


def _get_task(request: OfficerRequest, pk: int) -> Task:
    tasks = Task.everything.visible_to(request.user).select_related("plan__office", "subject")
    return get_object_or_404(tasks.kept().with_progress(), pk=pk)


def _indicators(task: Task) -> list[Indicator]:
    return list(task.indicators.kept())


def _from_script(request: OfficerRequest) -> bool:
    return request.headers.get("X-Requested-With") == "report"


def _refused(
    request: OfficerRequest, task: Task, lines: list[PartLine], form: ProgressForm
) -> HttpResponse:
    if _from_script(request):
        said = [str(text) for texts in form.errors.values() for text in texts]
        return JsonResponse({"message": " ".join(said)}, status=422)
    return _task_page(request, task, lines, form, status=422)


def _task_page(
    request: OfficerRequest,
    task: Task,
    lines: list[PartLine],
    form: ProgressForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    undone = first_undone(lines)
    context: dict[str, Any] = {
        "task": task,
        "plan": task.plan,
        "state": task.state(today),
        "lines": [(line, _state_of(line, undone, task)) for line in lines],
        "parts_done": sum(line.is_done for line in lines),
        "earlier": earlier_entries(task, request.user),
        "entries": _entries(task, lines),
        "posts": task.responsible.with_holders(today),
        "form": form,
        "today": today,
        "can_tag": perms.can_tag_tasks(request.user, task.plan),
        "next_occurrence": task.next_occurrence(today),
        **indicator_context(request, task),
        **remark_section(request.user, task),
    }
    return render(request, "workplans/task_detail.html", context, status=status)


def _state_of(line: PartLine, undone: PartLine | None, task: Task) -> str:
    """ "done", "late", "due" for the one that comes next, "" for what lies ahead."""
    if line.is_done or (task.percent or 0) >= 100:
        return "done"
    if line.is_late(timezone.localdate()):
        return "late"
    return "due" if line is undone else ""


def _entries(task: Task, lines: list[PartLine]) -> list[ProgressEntry]:
    """What was reported, each with the name of the part it is about."""
    names = {line.part.key: line.part.name for line in lines}
    entries = list(task.progress.select_related("created_by", "by_post", "indicator"))
    for entry in entries:
        entry.part_name = names.get(entry.part, entry.part)
    return entries
