"""Several people in one plan: who writes where, what changed meanwhile, and taking back.

Only the team of the plan sees any of it. The beats of an open page write nothing but a row of
presence: they leave the session as it is, so that a screen left on is logged out in time.
"""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teams.requests import OfficerRequest
from teams.transitions import WrongState

from .. import perms
from ..actions import Seen, end_presence, note_presence, others_in, undo_last
from ..arrangement import arrangement_of, mark_of
from ..models import WorkPlan
from .answers import grid_or_page, grid_pieces, refused, row_pieces
from .plans import row_id

# A row or two are put in by themselves; for more the whole table is no longer.
MOST_ROWS = 8


@require_POST
def workplan_presence(request: OfficerRequest, pk: int) -> HttpResponse:
    """One beat of an open page: where its writer is; answered with where the others are.

    `task` is the row being written, `left` says that it was left, `gone` that the page is closed.
    `mark` is how the rows stood at the last beat; if they stand so still, they are not told.
    """
    plan = _own_plan(request, pk)
    if "gone" in request.POST:
        end_presence(plan=plan, by=request.user)
        return JsonResponse({})
    rows, pks = arrangement_of(plan)
    task = row_id(request.POST.get("task", ""))
    note_presence(
        plan=plan,
        by=request.user,
        task=task if task in pks else None,
        has_left="left" in request.POST,
    )
    answer: dict[str, object] = {"others": [_said(one) for one in others_in(plan, request.user)]}
    mark = mark_of(rows)
    if request.POST.get("mark") != mark:
        answer |= {"mark": mark, "rows": rows}
    if not perms.can_edit_workplan(request.user, plan):
        answer["closed"] = _("পরিকল্পনাটি এখন “%(status)s”; এর লেখা আর বদলানো যায় না।") % {
            "status": plan.get_status_display()
        }
    return JsonResponse(answer)


@require_safe
def workplan_rows(request: OfficerRequest, pk: int) -> HttpResponse:
    """Rows as they stand now, for grid.js: those named by `row`, or the whole table."""
    plan = _own_plan(request, pk)
    named = {found for text in request.GET.getlist("row") if (found := row_id(text)) is not None}
    if 0 < len(named) <= MOST_ROWS:
        return JsonResponse(row_pieces(request, plan, named))
    return JsonResponse(grid_pieces(request, plan))


@require_POST
def workplan_undo(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take back one's own last change of the plan; the next time, the one before it."""
    plan = _own_plan(request, pk)
    try:
        undone = undo_last(plan=plan, by=request.user)
    except WrongState as reason:
        return refused(request, plan, str(reason))
    return grid_or_page(request, plan, focus=undone.task, said=undone.words)


def _own_plan(request: OfficerRequest, pk: int) -> WorkPlan:
    plans = WorkPlan.everything.own_of(request.user).select_related("office__parent")
    return get_object_or_404(plans, pk=pk)


def _said(one: Seen) -> dict[str, object]:
    return {"name": one.user.name, "initials": one.user.initials, "task": one.task}
