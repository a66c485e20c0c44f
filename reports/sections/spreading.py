"""What was shown, recognised, taken over from others and by others, talked of and paid for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ideas.enums import IdeaChannel
from ideas.models import Event, Initiative, Replication

from ..enums import ActivityKind, SectionKey
from .activities import each, summed, table
from .facts import Facts, day_of
from .figures import FigureKind, Record, Unit, key_of
from .ideas import budgets, received
from .parts import NUMBER, Part, in_words, numbered
from .tables import Column, TableKind, listed


# --- Showcases and awards -----------------------------------------------------------------------
def events(facts: Facts) -> Iterator[Record]:
    return (Record(one, one.title, one.held_on, one.place) for one in facts.events)


def initiatives(facts: Facts) -> Iterator[Record]:
    """Each initiative once, however often it was shown; with the first day it was."""
    shown: dict[int, tuple[Event, Initiative]] = {}
    for event in facts.events:
        for entry in event.entries.all():
            shown.setdefault(entry.initiative_id, (event, entry.initiative))
    for event, initiative in shown.values():
        yield Record(initiative, initiative.title, event.held_on, event.title, page=event)


def awards(facts: Facts) -> Iterator[Record]:
    return (Record(one, one.title, one.given_on, one.recipient_name) for one in facts.awards)


def event_table(facts: Facts) -> dict[str, Any] | None:
    return listed(
        "events",
        "শোকেসিং অনুষ্ঠান",
        (
            NUMBER,
            Column("title", "অনুষ্ঠান", "c-words"),
            Column("day", "তারিখ", "c-date"),
            Column("place", "স্থান", "c-name"),
            Column("initiatives", "প্রদর্শিত উদ্যোগ", "c-words"),
        ),
        (
            (
                key_of(event),
                (
                    number,
                    event.title,
                    in_words(event.held_on),
                    event.place,
                    "; ".join(entry.initiative.title for entry in event.entries.all()),
                ),
            )
            for number, event in numbered(facts.events)
        ),
    )


def award_table(facts: Facts) -> dict[str, Any] | None:
    return listed(
        "awards",
        "প্রদত্ত স্বীকৃতি",
        (
            NUMBER,
            Column("title", "স্বীকৃতি", "c-words"),
            Column("recipient", "যিনি পেলেন", "c-name"),
            Column("day", "তারিখ", "c-date"),
            Column("citation", "যে জন্য", "c-words"),
        ),
        (
            (
                key_of(award),
                (
                    number,
                    award.title,
                    ", ".join(filter(None, (award.recipient_name, award.recipient_detail))),
                    in_words(award.given_on),
                    award.citation,
                ),
            )
            for number, award in numbered(facts.awards)
        ),
    )


# --- Replication --------------------------------------------------------------------------------
def taken(facts: Facts) -> Iterator[Record]:
    return (_from(one, one.taken_at) for one in facts.replications_taken)


def adopted(facts: Facts) -> Iterator[Record]:
    return (_from(one, one.adopted_at) for one in facts.replications_adopted)


def by_others(facts: Facts) -> Iterator[Record]:
    for one in facts.replications_elsewhere:
        yield Record(one, one.idea.public_title, day_of(one.taken_at), one.office.name)


def _from(one: Replication, at: Any) -> Record:
    day = day_of(at) if at else None
    return Record(one, one.idea.public_title, day, one.idea.office.name)


TITLE = Column("title", "উদ্যোগ", "c-words")
TAKEN = Column("taken", "নেওয়ার তারিখ", "c-date")


def replication_table(facts: Facts) -> dict[str, Any] | None:
    """What the office took over or brought into use in the period."""
    rows = {
        one.pk: one
        for one in facts.replications
        if facts.happened(one.taken_at) or facts.happened(one.adopted_at)
    }
    return listed(
        "replications",
        "অন্য দপ্তর থেকে নেওয়া উদ্যোগ",
        (
            NUMBER,
            TITLE,
            Column("source", "যে দপ্তরের উদ্যোগ", "c-name"),
            TAKEN,
            Column("state", "অবস্থা"),
            Column("adaptations", "নিজের দপ্তরের জন্য যা বদলানো হলো", "c-words"),
        ),
        (
            (
                key_of(one),
                (
                    number,
                    one.idea.public_title,
                    one.idea.office.name_bn,
                    in_words(day_of(one.taken_at)),
                    _state(one, facts),
                    one.adaptations,
                ),
            )
            for number, one in numbered(rows.values())
        ),
    )


def elsewhere_table(facts: Facts) -> dict[str, Any] | None:
    return listed(
        "elsewhere",
        "অন্য দপ্তরে আমাদের উদ্যোগ",
        (
            NUMBER,
            TITLE,
            Column("office", "যে দপ্তর নিয়েছে", "c-name"),
            TAKEN,
            Column("state", "অবস্থা"),
        ),
        (
            (
                key_of(one),
                (
                    number,
                    one.idea.public_title,
                    one.office.name_bn,
                    in_words(day_of(one.taken_at)),
                    _state(one, facts),
                ),
            )
            for number, one in numbered(facts.replications_elsewhere)
        ),
    )


def _state(one: Replication, facts: Facts) -> str:
    """How it stood on the last day."""
    last = facts.coverage.last_day
    if one.adopted_at and day_of(one.adopted_at) <= last:
        return "চালু হয়েছে"
    if one.begun_at and day_of(one.begun_at) <= last:
        return "বাস্তবায়ন চলছে"
    return "নেওয়া হয়েছে"


# --- The parts ----------------------------------------------------------------------------------
POSTS = ActivityKind.SOCIAL_MEDIA
RECOGNITION = ActivityKind.RECOGNITION
FUNDING = ActivityKind.FUNDING

PARTS: Iterable[Part] = (
    Part(
        SectionKey.SOCIAL_MEDIA,
        figures=(
            FigureKind(
                "posts",
                _("পোস্ট ও উত্তর"),
                Unit.PIECES,
                # Who wrote down that something was posted, and not how often, posted once.
                summed(POSTS, "quantity", unwritten=1),
            ),
            FigureKind(
                "ideas",
                _("এই মাধ্যমে পাওয়া আইডিয়া"),
                Unit.PIECES,
                received(lambda idea: idea.channel == IdeaChannel.SOCIAL_MEDIA),
            ),
        ),
        tables=(
            table("posts", "সামাজিক যোগাযোগমাধ্যমে কার্যক্রম", POSTS, "title", "day", "quantity", "result"),
        ),
    ),
    Part(
        SectionKey.SHOWCASE,
        figures=(
            FigureKind("events", _("শোকেসিং অনুষ্ঠান"), Unit.PIECES, events),
            FigureKind("initiatives", _("প্রদর্শিত উদ্যোগ"), Unit.PIECES, initiatives),
            FigureKind("awards", _("প্রদত্ত স্বীকৃতি"), Unit.PIECES, awards),
            FigureKind("recognitions", _("প্রাপ্ত স্বীকৃতি"), Unit.PIECES, each(RECOGNITION)),
        ),
        tables=(
            TableKind("events", event_table),
            TableKind("awards", award_table),
            table("recognitions", "প্রাপ্ত স্বীকৃতি", RECOGNITION, "title", "day", "giver", "result"),
        ),
    ),
    Part(
        SectionKey.REPLICATION,
        figures=(
            FigureKind("taken", _("অন্য দপ্তর থেকে নেওয়া উদ্যোগ"), Unit.PIECES, taken),
            FigureKind("in_use", _("চালু হওয়া রেপ্লিকেশন"), Unit.PIECES, adopted),
            FigureKind("by_others", _("অন্য দপ্তরের নেওয়া আমাদের উদ্যোগ"), Unit.PIECES, by_others),
        ),
        tables=(
            TableKind("replications", replication_table),
            TableKind("elsewhere", elsewhere_table),
        ),
    ),
    Part(
        SectionKey.FINANCE,
        figures=(
            FigureKind("funds", _("পাওয়া অর্থ"), Unit.TAKA, summed(FUNDING, "amount")),
            FigureKind("pilot_budget", _("শুরু হওয়া পাইলটের বাজেট"), Unit.TAKA, budgets),
        ),
        tables=(table("funds", "আর্থিক সহায়তা", FUNDING, "title", "day", "source", "amount"),),
    ),
)
