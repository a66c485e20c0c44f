"""What everybody reads without a log-in: the portal, an office's page, what was laid open."""

from http import HTTPStatus
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from ideas.letters import site
from ideas.models import Initiative, Newsletter
from ideas.offices import offices_to_choose
from jobs.documents import serve
from jobs.models import StoredDocument
from teams.enums import Tier
from teams.models import Office

from ..enums import PublicationKind
from ..forms.publications import PortalForm
from ..models import Publication
from ..publishing.caching import laid_open, open_page
from ..publishing.contents import is_whole, pictures_in
from ..publishing.portal import Things, Wanted, newsletter_path, showing_offices
from ..publishing.teams import OpenTeam
from ..publishing.year import newest_year

THINGS_PER_PAGE = 20
OFFICES_PER_PAGE = 60
OFFICES_FOUND = 6
SHOWN_ON_OFFICE_PAGE = 60
SHOWN_IN_WIDGET = 6
# An office's website lies anywhere: this page alone may be shown inside another, and it holds
# nothing that could be pressed by mistake but links that open a page of their own.
FRAMED = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}


@laid_open
def home(request: HttpRequest) -> HttpResponse:
    """The national portal: what was laid open, newest first, or what is looked for."""
    paths = set(showing_offices().values_list("path", flat=True))
    form = PortalForm(request.GET, paths=paths)
    wanted = form.wanted
    page = Paginator(Things(wanted), THINGS_PER_PAGE).get_page(request.GET.get("page"))
    is_search = wanted != Wanted()
    found = Office.objects.active().search(wanted.words)[:OFFICES_FOUND] if wanted.words else ()
    context = {
        "form": form,
        "page": page,
        "is_search": is_search,
        "offices": list(found),
        "office_count": len(paths),
        "year": None if is_search else newest_year(),
        "tiers": [tier for tier in Tier if tier != Tier.CABINET],
        "canonical": site(reverse("open:home")),
        "feed": reverse("open:feed"),
    }
    return open_page(request, "open/home.html", context)


@laid_open
def office_list(request: HttpRequest) -> HttpResponse:
    """Every office with its page, by name or by going down the tree."""
    words, inside = (request.GET.get(name, "") for name in ("q", "inside"))
    offices, parent = offices_to_choose(words, inside)
    context = {
        "page": Paginator(offices, OFFICES_PER_PAGE).get_page(request.GET.get("page")),
        "parent": parent,
        "words": words.replace("\0", ""),
        "canonical": site(reverse("open:office_list")),
    }
    return open_page(request, "open/office_list.html", context)


@laid_open
def office(request: HttpRequest, code: str) -> HttpResponse:
    """An office's own page: its team, its plan, decisions, reports, initiatives, newsletters."""
    found = _office(code)
    publications = list(
        Publication.objects.filter(office=found)
        .select_related("submission__job__document")
        .defer("content", "folded", "submission__content")[:SHOWN_ON_OFFICE_PAGE]
    )
    standing = [one for one in publications if one.is_public]
    context = {
        "office": found,
        "team": OpenTeam.of(found),
        "reports": _of(standing, PublicationKind.REPORT, PublicationKind.NATIONAL),
        "plans": _of(standing, PublicationKind.PLAN),
        "decisions": _of(standing, PublicationKind.DECISIONS),
        "earlier": [one for one in publications if not one.is_public],
        "initiatives": Initiative.objects.published().filter(idea__office=found)[:12],
        "newsletters": [
            (one, newsletter_path(one))
            for one in Newsletter.objects.published().filter(office=found)[:12]
        ],
        "canonical": site(reverse("open:office", args=[found.code])),
        "feed": reverse("open:office_feed", args=[found.code]),
    }
    return open_page(request, "open/office.html", context)


@xframe_options_exempt
@csp_replace(FRAMED)  # type: ignore[arg-type] # its types know views without arguments only
@laid_open
def widget(request: HttpRequest, code: str) -> HttpResponse:
    """The newest of an office, small enough to stand on its own website."""
    found = _office(code)
    newest = Things(Wanted(office=found.pk))
    context = {"office": found, "things": newest[:SHOWN_IN_WIDGET]}
    return open_page(request, "open/widget.html", context)


@laid_open
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """The thing itself. One that was withdrawn says so and shows nothing of it."""
    found = _publication(pk)
    newer = _newest(found)
    context: dict[str, Any] = {
        "publication": found,
        "office": found.office,
        "newer": newer,
        "canonical": site((newer or found).get_absolute_url()),
    }
    if found.withdrawn_at:
        return open_page(request, "open/publication_gone.html", context, status=HTTPStatus.GONE)
    document = _document_of(found)
    context |= {
        "content": found.content,
        "pictures": {sha256: _picture_path(found, sha256) for sha256 in pictures_in(found.content)},
        "document": document,
        "receipt": found.submission,
    }
    return open_page(request, "open/publication.html", context)


@laid_open
def publication_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF as it was sent, while the report is open and nothing had to be taken out of it."""
    found = _publication(pk)
    if found.withdrawn_at:
        raise Http404
    document = _document_of(found)
    if document is None:
        return redirect(found)
    return serve(document, filename=f"{found.title}.pdf"[:200], request=request)


@laid_open
def publication_picture(request: HttpRequest, pk: int, sha256: str) -> HttpResponseBase:
    """A picture that stands in what was laid open."""
    found = _publication(pk)
    if found.withdrawn_at or sha256 not in pictures_in(found.content):
        raise Http404
    picture = get_object_or_404(StoredDocument, sha256=sha256)
    return serve(picture, as_attachment=False, request=request)


@laid_open
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is open; the rest asks for a log-in anyway."""
    lines = ["User-agent: *", "Allow: /", f"Sitemap: {site(reverse('open:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Read on in another language. A link, because an open page holds no secret of a form, and
    all that somebody else's page could do with it is to choose a reader's language."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if is_ours else reverse("open:home"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


# --- Pieces --------------------------------------------------------------------------------------
def _office(code: str) -> Office:
    """An office that works, or whose end is known: what it laid open stays."""
    offices = Office.objects.known_to_all().select_related("parent")
    return get_object_or_404(offices, code=code)


def _publication(pk: int) -> Publication:
    publications = Publication.objects.select_related(
        "office", "submission__job__document", "national__job__document"
    )
    return get_object_or_404(publications.defer("folded"), pk=pk)


def _newest(found: Publication) -> Publication | None:
    """The version that stands now, if it is another one."""
    standing = Publication.objects.versions_of(found).public().exclude(pk=found.pk)
    return standing.defer("content", "folded").first()


def _document_of(found: Publication) -> StoredDocument | None:
    """The PDF that everybody may have: made, and without anybody's contact."""
    paper = found.submission or found.national
    return paper.ordered_job.document if paper and is_whole(paper) else None


def _picture_path(found: Publication, sha256: str) -> str:
    return reverse("open:publication_picture", args=[found.pk, sha256])


def _of(publications: list[Publication], *kinds: PublicationKind) -> list[Publication]:
    return [one for one in publications if one.kind in kinds]
