"""How the addresses of rows answer: a page for a browser, a piece of the table for grid.js.

The script says in a header that it is the one who asks.
"""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.requests import OfficerRequest
from teams.templatetags.bangla_tags import clock

from ..models import Task, WorkPlan
from ..row_filter import words_of
from .plans import grid_context


def from_grid(request: OfficerRequest) -> bool:
    return request.headers.get("X-Requested-With") == "grid"


def grid_or_page(
    request: OfficerRequest,
    plan: WorkPlan,
    *,
    focus: Task | None = None,
    undo: dict[str, str] | None = None,
    draft: str = "",
    said: str = "",
) -> HttpResponse:
    """The whole grid anew for grid.js, or back to the plan's page at the row.

    `draft` names the words kept by the browser that have arrived with a page's form; `said` is
    a sentence about what was done.
    """
    if not from_grid(request):
        if said:
            messages.success(request, said)
        if draft:
            messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=draft)
        return redirect(page_of(plan, view=view_of(request), focus=focus))
    return JsonResponse(
        {
            **grid_pieces(request, plan, keep=[focus.pk] if focus else ()),
            "saved": saved(),
            "focus": focus.pk if focus else None,
            "undo": undo,
            "said": said,
        }
    )


def row_answer(request: OfficerRequest, task: Task) -> HttpResponse:
    """One row anew, for grid.js."""
    found = row_pieces(request, task.plan, {task.pk})
    if not found["rows"]:  # taken out by somebody at this very moment
        return grid_or_page(request, task.plan)
    row = found.pop("rows")[str(task.pk)]
    return JsonResponse({"row": row, **found, "saved": saved()})


def grid_pieces(
    request: OfficerRequest, plan: WorkPlan, *, keep: Collection[int] = ()
) -> dict[str, str]:
    """The table as it is looked at, with the rows `keep` in any case, and what stands above it."""
    context = grid_context(request.user, plan, view=view_of(request), keep=keep)
    grid = render_to_string("workplans/_grid.html", context, request)
    return {"grid": grid, **_above(request, context)}


def row_pieces(request: OfficerRequest, plan: WorkPlan, pks: set[int]) -> dict[str, Any]:
    """Those of these rows that are in the table, by their ids, and what stands above it."""
    context = grid_context(request.user, plan, view=view_of(request), keep=pks)
    rows = {
        str(row.task.pk): render_to_string("workplans/_row.html", {**context, "row": row}, request)
        for row in context["table"].rows
        if row.task.pk in pks
    }
    return {"rows": rows, **_above(request, context)}


def _above(request: OfficerRequest, context: dict[str, Any]) -> dict[str, str]:
    """The plan in one line, and the views with their counts."""
    return {
        "summary": render_to_string("workplans/_summary.html", context, request),
        "views": render_to_string("workplans/_views.html", context, request),
    }


def view_of(request: OfficerRequest) -> QueryDict:
    """The filter through which the grid is looked at: its script and its forms send it along."""
    return words_of(request.headers.get("X-Grid-View") or request.POST.get("view", ""))


def page_of(plan: WorkPlan, *, view: QueryDict, focus: Task | None) -> str:
    """The address of the plan, looked at in the same way; the row `focus` is there in any case."""
    if focus is None:
        return f"{plan.get_absolute_url()}{f'?{view.urlencode()}' if view else ''}"
    shown = f"?{view.urlencode()}&show={focus.pk}" if view else ""
    return f"{plan.get_absolute_url()}{shown}#task-{focus.pk}"


def saved() -> str:
    return _("%(time)s-এ সংরক্ষিত") % {"time": clock(timezone.now())}


def refused(
    request: OfficerRequest, plan: WorkPlan, message: str, *, status: int = 422
) -> HttpResponse:
    """Something could not be done; the sentence says why."""
    if from_grid(request):
        return JsonResponse({"message": message}, status=status)
    messages.error(request, message)
    return redirect(plan)


def locked(request: OfficerRequest) -> HttpResponse:
    """The plan is visible to this person but its text is not theirs to write."""
    if from_grid(request):
        return JsonResponse(
            {"message": _("এই পরিকল্পনার লেখা এখন বদলানো যায় না। পাতাটি আবার খুলে দেখুন।")}, status=403
        )
    raise PermissionDenied
