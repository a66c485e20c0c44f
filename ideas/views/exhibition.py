"""What everybody sees without a log-in: initiatives, events, and whether a certificate is real."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jobs.documents import serve

from ..certificates import is_sealed
from ..codes import read_code
from ..enums import PageStatus
from ..guesses import Guesses
from ..letters import site
from ..models import Certificate, Event, EventEntry, IdeaFile, Initiative
from ..page_filters import PageFilter
from ..showcase import count_others, page_context, public_picture_url

PAGES_PER_PAGE = 12
PICTURE_CACHE = "public, max-age=300"
LONGEST_CODE = 100


@login_not_required
@require_safe
def initiative_list(request: HttpRequest) -> HttpResponse:
    """The published initiatives of the whole country, the newest first."""
    published = Initiative.objects.published().select_related("idea__office")
    found = PageFilter(request.GET, queryset=published, request=request)
    page = Paginator(found.qs, PAGES_PER_PAGE).get_page(request.GET.get("page"))
    pages = list(page)
    count_others(pages)
    context = {"filter": found, "page": page, "initiatives": pages}
    return render(request, "public/initiative_list.html", context)


@login_not_required
@require_safe
def initiative_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A published page. One that was withdrawn says so: that it existed is known."""
    initiatives = Initiative.objects.exclude(status=PageStatus.DRAFT)
    initiative = get_object_or_404(initiatives.select_related("idea__office", "idea__pilot"), pk=pk)
    if initiative.status == PageStatus.WITHDRAWN:
        return render(request, "public/initiative_gone.html", status=HTTPStatus.GONE)
    context = {
        **page_context(initiative, picture_url=public_picture_url),
        "can_take_over": _may_take_over(request, initiative),
        "address": site(initiative.get_absolute_url()),
    }
    return render(request, "public/initiative_detail.html", context)


@login_not_required
@require_safe
def initiative_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture of a published page; a browser may keep it for a while."""
    pictures = IdeaFile.objects.public().select_related("document")
    picture = get_object_or_404(pictures, pk=pk)
    response = serve(
        picture.document, filename=picture.filename, as_attachment=False, request=request
    )
    response["Cache-Control"] = PICTURE_CACHE
    return response


@login_not_required
@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A published showcase: what was shown, who was honoured."""
    event = get_object_or_404(Event.objects.published().select_related("office"), pk=pk)
    entries = EventEntry.objects.filter(
        event=event, initiative__status=PageStatus.PUBLISHED
    ).select_related("initiative__idea__office")
    context = {"event": event, "entries": entries, "awards": event.awards.standing()}
    return render(request, "public/event_detail.html", context)


# --- Certificates ------------------------------------------------------------------------------
@login_not_required
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Type the code of a certificate."""
    typed = request.GET.get("code", "")[:LONGEST_CODE]
    if not typed.strip():
        return render(request, "public/verify.html", {"typed": ""})
    if code := read_code(typed):
        return redirect("public:verify_code", code=code)
    fault = _("কোডটি ঠিক নয়: সনদের নিচে লেখা ১২টি অঙ্ক আবার মিলিয়ে লিখুন।")
    context = {"typed": typed.replace("\0", ""), "fault": fault}
    return render(request, "public/verify.html", context, status=422)


@login_not_required
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What was issued under a code, word for word, and whether it stands."""
    guesses = Guesses(request)
    if guesses.are_spent:
        crowded = {"typed": "", "fault": guesses.sentence}
        return render(request, "public/verify.html", crowded, status=HTTPStatus.TOO_MANY_REQUESTS)
    certificates = Certificate.objects.select_related("award__office", "job__document")
    known = read_code(code[:LONGEST_CODE])
    certificate = certificates.filter(award__code=known).first() if known else None
    if certificate is None:
        if known:
            guesses.add()
        return render(request, "public/verify_unknown.html", status=HTTPStatus.NOT_FOUND)
    award = certificate.award
    context = {
        "award": award,
        "certificate": certificate,
        "content": certificate.content,
        "is_sealed": is_sealed(certificate.content),
        "pdf": certificate.ordered_job.document,
    }
    return render(request, "public/verify_code.html", context)


def _may_take_over(request: HttpRequest, initiative: Initiative) -> bool:
    """Whether the reader leads another office, which could do the same."""
    if not request.user.is_authenticated:
        return False
    led = {office.pk for office in request.user.scope.led_offices}
    return bool(led - {initiative.idea.office_id})
