"""Who gets what at the addresses of workplans.urls.seeing."""

from dataclasses import replace
from datetime import date
from typing import Any

from teams.models import TermOfReference
from tests.access_meeting_world import post_of
from tests.access_rules import (
    DONE,
    GET_ONLY,
    GONE,
    METHOD,
    NO,
    OK,
    OPEN,
    PAGE_FOR_ALL,
    POST_ONLY,
    SENT,
    Rule,
    at,
    get,
    post,
)
from tests.access_workplans.parts import PlanPart
from tests.factories import Country
from workplans.actions import make_feed
from workplans.models import CalendarFeed

PUBLIC = (get(anonymous=OK, others=OK), post(anonymous=METHOD, others=METHOD))
READ_WHEN_SENT = (get(OPEN, team=OK, others=GONE), get(SENT, team=OK, above=OK, others=GONE))
ANCIENT = "সব বছরের কার্যপরিধি"
UNSEEN: dict[str, str | int] = {"team": NO, "above": NO, "others": GONE}


def _tagging(method: Any, given: str) -> tuple[Rule, ...]:
    """The team while the text is open, of an approved plan whoever leads it."""
    return (
        method(OPEN, team=given, others=GONE),
        method(("submitted", "closed"), **UNSEEN),
        method(("approved",), **{**UNSEEN, "head": given, "officer": given}),
    )


TAGGING = (*_tagging(get, OK), *_tagging(post, DONE))


def _term() -> int:
    return TermOfReference.objects.get(text_bn=ANCIENT).pk


def things(country: Country) -> dict[str, list[Any]]:
    """A duty of the years in which the world's plans are, and an officer's calendar."""
    TermOfReference.objects.create(
        number=1, text_bn=ANCIENT, text_en="Duty", valid_from=date(2000, 1, 1),
        valid_to=date(2009, 12, 31), source="সূত্র",
    )  # fmt: skip
    officer = country["upazila.innovation_officer"]
    secret = make_feed(post=post_of(officer), by=officer)
    feed = CalendarFeed.objects.get(made_for=officer)
    return {"feed": [feed.pk], "feed_secret": [secret]}


PART = PlanPart(
    addresses={
        "workplans:timeline": at("plan", *READ_WHEN_SENT, GET_ONLY),
        "workplans:timeline_print": at(
            "plan",
            POST_ONLY,
            post(OPEN, team=DONE, others=GONE),
            post(SENT, team=DONE, above=DONE, others=GONE),
        ),
        "workplans:coverage": at("plan", *READ_WHEN_SENT, GET_ONLY),
        "workplans:plan_terms": at(
            "plan",
            *TAGGING,
            sends=lambda t: {
                f"task{t.task.pk}-terms_shown": "1",
                f"task{t.task.pk}-terms": [_term()],
            },
        ),
        "workplans:task_terms": at(
            "task", *TAGGING, sends=lambda t: {"terms_shown": "1", "terms": [_term()]}
        ),
        "workplans:calendar": at("", *PAGE_FOR_ALL),
        "workplans:feed_make": at(
            "", POST_ONLY, post(member=DONE, others=GONE), sends=lambda t: {"post": t.seat}
        ),
        "workplans:feed_end": replace(
            at("feed", POST_ONLY, post(officer=DONE, others=GONE)), is_stateless=True
        ),
        "workplans:feed": replace(at("feed_secret", *PUBLIC), is_stateless=True),
    },
    things=things,
    public=frozenset({"workplans:feed"}),
    watched=(CalendarFeed,),
)
