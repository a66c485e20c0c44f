"""Newsletters as everybody reads them, and who wants to have them by e-mail."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jobs.documents import serve
from teams.models import Office
from teams.requests import sent
from teams.templatetags.bangla_tags import clock

from ..actions.newsletters import ask_for_newsletter, confirm_subscription, end_subscription
from ..forms.newsletters import SubscribeForm
from ..guard import Tally
from ..models import Newsletter, Subscription
from ..newsletters import newsletter_filename, period_of, picture_called, sent_document
from ..offices import receiving_office
from .tracking import private

NEWSLETTERS_PER_PAGE = 20
# From one address within an hour: each makes us write to somebody who may not have asked.
MOST_SUBSCRIPTIONS = 10


@login_not_required
@require_safe
def newsletter_list(request: HttpRequest) -> HttpResponse:
    """The archive: all offices, or one (`?office=`)."""
    newsletters = Newsletter.objects.published().select_related("office").order_by("-published_at")
    office = None
    if code := request.GET.get("office", "").replace("\0", ""):
        office = get_object_or_404(Office.objects.known_to_all(), code=code)
        newsletters = newsletters.filter(office=office)
    page = Paginator(newsletters, NEWSLETTERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(one, period_of(one)) for one in page], "office": office}
    return render(request, "public/newsletter_list.html", context)


@login_not_required
@require_safe
def newsletter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One number, as it was sent."""
    newsletter = _get(pk)
    context = {
        "newsletter": newsletter,
        "period": period_of(newsletter),
        "content": sent_document(newsletter).content,
    }
    return render(request, "public/newsletter_detail.html", context)


@login_not_required
@require_safe
def newsletter_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    newsletter = _get(pk)
    made = sent_document(newsletter).ordered_job.document
    if made is None:
        return redirect("public:newsletter_detail", pk=pk)
    return serve(made, filename=newsletter_filename(newsletter), request=request)


@login_not_required
@require_safe
def newsletter_picture(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The picture of the piece with this number, counted from 1."""
    pieces = sent_document(_get(pk)).content["pieces"]
    if not 1 <= number <= len(pieces) or not pieces[number - 1]["picture"]:
        raise Http404
    picture = picture_called(pieces[number - 1]["picture"])
    return serve(picture, as_attachment=False, request=request)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for an office's newsletter; it begins once the link in the letter is followed."""
    office = receiving_office(code)
    if office.code != code and request.method != "POST":
        return redirect("public:subscribe", code=office.code)
    form = SubscribeForm(sent(request))
    context = {"office": office, "form": form}
    if form.is_valid():
        # Whoever is logged in is known, and not counted: as with ideas handed in.
        tally = None if request.user.is_authenticated else Tally(request, "subscribe")
        if tally and tally.count >= MOST_SUBSCRIPTIONS:
            form.add_error(None, _too_many(tally))
            return render(request, "public/subscribe.html", context, status=429)
        if tally:
            tally.add()
        ask_for_newsletter(
            office=office, email=form.cleaned_data["email"], name=form.cleaned_data["name"]
        )
        return render(request, "public/subscribe_asked.html", context)
    status = 422 if form.errors else 200
    return render(request, "public/subscribe.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private
def subscription_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, because mail programs follow links by themselves."""
    subscription = _subscription(token)
    if request.method == "POST":
        confirm_subscription(subscription=subscription)
        subscription.refresh_from_db()
    context = {"subscription": subscription, "office": subscription.office}
    return render(request, "public/subscription_confirm.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End it, with one button and no questions; one that has ended says so again."""
    subscription = Subscription.objects.select_related("office").filter(token=token).first()
    if request.method == "POST" and subscription:
        end_subscription(subscription=subscription)
    context = {
        "office": subscription.office if subscription else None,
        "is_over": request.method == "POST" or subscription is None,
    }
    return render(request, "public/unsubscribe.html", context)


def _get(pk: int) -> Newsletter:
    return get_object_or_404(Newsletter.objects.published().select_related("office"), pk=pk)


def _too_many(tally: Tally) -> str:
    return _("এখান থেকে অল্প সময়ে অনেক অনুরোধ এসেছে। %(time)s-এর পরে আবার পাঠান।") % {
        "time": clock(timezone.localtime(tally.ends))
    }


def _subscription(token: str) -> Subscription:
    return get_object_or_404(Subscription.objects.select_related("office"), token=token)
