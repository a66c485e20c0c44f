"""The idea box: anybody hands in an idea, with or without a name, with or without scripts."""

from collections.abc import Callable, Sequence
from functools import partial

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from teams.models import Office, User
from teams.templatetags.bangla_tags import moment

from .. import guard, questions
from ..actions import hand_in_idea
from ..codes import spaced
from ..forms.hand_in import HandInForm
from ..models import Idea
from ..offices import divisions, lineage_of, offices_to_choose, receiving_office
from ..similar import Similar, similar_ideas

OFFICES_PER_PAGE = 30
# As alike as this, an idea is worth a look before another is handed in.
ALIKE = 0.4
MOST_SHOWN = 3
RECEIPT = "idea_receipt"
RECEIPT_SECONDS = 30 * 60


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def idea_create(request: HttpRequest) -> HttpResponse:
    """Hand in an idea to whom it may concern: the office at the root sends it on."""
    root = Office.objects.active().filter(parent=None).order_by("pk").first()
    if root is None:
        raise Http404
    return _hand_in(request, root)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def office_idea_create(request: HttpRequest, code: str) -> HttpResponse:
    """Hand in an idea to one office; old posters of a merged one lead to the other."""
    office = receiving_office(code)
    if office.code != code and request.method != "POST":
        return redirect("public:office_idea_create", code=office.code)
    return _hand_in(request, office)


@login_not_required
@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    """Find the office an idea is for, by a part of its name or by going down the tree."""
    words, inside = request.GET.get("q", ""), request.GET.get("in", "")
    offices, parent = offices_to_choose(words, inside)
    page = Paginator(offices, OFFICES_PER_PAGE).get_page(request.GET.get("page"))
    names = lineage_of([*page, *([parent] if parent else [])])
    context = {
        "page": page,
        "words": words,
        "parent": parent,
        "trail": names[parent.pk] if parent else [],
        "divisions": [] if words or parent else divisions(),
        "rows": [(office, names[office.pk]) for office in page],
    }
    return render(request, "public/office_list.html", context)


@login_not_required
@require_safe
def idea_received(request: HttpRequest) -> HttpResponse:
    """The tracking code of what this browser has just handed in, to be noted or printed."""
    try:
        code = signing.loads(
            request.COOKIES.get(RECEIPT, ""), salt=RECEIPT, max_age=RECEIPT_SECONDS
        )
    except signing.BadSignature:
        return render(request, "public/receipt_gone.html", status=404)
    return _receipt(request, get_object_or_404(Idea.objects.select_related("office"), code=code))


# --- The steps of handing in ----------------------------------------------------------------
def _hand_in(request: HttpRequest, office: Office) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    make_form = partial(HandInForm, office=office, person=person)
    if request.method != "POST":
        return _page(request, office, make_form(initial={"ticket": guard.new_ticket()}))
    again = partial(_again, request, office, make_form)
    if person and _CsrfCheck(lambda _: HttpResponse()).refuses(request):
        return again(_("ফরমটি আরেকবার পাঠাতে হবে; লেখা থেকে গেছে।"), status=403)
    if person is None and "office" in request.POST:
        # The choice of an office is offered to staff alone: the session has ended meanwhile.
        return again(_("লগ-ইনের মেয়াদ শেষ; লেখা থেকে গেছে। লগ-ইন ছাড়াই দিতে চাইলে আবার পাঠান।"))
    ticket = guard.read_ticket(request.POST.get("ticket", ""))
    if ticket is None:
        return again(_("পাতাটি অনেকক্ষণ খোলা ছিল। লেখা থেকে গেছে; আবার পাঠান।"))
    # Files are looked into only once everything else is in order: that takes time.
    form = make_form(request.POST)
    if Idea.objects.filter(form_key=ticket.key).exists():
        known = Idea.objects.select_related("office").get(form_key=ticket.key)
        if form.is_valid() and _says_the_same(known, form):
            return _done(request, known)
        return again(_("এই ফরম আগেই জমা হয়েছে। এটিও জমা দিতে চাইলে আবার পাঠান।"))
    gate = _Gate(request, ticket, asks=person is None)
    try:
        if gate.must_ask:
            question = gate.question()
            return _page(request, office, form, question=question, status=_status(form))
        form = make_form(request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, office, form, status=422)
        return _admit(request, office, form, gate, by=person if form.is_signed else None)
    except guard.Crowded as crowded:
        return _page(request, office, form, refusal=_try_later(crowded), status=429)


def _admit(
    request: HttpRequest, office: Office, form: HandInForm, gate: "_Gate", *, by: User | None
) -> HttpResponse:
    """Take in what is written well, unless somebody else had the thought or the hour is full."""
    alike = [] if form.cleaned_data["seen_similar"] else _alike(form)
    if alike:
        return _page(request, office, form, similar=alike)
    try:
        idea = hand_in_idea(
            office=form.receiver,
            hand_in=form.hand_in,
            files=form.cleaned_data["attachments"],
            by=by,
            form_key=gate.ticket.key,
            admit=partial(gate.pass_through, form.hand_in.words),
        )
    except guard.QuestionNeeded:
        return _page(request, office, form, question=gate.question())
    except ValidationError as closed:
        return _page(request, office, form, refusal=closed.messages[0], status=422)
    return _done(request, idea)


class _Gate:
    """What a form has to pass. Somebody who is logged in passes freely, and is not counted."""

    def __init__(self, request: HttpRequest, ticket: guard.Ticket, *, asks: bool) -> None:
        self.ticket = ticket
        self._visitor = guard.Visitor(request) if asks else None
        sent = request.POST
        self._is_trapped = bool(sent.get("website"))
        self.was_asked = bool(sent.get("question"))
        self._is_answered = self.was_asked and questions.is_answered(
            ticket.key.hex, sent.get("question", ""), sent.get("answer", "")
        )

    @property
    def must_ask(self) -> bool:
        """Raises guard.Crowded when even an answer would not help."""
        if self._visitor is None:
            return False
        is_free = self._visitor.is_free
        return not self._is_answered and (not is_free or self.was_asked or bool(self._doubts))

    def question(self) -> questions.Question:
        return questions.ask(self.ticket.key.hex, again=self.was_asked)

    def pass_through(self, words: str) -> str:
        """Count it, and say why it is held. Raises guard.QuestionNeeded, guard.Crowded."""
        if self._visitor is None:
            return ""
        counted = self._visitor.count_in(words, answered=self._is_answered)
        reasons = [*counted, *self._doubts, *guard.doubts_about(words)]
        with override("bn"):  # for the team, whatever the visitor reads
            return " ".join(map(str, reasons))

    @property
    def _doubts(self) -> Sequence[Promise]:
        """What does not look like a person; the count of the hour is another matter."""
        trapped = [guard.TRAPPED] if self._is_trapped else []
        return trapped + ([guard.TOO_FAST] if self.ticket.age < guard.FASTEST else [])


class _CsrfCheck(CsrfViewMiddleware):
    """Django's own check, whose refusal would lose the words."""

    def refuses(self, request: HttpRequest) -> bool:
        self.process_request(request)
        return self.process_view(request, partial(_hand_in), (), {}) is not None

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def _alike(form: HandInForm) -> list[Similar]:
    """Ideas open to all that say much the same; whoever looks is nobody in particular."""
    found = similar_ideas(form.hand_in.words, viewer=None, limit=MOST_SHOWN)
    return [each for each in found if each.score >= ALIKE]


def _says_the_same(idea: Idea, form: HandInForm) -> bool:
    sent = form.hand_in
    return (idea.problem, idea.description, idea.benefit, idea.office_id) == (
        sent.problem,
        sent.description,
        sent.benefit,
        form.receiver.pk,
    )


def _try_later(crowded: guard.Crowded) -> str:
    return _(
        "এই সংযোগ থেকে এক ঘণ্টায় অনেক আইডিয়া এসেছে। %(time)s-এর পরে আবার পাঠান; লেখা এই পাতায় থেকে গেছে।"
    ) % {"time": moment(timezone.localtime(crowded.until).time())}


# --- How these views answer -----------------------------------------------------------------
def _page(
    request: HttpRequest,
    office: Office,
    form: HandInForm,
    *,
    similar: list[Similar] | None = None,
    question: questions.Question | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form: empty, or with what was written and whatever is to be said about it."""
    context = {
        "office": office,
        "is_national": office.parent_id is None,
        "form": form,
        "similar": similar,
        "question": question,
        "refusal": refusal,
        "files_lost": bool(request.FILES),
    }
    return render(request, "public/idea_create.html", context, status=status)


def _status(form: HandInForm) -> int:
    return 200 if form.is_valid() else 422


def _again(
    request: HttpRequest,
    office: Office,
    make_form: Callable[[QueryDict], HandInForm],
    why: str,
    *,
    status: int = 422,
) -> HttpResponse:
    """The words once more, in a form with a ticket of its own."""
    data = request.POST.copy()
    data["ticket"] = guard.new_ticket()
    if not request.user.is_authenticated:
        data.pop("office", None)
    return _page(request, office, make_form(data), refusal=why, status=status)


def _done(request: HttpRequest, idea: Idea) -> HttpResponse:
    """On to the receipt. The code travels in a cookie: an address stays in histories and logs.

    A browser that brought no cookie keeps none, and gets its code at once.
    """
    if not request.COOKIES:
        return _receipt(request, idea)
    response = redirect("public:idea_received")
    response.set_cookie(
        RECEIPT,
        signing.dumps(idea.code, salt=RECEIPT),
        max_age=RECEIPT_SECONDS,
        path=response.url,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _receipt(request: HttpRequest, idea: Idea) -> HttpResponse:
    context = {"idea": idea, "code": spaced(idea.code)}
    response = render(request, "public/idea_received.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
