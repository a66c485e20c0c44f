"""The register of ideas, one idea, and its way through screening and pilot."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.models import Office
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import day
from teams.transitions import Transition, WrongState

from .. import enums, perms
from ..actions import IdeaText, StaleIdea, move_idea, receive_idea, update_idea, why_settled
from ..detail import detail_context
from ..filters import IdeaFilter
from ..forms.register import DeclineForm, IdeaCreateForm, IdeaForm, IdeaUpdateForm
from ..models import Idea
from ..timeline import steps_taken

IDEAS_PER_PAGE = 30


@require_safe
def idea_list(request: OfficerRequest) -> HttpResponse:
    """The team's register, by words and by state."""
    own = Idea.objects.visible_to(request.user)
    ideas = own.registered().select_related("office").with_appeal_marked()
    found = IdeaFilter(request.GET, queryset=ideas, request=request)
    page = Paginator(found.qs, IDEAS_PER_PAGE).get_page(request.GET.get("page"))
    counts = found.counts()
    offices = request.user.scope.team_offices
    context = {
        "filter": found,
        "page": page,
        "counts": counts.items(),
        "total": sum(counts.values()),
        "appeals": found.appeals(),
        "held": own.held().count(),
        "can_receive": bool(offices),
        "shows_office": len(offices) > 1,
    }
    return render(request, "ideas/idea_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_create(request: OfficerRequest) -> HttpResponse:
    """Write an idea into the register."""
    offices = request.user.scope.team_offices
    if not offices:
        raise PermissionDenied
    form = IdeaCreateForm(sent(request), request.FILES or None, offices=offices)
    if form.is_valid():
        idea = receive_idea(
            office=get_object_or_404(Office, pk=form.cleaned_data["office"]),
            text=form.text,
            by=request.user,
            form_key=form.cleaned_data["form_key"],
            contact=form.contact,
            files=form.cleaned_data["attachments"],
        )
        messages.success(request, _("আইডিয়াটি নিবন্ধিত হয়েছে।"), extra_tags="idea-new")
        return redirect(idea)
    status = 422 if form.errors else 200
    return render(request, "ideas/idea_form.html", {"form": form}, status=status)


@require_safe
def idea_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One idea: its words, the steps behind it and those open to this person."""
    idea = _get_idea(request, pk)
    context = {
        "idea": idea,
        "taken": steps_taken(idea),
        "can_edit": perms.can_edit_idea(request.user, idea),
        "steps": [step.name for step in perms.steps_open_to(request.user, idea)],
        **detail_context(request.user, idea),
    }
    return render(request, "ideas/idea_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save the words; a save made from an old copy shows both texts instead."""
    idea = _get_idea(request, pk)
    if not perms.can_edit_idea(request.user, idea):
        return _refused(request, idea, why_settled(idea))
    form = IdeaUpdateForm(sent(request), idea=idea)
    if not form.is_valid():
        context = {"form": form, "idea": idea}
        return render(request, "ideas/idea_form.html", context, status=422 if form.errors else 200)
    try:
        update_idea(
            idea=idea, version=form.cleaned_data["version"], text=form.text, by=request.user
        )
    except StaleIdea as stale:
        if IdeaText.of(stale.current) != form.text:
            return _conflict(request, mine=form.text, current=stale.current)
        # Saved already; the answer was lost on the way.
    except WrongState as reason:
        return _refused(request, idea, str(reason))
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"idea-{pk}")
    return redirect(idea)


# --- The steps -----------------------------------------------------------------------------
@require_POST
def idea_shortlist(request: OfficerRequest, pk: int) -> HttpResponse:
    done = _("আইডিয়াটি বাছাই তালিকায় উঠেছে।")
    return _move(request, _get_idea(request, pk), enums.SHORTLIST, done)


@require_POST
def idea_approve(request: OfficerRequest, pk: int) -> HttpResponse:
    return _move(request, _get_idea(request, pk), enums.APPROVE, _("আইডিয়াটি অনুমোদিত হয়েছে।"))


@require_POST
def idea_start_pilot(request: OfficerRequest, pk: int) -> HttpResponse:
    return _move(request, _get_idea(request, pk), enums.START_PILOT, _("পাইলট শুরু হয়েছে।"))


@require_POST
def idea_showcase(request: OfficerRequest, pk: int) -> HttpResponse:
    done = _("আইডিয়াটি প্রদর্শিত হিসেবে লেখা হয়েছে।")
    return _move(request, _get_idea(request, pk), enums.SHOWCASE, done)


@require_POST
def idea_replicate(request: OfficerRequest, pk: int) -> HttpResponse:
    done = _("আইডিয়াটি রেপ্লিকেটেড হিসেবে লেখা হয়েছে।")
    return _move(request, _get_idea(request, pk), enums.REPLICATE, done)


@require_http_methods(["GET", "HEAD", "POST"])
def idea_decline(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let an idea go, with the reason."""
    idea = _get_idea(request, pk)
    if not perms.can_move_idea(request.user, idea):
        raise PermissionDenied
    form = DeclineForm(sent(request))
    if form.is_valid():
        done = _("আইডিয়াটি গৃহীত হয়নি বলে লেখা হয়েছে।")
        return _move(request, idea, enums.DECLINE, done, reason=form.cleaned_data["reason"])
    if idea.status not in enums.DECLINE.sources:
        return redirect(idea)
    context = {"form": form, "idea": idea}
    return render(request, "ideas/idea_decline.html", context, status=422 if form.errors else 200)


# --- How these views answer ----------------------------------------------------------------
def _get_idea(request: OfficerRequest, pk: int) -> Idea:
    ideas = Idea.objects.visible_to(request.user).select_related(
        *("office", "created_by", "updated_by", "declined_by"),
        *("contact", "appeal", "forwarded_from"),
    )
    return get_object_or_404(ideas, pk=pk)


def _move(
    request: OfficerRequest, idea: Idea, step: Transition, done: str, *, reason: str = ""
) -> HttpResponse:
    try:
        move_idea(idea=idea, step=step, by=request.user, reason=reason)
    except WrongState as why:
        return _refused(request, idea, str(why))
    messages.success(request, done)
    return redirect(idea)


def _refused(request: OfficerRequest, idea: Idea, message: str) -> HttpResponse:
    messages.error(request, message)
    return redirect(idea)


def _conflict(request: OfficerRequest, *, mine: IdeaText, current: Idea) -> HttpResponse:
    """Both texts; the officer's own stays in the boxes, ready to be saved over or reworked."""
    theirs = IdeaText.of(current)
    shown = {
        **theirs.as_json(),
        "channel": current.get_channel_display(),
        "received_on": day(theirs.received_on),
    }
    context = {
        "idea": current,
        "form": IdeaUpdateForm(idea=current, words=mine),
        "theirs": [
            (field.label, shown[name])
            for name, field in IdeaForm.base_fields.items()
            if getattr(theirs, name) != getattr(mine, name)
        ],
    }
    return render(request, "ideas/idea_conflict.html", context, status=409)
