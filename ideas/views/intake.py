"""What reaches the office: held submissions, the paper box, ideas sent on, one's own ideas."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.documents import serve
from teams.filters import LONGEST_SEARCH
from teams.models import Office
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import digits
from teams.transitions import Transition, WrongState

from .. import enums, perms
from ..actions import (
    admit_idea,
    discard_idea,
    forward_idea,
    mend_contact,
    readmit_idea,
    receive_slips,
    why_not_forwarded,
)
from ..citizens import KNOWN_OF, standing_of
from ..forms.intake import MORE_SLIPS, MOST_SLIPS, BoxForm, ForwardForm, SlipFormSet, read_slips
from ..forms.register import ContactForm
from ..intake import followed_by, sent_on_by, slips_of
from ..models import Idea, IdeaFile

IDEAS_PER_PAGE = 30
LONGEST_NUMBER = 18  # digits of a row's number that every database can hold


# --- Held submissions ------------------------------------------------------------------------
@require_safe
def held_list(request: OfficerRequest) -> HttpResponse:
    """Submissions that somebody has to look at, or (?show=discarded) those taken for spam."""
    shows_discarded = request.GET.get("show") == "discarded"
    ideas = Idea.objects.visible_to(request.user)
    discarded = ideas.filter(status=enums.IdeaStatus.DISCARDED)
    shown = discarded.order_by("-discarded_at", "-pk") if shows_discarded else ideas.held()
    page = Paginator(shown.select_related("office", "discarded_by"), IDEAS_PER_PAGE)
    led = {office.pk for office in request.user.scope.led_offices}
    context = {
        "page": page.get_page(request.GET.get("page")),
        "shows_discarded": shows_discarded,
        "held_count": ideas.held().count(),
        "discarded_count": discarded.count(),
        "led": led,
        "shows_office": len(request.user.scope.team_offices) > 1,
    }
    return render(request, "ideas/held_list.html", context)


@require_POST
def held_admit(request: OfficerRequest) -> HttpResponse:
    return _review(request, enums.ADMIT, _("%(number)sটি আইডিয়া নিবন্ধনে নেওয়া হয়েছে।"))


@require_POST
def held_discard(request: OfficerRequest) -> HttpResponse:
    return _review(request, enums.DISCARD, _("%(number)sটি লেখা বাদ দেওয়া হয়েছে।"))


@require_POST
def held_readmit(request: OfficerRequest) -> HttpResponse:
    return _review(request, enums.READMIT, _("%(number)sটি আইডিয়া আবার নিবন্ধনে নেওয়া হয়েছে।"))


REVIEWS = {
    enums.ADMIT: admit_idea,
    enums.DISCARD: discard_idea,
    enums.READMIT: readmit_idea,
}


def _review(request: OfficerRequest, step: Transition, done: str) -> HttpResponse:
    """Take one step with all that were ticked, and say how many went and how many could not."""
    ideas = _picked(request, request.POST)
    if not ideas:
        messages.error(request, _("অন্তত একটি লেখা বেছে নিন।"))
    moved = 0
    for idea in ideas:
        if not perms.can_review_held(request.user, idea):
            raise PermissionDenied
        try:
            REVIEWS[step](idea=idea, by=request.user)
            moved += 1
        except WrongState as why:
            messages.error(request, f"“{idea.title}”: {why}")
    if moved:
        messages.success(request, done % {"number": digits(moved)})
    where = reverse("ideas:held_list")
    return redirect(f"{where}?show=discarded" if step == enums.READMIT else where)


# --- Out of the box --------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def box_create(request: OfficerRequest) -> HttpResponse:
    """Type in what was found in the box, several slips on one page."""
    offices = request.user.scope.team_offices
    if not offices:
        raise PermissionDenied
    sent = _with_more_rows(request.POST) if request.method == "POST" else None
    form, slips = BoxForm(sent, offices=offices), SlipFormSet(sent, prefix="slips")
    wants_rows = sent is not None and "more" in request.POST
    if sent is not None and not wants_rows and form.is_valid() and slips.is_valid():
        words = form.cleaned_data
        ideas = receive_slips(
            office=get_object_or_404(Office, pk=words["office"]),
            slips=read_slips(slips, channel=words["channel"], received_on=words["received_on"]),
            by=request.user,
            form_key=words["form_key"],
        )
        said = _("%(number)sটি আইডিয়া নিবন্ধিত হয়েছে।") % {"number": digits(len(ideas))}
        messages.success(request, said, extra_tags="box-new")
        return redirect(f"{reverse('ideas:slips')}?{_as_query(ideas)}")
    context = {"form": form, "slips": slips, "most": MOST_SLIPS, "shows_errors": not wants_rows}
    is_wrong = sent is not None and not wants_rows
    return render(request, "ideas/box_form.html", context, status=422 if is_wrong else 200)


@require_safe
def slip_list(request: OfficerRequest) -> HttpResponse:
    """Codes of the ideas in the address (?idea=…), to be printed for the notice board."""
    ideas = _picked(request, request.GET)
    if not ideas:
        raise Http404
    return render(request, "ideas/slip_list.html", {"slips": slips_of(ideas), "ideas": ideas})


@require_http_methods(["GET", "HEAD", "POST"])
def idea_contact(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mend the address on a slip that was typed in wrong."""
    ideas = Idea.objects.visible_to(request.user).select_related("office", "contact")
    idea = get_object_or_404(ideas, pk=pk)
    if not perms.can_mend_contact(request.user, idea):
        raise PermissionDenied
    known = getattr(idea, "contact", None)
    initial = {"email": known.email, "phone": known.phone} if known else {}
    form = ContactForm(sent(request), initial=initial)
    if form.is_valid():
        mend_contact(idea=idea, contact=form.contact, by=request.user)
        messages.success(request, _("সংরক্ষিত হয়েছে।"))
        return redirect(idea)
    context = {"idea": idea, "form": form}
    return render(request, "ideas/idea_contact.html", context, status=422 if form.errors else 200)


# --- To another office -----------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def idea_forward(request: OfficerRequest, pk: int) -> HttpResponse:
    """Find the office an idea belongs to, and send it there."""
    ideas = Idea.objects.visible_to(request.user).select_related("office")
    idea = get_object_or_404(ideas, pk=pk)
    if not perms.can_forward_idea(request.user, idea):
        raise PermissionDenied
    if reason := why_not_forwarded(idea):
        messages.error(request, reason)
        return redirect(idea)
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    form = ForwardForm(sent(request), own=idea.office, words=words)
    if form.is_valid():
        office = form.cleaned_data["office"]
        try:
            forward_idea(idea=idea, to=office, by=request.user)
        except WrongState as why:
            messages.error(request, str(why))
            return redirect("ideas:list")
        done = _("আইডিয়াটি %(office)s-এ পাঠানো হয়েছে।") % {"office": office.name}
        messages.success(request, done)
        return redirect("ideas:forwarded_list")
    context = {"idea": idea, "form": form, "words": words}
    return render(request, "ideas/idea_forward.html", context, status=422 if form.errors else 200)


@require_safe
def forwarded_list(request: OfficerRequest) -> HttpResponse:
    """What this office sent on: where to, and what everybody may know of it now."""
    page = Paginator(sent_on_by(request.user), IDEAS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "ideas/forwarded_list.html", {"page": page})


# --- One's own -------------------------------------------------------------------------------
@require_safe
def my_ideas(request: OfficerRequest) -> HttpResponse:
    """What the person handed in or stood by under their own name."""
    ideas = Idea.objects.handed_in_by(request.user).select_related(*KNOWN_OF)
    page = Paginator(ideas, IDEAS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "mine": [(idea, standing_of(idea)) for idea in page],
        "supported": [(one, standing_of(one.idea)) for one in followed_by(request.user)],
    }
    return render(request, "ideas/my_ideas.html", context)


# --- Files -----------------------------------------------------------------------------------
@require_safe
def idea_file(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """One file of an idea, for its team."""
    files = IdeaFile.objects.visible_to(request.user).select_related("document")
    file = get_object_or_404(files, pk=pk)
    return serve(file.document, filename=file.filename, as_attachment=False, request=request)


# --- How these views read what was sent --------------------------------------------------------
def _picked(request: OfficerRequest, sent: QueryDict) -> list[Idea]:
    """The ideas named by `idea`, each once, in order; 404 if one is not this person's."""
    asked = [number for number in sent.getlist("idea") if _is_number(number)][:MOST_SLIPS]
    numbers = list(dict.fromkeys(int(number) for number in asked))
    ideas = Idea.objects.visible_to(request.user).select_related("office").in_bulk(numbers)
    if len(ideas) != len(numbers):
        raise Http404
    return [ideas[number] for number in numbers]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _with_more_rows(sent: QueryDict) -> QueryDict:
    """What was sent; with the button for more rows, with so many more."""
    rows = sent.get("slips-TOTAL_FORMS", "")
    if "more" not in sent or not _is_number(rows):
        return sent
    grown = sent.copy()
    grown["slips-TOTAL_FORMS"] = str(min(int(rows) + MORE_SLIPS, MOST_SLIPS))
    return grown


def _as_query(ideas: list[Idea]) -> str:
    return "&".join(f"idea={idea.pk}" for idea in ideas)
