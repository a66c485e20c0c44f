"""One part of a report: its words, numbers and tables, and the records behind a number."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    StaleReport,
    bring_back_section,
    leave_out_section,
    restore_words,
    set_own_figure,
    set_score_lines,
    take_offer,
    update_section,
)
from ..enums import SectionKey
from ..forms.writing import (
    CaptionForm,
    LeaveOutForm,
    OwnFigureForm,
    PictureForm,
    ScoreSheet,
    SectionForm,
    VersionForm,
    lines_typed,
    mark_of,
    sheet_of,
)
from ..models import Section
from ..section_page import section_context
from ..sections import figure_kind, records_of
from .writing import get_report

_MOVED_ON = gettext_lazy("এর মধ্যে আরেকজন এই অংশে লিখেছেন। এখনকার লেখা ও সংখ্যা দেখে আবার চাপুন।")
_CLOSED = gettext_lazy("প্রতিবেদনটি পাঠানো হয়েছে, তাই এখন লেখা বদলানো যায় না।")


# --- Words ---------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: OfficerRequest, pk: int, key: str) -> HttpResponse:
    """The part; saving from an old copy shows both texts instead."""
    part = get_section(request, pk, key)
    if request.method != "POST":
        return section_page(request, part)
    form = SectionForm(request.POST, section=part)
    if not form.is_valid():
        return section_page(request, part, form=form)
    try:
        _save_words(request, part, form)
    except StaleReport as stale:
        return _conflict(request, stale, mine=form.cleaned_data["words"])
    except WrongState as why:
        messages.error(request, str(why))
        return section_page(request, part, form=form)
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"section-{part.pk}")
    then = part.report if "and_back" in request.POST else part
    return redirect(then)


def _save_words(request: OfficerRequest, part: Section, form: SectionForm) -> None:
    """Raises StaleReport only if somebody wrote other words since; a number that was taken
    meanwhile stands against nobody's words."""
    version, words = form.cleaned_data["version"], form.cleaned_data["words"]
    try:
        update_section(section=part, version=version, words=words, by=request.user)
    except StaleReport as stale:
        current: Section = stale.current  # type: ignore[assignment]
        if current.words == words:
            return  # Saved already; the answer was lost on the way.
        if mark_of(current.words) != form.cleaned_data["was"]:
            raise
        update_section(section=current, version=current.version, words=words, by=request.user)


@require_POST
def section_restore(request: OfficerRequest, pk: int, key: str) -> HttpResponse:
    """Back to the words made from the numbers."""
    return _act(
        request, pk, key, restore_words, _("নথি থেকে তৈরি কথা আবার বসেছে; আগের লেখা রেকর্ডে আছে।")
    )


# --- What the records say now --------------------------------------------------------------------
@require_POST
def section_take(request: OfficerRequest, pk: int, key: str) -> HttpResponse:
    """Take what the records say: everything, or only what="words", "tables" or a figure's key."""
    what = request.POST.get("what", "")
    choice: dict[str, Any] = {}
    if what in ("words", "tables"):
        choice = {"figures": (), "tables": what == "tables", "words": what == "words"}
    elif what:
        _known_figure(key, what)
        choice = {"figures": (what,), "tables": False, "words": False}
    done = _("নথির এখনকার তথ্য প্রতিবেদনে এসেছে।")
    return _act(request, pk, key, take_offer, done, **choice)


@require_POST
def section_own_figure(request: OfficerRequest, pk: int, key: str, figure: str) -> HttpResponse:
    """Say another number than the records do, and why."""
    part = get_section(request, pk, key)
    _known_figure(key, figure)
    form = OwnFigureForm(request.POST, auto_id=f"id_{figure}_%s")
    if not form.is_valid():
        return section_page(request, part, wrong=(figure, form))
    said = form.cleaned_data
    try:
        set_own_figure(
            section=part,
            figure=figure,
            value=said["value"],
            reason=said["reason"],
            version=said["version"],
            by=request.user,
        )
    except ValidationError as refused:
        form.add_error("value", refused)
        return section_page(request, part, wrong=(figure, form))
    except StaleReport:
        # The number and its reason stay in the boxes, to be sent again from the new copy.
        typed = {"value": said["value"], "reason": said["reason"]}
        part = get_section(request, pk, key)
        again = OwnFigureForm(initial={**typed, "version": part.version}, auto_id=f"id_{figure}_%s")
        messages.error(request, _MOVED_ON)
        return section_page(request, part, wrong=(figure, again), status=409)
    except WrongState as why:
        messages.error(request, str(why))
        return redirect(part)
    messages.success(request, _("আপনার সংখ্যা কারণসহ রাখা হয়েছে।"), extra_tags=f"figure-{figure}-{pk}")
    return redirect(f"{part.get_absolute_url()}#figure-{figure}")


@require_safe
def source(request: OfficerRequest, pk: int, key: str, figure: str) -> HttpResponse:
    """Exactly the records behind a number, and what they add up to."""
    part = get_section(request, pk, key)
    _known_figure(key, figure)
    records = records_of(part.report, key, figure)
    said = part.figures.get(figure)
    kind = records.kind
    context = {
        "section": part,
        "report": part.report,
        "kind": kind,
        "records": records,
        "rows": [(row, kind.say(row.amount)) for row in records.rows],
        "is_plain_count": all(row.amount == 1 for row in records.rows) and not kind.is_mean,
        "own": said if said and said["is_own"] else None,
    }
    return render(request, "reports/source.html", context)


# --- In or out -----------------------------------------------------------------------------------
@require_POST
def section_leave_out(request: OfficerRequest, pk: int, key: str) -> HttpResponse:
    """The report goes without this part, for a reason."""
    part = get_section(request, pk, key)
    form = LeaveOutForm(request.POST)
    if not form.is_valid():
        return section_page(request, part, leaving=form)
    return _act(
        request,
        pk,
        key,
        leave_out_section,
        _("অংশটি প্রতিবেদনে থাকছে না। লেখা মুছে যায়নি; চাইলে ফিরিয়ে আনুন।"),
        reason=form.cleaned_data["reason"],
    )


@require_POST
def section_bring_back(request: OfficerRequest, pk: int, key: str) -> HttpResponse:
    return _act(request, pk, key, bring_back_section, _("অংশটি আবার প্রতিবেদনে আছে।"))


# --- Scores --------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def scores(request: OfficerRequest, pk: int) -> HttpResponse:
    """The score sheet, all lines at once; empty lines are none."""
    part = get_section(request, pk, SectionKey.SCORES)
    if not perms.can_edit_report(request.user, part.report):
        messages.error(request, _CLOSED)
        return redirect(part)
    data = sent(request)
    version, sheet = VersionForm(data, initial={"version": part.version}), ScoreSheet(data)
    if data is None:
        sheet = ScoreSheet(initial=sheet_of(part.report))
    elif version.is_valid() and sheet.is_valid():
        try:
            set_score_lines(
                report=part.report,
                lines=lines_typed(sheet),
                version=version.cleaned_data["version"],
                by=request.user,
            )
        except StaleReport as stale:
            return _scores_page(request, part, sheet, stale.current.version)  # type: ignore[attr-defined]
        except (WrongState, ValidationError) as refused:
            messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
        else:
            messages.success(request, _("নম্বর রাখা হয়েছে।"), extra_tags=f"scores-{pk}")
            return redirect(part)
    return _scores_page(request, part, sheet)


def _scores_page(
    request: OfficerRequest, part: Section, sheet: Any, moved_on: int | None = None
) -> HttpResponse:
    """The sheet; `moved_on` is the newer version of the part when somebody was faster."""
    context = {
        "section": part,
        "report": part.report,
        "sheet": sheet,
        "version": VersionForm(initial={"version": moved_on or part.version}),
        "theirs": part.report.score_lines.all() if moved_on else None,
    }
    status = 409 if moved_on else 422 if sheet.is_bound else 200
    return render(request, "reports/score_form.html", context, status=status)


# --- How these views answer ----------------------------------------------------------------------
def get_section(request: OfficerRequest, pk: int, key: str) -> Section:
    """A part of the team's own report, with the report and its other parts loaded."""
    report = get_report(request, pk)
    for part in report.sections.all():
        if part.key == key:
            return part
    raise Http404


def section_page(
    request: OfficerRequest,
    part: Section,
    *,
    form: SectionForm | None = None,
    wrong: tuple[str, OwnFigureForm] | None = None,
    leaving: LeaveOutForm | None = None,
    picture: PictureForm | None = None,
    captions: dict[int, CaptionForm] | None = None,
    status: int = 0,
) -> HttpResponse:
    """The part; whatever form is given was sent with a fault (422 unless `status` says else)."""
    can_edit = perms.can_edit_report(request.user, part.report)
    context = {
        "section": part,
        "report": part.report,
        "can_edit": can_edit,
        "form": form or SectionForm(section=part),
        "leaving": leaving or LeaveOutForm(initial={"version": part.version}),
        "is_leaving": leaving is not None,
        "picture_form": picture or PictureForm(),
        **section_context(part, wrong=wrong, captions=captions),
    }
    is_wrong = form or wrong or leaving or picture or captions
    status = status or (422 if is_wrong else 200)
    return render(request, "reports/section.html", context, status=status)


def _act(
    request: OfficerRequest,
    pk: int,
    key: str,
    action: Callable[..., Section],
    done: str,
    **said: Any,
) -> HttpResponse:
    """Do what a button of the part says, on the copy it was shown with."""
    part = get_section(request, pk, key)
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _MOVED_ON)
        return redirect(part)
    version = form.cleaned_data["version"]
    try:
        action(section=part, version=version, by=request.user, **said)
    except StaleReport:
        messages.error(request, _MOVED_ON)
    except (WrongState, ValidationError) as refused:
        messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
    else:
        messages.success(request, done)
    return redirect(part)


def _known_figure(section: str, figure: str) -> None:
    """Raises Http404 for a number that no report has."""
    try:
        figure_kind(section, figure)
    except KeyError as unknown:
        raise Http404 from unknown


def _conflict(request: OfficerRequest, stale: StaleReport, *, mine: str) -> HttpResponse:
    """Both texts; the officer's own stays in the box, ready to be saved over or reworked."""
    current: Section = stale.current  # type: ignore[assignment]
    context = {
        "section": current,
        "report": current.report,
        "form": SectionForm(section=current, words=mine),
    }
    return render(request, "reports/section_conflict.html", context, status=409)
