"""Where a person is logged in: each browser, when it was last seen, and how to end it."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import User
from ..requests import client_address
from .browsers import browser_in_words

# A browser with this cookie has been noted of late: most requests write nothing.
SEEN_COOKIE = "seen"
SEEN_SECONDS = 10 * 60
# Set at log-in, where the row of the session is made as well.
TRACKED_KEY = "is_tracked"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """One browser in which somebody is logged in."""

    pk: int
    browser: str
    address: str
    since: datetime
    last_seen_at: datetime
    is_this: bool


def sessions_of(user: User, key: str | None) -> list[LoggedIn]:
    """The living sessions of a person, the one with this key first (two queries)."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at"))
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    found = [
        LoggedIn(
            pk=row.pk,
            browser=browser_in_words(row.user_agent),
            address=row.ip,
            since=row.created_at,
            last_seen_at=row.last_seen_at,
            is_this=row.session_key == key,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda session: not session.is_this)


def end_sessions(user: User, *, but: str | None = None, pk: int | None = None) -> int:
    """End the sessions of a person: all, all but the one with a key, or one row only.

    Returns how many were alive. What runs in one of them at this moment can write nothing more
    into it: Django refuses to save a session whose row is gone.
    """
    rows = UserSession.objects.filter(user=user)
    if pk is not None:
        rows = rows.filter(pk=pk)
    keys = [key for key in rows.values_list("session_key", flat=True) if key != but]
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    ended = sum(store.exists(key) for key in keys)
    for key in keys:
        store.delete(key)
    rows.filter(session_key__in=keys).delete()
    return ended


def note_seen(request: HttpRequest, response: HttpResponse) -> None:
    """Note when and from where this browser was last seen, once in SEEN_SECONDS."""
    if SEEN_COOKIE in request.COOKIES or not request.session.get(TRACKED_KEY):
        return
    seen: dict[str, object] = {"last_seen_at": timezone.now()}
    if address := client_address(request):
        seen["ip"] = address
    UserSession.objects.filter(session_key=request.session.session_key).update(**seen)
    response.set_cookie(
        SEEN_COOKIE,
        "1",
        max_age=SEEN_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
