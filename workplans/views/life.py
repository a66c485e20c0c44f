"""Revisions of an approved plan, its versions, and two of them side by side."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState

from .. import perms
from ..actions import RevisionOpen, start_revision, withdraw_revision
from ..comparing import CellChange, IndicatorChange, RowChange, compare
from ..enums import PlanStatus, Unit
from ..forms.life import ReviseForm
from ..models import CELL_LABELS, GRADES, OPEN_REVISION, Indicator, PlanSnapshot, WorkPlan
from ..snapshots import Row
from ..versions import OPEN, SENT_BEFORE, being_written, points_of, standing
from .plans import get_plan


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_revise(request: OfficerRequest, pk: int) -> HttpResponse:
    """Begin to revise an approved plan; an open revision is opened instead."""
    plan = get_plan(request, pk)
    if not perms.can_revise_workplan(request.user, plan):
        raise PermissionDenied
    form = ReviseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            revision = start_revision(
                workplan=plan, reason=form.cleaned_data["reason"], by=request.user
            )
        except RevisionOpen as already:
            messages.info(request, _("এই পরিকল্পনার সংশোধন আগেই শুরু হয়েছে; সেটিই এখানে।"))
            return redirect(already.existing)
        except WrongState as reason:
            messages.error(request, str(reason))
            return redirect(plan)
        messages.success(
            request,
            _("সংস্করণ %(number)s-এর খসড়া তৈরি হয়েছে; এখানে লিখুন।")
            % {"number": digits(revision.revision)},
            extra_tags=f"revise-{plan.pk}",
        )
        return redirect(revision)
    existing = being_written(request.user, plan)
    if existing:
        messages.info(request, _("এই পরিকল্পনার সংশোধন আগেই শুরু হয়েছে; সেটিই এখানে।"))
        return redirect(existing)
    status = 422 if form.errors else 200
    context = {"plan": plan, "form": form}
    return render(request, "workplans/workplan_revise.html", context, status=status)


@require_POST
def workplan_withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a revision up; the plan in force stays as it is."""
    revision = get_plan(request, pk)
    if not revision.is_revision:
        raise PermissionDenied
    try:
        withdraw_revision(workplan=revision, by=request.user)
    except WrongState as reason:
        messages.error(request, str(reason))
        return redirect(revision)
    messages.success(request, _("সংশোধন প্রত্যাহার করা হয়েছে; বলবৎ পরিকল্পনা আগের মতোই আছে।"))
    return redirect(standing(revision))


@require_safe
def version_list(request: OfficerRequest, pk: int) -> HttpResponse:
    """Every version of the plan: when, by whom, in which meeting and why."""
    plan = get_plan(request, pk)
    live = standing(plan)
    snapshots = PlanSnapshot.objects.visible_to(request.user).filter(plan=live).approved()
    revisions = live.revisions.filter(pk__in=WorkPlan.everything.visible_to(request.user))
    others = revisions.filter(status__in=(*OPEN_REVISION, PlanStatus.WITHDRAWN))
    context = {
        "plan": live,
        "versions": snapshots.order_by("-revision").defer("rows").select_related("taken_by"),
        "others": others.select_related("created_by", "withdrawn_by").order_by("-created_at"),
    }
    return render(request, "workplans/version_list.html", context)


@require_safe
def version_detail(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """One version, as it was approved."""
    plan = get_plan(request, pk)
    live = standing(plan)
    snapshots = PlanSnapshot.objects.visible_to(request.user).approved().select_related("taken_by")
    snapshot = get_object_or_404(snapshots, plan=live, revision=number)
    context = {
        "plan": live,
        "version": snapshot,
        "groups": _groups(snapshot.rows),
    }
    return render(request, "workplans/version_detail.html", context)


@require_safe
def workplan_compare(request: OfficerRequest, pk: int) -> HttpResponse:
    """Two states of a plan side by side: ?from=1&to=2, or "open" for what is being written."""
    plan = get_plan(request, pk)
    points = points_of(request.user, plan)
    codes = list(points)
    to = request.GET.get("to") or (codes[-1] if codes else "")
    since = request.GET.get("from") or _usual_start(codes, to)
    if to not in points or since not in points:
        if "to" in request.GET or "from" in request.GET:
            raise Http404
        messages.info(request, _("তুলনা করার মতো আগের কোনো সংস্করণ এখনো নেই।"))
        return redirect(plan)
    comparison = compare(points[since].rows(), points[to].rows())
    context = {
        "plan": plan,
        "points": points.values(),
        "since": points[since],
        "until": points[to],
        "lines": [_line(row) for row in comparison.changed],
        "comparison": comparison,
        "same": len(comparison.rows) - len(comparison.changed),
    }
    return render(request, "workplans/workplan_compare.html", context)


def _usual_start(codes: list[str], to: str) -> str:
    """With what a state is compared unless somebody says: what came before it."""
    if to not in codes:
        return ""
    earlier = codes[: codes.index(to)]
    if to == OPEN and SENT_BEFORE in earlier:
        return SENT_BEFORE
    numbered = [code for code in earlier if code.isascii() and code.isdigit()]
    return (numbered or earlier or [to])[-1]


# --- What the templates read -----------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """One changed row with the labels of its cells."""

    row: RowChange
    cells: list[tuple[str, CellChange]]
    indicators: list[tuple[IndicatorChange, list[tuple[str, CellChange]]]]


def _line(row: RowChange) -> Line:
    return Line(
        row,
        [(_cell_label(name), _bengali(row.cells[name])) for name in row.changed_cells],
        [
            (one, [(_value_label(value.name), _bengali(value)) for value in one.values])
            for one in row.indicators
        ],
    )


def _cell_label(name: str) -> str:
    others = {"terms": _("কার্যপরিধি"), "subject_weight": _("উদ্দেশ্যের মান")}
    return others.get(name) or str(CELL_LABELS[name])


def _value_label(name: str) -> str:
    if name.startswith("quarter_"):
        return _("%(number)s নম্বর ত্রৈমাসিকের লক্ষ্যমাত্রা") % {"number": digits(name[-1])}
    field: Any = Indicator._meta.get_field(name)
    return str(field.verbose_name)


NUMBERS = {"terms", "subject_weight", "weight"}


def _bengali(cell: CellChange) -> CellChange:
    """Numbers and units as they are read; words stay as they were typed."""
    if cell.name == "unit":
        labels = {unit.value: str(unit.label) for unit in Unit} | {"": ""}
        return CellChange(cell.name, labels[cell.before], labels[cell.after])
    if cell.name in NUMBERS:
        return CellChange(cell.name, digits(cell.before), digits(cell.after))
    return cell


def _groups(rows: list[Row]) -> list[dict[str, Any]]:
    """The rows of a version under their subjects, in order."""
    groups: list[dict[str, Any]] = []
    for row in rows:
        if not groups or groups[-1]["subject"] != row["subject"]:
            groups.append({"subject": row["subject"], "number": len(groups) + 1, "rows": []})
        shown = [
            {**one, "targets": [one[f"target_{grade}"] for grade in GRADES]}
            for one in row["indicators"]
        ]
        groups[-1]["rows"].append({**row, "indicators": shown})
    return groups
