"""A post's due days as a calendar that phones and mail programs follow (iCalendar, RFC 5545).

The address is the only key: calendar programs log in nowhere. Kept of it is a keyed hash, and it
answers only while the person for whom it was made holds the post, and the post is of the team.
What leaves by it may lie on somebody else's servers afterwards, so it says no more than what is to
be done by when: nobody's name or contact, nothing of a plan that was never handed in.
"""

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from bangla.text import shorten, squeeze
from teams.enums import TEAM_ROLES
from teams.models import Post, PostHolding
from teams.templatetags.bangla_tags import digits

from .enums import PlanStatus
from .models import CalendarFeed, ProgressEntry, Task, TaskQuerySet, WorkPlan
from .parts import DONE, Reported, parts_of, standing

_SALT = "workplans.calendar"
_PRODUCT = "-//Udbhabon//Work plans//BN"
_LONGEST_SUMMARY = 120
# How often a calendar may ask again; Google asks when it likes.
_ASK_AGAIN = timedelta(hours=6)


# --- The address -----------------------------------------------------------------------------
def new_secret() -> str:
    """What the address has that nobody can guess: 43 letters, digits, - and _."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str, key: str = "") -> str:
    """What is kept of a secret; `key` is an earlier SECRET_KEY."""
    key = key or settings.SECRET_KEY
    return salted_hmac(_SALT, secret, secret=key, algorithm="sha256").hexdigest()


def feed_address(secret: str, *, language: str) -> str:
    """The whole address to be given to a calendar program, which sends no language of its own."""
    path = reverse("workplans:feed", args=[secret])
    asked = "" if language == settings.LANGUAGE_CODE else f"?lang={language}"
    return f"{settings.SITE_URL.rstrip('/')}{path}{asked}"


def feed_of(secret: str) -> CalendarFeed | None:
    """The calendar at an address, if it still answers today (one query)."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    held = PostHolding.objects.on(timezone.localdate()).filter(
        post=OuterRef("post"), person=OuterRef("made_for")
    )
    return (
        CalendarFeed.objects.in_use()
        .filter(secret_hash__in=[hash_of(secret, key) for key in keys])
        .filter(Exists(held), post__is_active=True, made_for__is_active=True)
        .filter(post__role__in=TEAM_ROLES)  # others do not read the plans
        .select_related("post__office")
        .first()
    )


# --- What stands in it -----------------------------------------------------------------------
def tasks_of(post: Post, today: date) -> TaskQuerySet:
    """What the post is to do by its office's plans that were handed in and are not over.

    A plan sent back for mending was handed in; a draft that never was is the team's own.
    """
    alive = WorkPlan.objects.alive(today).exclude(status=PlanStatus.DRAFT)
    plans = alive.filter(office__in=[post.office_id, *post.office.absorbed_ids])
    entries = ProgressEntry.objects.filter(task=OuterRef("pk")).order_by("-created_at")
    return (
        Task.objects.kept()
        .filter(plan__in=plans)
        .responsibility_of([post.pk])
        .select_related("plan", "subject")
        .with_progress()
        .annotate(told_at=Subquery(entries.values("created_at")[:1]))
        .order_by("pk")
    )


def calendar_of(post: Post, today: date) -> bytes:
    """The calendar: a day of its own for each due day, in the language of the moment (two queries).

    Nothing in it depends on the moment it is asked for, so that the same tasks give the same
    octets: lines of at most 75 of them in UTF-8, ended by CRLF.
    """
    tasks = list(tasks_of(post, today))
    reported = ProgressEntry.objects.filter(task__in=[task.pk for task in tasks]).latest_of_parts()
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("কর্মপরিকল্পনা: %(post)s") % {"post": post.designation})
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_ASK_AGAIN).to_ical().decode())
    for task in tasks:
        for event in _events(task, reported.get(task.pk, {})):
            calendar.add_component(event)
    octets: bytes = calendar.to_ical()
    return octets


def _events(task: Task, reported: Mapping[str, Reported]) -> Iterator[Event]:
    """A day for each part of a task; of undivided work for its last day."""
    lines = standing(parts_of(task), reported, task.whole_percent) if task.part_count else []
    for line in lines:
        if line.part.due_on is not None:
            name = "" if task.recurrence else line.part.name
            yield _event(task, line.part.due_on, key=line.part.key, name=name, done=line.is_done)
    if not lines and task.ends_on is not None:
        yield _event(task, task.ends_on, done=task.percent == DONE)


def _event(task: Task, on: date, *, key: str = "", name: str = "", done: bool) -> Event:
    title = shorten(squeeze(task.title), _LONGEST_SUMMARY)
    event = Event()
    event.add("uid", _uid(task, key))
    event.add("sequence", task.version)
    changed_at = max(filter(None, (task.updated_at, task.told_at)))  # type: ignore[attr-defined]
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("last-modified", changed_at.astimezone(UTC))
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", f"{_('সম্পন্ন')}: {title}" if done else title)
    event.add("description", "\n".join(filter(None, (name, task.subject.name, _words(task, done)))))
    event.add("url", settings.SITE_URL.rstrip("/") + task.get_absolute_url())
    event.add("transp", "TRANSPARENT")  # a last day keeps nobody from a meeting
    event.add("status", "CONFIRMED")
    return event


def _words(task: Task, done: bool) -> str:
    """How far the task is, in words."""
    if done or task.percent is None:
        return ""
    return _("অগ্রগতি %(percent)s%%") % {"percent": digits(task.percent)}


def _uid(task: Task, key: str) -> str:
    """The same for good: the row's number and the part's key, in ASCII as old programs want it."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    part = "".join(sign if sign.isascii() else f"{ord(sign):x}" for sign in key)
    return f"task-{task.pk}{f'-{part}' if part else ''}@{host}"
