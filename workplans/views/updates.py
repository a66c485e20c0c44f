"""A table whose rows the plan has already: what differs, each with a tick, before a word is
written."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangla.pieces import Piece, text_pieces
from teams.requests import OfficerRequest
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState

from ..actions import StaleUpdate, UnwritableRow, apply_update
from ..models import PlanImport
from ..updates import Change, Differences, RowChanges, differences


@dataclass(frozen=True)
class Tick:
    """A change with its box; `is_stale` when the text in the plan is another than was shown."""

    change: Change
    is_ticked: bool
    is_stale: bool

    @property
    def is_conflict(self) -> bool:
        return self.change.is_conflict or self.is_stale

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return text_pieces(self.change.old, self.change.new)


@dataclass(frozen=True)
class Ticks:
    """A row with its ticks."""

    row: RowChanges
    ticks: tuple[Tick, ...]


def import_update(
    request: OfficerRequest, plan_import: PlanImport, *, by_title: bool
) -> HttpResponse:
    """Show where the table differs from the plan, and write what is ticked."""
    if request.method != "POST":
        return _page(request, plan_import, by_title=by_title)
    chosen = frozenset(request.POST.getlist("take"))
    if not chosen:
        messages.error(request, _("কোনো পরিবর্তনে টিক নেই; কিছুই লেখা হয়নি।"))
        return _page(request, plan_import, by_title=by_title, chosen=chosen, status=422)
    try:
        count = apply_update(
            plan_import=plan_import, chosen=chosen, by_title=by_title, by=request.user
        )
    except StaleUpdate as stale:
        return _page(
            request,
            plan_import,
            by_title=by_title,
            chosen=chosen,
            stale=stale.keys,
            status=409,
        )
    except UnwritableRow as reason:
        messages.error(request, str(reason))
        return _page(request, plan_import, by_title=by_title, chosen=chosen, status=422)
    except WrongState as reason:
        messages.error(request, str(reason))
        return redirect(plan_import.plan)
    text = ngettext(
        "%(count)sটি পরিবর্তন পরিকল্পনায় নেওয়া হয়েছে।",
        "%(count)sটি পরিবর্তন পরিকল্পনায় নেওয়া হয়েছে।",
        count,
    )
    draft = draft_of(plan_import)
    messages.success(request, text % {"count": digits(count)}, extra_tags=draft)
    return redirect(plan_import.plan)


def draft_of(plan_import: PlanImport) -> str:
    return f"import-rows-{plan_import.pk}"


def _page(
    request: OfficerRequest,
    plan_import: PlanImport,
    *,
    by_title: bool,
    chosen: frozenset[str] | None = None,
    stale: frozenset[str] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    found = differences(plan_import, by_title=by_title)
    context = {
        "plan": plan_import.plan,
        "plan_import": plan_import,
        "found": found,
        "changed": _ticks(found.changed, chosen, stale),
        "added": _ticks(found.added, chosen, stale),
        "absent": _ticks(found.absent, chosen, stale),
        "order": _ticks(found.order, chosen, stale),
        "has_conflicts": any(row.has_conflict for row in found.changed),
        "is_stale": bool(stale),
        "by_title": by_title,
        "draft": draft_of(plan_import),
        "change_count": _count(found),
    }
    return render(request, "workplans/import_update.html", context, status=status)


def _count(found: Differences) -> int:
    return sum(len(row.changes) for row in (*found.changed, *found.added))


def _ticks(
    rows: Iterable[RowChanges], chosen: frozenset[str] | None, stale: frozenset[str]
) -> list[Ticks]:
    return [
        Ticks(row, tuple(_tick(change, chosen, stale) for change in row.changes)) for row in rows
    ]


def _tick(change: Change, chosen: frozenset[str] | None, stale: frozenset[str]) -> Tick:
    """Ticked as it was sent; a text that has changed since is asked for anew."""
    is_ticked = change.is_offered if chosen is None else change.token in chosen
    return Tick(change, is_ticked and not change.problem, change.key in stale)
