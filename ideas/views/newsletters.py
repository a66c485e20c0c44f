"""The newsletter on the editor's desk: put together, edited, printed, sent out."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.documents import store
from jobs.models import StoredDocument
from teams import print_pages
from teams.forms import BaseForm
from teams.models import Office
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState
from teams.uploads import clean_upload
from workplans.periods import Period

from .. import perms
from ..actions import newsletters as actions
from ..forms.newsletters import (
    NewsForm,
    NewsletterCreateForm,
    NewsletterForm,
    PieceForm,
    PieceUpdateForm,
)
from ..models import Newsletter, NewsletterDocument, Piece
from ..newsletters import newsletter_filename, period_of, readers_of

NEWSLETTERS_PER_PAGE = 20


# --- The numbers -----------------------------------------------------------------------------
@require_safe
def newsletter_list(request: OfficerRequest) -> HttpResponse:
    """The newsletters of one's own offices, the newest first."""
    newsletters = Newsletter.objects.visible_to(request.user).select_related("office")
    page = Paginator(newsletters, NEWSLETTERS_PER_PAGE).get_page(request.GET.get("page"))
    offices = request.user.scope.team_offices
    context = {
        "page": page,
        "rows": [(one, period_of(one)) for one in page],
        "can_create": bool(offices),
        "shows_office": len(offices) > 1,
    }
    return render(request, "ideas/newsletter_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_create(request: OfficerRequest) -> HttpResponse:
    """Begin a half-year's number with what was published in it."""
    offices = request.user.scope.team_offices
    if not offices:
        raise PermissionDenied
    posted = sent(request)
    form = NewsletterCreateForm(posted, offices=offices, today=timezone.localdate())
    if form.is_valid():
        period = Period.parse(form.cleaned_data["period"])
        with translation.override("bn"):
            title = _("উদ্ভাবন বার্তা, %(period)s") % {"period": period.label}
        newsletter = actions.create_newsletter(
            office=get_object_or_404(Office, pk=form.cleaned_data["office"]),
            period=period,
            title=title,
            by=request.user,
            form_key=form.cleaned_data["form_key"],
        )
        return redirect(newsletter)
    status = 422 if form.errors else 200
    return render(request, "ideas/newsletter_create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """The number with its pieces; title and editorial are edited here."""
    newsletter = _get(request, pk)
    posted = sent(request)
    form = NewsletterForm(posted, newsletter=newsletter)
    if form.is_valid():
        try:
            actions.update_newsletter(
                newsletter=newsletter,
                version=form.cleaned_data["version"],
                head=form.head,
                by=request.user,
            )
        except actions.StaleNewsletter as stale:
            return _conflict(
                request,
                stale.current,
                NewsletterForm(newsletter=stale.current, words=form.head),
                asdict(form.head),
            )
        except WrongState as reason:
            messages.error(request, str(reason))
            return redirect(newsletter)
        messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"newsletter-{pk}")
        return redirect(newsletter)
    pieces = newsletter.pieces.select_related("initiative", "picture")
    context = {
        "newsletter": newsletter,
        "period": period_of(newsletter),
        "form": form,
        "pieces": pieces,
        "can_edit": perms.can_edit_newsletter(request.user, newsletter),
        "can_publish": perms.can_publish_newsletter(request.user, newsletter.office_id),
        "documents": newsletter.documents.select_related("job")[:1],
    }
    status = 422 if form.errors else 200
    return render(request, "ideas/newsletter_detail.html", context, status=status)


@require_POST
def newsletter_gather(request: OfficerRequest, pk: int) -> HttpResponse:
    """Fetch what was published since the number was begun."""
    newsletter = _get(request, pk)
    try:
        count = actions.gather_pieces(newsletter=newsletter, by=request.user)
    except WrongState as reason:
        messages.error(request, str(reason))
        return redirect(newsletter)
    if count:
        text = ngettext("%(count)sটি নতুন লেখা যোগ হয়েছে।", "%(count)sটি নতুন লেখা যোগ হয়েছে।", count)
        messages.success(request, text % {"count": digits(count)})
    else:
        messages.info(request, _("এই সময়কালে প্রকাশিত সবকিছু আগেই নেওয়া আছে।"))
    return redirect(newsletter)


@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_publish(request: OfficerRequest, pk: int) -> HttpResponse:
    """Who will get it, and the one button that sends it."""
    newsletter = _get(request, pk)
    if not perms.can_publish_newsletter(request.user, newsletter.office_id):
        raise PermissionDenied
    if request.method != "POST" and perms.can_edit_newsletter(request.user, newsletter):
        context = {"newsletter": newsletter, "readers": readers_of(newsletter.office)}
        return render(request, "ideas/newsletter_publish.html", context)
    if request.method == "POST":
        try:
            count = actions.publish_newsletter(newsletter=newsletter, by=request.user)
        except WrongState as reason:
            messages.error(request, str(reason))
        else:
            text = ngettext(
                "প্রকাশিত হয়েছে; %(count)s জনকে ই-মেইলে যাচ্ছে।",
                "প্রকাশিত হয়েছে; %(count)s জনকে ই-মেইলে যাচ্ছে।",
                count,
            )
            messages.success(request, text % {"count": digits(count)})
    return redirect(newsletter)


# --- Pieces ----------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def piece_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """News typed by the editor."""
    newsletter = _get(request, pk)
    if not perms.can_edit_newsletter(request.user, newsletter):
        return _settled(request, newsletter)
    posted = sent(request)
    form = NewsForm(posted, request.FILES or None)
    if form.is_valid() and (picture := _picture(form)) is not form:
        try:
            actions.add_news(
                newsletter=newsletter,
                text=form.words,
                picture=picture,
                by=request.user,
                form_key=form.cleaned_data["form_key"],
            )
        except WrongState as reason:
            messages.error(request, str(reason))
            return redirect(newsletter)
        messages.success(request, _("লেখাটি যোগ হয়েছে।"), extra_tags=f"news-{pk}")
        return redirect(newsletter)
    context = {"newsletter": newsletter, "form": form}
    status = 422 if form.errors else 200
    return render(request, "ideas/piece_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def piece_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save a piece; a save made from an old copy shows both texts."""
    piece = _get_piece(request, pk)
    newsletter = piece.newsletter
    if not perms.can_edit_newsletter(request.user, newsletter):
        return _settled(request, newsletter)
    posted = sent(request)
    form = PieceUpdateForm(posted, request.FILES or None, piece=piece)
    if form.is_valid() and (picture := _picture(form)) is not form:
        if picture is None and not form.cleaned_data.get("drop_picture"):
            picture = piece.picture
        try:
            actions.update_piece(
                piece=piece,
                version=form.cleaned_data["version"],
                text=form.words,
                picture=picture,
                by=request.user,
            )
        except actions.StalePiece as stale:
            return _conflict(
                request,
                stale.current.newsletter,
                PieceUpdateForm(piece=stale.current, words=form.words),
                asdict(form.words),
                piece=stale.current,
            )
        except WrongState as reason:
            messages.error(request, str(reason))
            return redirect(newsletter)
        messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"piece-{pk}")
        return redirect(newsletter)
    context = {"newsletter": newsletter, "piece": piece, "form": form}
    status = 422 if form.errors else 200
    return render(request, "ideas/piece_form.html", context, status=status)


@require_POST
def piece_move(request: OfficerRequest, pk: int) -> HttpResponse:
    piece = _get_piece(request, pk)
    try:
        actions.move_piece(piece=piece, up=request.POST.get("to") == "up", by=request.user)
    except WrongState as reason:
        messages.error(request, str(reason))
    return redirect(piece.newsletter)


@require_POST
def piece_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    piece = _get_piece(request, pk)
    try:
        actions.remove_piece(piece=piece, by=request.user)
    except WrongState as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("লেখাটি নিউজলেটার থেকে সরানো হয়েছে।"))
    return redirect(piece.newsletter)


# --- On paper --------------------------------------------------------------------------------
@require_POST
@print_pages.ordering
def newsletter_print(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the PDF of the draft, or show the one that was sent."""
    newsletter = _get(request, pk)
    if not perms.can_edit_newsletter(request.user, newsletter):
        document = newsletter.documents.filter(content__is_draft=False).latest("pk")
    else:
        document = actions.print_draft(newsletter=newsletter, by=request.user)
    return redirect(document)


@require_safe
def newsletter_document_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the PDF is; the page looks again by itself while it is being made."""
    context = {"document": _get_document(request, pk)}
    template = "_newsletter_job.html" if request.htmx else "newsletter_document.html"
    return render(request, f"ideas/{template}", context)


@require_POST
def newsletter_document_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    document = _get_document(request, pk)
    return print_pages.retry(request, document, "ideas:newsletter_document_detail")


@require_safe
def newsletter_document_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    document = _get_document(request, pk)
    name = newsletter_filename(document.newsletter)
    return print_pages.download(request, document, name, "ideas:newsletter_document_detail")


# --- How these views answer --------------------------------------------------------------------
def _get(request: OfficerRequest, pk: int) -> Newsletter:
    newsletters = Newsletter.objects.visible_to(request.user)
    return get_object_or_404(newsletters.select_related("office__parent", "published_by"), pk=pk)


def _get_piece(request: OfficerRequest, pk: int) -> Piece:
    pieces = Piece.objects.filter(newsletter__in=Newsletter.objects.visible_to(request.user))
    return get_object_or_404(pieces.select_related("newsletter__office", "picture"), pk=pk)


def _get_document(request: OfficerRequest, pk: int) -> NewsletterDocument:
    documents = NewsletterDocument.objects.visible_to(request.user)
    return get_object_or_404(documents.select_related("newsletter__office", "job"), pk=pk)


def _picture(form: PieceForm) -> Any:
    """The picture sent, stored; None without one; the form itself when it was refused."""
    upload = form.cleaned_data["picture"]
    if not upload:
        return None
    try:
        clean = clean_upload(upload, pictures_only=True)
    except ValidationError as reason:
        form.add_error("picture", reason)
        return form
    document: StoredDocument = store(
        clean.content, content_type=clean.content_type, filename=f"newsletter.{clean.extension}"
    )
    return document


def _settled(request: OfficerRequest, newsletter: Newsletter) -> HttpResponse:
    messages.error(request, _("নিউজলেটারটি প্রকাশিত হয়ে গেছে, তাই আর বদলানো যায় না।"))
    return redirect(newsletter)


def _conflict(
    request: OfficerRequest,
    newsletter: Newsletter,
    form: BaseForm,
    mine: dict[str, str],
    *,
    piece: Piece | None = None,
) -> HttpResponse:
    """Both texts; the editor's own stays in the boxes."""
    current = piece or newsletter
    context = {
        "newsletter": newsletter,
        "form": form,
        "action": request.path,
        "theirs": [
            (form.fields[name].label, getattr(current, name))
            for name, words in mine.items()
            if getattr(current, name) != words
        ],
    }
    return render(request, "ideas/newsletter_conflict.html", context, status=409)
