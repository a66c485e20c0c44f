"""Scoring ideas for the monthly meeting: what waits, one idea at a time, and the outcome."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.models import Office
from teams.requests import OfficerRequest
from teams.templatetags.bangla_tags import clock
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    ScoreWords,
    StaleScore,
    close_screening,
    finish_score,
    save_score,
    take_back_score,
)
from ..enums import WAITING
from ..forms.screening import ScoreForm
from ..models import MOST_POINTS, Criteria, Idea, Score, Screening
from ..ranking import FULL, Result, ranking, results_of
from ..screening import (
    next_to_score,
    progress_of,
    team_seats,
    to_score,
    waiting_lines,
)

IDEAS_PER_PAGE = 30


@require_safe
def screening_list(request: OfficerRequest) -> HttpResponse:
    """What waits for scores, one's own first, and the ranking of what has been scored."""
    offices = request.user.scope.team_offices
    if not offices:
        return render(request, "ideas/screening_list.html", {"offices": ()})
    office = _chosen_office(request, offices)
    ideas = to_score(request.user, office).select_related("appeal")
    page = Paginator(ideas, IDEAS_PER_PAGE).get_page(request.GET.get("page"))
    tables = ranking(office)
    context = {
        "offices": offices,
        "office": office,
        "page": page,
        "lines": (lines := waiting_lines(office, list(page))),
        "first": next((one.idea for one in lines if one.is_mine), None),
        "tables": tables,
        "can_lead": perms.can_lead_screening(request.user, office.pk),
        "full": FULL,
    }
    return render(request, "ideas/screening_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_score(request: OfficerRequest, pk: int) -> HttpResponse:
    """One idea beside its criteria. The button says whether one stands by the marks."""
    idea = _get_idea(request, pk)
    screening = _current_round(idea)
    if screening and screening.closed_at:
        return _refused(request, screening, _("এই আইডিয়ায় নম্বর দেওয়া শেষ হয়েছে; নিচে ফলাফল দেখুন।"))
    if idea.status not in WAITING:
        said = _("আইডিয়াটি এখন “%(status)s”, তাই এতে আর নম্বর দেওয়া যায় না।")
        return _refused(request, idea, said % {"status": idea.get_status_display()})
    if not perms.can_score_idea(request.user, idea):
        raise PermissionDenied(_("নিজের আইডিয়ায় নম্বর দেওয়া যায় না।"))
    if request.method == "POST":
        return _take_score(request, idea, screening)
    score = _own_score(request, screening)
    form = _form(idea, screening, score=score)
    return _score_page(request, idea, screening, form, score=score)


@require_POST
def score_take_back(request: OfficerRequest, pk: int) -> HttpResponse:
    """Make one's finished marks a draft again."""
    idea = _get_idea(request, pk)
    try:
        take_back_score(idea=idea, by=request.user)
    except WrongState as reason:
        return _refused(request, _current_round(idea) or idea, str(reason))
    messages.success(request, _("নম্বর ফিরিয়ে নেওয়া হয়েছে। বদলে আবার নিশ্চিত করুন।"))
    return redirect("ideas:score", pk)


@require_safe
def screening_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """A round: while it is open how far it has come, afterwards every mark and how it adds up."""
    screening = _get_screening(request, pk)
    idea = screening.idea
    is_closed = screening.closed_at is not None
    shown = Score.objects.visible_to(request.user).done().filter(screening=screening)
    scores = list(
        shown.select_related("scorer", "post").prefetch_related("marks") if is_closed else ()
    )
    result = results_of([screening]).get(pk)
    done = list(screening.scores.done().select_related("scorer", "post").defer("note"))
    seats = () if is_closed else team_seats(idea.office_id, timezone.localdate())
    context = {
        "screening": screening,
        "idea": idea,
        "result": result,
        "rows": _rows(scores, result) if result else [],
        "progress": progress_of(idea, seats, done),
        "may_score": not is_closed and perms.can_score_idea(request.user, idea),
        "can_lead": perms.can_lead_screening(request.user, idea.office_id),
        "full": FULL,
        "most": MOST_POINTS,
    }
    return render(request, "ideas/screening_detail.html", context)


@require_POST
def screening_close(request: OfficerRequest, pk: int) -> HttpResponse:
    """End a round before everybody has finished."""
    screening = _get_screening(request, pk)
    try:
        close_screening(screening=screening, by=request.user)
    except WrongState as reason:
        return _refused(request, screening, str(reason))
    messages.success(request, _("নম্বর দেওয়া শেষ হয়েছে। এখন টিমের সবাই ফলাফল দেখছেন।"))
    return redirect(_page_of(screening))


@require_safe
def criteria_list(request: OfficerRequest) -> HttpResponse:
    """By what ideas are weighed today, and by what before or later."""
    today = timezone.localdate()
    sets = list(Criteria.objects.prefetch_related("criterion_set").order_by("-valid_from"))
    in_force = next((one for one in sets if one.covers(today)), None)
    context = {
        "in_force": in_force,
        "others": [one for one in sets if one != in_force],
        "today": today,
        "most": MOST_POINTS,
        "full": FULL,
    }
    return render(request, "ideas/screening_criteria.html", context)


# --- A score that was sent -------------------------------------------------------------------
def _take_score(request: OfficerRequest, idea: Idea, screening: Screening | None) -> HttpResponse:
    is_final = "finish" in request.POST
    form = _form(idea, screening, data=request.POST, must_be_whole=is_final)
    if not form.is_valid():
        return _invalid(request, idea, screening, form)
    keep = finish_score if is_final else save_score
    try:
        score = keep(
            idea=idea,
            version=form.cleaned_data["version"],
            words=form.words,
            by=request.user,
        )
    except StaleScore as stale:
        return _conflict(request, idea, stale.current, mine=form.words)
    except WrongState as reason:
        if _from_script(request):
            return JsonResponse({"message": str(reason)}, status=422)
        return _refused(request, _current_round(idea) or idea, str(reason))
    return _saved(request, idea, score)


def _saved(request: OfficerRequest, idea: Idea, score: Score) -> HttpResponse:
    """On to the next idea, or to the outcome if this was the last score of the round."""
    draft = f"score-{idea.pk}"
    if _from_script(request):
        said = _("%(time)s-এ সংরক্ষিত") % {"time": clock(timezone.now())}
        return JsonResponse({"saved": said, "draft": draft, "version": score.version})
    if not score.done_at:
        messages.success(request, _("খসড়া রাখা হয়েছে; নিশ্চিত না করা পর্যন্ত গণনা হবে না।"), draft)
        return redirect("ideas:score", idea.pk)
    messages.success(request, _("“%(title)s”: নম্বর নিশ্চিত হয়েছে।") % {"title": idea.title}, draft)
    following, _left = next_to_score(request.user, idea)
    if following:
        return redirect("ideas:score", following.pk)
    return redirect(_list_of(idea.office))


def _invalid(
    request: OfficerRequest, idea: Idea, screening: Screening | None, form: ScoreForm
) -> HttpResponse:
    if _from_script(request):
        texts = [str(text) for errors in form.errors.values() for text in errors]
        return JsonResponse({"message": " ".join(texts)}, status=422)
    return _score_page(request, idea, screening, form, status=422)


def _conflict(
    request: OfficerRequest, idea: Idea, current: Score, *, mine: ScoreWords
) -> HttpResponse:
    """Both sets of marks, given by one person in two windows; mine stay in the form."""
    if _from_script(request):
        said = _("অন্য জানালায় এই আইডিয়ায় অন্য নম্বর দিয়েছেন। পাতাটি আবার খুলুন।")
        return JsonResponse({"message": said}, status=409)
    form = ScoreForm(
        criterions=list(current.screening.criteria.criterion_set.all()),
        words=mine,
        version=current.version,
    )
    theirs = ScoreWords.of(current)
    return _score_page(request, idea, current.screening, form, status=409, theirs=theirs)


def _from_script(request: OfficerRequest) -> bool:
    return request.headers.get("X-Requested-With") == "score"


# --- Pieces ----------------------------------------------------------------------------------
def _get_idea(request: OfficerRequest, pk: int) -> Idea:
    ideas = Idea.objects.visible_to(request.user).select_related("office", "appeal")
    return get_object_or_404(ideas, pk=pk)


def _get_screening(request: OfficerRequest, pk: int) -> Screening:
    rounds = Screening.objects.visible_to(request.user)
    return get_object_or_404(rounds.select_related("idea__office", "criteria", "closed_by"), pk=pk)


def _current_round(idea: Idea) -> Screening | None:
    return Screening.objects.current().filter(idea=idea).select_related("criteria").first()


def _own_score(request: OfficerRequest, screening: Screening | None) -> Score | None:
    if screening is None:
        return None
    return screening.scores.filter(scorer=request.user).prefetch_related("marks").first()


def _form(
    idea: Idea,
    screening: Screening | None,
    *,
    score: Score | None = None,
    data: Any = None,
    must_be_whole: bool = False,
) -> ScoreForm:
    """The form by the criteria of the round, or of today when none has begun."""
    criteria = screening.criteria if screening else _criteria_today()
    return ScoreForm(
        data,
        criterions=list(criteria.criterion_set.all()) if criteria else (),
        words=ScoreWords.of(score) if score else None,
        version=score.version if score else 0,
        must_be_whole=must_be_whole,
    )


def _criteria_today() -> Criteria | None:
    try:
        return Criteria.objects.in_force(timezone.localdate())
    except Criteria.DoesNotExist:
        return None


def _score_page(
    request: OfficerRequest,
    idea: Idea,
    screening: Screening | None,
    form: ScoreForm,
    *,
    score: Score | None = None,
    status: int = 200,
    theirs: ScoreWords | None = None,
) -> HttpResponse:
    following, left = next_to_score(request.user, idea)
    context = {
        "idea": idea,
        "screening": screening,
        "form": form,
        "score": score,
        "following": following,
        "left": left,
        "most": MOST_POINTS,
        "full": FULL,
        "theirs": [(one.name, theirs.points.get(one.pk)) for one in form.criterions]
        if theirs
        else (),
        "their_note": theirs.note if theirs else "",
    }
    return render(request, "ideas/score_form.html", context, status=status)


def _rows(scores: list[Score], result: Result) -> list[dict[str, Any]]:
    """Each member's marks in the order of the criteria, and what they come to."""
    rows = []
    for score in scores:
        points = {mark.criterion_id: mark.points for mark in score.marks.all()}
        rows.append(
            {
                "score": score,
                "points": [
                    (one.criterion, points.get(one.criterion.pk)) for one in result.averages
                ],
                "total": result.total_of(score.pk),
            }
        )
    return rows


def _chosen_office(request: OfficerRequest, offices: list[Office]) -> Office:
    """The office asked for, else that of the main post."""
    asked = request.GET.get("office", "")
    return next((one for one in offices if str(one.pk) == asked), offices[0])


def _list_of(office: Office) -> str:
    return f"{reverse('ideas:screening_list')}?office={office.pk}"


def _page_of(screening: Screening) -> str:
    return reverse("ideas:screening_detail", args=[screening.pk])


def _refused(request: OfficerRequest, thing: Idea | Screening, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(_page_of(thing) if isinstance(thing, Screening) else thing)
