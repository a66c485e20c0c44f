"""A post's due days in the calendar of a phone or a mail program."""

from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teams.enums import TEAM_ROLES
from teams.models import Post, User
from teams.requests import OfficerRequest

from ..actions import end_feed, make_feed
from ..feeds import calendar_of, feed_address, feed_of
from ..models import CalendarFeed
from .plans import row_id

FRESH_SECONDS = 15 * 60


@require_safe
def calendar(request: OfficerRequest) -> HttpResponse:
    """The addresses of one's posts, and how to add one to a calendar."""
    return _page(request)


@require_POST
def feed_make(request: OfficerRequest) -> HttpResponse:
    """Make an address; the page that answers shows it, and no later one does."""
    wanted = row_id(request.POST.get("post", ""))
    post = next((post for post in _posts(request.user) if post.pk == wanted), None)
    if post is None:
        raise Http404
    secret = make_feed(post=post, by=request.user)
    address = feed_address(secret, language=get_language() or settings.LANGUAGE_CODE)
    response = _page(request, made=post, address=address)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
def feed_end(request: OfficerRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed.objects.own_of(request.user), pk=pk)
    end_feed(feed=feed, by=request.user)
    messages.success(request, _("ঠিকানাটি বন্ধ হয়েছে; ক্যালেন্ডার আর নতুন কিছু পাবে না।"))
    return redirect("workplans:calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar itself, for whoever has the address; see feed_of for how long."""
    found = feed_of(secret)
    if found is None:
        raise Http404
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        octets = calendar_of(found.post, timezone.localdate())
    response = HttpResponse(octets, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="work-plan.ics"'
    response["Content-Language"] = language
    response["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = etag = quote_etag(sha256(octets).hexdigest()[:32])
    return get_conditional_response(request, etag=etag, response=response) or response


def _posts(user: User) -> list[Post]:
    """The posts from which somebody works on plans."""
    return [post for post in user.scope.posts if post.role in TEAM_ROLES]


def _page(request: OfficerRequest, *, made: Post | None = None, address: str = "") -> HttpResponse:
    in_use = {
        one.post_id: one for one in CalendarFeed.objects.in_use().filter(made_for=request.user)
    }
    posts = [(post, in_use.get(post.pk)) for post in _posts(request.user)]
    context = {"posts": posts, "made": made, "address": address}
    return render(request, "workplans/calendar.html", context)
