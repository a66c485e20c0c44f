"""Words of a form that arrived after the session had expired.

They wait in the new, still anonymous session, and are offered after the log-in as a page that
shows each text and sends the form again on the officer's own click. Files cannot be kept.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

SESSION_KEY = "kept_words"
COOKIE = "last_person"
MOST_CHARACTERS = 400_000  # a session row is no archive; a whole plan in a form fits easily
NEVER_KEPT = {"csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2"}
NEVER_TYPED = {"form_key", "version"}  # sent again with the rest, but mean nothing to a person


@dataclass(frozen=True, slots=True)
class KeptWords:
    """A form to send again: where to, its fields in order, whether files have to be chosen anew."""

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What a person typed, as opposed to hidden numbers and switches."""
        return [
            value
            for name, value in self.fields
            if name not in NEVER_TYPED and len(value.strip()) > 3
        ]


def last_person(request: HttpRequest) -> str | None:
    """The id of whoever was last logged in with this browser, from a signed cookie."""
    return request.get_signed_cookie(COOKIE, default=None)


def remember_person(request: HttpRequest, response: HttpResponse) -> None:
    """Note in the browser who is logged in, so that an expired session's words find their owner."""
    person = str(request.user.pk)
    if last_person(request) != person:
        response.set_signed_cookie(
            COOKIE, person, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )


def keep_words(request: HttpRequest) -> bool:
    """Store the posted fields in the session; False when there is nothing worth keeping."""
    if last_person(request) is None:
        return False
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
        for value in values
        if isinstance(value, str)
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    if not fields or size > MOST_CHARACTERS:
        return False
    request.session[SESSION_KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "person": last_person(request),
    }
    return True


def waiting_words(request: HttpRequest) -> KeptWords | None:
    """What waits in this session for the person now logged in, if its address still exists.

    An office shares computers: words are shown only to whoever this browser last knew.
    """
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["person"] != str(request.user.pk):
        return None
    try:
        resolve(kept["path"].split("?")[0])
    except Resolver404:
        return None
    return KeptWords(
        path=kept["path"],
        fields=tuple((name, value) for name, value in kept["fields"]),
        had_files=kept["had_files"],
    )


def forget_words(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def forget_sent_words(request: HttpRequest, response: HttpResponse) -> None:
    """Stop offering the words once their form has been taken in again."""
    kept = request.session.get(SESSION_KEY) if request.method == "POST" else None
    if kept and kept["path"] == request.get_full_path() and response.status_code < 400:
        forget_words(request)
