"""Ideas that say the same: those like it while one types, standing by one, merging two."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.models import User
from teams.requests import OfficerRequest
from teams.templatetags.bangla_tags import moment
from teams.transitions import WrongState

from .. import guard, perms, questions
from ..actions import merge_idea, support_idea, unmerge_idea
from ..citizens import KNOWN_OF, standing_of
from ..enums import GOING_ON, WAITING
from ..forms.similar import OthersForm, SupportForm
from ..models import Idea
from ..similar import similar_ideas
from ..similar.duplicates import likely_duplicates
from ..similar.finding import may_know, survivors_of
from ..similar.limits import Asker
from ..similar.page import similar_to

# What a person types before the rest says the same again.
LONGEST_ASKED = 4_000  # characters
OFFERED = 10
FOUND = 20


# --- While somebody types ------------------------------------------------------------------
@login_not_required
@require_POST
def idea_similar(request: HttpRequest) -> HttpResponse:
    """The ideas like the words sent; they are neither kept nor logged."""
    person = _person(request)
    if person is None and not Asker(request).may_ask():
        return HttpResponse(status=429)
    words = "\n".join(
        request.POST.get(name, "") for name in ("title", "problem", "description", "benefit")
    )
    context = {
        "similar": similar_ideas(words[:LONGEST_ASKED], viewer=person),
        "similar_own": set(person.scope.team_office_ids) if person else set(),
    }
    response = render(request, "public/_similar_list.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


# --- Standing by an idea -------------------------------------------------------------------
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_support(request: HttpRequest, pk: int) -> HttpResponse:
    """An idea that everybody may know of, and a form to stand by it."""
    idea = _open_idea(pk)
    if idea.pk != pk:
        return redirect("public:support", idea.pk)
    person = _person(request)
    if request.method != "POST":
        form = SupportForm(initial={"ticket": guard.new_ticket()})
        return _support_page(request, idea, form)
    form = SupportForm(request.POST)
    ticket = guard.read_ticket(request.POST.get("ticket", ""))
    if ticket is None:
        why = _("পাতাটি অনেকক্ষণ খোলা ছিল। লেখা থেকে গেছে; আবার পাঠান।")
        form = SupportForm(_with_new_ticket(request.POST))
        return _support_page(request, idea, form, refusal=why, status=422)
    if not form.is_valid():
        return _support_page(request, idea, form, status=422)
    try:
        answered = person is not None or _let_in(request, form, ticket)
    except guard.Crowded as crowded:
        return _support_page(request, idea, form, refusal=_try_later(crowded), status=429)
    if not answered:
        return _support_page(request, idea, form, asks=ticket)
    support = support_idea(idea=idea, by=person, form_key=ticket.key, **form.words)
    messages.success(
        request, _("সমর্থন জানানো হয়েছে। নিচের কোডটি লিখে রাখুন, এটি দিয়ে আইডিয়াটির খোঁজ পাবেন।")
    )
    return redirect("public:follow", support.code)


def _open_idea(pk: int) -> Idea:
    """The idea, or the one it goes on with; 404 unless everybody may know of both."""
    idea = get_object_or_404(Idea, pk=pk, is_shared=True)
    end = survivors_of([idea])[idea.pk]
    return get_object_or_404(Idea.objects.open_to_all().select_related(*KNOWN_OF), pk=end.pk)


def _let_in(request: HttpRequest, form: SupportForm, ticket: guard.Ticket) -> bool:
    """Whether a person seems to be at work, or has answered; counted. Raises guard.Crowded."""
    visitor = guard.Visitor(request)
    is_odd = (
        bool(form.cleaned_data["website"])
        or ticket.age < guard.FASTEST
        or bool(guard.doubts_about(form.cleaned_data["note"]))
        or not visitor.is_free
    )
    sent = request.POST
    answered = questions.is_answered(
        ticket.key.hex, sent.get("question", ""), sent.get("answer", "")
    )
    if not answered and (is_odd or sent.get("question")):
        return False
    try:
        visitor.count_in(answered=answered)
    except guard.QuestionNeeded:
        return False
    return True


def _with_new_ticket(sent: QueryDict) -> QueryDict:
    words = sent.copy()
    words["ticket"] = guard.new_ticket()
    return words


def _try_later(crowded: guard.Crowded) -> str:
    return _(
        "এই সংযোগ থেকে এক ঘণ্টায় অনেক লেখা এসেছে। %(time)s-এর পরে আবার পাঠান; লেখা এই পাতায় থেকে গেছে।"
    ) % {"time": moment(timezone.localtime(crowded.until).time())}


def _support_page(
    request: HttpRequest,
    idea: Idea,
    form: SupportForm,
    *,
    asks: guard.Ticket | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "idea": idea,
        "standing": standing_of(idea),
        "form": form,
        "question": _question(request, asks) if asks else None,
        "refusal": refusal,
    }
    return render(request, "public/support.html", context, status=status)


def _question(request: HttpRequest, ticket: guard.Ticket) -> questions.Question:
    return questions.ask(ticket.key.hex, again=bool(request.POST.get("question")))


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


# --- Merging -------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def idea_merge(request: OfficerRequest, pk: int) -> HttpResponse:
    """Choose the idea this one goes on with, lay both side by side, confirm."""
    idea = get_object_or_404(Idea.objects.own_of(request.user).select_related("office"), pk=pk)
    if not perms.can_merge_idea(request.user, idea):
        raise PermissionDenied
    if idea.status not in WAITING:
        messages.error(request, _("আইডিয়াটি এখন আর অন্য আইডিয়ার সঙ্গে মেলানো যায় না।"))
        return redirect(idea)
    if request.method == "POST":
        return _merge(request, idea, _survivor(request, idea, request.POST.get("into", "")))
    if chosen := request.GET.get("into", ""):
        into = _survivor(request, idea, chosen)
        context = {"idea": idea, "into": into, "can_be_undone": into.status in WAITING}
        return render(request, "ideas/similar/merge_confirm.html", context)
    return _choose(request, idea)


@require_POST
def idea_unmerge(request: OfficerRequest, pk: int) -> HttpResponse:
    """Two ideas were taken for one by mistake."""
    ideas = Idea.objects.own_of(request.user).select_related("office", "merged_into")
    idea = get_object_or_404(ideas, pk=pk)
    try:
        unmerge_idea(idea=idea, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("আইডিয়াটি আবার আলাদা হয়েছে।"))
    return redirect(idea)


@require_safe
def idea_duplicates(request: OfficerRequest) -> HttpResponse:
    """Ideas of the own register that may say the same."""
    own = request.user.scope.team_office_ids
    context = {
        "pairs": likely_duplicates(Idea.objects.own_of(request.user)),
        "can_merge": any(request.user.scope.leads(office_id) for office_id in own),
        "shows_office": len(own) > 1,
    }
    return render(request, "ideas/similar/duplicates.html", context)


def _merge(request: OfficerRequest, idea: Idea, into: Idea) -> HttpResponse:
    try:
        merge_idea(idea=idea, into=into, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("আইডিয়াটি মেলানো হয়েছে।"))
    return redirect(idea)


def _survivor(request: OfficerRequest, idea: Idea, typed: str) -> Idea:
    """An idea this person may know of; 404 for anything else."""
    try:
        pk = int(typed)
        ideas = may_know(request.user).exclude(pk=idea.pk).select_related("office")
        return get_object_or_404(ideas, pk=pk, status__in=GOING_ON)
    except (ValueError, OverflowError) as error:
        raise Http404 from error


def _choose(request: OfficerRequest, idea: Idea) -> HttpResponse:
    form = OthersForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    others = may_know(request.user).filter(status__in=GOING_ON).exclude(pk=idea.pk)
    offered = similar_to(idea, request.user, limit=OFFERED)
    context = {
        "idea": idea,
        "form": form,
        "words": words,
        "offered": [each for each in offered if each.can_take_in],
        "found": others.search(words).select_related("office")[:FOUND] if words else [],
        "similar_own": set(request.user.scope.team_office_ids),
    }
    status = 422 if form.errors else 200
    return render(request, "ideas/similar/merge.html", context, status=status)
